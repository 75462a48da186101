/* SPDX-License-Identifier: MIT */
/* See bedrock/sigv4.h. */
#include "sigv4/sigv4.h"

int bedrock_sigv4_put_authorization(struct bedrock_output *out,
                                    const struct bedrock_sigv4_request *request,
                                    const struct bedrock_sigv4_scope *scope, const char *signature)
{
    bedrock_output_text(out, "AWS4-HMAC-SHA256 Credential=");
    bedrock_output_text(out, scope->access_key_id);
    bdk_sigv4_put_char(out, '/');
    bdk_sigv4_put_scope(out, scope);
    bedrock_output_text(out, ", SignedHeaders=");
    bdk_sigv4_put_signed_names(out, request);
    bedrock_output_text(out, ", Signature=");
    return bedrock_output_text(out, signature);
}
