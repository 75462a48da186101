/* SPDX-License-Identifier: MIT */
/* See bedrock/credentials.h. */
#include "bedrock/credentials.h"

#include "bedrock/error.h"

#include <string.h>

int bedrock_credentials_get_static(const struct bedrock_credentials *self,
                                   struct bedrock_keys *keys, int64_t now_s)
{
    (void)now_s;
    *keys = self->keys;
    return BEDROCK_OK;
}

/* Empty is none. Keys are visible ASCII: anything else is a line end or a blank that came with a
 * paste, or an attempt to smuggle a second header line in. Returns 0 for such a key. */
static int take_key(const char **key)
{
    const char *c = *key;

    if (c == NULL || *c == '\0') {
        *key = NULL;
        return 1;
    }
    for (; *c != '\0'; c++) {
        if (*c < '!' || *c > '~') {
            return 0;
        }
    }
    return 1;
}

/* Leaves what is used and nothing else, and checks it. */
static int check(struct bedrock_keys *keys, int64_t now_s)
{
    const char *bearer = keys->bearer_token;

    if (bearer != NULL && *bearer != '\0') {
        keys->access_key_id = keys->secret_access_key = keys->session_token = NULL;
    }
    if (!take_key(&keys->access_key_id) || !take_key(&keys->secret_access_key) ||
        !take_key(&keys->session_token) || !take_key(&keys->bearer_token)) {
        return BEDROCK_E_CREDENTIALS;
    }
    if (keys->bearer_token == NULL &&
        (keys->access_key_id == NULL || keys->secret_access_key == NULL)) {
        return keys->access_key_id == keys->secret_access_key ? BEDROCK_E_NO_CREDENTIALS
                                                              : BEDROCK_E_CREDENTIALS;
    }
    return keys->expires_s != 0 && now_s >= keys->expires_s ? BEDROCK_E_CREDENTIALS_EXPIRED
                                                            : BEDROCK_OK;
}

int bedrock_credentials_get(const struct bedrock_credentials *credentials,
                            struct bedrock_keys *keys, int64_t now_s)
{
    int code = BEDROCK_E_NO_CREDENTIALS;

    memset(keys, 0, sizeof *keys);
    if (credentials != NULL && credentials->get != NULL) {
        code = credentials->get(credentials, keys, now_s);
        if (code == BEDROCK_OK) {
            code = check(keys, now_s);
        } else if (code >= -1) {
            code = BEDROCK_E_CREDENTIALS; /* A provider's slip: these are no codes of a failure. */
        }
    }
    if (code != BEDROCK_OK) {
        memset(keys, 0, sizeof *keys);
    }
    return code;
}
