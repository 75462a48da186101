/* SPDX-License-Identifier: MIT */
/* Converse: the answer is one document. See bedrock/converse.h. */
#include "client/converse.h"

#include "util/bytes.h"

/* ConverseResponse, as the API reference has it. */
enum {
    OUTPUT = BDK_NODE_OWN,
    MESSAGE,
    CONTENT,
    BLOCK,
    TOOL_USE,
    REASONING,
    REASONING_TEXT,
    IMAGE,
    IMAGE_SOURCE,
    CITED,
    CITED_CONTENT,
    CITED_ELEMENT,
    CITED_LIST
};

static const struct bedrock_json_node nodes[] = {
    BDK_NODES_OF_THE_END,
    [OUTPUT] = {BDK_NODE_ROOT, BDK_TAG_NONE, "output"},
    [MESSAGE] = {OUTPUT, BDK_TAG_MESSAGE, "message"},
    [CONTENT] = {MESSAGE, BDK_TAG_NONE, "content"},
    [BLOCK] = {CONTENT, BDK_TAG_BLOCK, "[]"},
    [TOOL_USE] = {BLOCK, BDK_TAG_NONE, "toolUse"},
    [REASONING] = {BLOCK, BDK_TAG_NONE, "reasoningContent"},
    [REASONING_TEXT] = {REASONING, BDK_TAG_NONE, "reasoningText"},
    [IMAGE] = {BLOCK, BDK_TAG_NONE, "image"},
    [IMAGE_SOURCE] = {IMAGE, BDK_TAG_NONE, "source"},
    [CITED] = {BLOCK, BDK_TAG_NONE, "citationsContent"},
    [CITED_CONTENT] = {CITED, BDK_TAG_NONE, "content"},
    [CITED_ELEMENT] = {CITED_CONTENT, BDK_TAG_NONE, "[]"},
    [CITED_LIST] = {CITED, BDK_TAG_CITATION_LIST, "citations"},
    BDK_LEAVES_OF_THE_END,
    {MESSAGE, BDK_TAG_ROLE, "role"},
    {BLOCK, BDK_TAG_TEXT, "text"},
    {BLOCK, BDK_TAG_TOOL_RESULT, "toolResult"},
    {BLOCK, BDK_TAG_UNKNOWN, "{}"},
    {TOOL_USE, BDK_TAG_TOOL_ID, "toolUseId"},
    {TOOL_USE, BDK_TAG_TOOL_NAME, "name"},
    {TOOL_USE, BDK_TAG_TOOL_TYPE, "type"},
    {TOOL_USE, BDK_TAG_TOOL_INPUT, "input"},
    {REASONING, BDK_TAG_REDACTED, "redactedContent"},
    {REASONING_TEXT, BDK_TAG_REASONING, "text"},
    {REASONING_TEXT, BDK_TAG_SIGNATURE, "signature"},
    {IMAGE, BDK_TAG_IMAGE_FORMAT, "format"},
    {IMAGE, BDK_TAG_IMAGE_OTHER, "{}"},
    {IMAGE_SOURCE, BDK_TAG_IMAGE_BYTES, "bytes"},
    {IMAGE_SOURCE, BDK_TAG_IMAGE_OTHER, "{}"},
    {CITED_ELEMENT, BDK_TAG_CITED_TEXT, "text"},
    {CITED_LIST, BDK_TAG_CITATION, "[]"},
};

static const struct bdk_nodes reply_nodes = {nodes, BDK_COUNT(nodes), NULL};

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
