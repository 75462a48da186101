/* SPDX-License-Identifier: MIT */
/**
 * SHA-256 (FIPS 180-4) and HMAC-SHA-256 (RFC 2104), incremental.
 *
 * Contexts hold no interior pointers: copy one with `=` to keep a running hash and go on from it
 * twice. No function blocks or fails. A context takes 112 bytes (HMAC: 224), and a call less than
 * 200 bytes of stack. Wipe a context that has seen a secret; the one-shot functions and the _out
 * functions of HMAC wipe what they used.
 */
#ifndef BEDROCK_SHA256_H
#define BEDROCK_SHA256_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define BEDROCK_SHA256_SIZE 32 /* bytes in a digest */

/** A running hash. The fields are not yours. */
struct bedrock_sha256 {
    uint32_t state[8];
    uint64_t length; /* bytes so far */
    uint8_t block[64];
};

void bedrock_sha256_init(struct bedrock_sha256 *sha);
void bedrock_sha256_update(struct bedrock_sha256 *sha, const void *data, size_t len);

/** Writes the digest of all bytes so far. The context is not changed: more may follow. */
void bedrock_sha256_out(const struct bedrock_sha256 *sha, uint8_t digest[BEDROCK_SHA256_SIZE]);

/** The digest of one piece of memory. digest may overlap data. */
void bedrock_sha256_digest(uint8_t digest[BEDROCK_SHA256_SIZE], const void *data, size_t len);

/** A running HMAC. The fields are not yours. */
struct bedrock_hmac_sha256 {
    struct bedrock_sha256 inner;
    struct bedrock_sha256 outer;
};

/** Starts with a key of any length; keys over 64 bytes are hashed first, as RFC 2104 says. */
void bedrock_hmac_sha256_init(struct bedrock_hmac_sha256 *hmac, const void *key, size_t key_len);
void bedrock_hmac_sha256_update(struct bedrock_hmac_sha256 *hmac, const void *data, size_t len);

/** Writes the tag of all bytes so far. The context is not changed. */
void bedrock_hmac_sha256_out(const struct bedrock_hmac_sha256 *hmac,
                             uint8_t tag[BEDROCK_SHA256_SIZE]);

/** The tag of one piece of memory. tag may be the same memory as key or data: chains of HMACs need
 * no copy. */
void bedrock_hmac_sha256_tag(uint8_t tag[BEDROCK_SHA256_SIZE], const void *key, size_t key_len,
                             const void *data, size_t data_len);

#ifdef __cplusplus
}
#endif

#endif
