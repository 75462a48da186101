/* SPDX-License-Identifier: MIT */
/* The headers of a canonical request: sorted, joined and folded without a copy of them. */
#include "sigv4/sigv4.h"

#include "util/bytes.h"

/* Order of the names in lower case. Of two names that begin alike the shorter goes first, for its
 * NUL is the smallest byte. */
static int compare(const char *a, const char *b)
{
    unsigned char c;
    int difference;

    do {
        c = (unsigned char)bdk_lower(*a++);
        difference = c - (unsigned char)bdk_lower(*b++);
    } while (difference == 0 && c != '\0');
    return difference;
}

/* The name that follows `previous` in the order (NULL: the smallest), or NULL. */
static const char *next_name(const struct bedrock_sigv4_request *request, const char *previous)
{
    const struct bedrock_sigv4_header *header = request->headers;
    const char *best = NULL;
    size_t i;

    for (i = 0; i < request->header_count; i++, header++) {
        const char *name = header->name;

        if ((previous == NULL || compare(name, previous) > 0) &&
            (best == NULL || compare(name, best) < 0)) {
            best = name;
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

/* Puts the words of a value with one space between them. Blanks, line ends, and the other control
 * characters, which have no place in a header, part them. */
static void put_value(struct bedrock_output *out, const char *value)
{
    char separator = '\0';

    for (; *value != '\0'; value++) {
        size_t len = 0;

        while ((unsigned char)value[len] > ' ') {
            len++;
        }
        if (len > 0) {
            bdk_sigv4_put_char(out, separator);
            bedrock_output_put(out, value, len);
            separator = ' ';
            value += len - 1;
        }
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

void bdk_sigv4_put_headers(struct bedrock_output *out, const struct bedrock_sigv4_request *request,
                           int lines)
{
    const char *name = NULL;
    char separator = '\0';

    while ((name = next_name(request, name)) != NULL) {
        bdk_sigv4_put_char(out, separator);
        put_lower(out, name);
        if (lines) {
            put_values(out, request, name);
            bdk_sigv4_put_char(out, '\n');
        } else {
            separator = ';';
        }
    }
}
