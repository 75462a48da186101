/* SPDX-License-Identifier: MIT */
/* How a loop begins, and how its events come. See bedrock/tools.h. */
#include "tools/loop.h"

#include "client/client.h"

#include <string.h>

#define ROUNDS 8

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
    return status != BEDROCK_OK ? status : bdk_tool_call_model(loop);
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
            bdk_tool_next_round(loop);
        } else {
            bdk_tool_end(loop, status);
        }
    }
    return loop->status;
}
