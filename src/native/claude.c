/* SPDX-License-Identifier: MIT */
/* Anthropic Claude 3 and later: Messages. See bedrock/native.h. */
#include "native/form.h"
#include "native/reply.h"

#include "util/bytes.h"

static const struct bdk_member members[] = {
    BDK_FIXED("anthropic_version", "bedrock-2023-05-31"),
    BDK_ONE_OF(BDK_PROMPT_TEXT, BDK_PROMPT_MESSAGES),
    BDK_PUT("messages", BDK_PROMPT_MESSAGES),
    BDK_ARRAY("messages"),
    BDK_OBJECT(NULL),
    BDK_FIXED("role", "user"),
    BDK_PUT("content", BDK_PROMPT_TEXT),
    BDK_END_OBJECT,
    BDK_END_ARRAY,
    BDK_PUT("system", BDK_PROMPT_SYSTEM),
    BDK_PUT_OR("max_tokens", BDK_PROMPT_MAX_TOKENS, "1024"),
    BDK_PUT("temperature", BDK_PROMPT_TEMPERATURE),
    BDK_PUT("top_p", BDK_PROMPT_TOP_P),
    BDK_PUT("top_k", BDK_PROMPT_TOP_K),
    BDK_PUT("stop_sequences", BDK_PROMPT_STOPS),
    BDK_DONE,
};

/* clang-format off */
/* In a stream a tool's input is {} at first: it comes in the deltas. */
#define WHAT_A_BLOCK_HOLDS(level)                                                                  \
    "A" level "text\0"                                                                             \
    "C" level "thinking\0"                                                                         \
    "E" level "signature\0"                                                                        \
    "F" level "data\0"                                                                             \
    "S" level "type\0"                                                                             \
    "T" level "id\0"                                                                               \
    "V" level "name\0"                                                                             \
    "U" level "tool_use_id\0"
#define WHAT_IT_COST(level)                                                                        \
    "u" level "input_tokens\0"                                                                     \
    "v" level "output_tokens\0"                                                                    \
    "x" level "cache_read_input_tokens\0"                                                          \
    "y" level "cache_creation_input_tokens\0"

static const char nodes[] =
    BDK_NATIVE_NODES
    " 1content\0"
    "*2[]\0"
    "+3citations\0"
    "J4[]\0"
    WHAT_A_BLOCK_HOLDS("3")
    "H3input\0"
    "K3content\0"
    " 1usage\0"
    WHAT_IT_COST("2")
    "<1content_block\0"
    WHAT_A_BLOCK_HOLDS("2")
    "K2content\0"
    " 1delta\0"
    "A2text\0"
    "C2thinking\0"
    "E2signature\0"
    "D2partial_json\0"
    "J2citation\0"
    "P2stop_reason\0"
    " 1message\0"
    " 2usage\0"
    WHAT_IT_COST("3")
    "P1stop_reason\0"
    "~1index\0";
/* clang-format on */

const struct bedrock_reply bedrock_reply_claude = BDK_REPLY(nodes);

static int render_claude(struct bedrock_json_writer *json, const void *value)
{
    return bdk_prompt_render(json, value, members);
}

const struct bedrock_body_kind bedrock_native_claude = {render_claude, &bedrock_reply_claude};
