/* SPDX-License-Identifier: MIT */
#include "rules_tools.h"

#include <string.h>

int sim_rules_has_block(const struct sim_json *message, const char *kind)
{
    const struct sim_json *block;

    for (block = sim_json_find(message, "content")->first; block != NULL; block = block->next) {
        if (sim_json_find(block, kind) != NULL) {
            return 1;
        }
    }
    return 0;
}

int sim_rules_count_blocks(const struct sim_json *list, const char *kind)
{
    const struct sim_json *block;
    int count = 0;

    for (block = list != NULL ? list->first : NULL; block != NULL; block = block->next) {
        count += sim_json_find(block, kind) != NULL;
    }
    return count;
}

static int has_result(const struct sim_json *message, const char *id)
{
    const struct sim_json *block;

    for (block = sim_json_find(message, "content")->first; block != NULL; block = block->next) {
        const char *other = sim_json_string(block, "toolResult/toolUseId");

        if (other != NULL && strcmp(other, id) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Every toolUse of `before` has its toolResult in `after`, and there are no others. */
static int check_tool_turn(const struct sim_json *before, const struct sim_json *after, int index,
                           struct sim_error *error)
{
    const struct sim_json *block;
    int uses =
        before != NULL ? sim_rules_count_blocks(sim_json_find(before, "content"), "toolUse") : 0;
    int results =
        after != NULL ? sim_rules_count_blocks(sim_json_find(after, "content"), "toolResult") : 0;

    if (after == NULL && uses == 0) {
        return 0;
    }
    block = before != NULL ? sim_json_find(before, "content")->first : NULL;
    for (; block != NULL; block = block->next) {
        const char *id = sim_json_string(block, "toolUse/toolUseId");

        if (id != NULL && (after == NULL || !has_result(after, id))) {
            return sim_invalid(
                error,
                "Expected toolResult blocks at messages.%d.content for the following "
                "Ids: %s",
                index, id);
        }
    }
    if (results > uses) {
        return sim_invalid(
            error,
            "The number of toolResult blocks at messages.%d.content exceeds the number "
            "of toolUse blocks of previous turn.",
            index);
    }
    return 0;
}

int sim_rules_check_tool_history(const struct sim_json *body, struct sim_error *error)
{
    const struct sim_json *previous = NULL;
    const struct sim_json *message;
    int index = 0;

    for (message = sim_json_find(body, "messages")->first; message != NULL;
         message = message->next, index++) {
        if ((sim_rules_has_block(message, "toolUse") ||
             sim_rules_has_block(message, "toolResult")) &&
            sim_json_find(body, "toolConfig") == NULL) {
            return sim_invalid(error, "The toolConfig field must be defined when using toolUse and "
                                      "toolResult content blocks.");
        }
        if (check_tool_turn(previous, message, index, error) != 0) {
            return -1;
        }
        previous = message;
    }
    return check_tool_turn(previous, NULL, index, error);
}

static int check_tool_spec(const struct sim_json *tool, int index, struct sim_error *error)
{
    const struct sim_json *schema = sim_json_find(tool, "toolSpec/inputSchema/json");
    const char *type = sim_json_string(schema, "type");

    if (schema != NULL && (type == NULL || strcmp(type, "object") != 0)) {
        return sim_invalid(
            error,
            "The value at toolConfig.tools.%d.toolSpec.inputSchema.json.type must be "
            "one of the following: object.",
            index);
    }
    return 0;
}

static int count_named(const struct sim_json *tools, const char *name)
{
    const struct sim_json *tool;
    int count = 0;

    for (tool = tools->first; tool != NULL; tool = tool->next) {
        const char *other = sim_json_string(tool, "toolSpec/name");

        count += other != NULL && strcmp(other, name) == 0;
    }
    return count;
}

int sim_rules_check_tools(const struct sim_json *body, struct sim_error *error)
{
    const struct sim_json *tools = sim_json_find(body, "toolConfig/tools");
    const char *chosen = sim_json_string(body, "toolConfig/toolChoice/tool/name");
    const struct sim_json *tool;
    int index = 0;

    for (tool = tools != NULL ? tools->first : NULL; tool != NULL; tool = tool->next, index++) {
        const char *name = sim_json_string(tool, "toolSpec/name");

        if (check_tool_spec(tool, index, error) != 0) {
            return -1;
        }
        if (name != NULL && count_named(tools, name) > 1) {
            return sim_invalid(error, "The tool name %s is given more than once in toolConfig.",
                               name);
        }
    }
    if (chosen != NULL && count_named(tools, chosen) == 0) {
        return sim_invalid(error, "toolConfig.toolChoice names the tool %s, which is not in tools.",
                           chosen);
    }
    return 0;
}
