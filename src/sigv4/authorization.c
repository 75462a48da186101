/* SPDX-License-Identifier: MIT */
/* See bedrock/sigv4.h. */
#include "sigv4/sigv4.h"

int bedrock_sigv4_put_authorization(struct bedrock_output *out,
                                    const struct bedrock_sigv4_request *request,
                                    const struct bedrock_sigv4_scope *scope, const char *signature)
{
    bdk_sigv4_begin_authorization(out, scope);
    bdk_sigv4_put_headers(out, request, BDK_SIGV4_NAMES);
    return bdk_sigv4_end_authorization(out, signature);
}
