/* SPDX-License-Identifier: MIT */
/* The scope of a signature, and the string to sign, which says it. */
#include "sigv4/sigv4.h"

#include "bedrock/error.h"

static int is_missing(const char *text)
{
    return text == NULL || text[0] == '\0';
}

static int is_date(const char *date)
{
    static const char form[BEDROCK_SIGV4_DATE_SIZE] = "00000000T000000Z";
    size_t i;

    for (i = 0; i < sizeof form; i++) {
        if (form[i] == '0' ? date[i] < '0' || date[i] > '9' : date[i] != form[i]) {
            return 0;
        }
    }
    return 1;
}

int bdk_sigv4_check_scope(const struct bedrock_sigv4_scope *scope)
{
    if (is_missing(scope->access_key_id) || is_missing(scope->secret_access_key) ||
        is_missing(scope->region) || is_missing(scope->service) || is_missing(scope->date) ||
        !is_date(scope->date)) {
        return BEDROCK_E_ARGUMENT;
    }
    return BEDROCK_OK;
}

void bdk_sigv4_put_scope(struct bedrock_output *out, const struct bedrock_sigv4_scope *scope)
{
    bedrock_output_put(out, scope->date, BDK_SIGV4_DAY_LEN);
    bdk_sigv4_put_char(out, '/');
    bedrock_output_text(out, scope->region);
    bdk_sigv4_put_char(out, '/');
    bedrock_output_text(out, scope->service);
    bedrock_output_text(out, "/aws4_request");
}

void bdk_sigv4_put_credential(struct bedrock_output *out, const struct bedrock_sigv4_scope *scope)
{
    bedrock_output_text(out, scope->access_key_id);
    bdk_sigv4_put_char(out, '/');
    bdk_sigv4_put_scope(out, scope);
}

int bedrock_sigv4_put_string_to_sign(struct bedrock_output *out,
                                     const struct bedrock_sigv4_scope *scope,
                                     const uint8_t canonical_hash[BEDROCK_SHA256_SIZE])
{
    bedrock_output_text(out, "AWS4-HMAC-SHA256\n");
    bedrock_output_text(out, scope->date);
    bdk_sigv4_put_char(out, '\n');
    bdk_sigv4_put_scope(out, scope);
    bdk_sigv4_put_char(out, '\n');
    bdk_sigv4_put_hex(out, canonical_hash);
    return out->status;
}
