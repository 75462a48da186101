/* SPDX-License-Identifier: MIT */
/* SigV4 of a Bedrock request, with temporary keys and with others. */
#include "bedrock/sigv4.h"
#include "bench/bench.h"
#include "bench/samples.h"

static const struct bedrock_sigv4_scope scope = {
    .access_key_id = "AKIDEXAMPLE",
    .secret_access_key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    .region = "us-east-1",
    .service = "bedrock",
    .date = "20250115T123456Z",
};

/* Signs a POST as its sender would: the body's hash, the signature, the header that carries it. */
static void measure_signing(const struct bytes *body, const char *token,
                            struct bedrock_sigv4_key *key, const char *id)
{
    const struct bedrock_sigv4_header headers[] = {
        {"Content-Type", "application/json"},
        {"Host", "bedrock-runtime.us-east-1.amazonaws.com"},
        {"X-Amz-Date", scope.date},
        {"X-Amz-Security-Token", token},
    };
    struct bedrock_sigv4_request request = {
        .method = "POST",
        .path = "/model/us.anthropic.claude-haiku-4-5-20251001-v1%3A0/converse",
        .headers = headers,
        .header_count = token != NULL ? 4 : 3,
    };
    char signature[BEDROCK_SIGV4_SIGNATURE_SIZE];
    struct bedrock_output out;
    int status;

    bench_begin();
    bench_sink(&out);
    bedrock_sha256_digest(request.payload_hash, body->data, body->len);
    status = bedrock_sigv4_sign(signature, &request, &scope, key);
    bedrock_sigv4_put_authorization(&out, &request, &scope, signature);
    bench_end(id, 1);
    bench_check(status == BEDROCK_OK && out.status == 0, id);
}

void bench_sigv4(void)
{
    struct bytes body = {0}, token = {0};
    struct bedrock_sigv4_key key = {.check = 0};

    sample_prose(&body, 1024);
    sample_token(&token);
    measure_signing(&body, token.data, NULL, "sign_cold");
    bedrock_sigv4_key_prepare(&key, &scope);
    measure_signing(&body, token.data, &key, "sign_warm");
    measure_signing(&body, NULL, NULL, "sign_cold_no_token");
    measure_signing(&body, NULL, &key, "sign_warm_no_token");
    bytes_free(&body);
    bytes_free(&token);
}
