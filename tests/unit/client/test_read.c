/* SPDX-License-Identifier: MIT */
/* bedrock_read(): pictures, bodies, chunks and texts into memory of any size; and how far it is. */
#include "invoking.h"

#define MODEL .model_id = "amazon.nova-canvas-v1:0"

static const struct bedrock_invoke_model plain = {MODEL};
static const struct bedrock_invoke_model draws = {MODEL, .reply = &family};

static struct calls c;
static struct run_of_bytes http;

/* What was read: "index:bytes|" for each run of one index. */
struct readings {
    struct run_of_bytes text;
    int32_t index;
    int code;
    unsigned agains;
};

static void take(struct readings *readings, const struct bedrock_read *read, const void *bytes,
                 size_t len)
{
    char label[16];

    if (readings->text.len == 0 || readings->index != read->index) {
        snprintf(label, sizeof label, "%s%d:", readings->text.len == 0 ? "" : "|",
                 (int)read->index);
        put_words(&readings->text, label);
        readings->index = read->index;
    }
    put_bytes(&readings->text, bytes, len);
}

static void read_all(struct readings *readings, size_t cap)
{
    struct bedrock_read read = {0};
    uint8_t bytes[1024 + 1];
    size_t len;

    readings->text.len = 0;
    readings->text.data[0] = '\0';
    readings->agains = 0;
    for (;;) {
        memset(bytes, 0x5A, sizeof bytes);
        len = 77;
        readings->code = bedrock_read(c.client, &read, bytes, cap, &len);
        CHECK(bytes[cap] == 0x5A);
        if (readings->code == BEDROCK_AGAIN) {
            CHECK_INT(len, 0);
            readings->agains++;
            fake_port_pass(&c.fake, 1);
        } else if (readings->code == BEDROCK_EVENT) {
            CHECK(len >= 1 && len <= cap);
            take(readings, &read, bytes, len);
        } else {
            CHECK_INT(len, 0);
            break;
        }
    }
    CHECK_INT(readings->code, bedrock_last_error(c.client)->code);
}

/* An answer with that body, read by someone with room for cap bytes, from a port that gives at most
 * piece at a time. */
static void check(start_call start, const struct bedrock_invoke_model *request, const char *type,
                  const void *body, size_t len, int code, const char *want)
{
    static const size_t caps[] = {1, 2, 3, 4, 5, 7, 64, 1024}, pieces[] = {0, 1, 2, 3, 61};
    static struct readings readings;
    size_t i, j;
    int waits;

    http.len = 0;
    put_http(&http, type, "", body, len, 0);
    for (i = 0; i < 8; i++) {
        for (j = 0; j < 5; j++) {
            for (waits = 0; waits < 2 && !test_failed(); waits++) {
                struct http_answer script[1] = {{0}};

                script[0].bytes = http.data;
                script[0].len = http.len;
                calls_init(&c, script, 1);
                if (!waits) {
                    fake_port_free(&c.fake);
                    fake_port_init_nonwaiting(&c.fake);
                    calls_script(&c, script, 1);
                    c.fake.again_every = 2;
                }
                c.config.port = &c.fake.port;
                c.fake.read_max = pieces[j];
                CHECK_INT(calls_open(&c), BEDROCK_OK);
                CHECK_INT(start(c.client, request), BEDROCK_OK);
                read_all(&readings, caps[i]);
                test_context("cap %zu, pieces of %zu, waits %d", caps[i], pieces[j], waits);
                CHECK_INT(readings.code, code);
                CHECK_TEXT(readings.text.data, want);
                CHECK((readings.agains > 0) == !waits);
                calls_free(&c);
            }
        }
    }
    test_context(NULL);
}

static void check_json(const char *json, int code, const char *want)
{
    check(bedrock_invoke_model, &draws, JSON_TYPE, json, strlen(json), code, want);
}

static void several_pictures(void)
{
    check_json("{\"images\":[\"SGVsbG8sIHdvcmxk\",\"YQ==\",\"\\/\\/8=\",\"Yg==\"],\"error\":null}",
               BEDROCK_OK, "0:Hello, world|1:a|2:\xFF\xFF|3:b");
    check_json("{\"images\":[]}", BEDROCK_E_NO_ANSWER, "");
    check_json("{\"images\":null}", BEDROCK_E_NO_ANSWER, "");
}

static void pictures_that_break_off(void)
{
    check_json("{\"images\":[\"SGVsbG8\"]}", BEDROCK_E_BASE64, "0:Hello");
    check_json("{\"images\":[\"YWJj\",\"S\",\"YWJj\"]}", BEDROCK_E_BASE64, "0:abc");
    check_json("{\"images\":[\"YWJj\",\"YQ=\",\"YWJj\"]}", BEDROCK_E_BASE64, "0:abc|1:a");
    check_json("{\"images\":[\"YWJj\"", BEDROCK_E_JSON_INCOMPLETE, "0:abc");
}

