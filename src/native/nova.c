/* SPDX-License-Identifier: MIT */
/* Amazon Nova: Converse's shapes in a body of its own. See bedrock/native.h. */
#include "native/form.h"
#include "native/reply.h"

#include "util/bytes.h"

static const struct bdk_member members[] = {
    BDK_FIXED("schemaVersion", "messages-v1"),
    BDK_ONE_OF(BDK_PROMPT_TEXT, BDK_PROMPT_MESSAGES),
    BDK_PUT("messages", BDK_PROMPT_MESSAGES),
    BDK_ARRAY("messages"),
    BDK_OBJECT(NULL),
    BDK_FIXED("role", "user"),
    BDK_ARRAY("content"),
    BDK_OBJECT(NULL),
    BDK_PUT("text", BDK_PROMPT_TEXT),
    BDK_END_OBJECT,
    BDK_END_ARRAY,
    BDK_END_OBJECT,
    BDK_END_ARRAY,
    BDK_ARRAY("system"),
    BDK_OBJECT(NULL),
    BDK_PUT("text", BDK_PROMPT_SYSTEM),
    BDK_END_OBJECT,
    BDK_END_ARRAY,
    BDK_OBJECT("inferenceConfig"),
    BDK_PUT("maxTokens", BDK_PROMPT_MAX_TOKENS),
    BDK_PUT("temperature", BDK_PROMPT_TEMPERATURE),
    BDK_PUT("topP", BDK_PROMPT_TOP_P),
    BDK_PUT("topK", BDK_PROMPT_TOP_K),
    BDK_PUT("stopSequences", BDK_PROMPT_STOPS),
    BDK_END_OBJECT,
    BDK_DONE,
};

/* contentBlockIndex is not looked at: it rises with every delta of one text. */
enum {
    OUTPUT = BDK_NATIVE_OWN,
    MESSAGE,
    CONTENT,
    BLOCK,
    TOOL_USE,
    REASONING,
    REASONING_TEXT,
    USAGE,
    BLOCK_START,
    START,
    START_TOOL,
    BLOCK_DELTA,
    DELTA,
    DELTA_TOOL,
    DELTA_REASONING,
    STOP,
    METADATA,
    METADATA_USAGE,
    METRICS
};

/* clang-format off */
#define WHAT_IT_COST(usage)                                                                        \
    {usage, BDK_TAG_INPUT_TOKENS, "inputTokens"},                                                  \
    {usage, BDK_TAG_OUTPUT_TOKENS, "outputTokens"},                                                \
    {usage, BDK_TAG_TOTAL_TOKENS, "totalTokens"},                                                  \
    {usage, BDK_TAG_CACHE_READ_TOKENS, "cacheReadInputTokenCount"},                                \
    {usage, BDK_TAG_CACHE_WRITE_TOKENS, "cacheWriteInputTokenCount"}
/* clang-format on */

static const struct bedrock_json_node nodes[] = {
    BDK_NATIVE_NODES,
    [OUTPUT] = {BDK_NATIVE_ROOT, BDK_TAG_NONE, "output"},
    [MESSAGE] = {OUTPUT, BDK_TAG_NONE, "message"},
    [CONTENT] = {MESSAGE, BDK_TAG_NONE, "content"},
    [BLOCK] = {CONTENT, BDK_TAG_BLOCK, "[]"},
    [TOOL_USE] = {BLOCK, BDK_TAG_NONE, "toolUse"},
    [REASONING] = {BLOCK, BDK_TAG_NONE, "reasoningContent"},
    [REASONING_TEXT] = {REASONING, BDK_TAG_NONE, "reasoningText"},
    [USAGE] = {BDK_NATIVE_ROOT, BDK_TAG_NONE, "usage"},
    [BLOCK_START] = {BDK_NATIVE_ROOT, BDK_TAG_NONE, "contentBlockStart"},
    [START] = {BLOCK_START, BDK_TAG_START, "start"},
    [START_TOOL] = {START, BDK_TAG_NONE, "toolUse"},
    [BLOCK_DELTA] = {BDK_NATIVE_ROOT, BDK_TAG_NONE, "contentBlockDelta"},
    [DELTA] = {BLOCK_DELTA, BDK_TAG_NONE, "delta"},
    [DELTA_TOOL] = {DELTA, BDK_TAG_NONE, "toolUse"},
    [DELTA_REASONING] = {DELTA, BDK_TAG_NONE, "reasoningContent"},
    [STOP] = {BDK_NATIVE_ROOT, BDK_TAG_NONE, "messageStop"},
    [METADATA] = {BDK_NATIVE_ROOT, BDK_TAG_NONE, "metadata"},
    [METADATA_USAGE] = {METADATA, BDK_TAG_NONE, "usage"},
    [METRICS] = {METADATA, BDK_TAG_NONE, "metrics"},
    BDK_NATIVE_LEAVES,
    {BDK_NATIVE_ROOT, BDK_TAG_STOP_REASON, "stopReason"},
    {BLOCK, BDK_TAG_TEXT, "text"},
    {TOOL_USE, BDK_TAG_TOOL_ID, "toolUseId"},
    {TOOL_USE, BDK_TAG_TOOL_NAME, "name"},
    {TOOL_USE, BDK_TAG_TOOL_INPUT, "input"},
    {REASONING, BDK_TAG_REDACTED, "redactedContent"},
    {REASONING_TEXT, BDK_TAG_REASONING, "text"},
    {REASONING_TEXT, BDK_TAG_SIGNATURE, "signature"},
    {START_TOOL, BDK_TAG_TOOL_ID, "toolUseId"},
    {START_TOOL, BDK_TAG_TOOL_NAME, "name"},
    {DELTA, BDK_TAG_SAID, "text"},
    {DELTA_TOOL, BDK_TAG_TOOL_INPUT_TEXT, "input"},
    {DELTA_REASONING, BDK_TAG_THOUGHT, "text"},
    {DELTA_REASONING, BDK_TAG_SIGNATURE, "signature"},
    {DELTA_REASONING, BDK_TAG_REDACTED, "redactedContent"},
    {STOP, BDK_TAG_STOP_REASON, "stopReason"},
    WHAT_IT_COST(USAGE),
    WHAT_IT_COST(METADATA_USAGE),
    {METRICS, BDK_TAG_LATENCY, "latencyMs"},
};

const struct bedrock_reply bedrock_reply_nova = BDK_REPLY(nodes);

static int render_nova(struct bedrock_json_writer *json, const void *value)
{
    return bdk_prompt_render(json, value, members);
}

const struct bedrock_body_kind bedrock_native_nova = {render_nova, &bedrock_reply_nova};
