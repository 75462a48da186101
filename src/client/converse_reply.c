/* SPDX-License-Identifier: MIT */
/* Converse: the answer is one document. See bedrock/converse.h. */
#include "client/converse.h"

/* ConverseResponse, as the API reference has it. */
static const char nodes[] = " 0\0"
                            " 1output\0"
                            "@2message\0"
                            "O3role\0"
                            " 3content\0"
                            "*4[]\0"
                            "A5text\0"
                            " 5toolUse\0"
                            "T6toolUseId\0"
                            "V6name\0"
                            "S6type\0"
                            "H6input\0"
                            " 5reasoningContent\0"
                            " 6reasoningText\0"
                            "C7text\0"
                            "E7signature\0"
                            "F6redactedContent\0"
                            " 5citationsContent\0"
                            " 6content\0"
                            " 7[]\0"
                            "B8text\0"
                            "+6citations\0"
                            "J7[]\0"
                            " 5image\0"
                            "W6format\0"
                            " 6source\0"
                            "G7bytes\0"
                            "I7{}\0"
                            "I6{}\0"
                            "K5toolResult\0"
                            "L5{}\0" BDK_NODES_OF_THE_END;

static const struct bdk_nodes reply_nodes = {nodes, NULL};

/* The service gives members in any order; what ends an answer is told at its end. */
static int end(struct bedrock_client *client, struct bedrock_event *event)
{
    struct bdk_reader *reader = &client->reader;
    int status;

    switch (reader->phase++) {
    case 0:
        status = bdk_document_check_stopped(client);
        return status != 0 ? status : bdk_reader_event(reader, BEDROCK_EVENT_STOP, event);
    case 1:
        return bdk_reader_event(reader, BEDROCK_EVENT_METADATA, event);
    default:
        return 0;
    }
}

static const struct bdk_operation operation = {
    .path = "/model/*/converse",
    .render = bdk_converse_render,
    .answer_type = "application/json",
    .nodes = &reply_nodes,
    .begin = bdk_document_begin,
    .read = bdk_document_read,
    .end = end,
};

int bedrock_converse(bedrock_client *client, const struct bedrock_converse *request)
{
    return bdk_client_start(client, &operation, request);
}
