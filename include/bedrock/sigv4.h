/* SPDX-License-Identifier: MIT */
/**
 * AWS Signature Version 4, for any AWS service. Usable alone: needs nothing but SHA-256.
 *
 * The canonical request is hashed piece by piece and exists nowhere: no buffer to size, no limit on
 * the length of a session token, a path or a header. Sorting and normalization work on the texts as
 * they are given; their time grows with the square of the number of headers, of query parameters
 * and of path segments, all of which are few. Nothing blocks. A signature takes 656 bytes of
 * stack on a Cortex-M4, one of an event 720, a presigned URL 760; most of them in HMAC and SHA-256.
 *
 * A request is signed in four steps: bedrock_sigv4_date() makes the date; the caller puts its
 * headers into a list, x-amz-date among them; bedrock_sigv4_sign() makes the signature;
 * bedrock_sigv4_put_authorization() writes the Authorization header that carries it. Each attempt
 * is signed anew.
 *
 * Source: AWS documentation, "Create a signed AWS API request" and "Signature Version 4 signing
 * process"; checked against AWS's published signing suite.
 */
#ifndef BEDROCK_SIGV4_H
#define BEDROCK_SIGV4_H

#include "bedrock/output.h"
#include "bedrock/sha256.h"

#ifdef __cplusplus
extern "C" {
#endif

#define BEDROCK_SIGV4_DATE_SIZE      17 /* "20250115T123456Z" and its NUL */
#define BEDROCK_SIGV4_SIGNATURE_SIZE 65 /* 64 hex digits and a NUL */

/** Formats a time as X-Amz-Date wants it. \return BEDROCK_OK; BEDROCK_E_TIME outside the years
 * 1970..9999. */
int bedrock_sigv4_date(char date[BEDROCK_SIGV4_DATE_SIZE], int64_t unix_s);

/** One request header, as sent. Neither member may be NULL. */
struct bedrock_sigv4_header {
    const char *name;  /* any case */
    const char *value; /* white space around it is trimmed and a run of it inside becomes one space,
                          line folds included, as the canonical form wants it */
};

/** What is signed. Zeroed optional members are valid. All strings are NUL-terminated and borrowed
 * for the call. */
struct bedrock_sigv4_request {
    const char *method;

    /** As on the request line, percent-encoded, without the query; "" counts as "/". Its dot
     * segments and repeated slashes are resolved for signing. */
    const char *path;
    /** Instead of path: renders it as on the request line, for those who never hold it. What it
     * renders is taken as it is. A status other than 0 ends the signing and is returned. */
    int (*write_path)(struct bedrock_output *out, const void *ctx);
    const void *path_ctx;

    /** As on the request line, without the `?`; NULL or "" if there is none. It is sorted, and each
     * name and value is encoded for signing: %XX counts as the character it stands for, so both
     * `a:b` and `a%3Ab` give `a%3Ab`. A `+` is a plus, not a space. A name without `=` has the
     * empty value; nothing between two `&` is no parameter. */
    const char *query;

    /** Those to sign, in any order; the values of a repeated name are joined. Of headers that a
     * proxy may change (connection, transfer-encoding, user-agent, ...) sign none. */
    const struct bedrock_sigv4_header *headers;
    size_t header_count;

    uint8_t payload_hash[BEDROCK_SHA256_SIZE]; /* SHA-256 of the body */
    const char *payload_hash_text; /* instead: what stands in its place, as "UNSIGNED-PAYLOAD" */
    uint8_t as_is_path;            /* 1: dot segments and slashes stay, as S3 wants it */
    uint8_t encode_path_once;      /* 1: the path is not percent-encoded again, as S3 wants it */
};

/** Who signs, when and for what. Borrowed for the call. */
struct bedrock_sigv4_scope {
    const char *access_key_id;
    const char *secret_access_key;
    const char *region;
    const char *service; /* "bedrock" for Bedrock Runtime */
    const char *date;    /* as bedrock_sigv4_date() writes it; also sent as X-Amz-Date */
};

/**
 * The day's signing key, kept so that only the first signature of a day pays for its four HMACs.
 * Zeroed is empty. It notices by itself when day, region, service or secret change. It holds a
 * secret: wipe it with bedrock_sigv4_key_wipe() when done.
 */
struct bedrock_sigv4_key {
    uint8_t key[BEDROCK_SHA256_SIZE];
    char day[8];    /* no day is all zero */
    uint32_t check; /* a hash of secret, region and service */
};

/** Makes the key fit the scope: derives it, or finds that it is the right one already. Of the scope
 * it looks at secret_access_key, region, service and the first eight characters of date; all must
 * be there. */
void bedrock_sigv4_key_prepare(struct bedrock_sigv4_key *key,
                               const struct bedrock_sigv4_scope *scope);
void bedrock_sigv4_key_wipe(struct bedrock_sigv4_key *key);

/**
 * Signs a request. The headers must hold host and x-amz-date, and x-amz-security-token with
 * temporary keys.
 *
 * \param key        cache of the signing key, or NULL to derive it afresh.
 * \param signature  receives 64 hex digits and a NUL; of no meaning after an error.
 * \return BEDROCK_OK; BEDROCK_E_ARGUMENT if method or path is missing, a member of the scope
 * missing or empty, or the date malformed; or what write_path returned.
 */
int bedrock_sigv4_sign(char signature[BEDROCK_SIGV4_SIGNATURE_SIZE],
                       const struct bedrock_sigv4_request *request,
                       const struct bedrock_sigv4_scope *scope, struct bedrock_sigv4_key *key);

/** Writes the value of the Authorization header, with the same request and scope as were signed.
 * \return the output's status. */
int bedrock_sigv4_put_authorization(struct bedrock_output *out,
                                    const struct bedrock_sigv4_request *request,
                                    const struct bedrock_sigv4_scope *scope, const char *signature);

/** Writes the canonical request itself, for tests and for finding out why a service disagrees (its
 * error message often quotes the one it made). \return the output's status; BEDROCK_E_ARGUMENT if
 * method or path is missing; or what write_path returned. */
int bedrock_sigv4_put_canonical_request(struct bedrock_output *out,
                                        const struct bedrock_sigv4_request *request);

/** Writes the string to sign. canonical_hash is the SHA-256 of the canonical request. \return the
 * output's status. */
int bedrock_sigv4_put_string_to_sign(struct bedrock_output *out,
                                     const struct bedrock_sigv4_scope *scope,
                                     const uint8_t canonical_hash[BEDROCK_SHA256_SIZE]);

/**
 * Presigns: writes the query string of a URL that carries its signature: the request's own query as
 * it is, the parameters of the signature, X-Amz-Signature last.
 *
 * \param request    its headers must hold host; its query may hold parameters of the operation.
 * \param token      session token, or NULL. It is signed. A service that wants it unsigned (AWS
 *                   IoT) takes NULL here and the token, percent-encoded, behind the URL.
 * \param expires_s  how long the URL is good for, 1..604800 s.
 * \return the output's status; or as bedrock_sigv4_sign(), with nothing written, also
 * BEDROCK_E_ARGUMENT for an expiry out of its range.
 */
int bedrock_sigv4_presign(struct bedrock_output *out, const struct bedrock_sigv4_request *request,
                          const struct bedrock_sigv4_scope *scope, struct bedrock_sigv4_key *key,
                          const char *token, uint32_t expires_s);

/**
 * Signs one event of an event stream that goes to the service (AWS4-HMAC-SHA256-PAYLOAD).
 *
 * \param signature  in: the signature before, hexadecimal (the request's own for the first event);
 *                   out: this event's.
 * \param raw        receives the same in its 32 bytes, as the :chunk-signature header wants it.
 * \param scope      its date is not looked at.
 * \param date_ms    the event's :date header, milliseconds since 1970.
 * \param payload    the inner message, whole; nothing (NULL, 0) for the end of the stream.
 * \return BEDROCK_OK; BEDROCK_E_TIME for a date outside the years 1970..9999; BEDROCK_E_ARGUMENT
 * if a member of the scope is missing. signature and raw are written on BEDROCK_OK only.
 */
int bedrock_sigv4_sign_event(char signature[BEDROCK_SIGV4_SIGNATURE_SIZE],
                             uint8_t raw[BEDROCK_SHA256_SIZE],
                             const struct bedrock_sigv4_scope *scope, struct bedrock_sigv4_key *key,
                             int64_t date_ms, const void *payload, size_t payload_len);

#ifdef __cplusplus
}
#endif

#endif
