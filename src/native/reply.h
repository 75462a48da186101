/* SPDX-License-Identifier: MIT */
/* What the trees of all families' answers have in common. */
#ifndef BDK_NATIVE_REPLY_H
#define BDK_NATIVE_REPLY_H

#include "client/invoke.h"

/* Letters of the trees whose bdk_nodes.take is bdk_native_take(): those of client/record.h, and
 * these. */
enum bdk_native_tag {
    /* Text and thoughts of a family whose answers have no blocks: where the kind changes, another
     * block begins. */
    BDK_TAG_SAID = 's',
    BDK_TAG_THOUGHT = 'k',
    BDK_TAG_CALL = 'c',             /* of a stream: an object that tells a piece of a tool's use */
    BDK_TAG_CALL_ID = 'i',          /* a string in it: with an id that is new a block begins */
    BDK_TAG_CALL_NAME = 'n',        /* likewise: the tool's name, once, or "" with later pieces */
    BDK_TAG_CALL_INPUT = 'a',       /* a string in it: a piece of the call's arguments */
    BDK_TAG_STOP_REASON_TOO = 'h',  /* a stop reason, if there is no other */
    BDK_TAG_GUARDRAIL_ACTION = 'g', /* a string */
};

int bdk_native_take(struct bdk_reader *reader, struct bedrock_event *event);

/* clang-format off */
/* Every tree begins with these rows: what the service adds to what the model says. */
#define BDK_NATIVE_NODES                                                                           \
    " 0\0"                                                                                         \
    "M1amazon-bedrock-trace\0"                                                                     \
    "g1amazon-bedrock-guardrailAction\0"                                                           \
    "o1amazon-bedrock-invocationMetrics\0"                                                         \
    "u2inputTokenCount\0"                                                                          \
    "v2outputTokenCount\0"                                                                         \
    "x2cacheReadInputTokenCount\0"                                                                 \
    "y2cacheWriteInputTokenCount\0"                                                                \
    "z2invocationLatency\0"

/* A family's reader. */
#define BDK_REPLY(nodes) {{nodes, bdk_native_take}}
/* clang-format on */

#endif
