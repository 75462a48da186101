/* SPDX-License-Identifier: MIT */
/* See bedrock/json.h. */
#include "json/writer.h"

#include "bedrock/error.h"
#include "encoding/hex.h"
#include "json/number.h"
#include "json/text.h"

#include <string.h>

void bedrock_json_writer_init(struct bedrock_json_writer *json, struct bedrock_output *out)
{
    memset(json, 0, sizeof *json);
    json->out = out;
    json->expect = BDK_JSON_EXPECT_VALUE;
}

/* ---------------------------------------------------------------- order */

/* Every function goes on after a failure: the puts that follow do nothing. */
static int allow(struct bedrock_json_writer *json, unsigned expected)
{
    return json->expect & expected ? json->out->status
                                   : bedrock_output_fail(json->out, BEDROCK_E_STATE);
}

int bdk_json_begin_value(struct bedrock_json_writer *json, const char *opening)
{
    allow(json, BDK_JSON_EXPECT_VALUE | BDK_JSON_EXPECT_ELEMENT);
    return bedrock_output_text(json->out, opening + !(json->expect & BDK_JSON_EXPECT_NEXT_ELEMENT));
}

int bdk_json_value_done(struct bedrock_json_writer *json)
{
    json->expect = BDK_JSON_EXPECT_END;
    if (json->depth > 0) {
        json->expect = json->kinds & 1 ? BDK_JSON_EXPECT_NEXT_KEY : BDK_JSON_EXPECT_NEXT_ELEMENT;
    }
    return json->out->status;
}

/* ----------------------------------------------------------- containers */

static int begin_container(struct bedrock_json_writer *json, const char *opening)
{
    unsigned is_object = opening[1] == '{';

    bdk_json_begin_value(json, opening);
    if (json->depth == BEDROCK_JSON_DEPTH) {
        bedrock_output_fail(json->out, BEDROCK_E_JSON_DEPTH);
    }
    json->kinds = json->kinds << 1 | is_object;
    json->depth++;
    json->expect = is_object ? BDK_JSON_EXPECT_FIRST_KEY : BDK_JSON_EXPECT_FIRST_ELEMENT;
    return json->out->status;
}

static int end_container(struct bedrock_json_writer *json, const char *closing, unsigned expected)
{
    int status = allow(json, expected);

    if (status != BEDROCK_OK) {
        return status;
    }
    json->kinds >>= 1;
    json->depth--;
    bedrock_output_text(json->out, closing);
    return bdk_json_value_done(json);
}

int bedrock_json_begin_object(struct bedrock_json_writer *json)
{
    return begin_container(json, ",{");
}

int bedrock_json_end_object(struct bedrock_json_writer *json)
{
    return end_container(json, "}", BDK_JSON_EXPECT_KEY);
}

int bedrock_json_begin_array(struct bedrock_json_writer *json)
{
    return begin_container(json, ",[");
}

int bedrock_json_end_array(struct bedrock_json_writer *json)
{
    return end_container(json, "]", BDK_JSON_EXPECT_ELEMENT);
}

/* --------------------------------------------------------------- strings */

static void put_escape(struct bedrock_output *out, char c)
{
    const char *escape = bdk_json_escapes;
    char text[6]; /* "\u001f" */
    size_t len = 2;

    memcpy(text, "\\u00", 4);
    while (*escape != '\0' && escape[1] != c) {
        escape += 2;
    }
    if (*escape != '\0') {
        text[1] = *escape;
    } else {
        text[4] = c;
        bdk_hex_encode(text + 4, text + 4, 1);
        len = 6;
    }
    bedrock_output_put(out, text, len);
}

static int put_escaped(struct bedrock_json_writer *json, const char *text, size_t len)
{
    while (len > 0 && json->out->status == BEDROCK_OK) {
        const char *end = text + len, *stop = bdk_json_skip_text(&json->utf8, text, end);

        if (stop < end && (!bdk_utf8_is_whole(json->utf8) || (uint8_t)*stop >= 0x80)) {
            return bedrock_output_fail(json->out, BEDROCK_E_UTF8);
        }
        bedrock_output_put(json->out, text, (size_t)(stop - text));
        if (stop < end) {
            put_escape(json->out, *stop++);
        }
        text = stop;
        len = (size_t)(end - stop);
    }
    return json->out->status;
}

int bedrock_json_begin_string(struct bedrock_json_writer *json)
{
    bdk_json_begin_value(json, ",\"");
    json->expect = BDK_JSON_EXPECT_TEXT;
    return json->out->status;
}

int bedrock_json_put_piece(struct bedrock_json_writer *json, const char *text, size_t len)
{
    allow(json, BDK_JSON_EXPECT_TEXT);
    return put_escaped(json, text, len);
}

int bedrock_json_end_string(struct bedrock_json_writer *json)
{
    allow(json, BDK_JSON_EXPECT_TEXT);
    if (!bdk_utf8_is_whole(json->utf8)) {
        bedrock_output_fail(json->out, BEDROCK_E_UTF8);
    }
    bedrock_output_text(json->out, "\"");
    return bdk_json_value_done(json);
}

int bedrock_json_put_string(struct bedrock_json_writer *json, const char *text, size_t len)
{
    bedrock_json_begin_string(json);
    bedrock_json_put_piece(json, text, len);
    return bedrock_json_end_string(json);
}

int bedrock_json_put_text(struct bedrock_json_writer *json, const char *text)
{
    return bedrock_json_put_string(json, text, strlen(text));
}

/* A key is written as a string would be that is an element, and a colon. */
int bedrock_json_put_key(struct bedrock_json_writer *json, const char *key)
{
    allow(json, BDK_JSON_EXPECT_KEY);
    json->expect >>= BDK_JSON_ELEMENT_TO_KEY;
    bedrock_json_put_text(json, key);
    json->expect = BDK_JSON_EXPECT_VALUE;
    return bedrock_output_text(json->out, ":");
}

/* --------------------------------------------------------------- scalars */

static int put_scalar(struct bedrock_json_writer *json, const char *text)
{
    bdk_json_begin_value(json, text);
    return bdk_json_value_done(json);
}

int bedrock_json_put_bool(struct bedrock_json_writer *json, int value)
{
    return put_scalar(json, value ? ",true" : ",false");
}

int bedrock_json_put_null(struct bedrock_json_writer *json)
{
    return put_scalar(json, ",null");
}

int bedrock_json_put_integer(struct bedrock_json_writer *json, int64_t value)
{
    uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

    bdk_json_begin_value(json, value < 0 ? ",-" : ",");
    bedrock_output_decimal(json->out, magnitude);
    return bdk_json_value_done(json);
}

int bedrock_json_put_number(struct bedrock_json_writer *json, const char *text)
{
    bdk_json_begin_value(json, ",");
    if (!bdk_json_is_number(text, strlen(text))) {
        bedrock_output_fail(json->out, BEDROCK_E_JSON);
    }
    bedrock_output_text(json->out, text);
    return bdk_json_value_done(json);
}

int bedrock_json_writer_finish(struct bedrock_json_writer *json)
{
    return allow(json, BDK_JSON_EXPECT_END);
}
