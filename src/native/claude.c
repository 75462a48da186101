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

enum { CONTENT = BDK_NATIVE_OWN, BLOCK, CITATIONS, USAGE, START, DELTA, MESSAGE, MESSAGE_USAGE };

/* In a stream a tool's input is {} at first: it comes in the deltas. */
#define WHAT_A_BLOCK_HOLDS(block)                                                                  \
    {block, BDK_TAG_TEXT, "text"}, {block, BDK_TAG_REASONING, "thinking"},                         \
        {block, BDK_TAG_SIGNATURE, "signature"}, {block, BDK_TAG_REDACTED, "data"},                \
        {block, BDK_TAG_TOOL_TYPE, "type"}, {block, BDK_TAG_TOOL_ID, "id"},                        \
        {block, BDK_TAG_TOOL_NAME, "name"},                                                        \
    {                                                                                              \
        block, BDK_TAG_RESULT_ID, "tool_use_id"                                                    \
    }
#define WHAT_IT_COST(usage)                                                                        \
    {usage, BDK_TAG_INPUT_TOKENS, "input_tokens"},                                                 \
        {usage, BDK_TAG_OUTPUT_TOKENS, "output_tokens"},                                           \
        {usage, BDK_TAG_CACHE_READ_TOKENS, "cache_read_input_tokens"},                             \
    {                                                                                              \
        usage, BDK_TAG_CACHE_WRITE_TOKENS, "cache_creation_input_tokens"                           \
    }

static const struct bedrock_json_node nodes[] = {
    BDK_NATIVE_NODES,
    [CONTENT] = {BDK_NATIVE_ROOT, BDK_TAG_NONE, "content"},
    [BLOCK] = {CONTENT, BDK_TAG_BLOCK, "[]"},
    [CITATIONS] = {BLOCK, BDK_TAG_CITATION_LIST, "citations"},
    [USAGE] = {BDK_NATIVE_ROOT, BDK_TAG_NONE, "usage"},
    [START] = {BDK_NATIVE_ROOT, BDK_TAG_START, "content_block"},
    [DELTA] = {BDK_NATIVE_ROOT, BDK_TAG_NONE, "delta"},
    [MESSAGE] = {BDK_NATIVE_ROOT, BDK_TAG_NONE, "message"},
    [MESSAGE_USAGE] = {MESSAGE, BDK_TAG_NONE, "usage"},
    BDK_NATIVE_LEAVES,
    {BDK_NATIVE_ROOT, BDK_TAG_STOP_REASON, "stop_reason"},
    {BDK_NATIVE_ROOT, BDK_TAG_INDEX, "index"},
    WHAT_A_BLOCK_HOLDS(BLOCK),
    {BLOCK, BDK_TAG_TOOL_INPUT, "input"},
    {BLOCK, BDK_TAG_TOOL_RESULT, "content"},
    {CITATIONS, BDK_TAG_CITATION, "[]"},
    WHAT_A_BLOCK_HOLDS(START),
    {START, BDK_TAG_TOOL_RESULT, "content"},
    {DELTA, BDK_TAG_TEXT, "text"},
    {DELTA, BDK_TAG_REASONING, "thinking"},
    {DELTA, BDK_TAG_SIGNATURE, "signature"},
    {DELTA, BDK_TAG_TOOL_INPUT_TEXT, "partial_json"},
    {DELTA, BDK_TAG_CITATION, "citation"},
    {DELTA, BDK_TAG_STOP_REASON, "stop_reason"},
    WHAT_IT_COST(USAGE),
    WHAT_IT_COST(MESSAGE_USAGE),
};

const struct bedrock_reply bedrock_reply_claude = BDK_REPLY(nodes);

static int render_claude(struct bedrock_json_writer *json, const void *value)
{
    return bdk_prompt_render(json, value, members);
}

const struct bedrock_body_kind bedrock_native_claude = {render_claude, &bedrock_reply_claude};
