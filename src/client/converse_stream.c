/* SPDX-License-Identifier: MIT */
/* ConverseStream: the answer is a run of frames, each a small document. See bedrock/converse.h. */
#include "client/converse.h"

#include "client/service_error.h"
#include "util/bytes.h"

#include <string.h>

enum message_kind {
    MESSAGE_NONE,
    MESSAGE_EVENT,
    MESSAGE_UNKNOWN_EVENT,
    MESSAGE_EXCEPTION,
    MESSAGE_ERROR
};

struct frame_kind {
    const char *name;
    uint8_t root; /* enum bdk_root */
    /* What the frame means, told when its checksum has proved right. Returns as the reader's block
     * functions do. */
    int (*end)(struct bedrock_client *client, struct bedrock_event *event);
};

static int end_message_start(struct bedrock_client *client, struct bedrock_event *event)
{
    bdk_reader_event(&client->reader, BEDROCK_EVENT_MESSAGE_START, event);
    return 1;
}

static int end_block_start(struct bedrock_client *client, struct bedrock_event *event)
{
    struct bdk_reader *reader = &client->reader;

    return reader->start_kind == 0
               ? 0
               : bdk_reader_open_block(reader, (enum bedrock_block)(reader->start_kind - 1), event);
}

static int end_block_delta(struct bedrock_client *client, struct bedrock_event *event)
{
    (void)client;
    (void)event;
    return 0;
}

static int end_block_stop(struct bedrock_client *client, struct bedrock_event *event)
{
    struct bdk_reader *reader = &client->reader;

    return reader->open ? bdk_reader_close_block(reader, event) : 0;
}

static int end_message_stop(struct bedrock_client *client, struct bedrock_event *event)
{
    struct bdk_reader *reader = &client->reader;

    if (reader->open) {
        bdk_reader_close_block(reader, event);
        return 2;
    }
    if (!reader->stopped) {
        return BEDROCK_E_JSON_SHAPE;
    }
    bdk_reader_stop_event(reader, event);
    return 1;
}

static int end_metadata(struct bedrock_client *client, struct bedrock_event *event)
{
    bdk_reader_event(&client->reader, BEDROCK_EVENT_METADATA, event);
    event->usage = &client->usage;
    return 1;
}

static const struct frame_kind frame_kinds[] = {
    {"messageStart", BDK_ROOT_MESSAGE, end_message_start},
    {"contentBlockStart", BDK_ROOT_FRAME, end_block_start},
    {"contentBlockDelta", BDK_ROOT_FRAME, end_block_delta},
    {"contentBlockStop", BDK_ROOT_FRAME, end_block_stop},
    {"messageStop", BDK_ROOT_REPLY, end_message_stop},
    {"metadata", BDK_ROOT_REPLY, end_metadata},
};

static void begin(struct bedrock_client *client)
{
    struct bdk_frames *frames = &client->frames;

    bdk_reader_init(&client->reader, &bdk_frame_nodes);
    memset(frames, 0, sizeof *frames);
    bedrock_event_stream_init(&frames->decoder, frames->header_names, sizeof frames->header_names);
}

static int take_header(struct bedrock_client *client,
                       const struct bedrock_event_stream_event *header)
{
    struct bdk_frames *frames = &client->frames;
    const char *piece = (const char *)header->data;

    if (bdk_equal(header->name, header->name_len, ":message-type")) {
        return bdk_append(frames->type, sizeof frames->type, piece, header->len)
                   ? BEDROCK_E_FIELD_SIZE
                   : 0;
    }
    if (bdk_equal(header->name, header->name_len, ":event-type") ||
        bdk_equal(header->name, header->name_len, ":exception-type") ||
        bdk_equal(header->name, header->name_len, ":error-code")) {
        return bdk_append(frames->name, sizeof frames->name, piece, header->len)
                   ? BEDROCK_E_FIELD_SIZE
                   : 0;
    }
    if (bdk_equal(header->name, header->name_len, ":error-message")) {
        bdk_append(client->message, sizeof client->message, piece, header->len);
    }
    return 0;
}

/* All headers are known. What is the message? */
static int begin_payload(struct bedrock_client *client)
{
    struct bdk_frames *frames = &client->frames;
    uint8_t i = 0;

    if (bdk_same(frames->type, "exception")) {
        frames->message = MESSAGE_EXCEPTION;
        bdk_answer_error_begin(client);
        return 0;
    }
    if (bdk_same(frames->type, "error")) {
        frames->message = MESSAGE_ERROR;
        return 0;
    }
    if (!bdk_same(frames->type, "event")) {
        return BEDROCK_E_EVENT_STREAM_FORMAT;
    }
    while (i < BDK_COUNT(frame_kinds) && !bdk_same(frames->name, frame_kinds[i].name)) {
        i++;
    }
    frames->kind = i;
    frames->message = i < BDK_COUNT(frame_kinds) ? MESSAGE_EVENT : MESSAGE_UNKNOWN_EVENT;
    if (frames->message == MESSAGE_EVENT) {
        bdk_reader_begin(&client->reader, (enum bdk_root)frame_kinds[i].root);
    }
    if (frame_kinds[i % BDK_COUNT(frame_kinds)].end == end_block_start) {
        client->reader.tool_use_id[0] = client->reader.name[0] = '\0';
    }
    return 0;
}

