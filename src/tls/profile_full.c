/* SPDX-License-Identifier: MIT */
/* The profile for every chain that AWS has; see bedrock/tls.h. */
#include "tls/tls.h"

#define SUITE_COUNT 6

static const uint16_t suites[SUITE_COUNT] = {
    BR_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    BR_TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    BR_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    BR_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    BR_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    BR_TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
};

static const uint16_t suites_aes[SUITE_COUNT] = {
    BR_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    BR_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    BR_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    BR_TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    BR_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    BR_TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
};

const struct bdk_tls_profile bdk_tls_full = {
    &bedrock_amazon_roots,
    suites,
    suites_aes,
    SUITE_COUNT,
    br_ec_get_default,
    br_ecdsa_vrfy_asn1_get_default,
    br_rsa_pkcs1_vrfy_get_default,
    &br_sha384_vtable,
    &br_sha512_vtable,
    br_tls12_sha384_prf,
};

static int full_init(struct bedrock_transport *self, size_t size,
                     const struct bedrock_transport_options *options, size_t *needed)
{
    return bdk_tls_init(self, size, options, needed, &bdk_tls_full);
}

const struct bedrock_transport_class bedrock_tls = {
    full_init,     bdk_tls_open,    bdk_tls_reserve, bdk_tls_commit,
    bdk_tls_flush, bdk_tls_receive, bdk_tls_consume, bdk_tls_close,
};
