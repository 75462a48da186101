/* SPDX-License-Identifier: MIT */
/* What InvokeModel sends, to the byte: heads, signature, bodies of every kind and size; and what it
 * makes of a whole answer. */
#include "invoking.h"

#include "bedrock/sigv4.h"
#include "bedrock/version.h"
#include "crypto/sha256.h"

#define AGENT "User-Agent: libbedrock/" BEDROCK_VERSION " ua/2.1 lang/c"
#define SCOPE "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20250115/us-east-1/bedrock/aws4_request, "
#define TITAN "amazon.titan-embed-text-v2:0"

#define ANSWER                                                                                     \
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"                   \
    "x-amzn-RequestId: id-ok\r\n\r\n{}"
#define STREAM_ANSWER                                                                              \
    "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.amazon.eventstream\r\n"                      \
    "Content-Length: 0\r\n\r\n"

static struct calls c;
static struct telling told;

static const struct bedrock_invoke_model everything = {
    .model_id = TITAN,
    .body = BEDROCK_JSON_BODY(" {\"inputText\": \"hello\"}\n"),
    .content_type = "application/json; charset=utf-8",
    .accept = "application/json",
    .trace = "ENABLED_FULL",
    .guardrail_identifier = "arn:aws:bedrock:us-east-1:123456789012:guardrail/gr1",
    .guardrail_version = "DRAFT",
    .performance_config_latency = "optimized",
    .service_tier = "priority",
    .request_metadata = BEDROCK_REQUEST_METADATA({"who", "a \"lamp\""}, {"$ref", "b=c, d"}),
};

static int call(start_call start, const struct bedrock_invoke_model *request, const char *answer)
{
    static struct http_answer script[1];
    int status;

    script[0].text = answer;
    calls_make(&c, script, 1);
    status = start(c.client, request);
    if (status == BEDROCK_OK) {
        tell_call(&told, c.client);
        status = told.code;
    }
    return status;
}

/* ------------------------------------------------------------------- heads */

/* What was sent before the signature's 64 characters, the last of the head. */
static void check_head(const char *want)
{
    size_t len = c.peer.requests[0].head_len;
    const char *head = (const char *)c.fake.written;

    CHECK_INT(c.peer.request_count, 1);
    CHECK(len > 78 && memcmp(head + len - 78, "Signature=", 10) == 0);
    CHECK_BYTES(head, len - 68, want, strlen(want));
}

/* The headers as they were sent, but for those that nobody signs. */
static size_t sent_headers(struct bedrock_sigv4_header *headers, size_t cap)
{
    static char head[8192];
    static const char *const unsigned_names[] = {"Content-Length", "Accept", "User-Agent",
                                                 "Authorization"};
    size_t count = 0, i, len = c.peer.requests[0].head_len;
    char *line;

    memcpy(head, c.fake.written, len < sizeof head ? len : sizeof head - 1);
    head[len] = '\0';
    strtok(head, "\r\n");
    while ((line = strtok(NULL, "\r\n")) != NULL && count < cap) {
        char *colon = strchr(line, ':');

        *colon = '\0';
        for (i = 0; i < 4 && strcmp(line, unsigned_names[i]) != 0; i++) {
        }
        if (i == 4) {
            headers[count].name = line;
            headers[count++].value = colon + 2;
        }
    }
    return count;
}

static int keep_text(void *ctx, const void *data, size_t len)
{
    strncat(ctx, data, len);
    return 0;
}

/* The signer that stands alone sorts, trims and joins by itself: it has to come to the same. */
static void check_signature(const char *path)
{
    const struct bedrock_sigv4_scope scope = {"AKIDEXAMPLE",
                                              "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
                                              "us-east-1", "bedrock", "20250115T123456Z"};
    char signature[BEDROCK_SIGV4_SIGNATURE_SIZE], want[2048] = "", got[2048] = "";
    struct bedrock_sigv4_request request = {0};
    struct bedrock_sigv4_header headers[16];
    struct bedrock_output out;
    struct bedrock_sha256 sha;

    bedrock_sha256_init(&sha);
    bedrock_sha256_update(&sha, http_peer_body(&c.peer, 0), c.peer.requests[0].body_len);
    bdk_sha256_finish(&sha, request.payload_hash);
    request.method = "POST";
    request.path = path;
    request.headers = headers;
    request.header_count = sent_headers(headers, 16);
    CHECK_INT(bedrock_sigv4_sign(signature, &request, &scope, NULL), BEDROCK_OK);
    bedrock_output_init(&out, keep_text, want, 0);
    bedrock_sigv4_put_authorization(&out, &request, &scope, signature);
    CHECK(http_peer_header(&c.peer, 0, "Authorization", got, sizeof got) != NULL);
    CHECK_TEXT(got, want);
}

