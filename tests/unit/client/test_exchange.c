/* SPDX-License-Identifier: MIT */
/* The states of a call: answers that come early or in drops, connections that are kept, calls that
 * are cancelled or closed, ports that do not wait. */
#include "calls.h"

static struct calls c;

static void answer_in_drops(void)
{
    size_t drop;

    for (drop = 1; drop < 20; drop += 6) {
        calls_make(&c, ANSWERS(TEXT(OK)));
        c.fake.read_max = drop;
        c.fake.write_max = drop;
        calls_good(&c);
        calls_free(&c);
    }
}

static void port_that_does_not_wait(void)
{
    unsigned every;

    for (every = 0; every < 6; every++) {
        if (every == 1) {
            continue; /* never ready at all */
        }
        calls_init(&c, ANSWERS({.text = OK, .delay_ms = 40}, TEXT(OK)));
        c.fake.port.wait = NULL;
        c.fake.again_every = every;
        c.fake.read_max = every;
        c.fake.connect_ms = 30;
        CHECK_INT(calls_open(&c), BEDROCK_OK);
        calls_good(&c);
        CHECK(c.agains > 30);
        calls_good(&c);
        CHECK_INT(c.fake.connects, 1);
        calls_free(&c);
    }
}

/* ------------------------------------------------------- early answers */

static const char too_large[] = FAILED_AS("413 Too Large", "ValidationException", "");

static char long_text[8001];

static void send_long(const struct http_answer *answers, size_t count, uint32_t room)
{
    const struct bedrock_content content = BEDROCK_TEXT(long_text);
    const struct bedrock_message message = {.role = "user", .content = {&content, 1}};

    memset(long_text, 'x', sizeof long_text - 1);
    calls_init(&c, answers, count);
    c.size = 6000; /* much less than the text */
    c.request.messages.items = &message;
    CHECK_INT(calls_open(&c), BEDROCK_OK);
    if (room > 0) {
        c.fake.write_room = room;
    }
    CHECK_INT(calls_call(&c), BEDROCK_E_VALIDATION);
    CHECK_INT(bedrock_last_error(c.client)->http_status, 413);
    CHECK_TEXT(bedrock_last_error(c.client)->message, "m");
    CHECK(!fake_port_is_connected(&c.fake));
    c.request.messages.items = hello;
    c.fake.write_room = SIZE_MAX;
    calls_good(&c);
    CHECK_INT(c.fake.connects, 2);
    calls_free(&c);
}

static void answer_before_the_request_is_complete(void)
{
    send_long(ANSWERS({.text = too_large, .at_head = 1}, TEXT(OK)), 0);
    CHECK(c.fake.elapsed_ms < 1000);
}

static void answer_and_then_a_reset(void)
{
    send_long(ANSWERS({.text = too_large, .at_head = 1, .then = HTTP_THEN_BREAK}, TEXT(OK)), 0);
}

/* The service answers and takes no more, wherever in the request. */
static void answer_and_a_full_pipe(void)
{
    uint32_t room;

    for (room = 500; room < 3000; room += 250) {
        send_long(ANSWERS({.text = too_large, .at_head = 1}, TEXT(OK)), room);
        CHECK(c.fake.elapsed_ms < 2000);
    }
}

static void interim_answers_are_skipped(void)
{
    calls_make(&c, ANSWERS(TEXT("HTTP/1.1 102 Processing\r\nX: y\r\n\r\n"
                                "HTTP/1.1 103 Early Hints\r\n\r\n" OK)));
    calls_good(&c);
    calls_free(&c);
}

static void chunked_answer_with_trailers(void)
{
    calls_make(&c, ANSWERS(TEXT("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                                "x-amzn-requestid: id-ok\r\nTransfer-Encoding: chunked\r\n\r\n"
                                "98;a=b\r\n" REPLY "\r\n0\r\nX-T: 1\r\n\r\n"),
                           TEXT(OK)));
    calls_good(&c);
    calls_good(&c);
    CHECK_INT(c.fake.connects, 1);
    calls_free(&c);
}

