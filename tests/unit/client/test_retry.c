/* SPDX-License-Identifier: MIT */
/* When a call is tried again, after which pause, and at what price; and what a wrong clock does. */
#include "calls.h"

#include "client/retry.h"

static struct calls c;

#define DATED(status, type, date) FAILED_AS(status, type, "Date: " date "\r\n")

static void check_attempts(int attempts)
{
    CHECK_INT(bedrock_last_error(c.client)->attempts, attempts);
}

static void three_attempts(void)
{
    calls_make(&c, ANSWERS(TEXT(BUSY), TEXT(BUSY), TEXT(BUSY), TEXT(OK)));
    CHECK_INT(calls_call(&c), BEDROCK_E_UNAVAILABLE);
    check_attempts(3);
    CHECK_INT(c.peer.request_count, 3);
    CHECK(c.fake.elapsed_ms > 0 && c.fake.elapsed_ms <= 50 + 100 + 10);
    calls_free(&c);
}

static void one_attempt(void)
{
    calls_init(&c, ANSWERS(TEXT(BUSY), TEXT(OK)));
    c.config.max_attempts = 1;
    CHECK_INT(calls_open(&c), BEDROCK_OK);
    CHECK_INT(calls_call(&c), BEDROCK_E_UNAVAILABLE);
    check_attempts(1);
    calls_free(&c);
}

static void not_what_cannot_help(void)
{
    calls_make(&c, ANSWERS(TEXT(FAILED_AS("400 B", "ValidationException", "")), TEXT(OK)));
    CHECK_INT(calls_call(&c), BEDROCK_E_VALIDATION);
    CHECK_INT(c.peer.request_count, 1);
    calls_free(&c);
}

static void success_forgets_the_failure(void)
{
    calls_make(&c, ANSWERS(TEXT(BUSY), TEXT(OK)));
    calls_good(&c);
    check_attempts(2);
    CHECK_TEXT(bedrock_last_error(c.client)->type, "");
    CHECK_TEXT(bedrock_last_error(c.client)->message, "");
    calls_free(&c);
}

static void throttling_takes_longer_pauses(void)
{
    static const char slow[] = FAILED_AS("429 T", "ThrottlingException", "");

    calls_init(&c, ANSWERS(TEXT(slow), TEXT(slow), TEXT(OK)));
    c.fake.entropy_fails = 1; /* then the longest pause is taken */
    CHECK_INT(calls_open(&c), BEDROCK_OK);
    calls_good(&c);
    CHECK(c.fake.elapsed_ms >= 3000 && c.fake.elapsed_ms < 3010);
    calls_free(&c);
}

/* A pause that the service asks for, in each of the three ways. */
static void asked_for(const char *answer, uint32_t least_ms, uint32_t most_ms)
{
    const struct http_answer script[] = {{.text = answer}, {.text = OK}};

    calls_init(&c, script, 2);
    c.fake.entropy_fails = 1;
    CHECK_INT(calls_open(&c), BEDROCK_OK);
    calls_good(&c);
    test_context("%s: %d ms", strstr(answer, "\r\n") + 2, (int)c.fake.elapsed_ms);
    CHECK(c.fake.elapsed_ms >= least_ms && c.fake.elapsed_ms <= most_ms + 10);
    test_context(NULL);
    calls_free(&c);
}

