/* SPDX-License-Identifier: MIT */
/* See bedrock/json.h. */
#include "bedrock/error.h"
#include "bedrock/json.h"
#include "json/number.h"

/* Digits of an exponent beyond the ninth or so are dropped: only a mantissa of over a hundred
 * million digits could make up for it. */
enum { EXPONENT_ENOUGH = 1 << 27 };

/* Reads the digits of a mantissa, of which the first `places` are those of the integer; it has
 * zeros for those that are missing. Returns 0 if it needs over 64 bits or has a fraction. */
static int read_magnitude(uint64_t *magnitude, const char *text, const char *end, ptrdiff_t places)
{
    uint64_t value = 0;

    while (text < end || (places > 0 && value > 0)) {
        unsigned digit = text < end ? (unsigned char)*text++ - (unsigned)'0' : 0;

        if (digit > 9) {
            continue; /* the sign or the point */
        }
        if (places-- > 0) {
            if (value >> 60 != 0) {
                return 0; /* too large, if one more digit follows, even for INT64_MIN */
            }
            value = value * 10 + digit;
        } else if (digit > 0) {
            return 0;
        }
    }
    *magnitude = value;
    return 1;
}

int bedrock_json_integer(int64_t *value, const char *text, size_t len)
{
    const char *end, *stop, *p; /* the mantissa ends at stop */
    ptrdiff_t places = 0;
    int32_t exponent = 0;
    int in_integer = 1;
    uint64_t magnitude;
    unsigned negative;

    if (len == 0 || !bdk_json_is_number(text, len)) {
        return BEDROCK_E_JSON_SHAPE;
    }
    end = stop = text + len;
    for (p = text; p < end; p++) {
        if (*p == '.') {
            in_integer = 0;
        } else if ((*p | 0x20) == 'e') {
            stop = p;
        } else if (bdk_json_is_digit(*p) && stop == end) {
            places += in_integer;
        } else if (bdk_json_is_digit(*p) && exponent < EXPONENT_ENOUGH) {
            exponent = exponent * 10 + (*p - '0');
        }
    }
    if (stop < end && stop[1] == '-') {
        exponent = -exponent;
    }
    if (!read_magnitude(&magnitude, text, stop, places + exponent)) {
        return BEDROCK_E_JSON_SHAPE;
    }
    negative = *text == '-';
    magnitude = negative ? 0 - magnitude : magnitude;
    if (magnitude != 0 && magnitude >> 63 != negative) {
        return BEDROCK_E_JSON_SHAPE; /* what is too large comes out with the other sign */
    }
    *value = (int64_t)magnitude;
    return BEDROCK_OK;
}