#define TITAN_PATH "/model/amazon.titan-embed-text-v2%3A0/invoke"
#define MEMBERS                                                                                    \
    "x-amzn-bedrock-guardrailidentifier: arn:aws:bedrock:us-east-1:123456789012:guardrail/gr1\r\n" \
    "x-amzn-bedrock-guardrailversion: DRAFT\r\n"                                                   \
    "x-amzn-bedrock-performanceconfig-latency: optimized\r\n"                                      \
    "x-amzn-bedrock-request-metadata: {\"who\":\"a \\\"lamp\\\"\",\"$ref\":\"b=c, d\"}\r\n"        \
    "x-amzn-bedrock-service-tier: priority\r\n"                                                    \
    "x-amzn-bedrock-trace: ENABLED_FULL\r\n"

static void the_smallest_head(void)
{
    const struct bedrock_invoke_model request = {.model_id = TITAN};

    CHECK_INT(call(bedrock_invoke_model, &request, ANSWER), BEDROCK_OK);
    check_head("POST " TITAN_PATH " HTTP/1.1\r\n"
               "Host: bedrock-runtime.us-east-1.amazonaws.com\r\n"
               "Content-Type: application/json\r\nContent-Length: 2\r\n" AGENT "\r\n"
               "X-Amz-Date: 20250115T123456Z\r\n"
               "Authorization: " SCOPE "SignedHeaders=content-type;host;x-amz-date, Signature=");
    check_signature(TITAN_PATH);
    CHECK_TEXT(http_peer_body(&c.peer, 0), "{}");
    calls_free(&c);
}

#define SIGNED                                                                                     \
    "x-amzn-bedrock-guardrailidentifier;x-amzn-bedrock-guardrailversion;"                          \
    "x-amzn-bedrock-performanceconfig-latency;x-amzn-bedrock-request-metadata;"                    \
    "x-amzn-bedrock-service-tier;x-amzn-bedrock-trace, Signature="

static void all_members(void)
{
    CHECK_INT(call(bedrock_invoke_model, &everything, ANSWER), BEDROCK_OK);
    check_head("POST " TITAN_PATH " HTTP/1.1\r\n"
               "Host: bedrock-runtime.us-east-1.amazonaws.com\r\n"
               "Content-Type: application/json; charset=utf-8\r\nContent-Length: 22\r\n"
               "Accept: application/json\r\n" MEMBERS AGENT "\r\n"
               "X-Amz-Date: 20250115T123456Z\r\n"
               "Authorization: " SCOPE "SignedHeaders=content-type;host;x-amz-date;" SIGNED);
    check_signature(TITAN_PATH);
    CHECK_TEXT(http_peer_body(&c.peer, 0), "{\"inputText\": \"hello\"}");
    calls_free(&c);
}

/* The stream has a name of its own for Accept, and signs it. */
static void all_members_of_a_stream(void)
{
    CHECK_INT(call(bedrock_invoke_model_with_response_stream, &everything, STREAM_ANSWER),
              BEDROCK_OK);
    check_head("POST " TITAN_PATH "-with-response-stream HTTP/1.1\r\n"
               "Host: bedrock-runtime.us-east-1.amazonaws.com\r\n"
               "Content-Type: application/json; charset=utf-8\r\nContent-Length: 22\r\n"
               "x-amzn-bedrock-accept: application/json\r\n" MEMBERS AGENT "\r\n"
               "X-Amz-Date: 20250115T123456Z\r\n"
               "Authorization: " SCOPE
               "SignedHeaders=content-type;host;x-amz-date;x-amzn-bedrock-accept;" SIGNED);
    check_signature(TITAN_PATH "-with-response-stream");
    calls_free(&c);
}

