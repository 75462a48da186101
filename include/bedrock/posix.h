/* SPDX-License-Identifier: MIT */
/**
 * The platform of Linux, the BSDs and macOS: sockets, clocks, randomness, and what the environment
 * says. It is no part of the library proper: link libbedrock-posix.a in front of libbedrock.a. A
 * program gets what it calls: who never asks for the environment has no getenv() in its image.
 *
 * Most programs need two lines of it: bedrock_posix_config() before, bedrock_report() after.
 *
 * Names are resolved by getaddrinfo(), which *blocks*, for many seconds if the name servers do not
 * answer, whatever wait_ms or a signal says: the one thing here that does. A numeric address
 * ("127.0.0.1", "::1") never blocks. glibc cannot resolve names from a static program without its
 * shared libraries at hand; musl can.
 *
 * A signal is how a waiting call is ended early: the handler calls bedrock_cancel(), the port's
 * call returns AGAIN, and the client sees it. A handler installed with SA_RESTART does it too.
 * SIGPIPE is never raised by this port. Sockets are not inherited by programs that are started.
 */
#ifndef BEDROCK_POSIX_H
#define BEDROCK_POSIX_H

#include "bedrock/client.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

struct bedrock_anchors;

/* ---- The port ---- */

/** How many of a host's addresses are tried, and the longest host name (RFC 1035, section 2.3.4).
 */
#define BEDROCK_POSIX_ADDRESSES 8
#define BEDROCK_POSIX_HOST_CAP  254

/** A struct sockaddr_in or sockaddr_in6, without the need to include their headers here. */
struct bedrock_posix_address {
    uint8_t len;
    uint8_t sockaddr[28];
};

/**
 * One port, that is, one connection. Complete only so that you can have as many as you have
 * clients. The client and `port` point to it: it must not move.
 */
struct bedrock_posix {
    struct bedrock_port port; /* what a client gets: `.port = &posix.port` */

    /* Bytes on the wire above TCP, over all connections since init. Yours to read and to zero. */
    uint64_t bytes_sent;
    uint64_t bytes_received;

    int socket; /* the connection; -1 when there is none. For poll(): yours to watch, not to use */

    /* The rest is the port's own: an attempt to connect, and the race of its addresses. */
    char host[BEDROCK_POSIX_HOST_CAP];
    uint16_t tcp_port;
    uint8_t address_count; /* 0 when no attempt is in progress */
    uint8_t started;       /* so many addresses have been tried, in order */
    uint32_t started_ms;   /* when the last of them was */
    int error;             /* the errno that tells most about the addresses that failed */
    int sockets[BEDROCK_POSIX_ADDRESSES]; /* still trying; -1 when failed or not started */
    struct bedrock_posix_address addresses[BEDROCK_POSIX_ADDRESSES];
};

/**
 * The port of a program that has one client. It waits: bedrock_next() blocks until there is an
 * event. Always the same one, in static memory; its `ctx` is a struct bedrock_posix, if you want
 * the counters.
 *
 * What connect does, for this and the ports below: it resolves the name once for each attempt and
 * tries up to BEDROCK_POSIX_ADDRESSES of its addresses, in the resolver's order but with IPv6 and
 * IPv4 taking turns. The next address gets its chance when one has failed, or has not answered for
 * 250 ms; those before it stay in the race, and the first to connect wins (RFC 8305, "Happy
 * Eyeballs", without its asynchronous name queries). The connection has TCP_NODELAY, and keepalive
 * probes after 30 s of silence and every 30 s then; a peer that answers none of four is gone.
 *
 * The functions' codes: the errno of what failed as -(100 + errno), and two codes for what has
 * none: BEDROCK_PORT_NO_HOST if the name does not resolve (or no name server could be asked),
 * BEDROCK_PORT_UNREACHABLE if it does, but to no address that a socket here could be made for. When
 * several addresses fail for different reasons, the last answer of a host that could be reached,
 * such as ECONNREFUSED, is preferred to ENETUNREACH and its kin. bedrock_posix_port_text() puts all
 * of them into words.
 */
const struct bedrock_port *bedrock_posix_port(void);

