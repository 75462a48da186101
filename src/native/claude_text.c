/* SPDX-License-Identifier: MIT */
/* Anthropic Claude 2 and Instant: text completions. See bedrock/native.h. */
#include "native/form.h"
#include "native/reply.h"

#include "util/bytes.h"

static const struct bdk_member members[] = {
    BDK_ASK("prompt", BDK_PROMPT_SYSTEM, BDK_ASK_TEXT("", "", "", "\n\nHuman: ", "\n\nAssistant:")),
    BDK_PUT_OR("max_tokens_to_sample", BDK_PROMPT_MAX_TOKENS, "1024"),
    BDK_PUT("temperature", BDK_PROMPT_TEMPERATURE),
    BDK_PUT("top_p", BDK_PROMPT_TOP_P),
    BDK_PUT("top_k", BDK_PROMPT_TOP_K),
    BDK_PUT("stop_sequences", BDK_PROMPT_STOPS),
    BDK_DONE,
};

static const char nodes[] = BDK_NATIVE_NODES "A1completion\0"
                                             "P1stop_reason\0";

const struct bedrock_reply bedrock_reply_claude_text = BDK_REPLY(nodes);

static int render_claude_text(struct bedrock_json_writer *json, const void *value)
{
    return bdk_prompt_render(json, value, members);
}

const struct bedrock_body_kind bedrock_native_claude_text = {render_claude_text,
                                                             &bedrock_reply_claude_text};