static void with_a_session_token(void)
{
    static struct http_answer script[] = {{.text = ANSWER}};

    calls_init(&c, script, 1);
    c.credentials.keys.session_token = "a/token+of==";
    CHECK_INT(calls_open(&c), BEDROCK_OK);
    CHECK_INT(bedrock_invoke_model(c.client, &everything), BEDROCK_OK);
    tell_call(&told, c.client);
    CHECK_INT(told.code, BEDROCK_OK);
    CHECK(strstr((const char *)c.fake.written,
                 "x-amz-date;x-amz-security-token;x-amzn-bedrock-guardrailidentifier;") != NULL);
    check_signature(TITAN_PATH);
    calls_free(&c);
}

static void empty_members_are_absent(void)
{
    const struct bedrock_invoke_model request = {.model_id = TITAN,
                                                 .content_type = "",
                                                 .accept = "",
                                                 .trace = "",
                                                 .guardrail_identifier = "",
                                                 .guardrail_version = "",
                                                 .performance_config_latency = "",
                                                 .service_tier = ""};

    CHECK_INT(call(bedrock_invoke_model, &request, ANSWER), BEDROCK_OK);
    CHECK(strstr((const char *)c.fake.written, "x-amzn-bedrock") == NULL);
    CHECK(strstr((const char *)c.fake.written, "Accept") == NULL);
    CHECK(strstr((const char *)c.fake.written, "Content-Type: application/json\r\n") != NULL);
    check_signature(TITAN_PATH);
    calls_free(&c);
}

static void model_ids(void)
{
    static char longest[2050];
    static const struct {
        const char *id, *path;
    } good[] = {
        {"a:b/c%d", "/model/a%3Ab%2Fc%25d/invoke"},
        {"arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a0",
         "/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aapplication-inference-profile%2F"
         "a0/invoke"},
        {"a..b~_-!*'()", "/model/a..b~_-%21%2A%27%28%29/invoke"},
    };
    static const char *const bad[] = {NULL, "", " ", "a b", "a\n", "\xC3\xA9", "a\x7f", " a", "a "};
    struct bedrock_invoke_model request = {0};
    size_t i;

    for (i = 0; i < sizeof good / sizeof good[0]; i++) {
        request.model_id = good[i].id;
        test_context("%s", good[i].id);
        CHECK_INT(call(bedrock_invoke_model, &request, ANSWER), BEDROCK_OK);
        CHECK(memcmp(c.fake.written, "POST ", 5) == 0 &&
              memcmp(c.fake.written + 5, good[i].path, strlen(good[i].path)) == 0);
        check_signature(good[i].path);
        calls_free(&c);
    }
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        request.model_id = bad[i];
        test_context("%s", bad[i] == NULL ? "none" : bad[i]);
        CHECK_INT(call(bedrock_invoke_model, &request, ANSWER), BEDROCK_E_ARGUMENT);
        CHECK_INT(bedrock_last_error(c.client)->code, BEDROCK_E_ARGUMENT);
        calls_free(&c);
    }
    memset(longest, 'm', sizeof longest - 1);
    request.model_id = longest;
    CHECK_INT(call(bedrock_invoke_model, &request, ANSWER), BEDROCK_E_ARGUMENT);
    calls_free(&c);
    longest[2048] = '\0';
    CHECK_INT(call(bedrock_invoke_model, &request, ANSWER), BEDROCK_OK);
    calls_free(&c);
}

/* What cannot stand in a header, or stands for half of something. */
static void members_that_cannot_be(void)
{
    static const char *const values[] = {"a\r\nX: y", "a\n",  " a",   "a ", "a  b",
                                         "\xC3\xA9",  "a\tb", "\x7f", " "};
    const size_t offsets[] = {offsetof(struct bedrock_invoke_model, content_type),
                              offsetof(struct bedrock_invoke_model, accept),
                              offsetof(struct bedrock_invoke_model, trace),
                              offsetof(struct bedrock_invoke_model, guardrail_identifier),
                              offsetof(struct bedrock_invoke_model, guardrail_version),
                              offsetof(struct bedrock_invoke_model, performance_config_latency),
                              offsetof(struct bedrock_invoke_model, service_tier)};
    struct bedrock_invoke_model request;
    size_t i, at;

    calls_make(&c, NULL, 0);
    for (at = 0; at < sizeof offsets / sizeof offsets[0]; at++) {
        for (i = 0; i < sizeof values / sizeof values[0]; i++) {
            test_context("member %zu, value %zu", at, i);
            request = everything;
            memcpy((char *)&request + offsets[at], &values[i], sizeof values[i]);
            CHECK_INT(bedrock_invoke_model(c.client, &request), BEDROCK_E_ARGUMENT);
            CHECK_INT(bedrock_invoke_model_with_response_stream(c.client, &request),
                      BEDROCK_E_ARGUMENT);
        }
    }
    test_context(NULL);
    request = everything;
    request.guardrail_version = NULL;
    CHECK_INT(bedrock_invoke_model(c.client, &request), BEDROCK_E_ARGUMENT);
    request = everything;
    request.guardrail_identifier = "";
    CHECK_INT(bedrock_invoke_model(c.client, &request), BEDROCK_E_ARGUMENT);
    CHECK_INT(bedrock_invoke_model(c.client, NULL), BEDROCK_E_ARGUMENT);
    CHECK_INT(bedrock_invoke_model(NULL, &everything), BEDROCK_E_BUFFER);
    CHECK_INT(c.fake.connects, 0);
    calls_free(&c);
}

