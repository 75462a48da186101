/* SPDX-License-Identifier: MIT */
/**
 * The client: one block of memory, one connection, one call at a time.
 *
 * A call is an iterator. The function that starts an operation (bedrock_converse(), ...) only notes
 * what is wanted; bedrock_next() does the work: it resolves, connects, signs, sends, reads,
 * retries, and returns whenever there is something to tell. With a port that waits it blocks until
 * then, never longer than the deadlines below; with one that does not, it returns BEDROCK_AGAIN and
 * is called again when it suits the caller.
 *
 * Ownership: the client keeps pointers to the configuration's strings, port, credentials, endpoint
 * and anchors; they must stay as long as it is used. It keeps a pointer to the request and all that
 * it points to until the call has ended (bedrock_next() has returned 0 or an error): the request is
 * rendered several times, never copied. Bytes that change meanwhile end the call with
 * BEDROCK_E_BODY_CHANGED.
 */
#ifndef BEDROCK_CLIENT_H
#define BEDROCK_CLIENT_H

#include "bedrock/base64.h"
#include "bedrock/credentials.h"
#include "bedrock/endpoint.h"
#include "bedrock/error.h"
#include "bedrock/events.h"
#include "bedrock/port.h"
#include "bedrock/transport.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Recommended size of a client's memory, in bytes: everything it will ever use, TLS contexts and
 * records of up to 16 KB included. The smallest that works at an address is in bedrock_error.needed
 * after an init with too little; a block that is aligned otherwise may take up to 7 bytes more.
 */
#define BEDROCK_MEMORY ((sizeof(void *) > 4 ? 28u : 26u) * 1024u)

/** Lives in the caller's memory and holds pointers into it: neither may move. */
typedef struct bedrock_client bedrock_client;

/** Deadlines in milliseconds. 0 means the default; there is no "for ever": what is larger than
 * 2^31 - 1 counts as that. */
struct bedrock_timeouts {
    uint32_t connect_ms;    /* name, TCP and TLS together; default 15 s */
    uint32_t first_byte_ms; /* from the request's last byte to the answer's status line; default
                               300 s: models think */
    uint32_t idle_ms;       /* between two bytes that move, in either direction; default 120 s. Time
                               that the caller takes with an event does not count */
    uint32_t total_ms;      /* the whole call, retries and their pauses included; default 900 s */
};

/** How to call. region, port and credentials are needed; every other member may be zero, which
 * means the default. The struct itself is copied. */
struct bedrock_config {
    const char *region; /* "us-east-1"; becomes a part of the host name and of the signature */
    const struct bedrock_port *port;
    const struct bedrock_credentials *credentials;
    const struct bedrock_endpoint *endpoint; /* NULL: the region's; see bedrock/endpoint.h */
    const struct bedrock_anchors *anchors; /* trust anchors; NULL: Amazon's roots (bedrock/tls.h) */
    struct bedrock_timeouts timeouts;
    const char *user_agent; /* added to the library's own User-Agent: "app/name", visible ASCII */
    void *transport_ctx;    /* for a transport of your own */
    uint16_t record_size;   /* TLS: 0, or 512, 1024, 2048, 4096 to ask for smaller records and save
                               that RAM */
    uint8_t max_attempts;   /* 0: 3, the first one included; 1: no retries */
};

/**
 * Makes a client in a block of memory, with BearSSL for TLS (or without TLS, for an http://
 * endpoint). No I/O.
 *
 * \param client  receives the client. After a failure too, so that every call on it returns the
 * same error and bedrock_last_error() says what was wrong. Only with a size that does not hold the
 * client itself (2.5 KB do) it is NULL, which every function here accepts and answers with
 * BEDROCK_E_BUFFER, and `needed` is then BEDROCK_MEMORY.
 * \param memory  the client's home, any alignment; used until the client is not needed any more.
 * \param size    its size in bytes; BEDROCK_MEMORY is a good one. What is left over makes TLS's
 * send buffer larger.
 * \param config  not NULL.
 * \return BEDROCK_OK; BEDROCK_E_BUFFER (see bedrock_error.needed); BEDROCK_E_ARGUMENT for a port
 * that lacks a function, a user agent or a record size that cannot be; BEDROCK_E_NO_CREDENTIALS if
 * there is no provider; BEDROCK_E_REGION; BEDROCK_E_ENDPOINT; BEDROCK_E_ENTROPY;
 * BEDROCK_E_ANCHORS.
 */
int bedrock_client_init(bedrock_client **client, void *memory, size_t size,
                        const struct bedrock_config *config);

