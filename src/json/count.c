/* SPDX-License-Identifier: MIT */
/* See number.h. A file of its own: who only counts links no 64-bit arithmetic. */
#include "json/number.h"

#include <string.h>

/* Reads a mantissa, of which the first `places` digits are those of the integer; it has zeros for
 * those that are missing. */
static int32_t read_places(const char *text, const char *end, ptrdiff_t places)
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
    size_t len = strlen(text);
    const char *stop;
    ptrdiff_t places;
    int32_t value;

    if (!bdk_json_is_number(text, len)) {
        return -1;
    }
    stop = bdk_json_mantissa(text, text + len, &places);
    value = read_places(text, stop, places);
    return value > 0 && *text == '-' ? -1 : value;
}
