/* SPDX-License-Identifier: MIT */
/* Hexadecimal, lower case out, either case in. */
#ifndef BDK_ENCODING_HEX_H
#define BDK_ENCODING_HEX_H

#include <stddef.h>
#include <stdint.h>

/* The sixteen, in upper case. */
extern const char bdk_hex_digits[];

/* Writes 2 * len digits, no NUL. dst may be src. */
void bdk_hex_encode(char *dst, const void *src, size_t len);

/* Value of a digit, or -1. */
int bdk_hex_digit(char c);

/* Reads len digits (an even number) into len / 2 bytes. Returns 0, or -1 on anything else. */
int bdk_hex_decode(uint8_t *dst, const char *src, size_t len);

#endif
