/* SPDX-License-Identifier: MIT */
/* CountTokens, of an InvokeModel request: its body travels as base64 inside of JSON. See
 * bedrock/invoke.h. */
#include "bedrock/base64.h"
#include "client/converse.h"
#include "client/count_tokens.h"
#include "client/invoke.h"

/* A multiple of 3, so that only the last piece is padded. It lies on the deepest stack there is. */
enum { PIECE = 6 };

/* Encodes what is rendered, in pieces. */
struct encoder {
    struct bedrock_output in; /* what is rendered; its groups begin where something is wanted */
    struct bedrock_output *out;
    uint8_t bytes[PIECE];
    uint8_t len;
};

/* Past the JSON writer, in whose string it lands: there is nothing to escape. */
static int put_groups(struct encoder *encoder)
{
    char text[BEDROCK_BASE64_ENCODED_SIZE(PIECE)];
    size_t len = bedrock_base64_encode(text, encoder->bytes, encoder->len);

    encoder->len = 0;
    return bedrock_output_put(encoder->out, text, len);
}

static int encode_body(void *ctx, const void *data, size_t len)
{
    struct encoder *encoder = ctx;
    const uint8_t *bytes = data;
    int status = BEDROCK_OK;

    if (encoder->in.count - len == encoder->in.from) { /* the first: it is behind skipped ones */
        bedrock_output_skip(encoder->out, BEDROCK_BASE64_ENCODED_SIZE(encoder->in.from));
    }
    for (; len > 0 && status == BEDROCK_OK; len--) {
        encoder->bytes[encoder->len++] = *bytes++;
        if (encoder->len == PIECE) {
            status = put_groups(encoder);
        }
    }
    return status;
}

/* The body, and nothing else: here is no bdk_invoke_render(), which the stack has no room for. */
static void render_inner(struct bedrock_output *out, const struct bedrock_body *body)
{
    struct bedrock_json_writer json;

    bedrock_json_writer_init(&json, out);
    if (bdk_body_render(&json, body) == 0) {
        bedrock_json_writer_finish(&json);
    }
    if (out->count > BEDROCK_BODY_MAX) {
        bedrock_output_fail(out, BEDROCK_E_TOO_LARGE);
    }
}

/* What stands for groups that nobody wants is not wanted either: the body's renderer may skip it.
 */
static void put_body(struct bedrock_json_writer *json, const struct bedrock_body *body)
{
    struct encoder encoder;

    bedrock_json_begin_string(json);
    bedrock_output_init(&encoder.in, encode_body, &encoder,
                        bedrock_output_skippable(json->out) / 4 * 3);
    encoder.out = json->out;
    encoder.len = 0;
    render_inner(&encoder.in, body);
    if (encoder.in.status != BEDROCK_OK) {
        bedrock_output_fail(json->out, encoder.in.status);
    } else if (encoder.in.count <= encoder.in.from) {
        bedrock_output_skip(json->out, BEDROCK_BASE64_ENCODED_SIZE(encoder.in.count));
    } else {
        put_groups(&encoder);
    }
    bedrock_json_end_string(json);
}

static int render(struct bedrock_json_writer *json, const void *ctx)
{
    const struct bedrock_invoke_model *request = ctx;

    bdk_count_begin_input(json, "invokeModel");
    bedrock_json_put_key(json, "body");
    put_body(json, &request->body);
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
