/* SPDX-License-Identifier: MIT */
/* What goes on the wire, to the byte; and that a request is the same through any window. */
#include "calls.h"

#include "bedrock/version.h"

#include <stdlib.h>

static struct calls c;

#define AGENT "User-Agent: libbedrock/" BEDROCK_VERSION " ua/2.1 lang/c"
#define SCOPE "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20250115/us-east-1/bedrock/aws4_request, "
#define BODY  "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hello\"}]}]}"

static void check_written(const char *want)
{
    CHECK_BYTES(c.fake.written, c.fake.written_len, want, strlen(want));
}

static void check_header(const char *name, const char *want)
{
    static char value[32768];

    if (want == NULL) {
        CHECK(http_peer_header(&c.peer, 0, name, value, sizeof value) == NULL);
        return;
    }
    REQUIRE(http_peer_header(&c.peer, 0, name, value, sizeof value) != NULL);
    CHECK_TEXT(value, want);
}

/* The signatures are those that two of AWS's own signers give for the same inputs. */
static void whole_request_is_exact(void)
{
    calls_make(&c, ANSWERS(TEXT(OK)));
    calls_good(&c);
    check_written(
        "POST /model/anthropic.claude-3-haiku-20240307-v1%3A0/converse HTTP/1.1\r\n"
        "Host: bedrock-runtime.us-east-1.amazonaws.com\r\n"
        "Content-Type: application/json\r\nContent-Length: 59\r\n" AGENT "\r\n"
        "X-Amz-Date: 20250115T123456Z\r\n"
        "Authorization: " SCOPE "SignedHeaders=content-type;host;x-amz-date, "
        "Signature=77d9c45d8e0ed70b120bc8ce61f6584d648667e29a85bed6b147a202fd2a21e6\r\n\r\n" BODY);
    CHECK_TEXT(c.fake.host, "bedrock-runtime.us-east-1.amazonaws.com");
    CHECK_INT(c.fake.host_port, 443);
    calls_free(&c);
}

static void session_token_is_sent_and_signed(void)
{
    const char *token = "IQoJb3JpZ2luX2VjEXAMPLE//////////wEaCXVzLWVhc3QtMSJHMEUCIQ==";

    calls_init(&c, ANSWERS(TEXT(OK)));
    c.credentials.keys.session_token = token;
    CHECK_INT(calls_open(&c), BEDROCK_OK);
    calls_good(&c);
    check_header("x-amz-security-token", token);
    check_header("authorization",
                 SCOPE "SignedHeaders=content-type;host;x-amz-date;x-amz-security-token, "
                       "Signature="
                       "484839fc11da6e107fe678c1ad6b16b02d16126dedf31713474690a0fbeedbe4");
    calls_free(&c);
}

static void arn_is_one_label(void)
{
    calls_init(&c, ANSWERS(TEXT(OK)));
    c.request.model_id = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/"
                         "us.anthropic.claude-3-haiku-20240307-v1:0";
    CHECK_INT(calls_open(&c), BEDROCK_OK);
    calls_good(&c);
    CHECK(http_peer_line_is(
        &c.peer, 0,
        "POST /model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Ainference-profile%2F"
        "us.anthropic.claude-3-haiku-20240307-v1%3A0/converse HTTP/1.1"));
    check_header("authorization",
                 SCOPE "SignedHeaders=content-type;host;x-amz-date, Signature="
                       "9997178d207a27d4e3d2b08ff10d8944f8033490f2adbe83e84118de7e01ea7e");
    calls_free(&c);
}

