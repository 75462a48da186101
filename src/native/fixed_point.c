/* SPDX-License-Identifier: MIT */
/*
 * Decimal fractions to binary ones, exactly. The digits behind the point stand in groups of four,
 * and each multiplication by 2^15 pushes the next 15 binary digits out in front of them.
 */
#include "native/fixed_point.h"

#include "bedrock/error.h"

/* A number below 10^-12 is 0, so that of BDK_FIXED_POINT_TEXT digits none that counts stands
 * further behind the point. */
#define GROUPS ((12 + BDK_FIXED_POINT_TEXT) / 4)

/* What a text says: digits up to `end`, of which `whole` stand before the point, times a power of
 * ten. */
struct spelling {
    size_t end;
    int32_t whole;
};

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Exponents beyond some thousands are no longer exact, but large. */
static int32_t read_exponent(const char *text, const char *end)
{
    int32_t value = 0;
    int negative = text < end && *text == '-';

    for (; text < end; text++) {
        if (is_digit(*text) && value < 1000) {
            value = value * 10 + (*text - '0');
        }
    }
    return negative ? -value : value;
}

static void read_spelling(struct spelling *spelling, const char *text, size_t len)
{
    int after_point = 0;
    size_t i;

    spelling->whole = 0;
    for (i = 0; i < len && text[i] != 'e' && text[i] != 'E'; i++) {
        after_point |= text[i] == '.';
        spelling->whole += !after_point && is_digit(text[i]);
    }
    spelling->end = i;
    if (i < len) {
        spelling->whole += read_exponent(text + i + 1, text + len);
    }
}

/* Puts the digits where they belong. Returns the whole part, or 2 if it is 2 or more. */
static uint32_t read_digits(uint16_t groups[GROUPS], const char *text,
                            const struct spelling *spelling)
{
    static const uint16_t weights[] = {1000, 100, 10, 1};
    uint32_t whole = 0;
    int32_t place = -spelling->whole; /* behind the point; -1 is the last one before it */
    size_t i;

    for (i = 0; i < spelling->end; i++) {
        unsigned digit = (unsigned)(text[i] - '0');

        if (!is_digit(text[i])) {
            continue;
        }
        if (place >= 0 && place < GROUPS * 4) {
            groups[place / 4] = (uint16_t)(groups[place / 4] + digit * weights[place % 4]);
        } else if (place < 0 && digit != 0) {
            whole = place == -1 && digit < 2 ? digit : 2;
        }
        if (whole == 2) {
            break;
        }
        place++;
    }
    return whole;
}

/* The next 15 binary digits. */
static uint32_t shift_out(uint16_t groups[GROUPS])
{
    uint32_t carry = 0;
    int i;

    for (i = GROUPS - 1; i >= 0; i--) {
        carry += (uint32_t)groups[i] << 15;
        groups[i] = (uint16_t)(carry % 10000);
        carry /= 10000;
    }
    return carry;
}

int bdk_fixed_point(int32_t *value, const char *text, size_t len)
{
    uint16_t groups[GROUPS] = {0};
    struct spelling spelling;
    uint32_t number;

    read_spelling(&spelling, text, len);
    number = read_digits(groups, text, &spelling);
    if (number == 2) {
        return BEDROCK_E_JSON_SHAPE;
    }
    number = number << 15 | shift_out(groups);
    number = number << 15 | shift_out(groups);
    number += groups[0] >= 5000;
    if (number > INT32_MAX) {
        return BEDROCK_E_JSON_SHAPE;
    }
    *value = text[0] == '-' ? -(int32_t)number : (int32_t)number;
    return BEDROCK_OK;
}
