/* SPDX-License-Identifier: MIT */
/* What stands between strings: structure, numbers, and the three words. See token.h. */
#include "bedrock/error.h"
#include "json/number.h"
#include "json/text.h"
#include "json/token.h"

/* What may come between values, by state: the end of the container, or the byte that leads on to
 * the next state. A space stands for none: white space is taken before anything is compared. */
static const struct rule {
    char closing;
    char wanted;
    uint8_t next;
} rules[] = {
    {' ', ' ', BDK_JSON_AT_VALUE}, {']', ' ', BDK_JSON_AT_VALUE}, {'}', '"', BDK_JSON_IN_TEXT},
    {' ', '"', BDK_JSON_IN_TEXT},  {' ', ':', BDK_JSON_AT_VALUE}, {' ', ' ', BDK_JSON_AFTER_VALUE},
    {']', ',', BDK_JSON_AT_VALUE}, {'}', ',', BDK_JSON_AT_KEY},
};

/* Returns 0 if that would be a level too many. */
static int begin_container(struct bedrock_json *json, struct bedrock_json_event *event,
                           const char *p, unsigned is_object)
{
    if (json->depth == BEDROCK_JSON_DEPTH) {
        bdk_json_fail(json, BEDROCK_E_JSON_DEPTH);
        return 0;
    }
    json->depth++;
    json->kinds = json->kinds << 1 | is_object;
    json->state = (uint8_t)(BDK_JSON_AT_FIRST_ELEMENT + is_object);
    json->type = (uint8_t)(BEDROCK_JSON_ARRAY_BEGIN - 2 * is_object);
    event->text = p;
    return 1;
}

static void end_container(struct bedrock_json *json, struct bedrock_json_event *event,
                          const char *p)
{
    json->type = (uint8_t)(BEDROCK_JSON_ARRAY_END - 2 * (json->kinds & 1));
    json->kinds >>= 1;
    json->depth--;
    json->state = BDK_JSON_AFTER_VALUE;
    if (json->raw == BDK_JSON_RAW_WANTED) {
        json->raw = BDK_JSON_RAW_NONE;
    }
    event->text = p;
}

/* Takes the first byte of a value. Returns 0 if it was not taken. The letters of a word that are
 * still to come stand in units, the next one lowest. */
static int begin_value(struct bedrock_json *json, struct bedrock_json_event *event, const char *p)
{
    char c = *p;

    if (json->raw == BDK_JSON_RAW_WANTED) {
        json->raw = (uint8_t)(BDK_JSON_RAW_OPEN + json->depth);
    }
    if (c == '{' || c == '[') {
        return begin_container(json, event, p, c == '{');
    }
    json->state = BDK_JSON_IN_LITERAL;
    switch (c) {
    case '"':
        json->state = BDK_JSON_IN_TEXT;
        json->type = BEDROCK_JSON_STRING;
        return 1;
    case 't':
        json->type = BEDROCK_JSON_TRUE;
        json->units = 'r' | 'u' << 8 | (uint32_t)'e' << 16;
        return 1;
    case 'f':
        json->type = BEDROCK_JSON_FALSE;
        json->units = 'a' | 'l' << 8 | (uint32_t)'s' << 16 | (uint32_t)'e' << 24;
        return 1;
    case 'n':
        json->type = BEDROCK_JSON_NULL;
        json->units = 'u' | 'l' << 8 | (uint32_t)'l' << 16;
        return 1;
    default:
        json->state = BDK_JSON_IN_NUMBER;
        json->type = BEDROCK_JSON_NUMBER;
        json->cursor = BDK_NUMBER_START;
        return 0;
    }
}

/* A byte between values, or the first one of a value. Returns 0 if it was not taken. */
static int structure(struct bedrock_json *json, struct bedrock_json_event *event, const char *p)
{
    const struct rule *rule = &rules[json->state];
    char c = *p;

    if (bdk_json_is_space(c)) {
        return 1;
    }
    if (c == rule->closing) {
        end_container(json, event, p);
        return 1;
    }
    if (c == rule->wanted) {
        json->type = BEDROCK_JSON_KEY; /* in case that it is the quote of one */
        json->state = rule->next;
        return 1;
    }
    if (json->state <= BDK_JSON_AT_FIRST_ELEMENT) {
        return begin_value(json, event, p);
    }
    bdk_json_fail(json, BEDROCK_E_JSON);
    return 0;
}

static const char *in_number(struct bedrock_json *json, const char *p, const char *end,
                             struct bedrock_json_event *event)
{
    const char *stop = bdk_json_skip_number(&json->cursor, p, end);

    if (stop < end && bdk_json_number_is_whole(json->cursor)) {
        json->state = BDK_JSON_AFTER_VALUE;
        json->cursor = 0; /* see bedrock_json_finish() */
    } else if (stop == p) {
        bdk_json_fail(json, BEDROCK_E_JSON);
        return p;
    }
    bdk_json_tell(event, p, (size_t)(stop - p));
    return stop;
}

/* Returns 0 if the byte was not taken. */
static int in_literal(struct bedrock_json *json, struct bedrock_json_event *event, const char *p)
{
    if (*p != (char)json->units) {
        bdk_json_fail(json, BEDROCK_E_JSON);
        return 0;
    }
    json->units >>= 8;
    if (json->units == 0) {
        json->state = BDK_JSON_AFTER_VALUE;
        event->text = p;
    }
    return 1;
}

const char *bdk_json_step(struct bedrock_json *json, const char *p, const char *end,
                          struct bedrock_json_event *event)
{
    if (json->state >= BDK_JSON_IN_CODE_POINT) {
        return bdk_json_string(json, p, end, event);
    }
    if (json->state == BDK_JSON_IN_NUMBER) {
        return in_number(json, p, end, event);
    }
    return p + (json->state == BDK_JSON_IN_LITERAL ? in_literal(json, event, p)
                                                   : structure(json, event, p));
}
