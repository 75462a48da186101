/* SPDX-License-Identifier: MIT */
/* The headers of a canonical request: sorted, joined and folded without a copy of them. */
#include "sigv4/sigv4.h"

#include "util/bytes.h"

/* Order of the names in lower case. Of two names that begin alike the shorter goes first, for its
 * NUL is the smallest byte. */
static int compare(const char *a, const char *b)
{
    for (;; a++, b++) {
        int difference = (unsigned char)bdk_lower(*a) - (unsigned char)bdk_lower(*b);

        if (difference != 0 || *a == '\0') {
            return difference;
        }
    }
}

/* The first header with the name that follows that of `previous` in the order (NULL: the smallest),
 * or NULL. */
static const struct bedrock_sigv4_header *next_header(const struct bedrock_sigv4_request *request,
                                                      const struct bedrock_sigv4_header *previous)
{
    const struct bedrock_sigv4_header *best = NULL, *header = request->headers;
    size_t i;

    for (i = 0; i < request->header_count; i++, header++) {
        if ((previous == NULL || compare(header->name, previous->name) > 0) &&
            (best == NULL || compare(header->name, best->name) < 0)) {
            best = header;
        }
    }
    return best;
}

static void put_lower(struct bedrock_output *out, const char *name)
{
    for (; *name != '\0'; name++) {
        bdk_sigv4_put_char(out, bdk_lower(*name));
    }
}

/* Blank, line end, and the other control characters, which have no place in a header. */
static int is_space(char c)
{
    return (unsigned char)c <= ' ' && c != '\0';
}

/* Puts the words of a value with one space between them. */
static void put_value(struct bedrock_output *out, const char *value)
{
    char separator = '\0';

    for (;;) {
        size_t len = 0;

        while (is_space(*value)) {
            value++;
        }
        if (*value == '\0') {
            return;
        }
        while ((unsigned char)value[len] > ' ') {
            len++;
        }
        bdk_sigv4_put_char(out, separator);
        bedrock_output_put(out, value, len);
        separator = ' ';
        value += len;
    }
}

/* Puts the values of all headers that have the name, in the order they were given in. */
static void put_values(struct bedrock_output *out, const struct bedrock_sigv4_request *request,
                       const char *name)
{
    const struct bedrock_sigv4_header *header = request->headers;
    const struct bedrock_sigv4_header *end = header + request->header_count;
    char separator = ':';

    for (; header != end; header++) {
        if (compare(header->name, name) == 0) {
            bdk_sigv4_put_char(out, separator);
            put_value(out, header->value);
            separator = ',';
        }
    }
}

void bdk_sigv4_put_headers(struct bedrock_output *out, const struct bedrock_sigv4_request *request)
{
    const struct bedrock_sigv4_header *header = NULL;

    while ((header = next_header(request, header)) != NULL) {
        put_lower(out, header->name);
        put_values(out, request, header->name);
        bdk_sigv4_put_char(out, '\n');
    }
}

void bdk_sigv4_put_signed_names(struct bedrock_output *out,
                                const struct bedrock_sigv4_request *request)
{
    const struct bedrock_sigv4_header *header = NULL;
    char separator = '\0';

    while ((header = next_header(request, header)) != NULL) {
        bdk_sigv4_put_char(out, separator);
        put_lower(out, header->name);
        separator = ';';
    }
}
