/* SPDX-License-Identifier: MIT */
/*
 * What stands between quotes. Text is handed out where it lies in the input; escapes, and code
 * points that the input cuts, go through json->held.
 */
#include "bedrock/error.h"
#include "encoding/hex.h"
#include "json/text.h"
#include "json/token.h"

void bdk_json_emit(struct bedrock_json_event *event, uint8_t type, const char *text, size_t len)
{
    event->type = (enum bedrock_json_type)type;
    event->last = 0;
    event->text = text;
    event->len = len;
}

void bdk_json_emit_token(struct bedrock_json *json, struct bedrock_json_event *event, uint8_t type)
{
    bdk_json_emit(event, type, json->held, 0);
    event->last = 1;
}

void bdk_json_end_value(struct bedrock_json *json)
{
    json->state = BDK_JSON_AT_END;
    if (json->depth > 0) {
        json->state = json->kinds & 1 ? BDK_JSON_AFTER_MEMBER : BDK_JSON_AFTER_ELEMENT;
    }
}

static int is_high(uint32_t unit)
{
    return unit >> 10 == 0xd800 >> 10;
}

static int is_low(uint32_t unit)
{
    return unit >> 10 == 0xdc00 >> 10;
}

/* Hands out a code point in UTF-8, made from its last byte on. */
static void emit_code_point(struct bedrock_json *json, struct bedrock_json_event *event,
                            uint32_t code)
{
    char *end = json->held + sizeof json->held, *p = end;
    unsigned room = 0x7f; /* what a first byte could hold of what is left of the code point */

    if (code >> 11 == 0xd800 >> 11 && !json->allow_lone_surrogates) {
        bdk_json_fail(json, BEDROCK_E_JSON_UTF8);
        return;
    }
    for (; code > room; code >>= 6) {
        *--p = (char)(0x80 | (code & 0x3f));
        room = room >> 1 & 0x1f;
    }
    *--p = (char)(~room << 1 | code);
    bdk_json_emit(event, json->type, p, (size_t)(end - p));
}

/* A high surrogate whose low one does not follow. */
static void emit_surrogate(struct bedrock_json *json, struct bedrock_json_event *event)
{
    uint16_t unit = json->surrogate;

    json->surrogate = 0;
    emit_code_point(json, event, unit);
}

/* Text as it stands. Behind a backslash its first byte is one that only needed escaping. */
static const char *in_text(struct bedrock_json *json, const char *p, const char *end,
                           struct bedrock_json_event *event)
{
    const char *stop = bdk_json_skip_text(p + (json->state == BDK_JSON_IN_ESCAPE), end);
    size_t len = (size_t)(stop - p);

    json->state = BDK_JSON_IN_TEXT;
    bdk_json_emit(event, json->type, len > 0 ? p : NULL, len);
    if (stop == end) {
        return stop;
    }
    if (*stop == '"') {
        event->text = p;
        event->last = 1;
        bdk_json_end_value(json);
        if (json->type == BEDROCK_JSON_KEY) {
            json->state = BDK_JSON_AT_COLON;
        }
        return stop + 1;
    }
    if (*stop == '\\') {
        json->state = BDK_JSON_IN_ESCAPE;
        return stop + 1;
    }
    if (len == 0) {
        json->state = BDK_JSON_IN_CODE_POINT;
        json->held_len = 0;
        if ((uint8_t)*stop < 0x20) {
            bdk_json_fail(json, BEDROCK_E_JSON);
        }
    }
    return stop;
}

/* A code point that the input cuts, or bytes that are none. */
static const char *in_code_point(struct bedrock_json *json, const char *p,
                                 struct bedrock_json_event *event)
{
    if (!bdk_utf8_step(&json->utf8, *p)) {
        bdk_json_fail(json, BEDROCK_E_JSON_UTF8);
        return p;
    }
    json->held[json->held_len++] = *p;
    if (json->utf8.left == 0) {
        json->state = BDK_JSON_IN_TEXT;
        bdk_json_emit(event, json->type, json->held, json->held_len);
    }
    return p + 1;
}

static const char *in_escape(struct bedrock_json *json, const char *p, const char *end,
                             struct bedrock_json_event *event)
{
    const char *escape = bdk_json_escapes;

    if (*p == 'u') {
        json->state = BDK_JSON_IN_UNIT;
        json->cursor = 4;
        return p + 1;
    }
    while (*escape != *p) {
        escape += 2;
        if (*escape == '\0') {
            bdk_json_fail(json, BEDROCK_E_JSON);
            return p;
        }
    }
    if (escape[1] == *p) {
        return in_text(json, p, end, event);
    }
    json->state = BDK_JSON_IN_TEXT;
    bdk_json_emit(event, json->type, escape + 1, 1);
    return p + 1;
}

static const char *in_unit(struct bedrock_json *json, const char *p,
                           struct bedrock_json_event *event)
{
    int digit = bdk_hex_digit(*p);
    uint32_t code = ((unsigned)json->unit << 4 | (unsigned)digit) & 0xffff;

    if (digit < 0) {
        bdk_json_fail(json, BEDROCK_E_JSON);
        return p;
    }
    if (json->cursor > 1) {
        json->cursor--;
        json->unit = (uint16_t)code;
        return p + 1;
    }
    if (json->surrogate != 0) {
        if (!is_low(code)) {
            emit_surrogate(json, event);
            return p; /* the digit is not taken: its unit comes next */
        }
        code = 0x10000 + ((json->surrogate & (uint32_t)0x3ff) << 10 | (code & 0x3ff));
        json->surrogate = 0;
    }
    json->state = BDK_JSON_IN_TEXT;
    if (is_high(code)) {
        json->surrogate = (uint16_t)code;
    } else {
        emit_code_point(json, event, code);
    }
    return p + 1;
}

/* Is it the backslash or the u of the low surrogate that must follow the high one? */
static int announces_low(const struct bedrock_json *json, char c)
{
    return json->state == BDK_JSON_IN_UNIT || c == (json->state == BDK_JSON_IN_TEXT ? '\\' : 'u');
}

const char *bdk_json_string(struct bedrock_json *json, const char *p, const char *end,
                            struct bedrock_json_event *event)
{
    if (json->surrogate != 0 && !announces_low(json, *p)) {
        emit_surrogate(json, event);
        return p;
    }
    switch (json->state) {
    case BDK_JSON_IN_TEXT:
        return in_text(json, p, end, event);
    case BDK_JSON_IN_CODE_POINT:
        return in_code_point(json, p, event);
    case BDK_JSON_IN_ESCAPE:
        return in_escape(json, p, end, event);
    default:
        return in_unit(json, p, event);
    }
}
