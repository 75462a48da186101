/* SPDX-License-Identifier: MIT */
/* The chunked coding (RFC 9112 section 7.1): all of it but the data. */
#include "http/parse.h"

#define SIZE_DIGITS_MAX 16 /* as many as 64 bits have */

/* Reads hexadecimal digits and returns a pointer behind the last, or NULL if there are none or too
 * many. */
static const char *read_size(const char *p, const char *end, uint64_t *size)
{
    const char *start = p;

    *size = 0;
    for (; p < end; p++) {
        unsigned char c = (unsigned char)*p;
        unsigned digit = c - (unsigned)'0';

        if (digit > 9) {
            digit = (c | 0x20u) - 'a' + 10;
            if (digit < 10 || digit > 15) {
                break;
            }
        }
        *size = *size << 4 | digit;
    }
    return p == start || p - start > SIZE_DIGITS_MAX ? NULL : p;
}

/* Is the rest of the line nothing, or chunk extensions? White space is allowed in front of their
 * semicolon, though bad. */
static int is_extension(const char *p, const char *end)
{
    if (p == end) {
        return 1;
    }
    while (p < end && (*p == ' ' || *p == '\t')) {
        p++;
    }
    return p < end && *p == ';';
}

static int begin_chunk(struct bedrock_http_response *response, uint64_t size)
{
    response->left = size;
    response->head_bytes = 0;
    response->headers = 0;
    response->state = size > 0 ? BDK_HTTP_AT_CHUNK : BDK_HTTP_AT_TRAILER;
    return BDK_HTTP_STEP;
}

int bdk_http_chunk_size(struct bedrock_http_response *response, const char **in, const char *end)
{
    struct bdk_http_line line;
    const char *p;
    uint64_t size;
    int status;

    /* Mostly the line is a few digits that are all there. */
    if (response->line_len == 0) {
        p = read_size(*in, end, &size);
        if (p != NULL && end - p >= 2 && p[0] == '\r' && p[1] == '\n') {
            *in = p + 2;
            return begin_chunk(response, size);
        }
    }
    status = bdk_http_take_line(response, in, end, &line);
    if (status <= 0) {
        return status;
    }
    p = read_size(line.text, line.text + line.len, &size);
    if (p == NULL || !is_extension(p, line.text + line.len)) {
        return BEDROCK_E_HTTP;
    }
    return begin_chunk(response, size);
}

int bdk_http_chunk_end(struct bedrock_http_response *response, const char **in, const char *end)
{
    for (; *in < end; ++*in) {
        if (response->left == 0) {
            response->state = BDK_HTTP_AT_SIZE;
            return BDK_HTTP_STEP;
        }
        if (**in != (response->left == 2 ? '\r' : '\n')) {
            return BEDROCK_E_HTTP;
        }
        response->left--;
    }
    return 0;
}
