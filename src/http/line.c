/* SPDX-License-Identifier: MIT */
/*
 * The lines of a head and of trailers (RFC 9112 section 2.2). A line that lies whole in the input
 * stays there; any other is gathered in the line buffer.
 */
#include "http/parse.h"

#include <string.h>

/*
 * Looks at each byte of a line once, to its LF or to the end of the input, and returns where that
 * is. No line may hold a control character but HTAB and, as its last byte, CR.
 */
static const char *scan(struct bedrock_http_response *response, const char *p, const char *end)
{
    unsigned flags = response->flags;

    for (; p < end && *p != '\n'; p++) {
        flags |= flags & BDK_HTTP_LINE_CR ? BDK_HTTP_LINE_BAD : 0;
        if (*p == '\r') {
            flags |= BDK_HTTP_LINE_CR;
        } else if (((unsigned char)*p < ' ' && *p != '\t') || *p == 0x7f) {
            flags |= BDK_HTTP_LINE_BAD;
        }
    }
    response->flags = (uint8_t)flags;
    return p;
}

/* Appends to the line buffer what fits. */
static void keep(struct bedrock_http_response *response, const char *text, size_t len)
{
    size_t room = (size_t)response->line_cap - response->line_len;
    size_t fits = len < room ? len : room;

    memcpy(response->line + response->line_len, text, fits);
    response->line_len = (uint16_t)(response->line_len + fits);
    if (fits < len) {
        response->flags |= BDK_HTTP_LINE_CUT;
    }
}

int bdk_http_take_line(struct bedrock_http_response *response, const char **in, const char *end,
                       struct bdk_http_line *line)
{
    const char *text = *in;
    const char *lf;
    size_t len;

    if (text == end) {
        return 0;
    }
    if (response->line_len == 0) {
        response->flags &= BDK_HTTP_HEAD | BDK_HTTP_CLOSE | BDK_HTTP_KEEP;
    }
    lf = scan(response, text, end);
    len = (size_t)(lf - text);
    *in = lf + (lf < end);
    if ((size_t)(*in - text) > response->head_left) {
        return BEDROCK_E_HTTP_LIMIT;
    }
    response->head_left -= (uint32_t)(*in - text);
    if (lf == end || response->line_len > 0 || len > response->line_cap) {
        keep(response, text, len);
        if (lf == end) {
            return 0;
        }
        text = response->line;
        len = response->line_len;
        response->line_len = 0;
        response->line[len - 1] = '\r'; /* as it is, unless the line was cut */
    }
    if ((response->flags & (BDK_HTTP_LINE_CR | BDK_HTTP_LINE_BAD)) != BDK_HTTP_LINE_CR) {
        return BEDROCK_E_HTTP;
    }
    line->text = text;
    line->stop = text + len - 1;
    return 1;
}
