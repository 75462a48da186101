/* SPDX-License-Identifier: MIT */
/* From one answer to the next, and to the end. See bedrock/tools.h. */
#include "tools/loop.h"

#include "client/client.h"

/* The turn of results, without them; then the comma before the answer. */
#define TURN_SIZE sizeof ",{\"role\":\"user\",\"content\":[]}"

/* ------------------------------------------------------------------- the end */

/* The history as it was before the user's turn. */
static void take_back(struct bedrock_tool_loop *loop)
{
    loop->config.history->last_add = loop->mark;
    bedrock_history_rollback(loop->config.history);
}

int bdk_tool_end(struct bedrock_tool_loop *loop, int status)
{
    struct bedrock_client *client = loop->client;

    loop->running = 0;
    loop->status = status;
    if (status == BEDROCK_OK) {
        return status;
    }
    take_back(loop);
    if (client->state >= BDK_PREPARE) {
        bdk_client_give_up(client, status);
    } else if (client->error.code != status) {
        bdk_client_refuse(client, status);
    }
    return status;
}

/* ------------------------------------------------------------------- rounds */

int bdk_tool_call_model(struct bedrock_tool_loop *loop)
{
    const struct bedrock_converse *request = &loop->config.request;

    loop->kept = BEDROCK_OK;
    loop->stop_reason = BEDROCK_STOP_UNKNOWN;
    return loop->config.unary ? bedrock_converse(loop->client, request)
                              : bedrock_converse_stream(loop->client, request);
}

/* Opens the turn of results: with room for them if there can be, else for no more than to say that
 * each tool failed. Either way the answer has its room behind it. */
static int begin_turn(struct bedrock_tool_loop *loop, size_t count)
{
    struct bedrock_history *history = loop->config.history;
    size_t room = loop->config.room, before = history->len, dropped;
    size_t least = TURN_SIZE + count * BDK_TOOL_FAILURE_SIZE + room;
    int status = bedrock_history_begin_turn(history, least + room);

    if (status == BEDROCK_E_BUFFER) {
        status = bedrock_history_begin_turn(history, least);
    }
    dropped = before - history->len;
    loop->answer -= dropped;
    loop->mark = loop->mark > dropped ? loop->mark - dropped : 0;
    return status;
}

/* Runs the tools and asks again. The next call is started before the handlers run, so that
 * bedrock_cancel() is heard meanwhile; it is rendered after them. Its deadlines begin then. */
static int answer_calls(struct bedrock_tool_loop *loop, size_t count)
{
    struct bedrock_client *client = loop->client;
    int status = begin_turn(loop, count);

    if (status == BEDROCK_OK) {
        status = bdk_tool_call_model(loop);
    }
    if (status == BEDROCK_OK) {
        status = bdk_tool_answer_calls(loop, count);
    }
    if (status == BEDROCK_OK) {
        status = bedrock_history_end_turn(loop->config.history);
    }
    loop->answer = loop->config.history->len;
    client->call_start_ms = client->phase_start_ms = bdk_now_ms(client);
    return status;
}

int bdk_tool_next_round(struct bedrock_tool_loop *loop)
{
    size_t count;

    if (loop->kept != BEDROCK_OK) {
        return bdk_tool_end(loop, loop->kept);
    }
    count = bdk_tool_count_calls(loop);
    if (loop->stop_reason != BEDROCK_STOP_TOOL_USE) {
        if (loop->config.history->last_add < loop->config.history->len) {
            take_back(loop); /* nothing of it was kept */
        }
        return bdk_tool_end(loop, count > 0 ? BEDROCK_E_ANSWER_INCOMPLETE : BEDROCK_OK);
    }
    if (count == 0) {
        return bdk_tool_end(loop, BEDROCK_E_JSON_SHAPE);
    }
    if (loop->rounds == loop->config.max_rounds) {
        return bdk_tool_end(loop, BEDROCK_E_TOOL_ROUNDS);
    }
    loop->rounds++;
    loop->status = answer_calls(loop, count);
    return loop->status == BEDROCK_OK ? BEDROCK_OK : bdk_tool_end(loop, loop->status);
}
