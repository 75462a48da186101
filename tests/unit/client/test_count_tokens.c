/* SPDX-License-Identifier: MIT */
/* CountTokens, of both forms of a request. */
#include "invoking.h"

#define MODEL "anthropic.claude-3-haiku-20240307-v1:0"
#define PATH  "POST /model/anthropic.claude-3-haiku-20240307-v1%3A0/count-tokens HTTP/1.1"
#define COUNTED(json)                                                                              \
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n" json

static struct calls c;
static struct telling told;

static int end_of_call(int started)
{
    CHECK_INT(started, BEDROCK_OK);
    if (started == BEDROCK_OK) {
        tell_call(&told, c.client);
        return told.code;
    }
    return started;
}

static int count_body(const struct bedrock_body *body)
{
    static struct http_answer script[] = {
        {.text = COUNTED("{\"inputTokens\":42}"), .then = HTTP_THEN_CLOSE}};
    static struct bedrock_invoke_model request;

    memset(&request, 0, sizeof request);
    request.model_id = MODEL;
    request.body = *body;
    request.trace = "ENABLED"; /* of no meaning here */
    calls_init(&c, script, 1);
    c.size = 4300;
    CHECK_INT(calls_open(&c), BEDROCK_OK);
    return end_of_call(bedrock_count_tokens_invoke_model(c.client, &request));
}

static void check_sent(const char *want)
{
    CHECK_INT(c.peer.request_count, 1);
    CHECK(http_peer_line_is(&c.peer, 0, PATH));
    CHECK_BYTES(http_peer_body(&c.peer, 0), c.peer.requests[0].body_len, want, strlen(want));
    CHECK(strstr((const char *)c.fake.written, "x-amzn-bedrock") == NULL);
    CHECK_TEXT(told.text.data, "usage 42 0 0 0 0 ms [] []\ndone\n");
    CHECK_INT(bedrock_last_usage(c.client)->input_tokens, 42);
    calls_free(&c);
}

static void check_body(const struct bedrock_body *body, const char *want)
{
    CHECK_INT(count_body(body), BEDROCK_OK);
    check_sent(want);
}

static void check_refused(const struct bedrock_body *body, int code)
{
    CHECK_INT(count_body(body), code);
    CHECK_INT(c.fake.connects, 0);
    calls_free(&c);
}

static void of_a_converse_request(void)
{
    static struct http_answer script[] = {
        {.text = COUNTED("{\"inputTokens\":42,\"new\":[]}"), .then = HTTP_THEN_CLOSE}};
    struct bedrock_converse request = {
        .model_id = MODEL,
        .system = BEDROCK_CONTENT(BEDROCK_TEXT("Be brief.")),
        .messages = BEDROCK_MESSAGES(BEDROCK_USER("Hi")),
        .tool_config = BEDROCK_TOOL_CONFIG(.tools = BEDROCK_TOOLS({.name = "t"})),
        .additional_model_request_fields = BEDROCK_MODEL_FIELDS("{\"k\":1}"),
        .max_tokens = 5, /* the service refuses what it does not count */
        .temperature = "0.1",
        .stop_sequences = BEDROCK_STRINGS("x"),
        .request_metadata = BEDROCK_REQUEST_METADATA({"a", "b"}),
    };

    calls_make(&c, script, 1);
    CHECK_INT(end_of_call(bedrock_count_tokens_converse(c.client, &request)), BEDROCK_OK);
    check_sent("{\"input\":{\"converse\":{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":"
               "\"Hi\"}]}],\"system\":[{\"text\":\"Be brief.\"}],\"toolConfig\":{\"tools\":[{"
               "\"toolSpec\":{\"name\":\"t\",\"inputSchema\":{\"json\":{\"type\":\"object\"}}}}]},"
               "\"additionalModelRequestFields\":{\"k\":1}}}}");
    request.model_id = "";
    calls_make(&c, NULL, 0);
    CHECK_INT(bedrock_count_tokens_converse(c.client, &request), BEDROCK_E_ARGUMENT);
    CHECK_INT(bedrock_count_tokens_converse(c.client, NULL), BEDROCK_E_ARGUMENT);
    CHECK_INT(bedrock_count_tokens_converse(NULL, &request), BEDROCK_E_BUFFER);
    CHECK_INT(bedrock_count_tokens_invoke_model(c.client, NULL), BEDROCK_E_ARGUMENT);
    calls_free(&c);
}

/* -------------------------------------------------------------- InvokeModel */

