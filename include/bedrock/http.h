/* SPDX-License-Identifier: MIT */
/**
 * HTTP/1.1 for a client (RFC 9110, RFC 9112): a request-head writer and an incremental response
 * parser.
 *
 * The parser takes slices of any size and gives events. Bodies are handed out in place; nothing is
 * buffered but one header line, in memory of the caller's. It is strict where leniency has been an
 * attack: a bare LF or CR, folded header lines, white space before a colon, Content-Length that
 * repeats with another value or stands beside Transfer-Encoding, a transfer coding other than a
 * single `chunked`, junk after a chunk size: all are BEDROCK_E_HTTP.
 */
#ifndef BEDROCK_HTTP_H
#define BEDROCK_HTTP_H

#include "bedrock/output.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------ request head */

/** Writes `METHOD `; the target follows by bedrock_output_put(), already percent-encoded. */
int bedrock_http_put_method(struct bedrock_output *out, const char *method);

/** Ends the request line: ` HTTP/1.1` CRLF. */
int bedrock_http_put_version(struct bedrock_output *out);

/**
 * Writes one header line. \return the output's status; BEDROCK_E_ARGUMENT if the name is no token,
 * or the value holds a control character (CR and LF would let it write headers of its own).
 */
int bedrock_http_put_header(struct bedrock_output *out, const char *name, const char *value);

/** Writes `Name: `; the value follows by bedrock_output_put(), then bedrock_http_end_header(). */
int bedrock_http_begin_header(struct bedrock_output *out, const char *name);
int bedrock_http_end_header(struct bedrock_output *out);

/** Ends the head: the empty line. */
int bedrock_http_end_head(struct bedrock_output *out);

/* ---------------------------------------------------------------- response */

/** Limits on a head, and on the trailers again: one more is BEDROCK_E_HTTP_LIMIT. */
#define BEDROCK_HTTP_HEADERS_MAX    96    /* header lines */
#define BEDROCK_HTTP_HEAD_BYTES_MAX 65536 /* bytes of head */

/** Smallest line buffer that the parser accepts: holds every line that framing depends on. */
#define BEDROCK_HTTP_LINE_MIN 64

enum bedrock_http_type {
    BEDROCK_HTTP_STATUS, /* the status line: status, minor version, text = reason phrase (cut to the
                            line buffer) */
    BEDROCK_HTTP_INTERIM,  /* a 1xx head was skipped: status; another head follows */
    BEDROCK_HTTP_HEADER,   /* name and text = value, trimmed */
    BEDROCK_HTTP_HEAD_END, /* the body begins: framing and, with FRAMING_LENGTH, length */
    BEDROCK_HTTP_BODY,     /* text = a slice of the body, in place */
    BEDROCK_HTTP_TRAILER,  /* like HEADER, behind a chunked body */
    BEDROCK_HTTP_END /* the response is complete; what follows in the input is not part of it */
};

enum bedrock_http_framing {
    BEDROCK_HTTP_FRAMING_CLOSE, /* the body ends where the connection ends */
    BEDROCK_HTTP_FRAMING_LENGTH,
    BEDROCK_HTTP_FRAMING_CHUNKED,
    BEDROCK_HTTP_FRAMING_NONE /* no body: 204, 304, or the answer to a HEAD */
};

/** An event. Fields that its type does not speak of are left as they were. */
struct bedrock_http_event {
    enum bedrock_http_type type;
    uint16_t status;  /* STATUS, INTERIM, HEAD_END: 100..999 */
    uint8_t minor;    /* STATUS: 0 for HTTP/1.0, 1 for HTTP/1.1 */
    uint8_t framing;  /* HEAD_END: enum bedrock_http_framing */
    uint64_t length;  /* HEAD_END: bytes of the body with FRAMING_LENGTH, else 0 */
    const char *name; /* HEADER, TRAILER: as it was sent; compare without regard to case. */
    size_t name_len;
    const char *text; /* STATUS, HEADER, TRAILER, BODY */
    size_t len;
};

/** A parser. The fields are not yours. */
struct bedrock_http_response {
    char *line;
    uint16_t line_cap;
    uint16_t line_len;
    uint64_t left;      /* bytes of the body or the chunk that are still to come */
    uint32_t head_left; /* bytes that the head, or what it is now, may still have */
    uint16_t status;
    int8_t error;
    uint8_t state;
    uint8_t headers;
    uint8_t minor;
    uint8_t framing;
    uint8_t flags;
};

/**
 * Starts on a fresh response.
 *
 * \param line      memory for one header line, valid as long as the parser is used. A line that is
 * longer is skipped without an event, unless framing depends on it: then it is
 * BEDROCK_E_HTTP_LIMIT. \param line_cap  its size in bytes, BEDROCK_HTTP_LINE_MIN..65535. \param
 * head      not 0 if the request was a HEAD, whose answer has no body.
 */
void bedrock_http_response_init(struct bedrock_http_response *response, char *line,
                                uint16_t line_cap, int head);

/**
 * Advances to the next event.
 *
 * Order: any number of INTERIM; STATUS; HEADER...; HEAD_END; BODY...; TRAILER...; END.
 * \param in   in: where to read; out: behind what was used. After END it stays where the response
 * ended. \return BEDROCK_EVENT (1); 0 when the input is used up; BEDROCK_E_HTTP or
 * BEDROCK_E_HTTP_LIMIT, sticky until init.
 */
int bedrock_http_response_next(struct bedrock_http_response *response, const char **in,
                               const char *end, struct bedrock_http_event *event);

/**
 * The connection has ended. \return BEDROCK_EVENT with END in *event when a body that runs until
 * close ends so (once); BEDROCK_OK if the response had ended already; BEDROCK_E_HTTP_INCOMPLETE if
 * not; or the sticky error.
 */
int bedrock_http_response_finish(struct bedrock_http_response *response,
                                 struct bedrock_http_event *event);

/** After END: may the connection carry another request (RFC 9112 section 9.3)? */
int bedrock_http_response_keep_alive(const struct bedrock_http_response *response);

#ifdef __cplusplus
}
#endif

#endif
