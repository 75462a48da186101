/* SPDX-License-Identifier: MIT */
/* Cohere Embed: several texts at once, or one. See bedrock/native.h. */
#include "native/form.h"

static const struct bdk_member members[] = {
    BDK_ONE_OF(BDK_EMBED_TEXT, BDK_EMBED_TEXTS),
    BDK_PUT("texts", BDK_EMBED_TEXTS),
    BDK_ARRAY("texts"),
    BDK_PUT(NULL, BDK_EMBED_TEXT),
    BDK_END_ARRAY,
    BDK_PUT_OR("input_type", BDK_EMBED_PURPOSE, "search_document"),
    BDK_PUT("output_dimension", BDK_EMBED_DIMENSIONS),
    BDK_DONE,
};

static int render_cohere_embed(struct bedrock_json_writer *json, const void *value)
{
    return bdk_embed_render(json, value, members);
}

const struct bedrock_body_kind bedrock_native_cohere_embed = {render_cohere_embed,
                                                              &bedrock_reply_embed};
