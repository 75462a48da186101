/* SPDX-License-Identifier: MIT */
/* Bytes and their order. Nothing here knows what the bytes mean. */
#ifndef BDK_UTIL_BYTES_H
#define BDK_UTIL_BYTES_H

#include <stddef.h>
#include <stdint.h>

#define BDK_COUNT(array) (sizeof(array) / sizeof(array)[0])

uint16_t bdk_get_be16(const uint8_t *src);
uint32_t bdk_get_be32(const uint8_t *src);
uint64_t bdk_get_be64(const uint8_t *src);
void bdk_put_be16(uint8_t *dst, uint16_t value);
void bdk_put_be32(uint8_t *dst, uint32_t value);
void bdk_put_be64(uint8_t *dst, uint64_t value);

/* Zeroes memory that held a secret; no optimizer may leave it out. */
void bdk_wipe(void *data, size_t len);

/* Is the text (len bytes) equal to a NUL-terminated word? ..._nocase: ASCII letters of either case.
 */
int bdk_equal(const char *text, size_t len, const char *word);
int bdk_equal_nocase(const char *text, size_t len, const char *word);

/* ASCII, whatever the locale. */
char bdk_lower(char c);

/* Appends text to a NUL-terminated field of cap bytes; a text that must be cut is cut before a code
 * point, never inside one. Returns 1 if it was cut. */
int bdk_append(char *field, size_t cap, const char *text, size_t len);

#endif
