/* SPDX-License-Identifier: MIT */
/* See port_conformance.h. */
#include "fakes/port_conformance.h"

#include "test.h"

#include <string.h>

#define PATIENCE_MS 5000 /* for what happens at once on a healthy machine */
#define AT_ONCE_MS  200  /* what "returns at once" may take on a busy one */

static const struct port_world *world;
static const struct bedrock_port *port;

static uint32_t now_ms(void)
{
    return port->now_ms(port->ctx);
}

static uint32_t patience(void)
{
    return port->wait != NULL ? 50 : 0;
}

/* Connects as a client would: calls again for as long as it is told to. */
static int connect_to(const char *host, uint16_t host_port)
{
    uint32_t begin_ms = now_ms();
    int code = BEDROCK_PORT_AGAIN;

    while (code == BEDROCK_PORT_AGAIN && now_ms() - begin_ms < PATIENCE_MS) {
        code = port->connect(port->ctx, host, host_port, patience());
    }
    return code;
}

/* A fresh connection, with the peer at its other end. */
static int begin(void)
{
    int code = connect_to(world->host, world->host_port);

    CHECK_INT(code, 0);
    if (code == 0) {
        world->accept(world->ctx);
    }
    return code == 0;
}

static int read_some(void *dst, size_t cap)
{
    uint32_t begin_ms = now_ms();
    int count = BEDROCK_PORT_AGAIN;

    while (count == BEDROCK_PORT_AGAIN && now_ms() - begin_ms < PATIENCE_MS) {
        count = port->read(port->ctx, dst, cap, patience());
    }
    return count;
}

static size_t read_all(uint8_t *dst, size_t len)
{
    size_t done = 0;
    int count = 1;

    while (done < len && count > 0) {
        count = read_some(dst + done, len - done);
        if (count > 0) {
            CHECK((size_t)count <= len - done);
            done += (size_t)count;
        }
    }
    return done;
}

static int write_all(const char *text)
{
    size_t len = strlen(text);
    uint32_t begin_ms = now_ms();

    while (len > 0 && now_ms() - begin_ms < PATIENCE_MS) {
        int count = port->write(port->ctx, text, len, patience());

        if (count == BEDROCK_PORT_AGAIN) {
            continue;
        }
        if (count <= 0 || (size_t)count > len) {
            return 0;
        }
        text += count;
        len -= (size_t)count;
    }
    return len == 0;
}

static void carries_bytes_both_ways(void)
{
    uint8_t buffer[64];

    REQUIRE(begin());
    CHECK(write_all("ping"));
    CHECK_BYTES(buffer, world->receive(world->ctx, buffer, sizeof buffer), "ping", 4);
    world->send(world->ctx, "pong\0pong", 9);
    CHECK_BYTES(buffer, read_all(buffer, 9), "pong\0pong", 9);
    port->close(port->ctx);
}

static void reads_no_more_than_asked(void)
{
    uint8_t buffer[8] = "........";

    REQUIRE(begin());
    world->send(world->ctx, "abc", 3);
    CHECK_INT(read_some(buffer, 1), 1);
    CHECK_BYTES(buffer, 2, "a.", 2);
    CHECK_INT(read_some(buffer, 1), 1);
    CHECK_BYTES(buffer, 2, "b.", 2);
    CHECK_INT(read_some(buffer, sizeof buffer), 1);
    CHECK_BYTES(buffer, 2, "c.", 2);
    port->close(port->ctx);
}

static void returns_at_once_when_told_to(void)
{
    uint8_t byte;
    uint32_t begin_ms;
    int i;

    REQUIRE(begin());
    begin_ms = now_ms();
    for (i = 0; i < 10; i++) {
        CHECK_INT(port->read(port->ctx, &byte, 1, 0), BEDROCK_PORT_AGAIN);
    }
    CHECK(now_ms() - begin_ms < AT_ONCE_MS);
    port->close(port->ctx);
}

