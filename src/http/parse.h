/* SPDX-License-Identifier: MIT */
/*
 * The two halves of the response parser: response.c takes lines and the body out of the input,
 * line.c reads the lines.
 *
 * A line is judged when its LF is there, not before. So an error comes at the same byte however the
 * input is cut.
 */
#ifndef BDK_HTTP_PARSE_H
#define BDK_HTTP_PARSE_H

#include "bedrock/error.h"
#include "bedrock/http.h"

/* What the next byte belongs to. Where that is reported, the state has the number of the event. */
enum bdk_http_state {
    BDK_HTTP_AT_STATUS = BEDROCK_HTTP_STATUS,   /* the status line */
    BDK_HTTP_AT_INTERIM = BEDROCK_HTTP_INTERIM, /* a line of an interim head, to the empty one */
    BDK_HTTP_AT_HEADER = BEDROCK_HTTP_HEADER,   /* a header line, or the empty line behind them */
    BDK_HTTP_AT_SIZE,                           /* the line of a chunk's size */
    BDK_HTTP_AT_BODY = BEDROCK_HTTP_BODY,       /* the body or a chunk's data: `left` bytes */
    BDK_HTTP_AT_TRAILER = BEDROCK_HTTP_TRAILER, /* a trailer line, or the empty line behind them */
    BDK_HTTP_DONE = BEDROCK_HTTP_END,           /* nothing more */
    BDK_HTTP_AT_DATA_END                        /* the CR LF behind a chunk's data */
};

enum bdk_http_flag {
    BDK_HTTP_CLOSE = 1, /* Connection: close was seen */
    BDK_HTTP_KEEP = 2,  /* Connection: keep-alive was seen */
    BDK_HTTP_HEAD = 4   /* the answer to a HEAD */
};

/* Ends the response with an error. Returns 0: there is no event. */
static inline int bdk_http_fail(struct bedrock_http_response *response, int error)
{
    response->error = (int8_t)error;
    return 0;
}

/*
 * Reads the line that is complete with the LF at `lf`: it becomes the event that it is, if it is
 * one. It is read in the input, which begins at `start`, where it lies there whole and is not too
 * long, else in the line buffer.
 *
 * Returns BEDROCK_EVENT, or 0: there is none, or the line is an error, which it keeps.
 */
int bdk_http_read_line(struct bedrock_http_response *response, const char *start, const char *lf,
                       struct bedrock_http_event *event);

/* How many token characters (RFC 9110 section 5.6.2) a text begins with. Something that is none
 * must stand behind them. */
size_t bdk_http_token_len(const char *text);

#endif
