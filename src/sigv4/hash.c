/* SPDX-License-Identifier: MIT */
/* Texts into SHA-256 and HMAC, as they are rendered. */
#include "sigv4/sigv4.h"

#include "crypto/sha256.h"
#include "encoding/hex.h"
#include "util/bytes.h"

static int feed_hash(void *ctx, const void *data, size_t len)
{
    bedrock_sha256_update(ctx, data, len);
    return 0;
}

int bdk_sigv4_feed(struct bedrock_sha256 *sha, const struct bdk_sigv4_text *text)
{
    struct bedrock_output out;

    bedrock_output_init(&out, feed_hash, sha, 0);
    text->put(&out, text->a, text->b);
    return out.status;
}

void bdk_sigv4_seal(char signature[BEDROCK_SIGV4_SIGNATURE_SIZE], uint8_t tag[BEDROCK_SHA256_SIZE],
                    const struct bdk_sigv4_text *text, const struct bedrock_sigv4_scope *scope,
                    struct bedrock_sigv4_key *cache)
{
    struct bedrock_sha256 sha;
    uint8_t place[BEDROCK_SHA256_SIZE];
    const uint8_t *key = bdk_sigv4_load_key(place, scope, cache, &sha);

    bdk_hmac_sha256_begin(&sha, key, BEDROCK_SHA256_SIZE);
    bdk_sigv4_feed(&sha, text);
    bdk_hmac_sha256_end(&sha, key, BEDROCK_SHA256_SIZE, tag);
    bdk_hex_encode(signature, tag, BEDROCK_SHA256_SIZE);
    signature[BEDROCK_SIGV4_SIGNATURE_SIZE - 1] = '\0';
    bdk_wipe(place, sizeof place);
}