#define BODY(base64) "{\"input\":{\"invokeModel\":{\"body\":\"" base64 "\"}}}"

static void of_json(void)
{
    check_body(&(struct bedrock_body){0}, BODY("e30="));
    check_body(&(struct bedrock_body)BEDROCK_JSON_BODY(" [1] "), BODY("WzFd"));
    check_body(&(struct bedrock_body)BEDROCK_JSON_BODY("[12]"), BODY("WzEyXQ=="));
    check_body(&(struct bedrock_body)BEDROCK_JSON_BODY("[123]"), BODY("WzEyM10="));
    check_refused(&(struct bedrock_body)BEDROCK_JSON_BODY("{"), BEDROCK_E_JSON_INCOMPLETE);
    check_refused(&(struct bedrock_body)BEDROCK_JSON_BODY(NULL), BEDROCK_E_ARGUMENT);
}

static void of_too_much_json(void)
{
    char *text = malloc(BEDROCK_BODY_MAX + 2);

    REQUIRE(text != NULL);
    memset(text, '7', BEDROCK_BODY_MAX + 1);
    text[BEDROCK_BODY_MAX + 1] = '\0';
    check_refused(&(struct bedrock_body)BEDROCK_JSON_BODY(text), BEDROCK_E_TOO_LARGE);
    free(text);
}

static void of_a_source(void)
{
    static const struct bedrock_source nothing = {NULL, NULL, 3, NULL};
    static const struct bedrock_source large = {NULL, NULL, BEDROCK_BODY_MAX + 1, "x"};

    check_body(&(struct bedrock_body)BEDROCK_SOURCE_BODY(.data = "\0\xff?", .len = 3),
               BODY("AP8/"));
    check_body(&(struct bedrock_body)BEDROCK_SOURCE_BODY(.data = "", .len = 0), BODY(""));
    check_refused(&(struct bedrock_body)BEDROCK_BODY(&bedrock_body_source, &nothing),
                  BEDROCK_E_ARGUMENT);
    check_refused(&(struct bedrock_body)BEDROCK_BODY(&bedrock_body_source, NULL),
                  BEDROCK_E_ARGUMENT);
    check_refused(&(struct bedrock_body)BEDROCK_BODY(&bedrock_body_source, &large),
                  BEDROCK_E_TOO_LARGE);
}

/* A renderer that writes a string of so many characters, or fails behind it. */
struct own {
    int len, failure;
    unsigned calls;
};

static int own_render(struct bedrock_json_writer *json, const void *value)
{
    struct own *own = (struct own *)(uintptr_t)value;
    int i;

    own->calls++;
    bedrock_json_begin_string(json);
    for (i = 0; i < own->len; i++) {
        bedrock_json_put_piece(json, "x", 1);
    }
    bedrock_json_end_string(json);
    return own->failure != 0 ? own->failure : json->out->status;
}

static const struct bedrock_body_kind own_kind = {own_render, NULL};

/* Of any length, through windows that are smaller than it. */
static void of_a_kind_of_ones_own(void)
{
    static char text[6000], want[9000];
    struct own own = {0, 0, 0};
    size_t len;

    for (own.len = 0; own.len < 5000 && !test_failed(); own.len += own.len < 20 ? 1 : 499) {
        test_context("%d characters", own.len);
        text[0] = '"';
        memset(text + 1, 'x', (size_t)own.len);
        text[own.len + 1] = '"';
        strcpy(want, "{\"input\":{\"invokeModel\":{\"body\":\"");
        len = strlen(want);
        len += bedrock_base64_encode(want + len, text, (size_t)own.len + 2);
        strcpy(want + len, "\"}}}");
        check_body(&(struct bedrock_body)BEDROCK_BODY(&own_kind, &own), want);
    }
    CHECK(own.calls > 40);
    own.failure = -1000;
    check_refused(&(struct bedrock_body)BEDROCK_BODY(&own_kind, &own), -1000);
    own.failure = 3;
    check_refused(&(struct bedrock_body)BEDROCK_BODY(&own_kind, &own), BEDROCK_E_ARGUMENT);
}

/* A source that is read by offset: about twice the whole, however many windows there are. */
struct counting {
    uint64_t bytes;
};

static int read_counting(void *ctx, uint32_t off, void *dst, size_t len)
{
    unsigned char *to = dst;

    ((struct counting *)ctx)->bytes += len;
    for (; len > 0; len--, off++) {
        *to++ = (unsigned char)(off * 7 ^ off >> 8);
    }
    return 0;
}

