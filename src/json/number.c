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
