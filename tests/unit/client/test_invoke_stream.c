/* SPDX-License-Identifier: MIT */
/* Chunks of InvokeModelWithResponseStream: JSON around base64 around what the model says. */
#include "invoking.h"

#define MODEL .model_id = "meta.llama3-1-8b-instruct-v1:0"

static const struct bedrock_invoke_model plain = {MODEL};
static const struct bedrock_invoke_model read_by_family = {MODEL, .reply = &family};

static struct run_of_bytes body;

static void begin(void)
{
    body.len = 0;
}

static void check(const struct bedrock_invoke_model *request, const char *want)
{
    check_played(bedrock_invoke_model_with_response_stream, request, STREAM_TYPE, &body, want);
}

#define NO_USAGE "usage 0 0 0 0 0 ms [] []\n"
#define A_TO_Z   "abcdefghijklmnopqrstuvwxyz"
#define LONG     A_TO_Z A_TO_Z A_TO_Z A_TO_Z A_TO_Z A_TO_Z A_TO_Z A_TO_Z A_TO_Z

/* ------------------------------------------------------------------- bytes */

static void chunks_come_as_they_are(void)
{
    begin();
    put_chunk(&body, "{\"a\":1}");
    put_chunk(&body, "x");
    put_chunk(&body, "yz \\ \xC3\xA9");
    check(&plain, "chunk {\"a\":1}\nchunk x\nchunk yz \\ \xC3\xA9\n" NO_USAGE "done\n");
}

static void chunks_longer_than_what_is_held(void)
{
    begin();
    put_chunk(&body, "{\"generation\":\"" LONG LONG "\"}");
    check(&plain, "chunk {\"generation\":\"" LONG LONG "\"}\n" NO_USAGE "done\n");
}

static void no_chunk_at_all(void)
{
    begin();
    check(&plain, NO_USAGE "done\n");
}

/* Members have no order, and those that are not known no meaning. */
static void members_in_any_order(void)
{
    begin();
    put_chunk_event(&body, "{\"p\":\"abc\",\"bytes\":\"eA==\"}");
    put_chunk_event(&body, "{\"x\":{\"bytes\":\"no\"},\"y\":[\"bytes\",\"no\"],\"b\":\"no\","
                           "\"byte\":\"no\",\"bytess\":\"no\",\"bytes\":\"eQ==\",\"z\":null}");
    put_chunk_event(&body, " { \"b\\u0079tes\" : \"eg==\" } ");
    check(&plain, "chunk x\nchunk y\nchunk z\n" NO_USAGE "done\n");
}

static void escapes_within_base64(void)
{
    begin();
    put_chunk_event(&body, "{\"bytes\":\"\\/\\/8\\u003d\"}");
    put_chunk_event(&body, "{\"bytes\":\"\\u0065\\u0041=\\u003d\"}");
    check(&plain, "chunk \xFF\xFF\nchunk x\n" NO_USAGE "done\n");
}

/* An empty chunk is told as one. */
static void chunks_of_nothing(void)
{
    begin();
    put_chunk_event(&body, "{\"bytes\":\"\"}");
    put_chunk_event(&body, "{}");
    put_chunk_event(&body, "{\"bytes\":null}");
    put_chunk_event(&body, "{\"bytes\":{\"bytes\":\"no\"}}");
    check(&plain, "chunk \nchunk \nchunk \nchunk \n" NO_USAGE "done\n");
}

static void events_that_nobody_knows(void)
{
    begin();
    put_frame(&body, "event", ":event-type", "news", "no JSON, and " LONG, 13 + sizeof LONG - 1);
    put_chunk(&body, "x");
    put_frame(&body, "event", ":event-type", "chunks", "{}", 2);
    put_frame(&body, "event", NULL, "", "", 0);
    put_chunk(&body, "y");
    check(&plain, "chunk x\nchunk y\n" NO_USAGE "done\n");
}

/* ------------------------------------------------------------------ readers */

