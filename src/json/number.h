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

/* What was read last. The order matters: see number.c. */
enum bdk_json_number {
    BDK_NUMBER_START, /* nothing */
    BDK_NUMBER_MINUS,
    BDK_NUMBER_ZERO,    /* a zero, behind which no digit may stand */
    BDK_NUMBER_INTEGER, /* another digit of the integer part */
    BDK_NUMBER_FRACTION,
    BDK_NUMBER_EXPONENT,
    BDK_NUMBER_POINT,
    BDK_NUMBER_E,
    BDK_NUMBER_E_SIGN,
    BDK_NUMBER_REFUSED
};

/* Goes on with a number: returns where it ends, which is end or the first byte that cannot belong
 * to it. */
const char *bdk_json_skip_number(uint8_t *state, const char *text, const char *end);

/* May a number end in this state? */
static inline int bdk_json_number_is_whole(uint8_t state)
{
    return state >= BDK_NUMBER_ZERO && state <= BDK_NUMBER_EXPONENT;
}

/* Is the text one number and nothing else? */
int bdk_json_is_number(const char *text, size_t len);

#endif
