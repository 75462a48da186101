/* SPDX-License-Identifier: MIT */
/* CountTokens, of a Converse request. See bedrock/invoke.h. */
#include "client/count_tokens.h"

#include "bedrock/invoke.h"
#include "client/converse.h"
#include "util/bytes.h"

static const char nodes[] = " 0\0"
                            "~1inputTokens\0";

const struct bdk_nodes bdk_count_nodes = {nodes, NULL};

int bdk_count_end(struct bedrock_client *client, struct bedrock_event *event)
{
    struct bdk_reader *reader = &client->reader;
    int status;

    if (reader->phase++ > 0) {
        return 0;
    }
    status = bdk_document_check(client);
    if (status != 0) {
        return status;
    }
    if (reader->frame_index < 0) {
        return BEDROCK_E_JSON_SHAPE; /* nothing was counted, which is not 0 */
    }
    client->usage.input_tokens = reader->frame_index;
    return bdk_reader_event(reader, BEDROCK_EVENT_METADATA, event);
}

void bdk_count_begin_input(struct bedrock_json_writer *json, const char *form)
{
    bedrock_json_begin_object(json);
    bdk_begin_member(json, "input");
    bdk_begin_member(json, form);
}

/* Only what is counted: the service refuses the other members of a Converse request. */
#define PART(kind, member) BDK_PART(kind, struct bedrock_converse, member)
static const struct bdk_part parts[] = {
    PART(CONTENTS, system),
    PART(SECTION, tool_config),
    PART(SECTION, additional_model_request_fields),
    {BDK_PART_END, 0},
};

static int render(struct bedrock_json_writer *json, const void *ctx)
{
    const struct bedrock_converse *request = ctx;

    bdk_count_begin_input(json, "converse");
    bdk_render_messages(json, request->history, &request->messages);
    bdk_render_parts(json, request, parts, "system");
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

int bedrock_count_tokens_converse(bedrock_client *client, const struct bedrock_converse *request)
{
    return bdk_client_start(client, &operation, request);
}
