/* SPDX-License-Identifier: MIT */
/**
 * TLS 1.2 by BearSSL, as a transport. The certificate chain and the host name are always verified;
 * there is no switch to turn that off. Validity is checked by the time that open() is given, which
 * comes from the port.
 *
 * Offered, in this order where there is no AES hardware: ECDHE with ECDSA and RSA certificates,
 * ChaCha20-Poly1305, AES-128-GCM, AES-256-GCM; AES first where there is. Nothing else. SNI is
 * always sent. Renegotiation is refused. RSA keys of certificates have 2048 to 4096 bits.
 *
 * What BearSSL checks: signatures, validity, names, basic constraints and key usage, from the
 * server's certificate up to the first one that an anchor has signed. Of an anchor only name and
 * key count. It does not check revocation, nor extended key usage or name constraints unless they
 * are marked critical: then it refuses the chain, as with any critical extension that it does not
 * know. A wildcard stands for one whole label. Hosts are compared with DNS names, or with the
 * common name where there are none, and never with IP addresses: name an https:// host, do not
 * number it.
 *
 * Memory: the state takes 6.7 KB on a 32-bit target (7.2 KB on a 64-bit one), nearly all of it
 * BearSSL's contexts. The input buffer follows, for a record of 16 KB (16,709 bytes), since a
 * server may send those and a record can be read only whole. What is left over is the output
 * buffer, from 597 bytes (512 of plaintext a record) to 16,469; its size is our business alone and
 * the peer is not told. In all 24.1 KB at least on a 32-bit target, 24.5 KB on a 64-bit one.
 *
 * With a record_size of 512, 1024, 2048 or 4096 the server is asked for records no larger than that
 * (max_fragment_length, RFC 6066), the input buffer has that size and 325 bytes, and the output
 * buffer no more than that size and 85; what is left over then makes the input buffer larger, up to
 * the full 16,709. A server that does not heed the request is understood as long as its records
 * fit, and is an error from the first that does not: BEDROCK_E_TLS_RECORD_SIZE. OpenSSL and what is
 * built on it heed it; AWS's s2n does so only where its operator has chosen to.
 *
 * A single call that finishes a handshake step does all its public-key arithmetic at once: on a
 * Cortex-M4 up to 24 million instructions (0.15 s at 160 MHz), with up to 4 KB of stack. Watchdogs
 * must survive that. A flight of the handshake is one write to the port, and a record is another.
 *
 * close() wipes keys and buffers. Do not move the memory while the transport lives.
 */
#ifndef BEDROCK_TLS_H
#define BEDROCK_TLS_H

#include "bedrock/transport.h"

#ifdef __cplusplus
extern "C" {
#endif

/** TLS for every chain that AWS has: RSA to 4096 bits, P-256 and P-384, SHA-256, SHA-384 and
 * SHA-512; keys are exchanged on X25519 (three times as fast), P-256, P-384 or P-521. Amazon's five
 * roots where the caller has no anchors. */
extern const struct bedrock_transport_class bedrock_tls;

/** The lean one, 10 KB of flash less: P-256, RSA and SHA-256 only, no AES-256; Amazon Root CA 1
 * (RSA) and 3 (P-256). */
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

/** What bedrock_anchors_from_pem() needs of its memory while it works, and only then. */
#define BEDROCK_ANCHORS_SCRATCH 2048

/**
 * Reads trust anchors from PEM text: every CERTIFICATE block becomes one; other blocks and text
 * around are skipped. The certificate of an authority vouches for those it has signed, that of a
 * server for that server's key alone. The text is not needed afterwards.
 *
 * \param anchors  receives the table, which lies in memory; empty after an error.
 * \param memory   keeps names and keys, from its beginning on; valid as long as anchors is used.
 * \param cap      its size. An anchor takes 32 bytes (64 on a 64-bit target), its name and its key:
 *                 150 to 750 in all. BEDROCK_ANCHORS_SCRATCH + len always suffices.
 * \return BEDROCK_OK; BEDROCK_E_BUFFER if memory is too small; BEDROCK_E_ANCHORS if a certificate
 * cannot be read, or there is none.
 */
int bedrock_anchors_from_pem(struct bedrock_anchors *anchors, void *memory, size_t cap,
                             const char *pem, size_t len);

#ifdef __cplusplus
}
#endif

#endif
