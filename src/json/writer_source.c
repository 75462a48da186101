/* SPDX-License-Identifier: MIT */
/* See bedrock/json.h. A file of its own: few need it. */
#include "json/writer.h"

/* Renders a source piece by piece. What nobody wants is skipped, and not read. */
static void put_pieces(struct bedrock_output *out, const struct bedrock_source *source)
{
    char piece[64];
    uint32_t off = bedrock_output_skippable(out), len;

    off = off < source->len ? off : source->len;
    bedrock_output_skip(out, off);
    for (; off < source->len && out->status == 0; off += len) {
        len = source->len - off;
        len = len < sizeof piece ? len : sizeof piece;
        bedrock_output_fail(out, source->read_at(source->ctx, off, piece, len));
        bedrock_output_put(out, piece, len);
    }
}

int bedrock_json_put_source(struct bedrock_json_writer *json, const struct bedrock_source *source)
{
    if (bdk_json_begin_value(json, ",") != 0) {
        return json->out->status;
    }
    if (source->data != NULL) {
        bedrock_output_put(json->out, source->data, source->len);
    } else {
        put_pieces(json->out, source);
    }
    return bdk_json_value_done(json);
}
