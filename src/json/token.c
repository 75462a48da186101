/* SPDX-License-Identifier: MIT */
/*
 * See bedrock/json.h.
 *
 * One state, one handler. Each looks at the first byte that was not taken yet, and takes it
 * (GO_ON), fills the event in (BEDROCK_EVENT), wants more (BEDROCK_OK) or fails. A handler that
 * meets a bad byte behind good text hands the text out first: what comes before an error does not
 * depend on how the input was cut.
 */
#include "json/token.h"

#include "bedrock/error.h"
#include "json/number.h"

#include <string.h>

enum {
    RAW_NONE,
    RAW_WANTED, /* the next value is to be raw */
    RAW_OPEN    /* it is being read */
};

/* What stands behind the first letter of each literal, and where. */
static const char words[] = "rue\0alse\0ull";
enum { WORD_TRUE = 0, WORD_FALSE = 4, WORD_NULL = 9 };

int bdk_json_fail(struct bedrock_json *json, int error)
{
    json->error = (int8_t)error;
    return error;
}

int bdk_json_emit(struct bedrock_json_event *event, uint8_t type, const char *text, size_t len)
{
    event->type = (enum bedrock_json_type)type;
    event->last = 0;
    event->text = text;
    event->len = len;
    return BEDROCK_EVENT;
}

static int emit_token(struct bedrock_json_event *event, uint8_t type)
{
    bdk_json_emit(event, type, "", 0);
    event->last = 1;
    return BEDROCK_EVENT;
}

void bdk_json_end_value(struct bedrock_json *json)
{
    json->state = json->depth > 0 ? BDK_JSON_AT_COMMA : BDK_JSON_AT_END;
}

static int in_object(const struct bedrock_json *json)
{
    unsigned level = json->depth - 1U;

    return json->kinds[level / 8] >> level % 8 & 1;
}

static int begin_container(struct bedrock_json *json, struct bedrock_json_event *event,
                           int is_object)
{
    unsigned level = json->depth, bit = 1U << level % 8;
    uint8_t *kinds;

    if (level == BEDROCK_JSON_DEPTH) {
        return bdk_json_fail(json, BEDROCK_E_JSON_DEPTH);
    }
    kinds = &json->kinds[level / 8];
    *kinds = (uint8_t)(is_object ? *kinds | bit : *kinds & ~bit);
    json->depth++;
    json->state = is_object ? BDK_JSON_AT_FIRST_KEY : BDK_JSON_AT_FIRST_ELEMENT;
    return emit_token(event, is_object ? BEDROCK_JSON_OBJECT_BEGIN : BEDROCK_JSON_ARRAY_BEGIN);
}

static int end_container(struct bedrock_json *json, struct bedrock_json_event *event, char c)
{
    int is_object = in_object(json);

    if (c != (is_object ? '}' : ']')) {
        return bdk_json_fail(json, BEDROCK_E_JSON);
    }
    json->depth--;
    bdk_json_end_value(json);
    if (json->raw == RAW_WANTED) {
        json->raw = RAW_NONE;
    }
    return emit_token(event, is_object ? BEDROCK_JSON_OBJECT_END : BEDROCK_JSON_ARRAY_END);
}

static int go_on(struct bedrock_json *json, uint8_t state)
{
    json->state = state;
    return BDK_JSON_GO_ON;
}

static int begin_string(struct bedrock_json *json, uint8_t type)
{
    json->type = type;
    return go_on(json, BDK_JSON_IN_TEXT);
}

static int begin_literal(struct bedrock_json *json, uint8_t type, uint8_t cursor)
{
    json->type = type;
    json->cursor = cursor;
    return go_on(json, BDK_JSON_IN_LITERAL);
}

/* The first byte of a value, c, lies before *in. */
static int begin_value(struct bedrock_json *json, const char **in, struct bedrock_json_event *event,
                       char c)
{
    if (json->raw == RAW_WANTED) {
        json->raw = RAW_OPEN;
        json->raw_depth = json->depth;
        return BEDROCK_OK;
    }
    switch (c) {
    case '{':
        return begin_container(json, event, 1);
    case '[':
        return begin_container(json, event, 0);
    case '"':
        return begin_string(json, BEDROCK_JSON_STRING);
    case 't':
        return begin_literal(json, BEDROCK_JSON_TRUE, WORD_TRUE);
    case 'f':
        return begin_literal(json, BEDROCK_JSON_FALSE, WORD_FALSE);
    case 'n':
        return begin_literal(json, BEDROCK_JSON_NULL, WORD_NULL);
    default:
        --*in; /* the number has to show its first byte too */
        json->cursor = BDK_NUMBER_START;
        return go_on(json, BDK_JSON_IN_NUMBER);
    }
}