static void metadata_that_cannot_be(void)
{
    static const struct bedrock_pair pairs[] = {{NULL, "v"},    {"n", NULL},       {"n", "a\nb"},
                                                {"n\r\n", "v"}, {"n", "\xC3\xA9"}, {"n", "a  b"},
                                                {"a  b", "v"},  {"", "v"}};
    struct bedrock_pairs list = {&bedrock_section_request_metadata, pairs, 0};
    struct bedrock_invoke_model request = {.model_id = TITAN, .request_metadata = &list};
    size_t i;

    calls_make(&c, NULL, 0);
    CHECK_INT(bedrock_invoke_model(c.client, &request), BEDROCK_E_ARGUMENT);
    list.count = 1;
    for (i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        test_context("pair %zu", i);
        list.items = pairs + i;
        CHECK_INT(bedrock_invoke_model(c.client, &request), BEDROCK_E_ARGUMENT);
    }
    list.items = NULL;
    CHECK_INT(bedrock_invoke_model(c.client, &request), BEDROCK_E_ARGUMENT);
    calls_free(&c);
}

/* ------------------------------------------------------------------ bodies */

static void check_body(const struct bedrock_body *body, const void *want, size_t len)
{
    struct bedrock_invoke_model request = {.model_id = TITAN};

    request.body = *body;
    CHECK_INT(call(bedrock_invoke_model, &request, ANSWER), BEDROCK_OK);
    CHECK_INT(c.peer.request_count, 1);
    CHECK_BYTES(http_peer_body(&c.peer, 0), c.peer.requests[0].body_len, want, len);
    check_signature(TITAN_PATH);
    calls_free(&c);
}

/* Refused before a byte is sent. */
static void check_refused(const struct bedrock_body *body, int code)
{
    struct bedrock_invoke_model request = {.model_id = TITAN};

    request.body = *body;
    CHECK_INT(call(bedrock_invoke_model, &request, ANSWER), code);
    CHECK_INT(bedrock_last_error(c.client)->code, code);
    CHECK_INT(c.fake.connects, 0);
    calls_free(&c);
}

static void json_bodies(void)
{
    static const struct {
        const char *text;
        int code;
    } bad[] = {{"", BEDROCK_E_JSON_INCOMPLETE},
               {"{\"a\":1", BEDROCK_E_JSON_INCOMPLETE},
               {"{} {}", BEDROCK_E_JSON},
               {"{a:1}", BEDROCK_E_JSON},
               {"\"\xff\"", BEDROCK_E_JSON_UTF8}};
    size_t i;

    check_body(&(struct bedrock_body)BEDROCK_JSON_BODY("\t[1, 2 ]\n"), "[1, 2 ]", 7);
    check_body(&(struct bedrock_body)BEDROCK_JSON_BODY("5"), "5", 1);
    check_refused(&(struct bedrock_body)BEDROCK_JSON_BODY(NULL), BEDROCK_E_ARGUMENT);
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        test_context("%s", bad[i].text);
        check_refused(&(struct bedrock_body)BEDROCK_JSON_BODY(bad[i].text), bad[i].code);
    }
}

