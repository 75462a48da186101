/* SPDX-License-Identifier: MIT */
/* See bedrock/http.h. */
#include "http/parse.h"

#include <string.h>

void bedrock_http_response_init(struct bedrock_http_response *response, char *line,
                                uint16_t line_cap, int head)
{
    memset(response, 0, sizeof *response);
    response->line = line;
    response->line_cap = line_cap;
    response->head_left = BEDROCK_HTTP_HEAD_BYTES_MAX;
    response->flags = head ? BDK_HTTP_HEAD : 0;
    /* Until a header says otherwise, the body ends with the connection. */
    response->framing = BEDROCK_HTTP_FRAMING_CLOSE;
    if (line_cap < BEDROCK_HTTP_LINE_MIN) {
        response->error = BEDROCK_E_ARGUMENT;
    }
}

/* No line may hold a control character but HTAB and, as its last byte, CR. */
static int is_control(char c)
{
    return ((unsigned char)c < ' ' && c != '\t') || c == 0x7f;
}

/* A byte of a line. Each is put into the line buffer, for only the LF tells whether the line lies
 * whole in the input. What does not fit counts all the same: no head is so long that the length
 * needs more than 16 bits. */
static void keep(struct bedrock_http_response *response, char c)
{
    if ((response->flags & BDK_HTTP_LINE_CR) || is_control(c)) {
        response->flags |= c == '\r' && !(response->flags & BDK_HTTP_LINE_CR) ? BDK_HTTP_LINE_CR
                                                                              : BDK_HTTP_LINE_BAD;
    }
    if (response->line_len < response->line_cap) {
        response->line[response->line_len] = c;
    }
    response->line_len++;
}

/* Takes a line without its CR LF into *event: where it lies in the input, if it is whole there and
 * not too long, else from the line buffer. 1: it is complete; 0: the input is used up; negative: an
 * error. */
static int take_line(struct bedrock_http_response *response, const char **in, const char *end,
                     struct bedrock_http_event *event)
{
    const char *text = *in;
    unsigned flags;
    size_t len;
    char c;

    for (;;) {
        if (*in == end) {
            return 0;
        }
        c = *(*in)++;
        if (response->head_left == 0) {
            return BEDROCK_E_HTTP_LIMIT;
        }
        response->head_left--;
        if (c == '\n') {
            break;
        }
        keep(response, c);
    }
    flags = response->flags;
    if ((flags & (BDK_HTTP_LINE_CR | BDK_HTTP_LINE_BAD)) != BDK_HTTP_LINE_CR) {
        return BEDROCK_E_HTTP;
    }
    flags &= BDK_HTTP_CLOSE | BDK_HTTP_KEEP | BDK_HTTP_HEAD;
    len = response->line_len;
    response->line_len = 0;
    if (len > response->line_cap) {
        len = response->line_cap;
        flags |= BDK_HTTP_LINE_CUT;
        text = response->line;
        response->line[len - 1] = '\r';
    } else if (len != (size_t)(*in - 1 - text)) {
        text = response->line;
    }
    response->flags = (uint8_t)flags;
    event->text = text;
    event->len = len - 1;
    return 1;
}

static int report_end(struct bedrock_http_response *response, struct bedrock_http_event *event)
{
    response->state = BDK_HTTP_DONE;
    event->type = BEDROCK_HTTP_END;
    return BEDROCK_EVENT;
}

/* A slice of the body, in place, or its end. */
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
    int status = response->error;

    while (status == 0) {
        event->type = (enum bedrock_http_type)response->state;
        if (response->state == BDK_HTTP_AT_BODY) {
            return take_body(response, in, end, event);
        }
        if (response->state == BDK_HTTP_DONE || *in == end) {
            return 0;
        }
        status = take_line(response, in, end, event);
        if (status > 0) {
            status = bdk_http_read_line(response, event);
        }
    }
    if (status < 0) {
        response->error = (int8_t)status;
    }
    return status;
}

/* Nothing is left of a body that ends with the connection: its bytes are not counted. */
int bedrock_http_response_finish(struct bedrock_http_response *response,
                                 struct bedrock_http_event *event)
{
    if (response->state == BDK_HTTP_AT_BODY && response->left == 0) {
        return report_end(response, event);
    }
    if (response->error == 0 && response->state != BDK_HTTP_DONE) {
        response->error = BEDROCK_E_HTTP_INCOMPLETE;
    }
    return response->error;
}

int bedrock_http_response_keep_alive(const struct bedrock_http_response *response)
{
    if (response->state != BDK_HTTP_DONE || response->framing == BEDROCK_HTTP_FRAMING_CLOSE ||
        (response->flags & BDK_HTTP_CLOSE)) {
        return 0;
    }
    /* HTTP/1.0 does not know the chunked coding: who sends it there is not to be trusted with
     * another request (RFC 9112 section 6.1). */
    return response->minor > 0 ||
           ((response->flags & BDK_HTTP_KEEP) && response->framing != BEDROCK_HTTP_FRAMING_CHUNKED);
}
