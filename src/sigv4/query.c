/* SPDX-License-Identifier: MIT */
/*
 * The query of a canonical request: sorted and encoded without a copy of it. A parameter is a
 * pointer to its first character; it ends before a `&` or NUL.
 */
#include "sigv4/sigv4.h"

#include "encoding/hex.h"
#include "encoding/uri.h"

/* What take() returns besides characters. So numbered, they are less than any character, which is
 * what the order of names and values wants: "a" goes before "a=b", and that before "ab". */
#define END    (-2)
#define EQUALS (-1)

/* Takes a character off a parameter; what is percent-encoded counts as the character it stands
 * for. The first `=` parts name and value, others are characters. */
static int take(const char **parameter, int in_value)
{
    const char *p = *parameter;
    int high, low;

    if (*p == '\0' || *p == '&') {
        return END;
    }
    *parameter = p + 1;
    if (*p == '=' && !in_value) {
        return EQUALS;
    }
    if (*p == '%' && (high = bdk_hex_digit(p[1])) >= 0 && (low = bdk_hex_digit(p[2])) >= 0) {
        *parameter = p + 3;
        return high * 16 + low;
    }
    return (unsigned char)*p;
}

/* Takes a character, for its place in the order once it is encoded. Those that become %XX go before
 * all others, for `%` is less than any character that stays; among each other they keep their
 * order. */
static int take_rank(const char **parameter, int in_value)
{
    int c = take(parameter, in_value);

    return c >= 0 && bdk_uri_stays((uint8_t)c, 0) ? 256 + c : c;
}

int bdk_sigv4_compare_parameters(const char *a, const char *b)
{
    int in_value = 0, rank_a, rank_b;

    do {
        rank_a = take_rank(&a, in_value);
        rank_b = take_rank(&b, in_value);
        in_value |= rank_a == EQUALS;
    } while (rank_a == rank_b && rank_a != END);
    return rank_a - rank_b;
}

/* Equal ones in the order of their places, so that each is found once. */
static int goes_before(const char *a, const char *b)
{
    int difference = bdk_sigv4_compare_parameters(a, b);

    return difference < 0 || (difference == 0 && a < b);
}

const char *bdk_sigv4_next_parameter(const char *query, const char *previous)
{
    const char *next = NULL, *p = query;

    while (*p != '\0') {
        const char *parameter = p;

        while (*p != '\0' && *p != '&') {
            p++;
        }
        if (p != parameter && (previous == NULL || goes_before(previous, parameter)) &&
            (next == NULL || goes_before(parameter, next))) {
            next = parameter;
        }
        p += *p == '&';
    }
    return next;
}

void bdk_sigv4_put_parameter(struct bedrock_output *out, const char *parameter)
{
    int in_value = 0, c;

    while ((c = take(&parameter, in_value)) != END) {
        char text = (char)c;

        if (c == EQUALS) {
            in_value = 1;
            bdk_sigv4_put_char(out, '=');
        } else {
            bdk_uri_put(out, &text, 1, 0);
        }
    }
    if (!in_value) {
        bdk_sigv4_put_char(out, '=');
    }
}
