/* SPDX-License-Identifier: MIT */
/* What an attempt needs before it goes on the air: the time, the keys, the body's length and hash,
 * the signature. */
#include "client/client.h"

#include "util/bytes.h"

#include <string.h>

static int measure_and_sign(struct bedrock_client *client)
{
    struct bedrock_sha256 sha;
    struct bdk_signing signing;
    int status;

    bedrock_sha256_init(&sha);
    status = bdk_request_measure(client, &sha);
    if (status != 0) {
        return status;
    }
    bdk_signing_fill(&signing, client);
    bedrock_sha256_out(&sha, signing.request.payload_hash);
    return bedrock_sigv4_sign(client->signature, &signing.request, &signing.scope, &client->key);
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
