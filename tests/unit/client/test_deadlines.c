/* SPDX-License-Identifier: MIT */
/* The four deadlines, in simulated time, on ports that wait and on ports that do not. */
#include "calls.h"

static struct calls c;
static int waits; /* run every test twice */

static void make(const struct http_answer *answers, size_t count)
{
    calls_init(&c, answers, count);
    if (!waits) {
        c.fake.port.wait = NULL;
    }
    c.config.max_attempts = 1;
    c.config.timeouts.connect_ms = 1000;
    c.config.timeouts.first_byte_ms = 5000;
    c.config.timeouts.idle_ms = 2000;
    c.config.timeouts.total_ms = 20000;
    CHECK_INT(calls_open(&c), BEDROCK_OK);
}

/* The call fails with this code at this time, and not one slice later. */
static void check_late(int code, uint32_t at_ms)
{
    uint64_t begun_ms = c.fake.elapsed_ms, took_ms;

    CHECK_INT(calls_call(&c), code);
    took_ms = c.fake.elapsed_ms - begun_ms;
    test_context("took %d ms", (int)took_ms);
    CHECK(took_ms >= at_ms && took_ms <= at_ms + 10);
    test_context(NULL);
    CHECK(!fake_port_is_connected(&c.fake));
    fake_port_clear(&c.fake);
    c.fake.connect_ms = 0;
    c.fake.write_room = SIZE_MAX;
    c.fake.read_max = 0;
    calls_script(&c, ANSWERS(TEXT(OK)));
    calls_good(&c);
    calls_free(&c);
}

static void connecting(void)
{
    make(ANSWERS(TEXT(OK)));
    c.fake.connect_ms = 1500;
    check_late(BEDROCK_E_TIMEOUT_CONNECT, 1000);
}

static void first_byte(void)
{
    make(ANSWERS({.text = OK, .delay_ms = 6000}));
    check_late(BEDROCK_E_TIMEOUT_FIRST_BYTE, 5000);
}

static void first_byte_in_time(void)
{
    make(ANSWERS({.text = OK, .delay_ms = 4990}));
    calls_good(&c);
    calls_free(&c);
}

static void sending_stops(void)
{
    make(ANSWERS(TEXT(OK)));
    c.fake.write_room = 100;
    check_late(BEDROCK_E_TIMEOUT_IDLE, 2000);
}

static void idle_in_the_head(void)
{
    make(ANSWERS(TEXT("HTTP/1.1 200 OK\r\nContent-Ty")));
    check_late(BEDROCK_E_TIMEOUT_IDLE, 2000);
}

