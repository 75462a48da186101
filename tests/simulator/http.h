/* SPDX-License-Identifier: MIT */
/* Reads one HTTP/1.1 request (RFC 9112), more strictly than any public server would. */
#ifndef SIMULATOR_HTTP_H
#define SIMULATOR_HTTP_H

#include "link.h"
#include "text.h"

#define SIM_HEADERS  64
#define SIM_SEGMENTS 8

struct sim_header {
    char *name; /* in lower case */
    char *value;
};

struct sim_request {
    struct sim_text bytes; /* all that was read: head and body */
    struct sim_text head;  /* a copy that the pointers below point into */
    char *method;
    char *path;  /* as on the wire, percent-encoded */
    char *query; /* as on the wire, without the `?`; "" if there is none */
    struct sim_header headers[SIM_HEADERS];
    size_t header_count;
    size_t head_len; /* the body begins at bytes.data + head_len */
    size_t body_len;
    int status;          /* what to answer when the request is unreadable */
    const char *problem; /* and why */
};

enum sim_read {
    SIM_READ_OK,
    SIM_READ_BAD,    /* status and problem are set: answer and close */
    SIM_READ_CLOSED, /* the peer went away before the first byte */
    SIM_READ_BROKEN  /* or in the middle of a request */
};

/* *request is zeroed before; sim_request_free() afterwards, whatever the result. */
enum sim_read sim_http_read_head(struct sim_link *link, struct sim_request *request);
enum sim_read sim_http_read_body(struct sim_link *link, struct sim_request *request);
void sim_request_free(struct sim_request *request);

/* The value of the only header of that (lower-case) name; NULL if absent. */
const char *sim_request_header(const struct sim_request *request, const char *name);
const char *sim_request_body(const struct sim_request *request);
/* Decodes percent escapes; 0, or -1 on a broken escape or an encoded NUL. */
int sim_percent_decode(struct sim_text *out, const char *data, size_t len);

#endif