/** The same with a transport of your choice: &bedrock_tls_lean, &bedrock_plain, or your own. Links
 * no other. The transport alone decides whether there is TLS: of an endpoint's scheme only the
 * usual port is left. */
int bedrock_client_init_with(bedrock_client **client, void *memory, size_t size,
                             const struct bedrock_config *config,
                             const struct bedrock_transport_class *transport);

/**
 * Does the next bit of the call.
 *
 * \return BEDROCK_EVENT (1) with an event; 0 when the answer is complete (and again, until the next
 * call is started); BEDROCK_AGAIN with a port that does not wait; else the call has failed: the
 * code is the one of bedrock_last_error(), and stays until the next call is started. Text given
 * before a failure is a true part of the answer, but a part.
 */
int bedrock_next(bedrock_client *client, struct bedrock_event *event);

/**
 * Runs the call to its end and keeps the text alone, NUL-terminated.
 *
 * \param len  in: where in dst to go on, 0 at first, below cap; out: bytes of text so far, without
 *             the NUL.
 * \return BEDROCK_OK when the answer is complete; BEDROCK_E_BUFFER when dst is full: dst then holds
 * the beginning, on a whole code point, and the call is over; BEDROCK_AGAIN: call again with the
 * same arguments; else as bedrock_next().
 */
int bedrock_text(bedrock_client *client, char *dst, size_t cap, size_t *len);

/** A walk through an answer by bedrock_read(). Zeroed is its beginning. */
struct bedrock_read {
    /** Of the picture, or other block, that the last bytes belong to; -1: of no block. */
    int32_t index;
    /* The fields below are not yours. */
    struct bedrock_base64 base64;
    struct bedrock_event event; /* whose text the caller has not seen yet */
};

/**
 * The next bytes of what an answer carries: a picture, decoded from base64 as it comes; or a body
 * or a stream's chunks that nobody reads otherwise, as they are; or a text. Whatever their size,
 * they need no memory but dst. Reasoning, tools' input and the like are passed over.
 *
 *     struct bedrock_read read = {0};
 *     while ((status = bedrock_read(client, &read, bytes, sizeof bytes, &len)) > 0)
 *         fwrite(bytes, 1, len, file);
 *
 * A call gives bytes of one block only: when read.index has changed, a new picture has begun, and
 * the one before is complete. The last one is complete when 0 is returned, and not before.
 *
 * \param len  receives how many bytes dst was given: 1..cap.
 * \return BEDROCK_EVENT (1) with bytes; 0 when the answer is complete; BEDROCK_AGAIN;
 * BEDROCK_E_BASE64 if a picture is not base64 or breaks off; else as bedrock_next(). After an error
 * that this function found by itself the call is over.
 */
int bedrock_read(bedrock_client *client, struct bedrock_read *read, void *dst, size_t cap,
                 size_t *len);

/**
 * How far the answer of the call has come.
 *
 * \param received  receives the bytes of its body so far, without TLS and HTTP.
 * \param total     receives how many it will be; 0 if the service did not say (it does for
 * pictures, not for streams).
 */
void bedrock_progress(const bedrock_client *client, uint32_t *received, uint32_t *total);

/**
 * Asks for the end of the call. The only function that may be called from a signal handler or
 * another thread. The next bedrock_next() returns BEDROCK_E_CANCELLED; one that is waiting does so
 * within 250 ms. Without a call in progress it does nothing.
 */
void bedrock_cancel(bedrock_client *client);

/** Ends the connection, if there is one, and wipes its secrets and the signing key. A call in
 * progress ends with BEDROCK_E_CANCELLED. The client can be used again. */
void bedrock_client_close(bedrock_client *client);

/** What went wrong, or BEDROCK_OK with the request id of an answer that went right. Never NULL. */
const struct bedrock_error *bedrock_last_error(const bedrock_client *client);

/** What the last answer cost, as far as it is known. Never NULL. */
const struct bedrock_usage *bedrock_last_usage(const bedrock_client *client);

/** Why the model stopped in the last answer, for those who did not look at its STOP event, such as
 * callers of bedrock_text(): with MAX_TOKENS the answer is complete, but the text is not. UNKNOWN
 * while no reason has come. */
enum bedrock_stop_reason bedrock_last_stop_reason(const bedrock_client *client);

/** Seconds that the service's clock is ahead of the port's, as learned from its Date header; 0 if
 * nothing was learned. */
int64_t bedrock_clock_skew_s(const bedrock_client *client);

#ifdef __cplusplus
}
#endif

#endif
