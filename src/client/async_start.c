/* SPDX-License-Identifier: MIT */
/* StartAsyncInvoke. See bedrock/async_invoke.h. */
#include "client/async.h"
#include "client/converse.h"
#include "client/invoke.h"
#include "encoding/hex.h"
#include "util/bytes.h"

#include <string.h>

/* The longest model id that fits into the body. */
#define MODEL_ID_MAX 256u

static void put_output(struct bedrock_json_writer *json,
                       const struct bedrock_start_async_invoke *request)
{
    bdk_begin_member(json, "outputDataConfig");
    bdk_begin_member(json, "s3OutputDataConfig");
    bdk_put_required(json, "s3Uri", request->s3_uri);
    bdk_put_member(json, "kmsKeyId", request->s3_kms_key_id);
    bdk_put_member(json, "bucketOwner", request->s3_bucket_owner);
    bdk_end(json, 2);
}

/* A tag may be empty, but not without a name. */
static void put_tag(struct bedrock_json_writer *json, const struct bedrock_pair *tag)
{
    if (tag->value == NULL) {
        bdk_refuse(json);
        return;
    }
    bedrock_json_begin_object(json);
    bdk_put_required(json, "key", tag->name);
    bedrock_json_put_key(json, "value");
    bedrock_json_put_text(json, tag->value);
    bedrock_json_end_object(json);
}

static void put_tags(struct bedrock_json_writer *json,
                     const struct bedrock_start_async_invoke *request)
{
    const struct bedrock_pair *tag = request->tags;
    size_t left = request->tag_count;

    if (left == 0) {
        return;
    }
    if (tag == NULL) {
        bdk_refuse(json);
        return;
    }
    bedrock_json_put_key(json, "tags");
    bedrock_json_begin_array(json);
    for (; left > 0; left--) {
        put_tag(json, tag++);
    }
    bedrock_json_end_array(json);
}

static int render(struct bedrock_json_writer *json, const void *ctx)
{
    const struct bdk_start *start = ctx;
    const struct bedrock_start_async_invoke *request = start->request;

    bedrock_json_begin_object(json);
    bdk_put_member(json, "clientRequestToken",
                   bdk_is_given(request->client_request_token) ? request->client_request_token
                                                               : start->token);
    bdk_put_member(json, "modelId", request->model_id);
    bedrock_json_put_key(json, "modelInput");
    bdk_body_render(json, &request->model_input);
    put_output(json, request);
    put_tags(json, request);
    return bedrock_json_end_object(json);
}

static const struct bdk_operation operation = {
    .path = "/async-invoke",
    .render = render,
    .answer_type = "application/json",
    .nodes = &bdk_async_nodes,
    .begin = bdk_async_begin_job,
    .read = bdk_document_read,
    .end = bdk_document_end_stopped, /* a job that was started and cannot be asked for is none */
};

/* Random bytes become a UUID of version 4, as RFC 9562 writes it: of 128 bits, six say what it is.
 */
static void write_uuid(char token[BEDROCK_UUID_SIZE])
{
    size_t at;

    token[6] = (char)(0x40 | (token[6] & 0x0F));
    token[8] = (char)(0x80 | (token[8] & 0x3F));
    bdk_hex_encode(token, token, 16);
    for (at = 8; at <= 23; at += 5) {
        memmove(token + at + 1, token + at, BEDROCK_UUID_SIZE - 2 - at);
        token[at] = '-';
    }
    token[BEDROCK_UUID_SIZE - 1] = '\0';
}

/* The token outlives the attempts: a second one that follows a first whose answer was lost starts
 * no second job. */
static int draw_token(struct bedrock_client *client)
{
    const struct bedrock_port *port = client->port;
    int status = port->entropy(port->ctx, client->own.start.token, 16);

    if (status >= 0) {
        write_uuid(client->own.start.token);
        return BEDROCK_OK;
    }
    client->state = BDK_FAILED;
    client->error.code = BEDROCK_E_ENTROPY;
    client->error.port_code = status;
    return BEDROCK_E_ENTROPY;
}

int bedrock_start_async_invoke(bedrock_client *client,
                               const struct bedrock_start_async_invoke *request)
{
    int status;

    if (request == NULL || !bdk_label_valid(request->model_id) ||
        strlen(request->model_id) > MODEL_ID_MAX) {
        return bdk_client_refuse(client, BEDROCK_E_ARGUMENT);
    }
    status = bdk_client_start(client, &operation, client == NULL ? NULL : &client->own.start);
    if (status != BEDROCK_OK) {
        return status; /* another call may be using what is written below */
    }
    client->own.start.request = request;
    return bdk_is_given(request->client_request_token) ? BEDROCK_OK : draw_token(client);
}
