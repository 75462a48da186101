/* SPDX-License-Identifier: MIT */
/*
 * Lines of a head, of trailers and of chunk sizes (RFC 9112 section 2.2). A line that lies whole in
 * the input stays there; any other is gathered in the line buffer.
 */
#include "http/parse.h"

#include <string.h>

/*
 * Looks at each byte of a line once, up to and with its LF or to the end of the input, and returns
 * a pointer behind it. The LF must stand behind the line's first CR; a bare LF, a bare CR and any
 * control character but HTAB mark the line as bad.
 */
static const char *scan(struct bedrock_http_response *response, const char *p, const char *end)
{
    unsigned flags = response->flags & ~(unsigned)BDK_HTTP_LINE_CR;
    const char *lf = response->flags & BDK_HTTP_LINE_CR ? p : NULL;

    while (p < end) {
        unsigned char c = (unsigned char)*p++;

        if (c >= ' ' && c != 0x7f) {
            continue;
        }
        if (c == '\n') {
            flags |= p - 1 == lf ? 0 : (unsigned)BDK_HTTP_LINE_BAD;
            lf = NULL;
            break;
        }
        if (c == '\r' && lf == NULL) {
            lf = p;
        } else if (c != '\t') {
            flags |= BDK_HTTP_LINE_BAD;
        }
    }
    if (lf != NULL) {
        flags |= lf == end ? BDK_HTTP_LINE_CR : BDK_HTTP_LINE_BAD;
    }
    response->flags = (uint8_t)flags;
    return p;
}

/* Appends to the line buffer what fits. */
static void keep(struct bedrock_http_response *response, const char *text, size_t len)
{
    size_t room = (size_t)(response->line_cap - response->line_len);

    if (len > room) {
        response->flags |= BDK_HTTP_LINE_CUT;
        len = room;
    }
    memcpy(response->line + response->line_len, text, len);
    response->line_len = (uint16_t)(response->line_len + len);
}

int bdk_http_take_line(struct bedrock_http_response *response, const char **in, const char *end,
                       struct bdk_http_line *line)
{
    const char *start = *in;
    const char *stop = scan(response, start, end);
    size_t len = (size_t)(stop - start);

    *in = stop;
    if (len > BEDROCK_HTTP_HEAD_BYTES_MAX - response->head_bytes) {
        return BEDROCK_E_HTTP_LIMIT;
    }
    response->head_bytes += (uint32_t)len;
    if (len == 0 || stop[-1] != '\n') {
        keep(response, start, len);
        return 0;
    }
    if (response->flags & BDK_HTTP_LINE_BAD) {
        return BEDROCK_E_HTTP;
    }
    len--;
    line->text = start;
    line->len = len;
    if (response->line_len > 0 || len > response->line_cap) {
        keep(response, start, len);
        line->text = response->line;
        line->len = response->line_len;
        response->line_len = 0;
    }
    line->cut = (response->flags & BDK_HTTP_LINE_CUT) != 0;
    line->len -= line->cut ? 0 : 1;
    response->flags &= (uint8_t)~BDK_HTTP_LINE_CUT;
    return 1;
}
