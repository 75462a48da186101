/* SPDX-License-Identifier: MIT */
#include "encoding/uri.h"

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
    static const char digits[] = "0123456789ABCDEF";

    while (len > 0) {
        char encoded[3];
        size_t run = 0;

        while (run < len && bdk_uri_stays((uint8_t)text[run], keep_slash)) {
            run++;
        }
        bedrock_output_put(out, text, run);
        if (run < len) {
            uint8_t byte = (uint8_t)text[run++];

            encoded[0] = '%';
            encoded[1] = digits[byte >> 4];
            encoded[2] = digits[byte & 15];
            bedrock_output_put(out, encoded, sizeof encoded);
        }
        text += run;
        len -= run;
    }
    return out->status;
}

static int encode(void *ctx, const void *data, size_t len)
{
    struct bdk_uri_filter *filter = ctx;

    return bdk_uri_put(filter->next, data, len, 1);
}

void bdk_uri_filter_init(struct bdk_uri_filter *filter, struct bedrock_output *next)
{
    bedrock_output_init(&filter->out, encode, filter, 0);
    filter->next = next;
}
