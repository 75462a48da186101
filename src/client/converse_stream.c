/* SPDX-License-Identifier: MIT */
/* ConverseStream: the answer is a run of frames, each a small document. See bedrock/converse.h. */
#include "client/converse.h"

static const char event_words[] = "messageStart\0contentBlockStart\0contentBlockDelta\0"
                                  "contentBlockStop\0messageStop\0metadata\0";

/* The same, in the same order. */
enum frame_kind {
    MESSAGE_START,
    BLOCK_START,
    BLOCK_DELTA,
    BLOCK_STOP,
    MESSAGE_STOP,
    METADATA,
    OTHER_EVENT
};

/* An event that this version does not know goes to the caller as it is. */
static int raw_event(struct bedrock_client *client, struct bedrock_event *event)
{
    struct bdk_reader *reader = &client->reader;

    bdk_reader_event(reader, BEDROCK_EVENT_RAW, event);
    event->block = BEDROCK_BLOCK_UNKNOWN;
    event->text = reader->in;
    event->text_len = (size_t)(reader->end - reader->in);
    event->last = event->text_len == 0;
    event->name = client->own.frames.name;
    reader->in = reader->end;
    return BEDROCK_EVENT;
}

/* What the frame means, told when its checksum has proved right. Returns as the reader's block
 * functions do. */
static int end_frame(struct bedrock_client *client, struct bedrock_event *event)
{
    struct bdk_reader *reader = &client->reader;
    uint8_t kind = client->frame, start_kind = reader->start_kind;

    switch (kind) {
    case MESSAGE_START:
        return bdk_reader_event(reader, BEDROCK_EVENT_MESSAGE_START, event);
    case BLOCK_START:
        return start_kind != 0 ? bdk_reader_open_block(reader, (uint8_t)(start_kind - 1), event)
                               : 0;
    case BLOCK_STOP:
    case MESSAGE_STOP:
        if (reader->open) {
            return bdk_reader_close_block(reader, event);
        }
        return kind == MESSAGE_STOP && reader->stopped
                   ? bdk_reader_event(reader, BEDROCK_EVENT_STOP, event)
                   : 0;
    case METADATA:
        return bdk_reader_event(reader, BEDROCK_EVENT_METADATA, event);
    default:
        return 0;
    }
}

static int next_frame(struct bedrock_client *client, struct bedrock_event *event)
{
    int step = bdk_frames_next(client, event_words);

    if (step > BDK_FRAME_MORE && client->frame == OTHER_EVENT) {
        return raw_event(client, event);
    }
    if (step == BDK_FRAME_END) {
        client->frame_ending = 1;
        return bdk_document_check(client);
    }
    return step == BDK_FRAME_PAYLOAD ? 0 : step;
}

static int read_stream(struct bedrock_client *client, struct bedrock_event *event)
{
    struct bdk_reader *reader = &client->reader;
    int status;

    do {
        status = bdk_reader_next(reader, event);
        if (status != 0) {
            break;
        }
        if (client->frame_ending) {
            status = end_frame(client, event);
            client->frame_ending = status == 2;
        } else if (client->body != client->body_end) {
            status = next_frame(client, event);
        } else {
            return 0;
        }
    } while (status == 0);
    return status < 0 ? status : BEDROCK_EVENT;
}

static int end(struct bedrock_client *client, struct bedrock_event *event)
{
    int status = bedrock_event_stream_finish(&client->own.frames.decoder);

    (void)event;
    if (status != BEDROCK_OK) {
        return status;
    }
    return client->reader.stopped ? 0 : BEDROCK_E_ANSWER_INCOMPLETE;
}

static const struct bdk_operation operation = {
    .path = "/model/*/converse-stream",
    .render = bdk_converse_render,
    .answer_type = "application/vnd.amazon.eventstream",
    .nodes = &bdk_frame_nodes,
    .begin = bdk_frames_begin,
    .read = read_stream,
    .end = end,
};

int bedrock_converse_stream(bedrock_client *client, const struct bedrock_converse *request)
{
    return bdk_client_start(client, &operation, request);
}
