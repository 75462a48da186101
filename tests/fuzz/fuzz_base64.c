/* SPDX-License-Identifier: MIT */
/* Base64: whatever decodes must encode to the same text, and every split, also in place, must give
 * the same bytes and the same verdict. */
#include "bedrock/base64.h"
#include "bedrock/error.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int condition)
{
    if (!condition) {
        abort();
    }
}

struct result {
    uint8_t *bytes;
    size_t len;
    int status;
};

/* Decodes in place, in pieces whose lengths come from the seed; 0 is one piece. */
static void decode(struct result *result, const uint8_t *text, size_t len, uint32_t seed)
{
    struct bedrock_base64 decoder;
    size_t at = 0;

    result->bytes = malloc(len + 1);
    must(result->bytes != NULL);
    result->len = 0;
    result->status = BEDROCK_OK;
    bedrock_base64_init(&decoder);
    while (at < len && result->status == BEDROCK_OK) {
        size_t n = seed == 0 ? len : 1 + (seed >> 24) % 9, got;
        char *piece;

        seed = seed * 1664525u + (seed != 0) * 1013904223u;
        n = n < len - at ? n : len - at;
        piece = malloc(n); /* of its own, so that the sanitizer sees both ends */
        must(piece != NULL);
        memcpy(piece, text + at, n);
        result->status = bedrock_base64_decode(&decoder, piece, &got, piece, n);
        must(got <= BEDROCK_BASE64_DECODED_MAX(n));
        memcpy(result->bytes + result->len, piece, got);
        result->len += got;
        at += n;
        free(piece);
    }
    if (result->status == BEDROCK_OK) {
        result->status = bedrock_base64_finish(&decoder);
    }
}

static void check_round_trip(const struct result *result, const uint8_t *text, size_t len)
{
    char *again = malloc(BEDROCK_BASE64_ENCODED_SIZE(result->len) + 1);

    must(again != NULL);
    must(bedrock_base64_encode(again, result->bytes, result->len) == len);
    must(memcmp(again, text, len) == 0);
    free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct result whole, split;
    uint32_t seed;

    if (size < 4) {
        return 0;
    }
    memcpy(&seed, data, 4);
    data += 4;
    size -= 4;
    decode(&whole, data, size, 0);
    decode(&split, data, size, seed | 1);
    must(whole.status == split.status);
    must(whole.len == split.len && memcmp(whole.bytes, split.bytes, whole.len) == 0);
    if (whole.status == BEDROCK_OK) {
        check_round_trip(&whole, data, size);
    }
    free(whole.bytes);
    free(split.bytes);
    return 0;
}
