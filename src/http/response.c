/* SPDX-License-Identifier: MIT */
/* See bedrock/http.h. */
#include "http/parse.h"

#include <string.h>

static int fail(struct bedrock_http_response *response, int error)
{
    response->state = BDK_HTTP_FAILED;
    response->error = (int8_t)error;
    return error;
}

void bedrock_http_response_init(struct bedrock_http_response *response, char *line,
                                uint16_t line_cap, int head)
{
    memset(response, 0, sizeof *response);
    response->line = line;
    response->line_cap = line_cap;
    response->head_left = BEDROCK_HTTP_HEAD_BYTES_MAX;
    response->flags = head ? BDK_HTTP_HEAD : 0;
    /* Until a header says otherwise, the body ends with the connection: it is longer than whatever
     * may come. */
    response->framing = BEDROCK_HTTP_FRAMING_CLOSE;
    response->left = UINT64_MAX;
    if (line_cap < BEDROCK_HTTP_LINE_MIN) {
        fail(response, BEDROCK_E_ARGUMENT);
    }
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

/* A header or a trailer. Those of an interim head are checked but not reported; they and trailers
 * have no say in the framing. */
static int field_line(struct bedrock_http_response *response, const struct bdk_http_line *line,
                      struct bedrock_http_event *event)
{
    int cut = response->flags & BDK_HTTP_LINE_CUT;
    int status = bdk_http_read_field(line, event);

    if (response->headers++ == BEDROCK_HTTP_HEADERS_MAX || (status < 0 && cut)) {
        return BEDROCK_E_HTTP_LIMIT;
    }
    event->type = BEDROCK_HTTP_TRAILER;
    if (response->state == BDK_HTTP_AT_HEADER && status == 0 && !is_interim(response)) {
        event->type = BEDROCK_HTTP_HEADER;
        status = bdk_http_note_field(response, event);
    }
    if (status < 0) {
        return status;
    }
    return cut || is_interim(response) ? BDK_HTTP_STEP : BEDROCK_EVENT;
}

/* RFC 9112 section 6.3. What Content-Length and Transfer-Encoding say is noted already. */
static void begin_body(struct bedrock_http_response *response)
{
    if ((response->flags & BDK_HTTP_HEAD) || response->status == 204 || response->status == 304) {
        response->framing = BEDROCK_HTTP_FRAMING_NONE;
        response->left = 0;
    }
    response->state = response->framing == BEDROCK_HTTP_FRAMING_CHUNKED ? BDK_HTTP_AT_SIZE
                      : response->left == 0                             ? BDK_HTTP_AT_END
                                                                        : BDK_HTTP_AT_DATA;
    response->head_left = BEDROCK_HTTP_HEAD_BYTES_MAX;
    response->headers = 0;
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
    event->length = response->left;
    return BEDROCK_EVENT;
}

/* The line in front of a chunk, or of the trailers. */
static int size_line(struct bedrock_http_response *response, const struct bdk_http_line *line)
{
    response->state = BDK_HTTP_AT_DATA;
    if (bdk_http_read_size(line, &response->left) != 0) {
        return BEDROCK_E_HTTP;
    }
    if (response->left == 0) {
        response->state = BDK_HTTP_AT_TRAILER;
    }
    response->head_left = BEDROCK_HTTP_HEAD_BYTES_MAX;
    return BDK_HTTP_STEP;
}

static int any_line(struct bedrock_http_response *response, const struct bdk_http_line *line,
                    struct bedrock_http_event *event)
{
    int is_empty = line->text == line->stop;

    switch (response->state) {
    case BDK_HTTP_AT_STATUS:
        return status_line(response, line, event);
    case BDK_HTTP_AT_DATA_END:
        response->state = BDK_HTTP_AT_SIZE;
        return is_empty ? BDK_HTTP_STEP : BEDROCK_E_HTTP;
    case BDK_HTTP_AT_SIZE:
        return size_line(response, line);
    default:
        return is_empty ? end_of_lines(response, event) : field_line(response, line, event);
    }
}

/* A slice of the body, in place. */
static int data(struct bedrock_http_response *response, const char **in, const char *end,
                struct bedrock_http_event *event)
{
    size_t len = (size_t)(end - *in);

    if (len == 0) {
        return 0;
    }
    if (len >= response->left) {
        len = (size_t)response->left;
        response->state = response->framing == BEDROCK_HTTP_FRAMING_CHUNKED ? BDK_HTTP_AT_DATA_END
                                                                            : BDK_HTTP_AT_END;
    }
    response->left -= len;
    event->type = BEDROCK_HTTP_BODY;
    event->text = *in;
    event->len = len;
    *in += len;
    return BEDROCK_EVENT;
}

static int report_end(struct bedrock_http_response *response, struct bedrock_http_event *event)
{
    response->state = BDK_HTTP_DONE;
    event->type = BEDROCK_HTTP_END;
    return BEDROCK_EVENT;
}

/* Behind the last line: the body, or nothing more. */
static int rest(struct bedrock_http_response *response, const char **in, const char *end,
                struct bedrock_http_event *event)
{
    switch (response->state) {
    case BDK_HTTP_AT_DATA:
        return data(response, in, end, event);
    case BDK_HTTP_AT_END:
        return report_end(response, event);
    default:
        return response->error;
    }
}

int bedrock_http_response_next(struct bedrock_http_response *response, const char **in,
                               const char *end, struct bedrock_http_event *event)
{
    struct bdk_http_line line;
    int status;

    while (response->state <= BDK_HTTP_AT_SIZE) {
        status = bdk_http_take_line(response, in, end, &line);
        if (status > 0) {
            status = any_line(response, &line, event);
        }
        if (status != BDK_HTTP_STEP) {
            return status < 0 ? fail(response, status) : status;
        }
    }
    return rest(response, in, end, event);
}

int bedrock_http_response_finish(struct bedrock_http_response *response,
                                 struct bedrock_http_event *event)
{
    if (response->state >= BDK_HTTP_DONE) {
        return response->error;
    }
    if (response->state == BDK_HTTP_AT_END ||
        (response->state == BDK_HTTP_AT_DATA && response->framing == BEDROCK_HTTP_FRAMING_CLOSE)) {
        return report_end(response, event);
    }
    return fail(response, BEDROCK_E_HTTP_INCOMPLETE);
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
