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

/* clang-format off */
/* A choice has a message, in a stream a delta of one, or (completions of a text) just a text. */
#define WHAT_IS_SAID(level) \
    "s" level "content\0" \
    "k" level "reasoning_content\0" \
    "k" level "reasoning\0"

static const char nodes[] =
    BDK_NATIVE_NODES
    " 1choices\0"
    " 2[]\0"
    " 3message\0"
    " 4tool_calls\0"
    "*5[]\0"
    " 6function\0"
    "V7name\0"
    "D7arguments\0"
    "T6id\0"
    WHAT_IS_SAID("4")
    " 3delta\0"
    " 4tool_calls\0"
    "c5[]\0"
    " 6function\0"
    "n7name\0"
    "a7arguments\0"
    "i6id\0"
    WHAT_IS_SAID("4")
    "s3text\0"
    "P3finish_reason\0"
    "h3stop_reason\0"
    " 1usage\0"
    "u2prompt_tokens\0"
    "v2completion_tokens\0"
    "w2total_tokens\0";
/* clang-format on */

const struct bedrock_reply bedrock_reply_chat = BDK_REPLY(nodes);

static int render_chat(struct bedrock_json_writer *json, const void *value)
{
    return bdk_prompt_render(json, value, members);
}

const struct bedrock_body_kind bedrock_native_chat = {render_chat, &bedrock_reply_chat};
