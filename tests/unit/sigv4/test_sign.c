/* SPDX-License-Identifier: MIT */
/* Signatures: worked examples on which two official signers agree, the key's cache, errors. */
#include "test.h"

#include "bedrock/error.h"
#include "bedrock/event_stream.h"
#include "bedrock/sigv4.h"
#include "encoding/hex.h"
#include "unit/sigv4/output_text.h"
#include "util/bytes.h"

#include <string.h>

#define RUNTIME "bedrock-runtime.us-east-1.amazonaws.com"
#define DATE    "20250115T123456Z"
#define TOKEN   "IQoJb3JpZ2luX2VjEXAMPLE//////////wEaCXVzLWVhc3QtMSJHMEUCIQ=="
#define HELLO   "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hello\"}]}]}"
#define HAIKU   "/model/anthropic.claude-3-haiku-20240307-v1%3A0/converse"
#define JSON                                                                                       \
    {                                                                                              \
        "Content-Type", "application/json"                                                         \
    }
#define HOST(host)                                                                                 \
    {                                                                                              \
        "Host", host                                                                               \
    }
#define DATED                                                                                      \
    {                                                                                              \
        "X-Amz-Date", DATE                                                                         \
    }

static const struct bedrock_sigv4_scope scope = {
    "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "us-east-1", "bedrock", DATE,
};

static struct output_text text;

struct example {
    const char *name, *method, *path, *query, *service, *body;
    struct bedrock_sigv4_header headers[5];
    size_t header_count;
    const char *canonical_hash, *signature;
};

static const struct example examples[] = {
    {"A",
     "POST",
     HAIKU,
     NULL,
     "bedrock",
     HELLO,
     {JSON, HOST(RUNTIME), DATED},
     3,
     "18f458d81b1d8a561520014227b662c8e9e3ffef97af17b590a88bbc31867aed",
     "77d9c45d8e0ed70b120bc8ce61f6584d648667e29a85bed6b147a202fd2a21e6"},
    {"B",
     "POST",
     HAIKU,
     NULL,
     "bedrock",
     HELLO,
     {JSON, HOST(RUNTIME), DATED, {"X-Amz-Security-Token", TOKEN}},
     4,
     "d6bbc7e79949f540fb126c901ccdf8c3b5e4aa37f28dd755b175bfbd016ab9b2",
     "484839fc11da6e107fe678c1ad6b16b02d16126dedf31713474690a0fbeedbe4"},
    {"A2",
     "POST",
     HAIKU,
     NULL,
     "bedrock",
     HELLO,
     {JSON,
      HOST(RUNTIME),
      DATED,
      {"x-amz-content-sha256", "7421da8d1a0949a481724fee62d5886aacde03836bf58248adb73e8b61ac0d54"}},
     4,
     "5069150324d18dbd38599283e4c049c3b70c58d6fa95887f8fd0f45f15f766f3",
     "d4a2d580cf1aa1bc4454d5e3f518363af9c481d30298c2290fa7146b7e58d429"},
    {"C",
     "POST",
     "/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Ainference-profile%2F"
     "us.anthropic.claude-3-haiku-20240307-v1%3A0/converse",
     NULL,
     "bedrock",
     HELLO,
     {JSON, HOST(RUNTIME), DATED},
     3,
     "d369f82072978d42873afb68b14b0b89e7c5290051c785e66fc0115a63a9cda4",
     "9997178d207a27d4e3d2b08ff10d8944f8033490f2adbe83e84118de7e01ea7e"},
    {"D",
     "GET",
     "/async-invoke",
     "submitTimeAfter=2025-01-01T00:00:00Z&statusEquals=Completed&maxResults=10&"
     "nextToken=ab%2Fc%2B%3D%3D",
     "bedrock",
     "",
     {HOST(RUNTIME), DATED},
     2,
     "03efebc12d7895750b44c7debd9827e315b603a4d0046f688a8ab81f338462f2",
     "bed078ed879593598956443d0a8595bc52a793195257a1fa9b021c05bfb4f4c1"},
    {"E",
     "POST",
     HAIKU "-stream",
     NULL,
     "bedrock",
     HELLO,
     {JSON, HOST(RUNTIME), DATED, {"X-Amzn-Bedrock-Trace", "ENABLED"}},
     4,
     "61631d84f04b7bf7056630af101b376ee15ab027b8ac77aaed14dcda4de97f4d",
     "8036079fa28574808398664d1da368cd88b29c3c456f4a18f11b08ead7766a21"},
    {"F",
     "GET",
     "/async-invoke/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aasync-invoke%2Fabc123def456",
     NULL,
     "bedrock",
     "",
     {HOST(RUNTIME), DATED},
     2,
     "9f7533474a41316b2c7d64595c0cdf04f8b2783d2b476f353e8d6886ecd4671e",
     "de074065905fd6886877aacad55e891e763a98faa8a7e685e5db2da5754dcbe8"},
    {"G",
     "POST",
     "/base/model/m/converse",
     NULL,
     "bedrock",
     "{}",
     {JSON, HOST("localhost:8443"), DATED},
     3,
     "f0916301115b48e2f9c03dba994b4f9e5bbaa3e35e93fcc250af239a63aa0c43",
     "5ced78f93f8a6cfea150394788869780249452c72d5f8dc46daaa8b9fa7fb106"},
    {"H",
     "POST",
     "/",
     NULL,
     "sts",
     "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2F"
     "device&RoleSessionName=bedrock-device&DurationSeconds=900",
     {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"},
      HOST("sts.us-east-1.amazonaws.com"),
      DATED},
     3,
     "b310f0c156b90f75f6067a7a7dee8e7a9a9765c29c7d43e2cb4d4b4c77f5eec6",
     "9e9b05c63bc9ef44b49e4a8d19a54df58f4c5a789be8989210c355193da2ce6c"},
};

