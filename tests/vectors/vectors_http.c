/* SPDX-License-Identifier: MIT */
/*
 * HTTP/1.1 responses. What the parser reports is written down as a text, a line an event; so is
 * what a case expects. The two must be equal however the input is cut.
 */
#include "bedrock/error.h"
#include "bedrock/http.h"
#include "vec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_NAME "responses.vec"
#define LINE_CAP  8192
#define ALL_CUTS  4096 /* bytes of input up to which every two-way split is tried */

struct text {
    char *data;
    size_t len, cap;
};

struct outcome {
    struct text text;
    int code;           /* BEDROCK_EVENT: the response ended; or the error */
    int at_close;       /* the code came from finish() */
    int keep_alive;     /* afterwards */
    int in_body;        /* the last event was BODY */
    const char *broken; /* a promise of the parser's that was not kept, or NULL */
};

static void add(struct text *text, const void *data, size_t len)
{
    if (text->len + len > text->cap) {
        text->cap = 2 * (text->len + len);
        text->data = realloc(text->data, text->cap);
        if (text->data == NULL) {
            fputs("out of memory\n", stderr);
            exit(2);
        }
    }
    if (len > 0) {
        memcpy(text->data + text->len, data, len);
    }
    text->len += len;
}

static void add_number(struct text *text, const char *label, unsigned long long value)
{
    char line[64];

    add(text, line, (size_t)snprintf(line, sizeof line, "\n%s %llu", label, value));
}

static void add_pair(struct text *text, const char *label, const void *name, size_t name_len,
                     const void *value, size_t value_len)
{
    add(text, label, strlen(label));
    add(text, name, name_len);
    add(text, "=", 1);
    add(text, value, value_len);
}

/* brief: without what a small line buffer may lose. */
static void add_event(struct outcome *o, const struct bedrock_http_event *event, int brief)
{
    struct text *text = &o->text;
    int in_body = o->in_body;

    o->in_body = event->type == BEDROCK_HTTP_BODY;
    switch (event->type) {
    case BEDROCK_HTTP_INTERIM:
        add_number(text, "interim", event->status);
        break;
    case BEDROCK_HTTP_STATUS:
        add_number(text, "status", event->status);
        add_number(text, "minor", event->minor);
        add_pair(text, "\nreason", "", 0, event->text, brief ? 0 : event->len);
        break;
    case BEDROCK_HTTP_HEADER:
    case BEDROCK_HTTP_TRAILER:
        if (!brief) {
            add_pair(text, event->type == BEDROCK_HTTP_HEADER ? "\nheader " : "\ntrailer ",
                     event->name, event->name_len, event->text, event->len);
        }
        break;
    case BEDROCK_HTTP_HEAD_END:
        add_number(text, "framing", event->framing);
        add_number(text, "length", event->length);
        break;
    case BEDROCK_HTTP_BODY:
        if (event->len == 0) {
            o->broken = "an empty BODY";
        }
        add(text, "\nbody ", in_body ? 0 : 6);
        add(text, event->text, event->len);
        break;
    case BEDROCK_HTTP_END:
        break;
    }
}

/* Feeds one piece, from memory of exactly its size, so that a read past it is noticed. */
static size_t feed(struct bedrock_http_response *response, struct outcome *o, const uint8_t *data,
                   size_t len, int brief)
{
    char *piece = malloc(len + !len);
    const char *in = piece, *end = piece + len;
    struct bedrock_http_event event;
    size_t used;

    if (piece == NULL) {
        exit(2);
    }
    memcpy(piece, data, len);
    while ((o->code = bedrock_http_response_next(response, &in, end, &event)) == BEDROCK_EVENT) {
        add_event(o, &event, brief);
        if (event.type == BEDROCK_HTTP_END) {
            const char *left = in;

            if (bedrock_http_response_next(response, &in, end, &event) != 0 || in != left) {
                o->broken = "going on after END";
            }
            break;
        }
    }
    if (o->code == 0 && in != end) {
        o->broken = "0 although input is left";
    }
    used = (size_t)(in - piece);
    free(piece);
    return used;
}

/* Feeds the input in pieces of `piece` bytes, or (piece 0) in two that meet at `cut`. */
static struct outcome parse(const struct vec_case *c, uint16_t line_cap, size_t piece, size_t cut,
                            int brief)
{
    const struct vec_field *input = vec_get(c, "input");
    struct bedrock_http_response response;
    struct bedrock_http_event event;
    struct outcome o = {0};
    char *line = malloc(line_cap);
    size_t at = 0, used;

    bedrock_http_response_init(&response, line, line_cap, vec_number(c, "head", 0) != 0);
    do {
        size_t len = piece > 0 ? piece : at < cut ? cut : input->len;

        len = len > input->len - at ? input->len - at : len;
        used = feed(&response, &o, input->data + at, len, brief);
        at += used;
    } while (o.code == 0 && at < input->len && used > 0);
    if (o.code == 0) {
        o.at_close = 1;
        o.code = bedrock_http_response_finish(&response, &event);
        if (o.code == BEDROCK_EVENT) {
            add_event(&o, &event, brief);
        }
    }
    if (o.code == BEDROCK_EVENT) {
        add_number(&o.text, "used", at);
    } else if (bedrock_http_response_finish(&response, &event) != o.code) {
        o.broken = "an error that does not stick";
    }
    o.keep_alive = bedrock_http_response_keep_alive(&response);
    free(line);
    return o;
}

static unsigned framing_of(const struct vec_case *c)
{
    static const char *const names[] = {"none", "length", "chunked", "close"};
    unsigned i;

    for (i = 0; i < 3 && !vec_is(c, "framing", names[i]); i++) {
    }
    return i;
}

