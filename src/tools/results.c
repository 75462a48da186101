/* SPDX-License-Identifier: MIT */
/* Runs the handlers. What they say becomes blocks of the user's turn that is open in the history.
 */
#include "client/client.h"
#include "client/converse.h"
#include "client/history.h"
#include "tools/loop.h"
#include "util/bytes.h"
#include "json/writer.h"

/* What results leave besides: the turn's end, and the comma before the answer. */
#define TURN_END 3

/* What the model reads of a failure that has no words of its own: 32 bytes at most. */
static const char failed[] = "The tool failed.";
static const char too_long[] = "The tool's result was too long.";
static const char unknown[] = "There is no such tool.";
static const char no_object[] = "The input is not an object.";

/* {"toolResult":{"toolUseId":"...","content":[ opened */
static void begin_result(struct bedrock_json_writer *json, const char *tool_use_id)
{
    bedrock_json_begin_object(json);
    bdk_begin_member(json, "toolResult");
    bdk_put_required(json, "toolUseId", tool_use_id);
    bedrock_json_put_key(json, "content");
    bedrock_json_begin_array(json);
}

static int end_result(struct bedrock_json_writer *json, const char *status)
{
    bedrock_json_end_array(json);
    bdk_put_member(json, "status", status);
    return bdk_end(json, 2);
}

/* Writes the block anew, whatever of it is there: the tool failed. */
static int put_failure(struct bedrock_tool_loop *loop, const char *why)
{
    const struct bedrock_content text = BEDROCK_TEXT(why);
    struct bedrock_json_writer *json;

    bedrock_history_drop_block(loop->config.history);
    if (bedrock_history_begin_block(loop->config.history, &json) != BEDROCK_OK) {
        return loop->config.history->out.status;
    }
    begin_result(json, loop->tool_use_id);
    bedrock_content_text.render(json, &text);
    return end_result(json, "error");
}

int bedrock_tool_fail(const struct bedrock_tool_call *call, const char *why)
{
    struct bedrock_tool_loop *loop = call->loop;

    if (loop != NULL) {
        put_failure(loop, why);
        loop->told = 1;
        loop->result.expect = BDK_JSON_EXPECT_END; /* refuses what the handler may still put */
    }
    return BEDROCK_E_ARGUMENT;
}

/* The words stand, whatever the handler tried to put behind them, of which nothing was written. */
static int words_status(struct bedrock_output *out)
{
    if (out->status == BEDROCK_E_STATE) {
        out->status = BEDROCK_OK;
    }
    return out->status;
}

/* The handler gets a writer of its own, so that it cannot close what it did not open. */
static int run_handler(struct bedrock_tool_loop *loop, const struct bedrock_tool_handler *handler,
                       const struct bedrock_tool_call *call)
{
    struct bedrock_json_writer *result = &loop->result, *json;
    int status = bedrock_history_begin_block(loop->config.history, &json);

    if (status != BEDROCK_OK) {
        return status;
    }
    begin_result(json, call->tool_use_id);
    bedrock_json_begin_object(json);
    bedrock_json_put_key(json, "json");
    bedrock_json_writer_init(result, json->out);
    bedrock_json_begin_object(result);
    status = handler->run(loop->config.ctx, call, result);
    if (loop->told) {
        return words_status(json->out);
    }
    if (json->out->status != BEDROCK_OK || status < 0) {
        return json->out->status != BEDROCK_OK ? json->out->status : status;
    }
    bedrock_json_end_object(result);
    bedrock_json_writer_finish(result);
    bdk_json_value_done(json);
    bedrock_json_end_object(json);
    return end_result(json, NULL);
}

static const struct bedrock_tool_handler *find(const struct bedrock_tool_loop_config *config,
                                               const char *name)
{
    size_t i;

    for (i = 0; i < config->tool_count; i++) {
        const struct bedrock_tool_handler *handler = &config->tools[i];

        if (handler->run != NULL && bdk_same(handler->tool.name, name)) {
            return handler;
        }
    }
    return NULL;
}

/* Completes the block, if it leaves enough. */
static int end_block(struct bedrock_tool_loop *loop, size_t spare)
{
    if (bdk_history_left(loop->config.history) < spare) {
        return BEDROCK_E_BUFFER;
    }
    return bedrock_history_end_block(loop->config.history);
}

/* NULL if the block is complete; else what the model is to be told instead. */
static const char *answer(struct bedrock_tool_loop *loop, const struct bedrock_tool_call *call,
                          size_t spare)
{
    const struct bedrock_tool_handler *handler = find(&loop->config, call->name);
    int status;

    if (handler == NULL) {
        return unknown;
    }
    if (call->input_len == 0 || call->input[0] != '{') {
        return no_object;
    }
    loop->told = 0;
    status = run_handler(loop, handler, call);
    if (status == BEDROCK_OK) {
        status = end_block(loop, spare);
    }
    if (status == BEDROCK_OK) {
        return NULL;
    }
    return status == BEDROCK_E_BUFFER && !loop->told ? too_long : failed;
}

/* Writes the block of one result, which must leave so many bytes. */
static int answer_call(struct bedrock_tool_loop *loop, const struct bedrock_tool_call *call,
                       size_t spare)
{
    const char *why = answer(loop, call, spare);

    if (why == NULL) {
        return BEDROCK_OK;
    }
    put_failure(loop, why);
    return bedrock_history_end_block(loop->config.history);
}

int bdk_tool_answer_calls(struct bedrock_tool_loop *loop, size_t count)
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
        status =
            answer_call(loop, &call, count * BDK_TOOL_FAILURE_SIZE + loop->config.room + TURN_END);
    }
    return status;
}
