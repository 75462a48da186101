/* SPDX-License-Identifier: MIT */
/* See bedrock/sha256.h. */
#include "crypto/sha256.h"
#include "util/bytes.h"

#include <string.h>

#define BLOCK_SIZE 64

static void absorb_pad(struct bedrock_sha256 *sha, uint8_t key[BLOCK_SIZE], uint8_t mask)
{
    size_t i;

    for (i = 0; i < BLOCK_SIZE; i++) {
        key[i] ^= mask;
    }
    bedrock_sha256_init(sha);
    bedrock_sha256_update(sha, key, BLOCK_SIZE);
}

void bedrock_hmac_sha256_init(struct bedrock_hmac_sha256 *hmac, const void *key, size_t key_len)
{
    uint8_t block[BLOCK_SIZE] = {0};

    if (key_len > BLOCK_SIZE) {
        bedrock_sha256_digest(block, key, key_len);
    } else if (key_len > 0) {
        memcpy(block, key, key_len);
    }
    absorb_pad(&hmac->inner, block, 0x36);
    absorb_pad(&hmac->outer, block, 0x36 ^ 0x5c);
    bdk_wipe(block, sizeof block);
}

void bedrock_hmac_sha256_update(struct bedrock_hmac_sha256 *hmac, const void *data, size_t len)
{
    bedrock_sha256_update(&hmac->inner, data, len);
}

void bedrock_hmac_sha256_out(const struct bedrock_hmac_sha256 *hmac,
                             uint8_t tag[BEDROCK_SHA256_SIZE])
{
    struct bedrock_sha256 outer = hmac->outer;

    bedrock_sha256_out(&hmac->inner, tag);
    bedrock_sha256_update(&outer, tag, BEDROCK_SHA256_SIZE);
    bdk_sha256_finish(&outer, tag);
}

void bedrock_hmac_sha256_tag(uint8_t tag[BEDROCK_SHA256_SIZE], const void *key, size_t key_len,
                             const void *data, size_t data_len)
{
    struct bedrock_hmac_sha256 hmac;

    bedrock_hmac_sha256_init(&hmac, key, key_len);
    bedrock_sha256_update(&hmac.inner, data, data_len);
    bdk_sha256_finish(&hmac.inner, tag);
    bedrock_sha256_update(&hmac.outer, tag, BEDROCK_SHA256_SIZE);
    bdk_sha256_finish(&hmac.outer, tag);
}