static struct bedrock_sigv4_request request_of(const struct example *example)
{
    struct bedrock_sigv4_request request = {0};

    request.method = example->method;
    request.path = example->path;
    request.query = example->query;
    request.headers = example->headers;
    request.header_count = example->header_count;
    bedrock_sha256_digest(request.payload_hash, example->body, strlen(example->body));
    return request;
}

static void worked_examples(void)
{
    size_t i;

    for (i = 0; i < BDK_COUNT(examples); i++) {
        struct bedrock_sigv4_request request = request_of(&examples[i]);
        struct bedrock_sigv4_scope its_scope = scope;
        char signature[BEDROCK_SIGV4_SIGNATURE_SIZE], hex[65] = "";
        uint8_t hash[BEDROCK_SHA256_SIZE];
        struct bedrock_output out;

        test_context("example %s", examples[i].name);
        its_scope.service = examples[i].service;
        output_text_init(&text, &out, 0);
        CHECK_INT(bedrock_sigv4_put_canonical_request(&out, &request), BEDROCK_OK);
        bedrock_sha256_digest(hash, text.data, text.len);
        bdk_hex_encode(hex, hash, sizeof hash);
        CHECK_TEXT(hex, examples[i].canonical_hash);
        CHECK_INT(bedrock_sigv4_sign(signature, &request, &its_scope, NULL), BEDROCK_OK);
        CHECK_TEXT(signature, examples[i].signature);
    }
}

static void texts_of_the_first_example(void)
{
    struct bedrock_sigv4_request request = request_of(&examples[0]);
    uint8_t hash[BEDROCK_SHA256_SIZE];
    struct bedrock_output out;

    output_text_init(&text, &out, 0);
    bedrock_sigv4_put_canonical_request(&out, &request);
    CHECK_TEXT(text.data, "POST\n"
                          "/model/anthropic.claude-3-haiku-20240307-v1%253A0/converse\n"
                          "\n"
                          "content-type:application/json\n"
                          "host:" RUNTIME "\n"
                          "x-amz-date:" DATE "\n"
                          "\n"
                          "content-type;host;x-amz-date\n"
                          "7421da8d1a0949a481724fee62d5886aacde03836bf58248adb73e8b61ac0d54");
    bdk_hex_decode(hash, examples[0].canonical_hash, 64);
    output_text_init(&text, &out, 0);
    CHECK_INT(bedrock_sigv4_put_string_to_sign(&out, &scope, hash), BEDROCK_OK);
    CHECK_TEXT(text.data, "AWS4-HMAC-SHA256\n" DATE "\n20250115/us-east-1/bedrock/aws4_request\n"
                          "18f458d81b1d8a561520014227b662c8e9e3ffef97af17b590a88bbc31867aed");
    output_text_init(&text, &out, 0);
    CHECK_INT(bedrock_sigv4_put_authorization(&out, &request, &scope, examples[0].signature),
              BEDROCK_OK);
    CHECK_TEXT(text.data,
               "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20250115/us-east-1/bedrock/aws4_request, "
               "SignedHeaders=content-type;host;x-amz-date, "
               "Signature=77d9c45d8e0ed70b120bc8ce61f6584d648667e29a85bed6b147a202fd2a21e6");
}

