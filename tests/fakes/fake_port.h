/* SPDX-License-Identifier: MIT */
/*
 * A platform that exists in memory only: a struct bedrock_port whose time is simulated and whose
 * network is a script, with every fault that a network can have.
 *
 *     struct fake_port fake;
 *
 *     fake_port_init(&fake);                       every setting at its kindest value
 *     fake.read_max = 1;                           byte by byte
 *     fake_port_reply_text(&fake, "HTTP/1.1 ...");
 *     ... bedrock_client_init(..., .port = &fake.port) ...
 *     CHECK(fake.misuse == NULL);
 *     fake_port_free(&fake);
 *
 * What the peer says is queued: bytes, an end, a break, each at a time of its own. It is queued
 * before the call, or by a `peer` function, which sees what was written and answers it. A new
 * connection starts with whatever is still in the queue; fake_port_close() and fake_port_break()
 * end one connection and what is queued behind them is for the next.
 *
 * Nobody sleeps. A call that may wait moves the clock: to the moment when something happens, or by
 * the whole of wait_ms when nothing does. Nothing depends on the machine: a run repeats exactly.
 */
#ifndef TESTS_FAKES_FAKE_PORT_H
#define TESTS_FAKES_FAKE_PORT_H

#include "bedrock/port.h"

#include <stddef.h>
#include <stdint.h>

enum fake_call { FAKE_CONNECT, FAKE_READ, FAKE_WRITE, FAKE_ANY, FAKE_CALLS };

/* A call that fails: the at-th of its kind since fake_port_init(), counted from 1, or 0 for none.
 * FAKE_ANY counts all three kinds together. */
struct fake_failure {
    unsigned at;
    int code;
    int for_ever; /* and all that follow */
};

struct fake_item;
struct fake_port;

/**
 * The peer. Called with every piece that was written, after it was recorded; and with len 0 when a
 * connection has been made. It answers with the fake_port_ functions below. While an end or a break
 * is in the queue it is not told what is written: it is gone, or as good as gone.
 */
typedef void (*fake_peer)(struct fake_port *fake, void *ctx, const uint8_t *bytes, size_t len);

struct fake_port {
    struct bedrock_port port; /* give &fake.port to the client */

    /* Settings; change them at any time. */
    size_t read_max;      /* most bytes a read gives; 0: no limit */
    size_t write_max;     /* most bytes a write takes; 0: no limit */
    size_t write_room;    /* bytes that the peer will still take, then writes say AGAIN;
                             SIZE_MAX, the default: no limit */
    unsigned again_every; /* every so many-th call says AGAIN, at once, though it could have moved
                             bytes: 2 is never ready twice in a row; 0, the default: never */
    uint32_t connect_ms;  /* how long a connect takes */
    uint32_t again_ms;    /* time that passes when a call says AGAIN without having waited; 1 by
                             default, so that no loop of a test is endless */
    int64_t utc_s;        /* the time of day when the fake was made; it runs with the clock. 0:
                             the clock is not set. 2025-01-15T12:34:56Z by default */
    int entropy_fails;
    struct fake_failure fail[FAKE_CALLS];
    fake_peer peer; /* NULL: nobody listens */
    void *peer_ctx;

    /* What happened; read only. */
    unsigned calls[FAKE_CALLS]; /* by kind; FAKE_ANY: all three */
    unsigned connects;          /* connections made */
    unsigned closes;            /* connections closed by the client, attempts included */
    unsigned wait_calls;        /* calls of port.wait */
    char host[256];             /* of the last connect */
    uint16_t host_port;
    uint64_t elapsed_ms; /* simulated time since fake_port_init() */
    uint8_t *written;    /* all bytes that were taken, over all connections; NUL-terminated */
    size_t written_len;
    size_t written_cap;
    size_t connection_off; /* where in `written` the last connection begins */
    size_t read_len;       /* bytes given to the client, over all connections */
    const char *misuse;    /* the first breach of port.h's contract by the caller, in words; NULL */

    /* Private. */
    int state;
    uint64_t connect_at_ms;
    uint64_t queue_at_ms; /* when the next item that is queued can be had */
    unsigned until_again;
    struct fake_item *first;
    struct fake_item **last;
    uint32_t entropy_state;
};

/** Makes a fake that waits, connects at once, takes all and says nothing. */
void fake_port_init(struct fake_port *fake);

/** The same without port.wait. */
void fake_port_init_nonwaiting(struct fake_port *fake);

/** Gives back the memory of the queue and the record. */
void fake_port_free(struct fake_port *fake);

/** Queues bytes that the peer sends. They are copied. */
void fake_port_reply(struct fake_port *fake, const void *bytes, size_t len);
void fake_port_reply_text(struct fake_port *fake, const char *text);

/** What is queued from now on comes ms later than what was queued before it, and at the earliest ms
 * from now. */
void fake_port_delay(struct fake_port *fake, uint32_t ms);

/** Queues the peer's end: after all bytes before it, reads give 0. */
void fake_port_close(struct fake_port *fake);

/** Queues a break: after all bytes before it, reads and writes give code. */
void fake_port_break(struct fake_port *fake, int code);

/** Drops what is still queued. */
void fake_port_clear(struct fake_port *fake);

/** Bytes queued and not read yet. */
size_t fake_port_unread(const struct fake_port *fake);

/** Lets the at-th call of its kind fail with code, once or from then on; counted from now. */
void fake_port_fail(struct fake_port *fake, enum fake_call kind, unsigned at, int code,
                    int for_ever);

/** Lets simulated time pass. */
void fake_port_pass(struct fake_port *fake, uint32_t ms);

/** Whether a connection stands, as the client's side sees it. */
int fake_port_is_connected(const struct fake_port *fake);

#endif