/**
 * Makes *posix a port that waits: one more connection, for one more client.
 *
 * \param posix  yours; any content. It holds a socket while connected: the client's close gives
 *               that back, and so does posix->port.close(posix).
 * \return &posix->port.
 */
const struct bedrock_port *bedrock_posix_port_init(struct bedrock_posix *posix);

/**
 * The same, but a port that never waits: for a program with an event loop of its own. When
 * bedrock_next() says BEDROCK_AGAIN, poll posix->socket for POLLIN if it is not -1, with a timeout
 * of some 20 ms: connecting, sending, pauses and deadlines make no noise there.
 */
const struct bedrock_port *bedrock_posix_port_init_nonwaiting(struct bedrock_posix *posix);

/**
 * Says what a port_code of this port means: the system's words (strerror()) for those that came
 * from an errno. Never NULL; valid until the next call of this function or of strerror().
 */
const char *bedrock_posix_port_text(int port_code);

/* ---- The environment ---- */

/*
 * The names are those of AWS's own tools. A variable that is empty counts as unset. The functions
 * return the environment's own strings: they are valid until the variable is changed (setenv(),
 * putenv()), which must not happen during a call.
 */

/**
 * Keys from the environment, looked up anew for each attempt:
 *
 *  - AWS_BEARER_TOKEN_BEDROCK, a Bedrock API key: used alone when set; otherwise
 *  - AWS_ACCESS_KEY_ID (or AWS_ACCESS_KEY) and AWS_SECRET_ACCESS_KEY (or AWS_SECRET_KEY), with
 *    AWS_SESSION_TOKEN for temporary ones. One of the two alone is BEDROCK_E_CREDENTIALS.
 *  - AWS_CREDENTIAL_EXPIRATION, RFC 3339, as `aws configure export-credentials` prints it: when the
 *    access keys end. One that cannot be read is ignored: the service will say so in time.
 *
 * Files (~/.aws) and metadata services are not looked at.
 */
const struct bedrock_credentials *bedrock_posix_credentials(void);

/** AWS_REGION, else AWS_DEFAULT_REGION, else `otherwise` (which may be NULL). */
const char *bedrock_posix_region(const char *otherwise);

/**
 * The endpoint to use in place of AWS's own: the URL in AWS_ENDPOINT_URL_BEDROCK_RUNTIME, else in
 * AWS_ENDPOINT_URL. NULL if there is none, or if AWS_IGNORE_CONFIGURED_ENDPOINT_URLS is "true".
 * What it returns is one and the same at every call.
 */
const struct bedrock_endpoint *bedrock_posix_endpoint(void);

/**
 * Reads the trust anchors of the PEM file that AWS_CA_BUNDLE names: the roots to trust *instead of*
 * Amazon's. What it allocates (as much as the file is long) is in use until the program ends: call
 * it once.
 *
 * \param anchors  receives the anchors; a count of 0 if AWS_CA_BUNDLE is not set.
 * \return BEDROCK_OK; BEDROCK_E_ANCHORS if the file cannot be read, is longer than 4 MB or holds no
 * certificate, or one that is not sound: the count is 0 then, and nobody should fall back on other
 * roots.
 */
int bedrock_posix_anchors(struct bedrock_anchors *anchors);

/**
 * All of the above in one: a configuration with the waiting port and what the environment says of
 * region, endpoint, keys and trust anchors. Change members before it goes to bedrock_client_init().
 *
 * \param region  for when the environment names none.
 * \return the configuration. If AWS_CA_BUNDLE cannot be used its anchors are an empty list, and
 *         bedrock_client_init() says BEDROCK_E_ANCHORS.
 */
struct bedrock_config bedrock_posix_config(const char *region);

/* ---- The end ---- */

/**
 * Says how the last call ended: nothing if it went well; else what failed, what the service said
 * and what to do about it, in a few lines.
 *
 * \param client  as bedrock_client_init() gave it, NULL included.
 * \param out     usually stderr.
 * \return a value for main() to return: 0 if the last call went well, 1 if it failed, 130 if it
 *         was cancelled.
 */
int bedrock_report(const bedrock_client *client, FILE *out);

#ifdef __cplusplus
}
#endif

#endif