static int write_haiku(struct bedrock_output *out, const void *ctx)
{
    CHECK(ctx == &scope);
    return bedrock_output_text(out, HAIKU);
}

static void a_written_path_signs_alike(void)
{
    struct bedrock_sigv4_request request = request_of(&examples[0]);
    char signature[BEDROCK_SIGV4_SIGNATURE_SIZE];

    request.path = NULL;
    request.write_path = write_haiku;
    request.path_ctx = &scope;
    CHECK_INT(bedrock_sigv4_sign(signature, &request, &scope, NULL), BEDROCK_OK);
    CHECK_TEXT(signature, examples[0].signature);
}

static void key_of_the_day(void)
{
    static const char want[] = "37edfb24f5de86dab7e5ace2798293a9db6342415fcd636d42c7a7199dbe6188";
    struct bedrock_sigv4_key key = {{0}, {0}, 0};
    char hex[65] = "";
    static const struct bedrock_sigv4_key none;

    bedrock_sigv4_key_prepare(&key, &scope);
    bdk_hex_encode(hex, key.key, sizeof key.key);
    CHECK_TEXT(hex, want);
    bedrock_sigv4_key_wipe(&key);
    CHECK_BYTES(key.key, sizeof key.key, none.key, sizeof none.key);
    CHECK_BYTES(key.day, sizeof key.day, none.day, sizeof none.day);
}

/* A secret that makes the first HMAC key just one block, and one that is longer than that. */
static void long_secrets(void)
{
    static const char secret[] = "0123456789012345678901234567890123456789012345678901234567890123";
    struct bedrock_sigv4_scope its_scope = scope;
    size_t len;

    for (len = 59; len <= 62; len++) {
        struct bedrock_sigv4_key key = {{0}, {0}, 0};
        uint8_t want[BEDROCK_SHA256_SIZE];
        char start[80] = "AWS4", cut[80] = "";

        memcpy(cut, secret, len);
        memcpy(start + 4, secret, len);
        its_scope.secret_access_key = cut;
        bedrock_sigv4_key_prepare(&key, &its_scope);
        bedrock_hmac_sha256_tag(want, start, len + 4, "20250115", 8);
        bedrock_hmac_sha256_tag(want, want, sizeof want, "us-east-1", 9);
        bedrock_hmac_sha256_tag(want, want, sizeof want, "bedrock", 7);
        bedrock_hmac_sha256_tag(want, want, sizeof want, "aws4_request", 12);
        CHECK_BYTES(key.key, sizeof key.key, want, sizeof want);
    }
}

/* A cached key is used as it is, which a spoilt one shows, and given up when the scope changes. */
static void key_cache(void)
{
    struct bedrock_sigv4_request request = request_of(&examples[0]);
    struct bedrock_sigv4_scope changed[5];
    struct bedrock_sigv4_key key = {{0}, {0}, 0};
    char fresh[BEDROCK_SIGV4_SIGNATURE_SIZE], cached[BEDROCK_SIGV4_SIGNATURE_SIZE];
    size_t i;

    for (i = 0; i < BDK_COUNT(changed); i++) {
        changed[i] = scope;
    }
    changed[0].date = "20250116T123456Z";
    changed[1].region = "us-east-2";
    changed[2].service = "bedrock2";
    changed[3].secret_access_key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEz";
    changed[4].region = "us-east-1bed"; /* region and service change at once, their text does not */
    changed[4].service = "rock";
    for (i = 0; i < BDK_COUNT(changed); i++) {
        test_context("change %u", (unsigned)i);
        bedrock_sigv4_sign(cached, &request, &scope, &key);
        CHECK_TEXT(cached, examples[0].signature);
        key.key[0] ^= 1;
        bedrock_sigv4_sign(cached, &request, &scope, &key);
        CHECK(strcmp(cached, examples[0].signature) != 0);
        bedrock_sigv4_sign(fresh, &request, &changed[i], NULL);
        bedrock_sigv4_sign(cached, &request, &changed[i], &key);
        CHECK_TEXT(cached, fresh);
    }
    changed[0].date = "20250115T235959Z"; /* the same day keeps the key */
    bedrock_sigv4_sign(cached, &request, &scope, &key);
    key.key[0] ^= 1;
    bedrock_sigv4_sign(fresh, &request, &changed[0], NULL);
    bedrock_sigv4_sign(cached, &request, &changed[0], &key);
    CHECK(strcmp(cached, fresh) != 0);
}

