/* SPDX-License-Identifier: MIT */
/*
 * The parts of a tool loop:
 *
 *     loop.c      from one answer to the next
 *     calls.c     finds the calls in an answer
 *     results.c   runs the handlers, writes what they say
 *     section.c   the tools as a request shows them
 *     text.c, argument.c, input.c   for those who want one thing only
 */
#ifndef BDK_TOOLS_LOOP_H
#define BDK_TOOLS_LOOP_H

#include "bedrock/tools.h"

/* ------------------------------------------------------------------- calls */

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

/* ----------------------------------------------------------------- results */

/* What the failure of a tool takes at most in the history, if it is told in a sentence of our own.
 */
#define BDK_TOOL_FAILURE_SIZE                                                                      \
    (sizeof ",{\"toolResult\":{\"toolUseId\":\"\",\"content\":[{\"text\":\"\"}],"                  \
            "\"status\":\"error\"}}" +                                                             \
     BEDROCK_ID_SIZE + 32)

/* Writes the block of a call's result into the open turn, which must leave so many bytes in the
 * history. BEDROCK_OK, or a code that ends the loop. */
int bdk_tool_answer(struct bedrock_tool_loop *loop, const struct bedrock_tool_call *call,
                    size_t spare);

/* ----------------------------------------------------------------- section */

extern const struct bedrock_section bdk_tool_section;

#endif
