/* SPDX-License-Identifier: MIT */
/*
 * What the files of this layer share. A profile says which algorithms a kind of TLS has; each kind
 * has a file of its own, so that the linker takes only the algorithms of the kind that is used. All
 * else is common.
 */
#ifndef BDK_TLS_TLS_H
#define BDK_TLS_TLS_H

#include "bedrock/tls.h"
#include "tls/wire.h"

#include <bearssl.h>

struct bdk_tls_profile {
    const struct bedrock_anchors *anchors; /* when the caller has none of his own */
    const uint16_t *suites;                /* in order of preference without AES hardware */
    const uint16_t *suites_aes;            /* the same suites, AES in hardware */
    size_t suite_count;
    const br_ec_impl *(*ec)(void); /* functions, since the best one depends on the processor */
    br_ecdsa_vrfy (*ecdsa)(void);
    br_rsa_pkcs1_vrfy (*rsa)(void);
    const br_hash_class *sha384; /* NULL in a profile without, like the two below */
    const br_hash_class *sha512;
    br_tls_prf_impl prf_sha384;
};

/* The longest last flight: an empty Certificate where the server asked for one (7), and in the same
 * record ClientKeyExchange with a point on P-521 (143); ChangeCipherSpec (6); Finished under
 * AES-GCM (45). Records made larger than this stash by future suites would only leave in more
 * writes. */
#define BDK_TLS_STASH 208

enum bdk_tls_phase {
    BDK_TLS_CLOSED,  /* open() may start anew */
    BDK_TLS_CONNECT, /* the engine is ready, the port is connecting */
    BDK_TLS_SHAKE,   /* shaking hands */
    BDK_TLS_OPEN,    /* application data may flow */
    BDK_TLS_FAILED   /* open() has failed */
};

/* The state of a transport: at the head of its memory, its buffers behind it. */
struct bdk_tls {
    struct bedrock_transport head;
    struct bdk_wire wire;
    const struct bdk_tls_profile *profile;
    const struct bedrock_anchors *anchors;
    enum bdk_tls_phase phase;
    int error;           /* nothing can be received any more; sticky until open() */
    int write_error;     /* nothing can be sent any more, but what has come can be received */
    unsigned record_log; /* the largest record that the peer should send, as a power of two */
    uint8_t *in;
    uint8_t *out;
    size_t in_cap;
    size_t out_cap;
    size_t stash_off; /* stash[stash_off .. stash_len) waits to be sent */
    size_t stash_len;
    uint8_t stash[BDK_TLS_STASH];
    br_ssl_client_context ssl;
    br_x509_minimal_context check;
};

/* The library's own SHA-256, as BearSSL wants a hash function to look. */
extern const br_hash_class bdk_tls_sha256;

/* The pseudorandom function of TLS 1.2 (RFC 5246, section 5) over the library's own HMAC-SHA-256.
 */
void bdk_tls_prf_sha256(void *dst, size_t len, const void *secret, size_t secret_len,
                        const char *label, size_t seed_count, const br_tls_prf_seed_chunk *seeds);

/* Seconds that a certificate can be checked by: from 1970 (not that very second, which is what a
 * clock says that was never set) to the year 9999. */
int bdk_tls_time_is_set(int64_t unix_s);

/* Prepares the check of one certificate chain. The time must be set. */
void bdk_tls_check_init(br_x509_minimal_context *check, const struct bdk_tls_profile *profile,
                        const struct bedrock_anchors *anchors, int64_t unix_s);

/* The status that goes with an error number of BearSSL, which is not 0. */
int bdk_tls_status(int bearssl_error);

extern const struct bdk_tls_profile bdk_tls_full;
extern const struct bdk_tls_profile bdk_tls_lean;

/* The members of a transport class, see bedrock/transport.h. init() is the only one that differs
 * from kind to kind. */
int bdk_tls_init(struct bedrock_transport *self, size_t size,
                 const struct bedrock_transport_options *options, size_t *needed,
                 const struct bdk_tls_profile *profile);
int bdk_tls_open(struct bedrock_transport *self, const char *host, uint16_t port, int64_t unix_s,
                 uint32_t wait_ms);
int bdk_tls_reserve(struct bedrock_transport *self, uint8_t **data, size_t *cap, uint32_t wait_ms);
void bdk_tls_commit(struct bedrock_transport *self, size_t len);
int bdk_tls_flush(struct bedrock_transport *self, uint32_t wait_ms);
int bdk_tls_receive(struct bedrock_transport *self, const uint8_t **data, size_t *len,
                    uint32_t wait_ms);
void bdk_tls_consume(struct bedrock_transport *self, size_t len);
void bdk_tls_close(struct bedrock_transport *self);

#endif
