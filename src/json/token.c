/* SPDX-License-Identifier: MIT */
/* See bedrock/json.h, and token.h for how it works. */
#include "json/token.h"

#include "bedrock/error.h"
#include "json/number.h"
#include "json/text.h"

#include <string.h>

enum {
    RAW_NONE,
    RAW_WANTED, /* the next value is to be raw */
    RAW_OPEN    /* it is being read */
};

/* The literals, in the order of their types and at equal distances. */
enum { WORD_SIZE = sizeof "false" };
static const char words[] = "true\0\0"
                            "false\0"
                            "null";

/* What may come between values, by state: the end of the container, or the byte that leads on to
 * the next state. A space stands for nothing: those have been skipped. */
static const struct rule {
    char closing;
    char wanted;
    uint8_t next;
} rules[] = {
    {' ', ' ', BDK_JSON_AT_VALUE}, {']', ' ', BDK_JSON_AT_VALUE}, {'}', '"', BDK_JSON_IN_TEXT},
    {' ', '"', BDK_JSON_IN_TEXT},  {' ', ':', BDK_JSON_AT_VALUE}, {']', ',', BDK_JSON_AT_VALUE},
    {'}', ',', BDK_JSON_AT_KEY},   {' ', ' ', BDK_JSON_AT_END},
};

/* Returns 0 if that would be a level too many. */
static int begin_container(struct bedrock_json *json, struct bedrock_json_event *event,
                           int is_object)
{
    if (json->depth == BEDROCK_JSON_DEPTH) {
        bdk_json_fail(json, BEDROCK_E_JSON_DEPTH);
        return 0;
    }
    json->kinds = json->kinds << 1 | (unsigned)is_object;
    json->depth++;
    json->state = is_object ? BDK_JSON_AT_FIRST_KEY : BDK_JSON_AT_FIRST_ELEMENT;
    bdk_json_emit_token(json, event,
                        is_object ? BEDROCK_JSON_OBJECT_BEGIN : BEDROCK_JSON_ARRAY_BEGIN);
    return 1;
}

static void end_container(struct bedrock_json *json, struct bedrock_json_event *event)
{
    bdk_json_emit_token(json, event,
                        json->kinds & 1 ? BEDROCK_JSON_OBJECT_END : BEDROCK_JSON_ARRAY_END);
    json->kinds >>= 1;
    json->depth--;
    bdk_json_end_value(json);
    if (json->raw == RAW_WANTED) {
        json->raw = RAW_NONE;
    }
}

/* Takes the first byte of a value. Returns 0 if it was not taken. */
static int begin_value(struct bedrock_json *json, struct bedrock_json_event *event, char c)
{
    if (json->raw == RAW_WANTED) {
        json->raw = RAW_OPEN;
        json->raw_depth = json->depth;
        bdk_json_emit_token(json, event, BEDROCK_JSON_RAW); /* tells advance() that it begins */
        return 0;
    }
    if (c == '{' || c == '[') {
        return begin_container(json, event, c == '{');
    }
    if (c == '"') {
        json->state = BDK_JSON_IN_TEXT;
        json->type = BEDROCK_JSON_STRING;
        return 1;
    }
    json->state = BDK_JSON_IN_LITERAL;
    json->type = BEDROCK_JSON_TRUE;
    for (json->cursor = 0; json->cursor < sizeof words; json->cursor += WORD_SIZE) {
        if (c == words[json->cursor]) {
            return 0;
        }
        json->type++;
    }
    json->state = BDK_JSON_IN_NUMBER;
    json->cursor = BDK_NUMBER_START;
    return 0;
}

/* A byte between values, or the first one of a value. Returns 0 if it was not taken. */
static int structure(struct bedrock_json *json, struct bedrock_json_event *event, char c)
{
    const struct rule *rule = &rules[json->state];

    if (c == rule->closing) {
        end_container(json, event);
        return 1;
    }
    if (c == rule->wanted) {
        json->type = BEDROCK_JSON_KEY; /* in case that it is the quote of one */
        json->state = rule->next;
        return 1;
    }
    if (json->state <= BDK_JSON_AT_FIRST_ELEMENT) {
        return begin_value(json, event, c);
    }
    bdk_json_fail(json, BEDROCK_E_JSON);
    return 0;
}

