/* SPDX-License-Identifier: MIT */
/*
 * The port as a transport sees it: its answers as status codes, its own code kept for the error
 * record, and one allowance of waiting that all the port calls of one transport call share.
 */
#ifndef BDK_TLS_WIRE_H
#define BDK_TLS_WIRE_H

#include "bedrock/transport.h"

struct bdk_wire {
    const struct bedrock_port *port;
    struct bedrock_transport *owner; /* its port_code is set when the port fails */
    uint32_t since_ms;               /* when the present call began; unset if it may not wait */
    uint32_t wait_ms;                /* 0: not at all */
};

/* A transport call begins that may wait for wait_ms in all. */
void bdk_wire_begin(struct bdk_wire *wire, uint32_t wait_ms);

/* BEDROCK_OK, BEDROCK_AGAIN, BEDROCK_E_RESOLVE or BEDROCK_E_CONNECT. */
int bdk_wire_connect(struct bdk_wire *wire, const char *host, uint16_t port);

/* BEDROCK_EVENT with *got > 0; 0 when the peer has closed; BEDROCK_AGAIN; BEDROCK_E_READ. */
int bdk_wire_read(struct bdk_wire *wire, void *dst, size_t cap, size_t *got);

/* BEDROCK_EVENT with *taken > 0; BEDROCK_AGAIN; BEDROCK_E_WRITE. */
int bdk_wire_write(struct bdk_wire *wire, const void *src, size_t len, size_t *taken);

#endif
