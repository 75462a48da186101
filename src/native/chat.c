/* SPDX-License-Identifier: MIT */
/* Models that take messages and answer in choices: AI21 Jamba, Mistral Large, OpenAI gpt-oss, Qwen,
 * DeepSeek and others. See bedrock/native.h. */
#include "native/form.h"
#include "native/reply.h"

#include "util/bytes.h"

static const struct bdk_member members[] = {
    BDK_ONE_OF(BDK_PROMPT_TEXT, BDK_PROMPT_MESSAGES),
    BDK_NOT_BOTH(BDK_PROMPT_SYSTEM, BDK_PROMPT_MESSAGES), /* it is one of them */
    BDK_PUT("messages", BDK_PROMPT_MESSAGES),
    BDK_ARRAY("messages"),
    BDK_OBJECT(NULL),
    BDK_FIXED("role", "system"),
    BDK_PUT("content", BDK_PROMPT_SYSTEM),
    BDK_END_OBJECT,
    BDK_OBJECT(NULL),
    BDK_FIXED("role", "user"),
    BDK_PUT("content", BDK_PROMPT_TEXT),
    BDK_END_OBJECT,
    BDK_END_ARRAY,
    BDK_PUT("max_tokens", BDK_PROMPT_MAX_TOKENS),
    BDK_PUT("temperature", BDK_PROMPT_TEMPERATURE),
    BDK_PUT("top_p", BDK_PROMPT_TOP_P),
    BDK_PUT("stop", BDK_PROMPT_STOPS),
    BDK_DONE,
};

/* A choice has a message, in a stream a delta of one, or (completions of a text) just a text. */
enum {
    CHOICES = BDK_NATIVE_OWN,
    CHOICE,
    MESSAGE,
    CALLS,
    CALL,
    FUNCTION,
    DELTA,
    DELTA_CALLS,
    DELTA_CALL,
    DELTA_FUNCTION,
    USAGE
};

/* clang-format off */
#define WHAT_IS_SAID(message)                                                                      \
    {message, BDK_TAG_SAID, "content"},                                                            \
    {message, BDK_TAG_THOUGHT, "reasoning_content"},                                               \
    {message, BDK_TAG_THOUGHT, "reasoning"}
/* clang-format on */

static const struct bedrock_json_node nodes[] = {
    BDK_NATIVE_NODES,
    [CHOICES] = {BDK_NATIVE_ROOT, BDK_TAG_NONE, "choices"},
    [CHOICE] = {CHOICES, BDK_TAG_NONE, "[]"},
    [MESSAGE] = {CHOICE, BDK_TAG_NONE, "message"},
    [CALLS] = {MESSAGE, BDK_TAG_NONE, "tool_calls"},
    [CALL] = {CALLS, BDK_TAG_BLOCK, "[]"},
    [FUNCTION] = {CALL, BDK_TAG_NONE, "function"},
    [DELTA] = {CHOICE, BDK_TAG_NONE, "delta"},
    [DELTA_CALLS] = {DELTA, BDK_TAG_NONE, "tool_calls"},
    [DELTA_CALL] = {DELTA_CALLS, BDK_TAG_CALL, "[]"},
    [DELTA_FUNCTION] = {DELTA_CALL, BDK_TAG_NONE, "function"},
    [USAGE] = {BDK_NATIVE_ROOT, BDK_TAG_NONE, "usage"},
    BDK_NATIVE_LEAVES,
    {CHOICE, BDK_TAG_SAID, "text"},
    {CHOICE, BDK_TAG_STOP_REASON, "finish_reason"},
    {CHOICE, BDK_TAG_STOP_REASON_TOO, "stop_reason"},
    WHAT_IS_SAID(MESSAGE),
    {CALL, BDK_TAG_TOOL_ID, "id"},
    {FUNCTION, BDK_TAG_TOOL_NAME, "name"},
    {FUNCTION, BDK_TAG_TOOL_INPUT_TEXT, "arguments"},
    WHAT_IS_SAID(DELTA),
    {DELTA_CALL, BDK_TAG_CALL_ID, "id"},
    {DELTA_FUNCTION, BDK_TAG_CALL_NAME, "name"},
    {DELTA_FUNCTION, BDK_TAG_CALL_INPUT, "arguments"},
    {USAGE, BDK_TAG_INPUT_TOKENS, "prompt_tokens"},
    {USAGE, BDK_TAG_OUTPUT_TOKENS, "completion_tokens"},
    {USAGE, BDK_TAG_TOTAL_TOKENS, "total_tokens"},
};

const struct bedrock_reply bedrock_reply_chat = BDK_REPLY(nodes);

static int render_chat(struct bedrock_json_writer *json, const void *value)
{
    return bdk_prompt_render(json, value, members);
}

const struct bedrock_body_kind bedrock_native_chat = {render_chat, &bedrock_reply_chat};
