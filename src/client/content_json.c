/* SPDX-License-Identifier: MIT */
/* Content that is JSON already. See bedrock/converse.h. */
#include "client/converse.h"

#include <string.h>

void bdk_put_raw_member(struct bedrock_json_writer *json, const char *key, const char *value)
{
    if (!bdk_absent(value)) {
        bedrock_json_put_key(json, key);
        bedrock_json_put_raw(json, value, strlen(value));
    }
}

static int put_json(struct bedrock_json_writer *json, const struct bedrock_content *content)
{
    if (bdk_absent(content->text)) {
        return bedrock_output_fail(json->out, BEDROCK_E_ARGUMENT);
    }
    return bedrock_json_put_raw(json, content->text,
                                content->text_len > 0 ? content->text_len : strlen(content->text));
}

static int render_json(struct bedrock_json_writer *json, const struct bedrock_content *content)
{
    bedrock_json_begin_object(json);
    bedrock_json_put_key(json, "json");
    put_json(json, content);
    return bedrock_json_end_object(json);
}

const struct bedrock_content_kind bedrock_content_json = {render_json};
const struct bedrock_content_kind bedrock_content_raw = {put_json};
