/* SPDX-License-Identifier: MIT */
/* The chunked coding (RFC 9112 section 7.1): all of it but the data. */
#include "http/parse.h"

#define SIZE_DIGITS_MAX 16                        /* so many fit into 64 bits */
#define QUICK_BYTES     (2 + SIZE_DIGITS_MAX + 2) /* all that quick_size() looks at */

/* Reads a size: 1 to 16 hexadecimal digits. Returns the place behind them, at most 16 bytes on, or
 * NULL. Looks at 17 bytes at most, and at none behind the first that is no digit. */
static const char *read_size(const char *text, uint64_t *size)
{
    const char *p = text;
    uint64_t value = 0;
    unsigned room = SIZE_DIGITS_MAX;

    for (;;) {
        unsigned c = (unsigned char)*p;
        unsigned digit = c - '0';

        if (digit > 9) {
            digit = (c | 0x20) - 'a';
            if (digit > 5) {
                break;
            }
            digit += 10;
        }
        if (room-- == 0) {
            return NULL;
        }
        value = value << 4 | digit;
        p++;
    }
    *size = value;
    return p == text ? NULL : p;
}

/* The usual case: the CR LF behind the last chunk, digits and CR LF. Returns the place behind, or
 * NULL if it is anything else. */
static const char *quick_size(const char *p, int in_data, uint64_t *size)
{
    if (in_data) {
        if (p[0] != '\r' || p[1] != '\n') {
            return NULL;
        }
        p += 2;
    }
    p = read_size(p, size);
    return p != NULL && p[0] == '\r' && p[1] == '\n' ? p + 2 : NULL;
}

/* Chunk extensions mean nothing to us. White space in front of their semicolon is allowed, though
 * bad. */
static int is_extension(const char *p)
{
    while (*p == ' ' || *p == '\t') {
        p++;
    }
    return *p == ';';
}

static int begin_chunk(struct bedrock_http_response *response, uint64_t size)
{
    response->left = size;
    response->state = size > 0 ? BDK_HTTP_AT_DATA : BDK_HTTP_AT_TRAILER;
    response->head_left = BEDROCK_HTTP_HEAD_BYTES_MAX;
    response->headers = 0;
    return BDK_HTTP_STEP;
}

int bdk_http_next_chunk(struct bedrock_http_response *response, const char **in, const char *end)
{
    int in_data = response->state == BDK_HTTP_AT_DATA_END;
    struct bdk_http_line line;
    const char *p;
    uint64_t size;
    int status;

    if (response->line_len == 0 && end - *in >= QUICK_BYTES) {
        p = quick_size(*in, in_data, &size);
        if (p != NULL) {
            *in = p;
            return begin_chunk(response, size);
        }
    }
    status = bdk_http_take_line(response, in, end, &line);
    if (status <= 0) {
        return status;
    }
    if (in_data) {
        response->state = BDK_HTTP_AT_SIZE;
        return line.text == line.stop ? BDK_HTTP_STEP : BEDROCK_E_HTTP;
    }
    p = read_size(line.text, &size);
    return p != NULL && (p == line.stop || is_extension(p)) ? begin_chunk(response, size)
                                                            : BEDROCK_E_HTTP;
}
