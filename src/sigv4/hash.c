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

static int feed(struct bedrock_sha256 *sha, const struct bdk_sigv4_text *text)
{
    struct bedrock_output out;

    bedrock_output_init(&out, feed_hash, sha, 0);
    text->put(&out, text->a, text->b);
    return out.status;
}

int bdk_sigv4_hash(uint8_t digest[BEDROCK_SHA256_SIZE], const struct bdk_sigv4_text *text,
                   struct bedrock_sha256 *sha)
{
    int status;

    bedrock_sha256_init(sha);
    status = feed(sha, text);
    bdk_sha256_finish(sha, digest);
    return status;
}

void bdk_sigv4_mac(char signature[BEDROCK_SIGV4_SIGNATURE_SIZE], uint8_t tag[BEDROCK_SHA256_SIZE],
                   const uint8_t key[BEDROCK_SHA256_SIZE], const struct bdk_sigv4_text *text,
                   struct bedrock_sha256 *sha)
{
    bdk_hmac_sha256_begin(sha, key, BEDROCK_SHA256_SIZE);
    feed(sha, text);
    bdk_hmac_sha256_end(sha, key, BEDROCK_SHA256_SIZE, tag);
    bdk_hex_encode(signature, tag, BEDROCK_SHA256_SIZE);
    signature[BEDROCK_SIGV4_SIGNATURE_SIZE - 1] = '\0';
}

void bdk_sigv4_seal(char signature[BEDROCK_SIGV4_SIGNATURE_SIZE], uint8_t tag[BEDROCK_SHA256_SIZE],
                    const struct bdk_sigv4_text *text, const struct bedrock_sigv4_scope *scope,
                    struct bedrock_sigv4_key *key)
{
    struct bedrock_sha256 sha;
    uint8_t room[BDK_SIGV4_ROOM];

    bdk_sigv4_load_key(room, scope, key, &sha);
    bdk_sigv4_mac(signature, tag, room, text, &sha);
    bdk_wipe(room, sizeof room);
}