static void source_bodies(void)
{
    static const char bytes[] = "\0\xff{\xC3 \r\n\r\n";

    check_body(&(struct bedrock_body)BEDROCK_SOURCE_BODY(.data = bytes, .len = sizeof bytes), bytes,
               sizeof bytes);
    check_body(&(struct bedrock_body)BEDROCK_SOURCE_BODY(.data = bytes, .len = 0), "", 0);
    check_refused(&(struct bedrock_body)BEDROCK_SOURCE_BODY(.len = 5), BEDROCK_E_ARGUMENT);
    check_refused(&(struct bedrock_body){.kind = &bedrock_body_source}, BEDROCK_E_ARGUMENT);
}

/* ------------------------------------------------------- a kind of one's own */

static int own_render(struct bedrock_json_writer *json, const void *value)
{
    const int *mode = value;

    switch (*mode) {
    case 0:
        bedrock_json_begin_object(json);
        bedrock_json_put_key(json, "n");
        bedrock_json_put_integer(json, 1);
        return bedrock_json_end_object(json);
    case 1:
        return bedrock_json_begin_object(json); /* and no end */
    case 2:
        bedrock_json_put_integer(json, 1);
        return bedrock_json_put_integer(json, 2);
    case 3:
        return 0; /* nothing */
    default:
        bedrock_json_put_integer(json, 1);
        return *mode; /* a failure of its own, which the output does not know */
    }
}

static const struct bedrock_body_kind own = {own_render, NULL};

static void own_bodies(void)
{
    static const struct {
        int mode, code;
    } bad[] = {{1, BEDROCK_E_STATE},
               {2, BEDROCK_E_STATE},
               {3, BEDROCK_E_STATE},
               {-1000, -1000},
               {BEDROCK_E_EMPTY_TEXT, BEDROCK_E_EMPTY_TEXT},
               {-1, BEDROCK_E_ARGUMENT},
               {7, BEDROCK_E_ARGUMENT}};
    int good = 0;
    size_t i;

    check_body(&(struct bedrock_body)BEDROCK_BODY(&own, &good), "{\"n\":1}", 7);
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        test_context("mode %d", bad[i].mode);
        check_refused(&(struct bedrock_body)BEDROCK_BODY(&own, &bad[i].mode), bad[i].code);
    }
}

/* -------------------------------------------------------------- large bodies */

struct large {
    uint64_t bytes; /* that were asked for */
    uint32_t calls;
    uint32_t change_at,
        fail_at; /* the call from which on it gives other bytes, or fails; 0: never */
    int failure;
};

static uint8_t byte_at(uint32_t off)
{
    return (uint8_t)(off * 7 + off / 251);
}

static int read_large(void *ctx, uint32_t off, void *dst, size_t len)
{
    struct large *large = ctx;
    size_t i;

    large->calls++;
    large->bytes += len;
    if (large->fail_at != 0 && large->calls >= large->fail_at) {
        return large->failure;
    }
    for (i = 0; i < len; i++) {
        ((uint8_t *)dst)[i] =
            (uint8_t)(byte_at(off + (uint32_t)i) ^
                      (large->change_at != 0 && large->calls >= large->change_at));
    }
    return 0;
}

/* Sends so many bytes from a client with so much memory. */
static int send_large(struct large *large, uint32_t len, size_t memory_size)
{
    static struct http_answer script[] = {{.text = ANSWER}};
    static uint64_t memory[BEDROCK_MEMORY / 8];
    const struct bedrock_source source = {read_large, large, len, NULL};
    const struct bedrock_invoke_model request = {.model_id = TITAN,
                                                 .body = {&bedrock_body_source, &source}};

    calls_init(&c, script, 1);
    CHECK_INT(bedrock_client_init_with(&c.client, memory, memory_size, &c.config, &bedrock_plain),
              BEDROCK_OK);
    large->bytes = 0;
    large->calls = 0;
    CHECK_INT(bedrock_invoke_model(c.client, &request), BEDROCK_OK);
    tell_call(&told, c.client);
    return told.code;
}

static void check_large(uint32_t len)
{
    const uint8_t *body = (const uint8_t *)http_peer_body(&c.peer, 0);
    uint32_t i;

    CHECK_INT(c.peer.request_count, 1);
    CHECK_INT(c.peer.requests[0].body_len, len);
    for (i = 0; i < len && body[i] == byte_at(i); i++) {
    }
    CHECK_INT(i, len);
}