static void own_endpoint_with_port_and_path(void)
{
    calls_init(&c, ANSWERS(TEXT(OK)));
    c.config.endpoint = BEDROCK_ENDPOINT("http://localhost:8443/base/");
    c.request.model_id = "m";
    c.request.messages.count = 0;
    CHECK_INT(calls_open(&c), BEDROCK_OK);
    calls_good(&c);
    CHECK(http_peer_line_is(&c.peer, 0, "POST /base/model/m/converse HTTP/1.1"));
    check_header("host", "localhost:8443");
    check_header("content-length", "2");
    check_header("authorization",
                 SCOPE "SignedHeaders=content-type;host;x-amz-date, Signature="
                       "5ced78f93f8a6cfea150394788869780249452c72d5f8dc46daaa8b9fa7fb106");
    CHECK_TEXT(c.fake.host, "localhost");
    CHECK_INT(c.fake.host_port, 8443);
    calls_free(&c);
}

static void check_label(const char *label, int valid)
{
    test_context("%.60s", label);
    calls_init(&c, ANSWERS(TEXT(OK)));
    c.request.model_id = label;
    CHECK_INT(calls_open(&c), BEDROCK_OK);
    CHECK_INT(calls_call(&c), valid ? BEDROCK_OK : BEDROCK_E_ARGUMENT);
    calls_free(&c);
    test_context(NULL);
}

/* A dot segment would be another path to whoever normalizes it: "/model/../converse". */
static void what_a_label_may_be(void)
{
    char longest[2050];

    check_label("m", 1);
    check_label("...", 1);
    check_label(".m", 1);
    check_label("", 0);
    check_label(".", 0);
    check_label("..", 0);
    check_label("a b", 0);
    check_label("a\x7f", 0);
    check_label("\xC3\xA9", 0);
    memset(longest, 'm', 2049);
    longest[2049] = '\0';
    check_label(longest, 0);
    longest[2048] = '\0';
    check_label(longest, 1);
}

static void percent_in_a_label_is_encoded(void)
{
    calls_init(&c, ANSWERS(TEXT(OK)));
    c.request.model_id = "a%2Fb";
    CHECK_INT(calls_open(&c), BEDROCK_OK);
    calls_good(&c);
    CHECK(http_peer_line_is(&c.peer, 0, "POST /model/a%252Fb/converse HTTP/1.1"));
    calls_free(&c);
}

static void bearer_key_signs_nothing(void)
{
    calls_init(&c, ANSWERS(TEXT(OK)));
    c.credentials.keys.bearer_token = "ABSKexample";
    c.config.user_agent = "app/lamp";
    CHECK_INT(calls_open(&c), BEDROCK_OK);
    calls_good(&c);
    check_written("POST /model/anthropic.claude-3-haiku-20240307-v1%3A0/converse HTTP/1.1\r\n"
                  "Host: bedrock-runtime.us-east-1.amazonaws.com\r\n"
                  "Content-Type: application/json\r\nContent-Length: 59\r\n" AGENT " app/lamp\r\n"
                  "Authorization: Bearer ABSKexample\r\n\r\n" BODY);
    calls_free(&c);
}

static void long_session_token(void)
{
    static char token[20001];

    memset(token, 'T', sizeof token - 1);
    calls_init(&c, ANSWERS(TEXT(OK)));
    c.credentials.keys.session_token = token;
    CHECK_INT(calls_open(&c), BEDROCK_OK);
    calls_good(&c);
    check_header("x-amz-security-token", token);
    calls_free(&c);
}

static void empty_user_agent_adds_nothing(void)
{
    calls_init(&c, ANSWERS(TEXT(OK)));
    c.config.user_agent = "";
    CHECK_INT(calls_open(&c), BEDROCK_OK);
    calls_good(&c);
    check_header("user-agent", "libbedrock/" BEDROCK_VERSION " ua/2.1 lang/c");
    calls_free(&c);
}

/* ---------------------------------------------------------------- windows */

struct picture {
    uint32_t calls;
    uint32_t change_at; /* the call from which on the bytes are others; 0: never */
    int fails_with;
    uint32_t fails_at; /* the call from which on it fails */
};

