/* SPDX-License-Identifier: MIT */
#include "json/number.h"

/* Is the state one of `count` that begin with `first`? */
static int is_among(uint8_t state, uint8_t first, uint8_t count)
{
    return (uint8_t)(state - first) < count;
}

/* The state that a byte leads to. */
static uint8_t step(uint8_t state, char c)
{
    static const uint8_t behind_digit[] = {
        BDK_NUMBER_INTEGER,  BDK_NUMBER_INTEGER,  BDK_NUMBER_REFUSED,
        BDK_NUMBER_INTEGER,  BDK_NUMBER_FRACTION, BDK_NUMBER_EXPONENT,
        BDK_NUMBER_FRACTION, BDK_NUMBER_EXPONENT, BDK_NUMBER_EXPONENT};

    if (bdk_json_is_digit(c)) {
        return c == '0' && state <= BDK_NUMBER_MINUS ? BDK_NUMBER_ZERO : behind_digit[state];
    }
    if (c == '.' && is_among(state, BDK_NUMBER_ZERO, 2)) {
        return BDK_NUMBER_POINT;
    }
    if ((c == 'e' || c == 'E') && is_among(state, BDK_NUMBER_ZERO, 3)) {
        return BDK_NUMBER_E;
    }
    if ((c == '-' || c == '+') && state == BDK_NUMBER_E) {
        return BDK_NUMBER_E_SIGN;
    }
    return c == '-' && state == BDK_NUMBER_START ? BDK_NUMBER_MINUS : BDK_NUMBER_REFUSED;
}

const char *bdk_json_skip_number(uint8_t *state, const char *text, const char *end)
{
    uint8_t now = *state, next;

    for (; text < end; text++) {
        if (bdk_json_is_digit(*text) && is_among(now, BDK_NUMBER_INTEGER, 3)) {
            continue; /* as most are: a digit behind a digit */
        }
        next = step(now, *text);
        if (next == BDK_NUMBER_REFUSED) {
            break;
        }
        now = next;
    }
    *state = now;
    return text;
}

int bdk_json_is_number(const char *text, size_t len)
{
    uint8_t state = BDK_NUMBER_START;

    return bdk_json_skip_number(&state, text, text + len) == text + len &&
           bdk_json_number_is_whole(state);
}
