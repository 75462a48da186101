/* SPDX-License-Identifier: MIT */
/* What an attempt needs before it goes on the air: the time, the keys, the body's length and hash,
 * the signature. */
#include "client/client.h"

#include "sigv4/sigv4.h"

static int measure_and_sign(struct bedrock_client *client)
{
    uint8_t *hash = client->scratch.signing.hash;
    struct bedrock_sigv4_scope scope;
    struct bdk_sigv4_text canonical = {bdk_request_put_canonical, client, hash};
    int status = bdk_request_measure(client, hash);

    if (status != BEDROCK_OK) {
        return status;
    }
    bdk_request_scope(client, &scope);
    return bdk_sigv4_sign_text(client->signature, &canonical, &scope, &client->key);
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
    status = bedrock_credentials_get(client->config.credentials, &client->keys, client->now_s);
    if (status != BEDROCK_OK) {
        return status;
    }
    if (client->keys.bearer_token != NULL) {
        return bdk_request_measure(client, NULL);
    }
    status = bedrock_sigv4_date(client->date, client->now_s);
    return status != BEDROCK_OK ? BEDROCK_E_CLOCK : measure_and_sign(client);
}
