/* SPDX-License-Identifier: MIT */
/* See bedrock/json.h. A file of its own: who splices nothing in links no tokenizer. */
#include "bedrock/error.h"
#include "json/text.h"
#include "json/token.h"
#include "json/writer.h"

int bdk_json_check_values(const char *text, const char *end, uint8_t depth, int many)
{
    struct bedrock_json_event event;
    struct bedrock_json json;
    uint8_t around = many != 0;
    int status;

    bedrock_json_init(&json);
    json.depth = around; /* many are read as the elements of an array */
    while ((status = bedrock_json_next(&json, &text, end, &event)) == BEDROCK_EVENT) {
        if (json.depth < around) {
            return BEDROCK_E_JSON; /* its end, which is not theirs */
        }
        if (json.depth > BEDROCK_JSON_DEPTH + around - depth) {
            return BEDROCK_E_JSON_DEPTH;
        }
    }
    if (status == BEDROCK_OK) {
        json.depth = (uint8_t)(json.depth - around);
        if (json.depth > 0 || json.state != BDK_JSON_AFTER_ELEMENT) {
            status = bedrock_json_finish(&json, &event);
        }
    }
    return status == BEDROCK_EVENT ? BEDROCK_OK : status;
}

/* Puts one value or many, without the white space around them. They are checked where their first
 * byte is wanted: the windows behind that one would read all of them again, which for long ones
 * takes longer than to send them. */
static int put_values(struct bedrock_json_writer *json, const char *text, size_t len, int many)
{
    int status;

    while (len > 0 && bdk_json_is_space(text[len - 1])) {
        len--;
    }
    while (len > 0 && bdk_json_is_space(*text)) {
        text++;
        len--;
    }
    if (many && len == 0) {
        return json->out->status;
    }
    status = bdk_json_begin_value(json, ",");
    if (status == BEDROCK_OK && len == 0) {
        status = BEDROCK_E_JSON_INCOMPLETE;
    }
    if (status == BEDROCK_OK && bedrock_output_skippable(json->out) == 0) {
        status = bdk_json_check_values(text, text + len, json->depth, many);
    }
    bedrock_output_fail(json->out, status);
    bedrock_output_put(json->out, text, len);
    return bdk_json_value_done(json);
}

int bedrock_json_put_raw(struct bedrock_json_writer *json, const char *text, size_t len)
{
    return put_values(json, text, len, 0);
}

int bedrock_json_put_raw_elements(struct bedrock_json_writer *json, const char *text, size_t len)
{
    if (!bdk_json_in_array(json)) {
        return bedrock_output_fail(json->out, BEDROCK_E_STATE);
    }
    return put_values(json, text, len, 1);
}
