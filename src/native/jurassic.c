/* SPDX-License-Identifier: MIT */
/* AI21 Labs Jurassic-2. See bedrock/native.h. */
#include "native/form.h"
#include "native/reply.h"

#include "util/bytes.h"

static const struct bdk_member members[] = {
    BDK_ASK("prompt", BDK_NO_FIELD, NULL),          BDK_PUT("maxTokens", BDK_PROMPT_MAX_TOKENS),
    BDK_PUT("temperature", BDK_PROMPT_TEMPERATURE), BDK_PUT("topP", BDK_PROMPT_TOP_P),
    BDK_PUT("stopSequences", BDK_PROMPT_STOPS),     BDK_DONE,
};

static const char nodes[] = BDK_NATIVE_NODES " 1completions\0"
                                             " 2[]\0"
                                             " 3data\0"
                                             "A4text\0"
                                             " 3finishReason\0"
                                             "P4reason\0";

const struct bedrock_reply bedrock_reply_jurassic = BDK_REPLY(nodes);

static int render_jurassic(struct bedrock_json_writer *json, const void *value)
{
    return bdk_prompt_render(json, value, members);
}

const struct bedrock_body_kind bedrock_native_jurassic = {render_jurassic, &bedrock_reply_jurassic};
