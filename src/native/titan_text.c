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

static const char nodes[] = BDK_NATIVE_NODES " 1results\0"
                                             " 2[]\0"
                                             "v3tokenCount\0"
                                             "A3outputText\0"
                                             "P3completionReason\0"
                                             "u1inputTextTokenCount\0"
                                             "v1totalOutputTextTokenCount\0"
                                             "A1outputText\0"
                                             "P1completionReason\0";

const struct bedrock_reply bedrock_reply_titan_text = BDK_REPLY(nodes);

static int render_titan_text(struct bedrock_json_writer *json, const void *value)
{
    return bdk_prompt_render(json, value, members);
}

const struct bedrock_body_kind bedrock_native_titan_text = {render_titan_text,
                                                            &bedrock_reply_titan_text};