static void idle_in_the_body(void)
{
    make(ANSWERS(TEXT("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                      "Content-Length: 100\r\n\r\n{\"output\":")));
    check_late(BEDROCK_E_TIMEOUT_IDLE, 2000);
}

/* A model may think for as long as it said it would, even when its service has cleared its
 * throat. */
static void interim_is_no_first_byte(void)
{
    make(ANSWERS(TEXT("HTTP/1.1 102 Processing\r\n\r\n")));
    check_late(BEDROCK_E_TIMEOUT_FIRST_BYTE, 5000);
}

static uint32_t drip_ms;

/* Queues bytes, one at a time, that never come to an end. */
static void drip(struct fake_port *fake, const char *begin, char endless)
{
    int i;

    fake_port_reply_text(fake, begin);
    for (i = 0; i < 400; i++) {
        fake_port_delay(fake, drip_ms);
        fake_port_reply(fake, &endless, 1);
    }
}

static void drip_header(struct fake_port *fake, void *ctx, const uint8_t *bytes, size_t len)
{
    (void)bytes;
    if (len > 0 && !*(int *)ctx) {
        *(int *)ctx = 1;
        drip(fake, "HTTP/1.1 200 OK\r\nX: ", 'x');
    }
}

static void drip_space(struct fake_port *fake, void *ctx, const uint8_t *bytes, size_t len)
{
    (void)bytes;
    if (len > 0 && !*(int *)ctx) {
        *(int *)ctx = 1;
        drip(fake,
             "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n",
             ' ');
    }
}

/* Bytes that keep moving keep no call alive for ever, wherever they come. */
static void total_beats_a_drip(fake_peer peer)
{
    int begun = 0;

    make(ANSWERS(TEXT(OK)));
    drip_ms = 200;
    c.fake.peer = peer;
    c.fake.peer_ctx = &begun;
    check_late(BEDROCK_E_TIMEOUT_TOTAL, 20000);
}

static void drip_in_a_header_line(void)
{
    total_beats_a_drip(drip_header);
}

static void drip_in_the_body(void)
{
    total_beats_a_drip(drip_space);
}

/* ... and a drip that is slow enough is a pause. */
static void slow_drip_is_not_idle(void)
{
    int begun = 0;

    make(ANSWERS(TEXT(OK)));
    drip_ms = 1990;
    c.fake.peer = drip_space;
    c.fake.peer_ctx = &begun;
    check_late(BEDROCK_E_TIMEOUT_TOTAL, 20000);
}

/* A drip in a line must not hold a cancelled call either. */
static void cancel_under_a_drip(void)
{
    struct bedrock_event event;
    int begun = 0;

    make(ANSWERS(TEXT(OK)));
    drip_ms = 100;
    c.fake.peer = drip_header;
    c.fake.peer_ctx = &begun;
    CHECK_INT(calls_start(&c), BEDROCK_OK);
    if (!waits) {
        CHECK_INT(bedrock_next(c.client, &event), BEDROCK_AGAIN);
    }
    bedrock_cancel(c.client);
    CHECK_INT(bedrock_next(c.client, &event), BEDROCK_E_CANCELLED);
    CHECK(c.fake.elapsed_ms < 300);
    calls_free(&c);
}

static int never_ready(const struct bedrock_credentials *self, struct bedrock_keys *keys,
                       int64_t now_s)
{
    (void)self;
    (void)keys;
    (void)now_s;
    return BEDROCK_AGAIN;
}

static void keys_that_never_come(void)
{
    make(ANSWERS(TEXT(OK)));
    c.credentials.get = never_ready;
    CHECK_INT(calls_start(&c), BEDROCK_OK);
    while (!waits && c.fake.elapsed_ms < 19999) {
        struct bedrock_event event;

        CHECK_INT(bedrock_next(c.client, &event), BEDROCK_AGAIN);
        fake_port_pass(&c.fake, 100); /* a loop that does other things */
    }
    CHECK_INT(calls_run(&c), BEDROCK_E_TIMEOUT_TOTAL);
    CHECK(c.fake.elapsed_ms >= 20000 && c.fake.elapsed_ms <= 20100);
    CHECK_INT(bedrock_last_error(c.client)->attempts, 0);
    c.credentials.get = bedrock_credentials_get_static;
    calls_good(&c);
    calls_free(&c);
}

/* Time that the caller takes with an event is no pause of the service's. */
static void caller_takes_its_time(void)
{
    struct bedrock_event event;
    int status;

    make(ANSWERS({.text = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                          "Content-Length: " REPLY_LEN "\r\n\r\n"
                          "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":"
                          "\"H"}));
    CHECK_INT(calls_start(&c), BEDROCK_OK);
    do {
        status = bedrock_next(c.client, &event);
    } while (status == BEDROCK_AGAIN ||
             (status == BEDROCK_EVENT && event.type != BEDROCK_EVENT_TEXT));
    CHECK_INT(status, BEDROCK_EVENT);
    fake_port_pass(&c.fake, 10000);
    fake_port_delay(&c.fake, 1500);
    fake_port_reply_text(&c.fake, strstr(REPLY, "i\"}]"));
    CHECK_INT(calls_run(&c), BEDROCK_OK);
    CHECK_TEXT(c.text, "i");
    calls_free(&c);
}

/* Of an error that stalls in the middle of its words enough is known. */
static void error_that_stalls(void)
{
    make(ANSWERS(TEXT("HTTP/1.1 400 Bad\r\nx-amzn-ErrorType: ValidationException\r\n"
                      "Content-Length: 100\r\nContent-Type: application/json\r\n\r\n"
                      "{\"message\":\"too much of \"")));
    check_late(BEDROCK_E_VALIDATION, 2000);
}

static void error_that_drips(void)
{
    int i;

    make(NULL, 0);
    fake_port_reply_text(&c.fake, "HTTP/1.1 429 Slow\r\nx-amzn-ErrorType: ThrottlingException\r\n"
                                  "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n");
    for (i = 0; i < 100; i++) {
        fake_port_delay(&c.fake, 500);
        fake_port_reply_text(&c.fake, " ");
    }
    CHECK_INT(calls_call(&c), BEDROCK_E_THROTTLED);
    CHECK(c.fake.elapsed_ms >= 20000 && c.fake.elapsed_ms <= 20010);
    calls_free(&c);
}

static void defaults(void)
{
    calls_init(&c, NULL, 0);
    c.config.max_attempts = 1;
    CHECK_INT(calls_open(&c), BEDROCK_OK);
    CHECK_INT(calls_call(&c), BEDROCK_E_TIMEOUT_FIRST_BYTE);
    CHECK(c.fake.elapsed_ms >= 300000 && c.fake.elapsed_ms <= 300010);
    c.fake.connect_ms = UINT32_MAX;
    CHECK_INT(calls_call(&c), BEDROCK_E_TIMEOUT_CONNECT);
    CHECK(c.fake.elapsed_ms >= 315000 && c.fake.elapsed_ms <= 315010);
    calls_free(&c);
}

int main(void)
{
    for (waits = 0; waits < 2; waits++) {
        RUN(connecting);
        RUN(first_byte);
        RUN(first_byte_in_time);
        RUN(sending_stops);
        RUN(idle_in_the_head);
        RUN(idle_in_the_body);
        RUN(interim_is_no_first_byte);
        RUN(drip_in_a_header_line);
        RUN(drip_in_the_body);
        RUN(slow_drip_is_not_idle);
        RUN(cancel_under_a_drip);
        RUN(keys_that_never_come);
        RUN(caller_takes_its_time);
        RUN(error_that_stalls);
        RUN(error_that_drips);
    }
    RUN(defaults);
    return test_finish();
}
