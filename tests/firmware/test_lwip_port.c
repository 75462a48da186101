/* SPDX-License-Identifier: MIT */
/*
 * The port over lwIP: first as a port among ports (port_conformance.h), then what is its own. Both
 * ends of the connection live in one lwIP, over its loopback; time passes when somebody looks at
 * the clock, and the network moves on with it.
 */
#include "bedrock/lwip.h"

#include "fakes/port_conformance.h"
#include "test.h"

#include <lwip/dns.h>
#include <lwip/init.h>
#include <lwip/netif.h>
#include <lwip/sys.h>
#include <lwip/tcp.h>
#include <lwip/timeouts.h>
#include <string.h>

enum { PEER_PORT = 8443, CLOSED_PORT = 8444 };

static uint32_t now;

u32_t sys_now(void)
{
    return now;
}

/* A millisecond of the network. */
static void pump(void)
{
    now++;
    netif_poll_all();
    sys_check_timeouts();
}

static void pump_for(uint32_t ms)
{
    while (ms-- > 0) {
        pump();
    }
}

/* ---- The board ---- */

static uint32_t board_now_ms(void *ctx)
{
    (void)ctx;
    pump();
    return now;
}

static int board_utc(void *ctx, int64_t *unix_s)
{
    (void)ctx;
    *unix_s = INT64_C(1736944496);
    return 0;
}

static int board_entropy(void *ctx, void *dst, size_t len)
{
    uint8_t *bytes = dst;

    (void)ctx;
    while (len-- > 0) {
        *bytes++ = (uint8_t)(rand() >> 8);
    }
    return 0;
}

static const struct bedrock_port board = {
    .now_ms = board_now_ms, .utc = board_utc, .entropy = board_entropy};

/* ---- The peer ---- */

struct peer {
    struct tcp_pcb *connection;
    struct pbuf *in;
};

static err_t peer_receive_some(void *arg, struct tcp_pcb *pcb, struct pbuf *more, err_t err)
{
    struct peer *peer = arg;

    (void)pcb;
    (void)err;
    if (more != NULL && peer->in != NULL) {
        pbuf_cat(peer->in, more);
    } else if (more != NULL) {
        peer->in = more;
    }
    return ERR_OK;
}

static void peer_error(void *arg, err_t err)
{
    (void)err;
    ((struct peer *)arg)->connection = NULL;
}

static void peer_drop(struct peer *peer)
{
    if (peer->in != NULL) {
        pbuf_free(peer->in);
        peer->in = NULL;
    }
    if (peer->connection != NULL) {
        tcp_abort(peer->connection); /* tells peer_error() */
    }
}

static err_t peer_take(void *arg, struct tcp_pcb *pcb, err_t err)
{
    struct peer *peer = arg;

    if (err != ERR_OK) {
        return err;
    }
    peer_drop(peer);
    peer->connection = pcb;
    tcp_arg(pcb, peer);
    tcp_recv(pcb, peer_receive_some);
    tcp_err(pcb, peer_error);
    return ERR_OK;
}

static void peer_accept(void *ctx)
{
    (void)ctx;
    pump_for(5);
}

static void peer_send(void *ctx, const void *bytes, size_t len)
{
    struct peer *peer = ctx;

    CHECK_INT(tcp_write(peer->connection, bytes, (u16_t)len, TCP_WRITE_FLAG_COPY), ERR_OK);
    tcp_output(peer->connection);
    pump_for(5);
}

static size_t peer_receive(void *ctx, void *dst, size_t cap)
{
    struct peer *peer = ctx;
    u16_t len = cap < 0x7fff ? (u16_t)cap : 0x7fff;
    int patience = 1000;

    while (peer->in == NULL && patience-- > 0) {
        pump();
    }
    if (peer->in == NULL) {
        return 0;
    }
    len = pbuf_copy_partial(peer->in, dst, len, 0);
    peer->in = pbuf_free_header(peer->in, len);
    tcp_recved(peer->connection, len);
    return len;
}

static void peer_end(void *ctx)
{
    struct peer *peer = ctx;

    tcp_arg(peer->connection, NULL);
    tcp_recv(peer->connection, NULL);
    tcp_err(peer->connection, NULL);
    CHECK_INT(tcp_close(peer->connection), ERR_OK);
    peer->connection = NULL;
    pump_for(5);
}

static void peer_reset(void *ctx)
{
    peer_drop(ctx);
    pump_for(5);
}

static void peer_listen(struct peer *peer)
{
    struct tcp_pcb *listener = tcp_new();

    tcp_arg(listener, peer);
    CHECK_INT(tcp_bind(listener, IP_ADDR_ANY, PEER_PORT), ERR_OK);
    listener = tcp_listen(listener);
    tcp_arg(listener, peer);
    tcp_accept(listener, peer_take);
}

/* ---- What is its own ---- */

