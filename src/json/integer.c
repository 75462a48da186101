/* SPDX-License-Identifier: MIT */
/* See bedrock/json.h. */
#include "bedrock/error.h"
#include "bedrock/json.h"
#include "json/number.h"

/* The greatest magnitude: that of INT64_MIN. */
#define MAGNITUDE_MAX ((uint64_t)INT64_MAX + 1)

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
 * zeros for those that are missing. Returns 0 if it is too large or has a fraction. */
static int read_magnitude(uint64_t *magnitude, const char *text, const char *end, ptrdiff_t places)
{
    uint64_t value = 0;

    while (text < end || (places > 0 && value > 0)) {
        char c = text < end ? *text++ : '0';

        if (c == '.') {
            continue;
        }
        if (places-- <= 0) {
            if (c != '0') {
                return 0;
            }
            continue;
        }
        if (value > MAGNITUDE_MAX / 10) {
            return 0;
        }
        value = value * 10 + (unsigned)(c - '0');
    }
    *magnitude = value;
    return value <= MAGNITUDE_MAX;
}

int bedrock_json_integer(int64_t *value, const char *text, size_t len)
{
    const char *end, *mantissa_end, *point;
    uint64_t magnitude;
    int negative;

    if (len == 0 || !bdk_json_is_number(text, len)) {
        return BEDROCK_E_JSON_SHAPE;
    }
    end = text + len;
    negative = *text == '-';
    text += negative;
    for (point = text; point < end && bdk_json_is_digit(*point); point++) {
    }
    mantissa_end = point;
    while (mantissa_end < end && *mantissa_end != 'e' && *mantissa_end != 'E') {
        mantissa_end++;
    }
    if (!read_magnitude(&magnitude, text, mantissa_end,
                        point - text + read_exponent(mantissa_end, end)) ||
        (magnitude == MAGNITUDE_MAX && !negative)) {
        return BEDROCK_E_JSON_SHAPE;
    }
    /* The greatest magnitude has no positive number: its sign comes off one lower. */
    *value = negative && magnitude > 0 ? -(int64_t)(magnitude - 1) - 1 : (int64_t)magnitude;
    return BEDROCK_OK;
}
