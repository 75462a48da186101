/* SPDX-License-Identifier: MIT */
/* Mistral AI: text completions. See bedrock/native.h. */
#include "native/form.h"
#include "native/reply.h"

#include "util/bytes.h"

static const struct bdk_member members[] = {
    BDK_ASK("prompt", BDK_NO_FIELD, BDK_ASK_TEXT("<s>[INST] ", "", "", "", " [/INST]")),
    BDK_PUT("max_tokens", BDK_PROMPT_MAX_TOKENS),
    BDK_PUT("temperature", BDK_PROMPT_TEMPERATURE),
    BDK_PUT("top_p", BDK_PROMPT_TOP_P),
    BDK_PUT("top_k", BDK_PROMPT_TOP_K),
    BDK_PUT("stop", BDK_PROMPT_STOPS),
    BDK_DONE,
};

static const char nodes[] = BDK_NATIVE_NODES " 1outputs\0"
                                             " 2[]\0"
                                             "A3text\0"
                                             "P3stop_reason\0";

const struct bedrock_reply bedrock_reply_mistral = BDK_REPLY(nodes);

static int render_mistral(struct bedrock_json_writer *json, const void *value)
{
    return bdk_prompt_render(json, value, members);
}

const struct bedrock_body_kind bedrock_native_mistral = {render_mistral, &bedrock_reply_mistral};
