/* SPDX-License-Identifier: MIT */
/* See bedrock/output.h. */
#include "bedrock/output.h"

#include "bedrock/error.h"
#include "util/bytes.h"

#include <string.h>

void bedrock_output_init(struct bedrock_output *out,
                         int (*write)(void *ctx, const void *data, size_t len), void *ctx,
                         uint32_t from)
{
    out->write = write;
    out->ctx = ctx;
    out->from = from;
    out->count = 0;
    out->status = BEDROCK_OK;
}

int bedrock_output_fail(struct bedrock_output *out, int status)
{
    if (out->status == BEDROCK_OK) {
        out->status = status;
    }
    return out->status;
}

uint32_t bedrock_output_skippable(const struct bedrock_output *out)
{
    uint32_t end = out->write == NULL ? UINT32_MAX : out->from;

    return end > out->count ? end - out->count : 0;
}

void bedrock_output_skip(struct bedrock_output *out, uint32_t len)
{
    out->count += len;
}

int bedrock_output_put(struct bedrock_output *out, const void *data, size_t len)
{
    const uint8_t *bytes = data;
    uint32_t unwanted;

    if (out->status != BEDROCK_OK) {
        return out->status;
    }
    if (len > UINT32_MAX - out->count) {
        return bedrock_output_fail(out, BEDROCK_E_ARGUMENT);
    }
    unwanted = bedrock_output_skippable(out);
    out->count += (uint32_t)len;
    if (len > unwanted) {
        out->status = out->write(out->ctx, bytes + unwanted, (size_t)(len - unwanted));
    }
    return out->status;
}

int bedrock_output_text(struct bedrock_output *out, const char *text)
{
    return bedrock_output_put(out, text, strlen(text));
}

int bedrock_output_decimal(struct bedrock_output *out, uint64_t value)
{
    char digits[20]; /* 2^64 - 1 has twenty */
    size_t at = sizeof digits;

    do {
        digits[--at] = (char)('0' + bdk_divide(&value, 10));
    } while (value > 0);
    return bedrock_output_put(out, digits + at, sizeof digits - at);
}
