/* SPDX-License-Identifier: MIT */
/* The fake port keeps the contract that it stands in for, and does what its header says. */
#include "fakes/fake_port.h"
#include "fakes/port_conformance.h"
#include "test.h"

#include <string.h>

/* ---- As a port among ports ---- */

#define WINDOW 100000

static size_t heard; /* how much of the record the peer has taken */

static void world_accept(void *ctx)
{
    struct fake_port *fake = ctx;

    fake->write_room = WINDOW;
    heard = fake->connection_off;
}

static void world_send(void *ctx, const void *bytes, size_t len)
{
    fake_port_reply(ctx, bytes, len);
}

static size_t world_receive(void *ctx, void *dst, size_t cap)
{
    struct fake_port *fake = ctx;
    size_t len = fake->written_len - heard;

    len = len < cap ? len : cap;
    memcpy(dst, fake->written + heard, len);
    heard += len;
    fake->write_room = WINDOW;
    return len;
}

static void world_end(void *ctx)
{
    fake_port_close(ctx);
}

static void world_reset(void *ctx)
{
    fake_port_break(ctx, -204);
}

static void conform(const char *name, struct fake_port *fake)
{
    const struct port_world world = {&fake->port,   "fake",    443,          0,
                                     NULL,          fake,      world_accept, world_send,
                                     world_receive, world_end, world_reset};

    port_conformance(name, &world);
    test_begin("conformance_is_no_misuse");
    CHECK(fake->misuse == NULL);
    test_end();
    fake_port_free(fake);
}

static void all_conform(void)
{
    struct fake_port fake;

    fake_port_init(&fake);
    fake.connect_ms = 170;
    conform("fake, waiting", &fake);
    fake_port_init_nonwaiting(&fake);
    fake.connect_ms = 170;
    conform("fake, not waiting", &fake);
    fake_port_init(&fake);
    fake.write_max = 1000;
    fake.read_max = 1;
    conform("fake, in small pieces", &fake);
}

/* ---- Its own abilities ---- */

static struct fake_port fake;
static uint8_t buffer[64];

static int connect_now(void)
{
    return fake.port.connect(fake.port.ctx, "example.com", 443, 0);
}

static int read_for(uint32_t wait_ms)
{
    return fake.port.read(fake.port.ctx, buffer, sizeof buffer, wait_ms);
}

static int write_text(const char *text, uint32_t wait_ms)
{
    return fake.port.write(fake.port.ctx, text, strlen(text), wait_ms);
}

static void time_passes_only_in_waiting(void)
{
    uint32_t begin_ms;

    fake_port_init(&fake);
    begin_ms = fake.port.now_ms(fake.port.ctx);
    CHECK(begin_ms > UINT32_C(0xFFFFF000));
    CHECK_INT(connect_now(), 0);
    CHECK_INT(fake.elapsed_ms, 0);
    CHECK_INT(read_for(6000), BEDROCK_PORT_AGAIN);
    CHECK_INT(fake.port.now_ms(fake.port.ctx) - begin_ms, 6000); /* over the wrap */
    CHECK(fake.port.now_ms(fake.port.ctx) < begin_ms);
    CHECK_INT(read_for(0), BEDROCK_PORT_AGAIN);
    CHECK_INT(fake.elapsed_ms, 6001);
    fake.port.wait(fake.port.ctx, 10);
    fake_port_pass(&fake, 5);
    CHECK_INT(fake.elapsed_ms, 6016);
    CHECK_INT(fake.wait_calls, 1);
    fake_port_free(&fake);
}

static void delays_are_simulated(void)
{
    fake_port_init(&fake);
    fake.connect_ms = 100;
    CHECK_INT(connect_now(), BEDROCK_PORT_AGAIN);
    CHECK_INT(fake.port.connect(fake.port.ctx, "example.com", 443, 1000), 0);
    CHECK_INT(fake.elapsed_ms, 100);
    fake_port_delay(&fake, 50);
    fake_port_reply_text(&fake, "a");
    fake_port_delay(&fake, 25);
    fake_port_reply_text(&fake, "b");
    CHECK_INT(read_for(49), BEDROCK_PORT_AGAIN);
    CHECK_INT(read_for(1000), 1);
    CHECK_INT(fake.elapsed_ms, 150);
    CHECK_INT(read_for(1000), 1);
    CHECK_INT(buffer[0], 'b');
    CHECK_INT(fake.elapsed_ms, 175);
    CHECK_INT(fake_port_unread(&fake), 0);
    fake_port_free(&fake);
}

