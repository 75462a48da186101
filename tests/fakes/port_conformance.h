/* SPDX-License-Identifier: MIT */
/*
 * What bedrock/port.h asks of every port, as tests. For a port of your own: write the other end of
 * the wire as a struct port_world (on the board's network, or in a loopback), and call
 * port_conformance() from a test program.
 */
#ifndef TESTS_FAKES_PORT_CONFORMANCE_H
#define TESTS_FAKES_PORT_CONFORMANCE_H

#include "bedrock/port.h"

struct port_world {
    const struct bedrock_port *port;
    const char *host; /* where the peer listens */
    uint16_t host_port;
    uint16_t closed_port;     /* a port of the host where nobody listens; 0: there is none to try */
    const char *unknown_host; /* a name that does not resolve; NULL: there is none to try */

    /* The peer. It has one connection at a time. */
    void *ctx;
    void (*accept)(void *ctx); /* takes the connection that was made just now */
    void (*send)(void *ctx, const void *bytes, size_t len);
    size_t (*receive)(void *ctx, void *dst, size_t cap); /* 0: nothing for a while */
    void (*end)(void *ctx);                              /* a clean end */
    void (*reset)(void *ctx);                            /* a break */
};

/** Runs all tests on one port, which must not be connected. Their names carry `name` as context. */
void port_conformance(const char *name, const struct port_world *world);

#endif
