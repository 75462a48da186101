/* SPDX-License-Identifier: MIT */
/* The life of a response: in place, one behind the other, its end, and what may follow it. */
#include "check.h"

#define OK "HTTP/1.1 200 OK\r\n"

static void small_state(void)
{
    CHECK(sizeof(struct bedrock_http_response) <= 48);
}

struct reader {
    struct bedrock_http_response response;
    struct bedrock_http_event event;
    char line[128];
};

static void start(struct reader *r, int head)
{
    bedrock_http_response_init(&r->response, r->line, sizeof r->line, head);
}

static int next(struct reader *r, const char **in, const char *end)
{
    return bedrock_http_response_next(&r->response, in, end, &r->event);
}

/* What lies whole in the input is handed out from there. */
static void in_place(void)
{
    static const char input[] = OK "Name: value\r\nContent-Length: 5\r\n\r\nhello";
    const char *in = input, *end = input + sizeof input - 1;
    struct reader r;

    start(&r, 0);
    CHECK_INT(next(&r, &in, end), BEDROCK_EVENT);
    CHECK_INT(r.event.type, BEDROCK_HTTP_STATUS);
    CHECK(r.event.text == input + 13);
    CHECK_INT(in - input, 17);
    CHECK_INT(next(&r, &in, end), BEDROCK_EVENT);
    CHECK_INT(r.event.type, BEDROCK_HTTP_HEADER);
    CHECK(r.event.name == input + 17 && r.event.name_len == 4);
    CHECK(r.event.text == input + 23 && r.event.len == 5);
    CHECK_INT(next(&r, &in, end), BEDROCK_EVENT);
    CHECK_INT(next(&r, &in, end), BEDROCK_EVENT);
    CHECK_INT(r.event.type, BEDROCK_HTTP_HEAD_END);
    CHECK_INT(r.event.status, 200);
    CHECK_INT(next(&r, &in, end), BEDROCK_EVENT);
    CHECK(r.event.text == end - 5 && r.event.len == 5);
    CHECK_INT(next(&r, &in, end), BEDROCK_EVENT);
    CHECK_INT(r.event.type, BEDROCK_HTTP_END);
    CHECK_INT(next(&r, &in, end), 0);
}

/* A line that comes in two pieces does not depend on the first one any more. */
static void pieces_may_go(void)
{
    char first[] = OK "Na", second[] = "me: value\r\n\r\n";
    const char *in = first;
    struct reader r;

    start(&r, 0);
    CHECK_INT(next(&r, &in, first + sizeof first - 1), BEDROCK_EVENT);
    CHECK_INT(next(&r, &in, first + sizeof first - 1), 0);
    memset(first, '#', sizeof first);
    in = second;
    CHECK_INT(next(&r, &in, second + sizeof second - 1), BEDROCK_EVENT);
    CHECK_BYTES(r.event.name, r.event.name_len, "Name", 4);
    CHECK_BYTES(r.event.text, r.event.len, "value", 5);
}

static void no_input_is_no_error(void)
{
    static const char input[] = OK "\r\nbody";
    struct reader r;
    size_t i;

    start(&r, 0);
    for (i = 0; i < sizeof input - 1; i++) {
        const char *nothing = input + i;
        const char *in = input + i;

        CHECK_INT(next(&r, &nothing, nothing), 0);
        CHECK(nothing == input + i);
        while (next(&r, &in, input + i + 1) == BEDROCK_EVENT) {
        }
        CHECK(in == input + i + 1);
    }
    CHECK_INT(bedrock_http_response_finish(&r.response, &r.event), BEDROCK_EVENT);
}

/* Reads a response to its end; its body goes to body. */
static void read_all(struct reader *r, const char **in, const char *end, char *body)
{
    body[0] = '\0';
    while (next(r, in, end) == BEDROCK_EVENT && r->event.type != BEDROCK_HTTP_END) {
        if (r->event.type == BEDROCK_HTTP_BODY) {
            strncat(body, r->event.text, r->event.len);
        }
    }
    CHECK_INT(r->event.type, BEDROCK_HTTP_END);
}

static void one_behind_the_other(void)
{
    static const char input[] = OK "Content-Length: 3\r\n\r\none" OK
                                   "Transfer-Encoding: chunked\r\n\r\n3\r\ntwo\r\n0\r\n\r\n"
                                   "HTTP/1.1 204 x\r\n\r\n" OK "Content-Length: 4\r\n\r\nfour";
    static const char *const bodies[] = {"one", "two", "", "four"};
    const char *in = input, *end = input + sizeof input - 1;
    struct reader r;
    char body[16];
    size_t i;

    for (i = 0; i < 4; i++) {
        test_context("response %zu", i);
        start(&r, 0);
        read_all(&r, &in, end, body);
        CHECK_TEXT(body, bodies[i]);
        CHECK_INT(bedrock_http_response_keep_alive(&r.response), 1);
        CHECK_INT(next(&r, &in, end), 0);
        CHECK_INT(bedrock_http_response_finish(&r.response, &r.event), BEDROCK_OK);
    }
    CHECK(in == end);
}

