/* SPDX-License-Identifier: MIT */
/* Converse: the answer is one document. See bedrock/converse.h. */
#include "client/converse.h"

static void begin(struct bedrock_client *client)
{
    bdk_reader_init(&client->reader, &bdk_reply_nodes);
    client->reader.unary = 1;
}

static int read_reply(struct bedrock_client *client, struct bedrock_event *event)
{
    struct bdk_reader *reader = &client->reader;

    if (reader->in == reader->end && !reader->token_kept) {
        reader->in = client->body;
        reader->end = client->body_end;
        client->body = client->body_end;
    }
    return bdk_reader_next(client, event);
}

/* The service gives members in any order; what ends an answer is told at its end. */
static int end(struct bedrock_client *client, struct bedrock_event *event)
{
    struct bdk_reader *reader = &client->reader;
    struct bedrock_json_event token;
    int status;

    switch (reader->phase++) {
    case 0:
        status = bedrock_json_finish(&reader->json, &token);
        if (status < 0 || !reader->stopped) {
            return status < 0 ? status : BEDROCK_E_ANSWER_INCOMPLETE;
        }
        bdk_reader_stop_event(reader, event);
        return BEDROCK_EVENT;
    case 1:
        bdk_reader_event(reader, BEDROCK_EVENT_METADATA, event);
        event->usage = &client->usage;
        return BEDROCK_EVENT;
    default:
        return 0;
    }
}

static int write_path(struct bedrock_output *out, const void *request)
{
    return bdk_converse_write_path(out, request, "/converse");
}

static const struct bdk_operation operation = {
    "POST", write_path, bdk_converse_render, "application/json", begin, read_reply, end,
};

int bedrock_converse(bedrock_client *client, const struct bedrock_converse *request)
{
    return bdk_converse_start(client, &operation, request);
}
