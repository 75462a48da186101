/* SPDX-License-Identifier: MIT */
/*
 * The query of a canonical request: sorted and encoded without a copy of it. A parameter is a
 * pointer to its first character; it ends before a `&` or NUL.
 */
#include "sigv4/sigv4.h"

#include "encoding/hex.h"
#include "encoding/uri.h"

/* The rank of a character in the order: END, then EQUALS, the `=` between name and value; then 256
 * and the character for one that is percent-encoded, and 512 and the character for one that stays,
 * since `%` is smaller than all of those. So "a" goes before "a=b", and that before "ab". */
enum { END, EQUALS };

/* How far a parameter is read. */
struct cursor {
    const char *next;
    int in_value; /* the first `=` has been seen; others are characters */
};

/* Takes a character off a parameter; what is percent-encoded counts as the character it stands for,
 * and a name without a value as one with the empty value. */
static int take(struct cursor *cursor)
{
    const char *p = cursor->next;
    int high, low, c = (unsigned char)*p;

    if (c != '\0' && c != '&') {
        cursor->next = p + 1;
    } else if (cursor->in_value) {
        return END;
    } else {
        c = '=';
    }
    if (c == '=' && !cursor->in_value) {
        cursor->in_value = 1;
        return EQUALS;
    }
    if (c == '%' && (high = bdk_hex_digit(p[1])) >= 0 && (low = bdk_hex_digit(p[2])) >= 0) {
        cursor->next = p + 3;
        c = high * 16 + low;
    }
    return c + 256 * (1 + bdk_uri_stays((uint8_t)c, 0));
}

int bdk_sigv4_compare_parameters(const char *a, const char *b)
{
    struct cursor of_a = {a, 0}, of_b = {b, 0};
    int rank_a, rank_b;

    do {
        rank_a = take(&of_a);
        rank_b = take(&of_b);
    } while (rank_a == rank_b && rank_a != END);
    return rank_a - rank_b;
}

/* Equal ones go in the order of their places, so that each is found once: of those the first that
 * comes behind `previous`. */
const char *bdk_sigv4_next_parameter(const char *query, const char *previous)
{
    const char *next = NULL;
    char before = '&';

    for (; *query != '\0'; before = *query++) {
        if (before == '&' && *query != '&' &&
            (previous == NULL ||
             bdk_sigv4_compare_parameters(previous, query) < (previous < query)) &&
            (next == NULL || bdk_sigv4_compare_parameters(query, next) < 0)) {
            next = query;
        }
    }
    return next;
}

void bdk_sigv4_put_parameter(struct bedrock_output *out, const char *parameter)
{
    struct cursor cursor = {parameter, 0};
    int rank;

    while ((rank = take(&cursor)) != END) {
        char c = (char)rank;

        if (rank == EQUALS) {
            bdk_sigv4_put_char(out, '=');
        } else {
            bdk_uri_put(out, &c, 1, 0);
        }
    }
}
