/* SPDX-License-Identifier: MIT */
/* The walk over all pages of ListAsyncInvokes. */
#include "unit/client/jobs.h"

#define PAGES_MAX 8

static struct record_service service;
static struct bedrock_async_list list;
static char token[64];
static size_t token_cap = sizeof token;

/* Answers with these bodies; NULL: the service is busy. */
static void open_service(const char *const *bodies, size_t count, size_t piece, int again)
{
    static struct bytes http[PAGES_MAX];
    static struct http_answer script[PAGES_MAX];
    size_t i;

    memset(script, 0, sizeof script);
    for (i = 0; i < count; i++) {
        const char *body = bodies[i] == NULL ? "{}" : bodies[i];

        http[i].len = 0;
        put_answer(&http[i], bodies[i] == NULL ? "503 Busy" : "200 OK", JSON_ANSWER, body,
                   strlen(body), FRAMED_LENGTH, 0);
        script[i].bytes = http[i].data;
        script[i].len = http[i].len;
    }
    record_service_open(&service, script, count, again);
    service.fake.read_max = piece;
    memset(&list, 0, sizeof list);
    memset(token, 0xA5, sizeof token);
    list.token = token;
    list.token_cap = token_cap;
}

static int walk(struct bytes *out)
{
    struct bedrock_async_invoke job;
    int status = BEDROCK_EVENT;

    bytes_text(out, "");
    while (status == BEDROCK_EVENT) {
        memset(&job, 0xA5, sizeof job);
        do {
            status = bedrock_async_list_next(service.client, &list, &job);
            fake_port_pass(&service.fake, status == BEDROCK_AGAIN); /* while it pauses, too */
        } while (status == BEDROCK_AGAIN);
        if (status == BEDROCK_EVENT) {
            bytes_text(out, job.invocation_arn);
            bytes_text(out, " ");
        }
    }
    return status;
}

/* The same walk with all that a network can do to it. requests: how many are made. */
static void check_walk(const char *const *bodies, size_t count, const char *want, int code,
                       size_t requests)
{
    static const size_t pieces[] = {0, 1, 2, 7, 100};
    size_t i;

    for (i = 0; i < 2 * sizeof pieces / sizeof *pieces; i++) {
        struct bytes out = {0};

        test_context("pieces of %zu, %s", pieces[i / 2], i % 2 ? "never ready twice" : "waiting");
        open_service(bodies, count, pieces[i / 2], i % 2);
        CHECK_INT(walk(&out), code);
        CHECK_TEXT(out.data, want);
        CHECK_INT(service.peer.request_count, requests);
        CHECK_INT(bedrock_async_list_next(service.client, &list, NULL), code); /* stays so */
        record_service_free(&service);
        bytes_free(&out);
    }
    test_context(NULL);
}

#define WALK(bodies, want, code, requests)                                                         \
    check_walk(bodies, sizeof(bodies) / sizeof *(bodies), want, code, requests)
#define JOBS(jobs)       "\"asyncInvokeSummaries\":[" jobs "]"
#define JOB(arn)         "{\"invocationArn\":\"" arn "\"}"
#define NEXT(text)       "\"nextToken\":\"" text "\""
#define PAGE(jobs, text) "{" JOBS(jobs) "," NEXT(text) "}"
#define LAST(jobs)       "{" JOBS(jobs) "}"

static void pages(void)
{
    static const char *const two[] = {PAGE(JOB("1") "," JOB("2"), "a"), LAST(JOB("3"))};
    static const char *const one[] = {LAST(JOB("1"))};
    static const char *const none[] = {"{}"};
    static const char *const first[] = {"{" NEXT("a") "," JOBS(JOB("1")) "}", LAST(JOB("2"))};
    static const char *const null[] = {"{" JOBS(JOB("1")) ",\"nextToken\":null}"};
    static const char *const no_text[] = {PAGE(JOB("1"), "")};

    WALK(two, "1 2 3 ", BEDROCK_OK, 2);
    WALK(one, "1 ", BEDROCK_OK, 1);
    WALK(none, "", BEDROCK_OK, 1);
    WALK(first, "1 2 ", BEDROCK_OK, 2);
    WALK(null, "1 ", BEDROCK_OK, 1);
    WALK(no_text, "1 ", BEDROCK_OK, 1);
}

static void empty_pages_are_passed(void)
{
    static const char *const bodies[] = {PAGE("", "a"), "{" NEXT("b") "}", PAGE(JOB("1"), "c"),
                                         LAST("")};

    WALK(bodies, "1 ", BEDROCK_OK, 4);
}

static void circle_ends(void)
{
    static const char *const bodies[] = {PAGE(JOB("1"), "ab"), PAGE(JOB("2"), "ab"), LAST("")};

    WALK(bodies, "1 2 ", BEDROCK_OK, 2);
}

/* A token that begins as the one before, or is its beginning, is another one. */
static void similar_tokens(void)
{
    static const char *const bodies[] = {PAGE(JOB("1"), "ab"),  PAGE(JOB("2"), "abc"),
                                         PAGE(JOB("3"), "ab"),  PAGE(JOB("4"), "aab"),
                                         PAGE(JOB("5"), "aac"), LAST(JOB("6"))};

    WALK(bodies, "1 2 3 4 5 6 ", BEDROCK_OK, 6);
}

