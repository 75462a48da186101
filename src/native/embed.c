/* SPDX-License-Identifier: MIT */
/* What the families of models that embed have in common: the request's fields, and the answer,
 * which has its numbers at other places in each family but never means two things by one name. See
 * bedrock/native.h. */
#include "native/form.h"
#include "native/reply.h"

#include "util/bytes.h"

static const struct bdk_field fields[] = {
#define FIELD(type, name)                                                                          \
    {                                                                                              \
        BDK_FIELD_##type, offsetof(struct bedrock_embed_prompt, name)                              \
    }
    [BDK_EMBED_TEXT] = FIELD(PROSE, text),      [BDK_EMBED_TEXTS] = FIELD(STRINGS, texts),
    [BDK_EMBED_IMAGE] = FIELD(SOURCE, image),   [BDK_EMBED_DIMENSIONS] = FIELD(INTEGER, dimensions),
    [BDK_EMBED_PURPOSE] = FIELD(WORD, purpose),
#undef FIELD
};

static const struct bdk_fields shape = {fields, BDK_COUNT(fields)};

int bdk_embed_render(struct bedrock_json_writer *json, const void *value,
                     const struct bdk_member *members)
{
    struct bdk_form form = {json, value, &shape, 0};

    return bdk_form_render(&form, members);
}

/* Titan: embedding is the vector. Cohere: embeddings is a list of vectors, or (v4) an object of
 * such a list for each type of numbers. Nova: a list of objects, in each of which embedding is the
 * vector. */
static const char nodes[] = BDK_NATIVE_NODES "l1embedding\0"
                                             "d2[]\0"
                                             " 1embeddings\0"
                                             "l2[]\0"
                                             "l3embedding\0"
                                             "d4[]\0"
                                             "d3[]\0"
                                             " 2float\0"
                                             "l3[]\0"
                                             "d4[]\0"
                                             "u1inputTextTokenCount\0"
                                             "e1message\0";

const struct bedrock_reply bedrock_reply_embed = BDK_REPLY(nodes);
