/* SPDX-License-Identifier: MIT */
/* The chunked coding (RFC 9112 section 7.1): the line in front of a chunk. */
#include "encoding/hex.h"
#include "http/parse.h"

#define SIZE_DIGITS_MAX 16 /* so many fit into 64 bits */

/* Chunk extensions mean nothing to us. White space in front of their semicolon is allowed, though
 * bad. */
static int is_extension(const char *p)
{
    while (*p == ' ' || *p == '\t') {
        p++;
    }
    return *p == ';';
}

int bdk_http_read_size(const struct bdk_http_line *line, uint64_t *size)
{
    const char *p = line->text;
    uint64_t value = 0;
    int digit;

    while ((digit = bdk_hex_digit(*p)) >= 0) {
        if (p++ == line->text + SIZE_DIGITS_MAX) {
            return BEDROCK_E_HTTP;
        }
        value = value << 4 | (unsigned)digit;
    }
    *size = value;
    return p > line->text && (p == line->stop || is_extension(p)) ? 0 : BEDROCK_E_HTTP;
}