static void a_reader_takes_them(void)
{
    begin();
    put_chunk(&body, "{\"text\":\"Hel\"}");
    put_chunk(&body, "{\"text\":\"lo\",\"stop\":null,\"images\":null}");
    put_chunk(&body, "{\"text\":\" \\ud83d\"}");
    put_chunk(&body, "{\"text\":\"\\ude00\"}");
    put_chunk(&body, "{\"cost\":{\"in\":7},\"stop\":\"end_turn\"}");
    check(&read_by_family, "message\nbegin 0\ntext Hello \xF0\x9F\x98\x80\nend 0\n"
                           "stop 0 end_turn\nusage 7 0 0 0 0 ms [] []\ndone\n");
}

static void a_reader_takes_long_ones(void)
{
    begin();
    put_chunk(&body, "{\"text\":\"" LONG "\",\"new\":[\"" LONG "\"]}");
    put_chunk(&body, "{\"text\":\"" LONG "\",\"stop\":\"length\"}");
    check(&read_by_family,
          "message\nbegin 0\ntext " LONG LONG "\nend 0\nstop 2 length\n" NO_USAGE "done\n");
}

/* The end is the model's word or the service's bill. */
static void a_reader_wants_the_end(void)
{
    begin();
    put_chunk(&body, "{\"text\":\"a\"}");
    check(&read_by_family, "message\nbegin 0\ntext a\nfailed -54 [] []\n");
    put_chunk(&body, "{\"cost\":{\"in\":1}}");
    check(&read_by_family, "message\nbegin 0\ntext a\nend 0\nusage 1 0 0 0 0 ms [] []\ndone\n");
    begin();
    check(&read_by_family, "failed -54 [] []\n");
}

static void a_reader_wants_json(void)
{
    begin();
    put_chunk(&body, "{\"text\":\"a\"");
    check(&read_by_family, "message\nbegin 0\ntext a\nfailed -43 [] []\n");
    begin();
    put_chunk(&body, "5");
    check(&read_by_family, "message\nfailed -44 [] []\n");
    begin();
    put_chunk(&body, "{\"stop\":\"end_turn\"}}");
    check(&read_by_family, "message\nfailed -40 [] []\n");
    begin();
    put_chunk_event(&body, "{\"p\":\"a\"}");
    check(&read_by_family, "message\nfailed -43 [] []\n");
}

/* ------------------------------------------------------------------- broken */

static void base64_that_is_none(void)
{
    static const char *const payloads[] = {"{\"bytes\":\"eA\"}", "{\"bytes\":\"e\"}",
                                           "{\"bytes\":\"eA==eA==\"}", "{\"bytes\":\"e A==\"}",
                                           "{\"bytes\":\"e\\u00e9==\"}"};
    static struct telling told;
    static struct run_of_bytes http;
    size_t i;

    for (i = 0; i < sizeof payloads / sizeof payloads[0]; i++) {
        struct one_answer answer = {http.data, 0, MOST, 0, 0};

        begin();
        put_chunk_event(&body, payloads[i]);
        http.len = 0;
        put_http(&http, STREAM_TYPE, "", body.data, body.len, 0);
        answer.len = http.len;
        play(&told, bedrock_invoke_model_with_response_stream, &plain, &answer, 0);
        test_context("%s", payloads[i]);
        CHECK_INT(told.code, BEDROCK_E_BASE64);
        CHECK(strstr(told.text.data, "failed -46 [] []\n") != NULL);
    }
}

static void json_around_it_that_is_none(void)
{
    begin();
    put_chunk_event(&body, "{\"bytes\":\"eHh4\"");
    check(&plain, "chunk xxx\nfailed -43 [] []\n");
    begin();
    put_chunk_event(&body, "");
    check(&plain, "failed -43 [] []\n");
    begin();
    put_chunk_event(&body, "7");
    check(&plain, "failed -44 [] []\n");
    begin();
    put_chunk_event(&body, "{\"bytes\":\"eHh4\"}]");
    check(&plain, "chunk xxx\nfailed -40 [] []\n");
}

static void a_damaged_frame(void)
{
    size_t at;

    begin();
    put_chunk(&body, "xxx");
    put_chunk(&body, "yyy");
    for (at = 0; at < body.len && !test_failed(); at++) {
        static struct run_of_bytes http;
        static struct telling told;
        struct one_answer answer = {http.data, 0, MOST, 0, 0};

        body.data[at] ^= 0x10;
        http.len = 0;
        put_http(&http, STREAM_TYPE, "", body.data, body.len, 0);
        answer.len = http.len;
        play(&told, bedrock_invoke_model_with_response_stream, &plain, &answer, 0);
        body.data[at] ^= 0x10;
        test_context("byte %zu", at);
        CHECK(told.code < 0);
        CHECK(strstr(told.text.data, "usage") == NULL && strstr(told.text.data, "[] []\n") != NULL);
    }
}

