/* SPDX-License-Identifier: MIT */
/* See bedrock/sha256.h. */
#include "crypto/sha256.h"
#include "util/bytes.h"

#include <string.h>

/* Hashes the key's pad in the context's own block, where a whole block needs no copy and which the
 * start of a hash does not touch. */
static void absorb_pad(struct bedrock_sha256 *sha, const uint8_t *key, size_t key_len, uint8_t pad)
{
    size_t i;

    for (i = 0; i < sizeof sha->block; i++) {
        sha->block[i] = i < key_len ? key[i] ^ pad : pad;
    }
    bedrock_sha256_init(sha);
    bedrock_sha256_update(sha, sha->block, sizeof sha->block);
}

void bedrock_hmac_sha256_init(struct bedrock_hmac_sha256 *hmac, const void *key, size_t key_len)
{
    uint8_t digest[BEDROCK_SHA256_SIZE];

    if (key_len > sizeof hmac->inner.block) {
        bedrock_sha256_init(&hmac->inner); /* not yet in use: a context less on the stack */
        bedrock_sha256_update(&hmac->inner, key, key_len);
        bdk_sha256_finish(&hmac->inner, digest);
        key = digest;
        key_len = sizeof digest;
    }
    absorb_pad(&hmac->inner, key, key_len, 0x36);
    absorb_pad(&hmac->outer, key, key_len, 0x5c);
    bdk_wipe(digest, sizeof digest);
}

void bedrock_hmac_sha256_update(struct bedrock_hmac_sha256 *hmac, const void *data, size_t len)
{
    bedrock_sha256_update(&hmac->inner, data, len);
}

void bdk_hmac_sha256_finish(struct bedrock_hmac_sha256 *hmac, uint8_t tag[BEDROCK_SHA256_SIZE])
{
    bdk_sha256_finish(&hmac->inner, tag);
    bedrock_sha256_update(&hmac->outer, tag, BEDROCK_SHA256_SIZE);
    bdk_sha256_finish(&hmac->outer, tag);
}

void bedrock_hmac_sha256_out(const struct bedrock_hmac_sha256 *hmac,
                             uint8_t tag[BEDROCK_SHA256_SIZE])
{
    struct bedrock_hmac_sha256 last = *hmac;

    bdk_hmac_sha256_finish(&last, tag);
}

void bdk_hmac_sha256_begin(struct bedrock_sha256 *sha, const void *key, size_t key_len)
{
    absorb_pad(sha, key, key_len, 0x36);
}

void bdk_hmac_sha256_end(struct bedrock_sha256 *sha, const void *key, size_t key_len,
                         uint8_t tag[BEDROCK_SHA256_SIZE])
{
    uint8_t inner[BEDROCK_SHA256_SIZE];

    bdk_sha256_finish(sha, inner);
    absorb_pad(sha, key, key_len, 0x5c);
    bedrock_sha256_update(sha, inner, sizeof inner);
    bdk_sha256_finish(sha, tag);
    bdk_wipe(inner, sizeof inner);
}

void bedrock_hmac_sha256_tag(uint8_t tag[BEDROCK_SHA256_SIZE], const void *key, size_t key_len,
                             const void *data, size_t data_len)
{
    struct bedrock_sha256 sha;
    uint8_t digest[BEDROCK_SHA256_SIZE];

    if (key_len > sizeof sha.block) {
        bedrock_sha256_digest(digest, key, key_len);
        key = digest;
        key_len = sizeof digest;
    }
    bdk_hmac_sha256_begin(&sha, key, key_len);
    bedrock_sha256_update(&sha, data, data_len);
    bdk_hmac_sha256_end(&sha, key, key_len, tag);
    bdk_wipe(digest, sizeof digest);
}
