/* SPDX-License-Identifier: MIT */
/*
 * What the files of the signer share. Each text of the signing process has one function that
 * renders it; hashing it means rendering it into an output that feeds SHA-256.
 */
#ifndef BDK_SIGV4_SIGV4_H
#define BDK_SIGV4_SIGV4_H

#include "bedrock/sigv4.h"

#define BDK_SIGV4_DAY_LEN 8 /* "20250115" */

/* A text, as a function that renders it and what that is made of. */
struct bdk_sigv4_text {
    void (*put)(struct bedrock_output *out, const void *a, const void *b);
    const void *a, *b;
};

/* Whether all members are there and the date is one: BEDROCK_OK or BEDROCK_E_ARGUMENT. */
int bdk_sigv4_check_scope(const struct bedrock_sigv4_scope *scope);

/* Pieces of the texts. put_char puts nothing for NUL. */
void bdk_sigv4_put_char(struct bedrock_output *out, char c);
void bdk_sigv4_put_path(struct bedrock_output *out, const struct bedrock_sigv4_request *request);
/* The headers in their order: as lines, or their names alone with a `;` in between. */
enum { BDK_SIGV4_NAMES, BDK_SIGV4_LINES };
void bdk_sigv4_put_headers(struct bedrock_output *out, const struct bedrock_sigv4_request *request,
                           int lines);
void bdk_sigv4_put_hex(struct bedrock_output *out, const uint8_t digest[BEDROCK_SHA256_SIZE]);

/* A text with holes, each a character of its own: a member of a scope has its number, and the day
 * is what the date begins with. */
#define BDK_SIGV4_KEY_ID     "\1"
#define BDK_SIGV4_REGION     "\3"
#define BDK_SIGV4_SERVICE    "\4"
#define BDK_SIGV4_TIME       "\5"
#define BDK_SIGV4_DAY        "\6"
#define BDK_SIGV4_SCOPE      BDK_SIGV4_DAY "/" BDK_SIGV4_REGION "/" BDK_SIGV4_SERVICE "/aws4_request"
#define BDK_SIGV4_CREDENTIAL BDK_SIGV4_KEY_ID "/" BDK_SIGV4_SCOPE
/* The value of the Authorization header: before the names of the signed headers, and between them
 * and the signature. */
#define BDK_SIGV4_AUTHORIZATION                                                                    \
    "AWS4-HMAC-SHA256 Credential=" BDK_SIGV4_CREDENTIAL ", SignedHeaders="
#define BDK_SIGV4_SIGNATURE ", Signature="
/* A character of such a text, and all of them. */
void bdk_sigv4_put_piece(struct bedrock_output *out, const char *piece,
                         const struct bedrock_sigv4_scope *scope);
void bdk_sigv4_put_form(struct bedrock_output *out, const char *form,
                        const struct bedrock_sigv4_scope *scope);

/* The parameters of a query in canonical order: the one behind `previous`, or the first if that is
 * NULL; NULL when there is none. */
const char *bdk_sigv4_next_parameter(const char *query, const char *previous);
/* Their order by encoded name, then value: < 0, 0, > 0. */
int bdk_sigv4_compare_parameters(const char *a, const char *b);
void bdk_sigv4_put_parameter(struct bedrock_output *out, const char *parameter);

/* Two texts: a canonical request with another query (a bdk_sigv4_text) than its own, or with that
 * if query is NULL; and the string to sign. */
void bdk_sigv4_put_canonical(struct bedrock_output *out, const void *request, const void *query);
void bdk_sigv4_put_string_to_sign(struct bedrock_output *out, const void *scope, const void *hash);

/* Signs a canonical request of the caller's own rendering. The scope is not checked. Here and below
 * sha is memory to work in, since a hash context is the largest thing on the deepest stack of the
 * library; it is wiped. */
int bdk_sigv4_sign_text(char signature[BEDROCK_SIGV4_SIGNATURE_SIZE],
                        const struct bdk_sigv4_text *canonical,
                        const struct bedrock_sigv4_scope *scope, struct bedrock_sigv4_key *cache,
                        struct bedrock_sha256 *sha);

/* Hashes a text, in a hash that has begun. Returns the status of its rendering. */
int bdk_sigv4_feed(struct bedrock_sha256 *sha, const struct bdk_sigv4_text *text);

/* Brings the signing key of a scope, from the cache if it is there. Returns where it is: in the
 * cache, or in place if that is NULL. */
const uint8_t *bdk_sigv4_load_key(uint8_t place[BEDROCK_SHA256_SIZE],
                                  const struct bedrock_sigv4_scope *scope,
                                  struct bedrock_sigv4_key *cache, struct bedrock_sha256 *sha);

/* The tag of a text under the key of a scope, as bytes and as hexadecimal digits with a NUL.
 * Neither is written before the text has been read. */
void bdk_sigv4_seal(char signature[BEDROCK_SIGV4_SIGNATURE_SIZE], uint8_t tag[BEDROCK_SHA256_SIZE],
                    const struct bdk_sigv4_text *text, const struct bedrock_sigv4_scope *scope,
                    struct bedrock_sigv4_key *cache);

#endif
