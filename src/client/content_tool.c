/* SPDX-License-Identifier: MIT */
/* What tools are asked, and what they say. See bedrock/converse.h. */
#include "client/converse.h"

static int render_tool_use(struct bedrock_json_writer *json, const struct bedrock_content *content)
{
    const struct bedrock_tool_use *use = content->value;

    if (bdk_begin_block(json, content, "toolUse") != 0) {
        return json->out->status;
    }
    bdk_put_required(json, "toolUseId", use->tool_use_id);
    bdk_put_required(json, "name", use->name);
    bdk_put_raw_member(json, "input", bdk_is_given(use->input) ? use->input : "{}");
    bdk_put_member(json, "type", use->server_tool ? "server_tool_use" : NULL);
    return bdk_end(json, 2);
}

/* A result in a result means nothing to the service, and would let a caller's data nest without
 * end, and with it the stack. */
static int holds_result(const struct bedrock_content_list *list)
{
    size_t i = 0, count = list->items == NULL ? 0 : list->count;

    while (i < count && list->items[i].kind != &bedrock_content_tool_result) {
        i++;
    }
    return i < count;
}

static int render_tool_result(struct bedrock_json_writer *json,
                              const struct bedrock_content *content)
{
    const struct bedrock_tool_result *result = content->value;

    if (bdk_begin_block(json, content, "toolResult") != 0) {
        return json->out->status;
    }
    bdk_put_required(json, "toolUseId", result->tool_use_id);
    bedrock_json_put_key(json, "content");
    if (holds_result(&result->content)) {
        return bedrock_output_fail(json->out, BEDROCK_E_ARGUMENT);
    }
    if (result->content.count == 0) { /* a tool may have nothing to say */
        bedrock_json_begin_array(json);
        bedrock_json_end_array(json);
    } else {
        bdk_render_contents(json, &result->content);
    }
    bdk_put_member(json, "status", result->status);
    bdk_put_member(json, "type", result->type);
    return bdk_end(json, 2);
}

static int render_reference(struct bedrock_json_writer *json, const char *kind,
                            const struct bedrock_content *content)
{
    const struct bedrock_tool_reference *tool = content->value;

    if (bdk_begin_block(json, content, kind) != 0) {
        return json->out->status;
    }
    bdk_begin_member(json, "tool");
    bdk_put_member(json, "type", tool->type);
    bdk_put_member(json, "name", tool->name);
    bdk_put_member(json, "serverName", tool->server_name);
    return bdk_end(json, 3);
}

static int render_addition(struct bedrock_json_writer *json, const struct bedrock_content *content)
{
    return render_reference(json, "toolAddition", content);
}

static int render_removal(struct bedrock_json_writer *json, const struct bedrock_content *content)
{
    return render_reference(json, "toolRemoval", content);
}

const struct bedrock_content_kind bedrock_content_tool_use = {render_tool_use};
const struct bedrock_content_kind bedrock_content_tool_result = {render_tool_result};
const struct bedrock_content_kind bedrock_content_tool_addition = {render_addition};
const struct bedrock_content_kind bedrock_content_tool_removal = {render_removal};
