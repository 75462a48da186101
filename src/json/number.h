/* SPDX-License-Identifier: MIT */
/* The grammar of numbers (RFC 8259 section 6). */
#ifndef BDK_JSON_NUMBER_H
#define BDK_JSON_NUMBER_H

#include <stddef.h>
#include <stdint.h>

static inline int bdk_json_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* What may come next, and what will when a digit has come: sets of these. */
enum bdk_json_number {
    BDK_NUMBER_DIGIT = 1,
    BDK_NUMBER_POINT = 2, /* the point, behind a digit */
    BDK_NUMBER_E = 4,     /* the letter e, behind a digit */
    BDK_NUMBER_MINUS = 8,
    BDK_NUMBER_PLUS = 16,
    BDK_NUMBER_LEADING = 32, /* the next digit is the first one of all: no digit follows a zero */
    BDK_NUMBER_WHOLE = 64,   /* a digit was last: the number may end */
    BDK_NUMBER_START =
        BDK_NUMBER_DIGIT | BDK_NUMBER_POINT | BDK_NUMBER_E | BDK_NUMBER_MINUS | BDK_NUMBER_LEADING
};

/* Goes on with a number: returns where it ends, which is end or the first byte that cannot belong
 * to it. */
const char *bdk_json_skip_number(uint8_t *state, const char *text, const char *end);

/* May a number end in this state? */
static inline int bdk_json_number_is_whole(uint8_t state)
{
    return (state & BDK_NUMBER_WHOLE) != 0;
}

/* Is the text one number and nothing else? */
int bdk_json_is_number(const char *text, size_t len);

/* Where the mantissa of a number ends. *places receives how many of its digits are those of the
 * integer that the number is: more than it has, if zeros are to follow; none, if it is a fraction.
 */
const char *bdk_json_mantissa(const char *text, const char *end, ptrdiff_t *places);

/* count.c: the number that a NUL-terminated text is, however it is written. Below 0 if it is none,
 * is below 0 itself, has a fraction, or if an int32_t does not hold it. */
int32_t bdk_json_count(const char *text);

#endif