static void of_a_large_source(void)
{
    enum { LEN = 300000 };
    static char bytes[LEN + 2], want[sizeof BODY("") + BEDROCK_BASE64_ENCODED_SIZE(LEN + 2)];
    struct counting counting = {0};
    size_t len;
    uint32_t over;

    for (over = 0; over <= 2; over++) {
        read_counting(&counting, 0, bytes, LEN + over);
        strcpy(want, "{\"input\":{\"invokeModel\":{\"body\":\"");
        len = strlen(want);
        len += bedrock_base64_encode(want + len, bytes, LEN + over);
        strcpy(want + len, "\"}}}");
        counting.bytes = 0;
        CHECK_INT(count_body(&(struct bedrock_body)BEDROCK_SOURCE_BODY(.read_at = read_counting,
                                                                       .ctx = &counting,
                                                                       .len = LEN + over)),
                  BEDROCK_OK);
        CHECK(counting.bytes >= 2 * LEN && counting.bytes < 3 * LEN);
        check_sent(want);
    }
}

static int render_counting(struct bedrock_json_writer *json, const void *value)
{
    bedrock_json_begin_array(json);
    bedrock_json_put_base64(json, value);
    return bedrock_json_end_array(json);
}

/* The same for one within a body: base64 around base64. */
static void of_a_large_source_in_a_body(void)
{
    enum { LEN = 300000 };
    static const struct bedrock_body_kind kind = {render_counting, NULL};
    struct counting counting = {0};
    const struct bedrock_source source = {read_counting, &counting, LEN, NULL};

    CHECK_INT(count_body(&(struct bedrock_body)BEDROCK_BODY(&kind, &source)), BEDROCK_OK);
    CHECK_INT(c.peer.requests[0].body_len, strlen(BODY("")) + (LEN / 3 * 4 + 4 + 2) / 3 * 4);
    CHECK(counting.bytes >= 2 * LEN && counting.bytes < 3 * LEN);
    calls_free(&c);
}

/* ------------------------------------------------------------------ answers */

static int answered(const char *answer)
{
    struct http_answer script[] = {{.text = answer, .then = HTTP_THEN_CLOSE}};
    static const struct bedrock_invoke_model request = {.model_id = MODEL};

    calls_init(&c, script, 1);
    c.config.max_attempts = 1;
    CHECK_INT(calls_open(&c), BEDROCK_OK);
    return end_of_call(bedrock_count_tokens_invoke_model(c.client, &request));
}

static void answers(void)
{
    static const struct {
        const char *answer;
        int code, count;
    } cases[] = {
        {COUNTED("{\"inputTokens\":0}"), BEDROCK_OK, 0},
        {COUNTED("{\"inputTokens\":28.0}"), BEDROCK_OK, 28},
        {COUNTED(" {\"x\":{\"inputTokens\":1},\"inputTokens\" : 2147483647}"), BEDROCK_OK,
         2147483647},
        {COUNTED("{\"inputTokens\":-1}"), BEDROCK_E_JSON_SHAPE, 0},
        {COUNTED("{\"inputTokens\":2147483648}"), BEDROCK_E_JSON_SHAPE, 0},
        {COUNTED("{\"inputTokens\":1.5}"), BEDROCK_E_JSON_SHAPE, 0},
        {COUNTED("{\"inputTokens\":4"), BEDROCK_E_JSON_INCOMPLETE, 0},
        {COUNTED(""), BEDROCK_E_JSON_INCOMPLETE, 0},
        {COUNTED("7"), BEDROCK_E_JSON_SHAPE, 0},
        {COUNTED("{}"), BEDROCK_E_JSON_SHAPE, 0},
        {COUNTED("{\"inputTokens\":null}"), BEDROCK_E_JSON_SHAPE, 0},
        {"HTTP/1.1 400 Bad\r\nx-amzn-errortype: ValidationException\r\n\r\n{\"message\":\"m\"}",
         BEDROCK_E_VALIDATION, 0},
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        test_context("%s", cases[i].answer);
        CHECK_INT(answered(cases[i].answer), cases[i].code);
        CHECK_INT(bedrock_last_usage(c.client)->input_tokens, cases[i].count);
        calls_free(&c);
    }
}

int main(void)
{
    RUN(of_a_converse_request);
    RUN(of_json);
    RUN(of_too_much_json);
    RUN(of_a_source);
    RUN(of_a_kind_of_ones_own);
    RUN(of_a_large_source);
    RUN(of_a_large_source_in_a_body);
    RUN(answers);
    return test_finish();
}