static void expect_pairs(struct text *text, const struct vec_case *c, const char *label,
                         const char *name, const char *value)
{
    const struct vec_field *n = NULL, *v = NULL;

    while ((n = vec_next(c, n, name)) != NULL && (v = vec_next(c, v, value)) != NULL) {
        add_pair(text, label, n->data, n->len, v->data, v->len);
    }
}

static struct text expected(const struct vec_case *c, int brief)
{
    const struct vec_field *field = NULL;
    unsigned framing = framing_of(c);
    struct text text = {0};

    while ((field = vec_next(c, field, "interim")) != NULL) {
        add_number(&text, "interim", (unsigned long long)field->number);
    }
    add_number(&text, "status", (unsigned long long)vec_number(c, "status", 0));
    add_number(&text, "minor", (unsigned long long)vec_number(c, "minor", 0));
    field = vec_get(c, "reason");
    add_pair(&text, "\nreason", "", 0, field == NULL ? NULL : field->data,
             field == NULL || brief ? 0 : field->len);
    if (!brief) {
        expect_pairs(&text, c, "\nheader ", "hname", "hvalue");
    }
    field = vec_get(c, "body");
    add_number(&text, "framing", framing);
    add_number(&text, "length",
               framing == BEDROCK_HTTP_FRAMING_LENGTH && field != NULL ? field->len : 0);
    if (field != NULL && field->len > 0) {
        add(&text, "\nbody ", 6);
        add(&text, field->data, field->len);
    }
    if (!brief) {
        expect_pairs(&text, c, "\ntrailer ", "tname", "tvalue");
    }
    add_number(&text, "used", (unsigned long long)vec_number(c, "used", 0));
    return text;
}

/* Is there something in the case that the library says it will not take or not report? */
static int has_long_line(const struct vec_case *c, size_t cap)
{
    const struct vec_field *input = vec_get(c, "input");
    size_t i, start = 0;

    for (i = 0; i < input->len; i++) {
        if (input->data[i] == '\n') {
            start = i + 1;
        } else if (i - start >= cap) {
            return 1;
        }
    }
    return 0;
}

static int beyond_limits(const struct vec_case *c)
{
    const struct vec_field *field = NULL;
    size_t headers = 0;

    while ((field = vec_next(c, field, "hname")) != NULL) {
        headers++;
    }
    return headers > BEDROCK_HTTP_HEADERS_MAX ||
           vec_get(c, "input")->len > BEDROCK_HTTP_HEAD_BYTES_MAX;
}

/* NULL, or how the outcome differs from what the case says. */
static const char *judge(const struct vec_case *c, const struct outcome *o, int brief, int small)
{
    int ended = o->code == BEDROCK_EVENT;
    const char *fault = NULL;
    struct text want;

    if (o->broken != NULL) {
        return o->broken;
    }
    if (vec_is(c, "expect", "error")) {
        return !ended && !o->at_close ? NULL : "not refused";
    }
    if (vec_is(c, "expect", "incomplete")) {
        return o->at_close && o->code == BEDROCK_E_HTTP_INCOMPLETE ? NULL
                                                                   : "not reported as incomplete";
    }
    if (!ended && vec_is(c, "expect", "either") && o->code != BEDROCK_E_HTTP_INCOMPLETE) {
        return NULL;
    }
    if (!ended) {
        return o->code == BEDROCK_E_HTTP_LIMIT && (small || beyond_limits(c)) ? NULL : "refused";
    }
    if (o->keep_alive && strstr(vec_text(c, "note"), "TE and CL") != NULL) {
        return "the connection would be used again";
    }
    want = expected(c, brief);
    if (want.len != o->text.len || memcmp(want.data, o->text.data, want.len) != 0) {
        fault = "other events";
    }
    free(want.data);
    return fault;
}

static int check(const struct vec_case *c, uint16_t line_cap, size_t piece, size_t cut)
{
    int small = line_cap != LINE_CAP;
    int brief = small || has_long_line(c, LINE_CAP - 1);
    struct outcome o = parse(c, line_cap, piece, cut, brief);
    const char *fault = judge(c, &o, brief, small);

    if (fault != NULL) {
        vec_fail(FILE_NAME, c->id, "%s (code %d; line buffer %u, pieces of %zu, cut at %zu):%.*s",
                 fault, o.code, line_cap, piece, cut, (int)(o.text.len < 300 ? o.text.len : 300),
                 o.text.len > 0 ? o.text.data : "");
    }
    free(o.text.data);
    return fault == NULL;
}

static int check_cuts(const struct vec_case *c, uint16_t line_cap)
{
    size_t len = vec_get(c, "input")->len;
    size_t step = len <= ALL_CUTS ? 1 : len / 97;
    size_t cut;

    if (!check(c, line_cap, 1, 0)) {
        return 0;
    }
    for (cut = 0; cut <= len; cut += step) {
        if (!check(c, line_cap, 0, cut)) {
            return 0;
        }
    }
    return 1;
}

static void run_case(const struct vec_case *c, void *ctx)
{
    (void)ctx;
    if (vec_get(c, "input") == NULL) {
        vec_fail(FILE_NAME, c->id, "no input");
    } else if (check_cuts(c, LINE_CAP) &&
               (!vec_is(c, "expect", "ok") || check_cuts(c, BEDROCK_HTTP_LINE_MIN))) {
        vec_pass();
    }
}

static void run(const char *folder)
{
    vec_each(folder, FILE_NAME, run_case, NULL);
}

const struct vec_topic vectors_http = {"http", run};
