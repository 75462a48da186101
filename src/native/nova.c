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

/* clang-format off */
/* contentBlockIndex is not looked at: it rises with every delta of one text. */
#define WHAT_IT_COST(level) \
    "u" level "inputTokens\0" \
    "v" level "outputTokens\0" \
    "w" level "totalTokens\0" \
    "x" level "cacheReadInputTokenCount\0" \
    "y" level "cacheWriteInputTokenCount\0"

static const char nodes[] =
    BDK_NATIVE_NODES
    " 1output\0"
    " 2message\0"
    " 3content\0"
    "*4[]\0"
    " 5toolUse\0"
    "T6toolUseId\0"
    "V6name\0"
    "H6input\0"
    " 5reasoningContent\0"
    " 6reasoningText\0"
    "C7text\0"
    "E7signature\0"
    "F6redactedContent\0"
    "A5text\0"
    " 1usage\0"
    WHAT_IT_COST("2")
    " 1contentBlockStart\0"
    "<2start\0"
    " 3toolUse\0"
    "T4toolUseId\0"
    "V4name\0"
    " 1contentBlockDelta\0"
    " 2delta\0"
    " 3toolUse\0"
    "D4input\0"
    " 3reasoningContent\0"
    "k4text\0"
    "E4signature\0"
    "F4redactedContent\0"
    "s3text\0"
    " 1messageStop\0"
    "P2stopReason\0"
    " 1metadata\0"
    " 2usage\0"
    WHAT_IT_COST("3")
    " 2metrics\0"
    "z3latencyMs\0"
    "P1stopReason\0";
/* clang-format on */

const struct bedrock_reply bedrock_reply_nova = BDK_REPLY(nodes);

static int render_nova(struct bedrock_json_writer *json, const void *value)
{
    return bdk_prompt_render(json, value, members);
}

const struct bedrock_body_kind bedrock_native_nova = {render_nova, &bedrock_reply_nova};
