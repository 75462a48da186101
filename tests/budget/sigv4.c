/* SPDX-License-Identifier: MIT */
/* What signing a request costs: the signature and the Authorization header. */
#include "bedrock/sigv4.h"

int main(void)
{
    static const struct bedrock_sigv4_header headers[] = {{"host", "localhost"},
                                                          {"x-amz-date", "20250115T123456Z"}};
    static struct bedrock_sigv4_key key;
    struct bedrock_sigv4_request request = {0};
    struct bedrock_sigv4_scope scope = {"id", "secret", "us-east-1", "bedrock", headers[1].value};
    char signature[BEDROCK_SIGV4_SIGNATURE_SIZE];
    struct bedrock_output out;

    request.method = "POST";
    request.path = "/";
    request.headers = headers;
    request.header_count = sizeof headers / sizeof headers[0];
    bedrock_output_init(&out, NULL, NULL, 0);
    if (bedrock_sigv4_sign(signature, &request, &scope, &key) != 0) {
        return 1;
    }
    return bedrock_sigv4_put_authorization(&out, &request, &scope, signature);
}
