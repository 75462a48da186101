/* SPDX-License-Identifier: MIT */
/* The plain transport, over the same wire as TLS, with a peer that sends what it is told to and
 * keeps what it gets. */
#include "link.h"

/* The peer's answer; what we send simply stays in peer->to_server. */
static void answer(struct link *link, size_t from, size_t len)
{
    size_t i;

    for (i = 0; i < len; i++) {
        uint8_t byte = pattern(from + i);

        queue_put(&link->peer->to_client, &byte, 1);
    }
}

static void plain_up(struct link *link, size_t extra)
{
    link_up(link, &bedrock_plain, PEER_EC, extra, 0);
    link->peer->raw = 1;
}

static void check_sent(struct link *link, size_t len)
{
    size_t i, wrong = 0;

    CHECK_INT(link->peer->to_server.to, len);
    for (i = 0; i < link->peer->to_server.to; i++) {
        wrong += link->peer->to_server.bytes[i] != pattern(i);
    }
    CHECK_INT(wrong, 0);
}

static void every_wire(void)
{
    static const size_t chunks[] = {0, 1, 3, 100};
    static const size_t extras[] = {0, 1, 3000};
    static const size_t steps[] = {1, 7, 300, 100000};
    size_t i, again, e, s;

    for (i = 0; i < 4; i++) {
        for (again = 0; again < 2; again++) {
            for (e = 0; e < 3; e++) {
                for (s = 0; s < 4; s++) {
                    struct link link;

                    test_context("chunk %zu, again %zu, extra %zu, step %zu", chunks[i], again,
                                 extras[e], steps[s]);
                    plain_up(&link, extras[e]);
                    link.peer->chunk = chunks[i];
                    link.peer->again = (int)again;
                    link.peer->connect_agains = 2;
                    CHECK_INT(open_link(&link), BEDROCK_OK);
                    CHECK_INT(send_pattern(&link, 0, 5000, steps[s]), BEDROCK_OK);
                    check_sent(&link, 5000);
                    answer(&link, 0, 5000);
                    link.peer->eof = 1;
                    CHECK_INT(receive_pattern(&link, 0, 5000, steps[s]), BEDROCK_OK);
                    CHECK_INT(receive_end(&link), 0);
                    CHECK_INT(receive_end(&link), 0);
                    close_link(&link);
                    CHECK_INT(link.peer->closes, 1);
                    link_down(&link);
                }
            }
        }
    }
}

static void size(void)
{
    struct link link;
    size_t needed;

    plain_up(&link, 0);
    CHECK_INT(bedrock_plain.init(link.transport, link.size - 1, &link.options, &needed),
              BEDROCK_E_BUFFER);
    CHECK_INT(needed, link.size);
    CHECK(needed < 512 + 256);
    link_down(&link);
}

/* More at once than a port can count on the smallest machines. */
static void large_buffers(void)
{
    struct link link;

    plain_up(&link, 200000);
    CHECK_INT(open_link(&link), BEDROCK_OK);
    CHECK_INT(send_pattern(&link, 0, 90000, 90000), BEDROCK_OK);
    CHECK_INT(link.peer->writes, 3);
    check_sent(&link, 90000);
    answer(&link, 0, 90000);
    CHECK_INT(receive_pattern(&link, 0, 90000, 90000), BEDROCK_OK);
    close_link(&link);
    link_down(&link);
}

static void one_write(void)
{
    struct link link;

    plain_up(&link, 2000);
    CHECK_INT(open_link(&link), BEDROCK_OK);
    CHECK_INT(send_pattern(&link, 0, 1000, 10), BEDROCK_OK);
    CHECK_INT(link.peer->writes, 1);
    close_link(&link);
    link_down(&link);
}

