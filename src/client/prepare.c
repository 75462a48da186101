/* SPDX-License-Identifier: MIT */
/* What an attempt needs before it goes on the air: the time, the keys, the body's length and hash,
 * the signature. */
#include "client/client.h"

#include "crypto/sha256.h"
#include "sigv4/sigv4.h"

#include <string.h>

/* The body's hash, and with it the signature: two stack frames that need not stand on each other.
 */
static int measure(struct bedrock_client *client, uint8_t hash[BEDROCK_SHA256_SIZE])
{
    struct bedrock_sha256 sha;
    int status;

    bedrock_sha256_init(&sha);
    status = bdk_request_measure(client, &sha);
    bdk_sha256_finish(&sha, hash);
    return status;
}

static int measure_and_sign(struct bedrock_client *client)
{
    uint8_t hash[BEDROCK_SHA256_SIZE];
    struct bedrock_sigv4_scope scope;
    struct bdk_sigv4_text canonical = {bdk_request_put_canonical, client, hash};
    int status = measure(client, hash);

    if (status != 0) {
        return status;
    }
    bdk_request_scope(client, &scope);
    return bdk_sigv4_sign_text(client->signature, &canonical, &scope, &client->key);
}

static const char *absent_if_empty(const char *text)
{
    return text != NULL && text[0] == '\0' ? NULL : text;
}

static int get_keys(struct bedrock_client *client)
{
    int status;

    memset(&client->keys, 0, sizeof client->keys);
    status = bedrock_credentials_get(client->config.credentials, &client->keys, client->now_s);
    client->keys.session_token = absent_if_empty(client->keys.session_token);
    client->keys.bearer_token = absent_if_empty(client->keys.bearer_token);
    return status;
}

int bdk_prepare(struct bedrock_client *client)
{
    const struct bedrock_port *port = client->config.port;
    int status;

    status = port->utc(port->ctx, &client->now_s);
    if (status < 0) {
        client->error.port_code = status;
        return BEDROCK_E_CLOCK;
    }
    client->now_s += client->skew_s;
    status = get_keys(client);
    if (status != BEDROCK_OK) {
        return status;
    }
    if (client->keys.bearer_token != NULL) {
        return bdk_request_measure(client, NULL);
    }
    status = bedrock_sigv4_date(client->date, client->now_s);
    return status != BEDROCK_OK ? BEDROCK_E_CLOCK : measure_and_sign(client);
}
