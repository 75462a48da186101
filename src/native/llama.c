/* SPDX-License-Identifier: MIT */
/* Meta Llama. See bedrock/native.h. */
#include "native/form.h"
#include "native/reply.h"

#include "util/bytes.h"

static const struct bdk_member llama2_members[] = {
    BDK_ASK("prompt", BDK_PROMPT_SYSTEM,
            BDK_ASK_TEXT("[INST] ", "<<SYS>>\n", "\n<</SYS>>\n\n", "", " [/INST]")),
    BDK_PUT("max_gen_len", BDK_PROMPT_MAX_TOKENS),
    BDK_PUT("temperature", BDK_PROMPT_TEMPERATURE),
    BDK_PUT("top_p", BDK_PROMPT_TOP_P),
    BDK_DONE,
};

static const struct bdk_member llama3_members[] = {
    BDK_ASK("prompt", BDK_PROMPT_SYSTEM,
            BDK_ASK_TEXT("<|begin_of_text|>", "<|start_header_id|>system<|end_header_id|>\n\n",
                         "<|eot_id|>", "<|start_header_id|>user<|end_header_id|>\n\n",
                         "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n")),
    BDK_PUT("max_gen_len", BDK_PROMPT_MAX_TOKENS),
    BDK_PUT("temperature", BDK_PROMPT_TEMPERATURE),
    BDK_PUT("top_p", BDK_PROMPT_TOP_P),
    BDK_DONE,
};

static const char nodes[] = BDK_NATIVE_NODES "A1generation\0"
                                             "P1stop_reason\0"
                                             "u1prompt_token_count\0"
                                             "v1generation_token_count\0";

const struct bedrock_reply bedrock_reply_llama = BDK_REPLY(nodes);

static int render_llama2(struct bedrock_json_writer *json, const void *value)
{
    return bdk_prompt_render(json, value, llama2_members);
}

static int render_llama3(struct bedrock_json_writer *json, const void *value)
{
    return bdk_prompt_render(json, value, llama3_members);
}

const struct bedrock_body_kind bedrock_native_llama2 = {render_llama2, &bedrock_reply_llama};
const struct bedrock_body_kind bedrock_native_llama3 = {render_llama3, &bedrock_reply_llama};
