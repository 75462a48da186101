/* SPDX-License-Identifier: MIT */
/* The scope of a signature, and the string to sign, which says it. */
#include "sigv4/sigv4.h"

#include "bedrock/error.h"

static int is_missing(const char *text)
{
    return text == NULL || text[0] == '\0';
}

/* "20250115T123456Z" */
static int is_date(const char *date)
{
    size_t i;

    for (i = 0; i < 15; i++) {
        if (i == 8 ? date[i] != 'T' : date[i] < '0' || date[i] > '9') {
            return 0;
        }
    }
    return date[15] == 'Z' && date[16] == '\0';
}

int bdk_sigv4_check_scope(const struct bedrock_sigv4_scope *scope)
{
    if (is_missing(scope->access_key_id) || is_missing(scope->secret_access_key) ||
        is_missing(scope->region) || is_missing(scope->service) || scope->date == NULL ||
        !is_date(scope->date)) {
        return BEDROCK_E_ARGUMENT;
    }
    return BEDROCK_OK;
}

void bdk_sigv4_put_piece(struct bedrock_output *out, const char *piece,
                         const struct bedrock_sigv4_scope *scope)
{
    const char *const *texts = &scope->access_key_id;
    char hole = *piece;

    if (hole > BDK_SIGV4_DAY[0]) {
        bedrock_output_put(out, piece, 1);
    } else if (hole == BDK_SIGV4_DAY[0]) {
        bedrock_output_put(out, scope->date, BDK_SIGV4_DAY_LEN);
    } else {
        bedrock_output_text(out, texts[hole - BDK_SIGV4_KEY_ID[0]]);
    }
}

void bdk_sigv4_put_form(struct bedrock_output *out, const char *form,
                        const struct bedrock_sigv4_scope *scope)
{
    for (; *form != '\0'; form++) {
        bdk_sigv4_put_piece(out, form, scope);
    }
}

void bdk_sigv4_put_string_to_sign(struct bedrock_output *out, const void *scope, const void *hash)
{
    bdk_sigv4_put_form(out, "AWS4-HMAC-SHA256\n" BDK_SIGV4_TIME "\n" BDK_SIGV4_SCOPE "\n", scope);
    bdk_sigv4_put_hex(out, hash);
}

int bedrock_sigv4_put_string_to_sign(struct bedrock_output *out,
                                     const struct bedrock_sigv4_scope *scope,
                                     const uint8_t canonical_hash[BEDROCK_SHA256_SIZE])
{
    bdk_sigv4_put_string_to_sign(out, scope, canonical_hash);
    return out->status;
}
