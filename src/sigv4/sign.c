/* SPDX-License-Identifier: MIT */
/* See bedrock/sigv4.h. */
#include "sigv4/sigv4.h"

#include "bedrock/error.h"

int bedrock_sigv4_sign(char signature[BEDROCK_SIGV4_SIGNATURE_SIZE],
                       const struct bedrock_sigv4_request *request,
                       const struct bedrock_sigv4_scope *scope, struct bedrock_sigv4_key *key)
{
    struct bdk_sigv4_text canonical = {bdk_sigv4_put_canonical, request, NULL};
    struct bedrock_sha256 sha;
    int status = bdk_sigv4_check_scope(scope);

    if (status == BEDROCK_OK) {
        status = bdk_sigv4_sign_text(signature, &canonical, scope, key, &sha);
    }
    return status;
}
