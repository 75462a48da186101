/* SPDX-License-Identifier: MIT */
/* Answers that are one JSON document. */
#include "client/client.h"

void bdk_document_begin(struct bedrock_client *client)
{
    client->reader.unary = 1;
}

int bdk_document_read(struct bedrock_client *client, struct bedrock_event *event)
{
    struct bdk_reader *reader = &client->reader;
    int status;

    if (client->body != client->body_end) {
        reader->in = client->body;
        reader->end = client->body_end;
        client->body = client->body_end;
    }
    status = bdk_reader_next(reader, event);
    return status > 0 ? BEDROCK_EVENT : status;
}

int bdk_document_check(struct bedrock_client *client)
{
    struct bedrock_json_event token;
    int status = bedrock_json_finish(&client->reader.json, &token);

    return status > 0 ? BEDROCK_E_JSON_SHAPE : status; /* a bare number is no answer */
}

int bdk_document_check_stopped(struct bedrock_client *client)
{
    int status = bdk_document_check(client);

    return status == 0 && !client->reader.stopped ? BEDROCK_E_ANSWER_INCOMPLETE : status;
}

int bdk_document_end_stopped(struct bedrock_client *client, struct bedrock_event *event)
{
    (void)event;
    return bdk_document_check_stopped(client);
}
