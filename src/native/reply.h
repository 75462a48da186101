/* SPDX-License-Identifier: MIT */
/* What the tables of all families' answers have in common. */
#ifndef BDK_NATIVE_REPLY_H
#define BDK_NATIVE_REPLY_H

#include "client/invoke.h"

/* Every table begins with these entries: what the service adds to what the model says. */
enum { BDK_NATIVE_ROOT, BDK_NATIVE_METRICS, BDK_NATIVE_OWN };

#define BDK_NATIVE_NODES                                                                           \
    {0, BDK_TAG_NONE, ""},                                                                         \
    {                                                                                              \
        BDK_NATIVE_ROOT, BDK_TAG_COST, "amazon-bedrock-invocationMetrics"                          \
    }
#define BDK_NATIVE_LEAVES                                                                          \
    {BDK_NATIVE_ROOT, BDK_TAG_TRACE, "amazon-bedrock-trace"},                                      \
        {BDK_NATIVE_METRICS, BDK_TAG_INPUT_TOKENS, "inputTokenCount"},                             \
        {BDK_NATIVE_METRICS, BDK_TAG_OUTPUT_TOKENS, "outputTokenCount"},                           \
        {BDK_NATIVE_METRICS, BDK_TAG_CACHE_READ_TOKENS, "cacheReadInputTokenCount"},               \
        {BDK_NATIVE_METRICS, BDK_TAG_CACHE_WRITE_TOKENS, "cacheWriteInputTokenCount"},             \
    {                                                                                              \
        BDK_NATIVE_METRICS, BDK_TAG_LATENCY, "invocationLatency"                                   \
    }

/* A family's reader. */
#define BDK_REPLY(nodes)                                                                           \
    {                                                                                              \
        {                                                                                          \
            nodes, BDK_COUNT(nodes), bdk_record_take                                               \
        }                                                                                          \
    }

#endif
