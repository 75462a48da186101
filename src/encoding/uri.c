/* SPDX-License-Identifier: MIT */
#include "encoding/uri.h"

#include "encoding/hex.h"

int bdk_uri_stays(uint8_t c, int keep_slash)
{
    if (c == '/') {
        return keep_slash;
    }
    /* Letters of either case differ in one bit. */
    return (c | 0x20u) - 'a' < 26u || c - (unsigned)'-' < 13u || c == '_' || c == '~';
}

int bdk_uri_put(struct bedrock_output *out, const char *text, size_t len, int keep_slash)
{
    for (; len > 0; text++, len--) {
        char encoded[3]; /* %XX */

        if (bdk_uri_stays((uint8_t)*text, keep_slash)) {
            bedrock_output_put(out, text, 1);
        } else {
            encoded[0] = '%';
            bdk_hex_encode_in(encoded + 1, text, 1, BDK_HEX_UPPER);
            bedrock_output_put(out, encoded, sizeof encoded);
        }
    }
    return out->status;
}

static int encode(void *ctx, const void *data, size_t len)
{
    return bdk_uri_put(ctx, data, len, 1);
}

void bdk_uri_filter_init(struct bdk_uri_filter *filter, struct bedrock_output *next)
{
    bedrock_output_init(&filter->out, encode, next, 0);
}
