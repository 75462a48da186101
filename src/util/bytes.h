/* SPDX-License-Identifier: MIT */
/* Bytes and their order, and short texts. Nothing here knows what the bytes mean. */
#ifndef BDK_UTIL_BYTES_H
#define BDK_UTIL_BYTES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define BDK_COUNT(array) (sizeof(array) / sizeof(array)[0])

/* Big-endian numbers at any address. Compilers turn them into one load or store where the machine
 * has it, which is why they are inline. */
static inline uint16_t bdk_get_be16(const uint8_t *src)
{
    return (uint16_t)((unsigned)src[0] << 8 | src[1]);
}

static inline uint32_t bdk_get_be32(const uint8_t *src)
{
#if defined(__GNUC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    uint32_t value;

    memcpy(&value, src, sizeof value); /* short enough to be inlined where size counts */
    return __builtin_bswap32(value);
#else
    return (uint32_t)src[0] << 24 | (uint32_t)src[1] << 16 | (uint32_t)src[2] << 8 | src[3];
#endif
}

static inline void bdk_put_be16(uint8_t *dst, uint16_t value)
{
    dst[0] = (uint8_t)(value >> 8);
    dst[1] = (uint8_t)value;
}

static inline void bdk_put_be32(uint8_t *dst, uint32_t value)
{
#if defined(__GNUC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    /* gcc does not make this of the stores below where it optimizes for size. */
    value = __builtin_bswap32(value);
    memcpy(dst, &value, sizeof value);
#else
    dst[0] = (uint8_t)(value >> 24);
    dst[1] = (uint8_t)(value >> 16);
    dst[2] = (uint8_t)(value >> 8);
    dst[3] = (uint8_t)value;
#endif
}

static inline void bdk_put_be64(uint8_t *dst, uint64_t value)
{
    bdk_put_be32(dst, (uint32_t)(value >> 32));
    bdk_put_be32(dst + 4, (uint32_t)value);
}

/* Divides *value by a divisor of 1..65535 and returns the remainder. In 16-bit digits: a 32-bit
 * machine would otherwise link a 64-bit division of several hundred bytes. */
uint32_t bdk_divide(uint64_t *value, uint32_t divisor);

/* Zeroes memory that held a secret; no optimizer may leave it out. */
void bdk_wipe(void *data, size_t len);

/* Is the text (len bytes) equal to a NUL-terminated word? ..._nocase: with ASCII letters of either
 * case; the word itself is in small ones. */
int bdk_equal(const char *text, size_t len, const char *word);
int bdk_equal_nocase(const char *text, size_t len, const char *word);
/* The same of two texts of one length. */
int bdk_equal_nocase_n(const char *a, const char *b, size_t len);

/* The place of a word in a list: words, each with a NUL behind it, and an empty one at the end. How
 * many there are, if it is none of them. */
uint8_t bdk_find_word(const char *text, size_t len, const char *words);
/* The same; nocase: as bdk_equal_nocase(). */
uint8_t bdk_find(const char *text, size_t len, const char *words, int nocase);

/* Are two NUL-terminated texts equal? strcmp() is not among what the library asks of a C library.
 */
int bdk_same(const char *a, const char *b);

/* ASCII, whatever the locale. */
char bdk_lower(char c);

/* Appends text to a NUL-terminated field of cap bytes; a text that must be cut is cut before a code
 * point, never inside one. Returns 1 if it was cut: append no more then, or the field would have a
 * hole. */
int bdk_append(char *field, size_t cap, const char *text, size_t len);

#endif
