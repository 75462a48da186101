/* SPDX-License-Identifier: MIT */
/* Which tools a model may call. See bedrock/converse.h. */
#include "client/section_tools.h"

#include "client/converse.h"
#include "util/bytes.h"

static void render_tool_spec(struct bedrock_json_writer *json, const struct bedrock_tool *tool)
{
    bdk_begin_member(json, "toolSpec");
    bdk_put_required(json, "name", tool->name);
    bdk_put_member(json, "description", tool->description);
    bdk_begin_member(json, "inputSchema");
    bdk_put_raw_member(json, "json",
                       bdk_is_given(tool->input_schema) ? tool->input_schema
                                                        : "{\"type\":\"object\"}");
    bdk_end(json, 1);
    bdk_put_flag(json, "strict", tool->strict);
    bdk_end(json, 1);
}

void bdk_render_tool(struct bedrock_json_writer *json, const struct bedrock_tool *tool)
{
    bedrock_json_begin_object(json);
    if (tool->cache_point) {
        bdk_begin_member(json, "cachePoint");
        bdk_put_member(json, "type", "default");
        bdk_put_member(json, "ttl", tool->cache_ttl);
        bdk_end(json, 1);
    } else if (tool->system_tool) {
        bdk_begin_member(json, "systemTool");
        bdk_put_required(json, "name", tool->name);
        bdk_end(json, 1);
    } else {
        render_tool_spec(json, tool);
    }
    bedrock_json_end_object(json);
}

/* {"auto":{}}, {"any":{}} or {"tool":{"name":"..."}} */
static void render_choice(struct bedrock_json_writer *json,
                          const struct bedrock_tool_config *config)
{
    int by_name = bdk_is_given(config->choice) && bdk_same(config->choice, "tool");

    if (by_name != bdk_is_given(config->choice_name)) {
        bdk_refuse(json);
    }
    if (!bdk_is_given(config->choice)) {
        return;
    }
    bdk_begin_member(json, "toolChoice");
    bdk_begin_member(json, config->choice);
    bdk_put_member(json, "name", config->choice_name);
    bdk_end(json, 2);
}

static int render_tools(struct bedrock_json_writer *json, const void *part)
{
    const struct bedrock_tool_config *config = part;
    size_t i;

    if (config->tools.items == NULL || config->tools.count == 0) {
        return bdk_refuse(json);
    }
    bedrock_json_begin_object(json);
    bedrock_json_put_key(json, "tools");
    bedrock_json_begin_array(json);
    for (i = 0; i < config->tools.count; i++) {
        bdk_render_tool(json, &config->tools.items[i]);
    }
    bedrock_json_end_array(json);
    render_choice(json, config);
    return bedrock_json_end_object(json);
}

const struct bedrock_section bedrock_section_tool_config = {"toolConfig", render_tools};