/* Not that of a job. */
static void token_is_the_lists(void)
{
    static const char *const bodies[] = {
        LAST("{\"invocationArn\":\"1\",\"nextToken\":\"a\",\"more\":{\"nextToken\":\"b\"}}")};

    WALK(bodies, "1 ", BEDROCK_OK, 1);
}

static void token_sizes(void)
{
    static const char *const bodies[] = {PAGE(JOB("1"), "1234"), LAST(JOB("2"))};

    token_cap = 5;
    WALK(bodies, "1 2 ", BEDROCK_OK, 2);
    token_cap = 4;
    WALK(bodies, "1 ", BEDROCK_E_FIELD_SIZE, 1);
    token_cap = 1;
    WALK(bodies, "1 ", BEDROCK_E_FIELD_SIZE, 1);
    token_cap = sizeof token;
}

static void bad_tokens(void)
{
    static const char *const nul[] = {PAGE(JOB("1"), "a\\u0000b"), LAST("")};
    struct bedrock_async_invoke job;

    WALK(nul, "1 ", BEDROCK_E_JSON_SHAPE, 1);
    open_service(NULL, 0, 0, 0);
    list.token_cap = 0;
    CHECK_INT(bedrock_async_list_next(service.client, &list, &job), BEDROCK_E_ARGUMENT);
    list.token_cap = 8;
    list.token = NULL;
    CHECK_INT(bedrock_async_list_next(service.client, &list, &job), BEDROCK_E_ARGUMENT);
    CHECK_INT(bedrock_async_list_next(NULL, &list, &job), BEDROCK_E_BUFFER);
    record_service_free(&service);
}

/* The token of a page is needed until its answer begins. */
static void requests(void)
{
    static const char *const bodies[] = {NULL, PAGE(JOB("1"), "a/b"), NULL,
                                         NULL, PAGE(JOB("2"), "c d"), LAST(JOB("3"))};
    static const char *const lines[] = {
        "GET /async-invoke?maxResults=1 HTTP/1.1",
        "GET /async-invoke?maxResults=1 HTTP/1.1",
        "GET /async-invoke?maxResults=1&nextToken=a%2Fb HTTP/1.1",
        "GET /async-invoke?maxResults=1&nextToken=a%2Fb HTTP/1.1",
        "GET /async-invoke?maxResults=1&nextToken=a%2Fb HTTP/1.1",
        "GET /async-invoke?maxResults=1&nextToken=c%20d HTTP/1.1",
    };
    struct bytes out = {0};
    size_t i;

    open_service(bodies, sizeof bodies / sizeof *bodies, 0, 0);
    list.query.max_results = 1;
    list.query.next_token = "not the caller's";
    CHECK_INT(walk(&out), BEDROCK_OK);
    CHECK_TEXT(out.data, "1 2 3 ");
    CHECK_INT(service.peer.request_count, sizeof lines / sizeof *lines);
    for (i = 0; i < sizeof lines / sizeof *lines; i++) {
        test_context("request %zu", i);
        CHECK(http_peer_line_is(&service.peer, i, lines[i]));
    }
    test_context(NULL);
    bytes_free(&out);
    record_service_free(&service);
}

static void failures_end_the_walk(void)
{
    static const char *const busy[] = {PAGE(JOB("1"), "a"), NULL, NULL, NULL, LAST(JOB("2"))};
    static const char *const broken[] = {PAGE(JOB("1"), "a"),
                                         "{" JOBS(JOB("2") ",") "," NEXT("b") "}", LAST(JOB("3"))};
    static const char *const bad_job[] = {
        PAGE(JOB("1"), "a"), PAGE(JOB("2") ",{\"endTime\":\"never\"}", "b"), LAST(JOB("3"))};

    WALK(busy, "1 ", BEDROCK_E_UNAVAILABLE, 4);
    WALK(broken, "1 2 ", BEDROCK_E_JSON, 2);
    WALK(bad_job, "1 2 ", BEDROCK_E_TIME, 2);
}

/* A walk begins when the client is free, and not before. */
static void client_is_busy(void)
{
    static const char *const bodies[] = {JOB("1"), LAST(JOB("2"))};
    struct bedrock_async_invoke job;
    struct bytes out = {0};

    open_service(bodies, 2, 0, 0);
    CHECK_INT(bedrock_get_async_invoke(service.client, "arn"), BEDROCK_OK);
    CHECK_INT(bedrock_async_list_next(service.client, &list, &job), BEDROCK_E_STATE);
    CHECK_INT(tell_jobs(service.client, &out), BEDROCK_OK);
    out.len = 0;
    CHECK_INT(walk(&out), BEDROCK_OK);
    CHECK_TEXT(out.data, "2 ");
    bytes_free(&out);
    record_service_free(&service);
}

int main(void)
{
    RUN(pages);
    RUN(empty_pages_are_passed);
    RUN(circle_ends);
    RUN(similar_tokens);
    RUN(token_is_the_lists);
    RUN(token_sizes);
    RUN(bad_tokens);
    RUN(requests);
    RUN(failures_end_the_walk);
    RUN(client_is_busy);
    return test_finish();
}
