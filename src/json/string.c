/* SPDX-License-Identifier: MIT */
/*
 * What stands between quotes: runs of text are handed out where they lie in the input, escapes and
 * code points that the input cuts go through json->held.
 */
#include "bedrock/error.h"
#include "encoding/hex.h"
#include "json/text.h"
#include "json/token.h"

static int is_high(uint16_t unit)
{
    return unit >> 10 == 0xd800 >> 10;
}

static int is_low(uint16_t unit)
{
    return unit >> 10 == 0xdc00 >> 10;
}

static int emit_held(struct bedrock_json *json, struct bedrock_json_event *event, size_t len)
{
    return bdk_json_emit(event, json->type, json->held, len);
}

/* A continuation byte: the lowest six bits. */
static char low_bits(uint32_t code)
{
    return (char)(0x80 | (code & 0x3f));
}

static int emit_code_point(struct bedrock_json *json, struct bedrock_json_event *event,
                           uint32_t code)
{
    char *held = json->held;

    if (code < 0x80) {
        held[0] = (char)code;
        return emit_held(json, event, 1);
    }
    if (code < 0x800) {
        held[0] = (char)(0xc0 | code >> 6);
        held[1] = low_bits(code);
        return emit_held(json, event, 2);
    }
    if (code < 0x10000) {
        held[0] = (char)(0xe0 | code >> 12);
        held[1] = low_bits(code >> 6);
        held[2] = low_bits(code);
        return emit_held(json, event, 3);
    }
    held[0] = (char)(0xf0 | code >> 18);
    held[1] = low_bits(code >> 12);
    held[2] = low_bits(code >> 6);
    held[3] = low_bits(code);
    return emit_held(json, event, 4);
}

/* Half a pair alone. The byte that showed it is not taken: `state` will look at it again. */
static int lone_surrogate(struct bedrock_json *json, struct bedrock_json_event *event,
                          uint16_t unit, uint8_t state)
{
    if (!json->allow_lone_surrogates) {
        return bdk_json_fail(json, BEDROCK_E_JSON_UTF8);
    }
    json->surrogate = 0;
    json->state = state;
    return emit_code_point(json, event, unit);
}

/* Text as it stands; its first `known` bytes need no look. */
static int in_text(struct bedrock_json *json, const char **in, const char *end,
                   struct bedrock_json_event *event, size_t known)
{
    const char *start = *in;
    const char *stop = bdk_json_skip_text(start + known, end);
    size_t len = (size_t)(stop - start);
    char c = stop < end ? *stop : 'a';

    json->state = BDK_JSON_IN_TEXT;
    *in = stop;
    if (c == '"') {
        ++*in;
        bdk_json_end_value(json);
        if (json->type == BEDROCK_JSON_KEY) {
            json->state = BDK_JSON_AT_COLON;
        }
        bdk_json_emit(event, json->type, start, len);
        event->last = 1;
        return BEDROCK_EVENT;
    }
    if (c == '\\') {
        ++*in;
        json->state = BDK_JSON_IN_ESCAPE;
    }
    if (len > 0) {
        return bdk_json_emit(event, json->type, start, len);
    }
    if ((uint8_t)c < 0x20) {
        return bdk_json_fail(json, BEDROCK_E_JSON);
    }
    if (c != '\\') {
        json->state = BDK_JSON_IN_CODE_POINT;
        json->held_len = 0;
    }
    return BDK_JSON_GO_ON;
}

/* A code point that the input cuts, or bytes that are none. */
static int in_code_point(struct bedrock_json *json, const char **in,
                         struct bedrock_json_event *event)
{
    if (!bdk_utf8_step(&json->utf8, **in)) {
        return bdk_json_fail(json, BEDROCK_E_JSON_UTF8);
    }
    json->held[json->held_len++] = *(*in)++;
    if (json->utf8.left > 0) {
        return BDK_JSON_GO_ON;
    }
    json->state = BDK_JSON_IN_TEXT;
    return emit_held(json, event, json->held_len);
}

static int begin_unit(struct bedrock_json *json)
{
    json->state = BDK_JSON_IN_UNIT;
    json->cursor = 4;
    json->unit = 0;
    return BDK_JSON_GO_ON;
}

static int in_escape(struct bedrock_json *json, const char **in, const char *end,
                     struct bedrock_json_event *event)
{
    char c = **in;

    switch (c) {
    case '"':
    case '\\':
    case '/':
        return in_text(json, in, end, event, 1);
    case 'b':
        c = '\b';
        break;
    case 'f':
        c = '\f';
        break;
    case 'n':
        c = '\n';
        break;
    case 'r':
        c = '\r';
        break;
    case 't':
        c = '\t';
        break;
    case 'u':
        ++*in;
        return begin_unit(json);
    default:
        return bdk_json_fail(json, BEDROCK_E_JSON);
    }
    ++*in;
    json->state = BDK_JSON_IN_TEXT;
    return emit_code_point(json, event, (uint8_t)c);
}

static int in_unit(struct bedrock_json *json, const char **in, struct bedrock_json_event *event)
{
    int digit = bdk_hex_digit(**in);
    uint16_t unit = (uint16_t)(json->unit << 4 | (digit & 0xf));
    uint32_t code = unit;

    if (digit < 0) {
        return bdk_json_fail(json, BEDROCK_E_JSON);
    }
    if (json->cursor > 1) {
        json->cursor--;
        json->unit = unit;
        ++*in;
        return BDK_JSON_GO_ON;
    }
    if (json->surrogate != 0 && !is_low(unit)) {
        return lone_surrogate(json, event, json->surrogate, BDK_JSON_IN_UNIT);
    }
    ++*in;
    if (is_high(unit)) {
        json->surrogate = unit;
        json->state = BDK_JSON_AT_LOW;
        return BDK_JSON_GO_ON;
    }
    if (json->surrogate != 0) {
        code = 0x10000 + ((json->surrogate & 0x3ffU) << 10 | (unit & 0x3ffU));
        json->surrogate = 0;
    } else if (is_low(unit)) {
        return lone_surrogate(json, event, unit, BDK_JSON_IN_TEXT);
    }
    json->state = BDK_JSON_IN_TEXT;
    return emit_code_point(json, event, code);
}

/* Behind a high surrogate: the backslash of its low one, or else any other byte of the string. */
static int at_low(struct bedrock_json *json, const char **in, struct bedrock_json_event *event)
{
    if (**in != '\\') {
        return lone_surrogate(json, event, json->surrogate, BDK_JSON_IN_TEXT);
    }
    ++*in;
    json->state = BDK_JSON_AT_LOW_U;
    return BDK_JSON_GO_ON;
}

/* The same with its u. */
static int at_low_u(struct bedrock_json *json, const char **in, struct bedrock_json_event *event)
{
    if (**in != 'u') {
        return lone_surrogate(json, event, json->surrogate, BDK_JSON_IN_ESCAPE);
    }
    ++*in;
    return begin_unit(json);
}

int bdk_json_string(struct bedrock_json *json, const char **in, const char *end,
                    struct bedrock_json_event *event)
{
    switch (json->state) {
    case BDK_JSON_IN_TEXT:
        return in_text(json, in, end, event, 0);
    case BDK_JSON_IN_CODE_POINT:
        return in_code_point(json, in, event);
    case BDK_JSON_IN_ESCAPE:
        return in_escape(json, in, end, event);
    case BDK_JSON_IN_UNIT:
        return in_unit(json, in, event);
    case BDK_JSON_AT_LOW:
        return at_low(json, in, event);
    default:
        return at_low_u(json, in, event);
    }
}