static void pauses_that_are_asked_for(void)
{
    asked_for(BARE("503 U", "Retry-After: 7\r\n"), 7000, 7000);
    asked_for(BARE("503 U", "Retry-After: 0\r\n"), 50, 50);
    asked_for(BARE("503 U", "Retry-After: soon\r\n"), 50, 50);
    asked_for(BARE("503 U", "Retry-After: 7x\r\n"), 50, 50);
    asked_for(BARE("503 U", "Retry-After: -7\r\n"), 50, 50);
    asked_for(BARE("503 U", "Retry-After: Wed, 15 Jan 2025 12:35:06 GMT\r\n"), 10000, 10000);
    asked_for(BARE("503 U", "Date: Wed, 15 Jan 2025 12:35:00 GMT\r\n"
                            "Retry-After: Wed, 15 Jan 2025 12:35:06 GMT\r\n"),
              6000, 6000);
    asked_for(BARE("503 U", "Retry-After: Wed, 15 Jan 2025 12:30:00 GMT\r\n"), 50, 50);
    asked_for(BARE("503 U", "x-amz-retry-after: 1500\r\n"), 1500, 1500);
    asked_for(BARE("503 U", "x-amz-retry-after: 10000\r\n"), 5050, 5050);
    asked_for(BARE("503 U", "x-amz-retry-after: 0\r\n"), 50, 50);
    asked_for(BARE("503 U", "x-amz-retry-after: 99999999999999\r\n"), 5050, 5050);
    asked_for(BARE("503 U", "x-amz-retry-after: 1.5\r\n"), 50, 50);
    asked_for(BARE("503 U", "x-amz-retry-after: 200\r\nRetry-After: 9\r\n"), 200, 200);
    asked_for(BARE("503 U", "Retry-After: 9\r\nx-amz-retry-after: 200\r\n"), 200, 200);
    asked_for(BARE("429 T", "Retry-After: 7\r\n"), 7000, 7000); /* a gateway's */
}

static void pause_beyond_the_deadline(const char *answer)
{
    const struct http_answer script[] = {{.text = answer}, {.text = OK}, {.text = OK}};

    calls_init(&c, script, 3);
    c.config.timeouts.total_ms = 30000;
    CHECK_INT(calls_open(&c), BEDROCK_OK);
    CHECK_INT(calls_call(&c), BEDROCK_E_UNAVAILABLE);
    CHECK(c.fake.elapsed_ms < 100);
    check_attempts(1);
    calls_good(&c);
    calls_free(&c);
}

#define UNAVAILABLE(headers) FAILED_AS("503 U", "ServiceUnavailableException", headers)

static void pauses_beyond_the_deadline(void)
{
    pause_beyond_the_deadline(UNAVAILABLE("Retry-After: 30\r\n"));
    pause_beyond_the_deadline(UNAVAILABLE("Retry-After: 99999999999\r\n"));
    pause_beyond_the_deadline(UNAVAILABLE("Retry-After: Fri, 15 Jan 2027 12:35:06 GMT\r\n"));
}

/* What was not retried is not paid for. */
static void no_price_without_a_retry(void)
{
    static struct http_answer answers[200];
    unsigned i;

    for (i = 0; i < 100; i++) {
        answers[i].text = UNAVAILABLE("Retry-After: 3600\r\n");
    }
    answers[100].text = BUSY;
    answers[101].text = OK;
    calls_make(&c, answers, 102);
    for (i = 0; i < 100; i++) {
        CHECK_INT(calls_call(&c), BEDROCK_E_UNAVAILABLE);
        check_attempts(1);
    }
    calls_good(&c);
    check_attempts(2);
    calls_free(&c);
}

/* 500 at 14 for a retry: 35 of them, 17 calls of three attempts and one of two; then none. A good
 * call gives one back. */
static void budget_of_a_client(void)
{
    static struct http_answer answers[200];
    unsigned i;

    for (i = 0; i < 200; i++) {
        answers[i].text = BUSY;
    }
    calls_make(&c, answers, 200);
    for (i = 0; i < 17; i++) {
        CHECK_INT(calls_call(&c), BEDROCK_E_UNAVAILABLE);
        check_attempts(3);
    }
    CHECK_INT(calls_call(&c), BEDROCK_E_UNAVAILABLE);
    check_attempts(2);
    CHECK_INT(calls_call(&c), BEDROCK_E_UNAVAILABLE);
    check_attempts(1);
    for (i = 0; i < 4; i++) { /* 10 are left */
        calls_script(&c, ANSWERS(TEXT(OK)));
        fake_port_break(&c.fake, -1);
        calls_good(&c);
    }
    calls_script(&c, answers, 200);
    fake_port_break(&c.fake, -1);
    CHECK_INT(calls_call(&c), BEDROCK_E_UNAVAILABLE);
    check_attempts(2);
    calls_free(&c);
}

