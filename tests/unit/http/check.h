/* SPDX-License-Identifier: MIT */
/*
 * Checks one response in every way: whole, byte by byte, cut in two at every place, and cut short
 * at every place. `want` is the text of the events (see trace.h) and, in a last line, the outcome:
 *
 *     \nend USED keep      the response ended after USED bytes; the connection can be used again
 *     \nend USED close     ... and cannot
 *     \nerror              BEDROCK_E_HTTP, before the end of the input
 *     \nlimit              BEDROCK_E_HTTP_LIMIT, likewise
 *     \nincomplete         BEDROCK_E_HTTP_INCOMPLETE, at the end of the input
 */
#ifndef TESTS_UNIT_HTTP_CHECK_H
#define TESTS_UNIT_HTTP_CHECK_H

#include "test.h"
#include "trace.h"

struct http_case {
    const char *name;
    const char *input;
    const char *want;
};

/* The text without the outcome: the events alone. */
static inline void add_outcome(struct trace *trace)
{
    if (trace->code == BEDROCK_EVENT) {
        trace_number(trace, "end", trace->used);
        trace_add(trace, trace->keep_alive ? " keep" : " close", trace->keep_alive ? 5 : 6);
    } else if (trace->code == BEDROCK_E_HTTP && !trace->at_close) {
        trace_add(trace, "\nerror", 6);
    } else if (trace->code == BEDROCK_E_HTTP_LIMIT && !trace->at_close) {
        trace_add(trace, "\nlimit", 6);
    } else if (trace->code == BEDROCK_E_HTTP_INCOMPLETE && trace->at_close) {
        trace_add(trace, "\nincomplete", 11);
    } else {
        trace_number(trace, "unexpected code -", (unsigned long long)-trace->code);
    }
}

static inline void check_one(const char *input, size_t len, int head, struct feeding feeding,
                             const char *want)
{
    struct trace got = trace_response((const uint8_t *)input, len, head, &feeding);

    add_outcome(&got);
    CHECK(got.broken == NULL);
    CHECK_BYTES(got.text, got.len, want, strlen(want));
    free(got.text);
}

/* A response that is cut short gives the first part of its events. It is incomplete, or refused for
 * the same reason; only a body that ends with the connection may end anywhere. */
static inline void check_prefix(const char *input, size_t len, int head, struct feeding feeding,
                                const char *want)
{
    struct trace got = trace_response((const uint8_t *)input, len, head, &feeding);
    int closes = strstr(want, "\nframing close") != NULL;

    CHECK(got.broken == NULL);
    CHECK(got.len <= strlen(want) && memcmp(got.len > 0 ? got.text : "", want, got.len) == 0);
    if (got.code == BEDROCK_EVENT) {
        size_t used = got.used;

        CHECK(closes ? got.at_close : strstr(want, "\nend ") != NULL);
        add_outcome(&got);
        if (!closes) {
            CHECK_BYTES(got.text, got.len, want, strlen(want));
        }
        CHECK(used <= len);
    } else if (got.code != BEDROCK_E_HTTP_INCOMPLETE) {
        add_outcome(&got);
        CHECK_BYTES(got.text, got.len, want, strlen(want));
    } else {
        CHECK(got.at_close);
    }
    free(got.text);
}

static inline void check_bytes(const char *name, const char *input, size_t len, int head,
                               uint16_t line_cap, const char *want)
{
    struct feeding feeding = {0};

    feeding.line_cap = line_cap;
    for (feeding.piece = 1; feeding.piece <= 9; feeding.piece++) {
        test_context("%s, in pieces of %zu", name, feeding.piece);
        check_one(input, len, head, feeding, want);
    }
    feeding.piece = 0;
    for (feeding.cut = 0; feeding.cut <= len; feeding.cut++) {
        test_context("%s, cut at %zu", name, feeding.cut);
        check_one(input, len, head, feeding, want);
        test_context("%s, ends at %zu", name, feeding.cut);
        check_prefix(input, feeding.cut, head, feeding, want);
    }
}

static inline void check_case(const struct http_case *c)
{
    check_bytes(c->name, c->input, strlen(c->input), 0, 512, c->want);
}

/* For long inputs, which are put together and checked at their end only: `count` more copies. */
static inline void repeat(struct trace *text, const char *piece, size_t count)
{
    while (count-- > 0) {
        trace_add(text, piece, strlen(piece));
    }
}

/* In pieces, and cut in two near the end. Frees the input. */
static inline void check_long(const char *name, struct trace *input, uint16_t line_cap,
                              const char *end)
{
    struct feeding feeding = {0};
    size_t i;

    for (i = 0; i < 30; i++) {
        struct trace got;

        feeding.line_cap = line_cap;
        feeding.piece = i == 0 ? 1 : i == 1 ? 1460 : i == 2 ? 64 : 0;
        feeding.cut = input->len < i ? 0 : input->len - i;
        got = trace_response((const uint8_t *)input->text, input->len, 0, &feeding);
        add_outcome(&got);
        test_context("%s, way %zu", name, i);
        CHECK(got.broken == NULL);
        CHECK(got.len >= strlen(end));
        CHECK_TEXT(got.text + got.len - (got.len < strlen(end) ? got.len : strlen(end)), end);
        free(got.text);
    }
    free(input->text);
    memset(input, 0, sizeof *input);
}

#define CHECK_CASES(cases)                                                                         \
    do {                                                                                           \
        size_t case_index;                                                                         \
        for (case_index = 0; case_index < sizeof(cases) / sizeof(cases)[0]; case_index++) {        \
            check_case(&(cases)[case_index]);                                                      \
        }                                                                                          \
    } while (0)

#endif
