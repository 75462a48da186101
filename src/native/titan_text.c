/* SPDX-License-Identifier: MIT */
/* Amazon Titan Text. See bedrock/native.h. */
#include "native/form.h"
#include "native/reply.h"

#include "util/bytes.h"

static const struct bdk_member members[] = {
    BDK_ASK("inputText", BDK_NO_FIELD, NULL),
    BDK_OBJECT("textGenerationConfig"),
    BDK_PUT("maxTokenCount", BDK_PROMPT_MAX_TOKENS),
    BDK_PUT("temperature", BDK_PROMPT_TEMPERATURE),
    BDK_PUT("topP", BDK_PROMPT_TOP_P),
    BDK_PUT("stopSequences", BDK_PROMPT_STOPS),
    BDK_END_OBJECT,
    BDK_DONE,
};

enum { RESULTS = BDK_NATIVE_OWN, RESULT };

static const struct bedrock_json_node nodes[] = {
    BDK_NATIVE_NODES,
    [RESULTS] = {BDK_NATIVE_ROOT, BDK_TAG_NONE, "results"},
    [RESULT] = {RESULTS, BDK_TAG_NONE, "[]"},
    BDK_NATIVE_LEAVES,
    {BDK_NATIVE_ROOT, BDK_TAG_INPUT_TOKENS, "inputTextTokenCount"},
    {BDK_NATIVE_ROOT, BDK_TAG_OUTPUT_TOKENS, "totalOutputTextTokenCount"},
    {BDK_NATIVE_ROOT, BDK_TAG_TEXT, "outputText"},
    {BDK_NATIVE_ROOT, BDK_TAG_STOP_REASON, "completionReason"},
    {RESULT, BDK_TAG_OUTPUT_TOKENS, "tokenCount"},
    {RESULT, BDK_TAG_TEXT, "outputText"},
    {RESULT, BDK_TAG_STOP_REASON, "completionReason"},
};

const struct bedrock_reply bedrock_reply_titan_text = BDK_REPLY(nodes);

static int render_titan_text(struct bedrock_json_writer *json, const void *value)
{
    return bdk_prompt_render(json, value, members);
}

const struct bedrock_body_kind bedrock_native_titan_text = {render_titan_text,
                                                            &bedrock_reply_titan_text};
