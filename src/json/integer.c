/* SPDX-License-Identifier: MIT */
/* See bedrock/json.h. */
#include "bedrock/error.h"
#include "bedrock/json.h"
#include "json/number.h"

/* Reads an exponent, "e-5". Digits beyond the eighth or ninth are dropped: a mantissa long enough
 * to make up for such an exponent does not fit into memory. */
static int32_t read_exponent(const char *text, const char *end)
{
    int32_t exponent = 0;
    int negative = 0;

    for (; text < end; text++) {
        negative |= *text == '-';
        if (bdk_json_is_digit(*text) && exponent < 100000000) {
            exponent = exponent * 10 + (*text - '0');
        }
    }
    return negative ? -exponent : exponent;
}

/* Reads the digits of a mantissa, of which the first `places` are those of the integer; it has
 * zeros for those that are missing. Returns 0 if it needs over 64 bits or has a fraction. */
static int read_magnitude(uint64_t *magnitude, const char *text, const char *end, ptrdiff_t places)
{
    uint64_t value = 0;

    for (; text < end || (places > 0 && value > 0); text++) {
        unsigned digit = text < end ? (unsigned char)*text - (unsigned)'0' : 0;

        if (digit > 9) {
            continue; /* the point */
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
    const char *end, *stop, *point = NULL;
    uint64_t magnitude;
    int64_t number;
    int negative;

    if (len == 0 || !bdk_json_is_number(text, len)) {
        return BEDROCK_E_JSON_SHAPE;
    }
    end = text + len;
    negative = *text == '-';
    text += negative;
    for (stop = text; stop < end && (*stop | 0x20) != 'e'; stop++) {
        if (*stop == '.') {
            point = stop;
        }
    }
    if (point == NULL) {
        point = stop;
    }
    if (!read_magnitude(&magnitude, text, stop, point - text + read_exponent(stop, end))) {
        return BEDROCK_E_JSON_SHAPE;
    }
    number = (int64_t)(negative ? 0 - magnitude : magnitude);
    if (magnitude > 0 && (number < 0) != negative) {
        return BEDROCK_E_JSON_SHAPE; /* what is too large comes out with the other sign */
    }
    *value = number;
    return BEDROCK_OK;
}
