/* SPDX-License-Identifier: MIT */
/* The beginning and the end of an answer in a model's own format; what lies between is the table's
 * business. Source: Amazon Bedrock user guide, inference parameters of each family. */
#include "client/invoke.h"

#include "util/bytes.h"

#include <string.h>

static const struct bedrock_json_node root[] = {{0, BDK_TAG_NONE, ""}};
const struct bdk_nodes bdk_no_nodes = {root, BDK_COUNT(root), NULL};

const struct bdk_nodes *bdk_reply_nodes(const struct bedrock_client *client)
{
    const struct bedrock_invoke_model *request = client->request;
    const struct bedrock_reply *reply = request->reply;

    if (reply == NULL && request->body.kind != NULL) {
        reply = request->body.kind->reply;
    }
    return reply != NULL ? &reply->nodes : &bdk_no_nodes;
}

/* Of bdk_reader.phase. */
enum { NOT_BEGUN, BEGUN, STOPPED, ENDED };

int bdk_reply_start(struct bedrock_client *client, struct bedrock_event *event)
{
    struct bdk_reader *reader = &client->reader;

    if (reader->phase != NOT_BEGUN) {
        return 0;
    }
    reader->phase = BEGUN;
    return bdk_reader_event(reader, BEDROCK_EVENT_MESSAGE_START, event);
}

/* The families' words for what Converse's words say, too. Those that are the same in both are known
 * to the reader. */
static const struct {
    uint8_t reason;
    const char *words;
} stops[] = {
    {BEDROCK_STOP_END_TURN, "stop\0FINISH\0COMPLETE\0endoftext\0FINISHED\0eos_token\0"},
    {BEDROCK_STOP_MAX_TOKENS, "length\0LENGTH\0MAX_TOKENS\0"},
    {BEDROCK_STOP_TOOL_USE, "tool_calls\0"},
    {BEDROCK_STOP_STOP_SEQUENCE, "STOP_SEQUENCE\0STOP_CRITERIA_MET\0"},
    {BEDROCK_STOP_CONTENT_FILTERED, "CONTENT_FILTERED\0content_filter\0ERROR_TOXIC\0"},
    {BEDROCK_STOP_MODEL_CONTEXT_WINDOW_EXCEEDED, "ERROR_LIMIT\0"},
};

static int has_word(const char *text, size_t len, const char *words)
{
    while (*words != '\0' && !bdk_equal(text, len, words)) {
        words += strlen(words) + 1;
    }
    return *words != '\0';
}

static uint8_t read_stop(const char *word)
{
    size_t i, len = strlen(word);

    for (i = 0; i < BDK_COUNT(stops); i++) {
        if (has_word(word, len, stops[i].words)) {
            return stops[i].reason;
        }
    }
    return BEDROCK_STOP_UNKNOWN;
}

int bdk_reply_end(struct bedrock_client *client, struct bedrock_event *event)
{
    struct bdk_reader *reader = &client->reader;

    if (reader->open) {
        bdk_reader_close_block(reader, event);
        return BEDROCK_EVENT;
    }
    if (reader->phase < STOPPED) {
        reader->phase = STOPPED;
        if (reader->stopped & BDK_STOPPED_REASON) {
            if (reader->stop_reason == BEDROCK_STOP_UNKNOWN) {
                reader->stop_reason = read_stop(reader->stop_text);
            }
            return bdk_reader_event(reader, BEDROCK_EVENT_STOP, event);
        }
    }
    if (reader->phase == ENDED) {
        return 0;
    }
    reader->phase = ENDED;
    return bdk_reader_event(reader, BEDROCK_EVENT_METADATA, event);
}
