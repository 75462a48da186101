/* SPDX-License-Identifier: MIT */
/* See bedrock/sigv4.h. */
#include "sigv4/sigv4.h"

int bedrock_sigv4_put_authorization(struct bedrock_output *out,
                                    const struct bedrock_sigv4_request *request,
                                    const struct bedrock_sigv4_scope *scope, const char *signature)
{
    bdk_sigv4_put_form(out, BDK_SIGV4_AUTHORIZATION, scope);
    bdk_sigv4_put_headers(out, request, BDK_SIGV4_NAMES);
    bedrock_output_text(out, BDK_SIGV4_SIGNATURE);
    return bedrock_output_text(out, signature);
}
