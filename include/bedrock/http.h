/* SPDX-License-Identifier: MIT */
/**
 * HTTP/1.1 for a client (RFC 9110, RFC 9112): a request-head writer and an incremental response
 * parser. Neither does any input or output, and neither knows who the server is.
 *
 * The parser takes slices of any size and gives events; the events do not depend on where the
 * slices meet. Nothing is stored but one header line, in memory of the caller's; bodies are handed
 * out where they lie.
 *
 *     struct bedrock_http_response response;
 *     struct bedrock_http_event event;
 *     char line[256];
 *     int status = 0;
 *
 *     bedrock_http_response_init(&response, line, sizeof line, 0);
 *     while (status == 0 && (len = receive(buffer, sizeof buffer)) > 0) {
 *         const char *in = buffer;
 *
 *         while ((status = bedrock_http_response_next(&response, &in, buffer + len, &event)) ==
 *                    BEDROCK_EVENT && event.type != BEDROCK_HTTP_END) {
 *             use(&event);
 *         }
 *     }
 *     if (status == 0) {
 *         status = bedrock_http_response_finish(&response, &event);
 *     }
 *     success = status == BEDROCK_EVENT;
 *
 * It is strict where leniency has been an attack. All of this is BEDROCK_E_HTTP: a bare LF or CR or
 * another control character in a line, a folded header line, white space before a colon, a name
 * that is no token, an empty line before the status line, a version other than 1.0 and 1.1, status
 * 101 (nobody was asked to switch protocols) or below 100, a Content-Length that is not one number
 * below 2^63, that repeats with another value or that stands beside Transfer-Encoding, a transfer
 * coding other than a single `chunked`, anything behind a chunk's size but an extension. It is
 * lenient where that is harmless: the space before an empty reason phrase may be missing.
 */
#ifndef BEDROCK_HTTP_H
#define BEDROCK_HTTP_H

#include "bedrock/output.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------ request head */

/*
 * A head is written piece by piece: method, target, version, headers, end. All functions return the
 * output's status, which sticks, so that only the last one need be looked at. A refused piece
 * (BEDROCK_E_ARGUMENT) writes nothing.
 */

/** Writes the method and a space. The target follows by bedrock_output_put(), percent-encoded. */
int bedrock_http_put_method(struct bedrock_output *out, const char *method);

/** Ends the request line: ` HTTP/1.1` and CR LF. */
int bedrock_http_put_version(struct bedrock_output *out);

/**
 * Writes one header line. BEDROCK_E_ARGUMENT if the name is no token, or if the value holds a
 * control character: CR and LF would let it write headers of its own.
 */
int bedrock_http_put_header(struct bedrock_output *out, const char *name, const char *value);

/** Writes `Name: `. The value follows by bedrock_output_put(), unchecked; then
 * bedrock_http_end_header(). */
int bedrock_http_begin_header(struct bedrock_output *out, const char *name);
int bedrock_http_end_header(struct bedrock_output *out);

/** Ends the head: the empty line. */
int bedrock_http_end_head(struct bedrock_output *out);

/* ---------------------------------------------------------------- response */

/** Limits; beyond them is BEDROCK_E_HTTP_LIMIT. They hold for a head together with the interim
 * (1xx) heads before it, and anew for the trailers; the bytes also for the line of one chunk's
 * size. */
#define BEDROCK_HTTP_HEADERS_MAX    96    /* header lines */
#define BEDROCK_HTTP_HEAD_BYTES_MAX 65536 /* bytes of head, line ends included */

/** Smallest line buffer that the parser accepts. */
#define BEDROCK_HTTP_LINE_MIN 64

enum bedrock_http_type {
    BEDROCK_HTTP_STATUS,   /* the status line; the reason phrase is cut to the line buffer */
    BEDROCK_HTTP_INTERIM,  /* a 1xx head was skipped; another head follows */
    BEDROCK_HTTP_HEADER,   /* a header line */
    BEDROCK_HTTP_HEAD_END, /* the head is complete; what the body will be is known */
    BEDROCK_HTTP_BODY,     /* a slice of the body, never empty */
    BEDROCK_HTTP_TRAILER,  /* a header line behind a chunked body; it has no say in anything */
    BEDROCK_HTTP_END       /* the response is complete; what follows is not part of it */
};