static struct peer peer;
static struct bedrock_lwip lwip;
static struct port_world world = {
    .host = "127.0.0.1",
    .host_port = PEER_PORT,
    .closed_port = CLOSED_PORT,
    .unknown_host = "nobody.invalid",
    .ctx = &peer,
    .accept = peer_accept,
    .send = peer_send,
    .receive = peer_receive,
    .end = peer_end,
    .reset = peer_reset,
};

static int connect_now(const char *host)
{
    return world.port->connect(world.port->ctx, host, PEER_PORT, 0);
}

static void open_connection(void)
{
    while (connect_now("127.0.0.1") == BEDROCK_PORT_AGAIN) {
        pump();
    }
    pump_for(5);
}

/* lwIP's DNS client cannot be told to forget a question: its answer finds another connection. */
static void an_answer_that_comes_late_is_nobodys(void)
{
    ip_addr_t silent;
    uint8_t byte;

    IP_ADDR4(&silent, 127, 0, 0, 2);
    dns_setserver(0, &silent);
    CHECK_INT(connect_now("slow.example"), BEDROCK_PORT_AGAIN);
    world.port->close(world.port->ctx);
    open_connection();
    pump_for(60000); /* the question has failed by now */
    peer_send(&peer, "!", 1);
    CHECK_INT(world.port->read(world.port->ctx, &byte, 1, 0), 1);
    CHECK_INT(world.port->read(world.port->ctx, &byte, 1, 0), BEDROCK_PORT_AGAIN);
    world.port->close(world.port->ctx);
    dns_setserver(0, IP_ADDR_ANY);
}

/* How many ms it takes until a name that nobody answers for has failed. */
static uint32_t time_to_fail(const char *host)
{
    uint32_t start = now;
    int code;

    while ((code = connect_now(host)) == BEDROCK_PORT_AGAIN && now - start < 60000) {
        pump();
    }
    CHECK_INT(code, BEDROCK_PORT_NO_HOST);
    return now - start;
}

static void a_name_that_nobody_answers_for_is_no_host(void)
{
    ip_addr_t silent;

    IP_ADDR4(&silent, 127, 0, 0, 2);
    dns_setserver(0, &silent);
    CHECK(time_to_fail("slow.example") > 1000);
    dns_setserver(0, IP_ADDR_ANY);
}

/* Nor is it the answer to a question about another host. */
static void an_answer_that_comes_late_is_not_for_another_name(void)
{
    ip_addr_t silent;
    uint32_t alone;

    IP_ADDR4(&silent, 127, 0, 0, 2);
    dns_setserver(0, &silent);
    alone = time_to_fail("slow.example");
    CHECK_INT(connect_now("first.example"), BEDROCK_PORT_AGAIN);
    pump_for(3000);
    world.port->close(world.port->ctx);
    CHECK(time_to_fail("second.example") + 1000 >= alone); /* lwIP counts in seconds */
    dns_setserver(0, IP_ADDR_ANY);
}

static void bytes_before_a_break_are_not_lost(void)
{
    uint8_t bytes[8];

    open_connection();
    peer_send(&peer, "last", 4);
    peer_reset(&peer);
    CHECK_INT(world.port->read(world.port->ctx, bytes, 2, 0), 2);
    CHECK_INT(world.port->read(world.port->ctx, bytes + 2, 6, 0), 2);
    CHECK_BYTES(bytes, 4, "last", 4);
    CHECK_INT(world.port->read(world.port->ctx, bytes, 1, 0), -100 + ERR_RST);
    CHECK_INT(world.port->write(world.port->ctx, "x", 1, 0), -100 + ERR_RST);
    world.port->close(world.port->ctx);
}

/* What is not read stays in the window: the peer has to wait, and no buffer runs dry. */
static void the_window_is_the_back_pressure(void)
{
    static char bytes[TCP_SND_BUF];
    size_t sent = 0, got = 0;
    int count, i;

    open_connection();
    for (i = 0; i < 20; i++) {
        u16_t room = tcp_sndbuf(peer.connection);

        if (room > 0 && tcp_write(peer.connection, bytes, room, TCP_WRITE_FLAG_COPY) == ERR_OK) {
            sent += room;
        }
        tcp_output(peer.connection);
        pump_for(10);
    }
    CHECK_INT(sent, TCP_WND + TCP_SND_BUF);
    while ((count = world.port->read(world.port->ctx, bytes, 1000, 0)) > 0) {
        got += (size_t)count;
        pump_for(300);
    }
    CHECK_INT(count, BEDROCK_PORT_AGAIN);
    CHECK_INT(got, sent);
    CHECK(lwip.bytes_received >= got);
    world.port->close(world.port->ctx);
}

int main(void)
{
    lwip_init();
    peer_listen(&peer);
    world.port = bedrock_lwip_port(&lwip, &board);
    port_conformance("lwip", &world);
    RUN(an_answer_that_comes_late_is_nobodys);
    RUN(a_name_that_nobody_answers_for_is_no_host);
    RUN(an_answer_that_comes_late_is_not_for_another_name);
    RUN(bytes_before_a_break_are_not_lost);
    RUN(the_window_is_the_back_pressure);
    return test_finish();
}