static const char *in_structure(struct bedrock_json *json, const char *p, const char *end,
                                struct bedrock_json_event *event)
{
    for (; p != end; p++) {
        if (!bdk_json_is_space(*p)) {
            return p + structure(json, event, *p);
        }
    }
    return p;
}

static const char *in_number(struct bedrock_json *json, const char *p, const char *end,
                             struct bedrock_json_event *event)
{
    const char *stop = bdk_json_skip_number(&json->cursor, p, end);

    bdk_json_emit(event, BEDROCK_JSON_NUMBER, p, (size_t)(stop - p));
    if (stop < end && bdk_json_number_is_whole(json->cursor)) {
        event->last = 1;
        bdk_json_end_value(json);
    } else if (stop == p) {
        event->text = NULL;
        bdk_json_fail(json, BEDROCK_E_JSON);
    }
    return stop;
}

static const char *in_literal(struct bedrock_json *json, const char *p,
                              struct bedrock_json_event *event)
{
    if (*p != words[json->cursor]) {
        bdk_json_fail(json, BEDROCK_E_JSON);
        return p;
    }
    json->cursor++;
    if (words[json->cursor] == '\0') {
        bdk_json_end_value(json);
        bdk_json_emit_token(json, event, json->type);
    }
    return p + 1;
}

static const char *step(struct bedrock_json *json, const char *p, const char *end,
                        struct bedrock_json_event *event)
{
    if (json->state >= BDK_JSON_IN_TEXT) {
        return bdk_json_string(json, p, end, event);
    }
    if (json->state < BDK_JSON_IN_NUMBER) {
        return in_structure(json, p, end, event);
    }
    if (json->state == BDK_JSON_IN_NUMBER) {
        return in_number(json, p, end, event);
    }
    return in_literal(json, p, event);
}

void bedrock_json_init(struct bedrock_json *json)
{
    memset(json, 0, sizeof *json);
}

/* Was that the last event of the raw value? On its own level it is over, or a scalar goes on. */
static int ends_raw(const struct bedrock_json *json)
{
    return json->depth == json->raw_depth && json->state <= BDK_JSON_AT_END;
}

/* Reads up to the next event. *in != end, and there is no error yet. */
static int advance(struct bedrock_json *json, const char **in, const char *end,
                   struct bedrock_json_event *event)
{
    const char *p = *in, *raw = p; /* where the raw value begins, or goes on */
    int whole = 0;

    do {
        event->text = NULL;
        p = step(json, p, end, event);
        if (event->text == NULL) {
            continue;
        }
        if (json->raw != RAW_OPEN) {
            *in = p;
            return BEDROCK_EVENT;
        }
        if (event->type == BEDROCK_JSON_RAW) {
            raw = p;
        } else {
            whole = ends_raw(json);
        }
    } while (p != end && json->error == BEDROCK_OK && !whole);
    *in = p;
    if (json->raw != RAW_OPEN || (p == raw && !whole)) {
        return json->error;
    }
    bdk_json_emit(event, BEDROCK_JSON_RAW, raw, (size_t)(p - raw));
    if (whole) {
        event->last = 1;
        json->raw = RAW_NONE;
    }
    return BEDROCK_EVENT;
}

int bedrock_json_next(struct bedrock_json *json, const char **in, const char *end,
                      struct bedrock_json_event *event)
{
    if (*in == end || json->error != BEDROCK_OK) {
        return json->error;
    }
    return advance(json, in, end, event);
}

void bedrock_json_raw(struct bedrock_json *json)
{
    json->raw = RAW_WANTED;
}

int bedrock_json_finish(struct bedrock_json *json, struct bedrock_json_event *event)
{
    const char *in = " ";

    if (json->error != BEDROCK_OK || json->state == BDK_JSON_AT_END) {
        return json->error;
    }
    if (json->state == BDK_JSON_IN_NUMBER && json->depth == 0 &&
        bdk_json_number_is_whole(json->cursor)) {
        return bedrock_json_next(json, &in, in + 1, event);
    }
    return BEDROCK_E_JSON_INCOMPLETE;
}
