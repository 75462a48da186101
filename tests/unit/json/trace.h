/* SPDX-License-Identifier: MIT */
/*
 * Writes down what the tokenizer says of a text, so that two ways of feeding it can be compared
 * with strcmp(). The tokens stand in order, a space in front of each: { } [ ] as they are, k and s
 * with the hex of a key or string, n with a number's spelling, t f 0, and r with the hex of a raw
 * value. Pieces are joined. Every slice of the input lies in a heap block of its very size, so that
 * a sanitizer sees a read past its end.
 */
#ifndef TESTS_UNIT_JSON_TRACE_H
#define TESTS_UNIT_JSON_TRACE_H

#include "bedrock/error.h"
#include "bedrock/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TRACE_NOT_WHOLE = -1000, TRACE_BAD_EVENT = -1001 }; /* statuses of our own */

/* Which values to ask for as raw ones. */
enum trace_raw { TRACE_TOKENS, TRACE_RAW_TOP, TRACE_RAW_MEMBERS, TRACE_RAW_ELEMENTS };

struct trace {
    enum trace_raw raw;
    int allow_lone_surrogates;
    char *text; /* NUL-terminated */
    size_t len, cap;
    unsigned depth; /* greatest nesting */
    unsigned counts[BEDROCK_JSON_RAW + 1];
    int open;     /* inside the pieces of a token */
    size_t taken; /* bytes that were read */
    int status;   /* of finish(), or the first error */
};

static inline void trace_put(struct trace *trace, const char *text, size_t len)
{
    if (trace->cap - trace->len <= len) {
        trace->cap = 2 * (trace->len + len) + 64;
        trace->text = realloc(trace->text, trace->cap);
        if (trace->text == NULL) {
            abort();
        }
    }
    memcpy(trace->text + trace->len, text, len);
    trace->len += len;
    trace->text[trace->len] = '\0';
}

static inline void trace_put_hex(struct trace *trace, const char *text, size_t len)
{
    static const char digits[] = "0123456789abcdef";
    size_t i;

    for (i = 0; i < len; i++) {
        char pair[2];

        pair[0] = digits[(unsigned char)text[i] >> 4];
        pair[1] = digits[text[i] & 15];
        trace_put(trace, pair, 2);
    }
}

/* Does the piece end where a code point ends, and begin where one begins? */
static inline int trace_is_whole(const char *text, size_t len)
{
    size_t i = 0;

    while (i < len) {
        unsigned char c = (unsigned char)text[i];
        size_t need = c < 0x80 ? 1 : c < 0xc0 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;

        if (need == 0 || need > len - i) {
            return 0;
        }
        while (i++, --need > 0) {
            if (((unsigned char)text[i] & 0xc0) != 0x80) {
                return 0;
            }
        }
    }
    return 1;
}

static inline void trace_event(struct trace *trace, const struct bedrock_json_event *event)
{
    static const char letters[] = "{}[]ksntf0r";
    int is_text = event->type == BEDROCK_JSON_KEY || event->type == BEDROCK_JSON_STRING;

    if (!trace->open) {
        trace_put(trace, " ", 1);
        trace_put(trace, letters + event->type, 1);
        trace->counts[event->type]++;
    }
    trace->open = !event->last;
    if (is_text || event->type == BEDROCK_JSON_RAW) {
        trace_put_hex(trace, event->text, event->len);
    } else {
        trace_put(trace, event->text, event->len);
        if (event->type != BEDROCK_JSON_NUMBER && (event->len != 0 || !event->last)) {
            trace->status = TRACE_BAD_EVENT;
        }
    }
    if (is_text && !trace_is_whole(event->text, event->len)) {
        trace->status = TRACE_NOT_WHOLE;
    }
}

/* Asks for the next value as a raw one if the mode and the last event want it. */
static inline void trace_ask(const struct trace *trace, struct bedrock_json *json,
                             const struct bedrock_json_event *event)
{
    int in_elements = event->type != BEDROCK_JSON_KEY && event->type != BEDROCK_JSON_OBJECT_BEGIN;

    if (trace->raw == TRACE_RAW_MEMBERS && event->type == BEDROCK_JSON_KEY && event->last) {
        bedrock_json_raw(json);
    }
    if (trace->raw == TRACE_RAW_ELEMENTS && json->depth == 1 && event->last && in_elements) {
        bedrock_json_raw(json);
    }
}

static inline void trace_slice(struct trace *trace, struct bedrock_json *json, const char *slice,
                               size_t len)
{
    char *copy = malloc(len > 0 ? len : 1);
    struct bedrock_json_event event;
    const char *in = copy;

    memcpy(copy, slice, len);
    while (trace->status == BEDROCK_OK) {
        int status = bedrock_json_next(json, &in, copy + len, &event);

        if (status <= 0) {
            trace->status = status;
            break;
        }
        trace_event(trace, &event);
        trace_ask(trace, json, &event);
        if (json->depth > trace->depth) {
            trace->depth = json->depth;
        }
    }
    trace->taken += (size_t)(in - copy);
    free(copy);
}

/* Feeds a slice of `first` bytes, then slices of `step` (or of what is left), then the end. */
static inline void trace_run(struct trace *trace, const char *text, size_t len, size_t first,
                             size_t step)
{
    size_t off = 0, size = first;
    struct bedrock_json_event event;
    struct bedrock_json json;

    bedrock_json_init(&json);
    json.allow_lone_surrogates = (unsigned char)trace->allow_lone_surrogates;
    if (trace->raw == TRACE_RAW_TOP) {
        bedrock_json_raw(&json);
    }
    trace->len = trace->taken = 0;
    trace->depth = 0;
    trace->open = 0;
    trace->status = BEDROCK_OK;
    memset(trace->counts, 0, sizeof trace->counts);
    trace_put(trace, "", 0);
    do {
        size = size < len - off ? size : len - off;
        trace_slice(trace, &json, text + off, size);
        off += size;
        size = step;
    } while (trace->status == BEDROCK_OK && off < len);
    while (trace->status == BEDROCK_OK &&
           (trace->status = bedrock_json_finish(&json, &event)) == BEDROCK_EVENT) {
        trace_event(trace, &event);
        trace->status = trace->status == BEDROCK_EVENT ? BEDROCK_OK : trace->status;
    }
}

/* Whether two ways of feeding gave the same. How deep a raw value went shows only where it was cut.
 */
static inline int trace_same(const struct trace *a, const struct trace *b)
{
    return (a->depth == b->depth || a->raw != TRACE_TOKENS) && a->status == b->status &&
           a->len == b->len && memcmp(a->text, b->text, a->len) == 0 && a->taken == b->taken;
}

/* Feeds a text whole, byte by byte and cut in two at every `every`-th place. The result is that of
 * the whole; *different says at which first slice another way disagreed (0: none did). */
static inline void trace_all_ways(struct trace *trace, const char *text, size_t len, size_t every,
                                  size_t *different)
{
    struct trace other = {TRACE_TOKENS, 0, NULL, 0, 0, 0, {0}, 0, 0, 0};
    size_t cut;

    other.raw = trace->raw;
    other.allow_lone_surrogates = trace->allow_lone_surrogates;
    *different = 0;
    trace_run(trace, text, len, len, len);
    trace_run(&other, text, len, 1, 1);
    if (!trace_same(trace, &other)) {
        *different = 1;
    }
    for (cut = 1; cut < len && *different == 0; cut += every) {
        trace_run(&other, text, len, cut, len);
        if (!trace_same(trace, &other)) {
            *different = cut;
        }
    }
    free(other.text);
}

#endif
