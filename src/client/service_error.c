/* SPDX-License-Identifier: MIT */
/* Source: Amazon Bedrock API reference, "Common errors" and the errors of each operation; AWS SDK
 * reference guide. */
#include "client/service_error.h"

#include "bedrock/error.h"
#include "util/bytes.h"

#include <string.h>

struct known {
    const char *type; /* without "Exception" at its end, which is optional in the answer */
    int8_t status;
};

static const struct known known_types[] = {
    {"AccessDenied", BEDROCK_E_ACCESS_DENIED},
    {"Throttling", BEDROCK_E_THROTTLED},
    {"Validation", BEDROCK_E_VALIDATION},
    {"ResourceNotFound", BEDROCK_E_NOT_FOUND},
    {"ModelTimeout", BEDROCK_E_MODEL_TIMEOUT},
    {"ModelError", BEDROCK_E_MODEL_ERROR},
    {"ModelNotReady", BEDROCK_E_MODEL_NOT_READY},
    {"ModelStreamError", BEDROCK_E_MODEL_STREAM},
    {"ServiceQuotaExceeded", BEDROCK_E_QUOTA},
    {"Conflict", BEDROCK_E_CONFLICT},
    {"ServiceUnavailable", BEDROCK_E_UNAVAILABLE},
    {"InternalServer", BEDROCK_E_INTERNAL},
    {"ExpiredToken", BEDROCK_E_EXPIRED_TOKEN},
    {"InvalidSignature", BEDROCK_E_SIGNATURE},
    {"SignatureDoesNotMatch", BEDROCK_E_SIGNATURE},
    {"RequestExpired", BEDROCK_E_SIGNATURE},
    {"RequestInTheFuture", BEDROCK_E_SIGNATURE},
    {"RequestTimeTooSkewed", BEDROCK_E_SIGNATURE},
    {"AuthFailure", BEDROCK_E_SIGNATURE},
    {"UnrecognizedClient", BEDROCK_E_BAD_KEY},
    {"InvalidClientTokenId", BEDROCK_E_BAD_KEY},
    {"MissingAuthenticationToken", BEDROCK_E_BAD_KEY},
    {"RequestTimeout", BEDROCK_E_UNAVAILABLE},
    {"Throttled", BEDROCK_E_THROTTLED},
    {"RequestThrottled", BEDROCK_E_THROTTLED},
    {"TooManyRequests", BEDROCK_E_THROTTLED},
    {"ProvisionedThroughputExceeded", BEDROCK_E_THROTTLED},
    {"TransactionInProgress", BEDROCK_E_THROTTLED},
    {"RequestLimitExceeded", BEDROCK_E_THROTTLED},
    {"BandwidthLimitExceeded", BEDROCK_E_THROTTLED},
    {"LimitExceeded", BEDROCK_E_THROTTLED},
    {"SlowDown", BEDROCK_E_THROTTLED},
    {"PriorRequestNotComplete", BEDROCK_E_THROTTLED},
    {"EC2Throttled", BEDROCK_E_THROTTLED},
};

static size_t bare_length(const char *type)
{
    size_t len = strlen(type);

    return len > 9 && bdk_equal(type + len - 9, 9, "Exception") ? len - 9 : len;
}

static int status_of_http(int http_status)
{
    if (http_status == 401 || http_status == 403) {
        return BEDROCK_E_ACCESS_DENIED;
    }
    if (http_status == 404) {
        return BEDROCK_E_NOT_FOUND;
    }
    if (http_status == 429) {
        return BEDROCK_E_THROTTLED;
    }
    if (http_status == 500) {
        return BEDROCK_E_INTERNAL;
    }
    return http_status >= 502 && http_status <= 504 ? BEDROCK_E_UNAVAILABLE : BEDROCK_E_SERVICE;
}

int bdk_service_status(const char *type, int http_status)
{
    size_t i, len = bare_length(type);

    for (i = 0; i < BDK_COUNT(known_types); i++) {
        if (bdk_equal_nocase(type, len, known_types[i].type)) {
            return known_types[i].status;
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
        return http_status == 500 || (http_status >= 502 && http_status <= 504)
                   ? BDK_RETRY_TRANSIENT
                   : BDK_RETRY_NEVER;
    }
}

int bdk_service_may_be_skew(int status, const char *type)
{
    return status == BEDROCK_E_SIGNATURE || (status == BEDROCK_E_ACCESS_DENIED && type[0] != '\0');
}