/* However the connection ends: what breaks off is not complete. */
static void every_beginning_is_incomplete(void)
{
    static struct run_of_bytes http;
    static struct telling told;
    size_t len, chunk;

    begin();
    put_chunk(&body, "{\"text\":\"abc\"}");
    put_chunk(&body, "{\"stop\":\"end_turn\"}");
    for (chunk = 0; chunk < 30; chunk += 29) {
        http.len = 0;
        put_http(&http, STREAM_TYPE, "", body.data, body.len, chunk);
        for (len = 1; len <= http.len && !test_failed(); len++) {
            struct one_answer answer = {http.data, len, MOST, 1, 0};

            test_context("%zu of %zu bytes", len, http.len);
            play(&told, bedrock_invoke_model_with_response_stream, &read_by_family, &answer, 0);
            CHECK((told.code == BEDROCK_OK) == (len == http.len));
            answer.given = 0;
            play(&told, bedrock_invoke_model_with_response_stream, &plain, &answer, 0);
            CHECK((told.code == BEDROCK_OK) == (len == http.len));
        }
    }
}

/* --------------------------------------------------------------- exceptions */

static void exceptions_in_either_spelling(void)
{
    begin();
    put_exception(&body, "throttlingException", "{\"message\":\"Too many\"}");
    check(&plain, "failed -72 [throttlingException] [Too many]\n");
    check(&read_by_family, "failed -72 [throttlingException] [Too many]\n");
    begin();
    put_chunk(&body, "{\"text\":\"abc\"}");
    put_exception(&body, "ModelStreamErrorException",
                  "{\"originalStatusCode\":500,\"originalMessage\":\"o\",\"Message\":\"m\"}");
    check(&plain, "chunk {\"text\":\"abc\"}\nfailed -78 [ModelStreamErrorException] [m]\n");
    check(&read_by_family,
          "message\nbegin 0\ntext abc\nfailed -78 [ModelStreamErrorException] [m]\n");
}

/* The message lies where the chunk was. */
static void long_words_of_an_exception(void)
{
    begin();
    put_chunk(&body, "{\"text\":\"abc\"}");
    put_exception(&body, "validationException", "{\"p\":\"abc\",\"message\":\"" LONG "\"}");
    check(&plain, "chunk {\"text\":\"abc\"}\nfailed -73 [validationException] [" LONG "]\n");
    check(&read_by_family,
          "message\nbegin 0\ntext abc\nfailed -73 [validationException] [" LONG "]\n");
}

static void put_error(const char *type, const char *words, const char *name, const char *payload)
{
    struct bedrock_event_stream_header headers[] = {
        {":error-message", BEDROCK_EVENT_STREAM_STRING, words, (uint16_t)strlen(words)},
        {":message-type", BEDROCK_EVENT_STREAM_STRING, type, (uint16_t)strlen(type)},
        {":event-type", BEDROCK_EVENT_STREAM_STRING, name, (uint16_t)strlen(name)},
    };
    size_t size;

    CHECK_INT(bedrock_event_stream_encode((uint8_t *)body.data + body.len,
                                          sizeof body.data - body.len, &size, headers, 3, payload,
                                          strlen(payload)),
              BEDROCK_OK);
    body.len += size;
}

static void long_words_of_an_error(void)
{
    begin();
    put_chunk(&body, "abc");
    put_error("error", LONG, "InternalServerException", "");
    check(&plain, "chunk abc\nfailed -82 [InternalServerException] [" LONG "]\n");
}

/* A header of an error in front of a chunk is no way into the decoder's memory. */
static void words_of_an_error_before_a_chunk(void)
{
    begin();
    put_chunk(&body, "abc");
    put_error("event", LONG, "chunk", "{\"bytes\":\"eHh4\"}");
    put_error("event", LONG, "news", "{\"bytes\":\"eHh4\"}");
    put_chunk(&body, "def");
    check(&plain, "chunk abc\nchunk xxx\nchunk def\n" NO_USAGE "done\n");
}

