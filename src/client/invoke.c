/* SPDX-License-Identifier: MIT */
/* InvokeModel: the answer is one body. See bedrock/invoke.h. */
#include "client/invoke.h"

#include "client/converse.h"
#include "util/bytes.h"

#include <string.h>

int bdk_invoke_render(struct bedrock_json_writer *json, const void *request)
{
    uint32_t start = json->out->count;
    int status = bdk_body_render(json, &((const struct bedrock_invoke_model *)request)->body);

    return json->out->count - start > BEDROCK_BODY_MAX
               ? bedrock_output_fail(json->out, BEDROCK_E_TOO_LARGE)
               : status;
}

static int put_head(struct bedrock_output *out, const void *request, enum bdk_head_part part)
{
    return bdk_invoke_put_head(out, request, part, 0);
}

/* Is the body of the type that was asked for? Behind a star any is. */
static int is_accepted(const struct bedrock_http_event *header, const char *accept)
{
    size_t len = bdk_answer_type_len(header->text, header->len);

    return bdk_is_given(accept) &&
           (accept[0] == '*' || (len == bdk_answer_type_len(accept, strlen(accept)) &&
                                 bdk_equal_nocase_n(header->text, accept, len)));
}

static void take_header(struct bedrock_client *client, const struct bedrock_http_event *header)
{
    const struct bedrock_invoke_model *request = client->request;

    bdk_invoke_take_header(client, header);
    if (bdk_equal_nocase(header->name, header->name_len, "content-type") &&
        is_accepted(header, request->accept)) {
        client->attempt.good_type = 1;
    }
}

static void begin(struct bedrock_client *client)
{
    bdk_document_begin(client);
    bdk_reply_begin(client);
}

static int read_body(struct bedrock_client *client, struct bedrock_event *event)
{
    const char *text = client->body;
    int status;

    if (bdk_reply_is_read(client)) {
        status = text != client->body_end ? bdk_reply_start(client, event) : 0;
        return status != 0 ? status : bdk_document_read(client, event);
    }
    if (text == client->body_end) {
        return 0;
    }
    client->body = client->body_end;
    return bdk_reader_text(&client->reader, BEDROCK_EVENT_BODY, text,
                           (size_t)(client->body_end - text), event);
}

/* Is the document one, and an answer of the family? A fault that comes as if all were well has
 * neither content nor a reason why there is none. */
static int check_reply(struct bedrock_client *client)
{
    const struct bdk_reader *reader = &client->reader;
    int status = bdk_document_check(client);

    if (status != 0) {
        return status;
    }
    if (client->text.message[0] != '\0') {
        return BEDROCK_E_MODEL_ERROR; /* what it had to say instead is the message */
    }
    return reader->index < 0 && !reader->stopped && reader->phase < BDK_REPLY_INTERVENED
               ? BEDROCK_E_NO_ANSWER
               : 0;
}

static int end(struct bedrock_client *client, struct bedrock_event *event)
{
    int status = bdk_reply_is_read(client) ? check_reply(client) : 0;

    return status != 0 ? status : bdk_reply_end(&client->reader, event);
}

static const struct bdk_operation operation = {
    .path = "/model/*/invoke",
    .render = bdk_invoke_render,
    .answer_type = "application/json",
    .nodes = &bdk_no_nodes,
    .begin = begin,
    .read = read_body,
    .end = end,
    .put_head = put_head,
    .take_header = take_header,
};

int bedrock_invoke_model(bedrock_client *client, const struct bedrock_invoke_model *request)
{
    return bdk_invoke_start(client, &operation, request);
}
