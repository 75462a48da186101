/* SPDX-License-Identifier: MIT */
/* See bedrock/sigv4.h. */
#include "sigv4/sigv4.h"

#include "bedrock/error.h"
#include "encoding/uri.h"

#define EXPIRES_MAX_S 604800 /* seven days */

/* The parameters that presigning adds, in canonical order. */
enum { ALGORITHM, CREDENTIAL, DATE, EXPIRES, TOKEN, SIGNED_HEADERS, COUNT };

static const char *const names[COUNT] = {
    "X-Amz-Algorithm", "X-Amz-Credential",     "X-Amz-Date",
    "X-Amz-Expires",   "X-Amz-Security-Token", "X-Amz-SignedHeaders",
};

/* Their order in the URL, where any would do: the one of AWS's own signers. */
static const uint8_t url_order[COUNT] = {ALGORITHM,      CREDENTIAL, DATE,
                                         SIGNED_HEADERS, EXPIRES,    TOKEN};

struct presigned {
    const struct bedrock_sigv4_request *request;
    const struct bedrock_sigv4_scope *scope;
    const char *token; /* NULL if there is none */
    uint32_t expires_s;
};

static void put_value(struct bedrock_output *out, const struct presigned *presigned, int which)
{
    switch (which) {
    case ALGORITHM:
        bedrock_output_text(out, "AWS4-HMAC-SHA256");
        break;
    case CREDENTIAL:
        bdk_sigv4_put_form(out, BDK_SIGV4_CREDENTIAL, presigned->scope);
        break;
    case DATE:
        bedrock_output_text(out, presigned->scope->date);
        break;
    case EXPIRES:
        bedrock_output_decimal(out, presigned->expires_s);
        break;
    case TOKEN:
        bedrock_output_text(out, presigned->token);
        break;
    default:
        bdk_sigv4_put_headers(out, presigned->request, BDK_SIGV4_NAMES);
        break;
    }
}

static int encode_value(void *ctx, const void *data, size_t len)
{
    return bdk_uri_put(ctx, data, len, 0);
}

/* Puts `name=value`, the value percent-encoded on its way. */
static void put_own(struct bedrock_output *out, const struct presigned *presigned, int which)
{
    struct bedrock_output encoded;

    bedrock_output_init(&encoded, encode_value, out, 0);
    bedrock_output_text(out, names[which]);
    bdk_sigv4_put_char(out, '=');
    put_value(&encoded, presigned, which);
}

static int is_absent(const struct presigned *presigned, int which)
{
    return which == TOKEN && presigned->token == NULL;
}

/* The canonical query: the request's parameters and ours, which are both sorted, merged. */
static void put_canonical_query(struct bedrock_output *out, const void *a, const void *b)
{
    const struct presigned *presigned = a;
    const char *query = b == NULL ? "" : b;
    const char *theirs = bdk_sigv4_next_parameter(query, NULL);
    char separator = '\0';
    int which = ALGORITHM;

    while (theirs != NULL || which < COUNT) {
        bdk_sigv4_put_char(out, separator);
        separator = '&';
        if (which == COUNT ||
            (theirs != NULL && bdk_sigv4_compare_parameters(theirs, names[which]) < 0)) {
            bdk_sigv4_put_parameter(out, theirs);
            theirs = bdk_sigv4_next_parameter(query, theirs);
        } else {
            put_own(out, presigned, which);
            which += is_absent(presigned, which + 1) ? 2 : 1;
        }
    }
}

static int put_url_query(struct bedrock_output *out, const struct presigned *presigned,
                         const char *signature)
{
    const char *query = presigned->request->query;
    size_t i;

    if (query != NULL && query[0] != '\0') {
        bedrock_output_text(out, query);
        bdk_sigv4_put_char(out, '&');
    }
    for (i = 0; i < COUNT; i++) {
        if (!is_absent(presigned, url_order[i])) {
            put_own(out, presigned, url_order[i]);
            bdk_sigv4_put_char(out, '&');
        }
    }
    bedrock_output_text(out, "X-Amz-Signature=");
    return bedrock_output_text(out, signature);
}

int bedrock_sigv4_presign(struct bedrock_output *out, const struct bedrock_sigv4_request *request,
                          const struct bedrock_sigv4_scope *scope, struct bedrock_sigv4_key *key,
                          const char *token, uint32_t expires_s)
{
    struct presigned presigned = {request, scope, token, expires_s};
    struct bdk_sigv4_text query = {put_canonical_query, &presigned, request->query};
    struct bdk_sigv4_text canonical = {bdk_sigv4_put_canonical, request, &query};
    struct bedrock_sha256 sha;
    char signature[BEDROCK_SIGV4_SIGNATURE_SIZE];
    int status;

    if (token != NULL && token[0] == '\0') {
        presigned.token = NULL;
    }
    if (expires_s == 0 || expires_s > EXPIRES_MAX_S) {
        return bedrock_output_fail(out, BEDROCK_E_ARGUMENT);
    }
    status = bdk_sigv4_check_scope(scope);
    if (status == BEDROCK_OK) {
        status = bdk_sigv4_sign_text(signature, &canonical, scope, key, &sha);
    }
    if (status != BEDROCK_OK) {
        return bedrock_output_fail(out, status);
    }
    return put_url_query(out, &presigned, signature);
}
