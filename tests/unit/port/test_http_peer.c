/* SPDX-License-Identifier: MIT */
/* The fake service behind the fake port takes whole requests and gives its answers in order. */
#include "fakes/http_peer.h"
#include "test.h"

#include <string.h>

#define FIRST  "POST /a HTTP/1.1\r\nHost: x\r\nCONTENT-length:  5\r\n\r\nhello"
#define SECOND "GET /b HTTP/1.1\r\nHost: example.com\r\nX: \r\n\r\n"

static struct fake_port fake;
static struct http_peer peer;
static char buffer[64];

static const struct http_answer script[] = {
    {"one", NULL, 0, 0, 0, HTTP_THEN_KEEP},
    {NULL, "t\0o", 3, 20, 0, HTTP_THEN_CLOSE},
    {"three", NULL, 0, 0, 1, HTTP_THEN_BREAK},
};

static void begin(void)
{
    fake_port_init(&fake);
    http_peer_init(&peer, &fake, script, 3);
    CHECK_INT(fake.port.connect(&fake, "example.com", 80, 0), 0);
}

static void say(const char *text, size_t piece)
{
    size_t len = strlen(text);

    while (len > 0) {
        size_t n = piece < len ? piece : len;

        CHECK_INT(fake.port.write(&fake, text, n, 0), n);
        text += n;
        len -= n;
    }
}

static int hear(void)
{
    memset(buffer, 0, sizeof buffer);
    return fake.port.read(&fake, buffer, sizeof buffer, 0);
}

static void answers_whole_requests_in_order(void)
{
    static const size_t pieces[] = {1, 7, 1000};
    char value[16];
    size_t i;

    for (i = 0; i < 3; i++) {
        begin();
        say("POST /a HTTP/1.1\r\nHost: x\r\nCONTENT-length:  5\r\n\r\nhell", pieces[i]);
        CHECK_INT(hear(), BEDROCK_PORT_AGAIN);
        say("o", 1);
        CHECK_INT(hear(), 3);
        CHECK_TEXT(buffer, "one");
        say(SECOND, pieces[i]);
        CHECK_INT(hear(), BEDROCK_PORT_AGAIN);
        fake_port_pass(&fake, 20);
        CHECK_INT(hear(), 3);
        CHECK_BYTES(buffer, 3, "t\0o", 3);
        CHECK_INT(hear(), 0);
        CHECK_INT(peer.request_count, 2);
        CHECK(http_peer_line_is(&peer, 0, "POST /a HTTP/1.1"));
        CHECK(!http_peer_line_is(&peer, 0, "POST /a HTTP/1"));
        CHECK(http_peer_line_is(&peer, 1, "GET /b HTTP/1.1"));
        CHECK_BYTES(http_peer_body(&peer, 0), peer.requests[0].body_len, "hello", 5);
        CHECK_INT(peer.requests[1].body_len, 0);
        CHECK_TEXT(http_peer_header(&peer, 1, "host", value, sizeof value), "example.com");
        CHECK_TEXT(http_peer_header(&peer, 1, "host", value, 4), "exa");
        CHECK_TEXT(http_peer_header(&peer, 1, "x", value, sizeof value), "");
        CHECK(http_peer_header(&peer, 1, "Content-Length", value, sizeof value) == NULL);
        fake_port_free(&fake);
    }
}

static void takes_two_requests_at_once(void)
{
    begin();
    say(FIRST SECOND, 1000);
    CHECK_INT(peer.request_count, 2);
    CHECK_INT(hear(), 3);
    fake_port_free(&fake);
}

static void starts_over_with_each_connection(void)
{
    begin();
    say("POST /lost HTTP/1.1\r\nContent-Length: 5\r\n\r\nhe", 1000);
    fake.port.close(&fake);
    CHECK_INT(fake.port.connect(&fake, "example.com", 80, 0), 0);
    say(FIRST, 1000);
    CHECK_INT(peer.request_count, 1);
    CHECK(http_peer_line_is(&peer, 0, "POST /a HTTP/1.1"));
    CHECK_INT(hear(), 3);
    fake_port_free(&fake);
}

static void may_answer_before_the_body(void)
{
    begin();
    peer.answered = 2; /* on to the third answer */
    say("POST /a HTTP/1.1\r\nContent-Length: 5\r\n\r\n", 1);
    CHECK_INT(hear(), 5);
    CHECK_TEXT(buffer, "three");
    CHECK_INT(hear(), -204);
    CHECK_INT(peer.request_count, 0);
    fake.port.close(&fake);
    CHECK_INT(fake.port.connect(&fake, "example.com", 80, 0), 0);
    say(SECOND, 1000); /* the script is at its end */
    CHECK_INT(peer.request_count, 1);
    CHECK_INT(hear(), BEDROCK_PORT_AGAIN);
    fake_port_free(&fake);
}

int main(void)
{
    RUN(answers_whole_requests_in_order);
    RUN(takes_two_requests_at_once);
    RUN(starts_over_with_each_connection);
    RUN(may_answer_before_the_body);
    return test_finish();
}