static void cut_answer_is_no_success(void)
{
    static const char whole[] = OK;
    static char cut[sizeof whole];
    size_t len;

    for (len = 1; len < sizeof whole - 1; len += 3) {
        memcpy(cut, whole, len);
        cut[len] = '\0';
        test_context("cut after %d bytes", (int)len);
        calls_init(&c, ANSWERS({.text = cut, .then = HTTP_THEN_CLOSE}));
        c.config.max_attempts = 1;
        CHECK_INT(calls_open(&c), BEDROCK_OK);
        CHECK_INT(calls_call(&c), BEDROCK_E_HTTP_INCOMPLETE);
        calls_free(&c);
    }
    test_context(NULL);
}

/* ------------------------------------------------------ kept connections */

static void connection_is_kept(void)
{
    calls_make(&c, ANSWERS(TEXT(OK), TEXT(OK), TEXT(BUSY), TEXT(OK)));
    calls_good(&c);
    fake_port_pass(&c.fake, 59000);
    calls_good(&c);
    calls_good(&c); /* the retry runs on it too */
    CHECK_INT(c.fake.connects, 1);
    CHECK_INT(c.peer.request_count, 4);
    calls_free(&c);
}

/* A second call after this answer needs so many connections. */
static void two_calls(const char *first, enum http_then then, uint32_t pause_ms, unsigned connects)
{
    calls_make(&c, ANSWERS({.text = first, .then = then}, TEXT(OK)));
    calls_good(&c);
    fake_port_pass(&c.fake, pause_ms);
    calls_good(&c);
    CHECK_INT(c.fake.connects, connects);
    CHECK_INT(bedrock_last_error(c.client)->attempts, 1);
    CHECK_INT(c.peer.request_count, 2);
    calls_free(&c);
}

static void connection_is_not_kept(void)
{
    two_calls(OK, HTTP_THEN_KEEP, 0, 1);
    two_calls(OK_WITH("Connection: close\r\n"), HTTP_THEN_KEEP, 0, 2);
    two_calls(OK, HTTP_THEN_KEEP, 60001, 2);                         /* silent for too long */
    two_calls(OK, HTTP_THEN_CLOSE, 0, 2);                            /* found closed */
    two_calls(OK, HTTP_THEN_BREAK, 0, 2);                            /* found broken */
    two_calls(OK "junk", HTTP_THEN_KEEP, 0, 2);                      /* leftovers */
    two_calls(OK BARE("408 Too Slow", ""), HTTP_THEN_CLOSE, 100, 2); /* its last words */
    two_calls("HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n"
              "x-amzn-requestid: id-ok\r\n\r\n" REPLY,
              HTTP_THEN_CLOSE, 0, 2);
}

