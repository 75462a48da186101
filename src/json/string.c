/* SPDX-License-Identifier: MIT */
/*
 * What stands between quotes. Text is handed out where it lies in the input; escapes, and code
 * points that the input cuts, go through json->held.
 */
#include "bedrock/error.h"
#include "encoding/hex.h"
#include "json/text.h"
#include "json/token.h"

/* A pair of surrogates, the high one ten bits above the low one, is so much more than the code
 * point that it stands for. */
enum { PAIR_EXCESS = (0xd800 << 10) + 0xdc00 - 0x10000 };

/* Hands out a code point in UTF-8, made from its last byte on. */
static void tell_code_point(struct bedrock_json *json, struct bedrock_json_event *event,
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
    bdk_json_tell(event, p, (size_t)(end - p));
}

/* Text as it stands. Behind a backslash its first byte is one that only needed escaping. */
static const char *in_text(struct bedrock_json *json, const char *p, const char *end,
                           struct bedrock_json_event *event)
{
    const char *stop =
        bdk_json_skip_text(&json->utf8, p + (json->state == BDK_JSON_IN_ESCAPE), end);

    json->state = BDK_JSON_IN_TEXT;
    if (!bdk_utf8_is_whole(json->utf8)) {
        json->utf8 = 0;
        do { /* back to the first byte of what is cut */
            stop--;
        } while ((uint8_t)*stop < 0xc0);
    }
    bdk_json_tell(event, p, (size_t)(stop - p));
    if (stop == end) {
        return stop;
    }
    if (*stop == '"') {
        json->state = json->type == BEDROCK_JSON_KEY ? BDK_JSON_AT_COLON : BDK_JSON_AFTER_VALUE;
        return stop + 1;
    }
    if (stop == p) {
        event->text = NULL;
    }
    if (*stop == '\\') {
        json->state = BDK_JSON_IN_ESCAPE;
        return stop + 1;
    }
    if (stop == p) {
        json->state = BDK_JSON_IN_CODE_POINT;
        json->cursor = 0;
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
    json->held[json->cursor++] = *p;
    if (bdk_utf8_is_whole(json->utf8)) {
        json->state = BDK_JSON_IN_TEXT;
        bdk_json_tell(event, json->held, json->cursor);
    }
    return p + 1;
}

/* Does it mean the same with a backslash in front as without, if it may stand there? */
static int stands_for_itself(char c)
{
    return c == '"' || c == '\\' || c == '/';
}

static const char *in_escape(struct bedrock_json *json, const char *p,
                             struct bedrock_json_event *event)
{
    const char *escape = bdk_json_escapes;

    if (*p == 'u') {
        json->state = BDK_JSON_IN_UNIT;
        json->units = 0;
        return p + 1;
    }
    while (*escape != *p) {
        escape += 2;
        if (*escape == '\0') {
            bdk_json_fail(json, BEDROCK_E_JSON);
            return p;
        }
    }
    json->state = BDK_JSON_IN_TEXT;
    bdk_json_tell(event, escape + 1, 1);
    return p + 1;
}

/* The backslash or the u of the low surrogate that must follow a high one. If it is none of them it
 * is looked at again, as what it would be without a surrogate. */
static const char *at_low(struct bedrock_json *json, const char *p,
                          struct bedrock_json_event *event)
{
    if (*p == (json->state == BDK_JSON_AT_LOW ? '\\' : 'u')) {
        json->state++;
        return p + 1;
    }
    json->state = (uint8_t)(json->state - BDK_JSON_AT_LOW + BDK_JSON_IN_TEXT);
    tell_code_point(json, event, json->units);
    return p;
}

/* A digit of \uxxxx. Behind a high surrogate that one ends up in the upper half of units. */
static const char *in_unit(struct bedrock_json *json, const char *p,
                           struct bedrock_json_event *event)
{
    int digit = bdk_hex_digit(*p);
    uint32_t units = json->units << 4 | (unsigned)digit;

    if (digit < 0) {
        bdk_json_fail(json, BEDROCK_E_JSON);
        return p;
    }
    if (json->state < BDK_JSON_AT_LAST_DIGIT) {
        json->units = units;
        json->state++;
        return p + 1;
    }
    if (units >> 16 != 0) {
        if ((units & 0xfc00) != 0xdc00) {
            json->units &= 0xfff; /* the digit is not taken: its unit comes next */
            tell_code_point(json, event, units >> 16);
            return p;
        }
        units = ((units >> 16) << 10) + (units & 0xffff) - PAIR_EXCESS;
    } else if (units >> 10 == 0xd800 >> 10) {
        json->units = units;
        json->state = BDK_JSON_AT_LOW;
        return p + 1;
    }
    json->state = BDK_JSON_IN_TEXT;
    tell_code_point(json, event, units);
    return p + 1;
}

const char *bdk_json_string(struct bedrock_json *json, const char *p, const char *end,
                            struct bedrock_json_event *event)
{
    switch (json->state) {
    case BDK_JSON_IN_CODE_POINT:
        return in_code_point(json, p, event);
    case BDK_JSON_AT_LOW:
    case BDK_JSON_AT_LOW_U:
        return at_low(json, p, event);
    case BDK_JSON_IN_ESCAPE:
        if (!stands_for_itself(*p)) {
            return in_escape(json, p, event);
        }
        /* fall through */
    case BDK_JSON_IN_TEXT:
        return in_text(json, p, end, event);
    default:
        return in_unit(json, p, event);
    }
}
