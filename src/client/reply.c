/* SPDX-License-Identifier: MIT */
/* The beginning and the end of an answer in a model's own format; what lies between is the tree's
 * business. Source: Amazon Bedrock user guide, inference parameters of each family. */
#include "client/invoke.h"

#include "util/bytes.h"

#include <string.h>

const struct bdk_nodes bdk_no_nodes = {" 0\0", NULL};

void bdk_reply_begin(struct bedrock_client *client)
{
    const struct bedrock_invoke_model *request = client->request;
    const struct bedrock_reply *reply = request->reply;

    if (reply == NULL && request->body.kind != NULL) {
        reply = request->body.kind->reply;
    }
    if (reply != NULL) {
        client->reader.nodes = &reply->nodes;
        bdk_reader_begin(&client->reader);
    }
}

int bdk_reply_is_read(const struct bedrock_client *client)
{
    return client->reader.nodes != &bdk_no_nodes;
}

int bdk_reply_start(struct bedrock_client *client, struct bedrock_event *event)
{
    struct bdk_reader *reader = &client->reader;

    if (reader->phase != BDK_REPLY_NOT_BEGUN) {
        return 0;
    }
    reader->phase = BDK_REPLY_BEGUN;
    return bdk_reader_event(reader, BEDROCK_EVENT_MESSAGE_START, event);
}

/* The families' words for what Converse's words say, too. Those that are the same in both are known
 * to the reader. */
static const char stop_words[] =
    "stop\0FINISH\0FINISHED\0COMPLETE\0endoftext\0eos_token\0length\0LENGTH\0MAX_TOKENS\0"
    "tool_calls\0TOOL_CALL\0STOP_SEQUENCE\0STOP_CRITERIA_MET\0CONTENT_FILTERED\0content_filter\0"
    "ERROR_TOXIC\0refusal\0ERROR_LIMIT\0";

/* What they mean, in the same order; then the reason for a word that is none of them. */
static const uint8_t stop_reasons[] = {
    BEDROCK_STOP_END_TURN,         BEDROCK_STOP_END_TURN,
    BEDROCK_STOP_END_TURN,         BEDROCK_STOP_END_TURN,
    BEDROCK_STOP_END_TURN,         BEDROCK_STOP_END_TURN,
    BEDROCK_STOP_MAX_TOKENS,       BEDROCK_STOP_MAX_TOKENS,
    BEDROCK_STOP_MAX_TOKENS,       BEDROCK_STOP_TOOL_USE,
    BEDROCK_STOP_TOOL_USE,         BEDROCK_STOP_STOP_SEQUENCE,
    BEDROCK_STOP_STOP_SEQUENCE,    BEDROCK_STOP_CONTENT_FILTERED,
    BEDROCK_STOP_CONTENT_FILTERED, BEDROCK_STOP_CONTENT_FILTERED,
    BEDROCK_STOP_CONTENT_FILTERED, BEDROCK_STOP_MODEL_CONTEXT_WINDOW_EXCEEDED,
    BEDROCK_STOP_UNKNOWN,
};

/* A guardrail that intervened is the reason, whatever the model's own was. */
static uint8_t stop_reason(const struct bdk_reader *reader)
{
    const char *word = reader->stop_text;

    if (reader->phase == BDK_REPLY_INTERVENED) {
        return BEDROCK_STOP_GUARDRAIL_INTERVENED;
    }
    return reader->stop_reason == BEDROCK_STOP_UNKNOWN
               ? stop_reasons[bdk_find_word(word, strlen(word), stop_words)]
               : reader->stop_reason;
}

int bdk_reply_end(struct bdk_reader *reader, struct bedrock_event *event)
{
    if (reader->open) {
        bdk_reader_close_block(reader, event);
        return BEDROCK_EVENT;
    }
    if (reader->phase < BDK_REPLY_STOPPED) {
        reader->stop_reason = stop_reason(reader);
        if (reader->phase == BDK_REPLY_INTERVENED) {
            reader->stopped |= BDK_STOPPED_REASON; /* whether or not the model gave one */
        }
        reader->phase = BDK_REPLY_STOPPED;
        if ((reader->stopped & BDK_STOPPED_REASON) != 0) {
            return bdk_reader_event(reader, BEDROCK_EVENT_STOP, event);
        }
    }
    if (reader->phase == BDK_REPLY_ENDED) {
        return 0;
    }
    reader->phase = BDK_REPLY_ENDED;
    return bdk_reader_event(reader, BEDROCK_EVENT_METADATA, event);
}