enum bedrock_http_framing {
    BEDROCK_HTTP_FRAMING_CLOSE, /* the body ends where the connection ends */
    BEDROCK_HTTP_FRAMING_LENGTH,
    BEDROCK_HTTP_FRAMING_CHUNKED,
    BEDROCK_HTTP_FRAMING_NONE /* no body: 204, 304, or the answer to a HEAD */
};

/**
 * An event. Fields that its type does not name are undefined. name and text point into the input
 * or into the line buffer: they are valid until the next call, and not NUL-terminated.
 */
struct bedrock_http_event {
    enum bedrock_http_type type;
    uint16_t status;  /* STATUS, INTERIM, HEAD_END: 100..999 */
    uint8_t minor;    /* STATUS: 0 for HTTP/1.0, 1 for HTTP/1.1 */
    uint8_t framing;  /* HEAD_END: enum bedrock_http_framing */
    uint64_t length;  /* HEAD_END, with FRAMING_LENGTH: bytes of the body */
    const char *name; /* HEADER, TRAILER: as it was sent; its case has no meaning */
    size_t name_len;
    const char *text; /* STATUS: reason phrase; HEADER, TRAILER: value, trimmed; BODY: bytes */
    size_t len;
};

/** A parser: 32 bytes where pointers have 32 bits. The fields are not yours. */
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
 * A line that lies whole in the input is used there. Any other is gathered in the line buffer, and
 * where it does not fit, with one byte for its CR, nothing is guessed: a longer header line is
 * skipped without an event, but one that is Content-Length, Transfer-Encoding or Connection, or
 * whose name alone is too long, is BEDROCK_E_HTTP_LIMIT. Lines that lie whole in the input are held
 * to the same length. So the buffer need only be as long as the headers that are wanted.
 *
 * \param line      the line buffer; it must stay valid as long as the parser is used.
 * \param line_cap  its size in bytes, BEDROCK_HTTP_LINE_MIN or more; with less, every call answers
 *                  BEDROCK_E_ARGUMENT.
 * \param head      not 0 if the request was a HEAD: its answer has no body, whatever it says.
 */
void bedrock_http_response_init(struct bedrock_http_response *response, char *line,
                                uint16_t line_cap, int head);

/**
 * Advances to the next event.
 *
 * The order is: any number of INTERIM; STATUS; HEADER...; HEAD_END; BODY...; TRAILER...; END.
 *
 * \param in   where to read; moved behind what was used. After END it stays where the response
 *             ended: there the next one begins, if the connection is kept.
 * \param end  the end of the input; may be equal to *in.
 * \return BEDROCK_EVENT; 0 when all input is used up, and always after END; BEDROCK_E_HTTP or
 * BEDROCK_E_HTTP_LIMIT, which every later call repeats.
 */
int bedrock_http_response_next(struct bedrock_http_response *response, const char **in,
                               const char *end, struct bedrock_http_event *event);

/**
 * Says that the connection has ended, after all input was given to bedrock_http_response_next().
 *
 * \return BEDROCK_EVENT with END in *event, when the response is complete by that and END was not
 * given yet; BEDROCK_OK if it was; BEDROCK_E_HTTP_INCOMPLETE if the response is not complete; or
 * the error of before.
 */
int bedrock_http_response_finish(struct bedrock_http_response *response,
                                 struct bedrock_http_event *event);

/**
 * May the connection carry another request (RFC 9112 section 9.3)? 1 after END, if its framing says
 * where it ended and nobody wants to close; else 0. Bytes that are there before the next request is
 * sent belong to nothing: then close it all the same.
 */
int bedrock_http_response_keep_alive(const struct bedrock_http_response *response);

#ifdef __cplusplus
}
#endif

#endif