/* An event that this version does not know goes to the caller as it is. */
static int raw_event(struct bedrock_client *client, const struct bedrock_event_stream_event *piece,
                     int last, struct bedrock_event *event)
{
    bdk_reader_event(&client->reader, BEDROCK_EVENT_RAW, event);
    event->block = BEDROCK_BLOCK_UNKNOWN;
    event->text = last ? "" : (const char *)piece->data;
    event->text_len = last ? 0 : piece->len;
    event->last = (uint8_t)last;
    event->name = client->frames.name;
    return BEDROCK_EVENT;
}

static int take_payload(struct bedrock_client *client,
                        const struct bedrock_event_stream_event *piece, struct bedrock_event *event)
{
    const char *text = (const char *)piece->data;

    switch (client->frames.message) {
    case MESSAGE_EVENT:
        client->reader.in = text;
        client->reader.end = text + piece->len;
        return 0;
    case MESSAGE_UNKNOWN_EVENT:
        return raw_event(client, piece, 0, event);
    case MESSAGE_EXCEPTION:
        bdk_answer_error_body(client, text, piece->len);
        return 0;
    default:
        return 0;
    }
}

static int take_end(struct bedrock_client *client, struct bedrock_event *event)
{
    struct bdk_frames *frames = &client->frames;
    struct bedrock_json_event token;
    int status;

    switch (frames->message) {
    case MESSAGE_EVENT:
        status = bedrock_json_finish(&client->reader.json, &token);
        frames->ending = status == BEDROCK_OK;
        return status > 0 ? BEDROCK_E_JSON_SHAPE : status; /* a bare number is no event */
    case MESSAGE_UNKNOWN_EVENT:
        return raw_event(client, NULL, 1, event);
    default:
        bdk_answer_error_type(client, frames->name, strlen(frames->name));
        return bdk_service_status(client->error.type, client->error.http_status);
    }
}

static int take_message(struct bedrock_client *client,
                        const struct bedrock_event_stream_event *message,
                        struct bedrock_event *event)
{
    struct bdk_frames *frames = &client->frames;
    int status = 0;

    if (message->type == BEDROCK_EVENT_STREAM_MESSAGE) {
        frames->message = MESSAGE_NONE;
        frames->type[0] = frames->name[0] = '\0';
        return 0;
    }
    if (message->type == BEDROCK_EVENT_STREAM_HEADER) {
        return take_header(client, message);
    }
    if (frames->message == MESSAGE_NONE) {
        status = begin_payload(client);
    }
    if (status != 0) {
        return status;
    }
    return message->type == BEDROCK_EVENT_STREAM_END ? take_end(client, event)
                                                     : take_payload(client, message, event);
}

static int next_message(struct bedrock_client *client, struct bedrock_event_stream_event *message)
{
    const uint8_t *in = (const uint8_t *)client->body;
    int status = bedrock_event_stream_next(&client->frames.decoder, &in,
                                           (const uint8_t *)client->body_end, message);

    client->body = (const char *)in;
    return status;
}

static int read_stream(struct bedrock_client *client, struct bedrock_event *event)
{
    struct bdk_frames *frames = &client->frames;
    struct bdk_reader *reader = &client->reader;
    struct bedrock_event_stream_event message;
    int status;

    for (;;) {
        status =
            reader->in != reader->end || reader->token_kept ? bdk_reader_next(client, event) : 0;
        if (status != 0) {
            return status;
        }
        if (frames->ending) {
            status = frame_kinds[frames->kind].end(client, event);
            frames->ending = status == 2;
        } else {
            status = next_message(client, &message);
            if (status <= 0) {
                return status;
            }
            status = take_message(client, &message, event);
        }
        if (status != 0) {
            return status < 0 ? status : BEDROCK_EVENT;
        }
    }
}

static int end(struct bedrock_client *client, struct bedrock_event *event)
{
    int status = bedrock_event_stream_finish(&client->frames.decoder);

    (void)event;
    if (status != BEDROCK_OK) {
        return status;
    }
    return client->reader.stopped ? 0 : BEDROCK_E_ANSWER_INCOMPLETE;
}

static int write_path(struct bedrock_output *out, const void *request)
{
    return bdk_converse_write_path(out, request, "/converse-stream");
}

static const struct bdk_operation operation = {
    "POST",      write_path, bdk_converse_render, "application/vnd.amazon.eventstream", begin,
    read_stream, end,
};

int bedrock_converse_stream(bedrock_client *client, const struct bedrock_converse *request)
{
    return bdk_converse_start(client, &operation, request);
}
