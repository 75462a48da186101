/* SPDX-License-Identifier: MIT */
/*
 * What the files of the signer share. Each text of the signing process has one function that
 * renders it; hashing it means rendering it into an output that feeds SHA-256.
 */
#ifndef BDK_SIGV4_SIGV4_H
#define BDK_SIGV4_SIGV4_H

#include "bedrock/sigv4.h"

#define BDK_SIGV4_DAY_LEN 8 /* "20250115" */

/* A text, as a function that renders it. */
struct bdk_text {
    void (*put)(struct bedrock_output *out, const void *ctx);
    const void *ctx;
};

/* A query parameter, as it stands in the query: slices of it. */
struct bdk_parameter {
    const char *name, *value;
    size_t name_len, value_len;
};

/* Whether all members are there and the date is one: BEDROCK_OK or BEDROCK_E_ARGUMENT. */
int bdk_sigv4_check_scope(const struct bedrock_sigv4_scope *scope);

/* Pieces of the texts. */
void bdk_sigv4_put_path(struct bedrock_output *out, const struct bedrock_sigv4_request *request);
void bdk_sigv4_put_normalized_path(struct bedrock_output *out, const char *path);
void bdk_sigv4_put_headers(struct bedrock_output *out, const struct bedrock_sigv4_request *request);
void bdk_sigv4_put_signed_names(struct bedrock_output *out,
                                const struct bedrock_sigv4_request *request);
void bdk_sigv4_put_scope(struct bedrock_output *out, const struct bedrock_sigv4_scope *scope);
void bdk_sigv4_put_hex(struct bedrock_output *out, const uint8_t digest[BEDROCK_SHA256_SIZE]);

/* The parameters of a query in canonical order: fills in the one behind *parameter, or the first if
 * its name is NULL. Returns 0 when there is none. */
int bdk_sigv4_next_parameter(const char *query, struct bdk_parameter *parameter);
/* Order of the encoded names: < 0, 0, > 0. */
int bdk_sigv4_compare_names(const struct bdk_parameter *a, const struct bdk_parameter *b);
void bdk_sigv4_put_parameter(struct bedrock_output *out, const struct bdk_parameter *parameter);

/* The canonical request with another query than its own; with that if query is NULL. */
int bdk_sigv4_put_canonical(struct bedrock_output *out, const struct bedrock_sigv4_request *request,
                            const struct bdk_text *query);

/* bedrock_sigv4_sign() with another query than the request's own; with that if query is NULL. */
int bdk_sigv4_sign_query(char signature[BEDROCK_SIGV4_SIGNATURE_SIZE],
                         const struct bedrock_sigv4_request *request, const struct bdk_text *query,
                         const struct bedrock_sigv4_scope *scope, struct bedrock_sigv4_key *key);

/* The digest of a text, and its tag under a prepared key. Return the status of the rendering. */
int bdk_sigv4_hash(uint8_t digest[BEDROCK_SHA256_SIZE], const struct bdk_text *text);
int bdk_sigv4_mac(uint8_t tag[BEDROCK_SHA256_SIZE], const struct bedrock_sigv4_key *key,
                  const struct bdk_text *text);

/* The signature of a text, as bytes: its tag under the key of the scope. key may be NULL. */
void bdk_sigv4_seal(uint8_t tag[BEDROCK_SHA256_SIZE], const struct bdk_text *text,
                    const struct bedrock_sigv4_scope *scope, struct bedrock_sigv4_key *key);
/* Writes it as hexadecimal digits and a NUL. */
void bdk_sigv4_write_hex(char signature[BEDROCK_SIGV4_SIGNATURE_SIZE],
                         const uint8_t tag[BEDROCK_SHA256_SIZE]);

#endif
