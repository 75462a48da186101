/* SPDX-License-Identifier: MIT */
/* See bedrock/sigv4.h. */
#include "sigv4/sigv4.h"

#include "bedrock/error.h"
#include "util/bytes.h"

static void put_canonical(struct bedrock_output *out, const void *request, const void *query)
{
    bdk_sigv4_put_canonical(out, request, query);
}

static void put_string_to_sign(struct bedrock_output *out, const void *scope, const void *hash)
{
    bedrock_sigv4_put_string_to_sign(out, scope, hash);
}

int bdk_sigv4_sign_query(char signature[BEDROCK_SIGV4_SIGNATURE_SIZE],
                         const struct bedrock_sigv4_request *request,
                         const struct bdk_sigv4_text *query,
                         const struct bedrock_sigv4_scope *scope, struct bedrock_sigv4_key *key)
{
    uint8_t room[BDK_SIGV4_ROOM], *hash = room + BEDROCK_SHA256_SIZE;
    struct bdk_sigv4_text canonical = {put_canonical, request, query};
    struct bdk_sigv4_text string = {put_string_to_sign, scope, hash};
    int status = bdk_sigv4_check_scope(scope);

    if (status != BEDROCK_OK) {
        return status;
    }
    bdk_sigv4_load_key(room, scope, key);
    status = bdk_sigv4_hash(hash, &canonical);
    if (status == BEDROCK_OK) {
        bdk_sigv4_mac(signature, room, room, &string);
    }
    bdk_wipe(room, sizeof room);
    return status;
}

int bedrock_sigv4_sign(char signature[BEDROCK_SIGV4_SIGNATURE_SIZE],
                       const struct bedrock_sigv4_request *request,
                       const struct bedrock_sigv4_scope *scope, struct bedrock_sigv4_key *key)
{
    return bdk_sigv4_sign_query(signature, request, NULL, scope, key);
}
