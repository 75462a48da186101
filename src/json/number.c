/* SPDX-License-Identifier: MIT */
#include "json/number.h"

/* Does the state hold all of them? */
static int has(unsigned state, unsigned wanted)
{
    return (state & wanted) == wanted;
}

const char *bdk_json_skip_number(uint8_t *state, const char *text, const char *end)
{
    const unsigned once = BDK_NUMBER_MINUS | BDK_NUMBER_PLUS | BDK_NUMBER_LEADING;
    unsigned now = *state;

    for (; text < end; text++) {
        char c = *text;

        if (bdk_json_is_digit(c) && has(now, BDK_NUMBER_DIGIT)) {
            if (c == '0' && has(now, BDK_NUMBER_LEADING)) {
                now ^= BDK_NUMBER_DIGIT;
            }
            now = (now & ~once) | BDK_NUMBER_WHOLE;
        } else if (c == '.' && has(now, BDK_NUMBER_POINT | BDK_NUMBER_WHOLE)) {
            now = BDK_NUMBER_DIGIT | BDK_NUMBER_E;
        } else if ((c == 'e' || c == 'E') && has(now, BDK_NUMBER_E | BDK_NUMBER_WHOLE)) {
            now = BDK_NUMBER_DIGIT | BDK_NUMBER_MINUS | BDK_NUMBER_PLUS;
        } else if ((c == '-' && has(now, BDK_NUMBER_MINUS)) ||
                   (c == '+' && has(now, BDK_NUMBER_PLUS))) {
            now &= ~(unsigned)(BDK_NUMBER_MINUS | BDK_NUMBER_PLUS);
        } else {
            break;
        }
    }
    *state = (uint8_t)now;
    return text;
}

int bdk_json_is_number(const char *text, size_t len)
{
    uint8_t state = BDK_NUMBER_START;

    return bdk_json_skip_number(&state, text, text + len) == text + len &&
           bdk_json_number_is_whole(state);
}

/* Digits of an exponent beyond the ninth or so are dropped: only a mantissa of over a hundred
 * million digits could make up for it. */
enum { EXPONENT_ENOUGH = 1 << 27 };

const char *bdk_json_mantissa(const char *text, const char *end, ptrdiff_t *places)
{
    const char *stop = end;
    int32_t exponent = 0;
    int in_integer = 1;

    *places = 0;
    for (; text < end; text++) {
        if (*text == '.') {
            in_integer = 0;
        } else if ((*text | 0x20) == 'e') {
            stop = text;
        } else if (bdk_json_is_digit(*text) && stop == end) {
            *places += in_integer;
        } else if (bdk_json_is_digit(*text) && exponent < EXPONENT_ENOUGH) {
            exponent = exponent * 10 + (*text - '0');
        }
    }
    *places += stop < end && stop[1] == '-' ? -exponent : exponent;
    return stop;
}
