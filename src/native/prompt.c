/* SPDX-License-Identifier: MIT */
/* What the families of models that talk have in common. See bedrock/native.h. */
#include "native/form.h"

#include "util/bytes.h"

static const struct bdk_field fields[] = {
#define FIELD(type, name)                                                                          \
    {                                                                                              \
        BDK_FIELD_##type, offsetof(struct bedrock_prompt, name)                                    \
    }
    [BDK_PROMPT_TEXT] = FIELD(PROSE, prompt),
    [BDK_PROMPT_SYSTEM] = FIELD(WORD, system),
    [BDK_PROMPT_MAX_TOKENS] = FIELD(INTEGER, max_tokens),
    [BDK_PROMPT_TEMPERATURE] = FIELD(NUMBER, temperature),
    [BDK_PROMPT_TOP_P] = FIELD(NUMBER, top_p),
    [BDK_PROMPT_TOP_K] = FIELD(INTEGER, top_k),
    [BDK_PROMPT_STOPS] = FIELD(STRINGS, stop_sequences),
    [BDK_PROMPT_MESSAGES] = FIELD(JSON, messages),
    [BDK_PROMPT_RAW] = FIELD(FLAG, raw_prompt),
#undef FIELD
};

static const struct bdk_fields shape = {fields, BDK_COUNT(fields)};

int bdk_prompt_render(struct bedrock_json_writer *json, const void *value,
                      const struct bdk_member *members)
{
    struct bdk_form form = {json, value, &shape, 0};

    return bdk_form_render(&form, members);
}
