/* SPDX-License-Identifier: MIT */
/* See bedrock/json.h. A file of its own: who sends no bytes links no encoder. */
#include "bedrock/base64.h"
#include "bedrock/error.h"
#include "json/writer.h"

#include <string.h>

/* A multiple of 3, so that only the last piece is padded. Where a body is encoded within a body
 * this lies on the deepest stack there is. */
enum { PIECE = 36 };

/* Skips the groups of four characters that nobody wants. Returns how many bytes of the source they
 * stand for, or more if the last of them is padded. */
static uint32_t skip_groups(struct bedrock_output *out, uint32_t len)
{
    uint32_t groups = bedrock_output_skippable(out) / 4, all = len / 3 + (len % 3 > 0);

    groups = groups < all ? groups : all;
    bedrock_output_skip(out, groups * 4);
    return groups * 3;
}

/* Renders the piece that begins at off. Its bytes lie at the end of the memory that their text will
 * fill: each group of three is read before the four characters that it becomes reach the next. */
static void put_piece(struct bedrock_output *out, const struct bedrock_source *source, uint32_t off,
                      size_t len)
{
    char text[BEDROCK_BASE64_ENCODED_SIZE(PIECE)];
    char *bytes = text + sizeof text - PIECE;

    if (source->data != NULL) {
        memcpy(bytes, (const uint8_t *)source->data + off, len);
    } else if (bedrock_output_fail(out, source->read_at(source->ctx, off, bytes, len)) !=
               BEDROCK_OK) {
        return;
    }
    bedrock_output_put(out, text, bedrock_base64_encode(text, bytes, len));
}

int bdk_json_put_encoded(struct bedrock_output *out, const struct bedrock_source *source)
{
    uint32_t off = skip_groups(out, source->len), len;

    for (; off < source->len && out->status == BEDROCK_OK; off += len) {
        len = source->len - off;
        len = len < PIECE ? len : PIECE;
        put_piece(out, source, off, len);
    }
    return out->status;
}

int bedrock_json_put_base64(struct bedrock_json_writer *json, const struct bedrock_source *source)
{
    if (bedrock_json_begin_string(json) != BEDROCK_OK) {
        return json->out->status;
    }
    bdk_json_put_encoded(json->out, source);
    return bedrock_json_end_string(json);
}
