/* SPDX-License-Identifier: MIT */
/* See bedrock/json.h. A file of its own: few need it. */
#include "json/writer.h"

/* Renders the piece that begins at off. Returns the status. */
static int put_piece(struct bedrock_output *out, const struct bedrock_source *source, uint32_t off,
                     size_t len)
{
    char piece[64];
    int status;

    len = len < sizeof piece ? len : sizeof piece;
    status = source->read_at(source->ctx, off, piece, len);
    return status != 0 ? bedrock_output_fail(out, status) : bedrock_output_put(out, piece, len);
}

/* What nobody wants is skipped, and not read. */
static void put_pieces(struct bedrock_output *out, const struct bedrock_source *source)
{
    uint32_t start = out->count, off = bedrock_output_skippable(out);

    off = off < source->len ? off : source->len;
    bedrock_output_skip(out, off);
    while (off < source->len && put_piece(out, source, off, source->len - off) == 0) {
        off = out->count - start;
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
