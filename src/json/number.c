/* SPDX-License-Identifier: MIT */
#include "json/number.h"

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The state that a zero, another digit, a sign, a point or an e leads to. */
static uint8_t step(uint8_t state, char c)
{
    enum { NO = BDK_NUMBER_REFUSED };
    static const uint8_t next[BDK_NUMBER_REFUSED][6] = {
        /* 0                    1..9                 -           +           .       e E */
        {BDK_NUMBER_ZERO, BDK_NUMBER_INTEGER, BDK_NUMBER_MINUS, NO, NO, NO},
        {BDK_NUMBER_ZERO, BDK_NUMBER_INTEGER, NO, NO, NO, NO},
        {NO, NO, NO, NO, BDK_NUMBER_POINT, BDK_NUMBER_E},
        {BDK_NUMBER_INTEGER, BDK_NUMBER_INTEGER, NO, NO, BDK_NUMBER_POINT, BDK_NUMBER_E},
        {BDK_NUMBER_FRACTION, BDK_NUMBER_FRACTION, NO, NO, NO, NO},
        {BDK_NUMBER_FRACTION, BDK_NUMBER_FRACTION, NO, NO, NO, BDK_NUMBER_E},
        {BDK_NUMBER_EXPONENT, BDK_NUMBER_EXPONENT, BDK_NUMBER_E_SIGN, BDK_NUMBER_E_SIGN, NO, NO},
        {BDK_NUMBER_EXPONENT, BDK_NUMBER_EXPONENT, NO, NO, NO, NO},
        {BDK_NUMBER_EXPONENT, BDK_NUMBER_EXPONENT, NO, NO, NO, NO},
    };

    if (is_digit(c)) {
        return next[state][c != '0'];
    }
    switch (c) {
    case '-':
        return next[state][2];
    case '+':
        return next[state][3];
    case '.':
        return next[state][4];
    case 'e':
    case 'E':
        return next[state][5];
    default:
        return NO;
    }
}

const char *bdk_json_skip_number(uint8_t *state, const char *text, const char *end)
{
    for (; text < end; text++) {
        uint8_t next = step(*state, *text);

        if (next == BDK_NUMBER_REFUSED) {
            break;
        }
        *state = next;
    }
    return text;
}

int bdk_json_number_is_whole(uint8_t state)
{
    return state == BDK_NUMBER_ZERO || state == BDK_NUMBER_INTEGER ||
           state == BDK_NUMBER_FRACTION || state == BDK_NUMBER_EXPONENT;
}

int bdk_json_is_number(const char *text, size_t len)
{
    uint8_t state = BDK_NUMBER_START;

    return bdk_json_skip_number(&state, text, text + len) == text + len &&
           bdk_json_number_is_whole(state);
}