static void connecting(void)
{
    struct link link;

    plain_up(&link, 0);
    CHECK_INT(open_at(&link, "", TEST_NOW), BEDROCK_E_ARGUMENT);
    CHECK_INT(open_at(&link, NULL, TEST_NOW), BEDROCK_E_ARGUMENT);
    link.peer->connect_code = BEDROCK_PORT_NO_HOST;
    CHECK_INT(open_link(&link), BEDROCK_E_RESOLVE);
    CHECK_INT(link.transport->port_code, BEDROCK_PORT_NO_HOST);
    link.peer->connect_code = -113;
    CHECK_INT(open_link(&link), BEDROCK_E_CONNECT);
    CHECK_INT(link.transport->port_code, -113);
    link.peer->connect_code = 0;
    CHECK_INT(open_at(&link, HOST, 0), BEDROCK_OK); /* the time does not matter */
    CHECK_INT(link.transport->port_code, 0);
    link_down(&link);
}

static void write_blocked(void)
{
    struct link link;
    uint8_t *data;
    size_t cap, sent = 0;

    plain_up(&link, 0);
    CHECK_INT(open_link(&link), BEDROCK_OK);
    link.peer->write_blocked = 1;
    while (link.transport->type->reserve(link.transport, &data, &cap, 0) == BEDROCK_OK) {
        while (cap-- > 0) {
            *data++ = pattern(sent++);
            link.transport->type->commit(link.transport, 1);
        }
    }
    CHECK_INT(sent, 256);
    CHECK_INT(link.transport->type->flush(link.transport, 0), BEDROCK_AGAIN);
    answer(&link, 0, 1000);
    CHECK_INT(receive_pattern(&link, 0, 1000, 1000), BEDROCK_OK);
    link.peer->write_blocked = 0;
    CHECK_INT(flush_all(&link), BEDROCK_OK);
    check_sent(&link, sent);
    close_link(&link);
    link_down(&link);
}

static void write_fails(void)
{
    struct link link;

    plain_up(&link, 0);
    CHECK_INT(open_link(&link), BEDROCK_OK);
    answer(&link, 0, 400);
    link.peer->write_code = -32;
    link.peer->read_code = -104;
    CHECK_INT(send_pattern(&link, 0, 1000, 1000), BEDROCK_E_WRITE);
    CHECK_INT(link.transport->port_code, -32);
    CHECK_INT(send_pattern(&link, 0, 1, 1), BEDROCK_E_WRITE);
    CHECK_INT(receive_pattern(&link, 0, 400, 400), BEDROCK_OK);
    CHECK_INT(receive_end(&link), BEDROCK_E_READ);
    CHECK_INT(link.transport->port_code, -104);
    CHECK_INT(receive_end(&link), BEDROCK_E_READ);
    close_link(&link);
    /* And all is forgotten with the next connection. */
    link.peer->write_code = link.peer->read_code = 0;
    link.peer->to_client.from = link.peer->to_client.to = link.peer->to_server.to = 0;
    CHECK_INT(open_link(&link), BEDROCK_OK);
    CHECK_INT(send_pattern(&link, 0, 1000, 1000), BEDROCK_OK);
    check_sent(&link, 1000);
    answer(&link, 0, 400);
    CHECK_INT(receive_pattern(&link, 0, 400, 400), BEDROCK_OK);
    close_link(&link);
    link_down(&link);
}

static void waiting(void)
{
    struct link link;
    const uint8_t *data;
    size_t len;

    plain_up(&link, 0);
    CHECK_INT(open_link(&link), BEDROCK_OK);
    link.peer->waits = 1;
    CHECK_INT(bedrock_plain.receive(link.transport, &data, &len, 70), BEDROCK_AGAIN);
    CHECK_INT(link.peer->now_ms, 70);
    CHECK_INT(bedrock_plain.receive(link.transport, &data, &len, 0), BEDROCK_AGAIN);
    CHECK_INT(link.peer->now_ms, 70);
    link_down(&link);
}

int main(void)
{
    RUN(every_wire);
    RUN(size);
    RUN(large_buffers);
    RUN(one_write);
    RUN(connecting);
    RUN(write_blocked);
    RUN(write_fails);
    RUN(waiting);
    return test_finish();
}
