/* SPDX-License-Identifier: MIT */
/*
 * What the response parser reports, written down as text, a line an event, with the pieces of the
 * body joined. Two ways of feeding the same input must give the same text.
 */
#ifndef TESTS_UNIT_HTTP_TRACE_H
#define TESTS_UNIT_HTTP_TRACE_H

#include "bedrock/error.h"
#include "bedrock/http.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct trace {
    char *text;
    size_t len, cap;
    int code;           /* BEDROCK_EVENT: the response ended; else the error */
    int at_close;       /* the code came from finish() */
    int keep_alive;     /* afterwards */
    size_t used;        /* bytes of the input that were taken */
    const char *broken; /* a promise of the parser's that was not kept, or NULL */
    int in_body;        /* the last event was BODY */
};

/* How to feed: in pieces of `piece` bytes, or (0) in two that meet at `cut`. */
struct feeding {
    size_t piece;
    size_t cut;
    uint16_t line_cap;
    int brief; /* leave out what a small line buffer may lose: header lines and the reason phrase */
};

static const char *const trace_framings[] = {"close", "length", "chunked", "none"};

static inline void *trace_memory(size_t size)
{
    void *memory = malloc(size + !size);

    if (memory == NULL) {
        fputs("out of memory\n", stderr);
        exit(2);
    }
    return memory;
}

static inline void trace_add(struct trace *trace, const void *data, size_t len)
{
    if (trace->len + len >= trace->cap) {
        char *larger = trace_memory(2 * (trace->len + len) + 64);

        trace->cap = 2 * (trace->len + len) + 64;
        if (trace->len > 0) {
            memcpy(larger, trace->text, trace->len);
        }
        free(trace->text);
        trace->text = larger;
    }
    if (len > 0) {
        memcpy(trace->text + trace->len, data, len);
    }
    trace->len += len;
    trace->text[trace->len] = '\0';
}

static inline void trace_status(struct trace *trace, unsigned minor, unsigned status,
                                const void *reason, size_t len)
{
    char line[48];

    trace_add(trace, line, (size_t)snprintf(line, sizeof line, "\nstatus 1.%u %u ", minor, status));
    trace_add(trace, reason, len);
}

static inline void trace_number(struct trace *trace, const char *label, unsigned long long value)
{
    char line[64];

    trace_add(trace, line, (size_t)snprintf(line, sizeof line, "\n%s %llu", label, value));
}

/* label: "header" or "trailer" */
static inline void trace_field(struct trace *trace, const char *label, const void *name,
                               size_t name_len, const void *value, size_t value_len)
{
    trace_add(trace, "\n", 1);
    trace_add(trace, label, strlen(label));
    trace_add(trace, " ", 1);
    trace_add(trace, name, name_len);
    trace_add(trace, "=", 1);
    trace_add(trace, value, value_len);
}

static inline void trace_framing(struct trace *trace, unsigned framing, uint64_t length)
{
    trace_add(trace, "\nframing ", 9);
    trace_add(trace, trace_framings[framing], strlen(trace_framings[framing]));
    if (framing == BEDROCK_HTTP_FRAMING_LENGTH) {
        trace_number(trace, "length", length);
    }
}

static inline void trace_body(struct trace *trace, const void *data, size_t len)
{
    trace_add(trace, "\nbody ", trace->in_body ? 0 : 6);
    trace_add(trace, data, len);
    trace->in_body = 1;
}

static inline void trace_event(struct trace *trace, const struct bedrock_http_event *event,
                               int brief)
{
    switch (event->type) {
    case BEDROCK_HTTP_INTERIM:
        trace_number(trace, "interim", event->status);
        break;
    case BEDROCK_HTTP_STATUS:
        trace_status(trace, event->minor, event->status, event->text, brief ? 0 : event->len);
        break;
    case BEDROCK_HTTP_HEADER:
    case BEDROCK_HTTP_TRAILER:
        if (!brief) {
            trace_field(trace, event->type == BEDROCK_HTTP_HEADER ? "header" : "trailer",
                        event->name, event->name_len, event->text, event->len);
        }
        break;
    case BEDROCK_HTTP_HEAD_END:
        trace_framing(trace, event->framing, event->length);
        break;
    case BEDROCK_HTTP_BODY:
        if (event->len == 0) {
            trace->broken = "an empty BODY";
        }
        trace_body(trace, event->text, event->len);
        return;
    case BEDROCK_HTTP_END:
        break;
    }
    trace->in_body = 0;
}

/* Feeds one piece, from memory of exactly its size, so that tools notice a read past its end. */
static inline void trace_piece(struct trace *trace, struct bedrock_http_response *response,
                               const uint8_t *data, size_t len, int brief)
{
    char *piece = trace_memory(len);
    const char *in = piece, *end = piece + len, *left;
    struct bedrock_http_event event;

    if (len > 0) {
        memcpy(piece, data, len);
    }
    while ((trace->code = bedrock_http_response_next(response, &in, end, &event)) ==
           BEDROCK_EVENT) {
        trace_event(trace, &event, brief);
        if (event.type == BEDROCK_HTTP_END) {
            break;
        }
    }
    left = in;
    if (trace->code == 0 && in != end) {
        trace->broken = "input left over without an event";
    } else if (trace->code == BEDROCK_EVENT &&
               (bedrock_http_response_next(response, &in, end, &event) != 0 || in != left)) {
        trace->broken = "going on behind END";
    } else if (trace->code < 0 &&
               bedrock_http_response_next(response, &in, end, &event) != trace->code) {
        trace->broken = "an error that does not stick";
    }
    trace->used += (size_t)(left - piece);
    free(piece);
}

static inline struct trace trace_response(const uint8_t *input, size_t len, int head,
                                          const struct feeding *feeding)
{
    struct bedrock_http_response response;
    struct bedrock_http_event event;
    struct trace trace = {0};
    char *line = trace_memory(feeding->line_cap);
    size_t at = 0;

    bedrock_http_response_init(&response, line, feeding->line_cap, head);
    do {
        size_t piece = feeding->piece > 0 ? feeding->piece : at < feeding->cut ? feeding->cut : len;

        piece = piece > len - at ? len - at : piece;
        trace_piece(&trace, &response, input + at, piece, feeding->brief);
        at += piece;
    } while (trace.code == 0 && at < len);
    if (trace.code == 0) {
        trace.at_close = 1;
        trace.code = bedrock_http_response_finish(&response, &event);
        if (trace.code == BEDROCK_EVENT) {
            trace_event(&trace, &event, feeding->brief);
        }
    }
    if (bedrock_http_response_finish(&response, &event) !=
        (trace.code == BEDROCK_EVENT ? BEDROCK_OK : trace.code)) {
        trace.broken = "another answer at the second finish";
    }
    trace.keep_alive = bedrock_http_response_keep_alive(&response);
    free(line);
    return trace;
}

#endif
