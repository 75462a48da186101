/* SPDX-License-Identifier: MIT */
/*
 * The parts of the response parser: line.c finds lines, head_parse.c reads them, body.c reads the
 * sizes of chunks, response.c puts it all together.
 *
 * A line is judged when its LF is there, not before. So an error comes at the same byte however the
 * input is cut.
 */
#ifndef BDK_HTTP_PARSE_H
#define BDK_HTTP_PARSE_H

#include "bedrock/error.h"
#include "bedrock/http.h"

/* A step is done, without an event. Beside BEDROCK_EVENT, 0 (the input is used up) and errors. */
#define BDK_HTTP_STEP 2

/* What the next byte belongs to. Down to AT_SIZE it is a line. */
enum bdk_http_state {
    BDK_HTTP_AT_STATUS,   /* the status line */
    BDK_HTTP_AT_HEADER,   /* a header line, or the empty line behind the last one */
    BDK_HTTP_AT_TRAILER,  /* a trailer line, or the empty line behind the last one */
    BDK_HTTP_AT_DATA_END, /* the CR LF behind a chunk's data */
    BDK_HTTP_AT_SIZE,     /* the line of a chunk's size */
    BDK_HTTP_AT_DATA,     /* the body, or a chunk's data: `left` bytes */
    BDK_HTTP_AT_END,      /* nothing more, but END was not reported yet */
    BDK_HTTP_DONE,
    BDK_HTTP_FAILED
};

enum bdk_http_flag {
    BDK_HTTP_HEAD = 1,      /* the answer to a HEAD */
    BDK_HTTP_CLOSE = 2,     /* Connection: close was seen */
    BDK_HTTP_KEEP = 4,      /* Connection: keep-alive was seen */
    BDK_HTTP_LINE_CR = 8,   /* of this line: a CR was seen */
    BDK_HTTP_LINE_BAD = 16, /* of this line: a byte was seen that no line may hold */
    BDK_HTTP_LINE_CUT = 32  /* of this line: it is longer than the line buffer */
};

/* A line without its CR LF, in the input or in the line buffer. There is always a CR at `stop`, and
 * none before it. */
struct bdk_http_line {
    const char *text;
    const char *stop;
};

/* Advances *in over a line. 1: it is complete; 0: the input is used up; negative: an error. */
int bdk_http_take_line(struct bedrock_http_response *response, const char **in, const char *end,
                       struct bdk_http_line *line);

/* Advances over token characters (RFC 9110 section 5.6.2), to the first byte that is none. */
const char *bdk_http_skip_token(const char *text);

/* Reads a status line into *event. */
int bdk_http_read_status(const struct bdk_http_line *line, struct bedrock_http_event *event);

/* Reads a header line into *event: the name, and the value without the space around it. */
int bdk_http_read_field(const struct bdk_http_line *line, struct bedrock_http_event *event);

/* Remembers what a header says about framing and the connection. */
int bdk_http_note_field(struct bedrock_http_response *response,
                        const struct bedrock_http_event *event);

/* Reads the size of a chunk from the line in front of it. */
int bdk_http_read_size(const struct bdk_http_line *line, uint64_t *size);

#endif