static int read_picture(void *ctx, uint32_t off, void *dst, size_t len)
{
    struct picture *picture = ctx;
    uint8_t *bytes = dst;
    size_t i;

    picture->calls++;
    if (picture->fails_with != 0 && picture->calls >= picture->fails_at) {
        return picture->fails_with;
    }
    for (i = 0; i < len; i++) {
        bytes[i] = (uint8_t)((off + i) * 7 + (off + i) / 251);
        if (picture->change_at != 0 && picture->calls >= picture->change_at) {
            bytes[i] ^= 1;
        }
    }
    return 0;
}

/* Sends a picture of 3000 bytes from a client with so much memory to spare. */
static int send_picture(struct picture *picture, size_t spare, size_t write_max)
{
    const struct bedrock_media media = {.format = "png",
                                        .source = {read_picture, picture, 3000, NULL}};
    const struct bedrock_content content = {.kind = &bedrock_content_image, .value = &media};
    const struct bedrock_message message = {.role = "user", .content = {&content, 1}};
    size_t needed;
    int status;

    calls_init(&c, ANSWERS(TEXT(OK)));
    c.size = 0;
    while (calls_open(&c) == BEDROCK_E_BUFFER && c.client == NULL) {
        c.size += 64;
    }
    needed = bedrock_last_error(c.client)->needed;
    c.size = needed + spare;
    CHECK_INT(calls_open(&c), BEDROCK_OK);
    c.fake.write_max = write_max;
    c.request.messages.items = &message;
    status = calls_call(&c);
    return status;
}

static void any_window_gives_the_same_bytes(void)
{
    static const size_t spares[] = {0, 1, 2, 3, 5, 64, 101, 1000, 4096, 9000};
    struct picture picture = {0, 0, 0, 0};
    uint8_t *whole;
    size_t i, len;

    CHECK_INT(send_picture(&picture, 9000, 0), BEDROCK_OK);
    len = c.fake.written_len;
    whole = malloc(len);
    REQUIRE(whole != NULL);
    memcpy(whole, c.fake.written, len);
    CHECK(len > 4000);
    calls_free(&c);
    for (i = 0; i < sizeof spares / sizeof spares[0]; i++) {
        test_context("%d bytes to spare", (int)spares[i]);
        CHECK_INT(send_picture(&picture, spares[i], i % 2 == 0 ? 7 : 0), BEDROCK_OK);
        CHECK_BYTES(c.fake.written, c.fake.written_len, whole, len);
        calls_free(&c);
    }
    test_context(NULL);
    free(whole);
}

static void changed_bytes_are_found(void)
{
    struct picture picture = {0, 0, 0, 0};
    uint32_t last;

    CHECK_INT(send_picture(&picture, 0, 0), BEDROCK_OK);
    last = picture.calls;
    calls_free(&c);
    for (; last > 3000 / 36 + 1; last -= 20) { /* all but those of the first pass */
        test_context("from call %d on", (int)last);
        picture.calls = 0;
        picture.change_at = last;
        CHECK_INT(send_picture(&picture, 0, 0), BEDROCK_E_BODY_CHANGED);
        CHECK_INT(c.peer.request_count, 0);
        CHECK(!fake_port_is_connected(&c.fake));
        CHECK_INT(bedrock_last_error(c.client)->attempts, 1);
        picture.change_at = 0;
        c.request.messages.items = hello;
        calls_good(&c);
        calls_free(&c);
        if (last < 100) {
            break;
        }
    }
    test_context(NULL);
}

/* A source that answers as read(2) would, or in no code of the library's, ends the call all the
 * same. */
static void failing_source_ends_the_call(void)
{
    static const struct {
        int said, code;
    } cases[] = {{-1, BEDROCK_E_ARGUMENT}, {BEDROCK_AGAIN, BEDROCK_E_ARGUMENT},
                 {1, BEDROCK_E_ARGUMENT},  {2, BEDROCK_E_ARGUMENT},
                 {48, BEDROCK_E_ARGUMENT}, {-1000, -1000}};
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct picture picture = {0, 0, cases[i].said, 0};

        test_context("source says %d", cases[i].said);
        CHECK_INT(send_picture(&picture, 0, 0), cases[i].code);
        CHECK_INT(c.fake.written_len, 0);
        calls_free(&c);
    }
    test_context(NULL);
}

