/* SPDX-License-Identifier: MIT */
/* See bedrock/json.h. */
#include "bedrock/error.h"
#include "bedrock/json.h"
#include "json/number.h"

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
    const char *stop;
    ptrdiff_t places;
    uint64_t magnitude;
    unsigned negative;

    if (len == 0 || !bdk_json_is_number(text, len)) {
        return BEDROCK_E_JSON_SHAPE;
    }
    stop = bdk_json_mantissa(text, text + len, &places);
    if (!read_magnitude(&magnitude, text, stop, places)) {
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
