/* SPDX-License-Identifier: MIT */
/* Hexadecimal, either case in. */
#ifndef BDK_ENCODING_HEX_H
#define BDK_ENCODING_HEX_H

#include <stddef.h>
#include <stdint.h>

/* Writes 2 * len digits in lower case, no NUL. dst may be src. */
void bdk_hex_encode(char *dst, const void *src, size_t len);

/* The same in either case, which is given by how far behind '9' its letters begin. */
enum { BDK_HEX_UPPER = 'A' - '9' - 1, BDK_HEX_LOWER = 'a' - '9' - 1 };
void bdk_hex_encode_in(char *dst, const void *src, size_t len, unsigned letters);

/* Value of a digit, or -1. */
int bdk_hex_digit(char c);

/* Reads len digits (an even number) into len / 2 bytes. Returns 0, or -1 on anything else. */
int bdk_hex_decode(uint8_t *dst, const char *src, size_t len);

#endif
