/* SPDX-License-Identifier: MIT */
/*
 * A peer for the fake port that speaks just enough HTTP/1.1 to be a service: it takes whole
 * requests, with a Content-Length or without a body, and gives its next answer to each. What it
 * answers is a script; it has no opinion about what it is asked.
 *
 *     static const struct http_answer script[] = {
 *         {.text = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"},
 *         {.text = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", .then = HTTP_THEN_CLOSE},
 *     };
 *
 *     fake_port_init(&fake);
 *     http_peer_init(&peer, &fake, script, 2);
 */
#ifndef TESTS_FAKES_HTTP_PEER_H
#define TESTS_FAKES_HTTP_PEER_H

#include "fakes/fake_port.h"

#define HTTP_PEER_REQUESTS 16

enum http_then { HTTP_THEN_KEEP, HTTP_THEN_CLOSE, HTTP_THEN_BREAK };

struct http_answer {
    const char *text; /* the whole answer, head and all; NULL: `bytes` */
    const void *bytes;
    size_t len;
    uint32_t delay_ms;   /* before its first byte */
    int at_head;         /* answers when the head has come, and does not wait for the body */
    enum http_then then; /* what happens to the connection behind it; a break has code -204 */
};

/* Where a request that has come whole lies in fake->written. */
struct http_request {
    size_t off;
    size_t head_len; /* with the empty line */
    size_t body_len;
};

struct http_peer {
    struct fake_port *fake;
    const struct http_answer *answers; /* one for each request; behind the last: silence */
    size_t answer_count;

    /* What happened; read only. */
    size_t answered;
    size_t request_count; /* requests that came whole; those beyond the array are only counted */
    struct http_request requests[HTTP_PEER_REQUESTS];

    /* Private: the request that is coming. */
    struct http_request current;
    int is_answered;
};

/** Makes *peer the peer of a fake port. Both must stay where they are. */
void http_peer_init(struct http_peer *peer, struct fake_port *fake,
                    const struct http_answer *answers, size_t answer_count);

/** The body of the i-th request, counted from 0; body_len says how long it is. */
const char *http_peer_body(const struct http_peer *peer, size_t i);

/**
 * Copies the value of a header line of the i-th request, NUL-terminated and cut if need be, to
 * dst. \return dst, or NULL if there is no such line; names match in either case.
 */
const char *http_peer_header(const struct http_peer *peer, size_t i, const char *name, char *dst,
                             size_t cap);

/** Whether the i-th request's first line is this one (without its CR LF). */
int http_peer_line_is(const struct http_peer *peer, size_t i, const char *line);

#endif