static void storms_never_move_twice_in_a_row(void)
{
    unsigned moved = 0;
    int last = 0;
    int i;

    fake_port_init(&fake);
    CHECK_INT(connect_now(), 0);
    fake.read_max = 1;
    fake.again_every = 2;
    fake_port_reply_text(&fake, "abcdef");
    for (i = 0; i < 11; i++) {
        int count = read_for(1000);

        CHECK(count == 1 || count == BEDROCK_PORT_AGAIN);
        CHECK(!(count == 1 && last == 1));
        moved += count == 1;
        last = count;
    }
    CHECK_INT(moved, 6);
    CHECK(fake.elapsed_ms < 20); /* the storm is not a wait */
    fake_port_free(&fake);
}

static void calls_fail_once_or_for_ever(void)
{
    fake_port_init(&fake);
    fake_port_fail(&fake, FAKE_CONNECT, 1, BEDROCK_PORT_NO_HOST, 0);
    CHECK_INT(connect_now(), BEDROCK_PORT_NO_HOST);
    CHECK(!fake_port_is_connected(&fake));
    CHECK_INT(connect_now(), 0);
    fake_port_fail(&fake, FAKE_WRITE, 2, -132, 0);
    CHECK_INT(write_text("a", 0), 1);
    CHECK_INT(write_text("b", 0), -132);
    CHECK_INT(write_text("c", 0), 1);
    CHECK_BYTES(fake.written, fake.written_len, "ac", 2);
    fake_port_fail(&fake, FAKE_ANY, 2, -204, 1);
    CHECK_INT(read_for(0), BEDROCK_PORT_AGAIN);
    CHECK_INT(read_for(0), -204);
    CHECK_INT(write_text("d", 0), -204);
    CHECK_INT(fake.calls[FAKE_CONNECT], 2);
    CHECK_INT(fake.calls[FAKE_READ], 2);
    CHECK_INT(fake.calls[FAKE_WRITE], 4);
    CHECK_INT(fake.calls[FAKE_ANY], 8);
    CHECK_INT(fake.connects, 1);
    fake_port_free(&fake);
}

static void echo(struct fake_port *port, void *ctx, const uint8_t *bytes, size_t len)
{
    if (len == 0) {
        ++*(int *)ctx;
    } else {
        fake_port_reply(port, bytes, len);
    }
}

static void a_peer_answers(void)
{
    int greeted = 0;

    fake_port_init(&fake);
    fake.peer = echo;
    fake.peer_ctx = &greeted;
    CHECK_INT(connect_now(), 0);
    CHECK_INT(greeted, 1);
    CHECK_INT(write_text("hello", 0), 5);
    CHECK_INT(read_for(0), 5);
    CHECK_BYTES(buffer, 5, "hello", 5);
    fake_port_close(&fake);
    CHECK_INT(write_text("lost", 0), 4); /* the peer has gone: it does not hear this */
    CHECK_INT(read_for(0), 0);
    fake.port.close(fake.port.ctx);
    CHECK_INT(connect_now(), 0);
    CHECK_INT(greeted, 2);
    CHECK_INT(write_text("again", 0), 5);
    CHECK_INT(read_for(0), 5);
    CHECK_TEXT((const char *)fake.written, "hellolostagain");
    CHECK_INT(fake.connection_off, 9);
    CHECK_INT(fake.read_len, 10);
    CHECK_TEXT(fake.host, "example.com");
    CHECK_INT(fake.host_port, 443);
    fake_port_free(&fake);
}

static void an_end_parts_two_connections(void)
{
    fake_port_init(&fake);
    fake_port_reply_text(&fake, "first, not all of it read");
    fake_port_close(&fake);
    fake_port_reply_text(&fake, "second");
    fake_port_break(&fake, -204);
    fake.read_max = 6;
    CHECK_INT(connect_now(), 0);
    CHECK_INT(read_for(0), 6);
    fake.port.close(fake.port.ctx);
    CHECK_INT(connect_now(), 0);
    CHECK_INT(read_for(0), 6);
    CHECK_BYTES(buffer, 6, "second", 6);
    CHECK_INT(write_text("x", 0), -204);
    CHECK_INT(read_for(0), -204);
    fake.port.close(fake.port.ctx);
    CHECK_INT(fake.closes, 2);
    CHECK_INT(connect_now(), 0);
    CHECK_INT(read_for(0), BEDROCK_PORT_AGAIN);
    CHECK(fake.misuse == NULL);
    fake_port_free(&fake);
}

