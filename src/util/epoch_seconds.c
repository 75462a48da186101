/* SPDX-License-Identifier: MIT */
#include "util/civil_time.h"

#include "bedrock/error.h"

/* Characters, and value of an exponent: no time is spelt with more. */
#define LIMIT 9999

/* A JSON number: a row of digits, and where the point is among them. */
struct decimal {
    const char *digits; /* there may be a '.' among them */
    int32_t before;     /* digits before that '.' */
    int32_t count;      /* digits in all */
    int32_t point;      /* digits before the point once the exponent has moved it */
};

static int is_digit(const char *at, const char *end)
{
    return at < end && *at >= '0' && *at <= '9';
}

static const char *skip_digits(const char *at, const char *end)
{
    while (is_digit(at, end)) {
        at++;
    }
    return at;
}

/* "e6", "E+06", "e-3"; NULL if there is no digit or the value is beyond all sense. */
static const char *take_exponent(int32_t *exponent, const char *at, const char *end)
{
    int32_t value = 0;
    const char *digits;
    int down;

    at++;
    down = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+')) {
        at++;
    }
    for (digits = at; is_digit(at, end) && value <= LIMIT; at++) {
        value = value * 10 + (*at - '0');
    }
    *exponent = down ? -value : value;
    return at > digits && value <= LIMIT ? at : NULL;
}

/* The end of the number, or NULL if there is none. A sign is refused: nothing was before 1970. */
static const char *take_decimal(struct decimal *number, const char *at, const char *end)
{
    const char *digits = at;

    at = skip_digits(digits, end);
    number->digits = digits;
    number->before = number->count = number->point = (int32_t)(at - digits);
    if (number->before == 0 || (number->before > 1 && *digits == '0')) {
        return NULL;
    }
    if (at < end && *at == '.') {
        digits = at + 1;
        at = skip_digits(digits, end);
        number->count += (int32_t)(at - digits);
        if (at == digits) {
            return NULL;
        }
    }
    if (at < end && (*at == 'e' || *at == 'E')) {
        int32_t exponent;

        at = take_exponent(&exponent, at, end);
        number->point += exponent;
    }
    return at;
}

static uint32_t digit_at(const struct decimal *number, int32_t at)
{
    if (at < 0 || at >= number->count) {
        return 0;
    }
    return (uint32_t)(number->digits[at < number->before ? at : at + 1] - '0');
}

int bdk_parse_epoch_seconds(int64_t *unix_s, int32_t *nanos, const char *text, size_t len)
{
    struct decimal number;
    int64_t seconds = 0;
    uint32_t fraction = 0;
    int32_t at;

    if (len > LIMIT || take_decimal(&number, text, text + len) != text + len) {
        return BEDROCK_E_TIME;
    }
    for (at = 0; at < number.point && seconds <= BDK_LAST_SECOND; at++) {
        seconds = seconds * 10 + digit_at(&number, at);
    }
    if (seconds > BDK_LAST_SECOND) {
        return BEDROCK_E_TIME;
    }
    for (at = number.point; at < number.point + 9; at++) {
        fraction = fraction * 10 + digit_at(&number, at);
    }
    *unix_s = seconds;
    if (nanos != NULL) {
        *nanos = (int32_t)fraction;
    }
    return BEDROCK_OK;
}