/* What comes after the answer was read belongs to no request. */
static void late_leftovers(void)
{
    calls_make(&c, ANSWERS(TEXT(OK), TEXT(OK)));
    calls_good(&c);
    fake_port_reply_text(&c.fake, "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
    fake_port_close(&c.fake);
    calls_good(&c);
    CHECK_INT(c.fake.connects, 2);
    calls_free(&c);
}

/* The connection dies under the request. One free replacement, however few attempts there are; and
 * none when the new one dies too. */
static void connection_dies_under_the_request(void)
{
    calls_init(&c, ANSWERS(TEXT(OK), TEXT(OK)));
    c.config.max_attempts = 1;
    CHECK_INT(calls_open(&c), BEDROCK_OK);
    calls_good(&c);
    fake_port_fail(&c.fake, FAKE_WRITE, 1, -104, 0);
    calls_good(&c);
    CHECK_INT(c.fake.connects, 2);
    CHECK_INT(bedrock_last_error(c.client)->attempts, 2);
    CHECK(c.fake.elapsed_ms < 50);
    calls_free(&c);

    calls_init(&c, ANSWERS(TEXT(OK), TEXT(OK)));
    c.config.max_attempts = 1;
    CHECK_INT(calls_open(&c), BEDROCK_OK);
    calls_good(&c);
    fake_port_fail(&c.fake, FAKE_WRITE, 1, -104, 1);
    CHECK_INT(calls_call(&c), BEDROCK_E_WRITE);
    CHECK_INT(bedrock_last_error(c.client)->port_code, -104);
    CHECK_INT(c.fake.connects, 2);
    calls_free(&c);
}

static void reused_connection_that_answered_is_not_replayed(void)
{
    calls_init(&c, ANSWERS(TEXT(OK), {.text = "HTTP/1.1 200", .then = HTTP_THEN_CLOSE}));
    c.config.max_attempts = 1;
    CHECK_INT(calls_open(&c), BEDROCK_OK);
    calls_good(&c);
    CHECK_INT(calls_call(&c), BEDROCK_E_HTTP_INCOMPLETE);
    CHECK_INT(c.peer.request_count, 2);
    calls_free(&c);
}

/* ------------------------------------------------------ cancel and close */

static int provider_waits;

static int slow_keys(const struct bedrock_credentials *self, struct bedrock_keys *keys,
                     int64_t now_s)
{
    (void)now_s;
    *keys = self->keys;
    return provider_waits-- > 0 ? BEDROCK_AGAIN : BEDROCK_OK;
}

/* Starts a call on a port that does not wait, that takes some time in every state. */
static void begin_slowly(void)
{
    calls_init(&c, ANSWERS({.text = BUSY, .delay_ms = 20}, {.text = OK, .delay_ms = 20}, TEXT(OK)));
    c.fake.port.wait = NULL;
    c.fake.read_max = 30;
    c.fake.write_max = 40;
    c.fake.again_every = 2;
    c.fake.connect_ms = 20;
    c.credentials.get = slow_keys;
    provider_waits = 3;
    CHECK_INT(calls_open(&c), BEDROCK_OK);
    CHECK_INT(calls_start(&c), BEDROCK_OK);
}

/* Stops the call at every point where it comes back, and makes another one. */
static void stop_everywhere(void (*stop)(bedrock_client *client))
{
    struct bedrock_event event;
    int status = BEDROCK_AGAIN;
    unsigned steps, i;

    for (steps = 0; status == BEDROCK_AGAIN || status == BEDROCK_EVENT; steps++) {
        begin_slowly();
        status = BEDROCK_AGAIN;
        for (i = 0; i < steps && (status == BEDROCK_AGAIN || status == BEDROCK_EVENT); i++) {
            status = bedrock_next(c.client, &event);
            fake_port_pass(&c.fake, 2);
        }
        if (status != BEDROCK_AGAIN && status != BEDROCK_EVENT) {
            calls_free(&c);
            break;
        }
        test_context("after %d steps", (int)steps);
        stop(c.client);
        CHECK_INT(bedrock_next(c.client, &event), BEDROCK_E_CANCELLED);
        CHECK_INT(bedrock_next(c.client, &event), BEDROCK_E_CANCELLED);
        CHECK_INT(bedrock_last_error(c.client)->code, BEDROCK_E_CANCELLED);
        CHECK(!fake_port_is_connected(&c.fake) || stop == bedrock_cancel);
        fake_port_clear(&c.fake);
        calls_script(&c, ANSWERS(TEXT(OK)));
        calls_good(&c);
        calls_free(&c);
    }
    CHECK_INT(status, BEDROCK_OK);
    CHECK(steps > 60);
    test_context(NULL);
}

static void cancel_everywhere(void)
{
    stop_everywhere(bedrock_cancel);
}

static void close_everywhere(void)
{
    stop_everywhere(bedrock_client_close);
}

static void cancel_from_below(struct fake_port *fake, void *ctx, const uint8_t *bytes, size_t len)
{
    (void)fake;
    (void)ctx;
    (void)bytes;
    (void)len;
    bedrock_cancel(c.client);
}

/* A call that waits ends within a quarter of a second. */
static void cancel_while_waiting(void)
{
    calls_make(&c, ANSWERS(TEXT(OK)));
    c.fake.peer = cancel_from_below;
    CHECK_INT(calls_call(&c), BEDROCK_E_CANCELLED);
    CHECK(c.fake.elapsed_ms <= 250);
    calls_script(&c, ANSWERS(TEXT(OK)));
    calls_good(&c);
    calls_free(&c);
}

static void cancel_without_a_call(void)
{
    calls_make(&c, ANSWERS(TEXT(OK)));
    bedrock_cancel(c.client);
    bedrock_cancel(NULL);
    bedrock_client_close(NULL);
    calls_good(&c);
    bedrock_cancel(c.client);
    calls_free(&c);
}

static void one_call_at_a_time(void)
{
    struct bedrock_event event;

    calls_make(&c, ANSWERS(TEXT(OK)));
    CHECK_INT(calls_start(&c), BEDROCK_OK);
    CHECK_INT(calls_start(&c), BEDROCK_E_STATE);
    CHECK_INT(calls_run(&c), BEDROCK_OK);
    CHECK_TEXT(c.text, "Hi");
    CHECK_INT(bedrock_next(c.client, &event), BEDROCK_OK);
    calls_free(&c);
}

/* ------------------------------------------------------------ text alone */

static void text_alone(void)
{
    char text[16];
    size_t len = 0;

    calls_make(&c, ANSWERS(TEXT(OK), TEXT(OK), TEXT(OK), TEXT(OK)));
    CHECK_INT(calls_start(&c), BEDROCK_OK);
    CHECK_INT(bedrock_text(c.client, text, sizeof text, &len), BEDROCK_OK);
    CHECK_TEXT(text, "Hi");
    CHECK_INT(len, 2);
    CHECK_INT(calls_start(&c), BEDROCK_OK);
    CHECK_INT(bedrock_text(c.client, text, sizeof text, &len), BEDROCK_OK);
    CHECK_TEXT(text, "HiHi");
    CHECK_INT(calls_start(&c), BEDROCK_OK);
    CHECK_INT(bedrock_text(c.client, text, 6, &len), BEDROCK_E_BUFFER);
    CHECK_TEXT(text, "HiHiH");
    CHECK_INT(len, 5);
    CHECK_INT(bedrock_last_error(c.client)->code, BEDROCK_E_BUFFER);
    CHECK_INT(calls_start(&c), BEDROCK_OK);
    len = 6;
    text[6] = '!';
    CHECK_INT(bedrock_text(c.client, text, 6, &len), BEDROCK_E_BUFFER);
    CHECK_INT(text[6], '!');
    CHECK_INT(bedrock_last_error(c.client)->code, BEDROCK_E_BUFFER);
    len = 0;
    CHECK_INT(bedrock_text(NULL, text, 6, &len), BEDROCK_E_BUFFER);
    calls_good(&c);
    calls_free(&c);
}

/* It is the last answer's, and nobody's as soon as the next call has started. */
static void stop_reason_alone(void)
{
    CHECK_INT(bedrock_last_stop_reason(NULL), BEDROCK_STOP_UNKNOWN);
    calls_make(&c, ANSWERS(TEXT(OK), TEXT(FAILED_AS("400 Bad", "ValidationException", ""))));
    CHECK_INT(bedrock_last_stop_reason(c.client), BEDROCK_STOP_UNKNOWN);
    calls_good(&c);
    CHECK_INT(bedrock_last_stop_reason(c.client), BEDROCK_STOP_END_TURN);
    CHECK_INT(calls_start(&c), BEDROCK_OK);
    CHECK_INT(calls_run(&c), BEDROCK_E_VALIDATION);
    CHECK_INT(bedrock_last_stop_reason(c.client), BEDROCK_STOP_UNKNOWN);
    calls_free(&c);
}

int main(void)
{
    RUN(answer_in_drops);
    RUN(port_that_does_not_wait);
    RUN(answer_before_the_request_is_complete);
    RUN(answer_and_then_a_reset);
    RUN(answer_and_a_full_pipe);
    RUN(interim_answers_are_skipped);
    RUN(chunked_answer_with_trailers);
    RUN(cut_answer_is_no_success);
    RUN(connection_is_kept);
    RUN(connection_is_not_kept);
    RUN(late_leftovers);
    RUN(connection_dies_under_the_request);
    RUN(reused_connection_that_answered_is_not_replayed);
    RUN(cancel_everywhere);
    RUN(close_everywhere);
    RUN(cancel_while_waiting);
    RUN(cancel_without_a_call);
    RUN(one_call_at_a_time);
    RUN(text_alone);
    RUN(stop_reason_alone);
    return test_finish();
}
