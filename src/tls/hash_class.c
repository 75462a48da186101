/* SPDX-License-Identifier: MIT */
/*
 * SHA-256 for BearSSL, computed by the library's own: the image then holds one SHA-256 only, and
 * what makes that one fast makes the handshake fast.
 *
 * BearSSL saves a running hash at a block boundary as the eight words of its state, big-endian, and
 * goes on from them later; between blocks nothing else is worth saving.
 */
#include "bedrock/sha256.h"
#include "tls/tls.h"
#include "util/bytes.h"

struct hash {
    const br_hash_class *type;
    struct bedrock_sha256 sha;
};

/* BearSSL reserves this much for a context of any hash function. */
typedef char hash_fits[sizeof(struct hash) <= sizeof(br_hash_compat_context) ? 1 : -1];

static void hash_init(const br_hash_class **self)
{
    struct hash *hash = (struct hash *)(void *)self;

    hash->type = &bdk_tls_sha256;
    bedrock_sha256_init(&hash->sha);
}

static void hash_update(const br_hash_class **self, const void *data, size_t len)
{
    struct hash *hash = (struct hash *)(void *)self;

    bedrock_sha256_update(&hash->sha, data, len);
}

static void hash_out(const br_hash_class *const *self, void *digest)
{
    const struct hash *hash = (const struct hash *)(const void *)self;

    bedrock_sha256_out(&hash->sha, digest);
}

static uint64_t hash_state(const br_hash_class *const *self, void *dst)
{
    const struct hash *hash = (const struct hash *)(const void *)self;
    size_t i;

    for (i = 0; i < BDK_COUNT(hash->sha.state); i++) {
        bdk_put_be32((uint8_t *)dst + 4 * i, hash->sha.state[i]);
    }
    return hash->sha.length;
}

static void hash_set_state(const br_hash_class **self, const void *src, uint64_t length)
{
    struct hash *hash = (struct hash *)(void *)self;
    size_t i;

    hash->type = &bdk_tls_sha256;
    for (i = 0; i < BDK_COUNT(hash->sha.state); i++) {
        hash->sha.state[i] = bdk_get_be32((const uint8_t *)src + 4 * i);
    }
    hash->sha.length = length;
}

const br_hash_class bdk_tls_sha256 = {
    sizeof(struct hash),
    BR_HASHDESC_ID(br_sha256_ID) | BR_HASHDESC_OUT(BEDROCK_SHA256_SIZE) | BR_HASHDESC_STATE(32) |
        BR_HASHDESC_LBLEN(6) | BR_HASHDESC_MD_PADDING | BR_HASHDESC_MD_PADDING_BE,
    hash_init,
    hash_update,
    hash_out,
    hash_state,
    hash_set_state,
};
