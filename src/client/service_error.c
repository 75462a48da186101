/* SPDX-License-Identifier: MIT */
/* Source: Amazon Bedrock API reference, "Common errors" and the errors of each operation; AWS SDK
 * reference guide. */
#include "client/service_error.h"

#include "bedrock/error.h"
#include "util/bytes.h"

#include <string.h>

/* The types of each status, from BEDROCK_E_ACCESS_DENIED on in the order of their enum; without
 * "Exception" at their end, which is optional in an answer. */
static const char known[] =
    "AccessDenied\0"
    "Throttling Throttled RequestThrottled TooManyRequests ProvisionedThroughputExceeded"
    " TransactionInProgress RequestLimitExceeded BandwidthLimitExceeded LimitExceeded SlowDown"
    " PriorRequestNotComplete EC2Throttled\0"
    "Validation\0"
    "ResourceNotFound\0"
    "ModelTimeout\0"
    "ModelError\0"
    "ModelNotReady\0"
    "ModelStreamError\0"
    "ServiceQuotaExceeded\0"
    "Conflict\0"
    "ServiceUnavailable RequestTimeout\0"
    "InternalServer\0"
    "ExpiredToken\0"
    "InvalidSignature SignatureDoesNotMatch RequestExpired RequestInTheFuture"
    " RequestTimeTooSkewed AuthFailure\0"
    "UnrecognizedClient InvalidClientTokenId MissingAuthenticationToken\0";

/* The status of a type, in any letter case; 0 if it is not known. */
static int known_status(const char *type, size_t len)
{
    const char *p = known;
    int status = BEDROCK_E_ACCESS_DENIED;

    while (*p != '\0') {
        const char *word = p;

        while (*p > ' ') {
            p++;
        }
        if ((size_t)(p - word) == len && bdk_equal_nocase_n(type, word, len)) {
            return status;
        }
        status -= *p++ == '\0';
    }
    return 0;
}

static size_t bare_length(const char *type)
{
    static const char suffix[] = "Exception";
    size_t len = strlen(type), suffix_len = sizeof suffix - 1;

    if (len > suffix_len && bdk_equal_nocase_n(type + len - suffix_len, suffix, suffix_len)) {
        len -= suffix_len;
    }
    return len;
}

static int status_of_http(int http_status)
{
    switch (http_status) {
    case 401:
    case 403:
        return BEDROCK_E_ACCESS_DENIED;
    case 404:
        return BEDROCK_E_NOT_FOUND;
    case 429:
        return BEDROCK_E_THROTTLED;
    case 500:
        return BEDROCK_E_INTERNAL;
    case 502:
    case 503:
    case 504:
        return BEDROCK_E_UNAVAILABLE;
    default:
        return BEDROCK_E_SERVICE;
    }
}

int bdk_service_status(const char *type, int http_status)
{
    int status = known_status(type, bare_length(type));

    if (status != 0) {
        return status;
    }
    /* A code of its own says more than the status: it is reported by name, not as something that it
     * may not be. */
    return type[0] != '\0' && http_status < 500 && http_status != 429 ? BEDROCK_E_SERVICE
                                                                      : status_of_http(http_status);
}

enum bdk_retry_kind bdk_service_retry_kind(int status, int http_status)
{
    switch (status) {
    case BEDROCK_E_THROTTLED:
        return BDK_RETRY_THROTTLED;
    case BEDROCK_E_MODEL_NOT_READY:
    case BEDROCK_E_UNAVAILABLE:
    case BEDROCK_E_INTERNAL:
    case BEDROCK_E_RESOLVE:
    case BEDROCK_E_CONNECT:
    case BEDROCK_E_READ:
    case BEDROCK_E_WRITE:
    case BEDROCK_E_TIMEOUT_CONNECT:
    case BEDROCK_E_TLS_TRUNCATED:
    case BEDROCK_E_HTTP_INCOMPLETE:
    case BEDROCK_E_EVENT_STREAM_INCOMPLETE:
    case BEDROCK_E_EVENT_STREAM_CRC:
        return BDK_RETRY_TRANSIENT;
    default:
        /* What has no class of its own, or came from somebody in between. */
        return http_status == 429 ? BDK_RETRY_THROTTLED
               : http_status == 500 || (http_status >= 502 && http_status <= 504)
                   ? BDK_RETRY_TRANSIENT
                   : BDK_RETRY_NEVER;
    }
}

int bdk_service_may_be_skew(int status, const char *type)
{
    return status == BEDROCK_E_SIGNATURE || (status == BEDROCK_E_ACCESS_DENIED && type[0] != '\0');
}
