/* SPDX-License-Identifier: MIT */
/* An output into memory, as NUL-terminated text. */
#ifndef TESTS_SIGV4_OUTPUT_TEXT_H
#define TESTS_SIGV4_OUTPUT_TEXT_H

#include "bedrock/output.h"

#include <string.h>

struct output_text {
    size_t len;
    char data[70000];
};

static inline int output_text_write(void *ctx, const void *data, size_t len)
{
    struct output_text *text = ctx;

    if (sizeof text->data - text->len <= len) {
        return -1000;
    }
    memcpy(text->data + text->len, data, len);
    text->len += len;
    text->data[text->len] = '\0';
    return 0;
}

static inline void output_text_init(struct output_text *text, struct bedrock_output *out,
                                    uint32_t from)
{
    text->len = 0;
    text->data[0] = '\0';
    bedrock_output_init(out, output_text_write, text, from);
}

#endif
