/* SPDX-License-Identifier: MIT */
/* See bedrock/sigv4.h. */
#include "sigv4/sigv4.h"

#include "bedrock/error.h"
#include "encoding/hex.h"

struct canonical {
    const struct bedrock_sigv4_request *request;
    const struct bdk_text *query;
};

static void put_canonical(struct bedrock_output *out, const void *ctx)
{
    const struct canonical *canonical = ctx;

    bdk_sigv4_put_canonical(out, canonical->request, canonical->query);
}

struct string_to_sign {
    const struct bedrock_sigv4_scope *scope;
    const uint8_t *canonical_hash;
};

static void put_string_to_sign(struct bedrock_output *out, const void *ctx)
{
    const struct string_to_sign *string = ctx;

    bedrock_sigv4_put_string_to_sign(out, string->scope, string->canonical_hash);
}

void bdk_sigv4_write_hex(char signature[BEDROCK_SIGV4_SIGNATURE_SIZE],
                         const uint8_t tag[BEDROCK_SHA256_SIZE])
{
    bdk_hex_encode(signature, tag, BEDROCK_SHA256_SIZE);
    signature[BEDROCK_SIGV4_SIGNATURE_SIZE - 1] = '\0';
}

int bdk_sigv4_sign_query(char signature[BEDROCK_SIGV4_SIGNATURE_SIZE],
                         const struct bedrock_sigv4_request *request, const struct bdk_text *query,
                         const struct bedrock_sigv4_scope *scope, struct bedrock_sigv4_key *key)
{
    uint8_t hash[BEDROCK_SHA256_SIZE];
    struct canonical canonical = {request, query};
    struct string_to_sign string = {scope, hash};
    struct bdk_text hashed = {put_canonical, &canonical};
    struct bdk_text signed_text = {put_string_to_sign, &string};
    int status = bdk_sigv4_check_scope(scope);

    if (status == BEDROCK_OK) {
        status = bdk_sigv4_hash(hash, &hashed);
    }
    if (status == BEDROCK_OK) {
        bdk_sigv4_seal(hash, &signed_text, scope, key);
        bdk_sigv4_write_hex(signature, hash);
    }
    return status;
}

int bedrock_sigv4_sign(char signature[BEDROCK_SIGV4_SIGNATURE_SIZE],
                       const struct bedrock_sigv4_request *request,
                       const struct bedrock_sigv4_scope *scope, struct bedrock_sigv4_key *key)
{
    return bdk_sigv4_sign_query(signature, request, NULL, scope, key);
}
