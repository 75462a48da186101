/* SPDX-License-Identifier: MIT */
/**
 * Who calls: access keys for Signature Version 4, or a Bedrock API key (bearer token).
 *
 * A client asks its provider at the start of every attempt, so keys may change between calls. Keys
 * are borrowed: the client copies none of them, and they must stay as they are until the attempt
 * has ended (bedrock_next() has returned something else than an event or BEDROCK_AGAIN).
 *
 * Keys are visible ASCII without blanks. Whatever else is found in one, a line end or a space that
 * was pasted along with it above all, is refused with BEDROCK_E_CREDENTIALS before anything is
 * sent: in a header it would do harm, and from the service it would come back as a signature that
 * does not match.
 */
#ifndef BEDROCK_CREDENTIALS_H
#define BEDROCK_CREDENTIALS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** NUL-terminated strings, of any length; NULL or "" is "none". */
struct bedrock_keys {
    const char *access_key_id;     /* these two together ... */
    const char *secret_access_key; /* ... or none of them */
    const char *session_token;     /* belongs to temporary keys */
    const char *bearer_token; /* a Bedrock API key; when there is one it is used, and the access
                                 keys are not even looked at */
    int64_t expires_s;        /* Unix seconds at which all this ends; 0 if it does not */
};

struct bedrock_credentials {
    /**
     * Fills in *keys, which is all zero before. Must not wait: a provider that has to fetch its
     * keys says BEDROCK_AGAIN meanwhile.
     *
     * \param now_s  the port's time, corrected by what was learned from the service; 0 when the
     *               clock is not set.
     * \return BEDROCK_OK; BEDROCK_AGAIN if they are being fetched (the client asks again);
     * BEDROCK_E_NO_CREDENTIALS if there are none to be had; BEDROCK_E_CREDENTIALS, or another
     * negative code that says more, if the provider failed.
     */
    int (*get)(const struct bedrock_credentials *self, struct bedrock_keys *keys, int64_t now_s);
    void *ctx;                /* the provider's own */
    struct bedrock_keys keys; /* what bedrock_credentials_get_static() gives */
};

/** The provider that gives self->keys. Use it through the macros below. */
int bedrock_credentials_get_static(const struct bedrock_credentials *self,
                                   struct bedrock_keys *keys, int64_t now_s);

/**
 * Fixed keys: `.credentials = BEDROCK_STATIC_CREDENTIALS("AKIA...", "secret", NULL)`. A compound
 * literal: it lives as long as the block it is written in, or for ever at file scope.
 */
#define BEDROCK_STATIC_CREDENTIALS(id, secret, token)                                              \
    (&(const struct bedrock_credentials){                                                          \
        bedrock_credentials_get_static, NULL, {(id), (secret), (token), NULL, 0}})

/** A fixed Bedrock API key. */
#define BEDROCK_API_KEY(token)                                                                     \
    (&(const struct bedrock_credentials){                                                          \
        bedrock_credentials_get_static, NULL, {NULL, NULL, NULL, (token), 0}})

/**
 * Asks a provider and checks what it gave. What the client itself calls.
 *
 * \param credentials  the provider; NULL is one that has none.
 * \param keys         receives what is to be used and nothing else: either bearer_token alone, or
 *                     the two access keys and perhaps session_token; all others NULL. All of it is
 *                     NULL when the result is not BEDROCK_OK.
 * \param now_s        Unix seconds to judge the expiry by; 0, when they are not known, lets all
 *                     pass.
 * \return BEDROCK_OK; BEDROCK_E_NO_CREDENTIALS if there is neither a bearer token nor any of the
 * pair; BEDROCK_E_CREDENTIALS if half a pair is missing or a key is malformed;
 * BEDROCK_E_CREDENTIALS_EXPIRED from the second expires_s on; otherwise what the provider returned
 * (-1 and positive numbers, which are no codes of a failure, become BEDROCK_E_CREDENTIALS).
 */
int bedrock_credentials_get(const struct bedrock_credentials *credentials,
                            struct bedrock_keys *keys, int64_t now_s);

#ifdef __cplusplus
}
#endif

#endif
