/* SPDX-License-Identifier: MIT */
/**
 * The platform, as the library sees it: eight functions. A port is an afternoon's work.
 *
 * One rule serves a blocking and a polled world alike: a call may wait at most `wait_ms`; 0 means
 * "look and return at once"; there is no "for ever". The values are chosen so that a careless
 * `return recv(...)` is right already: bytes, 0 for closed, -1 for failed.
 *
 * A port *waits* if it has a `wait` function: then bedrock_next() blocks until an event, an error
 * or a deadline, and the calls below get wait_ms > 0. A port without one does not wait: it is
 * always asked with wait_ms = 0, and bedrock_next() answers BEDROCK_AGAIN whenever it said AGAIN,
 * so that firmware's main loop goes on.
 *
 * The functions are called from inside bedrock_next() and the calls that start an operation, from
 * no other thread, and must not call the library. One port serves one connection at a time: a
 * second client needs a second `ctx`.
 */
#ifndef BEDROCK_PORT_H
#define BEDROCK_PORT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define BEDROCK_PORT_FAILED      (-1) /* broken, as read(2) says it */
#define BEDROCK_PORT_AGAIN       (-2) /* nothing moved within wait_ms; call again */
#define BEDROCK_PORT_NO_HOST     (-3) /* connect: the name does not resolve */
#define BEDROCK_PORT_UNREACHABLE (-4) /* connect: no way to the host */
/* Every other negative value is a failure too. All are kept, as bedrock_error.port_code: a port
 * that knows more says it, with numbers below -100 (the POSIX port: an errno as -(100 + errno)). */

struct bedrock_port {
    void *ctx; /* passed back untouched to every function */

    /**
     * Opens a TCP connection, name resolution included, with TCP_NODELAY on and keepalive probes
     * every 30 s or so where the platform has them. Restartable: after AGAIN it is called again
     * with the same arguments, or close() is called; a failure leaves nothing to be closed.
     *
     * \param host  a name, or an address in digits (IPv6 without brackets); not empty.
     * \return 0 when connected; BEDROCK_PORT_AGAIN; another negative code.
     */
    int (*connect)(void *ctx, const char *host, uint16_t port, uint32_t wait_ms);

    /**
     * Takes bytes that have come, as soon as there are any.
     *
     * \param cap  at least 1.
     * \return > 0 bytes read, at most cap; 0 the peer has closed, and all it sent has been read;
     * BEDROCK_PORT_AGAIN; another negative code.
     */
    int (*read)(void *ctx, void *dst, size_t cap, uint32_t wait_ms);

    /**
     * Hands bytes over for sending, as many as there is room for.
     *
     * \param len  at least 1.
     * \return > 0 bytes taken, perhaps fewer than len; never 0; BEDROCK_PORT_AGAIN; another
     * negative code.
     */
    int (*write)(void *ctx, const void *src, size_t len, uint32_t wait_ms);

    /** Ends the connection, or the attempt to make one, at once. Waits for nobody, cannot fail, may
     * be called twice, and before the first connect. */
    void (*close)(void *ctx);

    /** Milliseconds of a clock that never jumps. It may start anywhere and wraps after 2^32. */
    uint32_t (*now_ms)(void *ctx);

    /** \return 0 with Unix seconds (UTC) in *unix_s; negative, and *unix_s as it was, while the
     * clock is not set: never 1970. */
    int (*utc)(void *ctx, int64_t *unix_s);

    /** Fills dst with len bytes of true randomness. \return 0, or negative if it has none. It seeds
     * TLS: never guess. */
    int (*entropy)(void *ctx, void *dst, size_t len);

    /** Lets at most ms milliseconds pass: sleeps, or runs other tasks; may return early. NULL: a
     * port that does not wait. */
    void (*wait)(void *ctx, uint32_t ms);
};

#ifdef __cplusplus
}
#endif

#endif
