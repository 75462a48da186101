/* SPDX-License-Identifier: MIT */
/* The profile without P-384 and SHA-384; see bedrock/tls.h. */
#include "tls/tls.h"

#define SUITE_COUNT 4

static const uint16_t suites[SUITE_COUNT] = {
    BR_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    BR_TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    BR_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    BR_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
};

static const uint16_t suites_aes[SUITE_COUNT] = {
    BR_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    BR_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    BR_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    BR_TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
};

static const br_ec_impl *p256_only(void)
{
    return &br_ec_p256_m31;
}

static br_ecdsa_vrfy ecdsa_i31(void)
{
    return br_ecdsa_i31_vrfy_asn1;
}

static br_rsa_pkcs1_vrfy rsa_i31(void)
{
    return br_rsa_i31_pkcs1_vrfy;
}

const struct bdk_tls_profile bdk_tls_lean = {
    &bedrock_amazon_roots_lean,
    suites,
    suites_aes,
    SUITE_COUNT,
    p256_only,
    ecdsa_i31,
    rsa_i31,
    NULL,
    NULL,
    NULL,
};

static int lean_init(struct bedrock_transport *self, size_t size,
                     const struct bedrock_transport_options *options, size_t *needed)
{
    return bdk_tls_init(self, size, options, needed, &bdk_tls_lean);
}

const struct bedrock_transport_class bedrock_tls_lean = {
    lean_init,     bdk_tls_open,    bdk_tls_reserve, bdk_tls_commit,
    bdk_tls_flush, bdk_tls_receive, bdk_tls_consume, bdk_tls_close,
};
