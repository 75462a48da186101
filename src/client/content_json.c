/* SPDX-License-Identifier: MIT */
/* Content that is JSON already. See bedrock/converse.h. */
#include "client/converse.h"

#include "json/writer.h"

#include <string.h>

void bdk_put_raw_member(struct bedrock_json_writer *json, const char *key, const char *value)
{
    if (bdk_is_given(value)) {
        bedrock_json_put_key(json, key);
        bedrock_json_put_raw(json, value, strlen(value));
    }
}

int bdk_check_json(const char *text, size_t len, int depth)
{
    return bdk_json_check_values(text, text + len, (uint8_t)depth, 0);
}

static int put_json(struct bedrock_json_writer *json, const struct bedrock_content *content)
{
    size_t len;
    const char *text = bdk_content_text(content, &len);

    return len == 0 ? bdk_refuse(json) : bedrock_json_put_raw(json, text, len);
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