static void waits_as_long_as_told_to(void)
{
    uint8_t byte;
    uint32_t begin_ms;
    uint32_t passed;

    if (port->wait == NULL) {
        return;
    }
    REQUIRE(begin());
    begin_ms = now_ms();
    CHECK_INT(port->read(port->ctx, &byte, 1, 60), BEDROCK_PORT_AGAIN);
    passed = now_ms() - begin_ms;
    CHECK(passed >= 59 && passed < 60 + AT_ONCE_MS);
    port->close(port->ctx);
}

/* The pattern's period, a prime, fits no buffer size: no piece can be lost or swapped unseen. */
static uint8_t pattern(size_t off)
{
    return (uint8_t)(off % 251);
}

static uint8_t piece[32768];

/* Writes the pattern until the peer's window and all buffers are full. */
static size_t fill(void)
{
    size_t total = 0;
    int count = 1;
    size_t i;

    while (count > 0 && total < (size_t)64 << 20) {
        for (i = 0; i < sizeof piece; i++) {
            piece[i] = pattern(total + i);
        }
        count = port->write(port->ctx, piece, sizeof piece, 0);
        total += count > 0 ? (size_t)count : 0;
    }
    CHECK_INT(count, BEDROCK_PORT_AGAIN);
    return total;
}

/* The peer takes what has come. \return how much, up to the first byte that is wrong. */
static size_t drain(void)
{
    size_t total = 0;
    size_t count;
    size_t i;

    while ((count = world->receive(world->ctx, piece, sizeof piece)) > 0) {
        for (i = 0; i < count; i++) {
            if (piece[i] != pattern(total + i)) {
                return total + i;
            }
        }
        total += count;
    }
    return total;
}

static void takes_what_fits_and_then_says_again(void)
{
    uint8_t byte;
    size_t total;

    REQUIRE(begin());
    total = fill();
    CHECK(total > 0);
    CHECK_INT(port->read(port->ctx, &byte, 1, 0), BEDROCK_PORT_AGAIN);
    world->send(world->ctx, "!", 1); /* A full way out is no reason not to hear. */
    CHECK_INT(read_some(&byte, 1), 1);
    CHECK_INT(drain(), total);
    CHECK(write_all("more"));
    CHECK_BYTES(piece, world->receive(world->ctx, piece, sizeof piece), "more", 4);
    port->close(port->ctx);
}

static void tells_a_clean_end_by_0(void)
{
    uint8_t buffer[8];

    REQUIRE(begin());
    world->send(world->ctx, "end", 3);
    world->end(world->ctx);
    CHECK_BYTES(buffer, read_all(buffer, 3), "end", 3);
    CHECK_INT(read_some(buffer, sizeof buffer), 0);
    CHECK_INT(read_some(buffer, sizeof buffer), 0);
    port->close(port->ctx);
}

static void tells_a_break_by_a_code(void)
{
    uint8_t byte;
    int code;

    REQUIRE(begin());
    world->reset(world->ctx);
    code = read_some(&byte, 1);
    CHECK(code < 0);
    CHECK(code != BEDROCK_PORT_AGAIN);
    port->close(port->ctx);
}

static void fails_where_nobody_listens(void)
{
    int code;

    if (world->closed_port == 0) {
        return;
    }
    code = connect_to(world->host, world->closed_port);
    CHECK(code < 0);
    CHECK(code != BEDROCK_PORT_AGAIN);
    CHECK(code != BEDROCK_PORT_NO_HOST);
    port->close(port->ctx);
    CHECK(begin()); /* A failure leaves nothing behind. */
    port->close(port->ctx);
}

static void knows_what_does_not_resolve(void)
{
    if (world->unknown_host == NULL) {
        return;
    }
    CHECK_INT(connect_to(world->unknown_host, world->host_port), BEDROCK_PORT_NO_HOST);
    port->close(port->ctx);
}

static void closes_at_any_time_and_twice(void)
{
    uint8_t buffer[8];
    int code;

    port->close(port->ctx);
    port->close(port->ctx);
    code = port->connect(port->ctx, world->host, world->host_port, 0);
    CHECK(code == 0 || code == BEDROCK_PORT_AGAIN);
    port->close(port->ctx); /* in the middle of an attempt */
    REQUIRE(begin());
    CHECK(write_all("ping"));
    CHECK_BYTES(buffer, world->receive(world->ctx, buffer, sizeof buffer), "ping", 4);
    port->close(port->ctx);
    port->close(port->ctx);
}

