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

int bdk_json_in_array(const struct bedrock_json_writer *json)
{
    return json->expect & BDK_JSON_EXPECT_ELEMENT;
}

/* Puts the opening of what is expected, without its comma if nothing stands before it. */
static int put_opening(struct bedrock_json_writer *json, unsigned expected, const char *opening)
{
    allow(json, expected);
    return bedrock_output_text(json->out, opening + !(json->expect & BDK_JSON_EXPECT_COMMA));
}

int bdk_json_begin_value(struct bedrock_json_writer *json, const char *opening)
{
    return put_opening(json, BDK_JSON_EXPECT_VALUE | BDK_JSON_EXPECT_ELEMENT, opening);
}

int bdk_json_value_done(struct bedrock_json_writer *json)
{
    json->expect = json->depth == 0    ? BDK_JSON_EXPECT_END
                   : (json->kinds & 1) ? BDK_JSON_EXPECT_NEXT_KEY
                                       : BDK_JSON_EXPECT_NEXT_ELEMENT;
    return json->out->status;
}

/* ----------------------------------------------------------- containers */

static int begin_container(struct bedrock_json_writer *json, const char *opening)
{
    unsigned is_object = opening[1] == '{';

    bdk_json_begin_value(json, opening);
    if (json->depth == BEDROCK_JSON_DEPTH) {
        return bedrock_output_fail(json->out, BEDROCK_E_JSON_DEPTH);
    }
    json->kinds = json->kinds << 1 | is_object;
    json->depth++;
    json->expect = is_object ? BDK_JSON_EXPECT_FIRST_KEY : BDK_JSON_EXPECT_FIRST_ELEMENT;
    return json->out->status;
}

static int end_container(struct bedrock_json_writer *json, const char *closing, unsigned expected)
{
    if (allow(json, expected) != BEDROCK_OK) {
        return json->out->status;
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
    char digits[2];

    bedrock_output_put(out, "\\", 1);
    for (; *escape != '\0'; escape += 2) {
        if (escape[1] == c) {
            bedrock_output_put(out, escape, 1);
            return;
        }
    }
    bdk_hex_encode(digits, &c, 1);
    bedrock_output_put(out, "u00", 3);
    bedrock_output_put(out, digits, sizeof digits);
}

/* Where the run of bytes ends that are put as they are, *utf8 following a code point that is cut.
 * NULL: not UTF-8. */
static const char *skip_run(struct bedrock_json_utf8 *utf8, const char *text, const char *end)
{
    while (text < end) {
        if (utf8->left == 0) {
            text = bdk_json_skip_text(text, end);
            if (text == end || (uint8_t)*text < 0x80) {
                break;
            }
        }
        if (!bdk_utf8_step(utf8, *text)) {
            return NULL;
        }
        text++;
    }
    return text;
}

static int put_escaped(struct bedrock_json_writer *json, const char *text, size_t len)
{
    const char *end = text + len, *stop;

    while (text < end && json->out->status == BEDROCK_OK) {
        stop = skip_run(&json->utf8, text, end);
        if (stop == NULL) {
            return bedrock_output_fail(json->out, BEDROCK_E_UTF8);
        }
        bedrock_output_put(json->out, text, (size_t)(stop - text));
        if (stop < end) {
            put_escape(json->out, *stop++);
        }
        text = stop;
    }
    return json->out->status;
}

/* Closes the quotes, which must not cut a code point. */
static int end_text(struct bedrock_json_writer *json, const char *closing)
{
    if (json->utf8.left > 0) {
        return bedrock_output_fail(json->out, BEDROCK_E_UTF8);
    }
    return bedrock_output_text(json->out, closing);
}

int bedrock_json_begin_string(struct bedrock_json_writer *json)
{
    bdk_json_begin_value(json, ",\"");
    json->expect = BDK_JSON_EXPECT_TEXT;
    return json->out->status;
}

int bedrock_json_put_piece(struct bedrock_json_writer *json, const char *text, size_t len)
{
    if (allow(json, BDK_JSON_EXPECT_TEXT) != BEDROCK_OK || len == 0) {
        return json->out->status;
    }
    return put_escaped(json, text, len);
}

int bedrock_json_end_string(struct bedrock_json_writer *json)
{
    allow(json, BDK_JSON_EXPECT_TEXT);
    end_text(json, "\"");
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

int bedrock_json_put_key(struct bedrock_json_writer *json, const char *key)
{
    put_opening(json, BDK_JSON_EXPECT_KEY, ",\"");
    put_escaped(json, key, strlen(key));
    json->expect = BDK_JSON_EXPECT_VALUE;
    return end_text(json, "\":");
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
        return bedrock_output_fail(json->out, BEDROCK_E_JSON);
    }
    bedrock_output_text(json->out, text);
    return bdk_json_value_done(json);
}

int bedrock_json_writer_finish(struct bedrock_json_writer *json)
{
    return allow(json, BDK_JSON_EXPECT_END);
}
