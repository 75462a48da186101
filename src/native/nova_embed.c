/* SPDX-License-Identifier: MIT */
/* Amazon Nova Multimodal Embeddings, of texts. See bedrock/native.h. */
#include "native/form.h"

static const struct bdk_member members[] = {
    BDK_FIXED("taskType", "SINGLE_EMBEDDING"),
    BDK_OBJECT("singleEmbeddingParams"),
    BDK_PUT_OR("embeddingPurpose", BDK_EMBED_PURPOSE, "GENERIC_INDEX"),
    BDK_PUT("embeddingDimension", BDK_EMBED_DIMENSIONS),
    BDK_MUST(BDK_EMBED_TEXT),
    BDK_OBJECT("text"),
    BDK_FIXED("truncationMode", "END"),
    BDK_NEED("value", BDK_EMBED_TEXT),
    BDK_END_OBJECT,
    BDK_END_OBJECT,
    BDK_DONE,
};

static int render_nova_embed(struct bedrock_json_writer *json, const void *value)
{
    return bdk_embed_render(json, value, members);
}

const struct bedrock_body_kind bedrock_native_nova_embed = {render_nova_embed,
                                                            &bedrock_reply_embed};
