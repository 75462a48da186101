/* SPDX-License-Identifier: MIT */
/* The toolConfig of a loop's requests, rendered from the handlers' own table. */
#include "client/section_tools.h"
#include "tools/loop.h"

static int render_handlers(struct bedrock_json_writer *json, const void *part)
{
    const struct bedrock_tool_loop_config *config =
        ((const struct bedrock_tool_part *)part)->config;
    size_t i;

    bedrock_json_begin_object(json);
    bedrock_json_put_key(json, "tools");
    bedrock_json_begin_array(json);
    for (i = 0; i < config->tool_count; i++) {
        bdk_render_tool(json, &config->tools[i].tool);
    }
    bedrock_json_end_array(json);
    return bedrock_json_end_object(json);
}

const struct bedrock_section bdk_tool_section = {"toolConfig", render_handlers};
