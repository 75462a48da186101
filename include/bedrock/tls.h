/* SPDX-License-Identifier: MIT */
/**
 * TLS 1.2 by BearSSL, as a transport. The certificate chain and the host name are always verified;
 * there is no switch to turn that off. The peer's clock is not trusted for it: the port's is.
 *
 * Cipher suites, in the order offered where there is no AES hardware: ECDHE with ECDSA and RSA
 * certificates; ChaCha20-Poly1305, AES-128-GCM, AES-256-GCM; nothing else. Renegotiation is
 * refused. SNI is always sent.
 *
 * A single call that finishes a handshake step does all its public-key arithmetic at once: on a
 * Cortex-M4 up to 24 million instructions (0.15 s at 160 MHz). Watchdogs must survive that.
 */
#ifndef BEDROCK_TLS_H
#define BEDROCK_TLS_H

#include "bedrock/transport.h"

#ifdef __cplusplus
extern "C" {
#endif

/** TLS for every chain that AWS has: RSA to 4096 bits, P-256 and P-384, SHA-256 and SHA-384;
 * Amazon's five roots. */
extern const struct bedrock_transport_class bedrock_tls;

/** The lean one, 8 KB of flash less: no P-384, no SHA-384; Amazon Root CA 1 (RSA) and 3 (P-256). */
extern const struct bedrock_transport_class bedrock_tls_lean;

/** Trust anchors: an array of BearSSL's br_x509_trust_anchor, as `brssl ta` prints it. Must stay
 * where it is. */
struct bedrock_anchors {
    const void *table;
    size_t count;
};

/** Amazon Root CA 1 to 4 and Starfield Services Root CA G2: 1.8 KB of ROM. What AWS's endpoints
 * chain to. */
extern const struct bedrock_anchors bedrock_amazon_roots;

/** Amazon Root CA 1 and 3 only. */
extern const struct bedrock_anchors bedrock_amazon_roots_lean;

/** What bedrock_anchors_from_pem() needs of its memory besides what the anchors keep. */
#define BEDROCK_ANCHORS_SCRATCH 2048

/**
 * Reads trust anchors from PEM text: every CERTIFICATE block becomes one; other blocks and text
 * around are skipped.
 *
 * \param anchors  receives the table; it lies in memory.
 * \param memory   keeps names and keys, aligned for any type; valid as long as anchors is used.
 * \param cap      its size. A root takes 64 bytes, its name and its key: 200 to 700 in all; len
 * bytes always suffice. \return BEDROCK_OK; BEDROCK_E_BUFFER if memory is too small;
 * BEDROCK_E_ANCHORS if a certificate cannot be read, or there is none.
 */
int bedrock_anchors_from_pem(struct bedrock_anchors *anchors, void *memory, size_t cap,
                             const char *pem, size_t len);

#ifdef __cplusplus
}
#endif

#endif
