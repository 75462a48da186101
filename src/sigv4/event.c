/* SPDX-License-Identifier: MIT */
/* See bedrock/sigv4.h. */
#include "sigv4/sigv4.h"

#include "bedrock/error.h"
#include "util/bytes.h"

struct string_to_sign {
    const char *previous; /* signature, hexadecimal */
    const uint8_t *header_hash, *payload_hash;
};

static void put_string_to_sign(struct bedrock_output *out, const void *a, const void *b)
{
    const struct string_to_sign *string = a;

    bdk_sigv4_put_form(out, "AWS4-HMAC-SHA256-PAYLOAD\n" BDK_SIGV4_TIME "\n" BDK_SIGV4_SCOPE "\n",
                       b);
    bedrock_output_text(out, string->previous);
    bdk_sigv4_put_char(out, '\n');
    bdk_sigv4_put_hex(out, string->header_hash);
    bdk_sigv4_put_char(out, '\n');
    bdk_sigv4_put_hex(out, string->payload_hash);
}

/* The hash of the :date header as it stands in the frame. */
static void hash_date(uint8_t digest[BEDROCK_SHA256_SIZE], int64_t date_ms)
{
    uint8_t header[] = {5, ':', 'd', 'a', 't', 'e', 8, 0, 0, 0, 0, 0, 0, 0, 0};

    bdk_put_be64(header + 7, (uint64_t)date_ms);
    bedrock_sha256_digest(digest, header, sizeof header);
}

int bedrock_sigv4_sign_event(char signature[BEDROCK_SIGV4_SIGNATURE_SIZE],
                             uint8_t raw[BEDROCK_SHA256_SIZE],
                             const struct bedrock_sigv4_scope *scope, struct bedrock_sigv4_key *key,
                             int64_t date_ms, const void *payload, size_t payload_len)
{
    uint8_t header_hash[BEDROCK_SHA256_SIZE];
    uint8_t *payload_hash = raw; /* written last */
    char date[BEDROCK_SIGV4_DATE_SIZE];
    struct bedrock_sigv4_scope dated = *scope;
    struct string_to_sign string = {signature, header_hash, payload_hash};
    struct bdk_sigv4_text text = {put_string_to_sign, &string, &dated};
    uint64_t date_s = (uint64_t)date_ms;
    int status;

    bdk_divide(&date_s, 1000);
    status = date_ms < 0 ? BEDROCK_E_TIME : bedrock_sigv4_date(date, (int64_t)date_s);
    dated.date = date;
    if (status == BEDROCK_OK) {
        status = bdk_sigv4_check_scope(&dated);
    }
    if (status != BEDROCK_OK) {
        return status;
    }
    bedrock_sha256_digest(payload_hash, payload, payload_len);
    hash_date(header_hash, date_ms);
    bdk_sigv4_seal(signature, raw, &text, &dated, key);
    return BEDROCK_OK;
}
