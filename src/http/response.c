/* SPDX-License-Identifier: MIT */
/* See bedrock/http.h. The framing of a body is decided as RFC 9112 section 6.3 says. */
#include "http/parse.h"

#include <string.h>

void bedrock_http_response_init(struct bedrock_http_response *response, char *line,
                                uint16_t line_cap, int head)
{
    memset(response, 0, sizeof *response);
    response->line = line;
    response->line_cap = line_cap;
    response->flags = head ? BDK_HTTP_HEAD : 0;
}

static int is_interim(const struct bedrock_http_response *response)
{
    return response->status < 200;
}

static int status_line(struct bedrock_http_response *response, const struct bdk_http_line *line,
                       struct bedrock_http_event *event)
{
    int status = bdk_http_read_status(line, event);

    if (status < 0) {
        return status;
    }
    response->status = event->status;
    response->minor = event->minor;
    response->state = BDK_HTTP_AT_HEADER;
    return is_interim(response) ? BDK_HTTP_STEP : BEDROCK_EVENT;
}

/* A header or a trailer. Interim heads are checked but not reported; they and trailers have no say
 * in the framing. */
static int field_line(struct bedrock_http_response *response, const struct bdk_http_line *line,
                      struct bedrock_http_event *event)
{
    int status;

    if (response->headers == BEDROCK_HTTP_HEADERS_MAX) {
        return BEDROCK_E_HTTP_LIMIT;
    }
    response->headers++;
    status = bdk_http_read_header(line, event);
    if (status == 0 && response->state == BDK_HTTP_AT_HEADER && !is_interim(response)) {
        status = bdk_http_note_header(response, line, event);
    }
    if (status < 0) {
        return status;
    }
    if (response->state == BDK_HTTP_AT_TRAILER) {
        event->type = BEDROCK_HTTP_TRAILER;
    }
    return line->cut || is_interim(response) ? BDK_HTTP_STEP : BEDROCK_EVENT;
}

/* All `left` bytes are read: of the body, or of the chunk. */
static void end_of_data(struct bedrock_http_response *response)
{
    if (response->state == BDK_HTTP_AT_CHUNK) {
        response->state = BDK_HTTP_AT_CHUNK_END;
        response->left = 2;
    } else {
        response->state = BDK_HTTP_AT_END;
    }
}

static void begin_body(struct bedrock_http_response *response)
{
    if ((response->flags & BDK_HTTP_HEAD) || response->status == 204 || response->status == 304) {
        response->framing = BEDROCK_HTTP_FRAMING_NONE;
        response->state = BDK_HTTP_AT_END;
    } else if (response->flags & BDK_HTTP_CHUNKED) {
        response->framing = BEDROCK_HTTP_FRAMING_CHUNKED;
        response->state = BDK_HTTP_AT_SIZE;
        response->head_bytes = 0;
    } else if (response->flags & BDK_HTTP_LENGTH) {
        response->framing = BEDROCK_HTTP_FRAMING_LENGTH;
        response->state = response->left > 0 ? BDK_HTTP_AT_CONTENT : BDK_HTTP_AT_END;
    } else {
        response->framing = BEDROCK_HTTP_FRAMING_CLOSE;
        response->state = BDK_HTTP_AT_REST;
        response->left = UINT64_MAX;
    }
}

/* The empty line. */
static int end_of_lines(struct bedrock_http_response *response, struct bedrock_http_event *event)
{
    if (response->state == BDK_HTTP_AT_TRAILER) {
        response->state = BDK_HTTP_AT_END;
        return BDK_HTTP_STEP;
    }
    event->status = response->status;
    if (is_interim(response)) {
        event->type = BEDROCK_HTTP_INTERIM;
        response->state = BDK_HTTP_AT_STATUS;
        return BEDROCK_EVENT;
    }
    begin_body(response);
    event->type = BEDROCK_HTTP_HEAD_END;
    event->framing = response->framing;
    event->length = response->framing == BEDROCK_HTTP_FRAMING_LENGTH ? response->left : 0;
    return BEDROCK_EVENT;
}

static int any_line(struct bedrock_http_response *response, const char **in, const char *end,
                    struct bedrock_http_event *event)
{
    struct bdk_http_line line;
    int status = bdk_http_take_line(response, in, end, &line);

    if (status <= 0) {
        return status;
    }
    if (response->state == BDK_HTTP_AT_STATUS) {
        return status_line(response, &line, event);
    }
    return line.len == 0 ? end_of_lines(response, event) : field_line(response, &line, event);
}

/* A slice of the body, in place. */
static int data(struct bedrock_http_response *response, const char **in, const char *end,
                struct bedrock_http_event *event)
{
    size_t len = (size_t)(end - *in);

    if (len == 0) {
        return 0;
    }
    if (len > response->left) {
        len = (size_t)response->left;
    }
    event->type = BEDROCK_HTTP_BODY;
    event->text = *in;
    event->len = len;
    *in += len;
    response->left -= len;
    if (response->left == 0) {
        end_of_data(response);
    }
    return BEDROCK_EVENT;
}

static int report_end(struct bedrock_http_response *response, struct bedrock_http_event *event)
{
    response->state = BDK_HTTP_DONE;
    event->type = BEDROCK_HTTP_END;
    return BEDROCK_EVENT;
}

static int step(struct bedrock_http_response *response, const char **in, const char *end,
                struct bedrock_http_event *event)
{
    switch (response->state) {
    case BDK_HTTP_AT_STATUS:
    case BDK_HTTP_AT_HEADER:
    case BDK_HTTP_AT_TRAILER:
        return any_line(response, in, end, event);
    case BDK_HTTP_AT_CONTENT:
    case BDK_HTTP_AT_REST:
    case BDK_HTTP_AT_CHUNK:
        return data(response, in, end, event);
    case BDK_HTTP_AT_SIZE:
        return bdk_http_chunk_size(response, in, end);
    case BDK_HTTP_AT_CHUNK_END:
        return bdk_http_chunk_end(response, in, end);
    case BDK_HTTP_AT_END:
        return report_end(response, event);
    default:
        return 0;
    }
}

int bedrock_http_response_next(struct bedrock_http_response *response, const char **in,
                               const char *end, struct bedrock_http_event *event)
{
    int status = response->error;

    if (status == 0) {
        do {
            status = step(response, in, end, event);
        } while (status == BDK_HTTP_STEP);
    }
    if (status < 0) {
        response->error = (int8_t)status;
    }
    return status;
}

int bedrock_http_response_finish(struct bedrock_http_response *response,
                                 struct bedrock_http_event *event)
{
    if (response->error != 0 || response->state == BDK_HTTP_DONE) {
        return response->error;
    }
    if (response->state == BDK_HTTP_AT_REST || response->state == BDK_HTTP_AT_END) {
        return report_end(response, event);
    }
    response->error = BEDROCK_E_HTTP_INCOMPLETE;
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
           (response->flags & (BDK_HTTP_KEEP | BDK_HTTP_CHUNKED)) == BDK_HTTP_KEEP;
}