/* A body of 15 MB is read twice, to measure and to send, and at the windows' ends a little more: a
 * window begins where the last one has ended, and does not read what lies before. */
static void fifteen_megabytes(void)
{
    enum { LEN = 15 * 1000 * 1000 };
    struct large large = {0, 0, 0, 0, 0};
    uint64_t windows = LEN / (BEDROCK_MEMORY / 2 - 2048); /* the client takes some of it */

    CHECK_INT(send_large(&large, LEN, BEDROCK_MEMORY), BEDROCK_OK);
    check_large(LEN);
    CHECK(large.bytes >= 2 * (uint64_t)LEN && large.bytes < 2 * (uint64_t)LEN + 64 * windows);
    calls_free(&c);
}

static void the_largest_body(void)
{
    struct large large = {0, 0, 0, 0, 0};

    CHECK_INT(send_large(&large, BEDROCK_BODY_MAX, BEDROCK_MEMORY), BEDROCK_OK);
    check_large(BEDROCK_BODY_MAX);
    calls_free(&c);
    CHECK_INT(send_large(&large, BEDROCK_BODY_MAX + 1, BEDROCK_MEMORY), BEDROCK_E_TOO_LARGE);
    CHECK_INT(c.fake.connects, 0);
    CHECK(large.bytes == 0);
    calls_free(&c);
    CHECK_INT(send_large(&large, UINT32_MAX, BEDROCK_MEMORY), BEDROCK_E_TOO_LARGE);
    CHECK(large.bytes == 0);
    calls_free(&c);
}

static void too_much_in_memory(void)
{
    char *text = malloc(BEDROCK_BODY_MAX + 2);

    REQUIRE(text != NULL);
    memset(text, '7', BEDROCK_BODY_MAX + 1);
    text[BEDROCK_BODY_MAX + 1] = '\0';
    check_refused(&(struct bedrock_body)BEDROCK_JSON_BODY(text), BEDROCK_E_TOO_LARGE);
    check_refused(
        &(struct bedrock_body)BEDROCK_SOURCE_BODY(.data = text, .len = BEDROCK_BODY_MAX + 1),
        BEDROCK_E_TOO_LARGE);
    free(text);
}

/* It is not checked once a window, which would take minutes. */
static void much_json(void)
{
    enum { LEN = 20 * 1000 * 1000 };
    static struct http_answer script[] = {{.text = ANSWER}};
    static uint64_t memory[BEDROCK_MEMORY / 8];
    struct bedrock_invoke_model request = {.model_id = TITAN};
    char *text = malloc(LEN + 1);

    REQUIRE(text != NULL);
    memset(text, '7', LEN);
    text[0] = text[LEN - 1] = ' ';
    text[LEN] = '\0';
    request.body.kind = &bedrock_body_json;
    request.body.value = text;
    calls_init(&c, script, 1);
    CHECK_INT(bedrock_client_init_with(&c.client, memory, sizeof memory, &c.config, &bedrock_plain),
              BEDROCK_OK);
    CHECK_INT(bedrock_invoke_model(c.client, &request), BEDROCK_OK);
    tell_call(&told, c.client);
    CHECK_INT(told.code, BEDROCK_OK);
    CHECK_INT(c.peer.requests[0].body_len, LEN - 2);
    CHECK(memcmp(http_peer_body(&c.peer, 0), text + 1, LEN - 2) == 0);
    calls_free(&c);
    free(text);
}

/* Small windows and odd ones: the bytes are the same, and none is read often. */
static void any_window(void)
{
    struct large large = {0, 0, 0, 0, 0};
    size_t size;

    for (size = 4200; size < 5200; size += 37) {
        test_context("%zu bytes of memory", size);
        CHECK_INT(send_large(&large, 10007, size), BEDROCK_OK);
        check_large(10007);
        CHECK(large.bytes < 2 * 10007 + 64 * 100);
        calls_free(&c);
    }
}

static void a_source_that_changes(void)
{
    struct large large = {0, 0, 0, 0, 0};
    uint32_t measuring = (20000 + 63) / 64, last;

    CHECK_INT(send_large(&large, 20000, 5000), BEDROCK_OK);
    last = large.calls;
    calls_free(&c);
    for (large.change_at = measuring + 1; large.change_at <= last; large.change_at += 23) {
        test_context("from call %u of %u on", (unsigned)large.change_at, (unsigned)last);
        CHECK_INT(send_large(&large, 20000, 5000), BEDROCK_E_BODY_CHANGED);
        CHECK_INT(c.peer.request_count, 0);
        CHECK(!fake_port_is_connected(&c.fake));
        CHECK_INT(bedrock_last_error(c.client)->attempts, 1);
        calls_free(&c);
    }
}