/* What stands before a character that is none may have been given or not. */
static void pictures_that_are_none(void)
{
    static const char json[] = "{\"images\":[\"YWJj!YWJj\"]}";
    static struct readings readings;
    struct http_answer script[2] = {{0}};
    size_t len = 0;
    struct bedrock_read read = {0};

    http.len = 0;
    put_http(&http, JSON_TYPE, "", json, sizeof json - 1, 0);
    script[0].bytes = http.data;
    script[0].len = http.len;
    script[1].text = OK;
    calls_make(&c, script, 2);
    CHECK_INT(bedrock_invoke_model(c.client, &draws), BEDROCK_OK);
    read_all(&readings, 1024);
    CHECK_INT(readings.code, BEDROCK_E_BASE64);
    CHECK(!fake_port_is_connected(&c.fake));
    CHECK_INT(bedrock_read(c.client, &read, http.data, 5, &len), BEDROCK_E_BASE64);
    calls_good(&c); /* the client is as good as before */
    calls_free(&c);
}

static void bodies_and_texts(void)
{
    static const char bytes[] = "any\0bytes \xff";

    check(bedrock_invoke_model, &plain, JSON_TYPE, bytes, 8, BEDROCK_OK, "-1:any");
    check(bedrock_invoke_model, &plain, JSON_TYPE, "{\"a\":[1,2]}", 11, BEDROCK_OK,
          "-1:{\"a\":[1,2]}");
    check_json("{\"text\":\"Gr\\u00fc\\u00dfe\",\"stop\":\"stop\"}", BEDROCK_OK,
               "0:Gr\xC3\xBC\xC3\x9F"
               "e");
    check_json("{\"embedding\":[1,2]}", BEDROCK_OK, "");
}

static void chunks_of_a_stream(void)
{
    static struct run_of_bytes body;

    body.len = 0;
    put_chunk(&body, "{\"a\":1}");
    put_chunk(&body, "{\"b\":2}");
    check(bedrock_invoke_model_with_response_stream, &plain, STREAM_TYPE, body.data, body.len,
          BEDROCK_OK, "-1:{\"a\":1}{\"b\":2}");
    put_exception(&body, "throttlingException", "{\"message\":\"m\"}");
    check(bedrock_invoke_model_with_response_stream, &plain, STREAM_TYPE, body.data, body.len,
          BEDROCK_E_THROTTLED, "-1:{\"a\":1}{\"b\":2}");
}

static void without_room_or_a_client(void)
{
    struct bedrock_read read = {0};
    size_t len = 9;
    char byte;

    CHECK_INT(bedrock_read(NULL, &read, &byte, 1, &len), BEDROCK_E_BUFFER);
    CHECK_INT(len, 0);
    calls_make(&c, ANSWERS(TEXT(OK), TEXT(OK)));
    CHECK_INT(bedrock_read(c.client, &read, &byte, 1, &len), BEDROCK_OK); /* no call, no bytes */
    CHECK_INT(calls_start(&c), BEDROCK_OK);
    CHECK_INT(bedrock_read(c.client, &read, &byte, 0, &len), BEDROCK_E_BUFFER);
    CHECK_INT(bedrock_last_error(c.client)->code, BEDROCK_E_BUFFER);
    calls_good(&c);
    calls_free(&c);
}

static void check_progress(uint32_t want_received, uint32_t want_total)
{
    uint32_t received = 1, total = 1;

    bedrock_progress(c.client, &received, &total);
    CHECK_INT(received, want_received);
    CHECK_INT(total, want_total);
}

static void how_far_it_is(void)
{
    struct http_answer script[3] = {{0}};
    struct bedrock_event event;
    uint32_t received, total, before = 0;
    int i;

    http.len = 0;
    put_http(&http, JSON_TYPE, "", "0123456789", 10, 0);
    put_http(&http, JSON_TYPE, "", "0123456789", 10, 4);
    script[0].bytes = http.data;
    script[0].len = 10 + (size_t)(strstr(http.data, "0123456789") - http.data);
    script[1].bytes = http.data + script[0].len;
    script[1].len = http.len - script[0].len;
    script[2].text = BARE("400 Bad", "");
    calls_init(&c, script, 3);
    c.fake.read_max = 3;
    CHECK_INT(calls_open(&c), BEDROCK_OK);
    check_progress(0, 0);
    for (i = 0; i < 2; i++) {
        CHECK_INT(bedrock_invoke_model(c.client, &plain), BEDROCK_OK);
        check_progress(0, 0); /* nothing of the last one */
        while (bedrock_next(c.client, &event) == BEDROCK_EVENT) {
            bedrock_progress(c.client, &received, &total);
            CHECK(received >= before && received <= 10 && total == (i == 0 ? 10 : 0));
            before = received;
        }
        check_progress(10, i == 0 ? 10 : 0);
        before = 0;
    }
    CHECK_INT(bedrock_invoke_model(c.client, &plain), BEDROCK_OK);
    while (bedrock_next(c.client, &event) == BEDROCK_EVENT) {
    }
    check_progress(0, 0);
    fake_port_fail(&c.fake, FAKE_CONNECT, 1, BEDROCK_PORT_FAILED, 1);
    bedrock_client_close(c.client);
    CHECK_INT(bedrock_invoke_model(c.client, &plain), BEDROCK_OK);
    while (bedrock_next(c.client, &event) == BEDROCK_EVENT) {
    }
    check_progress(0, 0);
    calls_free(&c);
    received = total = 1;
    bedrock_progress(NULL, &received, &total);
    CHECK_INT(received + total, 0);
}

int main(void)
{
    RUN(several_pictures);
    RUN(pictures_that_break_off);
    RUN(pictures_that_are_none);
    RUN(bodies_and_texts);
    RUN(chunks_of_a_stream);
    RUN(without_room_or_a_client);
    RUN(how_far_it_is);
    return test_finish();
}
