/* SPDX-License-Identifier: MIT */
/* From one answer to the next. See bedrock/tools.h. */
#include "tools/loop.h"

#include "client/client.h"

#include <string.h>

#define ROUNDS 8

/* The turn of results, without them; then the comma before the answer. */
#define TURN_SIZE sizeof ",{\"role\":\"user\",\"content\":[]}"
/* What must be left of the history while results are written: the turn's end, and that comma. */
#define TURN_END 3

/* ------------------------------------------------------------------- the end */

/* The history as it was before the user's turn. */
static void take_back(struct bedrock_tool_loop *loop)
{
    loop->config.history->last_add = loop->mark;
    bedrock_history_rollback(loop->config.history);
}

/* Ends the loop. What went wrong is told by the client as well, whoever found it. */
static int end(struct bedrock_tool_loop *loop, int status)
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

static int call_model(struct bedrock_tool_loop *loop)
{
    const struct bedrock_converse *request = &loop->config.request;

    loop->kept = BEDROCK_OK;
    loop->stop_reason = BEDROCK_STOP_UNKNOWN;
    return loop->config.unary ? bedrock_converse(loop->client, request)
                              : bedrock_converse_stream(loop->client, request);
}

static size_t count_calls(struct bedrock_tool_loop *loop)
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

static int put_results(struct bedrock_tool_loop *loop, size_t count)
{
    struct bedrock_tool_call call;
    struct bdk_tool_walk walk;
    int status = BEDROCK_OK;

    bdk_tool_walk_init(&walk, loop);
    while (status == BEDROCK_OK && bdk_tool_walk_next(&walk, loop, &call)) {
        if (loop->client->cancelled) {
            return BEDROCK_E_CANCELLED;
        }
        count--;
        status = bdk_tool_answer(loop, &call,
                                 count * BDK_TOOL_FAILURE_SIZE + loop->config.room + TURN_END);
    }
    return status;
}

/* Runs the tools and asks again. The next call is started before the handlers run, so that
 * bedrock_cancel() is heard meanwhile; it is rendered after them. Its deadlines begin then. */
static int answer_calls(struct bedrock_tool_loop *loop, size_t count)
{
    struct bedrock_client *client = loop->client;
    int status = begin_turn(loop, count);

    if (status == BEDROCK_OK) {
        status = call_model(loop);
    }
    if (status == BEDROCK_OK) {
        status = put_results(loop, count);
    }
    if (status == BEDROCK_OK) {
        status = bedrock_history_end_turn(loop->config.history);
    }
    loop->answer = loop->config.history->len;
    client->call_start_ms = client->phase_start_ms = bdk_now_ms(client);
    return status;
}

/* An answer is complete: the next round, the end, or what is wrong with it. */
static int next_round(struct bedrock_tool_loop *loop)
{
    size_t count;

    if (loop->kept != BEDROCK_OK) {
        return end(loop, loop->kept);
    }
    count = count_calls(loop);
    if (loop->stop_reason != BEDROCK_STOP_TOOL_USE) {
        if (loop->config.history->last_add < loop->config.history->len) {
            take_back(loop); /* nothing of it was kept */
        }
        return end(loop, count > 0 ? BEDROCK_E_ANSWER_INCOMPLETE : BEDROCK_OK);
    }
    if (count == 0) {
        return end(loop, BEDROCK_E_JSON_SHAPE);
    }
    if (loop->rounds == loop->config.max_rounds) {
        return end(loop, BEDROCK_E_TOOL_ROUNDS);
    }
    loop->rounds++;
    loop->status = answer_calls(loop, count);
    return loop->status == BEDROCK_OK ? BEDROCK_OK : end(loop, loop->status);
}

/* -------------------------------------------------------------------- start */

static int are_tools(const struct bedrock_tool_handler *tools, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        if (tools[i].run == NULL ? !tools[i].tool.system_tool && !tools[i].tool.cache_point
                                 : tools[i].tool.name == NULL) {
            return 0;
        }
    }
    return count > 0;
}

static int check(const struct bedrock_tool_loop *loop)
{
    const struct bedrock_tool_loop_config *config = &loop->config;
    const struct bedrock_history *history = loop->config.history;

    if (loop->client != NULL && loop->client->state >= BDK_PREPARE) {
        return BEDROCK_E_STATE;
    }
    if (history == NULL || config->tools == NULL || !are_tools(config->tools, config->tool_count) ||
        config->request.history != NULL || config->request.messages.count > 0 ||
        config->request.tool_config != NULL) {
        return BEDROCK_E_ARGUMENT;
    }
    if (history->open != 0) {
        return BEDROCK_E_STATE;
    }
    return history->last_add < history->len ? BEDROCK_OK : BEDROCK_E_ARGUMENT;
}

/* Makes the request the loop's own. */
static void take_config(struct bedrock_tool_loop *loop)
{
    struct bedrock_tool_loop_config *config = &loop->config;

    loop->part.section = &bdk_tool_section;
    loop->part.config = config;
    config->request.tool_config = (const void *)&loop->part;
    config->request.history = config->history;
    config->room = config->room > 0 ? config->room : loop->config.history->cap / 4;
    config->max_rounds = config->max_rounds > 0 ? config->max_rounds : ROUNDS;
}

static int start(struct bedrock_tool_loop *loop)
{
    struct bedrock_history *history = loop->config.history;
    int status = bedrock_history_trim(history, loop->config.room);

    loop->mark = history->last_add;
    loop->answer = history->len;
    return status != BEDROCK_OK ? status : call_model(loop);
}

int bedrock_tool_loop_start(struct bedrock_tool_loop *loop, bedrock_client *client,
                            const struct bedrock_tool_loop_config *config)
{
    int status;

    memset(loop, 0, sizeof *loop);
    loop->config = *config;
    loop->client = client;
    status = check(loop);
    if (status == BEDROCK_OK) {
        take_config(loop);
        status = start(loop);
    }
    loop->running = status == BEDROCK_OK;
    loop->status = status;
    if (status != BEDROCK_OK && status != BEDROCK_E_STATE) {
        if (loop->config.history != NULL) {
            bedrock_history_rollback(loop->config.history);
        }
        bdk_client_refuse(client, status);
    }
    return status;
}

/* --------------------------------------------------------------------- next */

static void take_event(struct bedrock_tool_loop *loop, const struct bedrock_event *event)
{
    loop->kept = (int16_t)bedrock_history_event(loop->config.history, event);
    if (event->type == BEDROCK_EVENT_STOP) {
        loop->stop_reason = (uint8_t)event->stop_reason;
    }
}

int bedrock_tool_loop_next(struct bedrock_tool_loop *loop, struct bedrock_event *event)
{
    while (loop->running) {
        int status = bedrock_next(loop->client, event);

        if (status == BEDROCK_EVENT) {
            take_event(loop, event);
            return status;
        }
        if (status == BEDROCK_AGAIN) {
            return status;
        }
        if (status == BEDROCK_OK) {
            next_round(loop);
        } else {
            end(loop, status);
        }
    }
    return loop->status;
}
