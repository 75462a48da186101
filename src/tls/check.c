/* SPDX-License-Identifier: MIT */
/* How a certificate chain is checked, and what BearSSL's error numbers mean to a caller. */
#include "bedrock/error.h"
#include "tls/tls.h"
#include "util/bytes.h"
#include "util/civil_time.h"

#define DAYS_TO_1970  719528u /* BearSSL counts days from 1 January of year 0 */
#define RSA_MIN_BYTES 256     /* 2048 bits: no public authority has issued less since 2014 */

int bdk_tls_time_is_set(int64_t unix_s)
{
    return unix_s > 0 && unix_s <= BDK_LAST_SECOND;
}

void bdk_tls_check_init(br_x509_minimal_context *check, const struct bdk_tls_profile *profile,
                        const struct bedrock_anchors *anchors, int64_t unix_s)
{
    uint64_t days = (uint64_t)unix_s;
    uint32_t seconds = bdk_divide(&days, 3600);

    seconds += 3600 * bdk_divide(&days, 24);
    br_x509_minimal_init(check, &bdk_tls_sha256, anchors->table, anchors->count);
    br_x509_minimal_set_rsa(check, profile->rsa());
    br_x509_minimal_set_ecdsa(check, profile->ec(), profile->ecdsa());
    br_x509_minimal_set_minrsa(check, RSA_MIN_BYTES);
    br_x509_minimal_set_hash(check, br_sha256_ID, &bdk_tls_sha256);
    br_x509_minimal_set_hash(check, br_sha384_ID, profile->sha384);
    br_x509_minimal_set_hash(check, br_sha512_ID, profile->sha512);
    br_x509_minimal_set_time(check, DAYS_TO_1970 + (uint32_t)days, seconds);
}

static int is_refusal(int alert)
{
    return alert == BR_ALERT_HANDSHAKE_FAILURE || alert == BR_ALERT_PROTOCOL_VERSION ||
           alert == BR_ALERT_INSUFFICIENT_SECURITY;
}

int bdk_tls_status(int bearssl_error)
{
    switch (bearssl_error) {
    case BR_ERR_TOO_LARGE:
        return BEDROCK_E_TLS_RECORD_SIZE;
    case BR_ERR_NO_RANDOM:
        return BEDROCK_E_ENTROPY;
    case BR_ERR_IO:
        return BEDROCK_E_READ;
    case BR_ERR_UNSUPPORTED_VERSION:
        return BEDROCK_E_TLS_REFUSED;
    case BR_ERR_X509_TIME_UNKNOWN:
        return BEDROCK_E_CLOCK;
    case BR_ERR_X509_EXPIRED:
        return BEDROCK_E_CERT_DATE;
    case BR_ERR_X509_BAD_SERVER_NAME:
        return BEDROCK_E_CERT_NAME;
    case BR_ERR_X509_NOT_TRUSTED:
        return BEDROCK_E_CERT_UNTRUSTED;
    default:
        break;
    }
    if (bearssl_error >= BR_ERR_X509_OK && bearssl_error <= BR_ERR_X509_NOT_TRUSTED) {
        return BEDROCK_E_CERT_INVALID;
    }
    if (bearssl_error >= BR_ERR_RECV_FATAL_ALERT && bearssl_error < BR_ERR_SEND_FATAL_ALERT &&
        is_refusal(bearssl_error - BR_ERR_RECV_FATAL_ALERT)) {
        return BEDROCK_E_TLS_REFUSED;
    }
    return BEDROCK_E_TLS;
}
