/* SPDX-License-Identifier: MIT */
/*
 * What a decoder said, in a form that does not depend on how its input was cut: pieces joined, a
 * payload as its length and SHA-256. Two traces are equal when their bytes are. Along the way it
 * checks what holds for every event: order, lengths, no needless empty pieces.
 */
#ifndef TESTS_EVENTSTREAM_TRACE_H
#define TESTS_EVENTSTREAM_TRACE_H

#include "bedrock/event_stream.h"
#include "bedrock/sha256.h"

#include <stdlib.h>
#include <string.h>

struct trace {
    uint8_t *data;
    size_t len, cap;
    size_t messages;    /* whole ones */
    int status;         /* what next() said last */
    int finish;         /* what finish() said at the end */
    const char *broken; /* which promise of the decoder's was not kept */
    struct bedrock_sha256 payload;
    size_t payload_len, value_len;
    int in_message, in_value;
};

static inline void trace_free(struct trace *trace)
{
    free(trace->data);
    memset(trace, 0, sizeof *trace);
}

static inline void trace_put(struct trace *trace, const void *data, size_t len)
{
    if (trace->cap - trace->len < len) {
        trace->cap = 2 * trace->cap + len;
        trace->data = realloc(trace->data, trace->cap);
        if (trace->data == NULL) {
            abort();
        }
    }
    if (len > 0) {
        memcpy(trace->data + trace->len, data, len);
    }
    trace->len += len;
}

static inline void trace_number(struct trace *trace, char tag, size_t number)
{
    trace_put(trace, &tag, 1);
    trace_put(trace, &number, sizeof number);
}

static inline void trace_message(struct trace *trace, size_t total_len, size_t headers_len)
{
    trace_number(trace, 'M', total_len);
    trace_number(trace, 'm', headers_len);
}

static inline void trace_header(struct trace *trace, const char *name, size_t name_len, int type,
                                size_t value_len)
{
    trace_number(trace, 'N', name_len);
    trace_put(trace, name, name_len);
    trace_number(trace, 'T', (size_t)type);
    trace_number(trace, 'V', value_len);
}

static inline void trace_end(struct trace *trace, size_t payload_len, const uint8_t *sha256)
{
    trace_number(trace, 'E', payload_len);
    trace_put(trace, sha256, BEDROCK_SHA256_SIZE);
}

static inline void trace_demand(struct trace *trace, int kept, const char *promise)
{
    if (!kept && trace->broken == NULL) {
        trace->broken = promise;
    }
}

static inline void trace_piece_of_value(struct trace *trace,
                                        const struct bedrock_event_stream_event *event)
{
    if (!trace->in_value) {
        trace_header(trace, event->name, event->name_len, event->value_type, event->value_len);
        trace->value_len = 0;
    }
    trace_put(trace, event->data, event->len);
    trace->value_len += event->len;
    trace->in_value = !event->last;
    trace_demand(trace, event->len > 0 || event->value_len == 0, "no empty piece of a value");
    trace_demand(trace, event->last == (trace->value_len == event->value_len), "last of a value");
}

static inline void trace_event(struct trace *trace, const struct bedrock_event_stream_event *event)
{
    uint8_t digest[BEDROCK_SHA256_SIZE];

    switch (event->type) {
    case BEDROCK_EVENT_STREAM_MESSAGE:
        trace_demand(trace, !trace->in_message, "END before the next MESSAGE");
        trace->in_message = 1;
        trace->payload_len = 0;
        bedrock_sha256_init(&trace->payload);
        trace_message(trace, event->total_len, event->headers_len);
        break;
    case BEDROCK_EVENT_STREAM_HEADER:
        trace_demand(trace, trace->in_message && trace->payload_len == 0, "headers come first");
        trace_piece_of_value(trace, event);
        break;
    case BEDROCK_EVENT_STREAM_PAYLOAD:
        trace_demand(trace, trace->in_message && !trace->in_value, "payload behind the headers");
        trace_demand(trace, event->len > 0, "no empty piece of a payload");
        bedrock_sha256_update(&trace->payload, event->data, event->len);
        trace->payload_len += event->len;
        break;
    case BEDROCK_EVENT_STREAM_END:
        trace_demand(trace, trace->in_message && !trace->in_value, "END behind MESSAGE");
        trace->in_message = 0;
        trace->messages++;
        bedrock_sha256_out(&trace->payload, digest);
        trace_end(trace, trace->payload_len, digest);
        break;
    }
}

/* Feeds one slice, from memory of just its size, so that a read past its end is seen. */
static inline void trace_feed(struct trace *trace, struct bedrock_event_stream *decoder,
                              const uint8_t *slice, size_t len)
{
    struct bedrock_event_stream_event event;
    uint8_t *copy = malloc(len > 0 ? len : 1);
    const uint8_t *in = copy;

    if (copy == NULL) {
        abort();
    }
    memcpy(copy, slice, len);
    memset(&event, 0, sizeof event);
    while ((trace->status = bedrock_event_stream_next(decoder, &in, copy + len, &event)) == 1) {
        trace_event(trace, &event);
    }
    trace_demand(trace, trace->status < 0 || in == copy + len, "0 means that the input is used up");
    free(copy);
}

/* Runs a decoder over input that comes as one piece of `first` bytes and then pieces of `step`. */
static inline void trace_run(struct trace *trace, uint16_t names_cap, const uint8_t *input,
                             size_t len, size_t first, size_t step)
{
    struct bedrock_event_stream decoder;
    uint8_t *names = malloc(names_cap > 0 ? names_cap : 1);
    size_t at = first;

    memset(trace, 0, sizeof *trace);
    bedrock_event_stream_init(&decoder, names, names_cap);
    trace_feed(trace, &decoder, input, first);
    while (at < len && trace->status == 0) {
        size_t piece = len - at < step ? len - at : step;

        trace_feed(trace, &decoder, input + at, piece);
        at += piece;
    }
    trace->finish = bedrock_event_stream_finish(&decoder);
    trace_number(trace, 'P', trace->payload_len);
    free(names);
}

static inline int trace_equal(const struct trace *a, const struct trace *b)
{
    return a->len == b->len && a->status == b->status && a->finish == b->finish &&
           (a->len == 0 || memcmp(a->data, b->data, a->len) == 0);
}

#endif