/* The end that next() was not asked for any more is told by finish(), whatever the framing. */
static void finish_tells_the_end(void)
{
    static const char *const inputs[] = {OK "Content-Length: 2\r\n\r\nok",
                                         OK "Content-Length: 0\r\n\r\n", "HTTP/1.1 204 x\r\n\r\n",
                                         OK "\r\nok"};
    size_t i;

    for (i = 0; i < sizeof inputs / sizeof inputs[0]; i++) {
        const char *in = inputs[i], *end = in + strlen(in);
        struct reader r;

        test_context("case %zu", i);
        start(&r, 0);
        while (in < end) {
            CHECK_INT(next(&r, &in, end), BEDROCK_EVENT);
        }
        CHECK_INT(bedrock_http_response_keep_alive(&r.response), 0);
        CHECK_INT(bedrock_http_response_finish(&r.response, &r.event), BEDROCK_EVENT);
        CHECK_INT(r.event.type, BEDROCK_HTTP_END);
        CHECK_INT(bedrock_http_response_keep_alive(&r.response), i < 3);
        CHECK_INT(bedrock_http_response_finish(&r.response, &r.event), BEDROCK_OK);
        CHECK_INT(next(&r, &in, end), 0);
    }
}

static void finish_in_the_middle_is_final(void)
{
    static const char input[] = OK "Content-Length: 2\r\n\r\nok";
    const char *in = input;
    struct reader r;

    start(&r, 0);
    while (next(&r, &in, input + sizeof input - 2) == BEDROCK_EVENT) {
    }
    CHECK_INT(bedrock_http_response_finish(&r.response, &r.event), BEDROCK_E_HTTP_INCOMPLETE);
    CHECK_INT(bedrock_http_response_finish(&r.response, &r.event), BEDROCK_E_HTTP_INCOMPLETE);
    CHECK_INT(next(&r, &in, input + sizeof input - 1), BEDROCK_E_HTTP_INCOMPLETE);
    CHECK_INT(bedrock_http_response_keep_alive(&r.response), 0);
}

struct persistence {
    const char *version; /* and the lines behind the status line */
    const char *headers;
    int keep;
};

static void keep_alive(void)
{
    static const struct persistence cases[] = {
        {"1.1", "", 1},
        {"1.1", "Connection: keep-alive\r\n", 1},
        {"1.1", "Connection: close\r\n", 0},
        {"1.1", "connection:CLOSE\r\n", 0},
        {"1.1", "Connection: upgrade, close\r\n", 0},
        {"1.1", "Connection: close,x\r\n", 0},
        {"1.1", "Connection: , ,\tclose\t,\r\n", 0},
        {"1.1", "Connection: keep-alive, close\r\n", 0},
        {"1.1", "Connection: close\r\nConnection: keep-alive\r\n", 0},
        {"1.1", "Connection: x\r\nConnection: close\r\n", 0},
        {"1.1", "Connection: closed\r\n", 1},
        {"1.1", "Connection: not-close, close-not\r\n", 1},
        {"1.1", "Connection:\r\n", 1},
        {"1.1", "Connection: ,\r\n", 1},
        {"1.1", "Proxy-Connection: close\r\n", 1},
        {"1.1", "Connections: close\r\n", 1},
        {"1.1", "Keep-Alive: timeout=5\r\n", 1},
        {"1.0", "", 0},
        {"1.0", "Connection: keep-alive\r\n", 1},
        {"1.0", "Connection: x, Keep-Alive\r\n", 1},
        {"1.0", "Connection: close\r\n", 0},
        {"1.0", "Connection: keep-alive, close\r\n", 0},
        {"1.0", "Keep-Alive: timeout=5\r\n", 0},
    };
    static const char *const framings[] = {"Content-Length: 0\r\n\r\n",
                                           "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "\r\n"};
    size_t i, k;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (k = 0; k < 3; k++) {
            const struct persistence *c = &cases[i];
            char input[256];
            struct feeding feeding = {0};
            struct trace got;

            test_context("case %zu, framing %zu", i, k);
            snprintf(input, sizeof input, "HTTP/%s 200 OK\r\n%s%s", c->version, c->headers,
                     framings[k]);
            feeding.line_cap = 64;
            got = trace_response((const uint8_t *)input, strlen(input), 0, &feeding);
            CHECK_INT(got.code, BEDROCK_EVENT);
            /* Chunks in an answer of HTTP/1.0 and a body until close: never. */
            CHECK_INT(got.keep_alive, c->keep && (k == 0 || (k == 1 && c->version[2] == '1')));
            free(got.text);
        }
    }
}

int main(void)
{
    RUN(small_state);
    RUN(in_place);
    RUN(pieces_may_go);
    RUN(no_input_is_no_error);
    RUN(one_behind_the_other);
    RUN(finish_tells_the_end);
    RUN(finish_in_the_middle_is_final);
    RUN(keep_alive);
    return test_finish();
}
