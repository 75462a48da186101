/* SPDX-License-Identifier: MIT */
/* See number.h. A file of its own: who only counts links no 64-bit arithmetic. */
#include "json/number.h"

#include <string.h>

/* Digits of an exponent beyond the ninth or so are dropped: no mantissa makes up for it. */
enum { EXPONENT_ENOUGH = 1 << 27 };

/* Reads a mantissa, of which the first `places` digits are those of the integer; it has zeros for
 * those that are missing. */
static int32_t read_places(const char *text, const char *end, int32_t places)
{
    uint32_t value = 0;

    for (; text < end || (places > 0 && value > 0); text++) {
        unsigned digit = text < end ? (unsigned char)*text - (unsigned)'0' : 0;

        if (digit > 9) {
            continue; /* the sign or the point */
        }
        if (places-- > 0) {
            if (value > INT32_MAX / 10) {
                return -1;
            }
            value = value * 10 + digit;
        } else if (digit > 0) {
            return -1;
        }
    }
    return (int32_t)value; /* below 0 if it is just too large */
}

int32_t bdk_json_count(const char *text)
{
    int32_t places = 0, exponent = 0, value;
    int in_integer = 1;
    const char *p = text, *stop;

    if (!bdk_json_is_number(text, strlen(text))) {
        return -1;
    }
    for (; *p != '\0' && (*p | 0x20) != 'e'; p++) {
        if (*p == '.') {
            in_integer = 0;
        }
        places += in_integer;
    }
    places -= *text == '-';
    stop = p;
    for (; *p != '\0'; p++) {
        if (bdk_json_is_digit(*p) && exponent < EXPONENT_ENOUGH) {
            exponent = exponent * 10 + (*p - '0');
        }
    }
    places += stop < p && stop[1] == '-' ? -exponent : exponent;
    value = read_places(text, stop, places);
    return value > 0 && *text == '-' ? -1 : value;
}