static void every_attempt_is_signed_anew(void)
{
    char first[512], second[512];

    calls_make(&c, ANSWERS(TEXT(UNAVAILABLE("Retry-After: 100\r\n")), TEXT(OK)));
    calls_good(&c);
    CHECK(http_peer_header(&c.peer, 0, "x-amz-date", first, sizeof first) != NULL);
    CHECK(http_peer_header(&c.peer, 1, "x-amz-date", second, sizeof second) != NULL);
    CHECK_TEXT(first, "20250115T123456Z");
    CHECK_TEXT(second, "20250115T123636Z");
    http_peer_header(&c.peer, 0, "authorization", first, sizeof first);
    http_peer_header(&c.peer, 1, "authorization", second, sizeof second);
    CHECK(strcmp(first, second) != 0);
    CHECK_BYTES(http_peer_body(&c.peer, 1), c.peer.requests[1].body_len, http_peer_body(&c.peer, 0),
                c.peer.requests[0].body_len);
    calls_free(&c);
}

static void never_after_an_event(void)
{
    calls_make(&c, ANSWERS({.text = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                                    "Content-Length: 900\r\n\r\n"
                                    "{\"output\":{\"message\":{\"content\":[{\"text\":\"H",
                            .then = HTTP_THEN_BREAK},
                           TEXT(OK)));
    CHECK_INT(calls_call(&c), BEDROCK_E_READ);
    CHECK(c.events > 0);
    check_attempts(1);
    CHECK_INT(c.peer.request_count, 1);
    calls_free(&c);
}

static void broken_before_an_event_is_tried_again(void)
{
    calls_make(&c, ANSWERS({.text = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                                    "Content-Length: 900\r\n\r\n{",
                            .then = HTTP_THEN_BREAK},
                           {.text = "HT", .then = HTTP_THEN_CLOSE}, TEXT(OK)));
    calls_good(&c);
    check_attempts(3);
    calls_free(&c);
}

static int fail_to_connect(const struct bedrock_credentials *self, struct bedrock_keys *keys,
                           int64_t now_s)
{
    (void)self;
    (void)keys;
    (void)now_s;
    return BEDROCK_E_CONNECT;
}

/* What fails before a request is on its way, keys that cannot be fetched, is not the service's
 * doing: the provider makes its own attempts. */
static void not_what_was_never_sent(void)
{
    calls_init(&c, ANSWERS(TEXT(OK)));
    c.credentials.get = fail_to_connect;
    CHECK_INT(calls_open(&c), BEDROCK_OK);
    CHECK_INT(calls_call(&c), BEDROCK_E_CONNECT);
    CHECK(c.fake.elapsed_ms < 20);
    check_attempts(0);
    calls_free(&c);
}

/* ------------------------------------------------------------------ clock */

static void clock_is_learned_once(void)
{
    char date[64];

    calls_init(&c, ANSWERS(TEXT(DATED("403 F", "InvalidSignatureException",
                                      "Wed, 15 Jan 2025 13:34:56 GMT")),
                           TEXT(OK), TEXT(OK)));
    c.config.max_attempts = 1; /* it is no attempt of the service's fault */
    CHECK_INT(calls_open(&c), BEDROCK_OK);
    CHECK_INT(bedrock_clock_skew_s(c.client), 0);
    calls_good(&c);
    CHECK(c.fake.elapsed_ms < 20);
    CHECK_INT(bedrock_clock_skew_s(c.client), 3600);
    calls_good(&c);
    check_attempts(1);
    CHECK(http_peer_header(&c.peer, 1, "x-amz-date", date, sizeof date) != NULL);
    CHECK_TEXT(date, "20250115T133456Z");
    CHECK(http_peer_header(&c.peer, 2, "x-amz-date", date, sizeof date) != NULL);
    CHECK_TEXT(date, "20250115T133456Z");
    calls_free(&c);
}

static void clock_that_is_ahead(void)
{
    calls_make(
        &c, ANSWERS(TEXT(DATED("403 F", "AccessDeniedException", "Wed, 15 Jan 2025 12:00:00 GMT")),
                    TEXT(OK)));
    calls_good(&c);
    CHECK_INT(bedrock_clock_skew_s(c.client), -34 * 60 - 56);
    calls_free(&c);
}

