/* SPDX-License-Identifier: MIT */
/* The query of a canonical request: sorted and encoded without a copy of it. */
#include "sigv4/sigv4.h"

#include "encoding/hex.h"
#include "encoding/uri.h"

/* Takes a character off a text; what is percent-encoded counts as the character it stands for. */
static unsigned char take(const char **text, const char *end)
{
    const char *p = *text;

    if (*p == '%' && end - p >= 3 && bdk_hex_digit(p[1]) >= 0 && bdk_hex_digit(p[2]) >= 0) {
        *text = p + 3;
        return (unsigned char)(bdk_hex_digit(p[1]) * 16 + bdk_hex_digit(p[2]));
    }
    *text = p + 1;
    return (unsigned char)*p;
}

/* Where a character stands in the order once it is encoded. Those that become %XX go before all
 * others, for `%` is less than any character that stays; among each other they keep their order. */
static int rank(unsigned char c)
{
    struct bedrock_output counter;
    char text = (char)c;

    bedrock_output_init(&counter, NULL, NULL, 0);
    bdk_uri_put(&counter, &text, 1, 0);
    return counter.count == 1 ? 256 + c : c;
}

/* Order of two texts once they are encoded. */
static int compare(const char *a, size_t a_len, const char *b, size_t b_len)
{
    const char *a_end = a + a_len, *b_end = b + b_len;

    while (a != a_end && b != b_end) {
        int difference = rank(take(&a, a_end)) - rank(take(&b, b_end));

        if (difference != 0) {
            return difference;
        }
    }
    return (a != a_end) - (b != b_end);
}

int bdk_sigv4_compare_names(const struct bdk_parameter *a, const struct bdk_parameter *b)
{
    return compare(a->name, a->name_len, b->name, b->name_len);
}

/* By name, then value, then place, so that no two are equal and each is found once. */
static int goes_before(const struct bdk_parameter *a, const struct bdk_parameter *b)
{
    int difference = bdk_sigv4_compare_names(a, b);

    if (difference == 0) {
        difference = compare(a->value, a->value_len, b->value, b->value_len);
    }
    return difference < 0 || (difference == 0 && a->name < b->name);
}

/* Reads a parameter and returns what follows it and its `&`. */
static const char *read(const char *query, struct bdk_parameter *parameter)
{
    const char *p = query;

    while (*p != '\0' && *p != '&' && *p != '=') {
        p++;
    }
    parameter->name = query;
    parameter->name_len = (size_t)(p - query);
    p += *p == '=';
    parameter->value = p;
    while (*p != '\0' && *p != '&') {
        p++;
    }
    parameter->value_len = (size_t)(p - parameter->value);
    return p + (*p == '&');
}

int bdk_sigv4_next_parameter(const char *query, struct bdk_parameter *parameter)
{
    struct bdk_parameter previous = *parameter, candidate;

    parameter->name = NULL;
    while (*query != '\0') {
        query = read(query, &candidate);
        if (candidate.value == candidate.name) {
            continue; /* nothing between two `&` */
        }
        if ((previous.name == NULL || goes_before(&previous, &candidate)) &&
            (parameter->name == NULL || goes_before(&candidate, parameter))) {
            *parameter = candidate;
        }
    }
    return parameter->name != NULL;
}

static void put_encoded(struct bedrock_output *out, const char *text, size_t len)
{
    const char *end = text + len;

    while (text != end) {
        char c = (char)take(&text, end);

        bdk_uri_put(out, &c, 1, 0);
    }
}

void bdk_sigv4_put_parameter(struct bedrock_output *out, const struct bdk_parameter *parameter)
{
    put_encoded(out, parameter->name, parameter->name_len);
    bedrock_output_text(out, "=");
    put_encoded(out, parameter->value, parameter->value_len);
}
