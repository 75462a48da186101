/* SPDX-License-Identifier: MIT */
/* The signature of a canonical request, whoever renders it. */
#include "sigv4/sigv4.h"

#include "bedrock/error.h"
#include "encoding/hex.h"

static void put_string_to_sign(struct bedrock_output *out, const void *scope, const void *hash)
{
    bedrock_sigv4_put_string_to_sign(out, scope, hash);
}

void bdk_sigv4_write_hex(char signature[BEDROCK_SIGV4_SIGNATURE_SIZE],
                         const uint8_t tag[BEDROCK_SHA256_SIZE])
{
    bdk_hex_encode(signature, tag, BEDROCK_SHA256_SIZE);
    signature[BEDROCK_SIGV4_SIGNATURE_SIZE - 1] = '\0';
}

int bdk_sigv4_sign_text(char signature[BEDROCK_SIGV4_SIGNATURE_SIZE],
                        const struct bdk_text *canonical, const struct bedrock_sigv4_scope *scope,
                        struct bedrock_sigv4_key *key)
{
    uint8_t hash[BEDROCK_SHA256_SIZE], tag[BEDROCK_SHA256_SIZE];
    struct bdk_text string = {put_string_to_sign, scope, hash};
    int status = bdk_sigv4_hash(hash, canonical);

    if (status == BEDROCK_OK) {
        bdk_sigv4_seal(tag, &string, scope, key);
        bdk_sigv4_write_hex(signature, tag);
    }
    return status;
}

int bdk_sigv4_put_authorization(struct bedrock_output *out, const struct bedrock_sigv4_scope *scope,
                                const char *signed_names, const char *signature)
{
    bedrock_output_text(out, "AWS4-HMAC-SHA256 Credential=");
    bedrock_output_text(out, scope->access_key_id);
    bedrock_output_text(out, "/");
    bdk_sigv4_put_scope(out, scope);
    bedrock_output_text(out, ", SignedHeaders=");
    bedrock_output_text(out, signed_names);
    bedrock_output_text(out, ", Signature=");
    return bedrock_output_text(out, signature);
}
