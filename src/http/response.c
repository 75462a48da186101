/* SPDX-License-Identifier: MIT */
/* See bedrock/http.h. */
#include "http/parse.h"

#include <string.h>

void bedrock_http_response_init(struct bedrock_http_response *response, char *line,
                                uint16_t line_cap, int head)
{
    /* Until a header says otherwise, the body ends with the connection: FRAMING_CLOSE is 0. */
    *response = (struct bedrock_http_response){
        .line = line,
        .line_cap = line_cap,
        .head_left = BEDROCK_HTTP_HEAD_BYTES_MAX,
    };
    if (head) {
        response->flags = BDK_HTTP_HEAD;
    }
    if (line_cap < BEDROCK_HTTP_LINE_MIN) {
        response->error = BEDROCK_E_ARGUMENT;
    }
}

static int is_control(char c)
{
    return ((unsigned char)c < ' ' && c != '\t') || c == 0x7f;
}

/*
 * Appends a byte to the line. Each goes to the line buffer, for only the LF tells whether the line
 * lies whole in the input. No line may hold a control character but HTAB and, as its last byte, CR:
 * what follows one is kept as NUL, so that the line ends in anything but a CR. Where the buffer is
 * full, its last byte stays the line's. What is lost counts all the same: no head is so long that
 * the length would not fit into 16 bits.
 */
static void keep_byte(struct bedrock_http_response *response, char c)
{
    size_t len = response->line_len;
    size_t cap = response->line_cap;
    char *at = response->line + (len < cap ? len : cap);

    if (len > 0 && is_control(at[-1])) {
        c = '\0';
    }
    at[len < cap ? 0 : -1] = c;
    response->line_len++;
}

static int report_end(struct bedrock_http_response *response, struct bedrock_http_event *event)
{
    response->state = BDK_HTTP_DONE;
    event->type = BEDROCK_HTTP_END;
    return BEDROCK_EVENT;
}

/* A slice of the body, in place, or its end. The bytes of a body that ends with the connection are
 * not counted; so nothing is left of it at any time. */
static int take_body(struct bedrock_http_response *response, const char **in, const char *end,
                     struct bedrock_http_event *event)
{
    const char *text = *in;
    size_t len = (size_t)(end - text);

    if (response->framing != BEDROCK_HTTP_FRAMING_CLOSE) {
        if (response->left == 0) {
            return report_end(response, event);
        }
        if (len >= response->left) {
            len = (size_t)response->left;
            if (response->framing == BEDROCK_HTTP_FRAMING_CHUNKED) {
                response->state = BDK_HTTP_AT_DATA_END;
            }
        }
        response->left -= len;
    }
    *in = text + len;
    event->text = text;
    event->len = len;
    return len > 0;
}

int bedrock_http_response_next(struct bedrock_http_response *response, const char **in,
                               const char *end, struct bedrock_http_event *event)
{
    const char *start = *in, *p;

    while (response->error == 0 && response->state != BDK_HTTP_DONE) {
        event->type = (enum bedrock_http_type)response->state;
        if (response->state == BDK_HTTP_AT_BODY) {
            return take_body(response, in, end, event);
        }
        p = *in;
        if (p == end) {
            break;
        }
        if (response->head_left == 0) {
            response->error = BEDROCK_E_HTTP_LIMIT;
            break;
        }
        response->head_left--;
        *in = p + 1;
        if (*p != '\n') {
            keep_byte(response, *p);
        } else if (bdk_http_read_line(response, start, p, event) > 0) {
            return BEDROCK_EVENT;
        }
    }
    return response->error;
}

int bedrock_http_response_finish(struct bedrock_http_response *response,
                                 struct bedrock_http_event *event)
{
    if (response->error == 0 && response->state != BDK_HTTP_DONE) {
        if (response->state == BDK_HTTP_AT_BODY && response->left == 0) {
            return report_end(response, event);
        }
        response->error = BEDROCK_E_HTTP_INCOMPLETE;
    }
    return response->error;
}

int bedrock_http_response_keep_alive(const struct bedrock_http_response *response)
{
    unsigned flags = response->flags;

    if (response->framing == BEDROCK_HTTP_FRAMING_CLOSE || response->state != BDK_HTTP_DONE ||
        (flags & BDK_HTTP_CLOSE)) {
        return 0;
    }
    /* HTTP/1.0 does not know the chunked coding: who sends it there is not to be trusted with
     * another request (RFC 9112 section 6.1). */
    return response->minor > 0 ||
           (response->framing != BEDROCK_HTTP_FRAMING_CHUNKED && (flags & BDK_HTTP_KEEP));
}
