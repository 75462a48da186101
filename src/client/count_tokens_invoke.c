/* SPDX-License-Identifier: MIT */
/* CountTokens, of an InvokeModel request: its body travels as base64 inside of JSON. See
 * bedrock/invoke.h. */
#include "bedrock/base64.h"
#include "client/converse.h"
#include "client/count_tokens.h"
#include "client/invoke.h"

/* Encodes what is rendered, in groups of three bytes. */
struct encoder {
    struct bedrock_output *out;
    uint32_t skipped; /* groups that nobody wants, as long as they were not passed over */
    uint8_t bytes[3];
    uint8_t len;
};

static void skip_groups(struct encoder *encoder)
{
    bedrock_output_skip(encoder->out, encoder->skipped * 4);
    encoder->skipped = 0;
}

/* Past the JSON writer, in whose string it lands: there is nothing to escape. */
static int put_group(struct encoder *encoder)
{
    char text[4];
    size_t len = bedrock_base64_encode(text, encoder->bytes, encoder->len);

    encoder->len = 0;
    return bedrock_output_put(encoder->out, text, len);
}

static int encode_body(void *ctx, const void *data, size_t len)
{
    struct encoder *encoder = ctx;
    const uint8_t *bytes = data;
    int status = BEDROCK_OK;

    skip_groups(encoder);
    for (; len > 0 && status == BEDROCK_OK; len--) {
        encoder->bytes[encoder->len++] = *bytes++;
        if (encoder->len == sizeof encoder->bytes) {
            status = put_group(encoder);
        }
    }
    return status;
}

/* The body, and nothing else: here is no bdk_invoke_render(), which the stack has no room for. */
static int render_inner(struct bedrock_output *out, const struct bedrock_body *body)
{
    struct bedrock_json_writer json;

    bedrock_json_writer_init(&json, out);
    if (bdk_body_render(&json, body) == 0) {
        bedrock_json_writer_finish(&json);
    }
    return out->count > BEDROCK_BODY_MAX ? bedrock_output_fail(out, BEDROCK_E_TOO_LARGE)
                                         : out->status;
}

/* What stands for groups that nobody wants is not wanted either: the body's renderer may skip it.
 */
static void put_body(struct bedrock_json_writer *json, const struct bedrock_invoke_model *request)
{
    struct encoder encoder = {json->out, 0, {0}, 0};
    struct bedrock_output out;
    uint32_t groups;

    bedrock_json_begin_string(json);
    encoder.skipped = bedrock_output_skippable(json->out) / 4;
    bedrock_output_init(&out, encode_body, &encoder, encoder.skipped * 3);
    if (render_inner(&out, &request->body) == 0) {
        groups = out.count / 3 + (out.count % 3 > 0);
        encoder.skipped = encoder.skipped < groups ? encoder.skipped : groups;
        skip_groups(&encoder);
        put_group(&encoder);
    } else {
        bedrock_output_fail(json->out, out.status);
    }
    bedrock_json_end_string(json);
}

/* The same of a source, which needs no second output. */
static void put_source(struct bedrock_json_writer *json, const struct bedrock_source *source)
{
    int status = bdk_body_check_source(source);

    if (status == BEDROCK_OK) {
        bedrock_json_put_base64(json, source);
    } else {
        bedrock_output_fail(json->out, status);
    }
}

static int render(struct bedrock_json_writer *json, const void *ctx)
{
    const struct bedrock_invoke_model *request = ctx;

    bdk_count_begin_input(json, "invokeModel");
    bedrock_json_put_key(json, "body");
    if (request->body.kind == &bedrock_body_source) {
        put_source(json, request->body.value);
    } else {
        put_body(json, request);
    }
    return bdk_end(json, 3);
}

static const struct bdk_operation operation = {
    .path = "/model/*/count-tokens",
    .render = render,
    .answer_type = "application/json",
    .nodes = &bdk_count_nodes,
    .begin = bdk_document_begin,
    .read = bdk_document_read,
    .end = bdk_count_end,
};

int bedrock_count_tokens_invoke_model(bedrock_client *client,
                                      const struct bedrock_invoke_model *request)
{
    return bdk_invoke_start(client, &operation, request);
}