static void a_long_session_token(void)
{
    static char token[20001];
    struct example example = examples[1];
    struct bedrock_sigv4_request request;
    char signature[BEDROCK_SIGV4_SIGNATURE_SIZE], other[BEDROCK_SIGV4_SIGNATURE_SIZE];
    uint8_t hash[BEDROCK_SHA256_SIZE], tag[BEDROCK_SHA256_SIZE];
    struct bedrock_sigv4_key key = {{0}, {0}, 0};
    struct bedrock_output out;
    char hex[65] = "";

    memset(token, 'T', sizeof token - 1);
    example.headers[3].value = token;
    request = request_of(&example);
    CHECK_INT(bedrock_sigv4_sign(signature, &request, &scope, &key), BEDROCK_OK);
    output_text_init(&text, &out, 0);
    bedrock_sigv4_put_canonical_request(&out, &request);
    CHECK(text.len > sizeof token);
    bedrock_sha256_digest(hash, text.data, text.len);
    output_text_init(&text, &out, 0);
    bedrock_sigv4_put_string_to_sign(&out, &scope, hash);
    bedrock_hmac_sha256_tag(tag, key.key, sizeof key.key, text.data, text.len);
    bdk_hex_encode(hex, tag, sizeof tag);
    CHECK_TEXT(signature, hex);
    token[19999] = 'U';
    bedrock_sigv4_sign(other, &request, &scope, &key);
    CHECK(strcmp(signature, other) != 0);
}

static void scopes_that_are_refused(void)
{
    static const char *const dates[] = {
        NULL,
        "",
        "20250115",
        "20250115T123456",
        "20250115T123456ZZ",
        "20250115t123456Z",
        "2025011 T123456Z",
        "20250115T12345:Z",
        "2025-01-15T12:34",
    };
    struct bedrock_sigv4_request request = request_of(&examples[0]);
    char signature[BEDROCK_SIGV4_SIGNATURE_SIZE];
    struct bedrock_sigv4_scope bad = scope;
    size_t i;

    for (i = 0; i < BDK_COUNT(dates); i++) {
        test_context("date %s", dates[i]);
        bad.date = dates[i];
        CHECK_INT(bedrock_sigv4_sign(signature, &request, &bad, NULL), BEDROCK_E_ARGUMENT);
    }
    test_context(NULL);
    bad = scope;
    bad.access_key_id = "";
    CHECK_INT(bedrock_sigv4_sign(signature, &request, &bad, NULL), BEDROCK_E_ARGUMENT);
    bad = scope;
    bad.secret_access_key = NULL;
    CHECK_INT(bedrock_sigv4_sign(signature, &request, &bad, NULL), BEDROCK_E_ARGUMENT);
    bad = scope;
    bad.region = NULL;
    CHECK_INT(bedrock_sigv4_sign(signature, &request, &bad, NULL), BEDROCK_E_ARGUMENT);
    bad = scope;
    bad.service = "";
    CHECK_INT(bedrock_sigv4_sign(signature, &request, &bad, NULL), BEDROCK_E_ARGUMENT);
    request.path = NULL;
    CHECK_INT(bedrock_sigv4_sign(signature, &request, &scope, NULL), BEDROCK_E_ARGUMENT);
}

static void dates(void)
{
    char date[BEDROCK_SIGV4_DATE_SIZE];

    CHECK_INT(bedrock_sigv4_date(date, 1736944496), BEDROCK_OK);
    CHECK_TEXT(date, DATE);
    CHECK_INT(bedrock_sigv4_date(date, -1), BEDROCK_E_TIME);
    CHECK_INT(bedrock_sigv4_date(date, 253402300800), BEDROCK_E_TIME);
}

int main(void)
{
    RUN(worked_examples);
    RUN(texts_of_the_first_example);
    RUN(a_written_path_signs_alike);
    RUN(key_of_the_day);
    RUN(long_secrets);
    RUN(key_cache);
    RUN(a_long_session_token);
    RUN(scopes_that_are_refused);
    RUN(dates);
    return test_finish();
}
