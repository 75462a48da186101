/* SPDX-License-Identifier: MIT */
/* See bedrock/sigv4.h. */
#include "sigv4/sigv4.h"

#include "bedrock/error.h"
#include "encoding/hex.h"

void bdk_sigv4_put_char(struct bedrock_output *out, char c)
{
    bedrock_output_put(out, &c, c != '\0');
}

void bdk_sigv4_put_hex(struct bedrock_output *out, const uint8_t digest[BEDROCK_SHA256_SIZE])
{
    char digits[2 * BEDROCK_SHA256_SIZE];

    bdk_hex_encode(digits, digest, BEDROCK_SHA256_SIZE);
    bedrock_output_put(out, digits, sizeof digits);
}

/* The query of the request itself, sorted. */
static void put_query(struct bedrock_output *out, const char *query)
{
    const char *parameter = NULL;
    char separator = '\0';

    while ((parameter = bdk_sigv4_next_parameter(query, parameter)) != NULL) {
        bdk_sigv4_put_char(out, separator);
        bdk_sigv4_put_parameter(out, parameter);
        separator = '&';
    }
}

void bdk_sigv4_put_canonical(struct bedrock_output *out, const void *signed_request,
                             const void *other_query)
{
    const struct bedrock_sigv4_request *request = signed_request;
    const struct bdk_sigv4_text *query = other_query;

    if (request->method == NULL || (request->path == NULL && request->write_path == NULL)) {
        bedrock_output_fail(out, BEDROCK_E_ARGUMENT);
        return;
    }
    bedrock_output_text(out, request->method);
    bdk_sigv4_put_char(out, '\n');
    bdk_sigv4_put_path(out, request);
    bdk_sigv4_put_char(out, '\n');
    if (query != NULL) {
        query->put(out, query->a, query->b);
    } else if (request->query != NULL) {
        put_query(out, request->query);
    }
    bdk_sigv4_put_char(out, '\n');
    bdk_sigv4_put_headers(out, request, BDK_SIGV4_LINES);
    bdk_sigv4_put_char(out, '\n');
    bdk_sigv4_put_headers(out, request, BDK_SIGV4_NAMES);
    bdk_sigv4_put_char(out, '\n');
    if (request->payload_hash_text != NULL) {
        bedrock_output_text(out, request->payload_hash_text);
    } else {
        bdk_sigv4_put_hex(out, request->payload_hash);
    }
}

int bedrock_sigv4_put_canonical_request(struct bedrock_output *out,
                                        const struct bedrock_sigv4_request *request)
{
    bdk_sigv4_put_canonical(out, request, NULL);
    return out->status;
}