static int is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* The first byte that is no white space, c, lies before *in. */
static int structure(struct bedrock_json *json, const char **in, struct bedrock_json_event *event,
                     char c)
{
    switch (json->state) {
    case BDK_JSON_AT_COLON:
        return c == ':' ? go_on(json, BDK_JSON_AT_VALUE) : BEDROCK_E_JSON;
    case BDK_JSON_AT_COMMA:
        if (c == ',') {
            return go_on(json, in_object(json) ? BDK_JSON_AT_KEY : BDK_JSON_AT_VALUE);
        }
        return end_container(json, event, c);
    case BDK_JSON_AT_FIRST_KEY:
        if (c == '}') {
            return end_container(json, event, c);
        }
        return c == '"' ? begin_string(json, BEDROCK_JSON_KEY) : BEDROCK_E_JSON;
    case BDK_JSON_AT_KEY:
        return c == '"' ? begin_string(json, BEDROCK_JSON_KEY) : BEDROCK_E_JSON;
    case BDK_JSON_AT_FIRST_ELEMENT:
        if (c == ']') {
            return end_container(json, event, c);
        }
        return begin_value(json, in, event, c);
    case BDK_JSON_AT_VALUE:
        return begin_value(json, in, event, c);
    default:
        return BEDROCK_E_JSON;
    }
}

static int in_structure(struct bedrock_json *json, const char **in, const char *end,
                        struct bedrock_json_event *event)
{
    const char *p = *in;
    int status;

    while (is_space(*p)) {
        if (++p == end) {
            *in = p;
            return BEDROCK_OK;
        }
    }
    *in = p + 1;
    status = structure(json, in, event, *p);
    if (status <= 0) {
        *in = p;
    }
    return status < 0 ? bdk_json_fail(json, status) : status;
}

static int in_number(struct bedrock_json *json, const char **in, const char *end,
                     struct bedrock_json_event *event)
{
    const char *start = *in;

    *in = bdk_json_skip_number(&json->cursor, start, end);
    bdk_json_emit(event, BEDROCK_JSON_NUMBER, start, (size_t)(*in - start));
    if (*in < end && bdk_json_number_is_whole(json->cursor)) {
        event->last = 1;
        bdk_json_end_value(json);
        return BEDROCK_EVENT;
    }
    return *in > start ? BEDROCK_EVENT : bdk_json_fail(json, BEDROCK_E_JSON);
}

static int in_literal(struct bedrock_json *json, const char **in, struct bedrock_json_event *event)
{
    if (**in != words[json->cursor]) {
        return bdk_json_fail(json, BEDROCK_E_JSON);
    }
    ++*in;
    json->cursor++;
    if (words[json->cursor] != '\0') {
        return BDK_JSON_GO_ON;
    }
    bdk_json_end_value(json);
    return emit_token(event, json->type);
}

static int advance(struct bedrock_json *json, const char **in, const char *end,
                   struct bedrock_json_event *event)
{
    int status = BDK_JSON_GO_ON;

    while (status == BDK_JSON_GO_ON) {
        if (*in == end) {
            return BEDROCK_OK;
        }
        if (json->state < BDK_JSON_IN_NUMBER) {
            status = in_structure(json, in, end, event);
        } else if (json->state == BDK_JSON_IN_NUMBER) {
            status = in_number(json, in, end, event);
        } else if (json->state == BDK_JSON_IN_LITERAL) {
            status = in_literal(json, in, event);
        } else {
            status = bdk_json_string(json, in, end, event);
        }
    }
    return status;
}

/* Reads on in a raw value, whose bytes in this input begin at *in. */
static int advance_raw(struct bedrock_json *json, const char **in, const char *end,
                       struct bedrock_json_event *event)
{
    const char *start = *in;
    int status, whole;

    do {
        status = advance(json, in, end, event);
        whole = status > 0 && json->depth == json->raw_depth &&
                (json->state == BDK_JSON_AT_COMMA || json->state == BDK_JSON_AT_END);
    } while (status > 0 && !whole);
    if (!whole && *in == start) {
        return status;
    }
    if (whole) {
        json->raw = RAW_NONE;
    }
    bdk_json_emit(event, BEDROCK_JSON_RAW, start, (size_t)(*in - start));
    event->last = (uint8_t)whole;
    return BEDROCK_EVENT;
}

void bedrock_json_init(struct bedrock_json *json)
{
    memset(json, 0, sizeof *json);
}

int bedrock_json_next(struct bedrock_json *json, const char **in, const char *end,
                      struct bedrock_json_event *event)
{
    int status;

    if (json->error != BEDROCK_OK) {
        return json->error;
    }
    if (json->raw != RAW_OPEN) {
        status = advance(json, in, end, event);
        if (json->raw != RAW_OPEN) {
            return status;
        }
    }
    return advance_raw(json, in, end, event);
}

void bedrock_json_raw(struct bedrock_json *json)
{
    json->raw = RAW_WANTED;
}

int bedrock_json_finish(struct bedrock_json *json, struct bedrock_json_event *event)
{
    if (json->error != BEDROCK_OK) {
        return json->error;
    }
    if (json->state == BDK_JSON_IN_NUMBER && json->depth == 0 &&
        bdk_json_number_is_whole(json->cursor)) {
        uint8_t type = json->raw == RAW_OPEN ? BEDROCK_JSON_RAW : BEDROCK_JSON_NUMBER;

        json->raw = RAW_NONE;
        bdk_json_end_value(json);
        return emit_token(event, type);
    }
    return json->state == BDK_JSON_AT_END ? BEDROCK_OK : BEDROCK_E_JSON_INCOMPLETE;
}
