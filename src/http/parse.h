/* SPDX-License-Identifier: MIT */
/*
 * The parts of the response parser. line.c finds lines, head_parse.c reads them, body.c does the
 * chunked coding; response.c puts them together.
 *
 * A line is judged when its LF is there, never earlier and never by where the input happened to be
 * cut; so every error comes at the same byte however the input arrives.
 */
#ifndef BDK_HTTP_PARSE_H
#define BDK_HTTP_PARSE_H

#include "bedrock/error.h"
#include "bedrock/http.h"

/* Beside BEDROCK_EVENT and 0 (the input is used up): a step is done, without an event. */
#define BDK_HTTP_STEP 2

/* What the next byte belongs to. */
enum bdk_http_state {
    BDK_HTTP_AT_STATUS,    /* the status line */
    BDK_HTTP_AT_HEADER,    /* a header line, or the empty line behind the last one */
    BDK_HTTP_AT_CONTENT,   /* a body that has a length: `left` bytes */
    BDK_HTTP_AT_REST,      /* a body that ends with the connection; `left` is more than will come */
    BDK_HTTP_AT_SIZE,      /* the line with a chunk's size */
    BDK_HTTP_AT_CHUNK,     /* a chunk's data: `left` bytes */
    BDK_HTTP_AT_CHUNK_END, /* CR LF behind a chunk's data: `left` of these 2 bytes */
    BDK_HTTP_AT_TRAILER,   /* a trailer line, or the empty line behind the last one */
    BDK_HTTP_AT_END,       /* nothing; but END was not reported yet */
    BDK_HTTP_DONE
};

enum bdk_http_flag {
    BDK_HTTP_HEAD = 1,      /* the answer to a HEAD */
    BDK_HTTP_LENGTH = 2,    /* Content-Length was seen; its value is in `left` */
    BDK_HTTP_CHUNKED = 4,   /* Transfer-Encoding: chunked was seen */
    BDK_HTTP_CLOSE = 8,     /* Connection: close was seen */
    BDK_HTTP_KEEP = 16,     /* Connection: keep-alive was seen */
    BDK_HTTP_LINE_CR = 32,  /* this line so far: its last byte is a CR */
    BDK_HTTP_LINE_BAD = 64, /* this line so far: has a byte that no line may have */
    BDK_HTTP_LINE_CUT = 128 /* this line so far: is longer than the line buffer */
};

struct bdk_http_line {
    const char *text; /* without CR LF; in the input, or in the line buffer */
    size_t len;
    int cut; /* 1: the line goes on, but only so much of it fitted into the line buffer */
};

/* Advances *in over a line. 1: it is complete; 0: the input is used up; negative: an error. */
int bdk_http_take_line(struct bedrock_http_response *response, const char **in, const char *end,
                       struct bdk_http_line *line);

/* How many of the first bytes are token characters (RFC 9110 section 5.6.2). */
size_t bdk_http_token_len(const char *text, size_t len);

/* Reads a status line into *event. */
int bdk_http_read_status(const struct bdk_http_line *line, struct bedrock_http_event *event);

/* Reads a header line into *event: name, and value without the space around it. */
int bdk_http_read_header(const struct bdk_http_line *line, struct bedrock_http_event *event);

/* Remembers what a header of a final answer says about framing and the connection. */
int bdk_http_note_header(struct bedrock_http_response *response, const struct bdk_http_line *line,
                         const struct bedrock_http_event *event);

/* Advances in the states SIZE and CHUNK_END. */
int bdk_http_chunk_size(struct bedrock_http_response *response, const char **in, const char *end);
int bdk_http_chunk_end(struct bedrock_http_response *response, const char **in, const char *end);

#endif
