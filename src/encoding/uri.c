/* SPDX-License-Identifier: MIT */
#include "encoding/uri.h"

#include "bedrock/error.h"

static int is_alphanumeric(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static int stays(char c, int keep_slash)
{
    return is_alphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~' ||
           (c == '/' && keep_slash);
}

static void put_percent(struct bedrock_output *out, uint8_t byte)
{
    static const char digits[] = "0123456789ABCDEF";
    char text[3];

    text[0] = '%';
    text[1] = digits[byte >> 4];
    text[2] = digits[byte & 15];
    bedrock_output_put(out, text, sizeof text);
}

int bdk_uri_put(struct bedrock_output *out, const char *text, size_t len, int keep_slash)
{
    while (len > 0) {
        size_t run = 0;

        while (run < len && stays(text[run], keep_slash)) {
            run++;
        }
        bedrock_output_put(out, text, run);
        text += run;
        len -= run;
        if (len > 0) {
            put_percent(out, (uint8_t)*text++);
            len--;
        }
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
