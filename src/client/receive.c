/* SPDX-License-Identifier: MIT */
/*
 * The second half of a call: the answer's bytes from the transport, through HTTP, to the operation
 * that asked for them. A file of its own also keeps the parser's events off the stack of the first
 * half, which is the deeper one.
 */
#include "client/client.h"

/* Error bodies are read so far, and no further. */
#define ERROR_BODY_MAX 65536u

/* Gives back the bytes that were lent, of which none is left to read. */
static void release(struct bedrock_client *client)
{
    if (client->in_len > 0) {
        client->transport->type->consume(client->transport, client->in_len);
        client->in_len = 0;
    }
}

int bdk_receive(struct bedrock_client *client, uint32_t wait_ms)
{
    const uint8_t *data;
    size_t len;
    int status;

    release(client);
    status = client->transport->type->receive(client->transport, &data, &len, wait_ms);
    if (status == BEDROCK_EVENT) {
        client->in = (const char *)data;
        client->in_end = client->in + len;
        client->in_len = len;
        client->attempt.got_bytes = 1;
        client->phase_start_ms = bdk_now_ms(client);
    }
    return status;
}

/* Advances the response: 1 with an event; 0 when bytes have come and it has to be asked again;
 * AGAIN; or an error. The parser is asked before the network: it may have an event that takes no
 * more bytes, such as the end of a body of known length. */
static int pull(struct bedrock_client *client, struct bedrock_http_event *event, uint32_t wait_ms)
{
    int status = bedrock_http_response_next(&client->http, &client->in, client->in_end, event);

    if (status != 0) {
        return status;
    }
    status = bdk_receive(client, wait_ms);
    if (status == 0) {
        client->attempt.close_after = 1;
        return bedrock_http_response_finish(&client->http, event);
    }
    return status == BEDROCK_EVENT ? BEDROCK_OK : status;
}

/* The response has ended: the connection is kept if both sides may and nothing is left over. */
static void end_response(struct bedrock_client *client)
{
    client->attempt.response_ended = 1;
    if (client->in != client->in_end || client->attempt.close_after ||
        !bedrock_http_response_keep_alive(&client->http)) {
        bdk_disconnect(client);
    }
    release(client);
    client->idle_since_ms = bdk_now_ms(client);
}

/* A failed answer has been read as far as it will be. That is a failure, of which recover.c finds
 * the name. */
enum { TOLD = BEDROCK_E_SERVICE };

/* A slice of the body. */
static int take_body(struct bedrock_client *client, const char *text, size_t len)
{
    client->attempt.got_len += (uint32_t)len;
    if (client->state == BDK_ANSWER) {
        client->body = text;
        client->body_end = text + len;
        return BEDROCK_OK;
    }
    bdk_answer_error_body(client, text, len);
    return client->attempt.got_len < ERROR_BODY_MAX ? BEDROCK_OK : TOLD;
}

/* A part of the response. */
static int take_part(struct bedrock_client *client, const struct bedrock_http_event *http)
{
    switch (http->type) {
    case BEDROCK_HTTP_STATUS:
        client->error.http_status = http->status;
        client->state = BDK_HEAD;
        break;
    case BEDROCK_HTTP_HEADER:
        bdk_answer_header(client, http);
        break;
    case BEDROCK_HTTP_HEAD_END:
        bdk_answer_head_end(client);
        break;
    case BEDROCK_HTTP_BODY:
        return take_body(client, http->text, http->len);
    case BEDROCK_HTTP_END:
        if (client->state == BDK_ERROR_BODY) {
            end_response(client);
            return TOLD;
        }
        client->state = BDK_ANSWER_END;
        break;
    default:
        break;
    }
    return BEDROCK_OK;
}

int bdk_step_read(struct bedrock_client *client, struct bedrock_event *event, uint32_t wait_ms)
{
    struct bedrock_http_event http;
    int status = client->state == BDK_ANSWER ? client->operation->read(client, event) : BEDROCK_OK;

    if (status != BEDROCK_OK) {
        return status;
    }
    status = pull(client, &http, wait_ms);
    return status == BEDROCK_EVENT ? take_part(client, &http) : status;
}

int bdk_step_answer_end(struct bedrock_client *client, struct bedrock_event *event)
{
    int status = client->operation->end(client, event);

    if (status == 0) {
        end_response(client);
        bdk_retry_give_back(&client->retry);
        client->state = BDK_DONE;
    }
    return status;
}
