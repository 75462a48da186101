/* SPDX-License-Identifier: MIT */
/* The signature of a canonical request, whoever renders it. */
#include "sigv4/sigv4.h"

#include "bedrock/error.h"
#include "crypto/sha256.h"
#include "encoding/hex.h"

/* The memory of the signature is that of the hash, of the tag and perhaps of its key: it is written
 * last. */
int bdk_sigv4_sign_text(char signature[BEDROCK_SIGV4_SIGNATURE_SIZE],
                        const struct bdk_sigv4_text *canonical,
                        const struct bedrock_sigv4_scope *scope, struct bedrock_sigv4_key *cache,
                        struct bedrock_sha256 *sha)
{
    uint8_t *tag = (uint8_t *)signature, *hash = tag + BEDROCK_SHA256_SIZE;
    struct bdk_sigv4_text string = {bdk_sigv4_put_string_to_sign, scope, hash};
    const uint8_t *key;
    int status;

    bedrock_sha256_init(sha);
    status = bdk_sigv4_feed(sha, canonical);
    bdk_sha256_finish(sha, hash);
    if (status == BEDROCK_OK) {
        key = bdk_sigv4_load_key(tag, scope, cache, sha);
        bdk_hmac_sha256_begin(sha, key, BEDROCK_SHA256_SIZE);
        bdk_sigv4_feed(sha, &string);
        bdk_hmac_sha256_end(sha, key, BEDROCK_SHA256_SIZE, tag);
        bdk_hex_encode(signature, tag, BEDROCK_SHA256_SIZE);
        signature[BEDROCK_SIGV4_SIGNATURE_SIZE - 1] = '\0';
    }
    return status;
}