static void a_source_that_fails(void)
{
    static const struct {
        int said, code;
    } cases[] = {{-1000, -1000},           {BEDROCK_E_READ, BEDROCK_E_READ},
                 {-1, BEDROCK_E_ARGUMENT}, {1, BEDROCK_E_ARGUMENT},
                 {64, BEDROCK_E_ARGUMENT}, {BEDROCK_AGAIN, BEDROCK_E_ARGUMENT}};
    struct large large = {0, 0, 0, 0, 0};
    uint32_t measuring = (20000 + 63) / 64;
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        test_context("says %d", cases[i].said);
        large.failure = cases[i].said;
        large.fail_at = 1;
        CHECK_INT(send_large(&large, 20000, 5000), cases[i].code);
        CHECK_INT(c.fake.connects, 0);
        CHECK_INT(large.calls, 1);
        calls_free(&c);
        large.fail_at = measuring + 100;
        CHECK_INT(send_large(&large, 20000, 5000), cases[i].code);
        CHECK_INT(c.peer.request_count, 0);
        CHECK_INT(bedrock_last_error(c.client)->attempts, 1);
        calls_free(&c);
    }
}

/* ------------------------------------------------------------------ answers */

static const struct bedrock_invoke_model plain = {.model_id = TITAN};
static const struct bedrock_invoke_model read_by_family = {.model_id = TITAN, .reply = &family};

static void check_answer(const struct bedrock_invoke_model *request, const char *json,
                         const char *want)
{
    static struct run_of_bytes body;

    body.len = 0;
    put_words(&body, json);
    test_context("%s", json);
    check_played(bedrock_invoke_model, request, JSON_TYPE, &body, want);
}

#define NO_USAGE "usage 0 0 0 0 0 ms [] []\n"

static void answers_as_bytes(void)
{
    check_answer(&plain, "{\"a\": [1]}", "body {\"a\": [1]}\n" NO_USAGE "done\n");
    check_answer(&plain, "no JSON \xff", "body no JSON \xff\n" NO_USAGE "done\n");
    check_answer(&plain, "", NO_USAGE "done\n");
}

static void answers_with_a_reader(void)
{
    check_answer(&read_by_family, "{\"text\":\"a\\u00e9\",\"new\":{\"text\":1},\"stop\":\"stop\"}",
                 "message\nbegin 0\ntext a\xC3\xA9\nend 0\nstop 0 stop\n" NO_USAGE "done\n");
    check_answer(&read_by_family, "{\"images\":[\"iVBO\",\"Rw==\"],\"error\":null}",
                 "message\nbegin 0\nimage iVBO\nend 0\nbegin 1\nimage Rw==\nend 1\n" NO_USAGE
                 "done\n");
    check_answer(&read_by_family, "{\"embedding\":[0.5,-1e-3, 7],\"tokens\":3}",
                 "message\nbegin 0\nnumber 0.5\nnumber -1e-3\nnumber 7\nend 0\n"
                 "usage 3 0 0 0 0 ms [] []\ndone\n");
}

static void answers_that_are_none(void)
{
    check_answer(&read_by_family, "{\"text\":\"a\"",
                 "message\nbegin 0\ntext a\nfailed -43 [] []\n");
    check_answer(&read_by_family, "7", "message\nfailed -44 [] []\n");
    check_answer(&read_by_family, "", "failed -43 [] []\n");
    check_answer(&read_by_family, "{}}", "message\nfailed -40 [] []\n");
}

/* HTTP says that all is well, and the model that it is not. */
static void a_model_that_excuses_itself(void)
{
    static const struct bedrock_invoke_model request = {.model_id = TITAN, .reply = &family};
    static struct run_of_bytes http;
    static const char json[] = "{\"error\":\"All \\u0069mages were\\n blocked.\",\"images\":null}";
    size_t piece;

    for (piece = 0; piece < 9; piece++) {
        struct one_answer answer = {http.data, 0, MOST, 0, 0};

        http.len = 0;
        put_http(&http, JSON_TYPE, "", json, sizeof json - 1, 0);
        answer.len = http.len;
        play(&told, bedrock_invoke_model, &request, &answer, piece);
        test_context("in pieces of %zu", piece);
        CHECK_TEXT(told.text.data, "message\nfailed -76 [] [All images were\n blocked.]\n");
    }
}

