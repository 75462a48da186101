/* SPDX-License-Identifier: MIT */
/**
 * A port over lwIP's raw API: firmware without an operating system (NO_SYS 1) gets its sockets from
 * here, and brings a clock, the time and randomness itself. Compile port/lwip/port.c together with
 * lwIP, by your own lwipopts.h: LWIP_TCP 1, LWIP_DNS 1 and, better, LWIP_TCP_KEEPALIVE 1.
 *
 * The port does not wait: bedrock_next() returns BEDROCK_AGAIN, and the main loop polls the network
 * and lwIP's timers (sys_check_timeouts()) before it asks again. Like lwIP's raw API it belongs to
 * the context that these two run in.
 *
 * Back-pressure is TCP's own: the window opens when the client has taken bytes, so lwIP never needs
 * more than the buffers of one window (TCP_WND, at most 65,535). Let PBUF_POOL_SIZE hold that and
 * two frames more: a pool that runs dry loses frames, and the peer then waits a second or so before
 * each is sent anew.
 */
#ifndef BEDROCK_LWIP_H
#define BEDROCK_LWIP_H

#include "bedrock/port.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A connection. The caller gives its memory and may read the counts; the rest is not yours. */
struct bedrock_lwip {
    uint32_t bytes_sent;
    uint32_t bytes_received;
    struct bedrock_port port;
    const struct bedrock_port *board;
    struct tcp_pcb *pcb;
    struct pbuf *in;  /* received and not yet read */
    const char *host; /* what is connected to, while its name is resolved */
    uint16_t host_port;
    uint8_t state;
    int failure; /* why it failed, as a port's code */
};

/**
 * Makes the port of a connection.
 *
 * \param lwip   lives as long as the port is used, and as a look-up of a name may last (lwIP's DNS
 *               client has no way to be told to forget one).
 * \param board  now_ms, utc and entropy, with the ctx that is theirs; the other members are not
 *               looked at.
 * \return lwip->port. Its codes: BEDROCK_PORT_NO_HOST for a name that does not resolve;
 * BEDROCK_PORT_UNREACHABLE for a connection that is refused or finds no way; -(100 - err) for every
 * other err_t of lwIP: -114 is ERR_RST, the peer has broken the connection.
 */
const struct bedrock_port *bedrock_lwip_port(struct bedrock_lwip *lwip,
                                             const struct bedrock_port *board);

#ifdef __cplusplus
}
#endif

#endif
