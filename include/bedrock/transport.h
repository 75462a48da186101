/* SPDX-License-Identifier: MIT */
/**
 * A secured byte stream, as the client sees it. Two come with the library: TLS by BearSSL
 * (bedrock/tls.h) and a plain one. A board that has TLS of its own (a modem, a secure element, an
 * SDK with TLS 1.3) writes a third, hands it to bedrock_client_init_with(), and BearSSL is not even
 * linked.
 *
 * Bytes are not copied: the transport lends its own send and receive buffers. Sending: reserve()
 * lends a piece of the send buffer, the client renders into it, commit() says how much; flush()
 * sees it off. Receiving: receive() lends bytes that have come, consume() says how many were used.
 *
 * `wait_ms` has the meaning that port.h gives it: how long the call may wait; 0 is "do what can be
 * done now".
 */
#ifndef BEDROCK_TRANSPORT_H
#define BEDROCK_TRANSPORT_H

#include "bedrock/port.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct bedrock_anchors;
struct bedrock_transport;

/** What init() gets. The pointers stay valid as long as the transport is used. */
struct bedrock_transport_options {
    const struct bedrock_port *port;
    const struct bedrock_anchors *anchors; /* NULL: the transport's own choice */
    uint16_t record_size;                  /* see bedrock_config; 0: records of any size */
    void *ctx; /* bedrock_config.transport_ctx: yours, for a transport of your own */
};

/** One kind of transport: constant, in ROM. */
struct bedrock_transport_class {
    /**
     * Makes a transport in `size` bytes at `self`, aligned for any type; all that is left over is
     * for its buffers. No I/O.
     *
     * \param needed  receives the smallest size that would do, always; self may be NULL if size is
     *                0, to ask for no more than that.
     * \return BEDROCK_OK; BEDROCK_E_BUFFER if size < *needed; BEDROCK_E_ARGUMENT for a record_size
     * that there is not; BEDROCK_E_ENTROPY for a port without; BEDROCK_E_ANCHORS for an empty
     * table.
     */
    int (*init)(struct bedrock_transport *self, size_t size,
                const struct bedrock_transport_options *options, size_t *needed);

    /**
     * Connects and secures. Restartable: after AGAIN call it again with the same arguments. After
     * any other answer a call begins anew, and ends what there was.
     *
     * \param host    a DNS name, not empty.
     * \param unix_s  the time to check certificates by.
     * \return BEDROCK_OK; BEDROCK_AGAIN; BEDROCK_E_ARGUMENT for the host; a code of the -10 or -20
     * decade. close() is due after an error too.
     */
    int (*open)(struct bedrock_transport *self, const char *host, uint16_t port, int64_t unix_s,
                uint32_t wait_ms);

    /**
     * Lends room for bytes to send, at least 1. Bytes committed before are sent as needed.
     * \return BEDROCK_OK; BEDROCK_AGAIN when there is no room now; BEDROCK_E_WRITE, BEDROCK_E_READ
     * or a TLS code.
     */
    int (*reserve)(struct bedrock_transport *self, uint8_t **data, size_t *cap, uint32_t wait_ms);

    /** Takes the first len bytes of what reserve() lent; len <= its cap. They may wait for more, or
     * for flush(). */
    void (*commit)(struct bedrock_transport *self, size_t len);

    /** Sends all that was committed. \return BEDROCK_OK when the port has taken it; BEDROCK_AGAIN;
     * an error as reserve(). */
    int (*flush)(struct bedrock_transport *self, uint32_t wait_ms);

    /**
     * Lends bytes that have been received, all that are at hand; the same again until consume().
     * Sends what flush() could not, but waits for none of that. When sending has failed, what the
     * peer had sent before can still be received: perhaps the reason.
     * \return BEDROCK_EVENT (1) with at least one byte; 0 at the clean end of the stream;
     * BEDROCK_AGAIN; BEDROCK_E_READ; BEDROCK_E_TLS_TRUNCATED when the end came without a word;
     * another TLS code.
     */
    int (*receive)(struct bedrock_transport *self, const uint8_t **data, size_t *len,
                   uint32_t wait_ms);

    /** The first len bytes of what receive() lent have been used. */
    void (*consume)(struct bedrock_transport *self, size_t len);

    /** Ends the connection: says good-bye if that takes no waiting, then closes. open() may follow.
     */
    void (*close)(struct bedrock_transport *self);
};

/** The head of every transport; its own state follows. */
struct bedrock_transport {
    const struct bedrock_transport_class *type; /* set by the caller of init() */
    int tls_code; /* why it failed, for bedrock_error: reset by open() */
    int port_code;
};

/** No TLS: the port's bytes as they are. For http:// endpoints on loopback, and for ports that do
 * TLS themselves. What its memory has behind the state, 512 bytes or more, is halved: one buffer
 * each way. The peer's closing is the clean end; whether an answer was complete only HTTP knows. */
extern const struct bedrock_transport_class bedrock_plain;

#ifdef __cplusplus
}
#endif

#endif
