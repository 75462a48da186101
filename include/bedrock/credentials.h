/* SPDX-License-Identifier: MIT */
/**
 * Who calls: access keys for Signature Version 4, or a Bedrock API key (bearer token).
 *
 * A client asks its provider at the start of every attempt, so keys may change between calls. Keys
 * are borrowed: the client copies none of them, and they must stay as they are until the attempt
 * has ended (bedrock_next() has returned something else than an event or BEDROCK_AGAIN).
 */
#ifndef BEDROCK_CREDENTIALS_H
#define BEDROCK_CREDENTIALS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct bedrock_keys {
    const char *access_key_id; /* NUL-terminated, all of them; NULL or "" is "none" */
    const char *secret_access_key;
    const char *session_token; /* with temporary keys; any length */
    const char *bearer_token;  /* a Bedrock API key; when there is one it is used, and the access
                                  keys are not */
    int64_t expires_s;         /* Unix seconds at which the keys end; 0 if they do not */
};

struct bedrock_credentials {
    /**
     * Fills in *keys.
     *
     * \param now_s  the port's time, corrected by what was learned from the service.
     * \return BEDROCK_OK; BEDROCK_AGAIN if they are being fetched (the client asks again);
     * BEDROCK_E_NO_CREDENTIALS if there are none to be had; BEDROCK_E_CREDENTIALS if the provider
     * failed.
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
 * Asks a provider and checks what it gave: a whole pair or a bearer token, no control characters,
 * not expired. What the client itself calls. \return what get returned, BEDROCK_E_NO_CREDENTIALS,
 * BEDROCK_E_CREDENTIALS or BEDROCK_E_CREDENTIALS_EXPIRED.
 */
int bedrock_credentials_get(const struct bedrock_credentials *credentials,
                            struct bedrock_keys *keys, int64_t now_s);

#ifdef __cplusplus
}
#endif

#endif
