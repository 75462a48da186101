/* SPDX-License-Identifier: MIT */
/**
 * SHA-256 (FIPS 180-4) and HMAC-SHA-256 (RFC 2104), incremental.
 *
 * Both work alike: init, then update any number of times with pieces of any length, then out. out
 * does not change the context, so a running hash can be looked at and continued. Contexts hold no
 * interior pointers: copy one with `=` to go on from it twice. The functions in one step, _digest
 * and _tag, are the same for what is in memory as a whole.
 *
 * Nothing here blocks or fails. A context takes 104 bytes (HMAC: 208). Stack on Cortex-M4: 192
 * bytes for an update, 312 for a digest, 472 for a tag. A context holds what it has seen: wipe it
 * when that was secret. out and the functions in one step wipe what they used themselves.
 */
#ifndef BEDROCK_SHA256_H
#define BEDROCK_SHA256_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define BEDROCK_SHA256_SIZE 32 /* bytes in a digest, and in a tag */

/** A running hash. The fields are not yours. */
struct bedrock_sha256 {
    uint32_t state[8];
    uint64_t length; /* bytes so far */
    uint8_t block[64];
};

void bedrock_sha256_init(struct bedrock_sha256 *sha);

/** data may be NULL if len is 0. Whole blocks of 64 bytes are hashed where they lie. */
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

/** Writes the tag of all bytes so far. The context is not changed: copy one that has seen only the
 * key, and the key's two blocks need not be hashed again. */
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
