/* SPDX-License-Identifier: MIT */
/* What the tables of all families' answers have in common. */
#ifndef BDK_NATIVE_REPLY_H
#define BDK_NATIVE_REPLY_H

#include "client/invoke.h"

/* Tags of the tables whose bdk_nodes.take is bdk_native_take(): those of client/record.h, and
 * these. */
enum bdk_native_tag {
    /* Text and thoughts of a family whose answers have no blocks: where the kind changes, another
     * block begins. */
    BDK_TAG_SAID = BDK_TAG_RECORD_END,
    BDK_TAG_THOUGHT,
    BDK_TAG_CALL,             /* of a stream: an object that tells a piece of a tool's use */
    BDK_TAG_CALL_ID,          /* a string in it: with an id that is new a block begins */
    BDK_TAG_CALL_NAME,        /* likewise: the tool's name, once, or "" with later pieces */
    BDK_TAG_CALL_INPUT,       /* a string in it: a piece of the call's arguments */
    BDK_TAG_STOP_REASON_TOO,  /* a stop reason, if there is no other */
    BDK_TAG_GUARDRAIL_ACTION, /* a string */
};

int bdk_native_take(struct bdk_reader *reader, struct bedrock_event *event);

/* Every table begins with these entries: what the service adds to what the model says. */
enum { BDK_NATIVE_ROOT, BDK_NATIVE_METRICS, BDK_NATIVE_OWN };

/* clang-format off */
#define BDK_NATIVE_NODES                                                                           \
    {0, BDK_TAG_NONE, ""},                                                                         \
    {BDK_NATIVE_ROOT, BDK_TAG_PROOF, "amazon-bedrock-invocationMetrics"}
#define BDK_NATIVE_LEAVES                                                                          \
    {BDK_NATIVE_ROOT, BDK_TAG_TRACE, "amazon-bedrock-trace"},                                      \
    {BDK_NATIVE_ROOT, BDK_TAG_GUARDRAIL_ACTION, "amazon-bedrock-guardrailAction"},                 \
    {BDK_NATIVE_METRICS, BDK_TAG_INPUT_TOKENS, "inputTokenCount"},                                 \
    {BDK_NATIVE_METRICS, BDK_TAG_OUTPUT_TOKENS, "outputTokenCount"},                               \
    {BDK_NATIVE_METRICS, BDK_TAG_CACHE_READ_TOKENS, "cacheReadInputTokenCount"},                   \
    {BDK_NATIVE_METRICS, BDK_TAG_CACHE_WRITE_TOKENS, "cacheWriteInputTokenCount"},                 \
    {BDK_NATIVE_METRICS, BDK_TAG_LATENCY, "invocationLatency"}

/* A family's reader. */
#define BDK_REPLY(nodes) {{nodes, BDK_COUNT(nodes), bdk_native_take}}
/* clang-format on */

#endif