static void no_clock_to_learn(const char *answer, int code, const char *bearer)
{
    const struct http_answer script[] = {{.text = answer}, {.text = OK}};

    calls_init(&c, script, 2);
    c.credentials.keys.bearer_token = bearer;
    CHECK_INT(calls_open(&c), BEDROCK_OK);
    CHECK_INT(calls_call(&c), code);
    CHECK_INT(bedrock_clock_skew_s(c.client), 0);
    check_attempts(1);
    calls_free(&c);
}

static void clock_that_is_right(void)
{
    static const char small[] =
        DATED("403 F", "InvalidSignatureException", "Wed, 15 Jan 2025 12:38:55 GMT");
    static const char far[] =
        DATED("403 F", "AccessDeniedException", "Wed, 15 Jan 2025 13:38:55 GMT");

    no_clock_to_learn(small, BEDROCK_E_SIGNATURE, NULL);
    no_clock_to_learn(far, BEDROCK_E_ACCESS_DENIED, "ABSKexample");
    no_clock_to_learn(FAILED_AS("403 F", "InvalidSignatureException", ""), BEDROCK_E_SIGNATURE,
                      NULL);
    no_clock_to_learn(DATED("403 F", "ExpiredTokenException", "Wed, 15 Jan 2025 13:38:55 GMT"),
                      BEDROCK_E_EXPIRED_TOKEN, NULL);
}

/* A request that took long to send is late, but the clock was right. */
static void slow_sending_is_no_skew(void)
{
    calls_make(&c, ANSWERS({.text = DATED("403 F", "InvalidSignatureException",
                                          "Wed, 15 Jan 2025 12:39:40 GMT"),
                            .delay_ms = 284000},
                           TEXT(OK)));
    CHECK_INT(calls_call(&c), BEDROCK_E_SIGNATURE);
    CHECK_INT(bedrock_clock_skew_s(c.client), 0);
    calls_free(&c);
}

/* A service that contradicts itself does not keep us going round. */
static void clock_is_not_learned_for_ever(void)
{
    static const char one[] =
        DATED("403 F", "InvalidSignatureException", "Wed, 15 Jan 2025 13:34:56 GMT");
    static const char two[] =
        DATED("403 F", "InvalidSignatureException", "Wed, 15 Jan 2025 15:34:56 GMT");

    calls_make(&c, ANSWERS(TEXT(one), TEXT(two), TEXT(one), TEXT(two)));
    CHECK_INT(calls_call(&c), BEDROCK_E_SIGNATURE);
    CHECK_INT(c.peer.request_count, 2);
    calls_free(&c);
}

/* ------------------------------------------------------------- arithmetic */

static void steps_of_the_pause(void)
{
    static const uint32_t pauses[] = {50,   100,  200,   400,   800,  1600,
                                      3200, 6400, 12800, 20000, 20000};
    struct bdk_retry retry;
    size_t i;

    bdk_retry_init(&retry);
    for (i = 0; i < sizeof pauses / sizeof pauses[0]; i++) {
        retry.attempts++;
        CHECK_INT(bdk_retry_next(&retry, BDK_RETRY_TRANSIENT, 255, 65535), pauses[i]);
        retry.quota = 500;
        CHECK_INT(bdk_retry_next(&retry, BDK_RETRY_TRANSIENT, 255, 0), 0);
    }
    retry.attempts = 255;
    CHECK_INT(bdk_retry_next(&retry, BDK_RETRY_TRANSIENT, 255, 0), -1);
}

int main(void)
{
    RUN(three_attempts);
    RUN(one_attempt);
    RUN(not_what_cannot_help);
    RUN(success_forgets_the_failure);
    RUN(throttling_takes_longer_pauses);
    RUN(pauses_that_are_asked_for);
    RUN(pauses_beyond_the_deadline);
    RUN(no_price_without_a_retry);
    RUN(budget_of_a_client);
    RUN(every_attempt_is_signed_anew);
    RUN(never_after_an_event);
    RUN(broken_before_an_event_is_tried_again);
    RUN(not_what_was_never_sent);
    RUN(clock_is_learned_once);
    RUN(clock_that_is_ahead);
    RUN(clock_that_is_right);
    RUN(slow_sending_is_no_skew);
    RUN(clock_is_not_learned_for_ever);
    RUN(steps_of_the_pause);
    return test_finish();
}
