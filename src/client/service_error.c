/* SPDX-License-Identifier: MIT */
/* Source: Amazon Bedrock API reference, "Common errors" and the errors of each operation; AWS SDK
 * reference guide. */
#include "client/service_error.h"

#include "bedrock/error.h"
#include "util/bytes.h"

#include <string.h>

/* For each status from BEDROCK_E_ACCESS_DENIED down, in the order of the enum: the codes, with a
 * space before each, without "Exception" at its end, which is optional in an answer. */
static const char known[] =
    /* ACCESS_DENIED */
    " AccessDenied NotAuthorized OptInRequired\0"
    /* THROTTLED */ " Throttling Throttled RequestThrottled TooManyRequests"
    " ProvisionedThroughputExceeded TransactionInProgress RequestLimitExceeded"
    " BandwidthLimitExceeded LimitExceeded SlowDown PriorRequestNotComplete EC2Throttled\0"
    /* VALIDATION */ " Validation ValidationError\0"
    /* NOT_FOUND */ " ResourceNotFound\0"
    /* MODEL_TIMEOUT */ " ModelTimeout\0"
    /* MODEL_ERROR */ " ModelError\0"
    /* MODEL_NOT_READY */ " ModelNotReady\0"
    /* MODEL_STREAM */ " ModelStreamError\0"
    /* QUOTA */ " ServiceQuotaExceeded\0"
    /* CONFLICT */ " Conflict\0"
    /* UNAVAILABLE */ " ServiceUnavailable RequestTimeout\0"
    /* INTERNAL */ " InternalServer InternalFailure\0"
    /* EXPIRED_TOKEN */ " ExpiredToken\0"
    /* SIGNATURE */ " InvalidSignature SignatureDoesNotMatch IncompleteSignature RequestExpired"
    " RequestInTheFuture RequestTimeTooSkewed AuthFailure\0"
    /* BAD_KEY */ " UnrecognizedClient InvalidClientTokenId MissingAuthenticationToken\0"
    /* TOO_LARGE */ " RequestEntityTooLarge\0";

/* Is the type that word, in any letter case, with or without "Exception" behind it? */
static int is_word(const char *type, const char *word, size_t len)
{
    const char *rest = type + len;

    return bdk_equal_nocase_n(type, word, len) &&
           (*rest == '\0' || bdk_equal_nocase(rest, strlen(rest), "Exception"));
}

static const struct {
    uint8_t http_status; /* less 400 */
    int8_t status;
} bare[] = {
    {401 - 400, BEDROCK_E_ACCESS_DENIED}, {403 - 400, BEDROCK_E_ACCESS_DENIED},
    {404 - 400, BEDROCK_E_NOT_FOUND},     {413 - 400, BEDROCK_E_TOO_LARGE},
    {429 - 400, BEDROCK_E_THROTTLED},     {500 - 400, BEDROCK_E_INTERNAL},
    {502 - 400, BEDROCK_E_UNAVAILABLE},   {503 - 400, BEDROCK_E_UNAVAILABLE},
    {504 - 400, BEDROCK_E_UNAVAILABLE},
};

/* What an HTTP status means that comes without a code. */
static int status_of_http(int http_status)
{
    size_t i = 0;

    while (i < BDK_COUNT(bare) && bare[i].http_status != http_status - 400) {
        i++;
    }
    return i < BDK_COUNT(bare) ? bare[i].status : BEDROCK_E_SERVICE;
}

int bdk_service_status(const char *type, int http_status)
{
    const char *word = known, *end;
    int status = BEDROCK_E_ACCESS_DENIED;

    while (*word == ' ') {
        for (end = ++word; *end > ' '; end++) {
        }
        if (is_word(type, word, (size_t)(end - word))) {
            return status;
        }
        word = end;
        if (*word == '\0') {
            word++;
            status--;
        }
    }
    /* A code of its own says more than the status: it is reported by name, not as something that it
     * may not be. */
    status = status_of_http(http_status);
    return type[0] != '\0' && (status == BEDROCK_E_ACCESS_DENIED || status == BEDROCK_E_NOT_FOUND)
               ? BEDROCK_E_SERVICE
               : status;
}

static const int8_t transient[] = {
    BEDROCK_E_MODEL_NOT_READY,
    BEDROCK_E_UNAVAILABLE,
    BEDROCK_E_INTERNAL,
    BEDROCK_E_RESOLVE,
    BEDROCK_E_CONNECT,
    BEDROCK_E_READ,
    BEDROCK_E_WRITE,
    BEDROCK_E_TIMEOUT_CONNECT,
    BEDROCK_E_TLS_TRUNCATED,
    BEDROCK_E_HTTP_INCOMPLETE,
    BEDROCK_E_EVENT_STREAM_INCOMPLETE,
    BEDROCK_E_EVENT_STREAM_CRC,
};

static enum bdk_retry_kind kind_of(int status)
{
    size_t i = 0;

    if (status == BEDROCK_E_THROTTLED) {
        return BDK_RETRY_THROTTLED;
    }
    while (i < BDK_COUNT(transient) && transient[i] != status) {
        i++;
    }
    return i < BDK_COUNT(transient) ? BDK_RETRY_TRANSIENT : BDK_RETRY_NEVER;
}

enum bdk_retry_kind bdk_service_retry_kind(int status, int http_status)
{
    enum bdk_retry_kind kind = kind_of(status);

    /* What has no class of its own, or came from somebody in between. */
    return kind != BDK_RETRY_NEVER ? kind : kind_of(status_of_http(http_status));
}

int bdk_service_may_be_skew(int status, const char *type)
{
    return status == BEDROCK_E_SIGNATURE || (status == BEDROCK_E_ACCESS_DENIED && type[0] != '\0');
}
