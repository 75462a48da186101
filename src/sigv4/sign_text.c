/* SPDX-License-Identifier: MIT */
/* The signature of a canonical request, whoever renders it, and the header that carries it. */
#include "sigv4/sigv4.h"

#include "bedrock/error.h"
#include "util/bytes.h"

static void put_string_to_sign(struct bedrock_output *out, const void *scope, const void *hash)
{
    bedrock_sigv4_put_string_to_sign(out, scope, hash);
}

/* The memory of the signature is where its key is made, and its text's hash: it is written last. */
int bdk_sigv4_sign_text(char signature[BEDROCK_SIGV4_SIGNATURE_SIZE],
                        const struct bdk_sigv4_text *canonical,
                        const struct bedrock_sigv4_scope *scope, struct bedrock_sigv4_key *key,
                        struct bedrock_sha256 *sha)
{
    uint8_t *room = (uint8_t *)signature, *hash = room + BEDROCK_SHA256_SIZE;
    struct bdk_sigv4_text string = {put_string_to_sign, scope, hash};
    int status;

    bdk_sigv4_load_key(room, scope, key, sha);
    status = bdk_sigv4_hash(hash, canonical, sha);
    if (status != BEDROCK_OK) {
        bdk_wipe(signature, BEDROCK_SIGV4_SIGNATURE_SIZE);
        return status;
    }
    bdk_sigv4_mac(signature, room, room, &string, sha);
    return BEDROCK_OK;
}

void bdk_sigv4_begin_authorization(struct bedrock_output *out,
                                   const struct bedrock_sigv4_scope *scope)
{
    bdk_sigv4_put_form(
        out, "AWS4-HMAC-SHA256 Credential=" BDK_SIGV4_CREDENTIAL ", SignedHeaders=", scope);
}

int bdk_sigv4_end_authorization(struct bedrock_output *out, const char *signature)
{
    bedrock_output_text(out, ", Signature=");
    return bedrock_output_text(out, signature);
}