/* A source that fails once it is being sent ends the call too, even with a number that would stand
 * for a broken connection if it were the library's. */
static void source_that_fails_while_sending_is_not_retried(void)
{
    struct picture picture = {0, 0, BEDROCK_E_READ, 3000 / 36 + 2};

    CHECK_INT(send_picture(&picture, 0, 0), BEDROCK_E_READ);
    CHECK_INT(bedrock_last_error(c.client)->attempts, 1);
    CHECK(!fake_port_is_connected(&c.fake));
    calls_free(&c);
}

/* A text of the caller's that changes once the request is under way. */
static char changing[1500];
static const char *changes_to;

static void change_text(struct fake_port *fake, void *ctx, const uint8_t *bytes, size_t len)
{
    (void)fake;
    (void)ctx;
    (void)bytes;
    if (len > 0 && changes_to != NULL) {
        memcpy(changing + 400, changes_to, strlen(changes_to) + 1);
        changes_to = NULL;
    }
}

static int send_changing(size_t len, const char *change)
{
    struct bedrock_content content = BEDROCK_TEXT(changing);
    const struct bedrock_message message = {.role = "user", .content = {&content, 1}};

    calls_init(&c, ANSWERS(TEXT(OK)));
    c.fake.peer = change_text;
    c.config.timeouts.total_ms = 1000;
    c.request.messages.items = &message;
    memset(changing, 'a', sizeof changing - 1);
    changing[len] = '\0';
    changes_to = change;
    c.size = 0;
    while (calls_open(&c) == BEDROCK_E_BUFFER) {
        c.size += 64;
    }
    return calls_call(&c);
}

static void changed_text_is_found(void)
{
    static const char *const changes[] = {
        "b", /* shorter */
        "",
        "bbbbbbbbbbbbbbbbbbbb",
        "\"\"\"\"",
    };
    size_t i;

    CHECK_INT(send_changing(1000, NULL), BEDROCK_E_TIMEOUT_TOTAL); /* nobody answers */
    calls_free(&c);
    for (i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        test_context("to %s", changes[i]);
        CHECK_INT(send_changing(1000, changes[i]), BEDROCK_E_BODY_CHANGED);
        calls_free(&c);
    }
    test_context(NULL);
}

/* Longer: not one byte of it is sent beyond the promise, wherever the windows end. */
static void longer_text_is_found(void)
{
    size_t len;

    for (len = 400; len < 700; len += 7) {
        static char longer[1000];
        const char *body;
        size_t promised;

        memset(longer, 'a', len);
        longer[len] = '\0';
        test_context("%d bytes", (int)len);
        CHECK_INT(send_changing(len, longer), BEDROCK_E_BODY_CHANGED);
        body = strstr((const char *)c.fake.written, "\r\n\r\n");
        promised = strtoul(strstr((const char *)c.fake.written, "Content-Length: ") + 16, NULL, 10);
        CHECK(body == NULL || strlen(body + 4) < promised);
        calls_free(&c);
    }
    test_context(NULL);
}

int main(void)
{
    RUN(whole_request_is_exact);
    RUN(session_token_is_sent_and_signed);
    RUN(arn_is_one_label);
    RUN(own_endpoint_with_port_and_path);
    RUN(what_a_label_may_be);
    RUN(percent_in_a_label_is_encoded);
    RUN(bearer_key_signs_nothing);
    RUN(long_session_token);
    RUN(empty_user_agent_adds_nothing);
    RUN(any_window_gives_the_same_bytes);
    RUN(changed_bytes_are_found);
    RUN(failing_source_ends_the_call);
    RUN(source_that_fails_while_sending_is_not_retried);
    RUN(changed_text_is_found);
    RUN(longer_text_is_found);
    return test_finish();
}
