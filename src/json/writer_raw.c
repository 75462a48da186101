/* SPDX-License-Identifier: MIT */
/* See bedrock/json.h. A file of its own: who splices nothing in links no tokenizer. */
#include "bedrock/error.h"
#include "json/text.h"
#include "json/writer.h"

static const char *skip_space(const char *text, const char *end)
{
    while (text < end && bdk_json_is_space(*text)) {
        text++;
    }
    return text;
}

static const char *trim_end(const char *text, const char *end)
{
    while (end > text && bdk_json_is_space(end[-1])) {
        end--;
    }
    return end;
}

/* Checks one value, as it will stand `depth` levels deep, and moves *text behind it. */
static int check_value(const char **text, const char *end, uint8_t depth)
{
    struct bedrock_json_event event;
    struct bedrock_json json;
    int status;

    bedrock_json_init(&json);
    json.depth = depth;
    bedrock_json_raw(&json);
    do {
        status = bedrock_json_next(&json, text, end, &event);
    } while (status == BEDROCK_EVENT && !event.last);
    if (status == BEDROCK_OK) {
        /* The text is used up. Only at the top, which is made here, may a number end with it. */
        json.depth = (uint8_t)(json.depth - depth);
        status = bedrock_json_finish(&json, &event);
    }
    return status == BEDROCK_EVENT ? BEDROCK_OK : status;
}

int bdk_json_check_values(const char *text, const char *end, uint8_t depth, int many)
{
    for (;;) {
        int status = check_value(&text, end, depth);

        if (status != BEDROCK_OK) {
            return status;
        }
        text = skip_space(text, end);
        if (text == end) {
            return BEDROCK_OK;
        }
        if (!many || *text != ',') {
            return BEDROCK_E_JSON;
        }
        text++;
    }
}

/* Puts one value or many, without the white space around them. They are checked where their first
 * byte is wanted: the windows behind that one would read all of them again, which for long ones
 * takes longer than to send them. */
static int put_values(struct bedrock_json_writer *json, const char *text, const char *end, int many)
{
    int status;

    if (bdk_json_begin_value(json, ",") != BEDROCK_OK) {
        return json->out->status;
    }
    if (text == end || bedrock_output_skippable(json->out) == 0) {
        status = bdk_json_check_values(text, end, json->depth, many);
        if (status != BEDROCK_OK) {
            return bedrock_output_fail(json->out, status);
        }
    }
    bedrock_output_put(json->out, text, (size_t)(end - text));
    return bdk_json_value_done(json);
}

int bedrock_json_put_raw(struct bedrock_json_writer *json, const char *text, size_t len)
{
    const char *end;

    text = len > 0 ? text : "";
    end = trim_end(text, text + len);
    return put_values(json, skip_space(text, end), end, 0);
}

int bedrock_json_put_raw_elements(struct bedrock_json_writer *json, const char *text, size_t len)
{
    const char *end;

    if (json->out->status != BEDROCK_OK) {
        return json->out->status;
    }
    if (!bdk_json_in_array(json)) {
        return bedrock_output_fail(json->out, BEDROCK_E_STATE);
    }
    text = len > 0 ? text : "";
    end = trim_end(text, text + len);
    text = skip_space(text, end);
    return text < end ? put_values(json, text, end, 1) : BEDROCK_OK;
}
