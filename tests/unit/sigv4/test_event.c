/* SPDX-License-Identifier: MIT */
#include "test.h"

#include "bedrock/error.h"
#include "bedrock/event_stream.h"
#include "bedrock/sigv4.h"
#include "encoding/hex.h"

#include <string.h>

#define SEED "e6a96c1979d63d364f65711a8f7cfde4801153a96b537e1ffc1380ff0fb93d51"

static const struct bedrock_sigv4_scope scope = {
    "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "us-east-1", "bedrock", NULL,
};

static void seed_of_a_stream(void)
{
    static const struct bedrock_sigv4_header headers[] = {
        {"Host", "bedrock-runtime.us-east-1.amazonaws.com"},
        {"Content-Type", "application/vnd.amazon.eventstream"},
        {"X-Amz-Content-Sha256", "STREAMING-AWS4-HMAC-SHA256-EVENTS"},
        {"X-Amz-Date", "20250115T123456Z"},
    };
    struct bedrock_sigv4_request request = {0};
    struct bedrock_sigv4_scope dated = scope;
    char signature[BEDROCK_SIGV4_SIGNATURE_SIZE];

    dated.date = "20250115T123456Z";
    request.method = "POST";
    request.path = "/model/amazon.nova-sonic-v1%3A0/invoke-with-bidirectional-stream";
    request.headers = headers;
    request.header_count = 4;
    request.payload_hash_text = "STREAMING-AWS4-HMAC-SHA256-EVENTS";
    CHECK_INT(bedrock_sigv4_sign(signature, &request, &dated, NULL), BEDROCK_OK);
    CHECK_TEXT(signature, SEED);
}

/* The first event of a stream, the end of it, and the frame that carries that. */
static void a_chain(void)
{
    static const char inner_hex[] =
        "0000008f0000004bb79a60320b3a6576656e742d747970650700056368756e6b0d3a6d6573736167652d747970"
        "650700056576656e740d3a636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e7b2262"
        "79746573223a2265794a6c646d56756443493665794a7a5a584e7a6157397555335268636e51694f6e74396658"
        "303d227d2e4b83b9";
    static const char outer_hex[] =
        "0000005300000043f5447a58053a64617465080000019469f5b550103a6368756e6b2d7369676e617475726506"
        "002021dd79cddf3452157c362057cb6c6e46785e6ec19cb0b92dea64f0a2745a1555266a7436";
    struct bedrock_event_stream_header headers[2] = {
        {":date", BEDROCK_EVENT_STREAM_TIMESTAMP, "\x00\x00\x01\x94\x69\xf5\xb5\x50", 8},
        {":chunk-signature", BEDROCK_EVENT_STREAM_BYTES, NULL, BEDROCK_SHA256_SIZE},
    };
    struct bedrock_sigv4_key key = {{0}, {0}, 0};
    char signature[BEDROCK_SIGV4_SIGNATURE_SIZE] = SEED, hex[65] = "";
    uint8_t raw[BEDROCK_SHA256_SIZE], inner[143], outer[83], got[83];
    size_t len;

    bdk_hex_decode(inner, inner_hex, sizeof inner_hex - 1);
    bdk_hex_decode(outer, outer_hex, sizeof outer_hex - 1);
    CHECK_INT(
        bedrock_sigv4_sign_event(signature, raw, &scope, &key, 1736944497000, inner, sizeof inner),
        BEDROCK_OK);
    CHECK_TEXT(signature, "351ec180f2f77afb8541d119fea66bf176f617b47fdd9b8a766c6174b9d7f464");
    bdk_hex_encode(hex, raw, sizeof raw);
    CHECK_TEXT(hex, signature);
    CHECK_INT(bedrock_sigv4_sign_event(signature, raw, &scope, NULL, 1736944498000, NULL, 0),
              BEDROCK_OK);
    CHECK_TEXT(signature, "21dd79cddf3452157c362057cb6c6e46785e6ec19cb0b92dea64f0a2745a1555");
    headers[1].value = raw;
    CHECK_INT(bedrock_event_stream_encode(got, sizeof got, &len, headers, 2, NULL, 0), BEDROCK_OK);
    CHECK_BYTES(got, len, outer, sizeof outer);
}

static void milliseconds_count(void)
{
    char first[BEDROCK_SIGV4_SIGNATURE_SIZE] = SEED, second[BEDROCK_SIGV4_SIGNATURE_SIZE] = SEED;
    uint8_t raw[BEDROCK_SHA256_SIZE];

    bedrock_sigv4_sign_event(first, raw, &scope, NULL, 1736944497000, "x", 1);
    bedrock_sigv4_sign_event(second, raw, &scope, NULL, 1736944497001, "x", 1);
    CHECK(strcmp(first, second) != 0);
}

static void what_is_refused(void)
{
    char signature[BEDROCK_SIGV4_SIGNATURE_SIZE] = SEED;
    uint8_t raw[BEDROCK_SHA256_SIZE];
    struct bedrock_sigv4_scope bad = scope;

    CHECK_INT(bedrock_sigv4_sign_event(signature, raw, &scope, NULL, -1, "", 0), BEDROCK_E_TIME);
    CHECK_INT(bedrock_sigv4_sign_event(signature, raw, &scope, NULL, 253402300800000, "", 0),
              BEDROCK_E_TIME);
    bad.region = NULL;
    CHECK_INT(bedrock_sigv4_sign_event(signature, raw, &bad, NULL, 0, "", 0), BEDROCK_E_ARGUMENT);
    CHECK_TEXT(signature, SEED);
}

int main(void)
{
    RUN(seed_of_a_stream);
    RUN(a_chain);
    RUN(milliseconds_count);
    RUN(what_is_refused);
    return test_finish();
}
