/* SPDX-License-Identifier: MIT */
/* Cohere Command and Command R. See bedrock/native.h. */
#include "native/form.h"
#include "native/reply.h"

#include "util/bytes.h"

static const struct bdk_member cohere_members[] = {
    BDK_ASK("prompt", BDK_NO_FIELD, NULL),
    BDK_PUT("max_tokens", BDK_PROMPT_MAX_TOKENS),
    BDK_PUT("temperature", BDK_PROMPT_TEMPERATURE),
    BDK_PUT("p", BDK_PROMPT_TOP_P),
    BDK_PUT("k", BDK_PROMPT_TOP_K),
    BDK_PUT("stop_sequences", BDK_PROMPT_STOPS),
    BDK_DONE,
};

static const struct bdk_member cohere_r_members[] = {
    BDK_ASK("message", BDK_NO_FIELD, NULL),
    BDK_PUT("preamble", BDK_PROMPT_SYSTEM),
    BDK_PUT("max_tokens", BDK_PROMPT_MAX_TOKENS),
    BDK_PUT("temperature", BDK_PROMPT_TEMPERATURE),
    BDK_PUT("p", BDK_PROMPT_TOP_P),
    BDK_PUT("k", BDK_PROMPT_TOP_K),
    BDK_PUT("stop_sequences", BDK_PROMPT_STOPS),
    BDK_DONE,
};

static const char nodes[] = BDK_NATIVE_NODES " 1generations\0"
                                             " 2[]\0"
                                             "A3text\0"
                                             "P3finish_reason\0"
                                             "A1text\0"
                                             "P1finish_reason\0";

const struct bedrock_reply bedrock_reply_cohere = BDK_REPLY(nodes);

static int render_cohere(struct bedrock_json_writer *json, const void *value)
{
    return bdk_prompt_render(json, value, cohere_members);
}

static int render_cohere_r(struct bedrock_json_writer *json, const void *value)
{
    return bdk_prompt_render(json, value, cohere_r_members);
}

const struct bedrock_body_kind bedrock_native_cohere = {render_cohere, &bedrock_reply_cohere};
const struct bedrock_body_kind bedrock_native_cohere_r = {render_cohere_r, &bedrock_reply_cohere};
