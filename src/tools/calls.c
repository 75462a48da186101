/* SPDX-License-Identifier: MIT */
/* The calls of tools in an answer, found where they are: in the history's text. */
#include "bedrock/error.h"
#include "tools/loop.h"
#include "util/bytes.h"

/* What matters in a turn as the history writes it. */
enum { TOOL_USE = 'u', INPUT = 'i', ID = 'd', NAME = 'n' };

static const char nodes[] = " 0\0"
                            " 1content\0"
                            " 2[]\0"
                            "u3toolUse\0"
                            "i4input\0"
                            "d4toolUseId\0"
                            "n4name\0";

void bdk_tool_walk_init(struct bdk_tool_walk *walk, const struct bedrock_tool_loop *loop)
{
    const struct bedrock_history *history = loop->config.history;

    bedrock_json_init(&walk->json);
    bedrock_json_path_init(&walk->path, nodes);
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
                 struct bedrock_tool_call *call, const struct bedrock_json_event *event, char tag)
{
    if (tag == TOOL_USE && event->type == BEDROCK_JSON_OBJECT_BEGIN) {
        begin_call(loop, call);
    } else if (tag == INPUT && event->type == BEDROCK_JSON_KEY) {
        bedrock_json_raw(&walk->json);
    } else if (tag == INPUT && event->type == BEDROCK_JSON_RAW) {
        call->input = event->text; /* one piece, because all of it is there */
        call->input_len = event->len;
    } else if (tag == ID && event->type == BEDROCK_JSON_STRING) {
        bdk_append(loop->tool_use_id, sizeof loop->tool_use_id, event->text, event->len);
    } else if (tag == NAME && event->type == BEDROCK_JSON_STRING) {
        bdk_append(loop->name, sizeof loop->name, event->text, event->len);
    }
}

int bdk_tool_walk_next(struct bdk_tool_walk *walk, struct bedrock_tool_loop *loop,
                       struct bedrock_tool_call *call)
{
    struct bedrock_json_event event;

    while (bedrock_json_next(&walk->json, &walk->in, walk->end, &event) == BEDROCK_EVENT) {
        char tag = bedrock_json_path_next(&walk->path, &event);

        if (tag == TOOL_USE && event.type == BEDROCK_JSON_OBJECT_END) {
            return 1;
        }
        take(walk, loop, call, &event, tag);
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
