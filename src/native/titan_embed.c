/* SPDX-License-Identifier: MIT */
/* Amazon Titan Text Embeddings and Multimodal Embeddings. See bedrock/native.h. */
#include "native/form.h"

static const struct bdk_member text_members[] = {
    BDK_NEED("inputText", BDK_EMBED_TEXT),
    BDK_PUT("dimensions", BDK_EMBED_DIMENSIONS),
    BDK_DONE,
};

static const struct bdk_member multimodal_members[] = {
    BDK_ANY_OF(BDK_EMBED_TEXT, BDK_EMBED_IMAGE),
    BDK_PUT("inputText", BDK_EMBED_TEXT),
    BDK_PUT("inputImage", BDK_EMBED_IMAGE),
    BDK_OBJECT("embeddingConfig"),
    BDK_PUT("outputEmbeddingLength", BDK_EMBED_DIMENSIONS),
    BDK_END_OBJECT,
    BDK_DONE,
};

static int render_titan_embed(struct bedrock_json_writer *json, const void *value)
{
    return bdk_embed_render(json, value, text_members);
}

static int render_titan_multimodal(struct bedrock_json_writer *json, const void *value)
{
    return bdk_embed_render(json, value, multimodal_members);
}

const struct bedrock_body_kind bedrock_native_titan_embed = {render_titan_embed,
                                                             &bedrock_reply_embed};
const struct bedrock_body_kind bedrock_native_titan_multimodal = {render_titan_multimodal,
                                                                  &bedrock_reply_embed};