static void a_window_fills(void)
{
    fake_port_init(&fake);
    CHECK_INT(connect_now(), 0);
    fake.write_room = 5;
    fake.write_max = 3;
    CHECK_INT(write_text("abcdef", 0), 3);
    CHECK_INT(write_text("def", 0), 2);
    CHECK_INT(write_text("f", 30), BEDROCK_PORT_AGAIN);
    CHECK_INT(fake.elapsed_ms, 30);
    fake.write_room = SIZE_MAX;
    CHECK_INT(write_text("f", 30), 1);
    CHECK_TEXT((const char *)fake.written, "abcdef");
    fake_port_free(&fake);
}

static void the_platform_may_be_poor(void)
{
    int64_t unix_s = 0;

    fake_port_init(&fake);
    fake_port_pass(&fake, 2000);
    CHECK_INT(fake.port.utc(fake.port.ctx, &unix_s), 0);
    CHECK_INT(unix_s, 1736944498);
    fake.utc_s = 0;
    CHECK(fake.port.utc(fake.port.ctx, &unix_s) < 0);
    CHECK_INT(fake.port.entropy(fake.port.ctx, buffer, sizeof buffer), 0);
    fake.entropy_fails = 1;
    CHECK(fake.port.entropy(fake.port.ctx, buffer, sizeof buffer) < 0);
    fake_port_free(&fake);
}

static const char *misuse(void (*what)(void), int waits)
{
    const char *said;

    fake_port_init(&fake);
    if (!waits) {
        fake.port.wait = NULL;
    }
    what();
    said = fake.misuse;
    fake_port_free(&fake);
    return said != NULL ? said : "";
}

static void read_unconnected(void)
{
    CHECK_INT(read_for(0), BEDROCK_PORT_FAILED);
}

static void write_unconnected(void)
{
    CHECK_INT(write_text("x", 0), BEDROCK_PORT_FAILED);
}

static void write_nothing(void)
{
    CHECK_INT(connect_now(), 0);
    CHECK_INT(write_text("", 0), BEDROCK_PORT_FAILED);
}

static void read_nothing(void)
{
    CHECK_INT(connect_now(), 0);
    CHECK_INT(fake.port.read(fake.port.ctx, buffer, 0, 0), BEDROCK_PORT_FAILED);
}

static void connect_twice(void)
{
    CHECK_INT(connect_now(), 0);
    connect_now();
}

static void connect_elsewhere(void)
{
    fake.connect_ms = 100;
    CHECK_INT(connect_now(), BEDROCK_PORT_AGAIN);
    fake.port.connect(fake.port.ctx, "example.org", 443, 0);
}

static void wait_in_read(void)
{
    CHECK_INT(connect_now(), 0);
    CHECK_INT(read_for(10), BEDROCK_PORT_AGAIN);
}

static void breaches_are_noted(void)
{
    CHECK_TEXT(misuse(read_unconnected, 1), "read without a connection");
    CHECK_TEXT(misuse(write_unconnected, 1), "write without a connection");
    CHECK_TEXT(misuse(write_nothing, 1), "write of nothing");
    CHECK_TEXT(misuse(read_nothing, 1), "read of nothing");
    CHECK_TEXT(misuse(connect_twice, 1), "connect while there is a connection");
    CHECK_TEXT(misuse(connect_elsewhere, 1), "connect went on with another host or port");
    CHECK_TEXT(misuse(wait_in_read, 1), "");
    CHECK_TEXT(misuse(wait_in_read, 0), "a port that does not wait was asked to");
}

int main(void)
{
    all_conform();
    RUN(time_passes_only_in_waiting);
    RUN(delays_are_simulated);
    RUN(storms_never_move_twice_in_a_row);
    RUN(calls_fail_once_or_for_ever);
    RUN(a_peer_answers);
    RUN(an_end_parts_two_connections);
    RUN(a_window_fills);
    RUN(the_platform_may_be_poor);
    RUN(breaches_are_noted);
    return test_finish();
}
