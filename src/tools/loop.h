/* SPDX-License-Identifier: MIT */
/*
 * The parts of a tool loop:
 *
 *     loop.c      how it begins, and how its events come
 *     rounds.c    from one answer to the next, and to the end
 *     calls.c     finds the calls in an answer
 *     results.c   runs the handlers, writes what they say
 *     section.c   the tools as a request shows them
 *     text.c, argument.c, input*.c   for those who want one thing only
 */
#ifndef BDK_TOOLS_LOOP_H
#define BDK_TOOLS_LOOP_H

#include "bedrock/tools.h"

/* A walk over the calls of the answer that came in last, in place: the history must not be moved
 * meanwhile. */
struct bdk_tool_walk {
    struct bedrock_json json;
    struct bedrock_json_path path;
    const char *in;
    const char *end;
};

void bdk_tool_walk_init(struct bdk_tool_walk *walk, const struct bedrock_tool_loop *loop);
/* Returns 1 with a call, 0 when there are no more. Its id and its name are the loop's. */
int bdk_tool_walk_next(struct bdk_tool_walk *walk, struct bedrock_tool_loop *loop,
                       struct bedrock_tool_call *call);
size_t bdk_tool_count_calls(struct bedrock_tool_loop *loop);

/* What the failure of a tool takes at most in the history, if it is told in a sentence of our own.
 */
#define BDK_TOOL_FAILURE_SIZE                                                                      \
    (sizeof ",{\"toolResult\":{\"toolUseId\":\"\",\"content\":[{\"text\":\"\"}],"                  \
            "\"status\":\"error\"}}" +                                                             \
     BEDROCK_ID_SIZE + 32)

/* Runs the handlers of all calls and writes their results into the turn that is open. It leaves
 * room for the answer. */
int bdk_tool_answer_calls(struct bedrock_tool_loop *loop, size_t count);

/* Asks for the next answer. */
int bdk_tool_call_model(struct bedrock_tool_loop *loop);
/* An answer is complete: the next round, the end, or what is wrong with it. */
int bdk_tool_next_round(struct bedrock_tool_loop *loop);
/* Ends the loop. What went wrong is told by the client as well, whoever found it. */
int bdk_tool_end(struct bedrock_tool_loop *loop, int status);

/* input_json.c: the input of the first tool, in a buffer of the caller's. Takes an event; then
 * tells whether it is whole. */
int bdk_tool_input_take(const struct bedrock_event *event, char *dst, size_t cap, size_t *len);
int bdk_tool_input_check(const char *dst, size_t cap, size_t len);

extern const struct bedrock_section bdk_tool_section;

#endif