/* ---------------------------------------------------------------- the call */

/* Nothing was told before the exception: it may be tried again. */
static void the_first_frame_may_be_retried(void)
{
    static struct calls c;
    static struct run_of_bytes http[2];
    static struct telling told;
    struct http_answer script[2] = {{0}};
    int i;

    for (i = 0; i < 2; i++) {
        begin();
        if (i == 0) {
            put_exception(&body, "throttlingException", "{\"message\":\"" LONG "\"}");
        } else {
            put_chunk(&body, "{\"text\":\"a\",\"stop\":\"end_turn\"}");
        }
        http[i].len = 0;
        put_http(&http[i], STREAM_TYPE, "", body.data, body.len, 0);
        script[i].bytes = http[i].data;
        script[i].len = http[i].len;
    }
    calls_make(&c, script, 2);
    CHECK_INT(bedrock_invoke_model_with_response_stream(c.client, &read_by_family), BEDROCK_OK);
    tell_call(&told, c.client);
    CHECK_TEXT(told.text.data,
               "message\nbegin 0\ntext a\nend 0\nstop 0 end_turn\n" NO_USAGE "done\n");
    CHECK_INT(bedrock_last_error(c.client)->attempts, 2);
    calls_free(&c);
}

static void the_connection_is_kept(void)
{
    static struct calls c;
    static struct run_of_bytes http;
    static struct telling told;
    struct http_answer script[3] = {{0}};
    int i;

    begin();
    put_chunk(&body, "abc");
    http.len = 0;
    put_http(&http, STREAM_TYPE,
             "X-Amzn-Bedrock-Content-Type: application/json\r\n"
             "X-Amzn-Bedrock-Service-Tier: flex\r\n"
             "X-Amzn-Bedrock-PerformanceConfig-Latency: optimized\r\n",
             body.data, body.len, 5);
    for (i = 0; i < 3; i++) {
        script[i].bytes = http.data;
        script[i].len = http.len;
    }
    calls_make(&c, script, 3);
    for (i = 0; i < 3; i++) {
        CHECK_INT(bedrock_invoke_model_with_response_stream(c.client, &plain), BEDROCK_OK);
        tell_call(&told, c.client);
        CHECK_TEXT(told.text.data, "chunk abc\nusage 0 0 0 0 0 ms [flex] [optimized]\ndone\n");
        CHECK_TEXT(bedrock_last_error(c.client)->message, "");
    }
    CHECK_INT(c.fake.connects, 1);
    calls_free(&c);
}

static void a_chunk_of_many_kilobytes(void)
{
    enum { SAID = 250000 };
    static char said[SAID + 1];
    static struct run_of_bytes http;
    static struct telling told;
    static char want[SAID + 100];
    struct one_answer answer = {http.data, 0, MOST, 0, 0};

    memset(said, 'q', SAID);
    begin();
    put_chunk(&body, said);
    http.len = 0;
    put_http(&http, STREAM_TYPE, "", body.data, body.len, 1024);
    answer.len = http.len;
    play(&told, bedrock_invoke_model_with_response_stream, &plain, &answer, 1021);
    snprintf(want, sizeof want, "chunk %s\n" NO_USAGE "done\n", said);
    CHECK_TEXT(told.text.data, want);
}

int main(void)
{
    RUN(chunks_come_as_they_are);
    RUN(chunks_longer_than_what_is_held);
    RUN(no_chunk_at_all);
    RUN(members_in_any_order);
    RUN(escapes_within_base64);
    RUN(chunks_of_nothing);
    RUN(events_that_nobody_knows);
    RUN(a_reader_takes_them);
    RUN(a_reader_takes_long_ones);
    RUN(a_reader_wants_the_end);
    RUN(a_reader_wants_json);
    RUN(base64_that_is_none);
    RUN(json_around_it_that_is_none);
    RUN(a_damaged_frame);
    RUN(every_beginning_is_incomplete);
    RUN(exceptions_in_either_spelling);
    RUN(long_words_of_an_exception);
    RUN(long_words_of_an_error);
    RUN(words_of_an_error_before_a_chunk);
    RUN(the_first_frame_may_be_retried);
    RUN(the_connection_is_kept);
    RUN(a_chunk_of_many_kilobytes);
    return test_finish();
}