static void counts_in_headers(void)
{
    CHECK_INT(call(bedrock_invoke_model, &plain,
                   "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
                   "X-Amzn-Bedrock-Input-Token-Count: 5\r\n"
                   "x-amzn-bedrock-output-token-count: 60\r\n"
                   "X-Amzn-Bedrock-Cache-Read-Input-Token-Count: 7\r\n"
                   "X-Amzn-Bedrock-Cache-Write-Input-Token-Count: 8\r\n"
                   "X-Amzn-Bedrock-Invocation-Latency: 999\r\n"
                   "X-Amzn-Bedrock-Invocation-Latency-: 1\r\nX-Amzn-Bedrock-: 1\r\n"
                   "X-Amzn-Bedrock-Output-Token-Count: many\r\n"
                   "X-Amzn-Bedrock-Service-Tier: a-tier-longer-than-its-place\r\n"
                   "X-Amzn-Bedrock-PerformanceConfig-Latency: standard\r\n\r\n{}"),
              BEDROCK_OK);
    CHECK_TEXT(told.text.data, "body {}\nusage 5 60 7 8 999 ms [a-tier-long] [standard]\ndone\n");
    calls_free(&c);
}

#define TYPED(type) "HTTP/1.1 200 OK\r\n" type "Content-Length: 2\r\nConnection: close\r\n\r\n{}"

static void types_of_answers(void)
{
    struct bedrock_invoke_model request = plain;
    static const struct {
        const char *accept, *answer;
        int code;
    } cases[] = {
        {NULL, TYPED("Content-Type: application/json;charset=utf-8\r\n"), BEDROCK_OK},
        {NULL, TYPED("Content-Type: text/html\r\n"), BEDROCK_E_HTTP_NOT_BEDROCK},
        {NULL, TYPED(""), BEDROCK_E_HTTP_NOT_BEDROCK},
        {"image/png", TYPED("Content-Type: Image/PNG\r\n"), BEDROCK_OK},
        {"image/png", TYPED("Content-Type: application/json\r\n"), BEDROCK_OK},
        {"image/png", TYPED("Content-Type: image/png2\r\n"), BEDROCK_E_HTTP_NOT_BEDROCK},
        {"image/png", TYPED("X-Other: image/png\r\n"), BEDROCK_E_HTTP_NOT_BEDROCK},
        {"image/png", TYPED("Content-Type: image/png; x=y\r\n"), BEDROCK_OK},
        {"image/png; x=y", TYPED("Content-Type: image/png;x=y\r\n"), BEDROCK_OK},
        {"*/*", TYPED("Content-Type: application/json\r\n"), BEDROCK_OK},
        {"*/*", TYPED("Content-Type: image/png\r\n"), BEDROCK_OK},
        {"*/*", TYPED(""), BEDROCK_E_HTTP_NOT_BEDROCK},
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        test_context("%zu", i);
        request.accept = cases[i].accept;
        CHECK_INT(call(bedrock_invoke_model, &request, cases[i].answer), cases[i].code);
        calls_free(&c);
    }
}

int main(void)
{
    RUN(the_smallest_head);
    RUN(all_members);
    RUN(all_members_of_a_stream);
    RUN(with_a_session_token);
    RUN(empty_members_are_absent);
    RUN(model_ids);
    RUN(members_that_cannot_be);
    RUN(metadata_that_cannot_be);
    RUN(json_bodies);
    RUN(source_bodies);
    RUN(own_bodies);
    RUN(fifteen_megabytes);
    RUN(the_largest_body);
    RUN(too_much_in_memory);
    RUN(much_json);
    RUN(any_window);
    RUN(a_source_that_changes);
    RUN(a_source_that_fails);
    RUN(answers_as_bytes);
    RUN(answers_with_a_reader);
    RUN(answers_that_are_none);
    RUN(a_model_that_excuses_itself);
    RUN(counts_in_headers);
    RUN(types_of_answers);
    return test_finish();
}