static void begins_each_connection_afresh(void)
{
    uint8_t buffer[8];

    REQUIRE(begin());
    world->send(world->ctx, "old", 3);
    world->end(world->ctx);
    CHECK_INT(read_some(buffer, 1), 1);
    port->close(port->ctx);
    REQUIRE(begin());
    CHECK_INT(port->read(port->ctx, buffer, sizeof buffer, 0), BEDROCK_PORT_AGAIN);
    world->send(world->ctx, "new", 3);
    CHECK_BYTES(buffer, read_all(buffer, 3), "new", 3);
    port->close(port->ctx);
}

static void has_a_clock_that_never_jumps(void)
{
    uint32_t last = now_ms();
    uint32_t begin_ms;
    uint32_t passed;
    int i;

    for (i = 0; i < 1000; i++) {
        uint32_t now = now_ms();

        CHECK(now - last < PATIENCE_MS); /* by subtraction: back would be forward by weeks */
        last = now;
    }
    if (port->wait != NULL) {
        begin_ms = now_ms();
        port->wait(port->ctx, 0);
        port->wait(port->ctx, 30);
        passed = now_ms() - begin_ms;
        CHECK(passed >= 29 && passed < 30 + AT_ONCE_MS);
    }
}

static void knows_the_time_or_says_so(void)
{
    int64_t unix_s = -12345;
    int code = port->utc(port->ctx, &unix_s);

    CHECK(code <= 0);
    if (code == 0) {
        CHECK(unix_s > INT64_C(1704067200)); /* 2024: a clock before it is not set */
        CHECK(unix_s < INT64_C(253402300800));
    } else {
        CHECK_INT(unix_s, -12345);
    }
}

static void has_randomness(void)
{
    uint8_t a[600];
    uint8_t b[600];
    size_t zeros = 0;
    size_t i;

    memset(a, 0, sizeof a);
    memset(b, 0, sizeof b);
    CHECK_INT(port->entropy(port->ctx, a, sizeof a - 1), 0);
    CHECK_INT(port->entropy(port->ctx, b, sizeof b - 1), 0);
    CHECK(memcmp(a, b, 32) != 0);
    CHECK(memcmp(a, a + 300, 32) != 0);
    CHECK_INT(a[599], 0);
    for (i = 0; i < 599; i++) {
        zeros += a[i] == 0;
    }
    CHECK(zeros < 60);
    CHECK_INT(port->entropy(port->ctx, a, 0), 0);
}

static const struct {
    const char *name;
    void (*run)(void);
} conformance[] = {
    {"carries_bytes_both_ways", carries_bytes_both_ways},
    {"reads_no_more_than_asked", reads_no_more_than_asked},
    {"returns_at_once_when_told_to", returns_at_once_when_told_to},
    {"waits_as_long_as_told_to", waits_as_long_as_told_to},
    {"takes_what_fits_and_then_says_again", takes_what_fits_and_then_says_again},
    {"tells_a_clean_end_by_0", tells_a_clean_end_by_0},
    {"tells_a_break_by_a_code", tells_a_break_by_a_code},
    {"fails_where_nobody_listens", fails_where_nobody_listens},
    {"knows_what_does_not_resolve", knows_what_does_not_resolve},
    {"closes_at_any_time_and_twice", closes_at_any_time_and_twice},
    {"begins_each_connection_afresh", begins_each_connection_afresh},
    {"has_a_clock_that_never_jumps", has_a_clock_that_never_jumps},
    {"knows_the_time_or_says_so", knows_the_time_or_says_so},
    {"has_randomness", has_randomness},
};

void port_conformance(const char *name, const struct port_world *tested)
{
    size_t i;

    world = tested;
    port = tested->port;
    for (i = 0; i < sizeof conformance / sizeof conformance[0]; i++) {
        test_begin(conformance[i].name);
        test_context("%s", name);
        conformance[i].run();
        test_end();
    }
}
