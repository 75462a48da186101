/* SPDX-License-Identifier: MIT */
/* Source: Amazon Bedrock API reference, "Common errors" and the errors of each operation; AWS SDK
 * reference guide. */
#include "client/service_error.h"

#include "bedrock/error.h"
#include "util/bytes.h"

#include <string.h>

/* A line for each status from BEDROCK_E_ACCESS_DENIED down, in the order of the enum: the codes,
 * without "Exception" at its end, which is optional in an answer. */
static const char known[] =
    "\nAccessDenied NotAuthorized OptInRequired"
    "\nThrottling Throttled RequestThrottled TooManyRequests ProvisionedThroughputExceeded"
    " TransactionInProgress RequestLimitExceeded BandwidthLimitExceeded LimitExceeded SlowDown"
    " PriorRequestNotComplete EC2Throttled"
    "\nValidation ValidationError"
    "\nResourceNotFound"
    "\nModelTimeout"
    "\nModelError"
    "\nModelNotReady"
    "\nModelStreamError"
    "\nServiceQuotaExceeded"
    "\nConflict"
    "\nServiceUnavailable RequestTimeout"
    "\nInternalServer InternalFailure"
    "\nExpiredToken"
    "\nInvalidSignature SignatureDoesNotMatch IncompleteSignature RequestExpired" /* SIGNATURE */
    " RequestInTheFuture RequestTimeTooSkewed AuthFailure"
    "\nUnrecognizedClient InvalidClientTokenId MissingAuthenticationToken" /* BAD_KEY */
    "\nRequestEntityTooLarge";

/* Is the type that word, in any letter case, with or without "Exception" behind it? */
static int is_word(const char *type, const char *word, size_t len)
{
    return bdk_equal_nocase_n(type, word, len) &&
           (type[len] == '\0' || bdk_equal_nocase_n(type + len, "Exception", sizeof "Exception"));
}

/* What an HTTP status means. The first ones do only if no code comes with them: a code of its own
 * says more, and is reported by name, not as something that it may not be. */
static const struct meaning {
    uint8_t http_status; /* less 400; 0: any other */
    int8_t status;
} meanings[] = {
    {401 - 400, BEDROCK_E_ACCESS_DENIED}, {403 - 400, BEDROCK_E_ACCESS_DENIED},
    {404 - 400, BEDROCK_E_NOT_FOUND},     {413 - 400, BEDROCK_E_TOO_LARGE},
    {429 - 400, BEDROCK_E_THROTTLED},     {500 - 400, BEDROCK_E_INTERNAL},
    {502 - 400, BEDROCK_E_UNAVAILABLE},   {503 - 400, BEDROCK_E_UNAVAILABLE},
    {504 - 400, BEDROCK_E_UNAVAILABLE},   {0, BEDROCK_E_SERVICE},
};
enum { WITHOUT_CODE = 3 };

static int status_of_http(int http_status, int has_code)
{
    const struct meaning *meaning = meanings + (has_code ? WITHOUT_CODE : 0);

    while (meaning->http_status != 0 && meaning->http_status != http_status - 400) {
        meaning++;
    }
    return meaning->status;
}

int bdk_service_status(const char *type, int http_status)
{
    const char *word = known;
    int status = BEDROCK_E_SERVICE;
    size_t len;

    while (*word != '\0') {
        status -= *word++ == '\n';
        for (len = 0; word[len] > ' '; len++) {
        }
        if (is_word(type, word, len)) {
            return status;
        }
        word += len;
    }
    return status_of_http(http_status, type[0] != '\0');
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
    0, /* the end */
};

static int is_transient(int status)
{
    const int8_t *at = transient;

    while (*at != 0 && *at != status) {
        at++;
    }
    return *at != 0;
}

enum bdk_retry_kind bdk_service_retry_kind(int status, int http_status)
{
    int bare_status = status_of_http(http_status, 0);

    /* What has no class of its own, or came from somebody in between, has that of its HTTP status.
     */
    for (;;) {
        if (status == BEDROCK_E_THROTTLED) {
            return BDK_RETRY_THROTTLED;
        }
        if (is_transient(status)) {
            return BDK_RETRY_TRANSIENT;
        }
        if (status == bare_status) {
            return BDK_RETRY_NEVER;
        }
        status = bare_status;
    }
}
