/* SPDX-License-Identifier: MIT */
/* What SHA-256 shares with what is built on it. */
#ifndef BDK_CRYPTO_SHA256_H
#define BDK_CRYPTO_SHA256_H

#include "bedrock/sha256.h"

/* As bedrock_sha256_out(), but in place: it saves a copy of the context, and wipes it. */
void bdk_sha256_finish(struct bedrock_sha256 *sha, uint8_t digest[BEDROCK_SHA256_SIZE]);

/* HMAC in one context instead of two, for who keeps the key until the end (at most a block of 64
 * bytes): begin, bedrock_sha256_update() the data, end, which wipes the context. tag may be the
 * key's memory. */
void bdk_hmac_sha256_begin(struct bedrock_sha256 *sha, const void *key, size_t key_len);
void bdk_hmac_sha256_end(struct bedrock_sha256 *sha, const void *key, size_t key_len,
                         uint8_t tag[BEDROCK_SHA256_SIZE]);

/* As bedrock_hmac_sha256_out(), but in place: both contexts are wiped. */
void bdk_hmac_sha256_finish(struct bedrock_hmac_sha256 *hmac, uint8_t tag[BEDROCK_SHA256_SIZE]);

#endif
