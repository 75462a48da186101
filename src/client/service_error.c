/* SPDX-License-Identifier: MIT */
/* Source: Amazon Bedrock API reference, "Common errors" and the errors of each operation; AWS SDK
 * reference guide. */
#include "client/service_error.h"

#include "bedrock/error.h"
#include "util/bytes.h"

#include <string.h>

struct known {
    int8_t status;
    const char *types; /* with a space before each; without "Exception" at its end, which is
                          optional in an answer */
};

static const struct known known[] = {
    {BEDROCK_E_ACCESS_DENIED, " AccessDenied"},
    {BEDROCK_E_VALIDATION, " Validation"},
    {BEDROCK_E_NOT_FOUND, " ResourceNotFound"},
    {BEDROCK_E_MODEL_TIMEOUT, " ModelTimeout"},
    {BEDROCK_E_MODEL_ERROR, " ModelError"},
    {BEDROCK_E_MODEL_NOT_READY, " ModelNotReady"},
    {BEDROCK_E_MODEL_STREAM, " ModelStreamError"},
    {BEDROCK_E_QUOTA, " ServiceQuotaExceeded"},
    {BEDROCK_E_CONFLICT, " Conflict"},
    {BEDROCK_E_UNAVAILABLE, " ServiceUnavailable RequestTimeout"},
    {BEDROCK_E_INTERNAL, " InternalServer"},
    {BEDROCK_E_EXPIRED_TOKEN, " ExpiredToken"},
    {BEDROCK_E_SIGNATURE,
     " InvalidSignature SignatureDoesNotMatch RequestExpired RequestInTheFuture"
     " RequestTimeTooSkewed AuthFailure"},
    {BEDROCK_E_BAD_KEY, " UnrecognizedClient InvalidClientTokenId MissingAuthenticationToken"},
    {BEDROCK_E_THROTTLED,
     " Throttling Throttled RequestThrottled TooManyRequests ProvisionedThroughputExceeded"
     " TransactionInProgress RequestLimitExceeded BandwidthLimitExceeded LimitExceeded SlowDown"
     " PriorRequestNotComplete EC2Throttled"},
};

/* Is the type one of the words, in any letter case? */
static int is_one_of(const char *type, size_t len, const char *types)
{
    while (*types == ' ') {
        const char *word = ++types;

        while (*types > ' ') {
            types++;
        }
        if ((size_t)(types - word) == len && bdk_equal_nocase_n(type, word, len)) {
            return 1;
        }
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
    size_t i, len = bare_length(type);

    for (i = 0; i < BDK_COUNT(known); i++) {
        if (is_one_of(type, len, known[i].types)) {
            return known[i].status;
        }
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
