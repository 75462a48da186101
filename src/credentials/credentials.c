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

static const char *or_null(const char *text)
{
    return text != NULL && text[0] != '\0' ? text : NULL;
}

/* Keys are visible ASCII: anything else is a line end or a blank that came with a paste, or an
 * attempt to smuggle a second header line in. A key that is not there is sound too. */
static int is_sound(const char *key)
{
    for (; key != NULL && *key != '\0'; key++) {
        if (*key < '!' || *key > '~') {
            return 0;
        }
    }
    return 1;
}

/* Leaves what is used and nothing else. */
static void select_used(struct bedrock_keys *keys)
{
    keys->access_key_id = or_null(keys->access_key_id);
    keys->secret_access_key = or_null(keys->secret_access_key);
    keys->session_token = or_null(keys->session_token);
    keys->bearer_token = or_null(keys->bearer_token);
    if (keys->bearer_token != NULL) {
        keys->access_key_id = NULL;
        keys->secret_access_key = NULL;
        keys->session_token = NULL;
    }
}

static int check(const struct bedrock_keys *keys, int64_t now_s)
{
    int has_id = keys->access_key_id != NULL;
    int has_secret = keys->secret_access_key != NULL;

    if (keys->bearer_token == NULL && !has_id && !has_secret) {
        return BEDROCK_E_NO_CREDENTIALS;
    }
    if (has_id != has_secret || !is_sound(keys->access_key_id) ||
        !is_sound(keys->secret_access_key) || !is_sound(keys->session_token) ||
        !is_sound(keys->bearer_token)) {
        return BEDROCK_E_CREDENTIALS;
    }
    if (keys->expires_s != 0 && now_s >= keys->expires_s) {
        return BEDROCK_E_CREDENTIALS_EXPIRED;
    }
    return BEDROCK_OK;
}

int bedrock_credentials_get(const struct bedrock_credentials *credentials,
                            struct bedrock_keys *keys, int64_t now_s)
{
    int code;

    memset(keys, 0, sizeof *keys);
    if (credentials == NULL || credentials->get == NULL) {
        return BEDROCK_E_NO_CREDENTIALS;
    }
    code = credentials->get(credentials, keys, now_s);
    if (code == BEDROCK_OK) {
        select_used(keys);
        code = check(keys, now_s);
    } else if (code > 0 || code == -1) {
        code = BEDROCK_E_CREDENTIALS; /* A provider's slip: these are no codes of a failure. */
    }
    if (code != BEDROCK_OK) {
        memset(keys, 0, sizeof *keys);
    }
    return code;
}
