/* SPDX-License-Identifier: MIT */
/* What an attempt needs before it goes on the air: the time, the keys, the body's length and hash,
 * the signature. */
#include "client/client.h"

static void fill_scope(struct bedrock_client *client)
{
    struct bedrock_sigv4_scope *scope = &client->scope;

    scope->access_key_id = client->keys.access_key_id;
    scope->secret_access_key = client->keys.secret_access_key;
    scope->region = client->config.region;
    scope->service = "bedrock"; /* the signing name; the host says bedrock-runtime */
    scope->date = client->date;
}

int bdk_prepare(struct bedrock_client *client)
{
    const struct bedrock_port *port = client->port;
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
    if (client->keys.bearer_token == NULL &&
        bedrock_sigv4_date(client->date, client->now_s) != BEDROCK_OK) {
        return BEDROCK_E_CLOCK;
    }
    fill_scope(client);
    status = bdk_request_measure(client);
    return status == BEDROCK_OK && client->keys.bearer_token == NULL ? bdk_request_sign(client)
                                                                     : status;
}
