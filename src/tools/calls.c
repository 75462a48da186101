/* SPDX-License-Identifier: MIT */
/* The calls of tools in an answer, found where they are: in the history's text. */
#include "bedrock/error.h"
#include "tools/loop.h"
#include "util/bytes.h"

/* The places of a turn as the history writes it. */
enum { ROOT, CONTENT, BLOCK, TOOL_USE, INPUT, ID, NAME };

static const struct bedrock_json_node nodes[] = {
    {ROOT, 0, ""},         {ROOT, 0, "content"},   {CONTENT, 0, "[]"},
    {BLOCK, 0, "toolUse"}, {TOOL_USE, 0, "input"}, {TOOL_USE, 0, "toolUseId"},
    {TOOL_USE, 0, "name"},
};

void bdk_tool_walk_init(struct bdk_tool_walk *walk, const struct bedrock_tool_loop *loop)
{
    const struct bedrock_history *history = loop->config.history;

    bedrock_json_init(&walk->json);
    bedrock_json_path_init(&walk->path, nodes, BDK_COUNT(nodes), ROOT);
    /* Behind the comma; an answer of which nothing was kept has none. */
    walk->in = history->text + loop->answer + (loop->answer < history->len);
    walk->end = history->text + history->len;
}

static void begin_call(struct bedrock_tool_loop *loop, struct bedrock_tool_call *call)
{
    loop->tool_use_id[0] = loop->name[0] = '\0';
    call->tool_use_id = loop->tool_use_id;
    call->name = loop->name;
    call->input = "";
    call->input_len = 0;
    call->loop = loop;
}

static void take(struct bdk_tool_walk *walk, struct bedrock_tool_loop *loop,
                 struct bedrock_tool_call *call, const struct bedrock_json_event *event,
                 uint8_t node)
{
    if (node == TOOL_USE && event->type == BEDROCK_JSON_OBJECT_BEGIN) {
        begin_call(loop, call);
    } else if (node == INPUT && event->type == BEDROCK_JSON_KEY) {
        bedrock_json_raw(&walk->json);
    } else if (node == INPUT && event->type == BEDROCK_JSON_RAW) {
        call->input = event->text; /* one piece, because all of it is there */
        call->input_len = event->len;
    } else if (node == ID && event->type == BEDROCK_JSON_STRING) {
        bdk_append(loop->tool_use_id, sizeof loop->tool_use_id, event->text, event->len);
    } else if (node == NAME && event->type == BEDROCK_JSON_STRING) {
        bdk_append(loop->name, sizeof loop->name, event->text, event->len);
    }
}

int bdk_tool_walk_next(struct bdk_tool_walk *walk, struct bedrock_tool_loop *loop,
                       struct bedrock_tool_call *call)
{
    struct bedrock_json_event event;

    while (bedrock_json_next(&walk->json, &walk->in, walk->end, &event) == BEDROCK_EVENT) {
        uint8_t node = bedrock_json_path_next(&walk->path, &event);

        if (node == TOOL_USE && event.type == BEDROCK_JSON_OBJECT_END) {
            return 1;
        }
        take(walk, loop, call, &event, node);
    }
    return 0;
}

size_t bdk_tool_count_calls(struct bedrock_tool_loop *loop)
{
    struct bedrock_tool_call call;
    struct bdk_tool_walk walk;
    size_t count = 0;

    bdk_tool_walk_init(&walk, loop);
    while (bdk_tool_walk_next(&walk, loop, &call)) {
        count++;
    }
    return count;
}
