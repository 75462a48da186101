/* SPDX-License-Identifier: MIT */
/* ConverseStream: the answer is a run of frames, each a small document. See bedrock/converse.h. */
#include "client/converse.h"

#include "client/service_error.h"
#include "util/bytes.h"

#include <string.h>

static const char header_words[] = ":message-type\0:event-type\0:exception-type\0:error-code\0"
                                   ":error-message\0";
static const char type_words[] = "event\0exception\0error\0";
static const char event_words[] = "messageStart\0contentBlockStart\0contentBlockDelta\0"
                                  "contentBlockStop\0messageStop\0metadata\0";

/* The same, in the same order. */
enum header { MESSAGE_TYPE, EVENT_TYPE, EXCEPTION_TYPE, ERROR_CODE, ERROR_MESSAGE, OTHER_HEADER };
enum message_type { EVENT, EXCEPTION, ERROR, OTHER_TYPE };

/* What a frame is. */
enum frame_kind {
    MESSAGE_START,
    BLOCK_START,
    BLOCK_DELTA,
    BLOCK_STOP,
    MESSAGE_STOP,
    METADATA,
    OTHER_EVENT,
    FAILURE,
    NOT_KNOWN /* its headers are being read */
};

static void begin(struct bedrock_client *client)
{
    struct bdk_frames *frames = &client->frames;

    bdk_reader_init(&client->reader, &bdk_frame_nodes, &client->usage);
    frames->ending = 0;
    bedrock_event_stream_init(&frames->decoder, frames->header_names, sizeof frames->header_names);
}

static int begin_frame(struct bedrock_client *client)
{
    struct bdk_frames *frames = &client->frames;

    frames->kind = NOT_KNOWN;
    frames->type[0] = frames->name[0] = '\0';
    bdk_answer_error_begin(client); /* it may be a failure */
    return 0;
}

static int take_header(struct bedrock_client *client,
                       const struct bedrock_event_stream_event *header)
{
    struct bdk_frames *frames = &client->frames;
    uint8_t which = bdk_find_word(header->name, header->name_len, header_words);
    char *field = frames->name;
    size_t cap = sizeof frames->name;

    if (which == MESSAGE_TYPE) {
        field = frames->type;
        cap = sizeof frames->type;
    } else if (which == ERROR_MESSAGE) {
        field = client->message;
        cap = sizeof client->message;
    } else if (which == OTHER_HEADER) {
        return 0;
    }
    return bdk_append(field, cap, (const char *)header->data, header->len) && which != ERROR_MESSAGE
               ? BEDROCK_E_FIELD_SIZE
               : 0;
}

/* All headers are known. What is the message? */
static int begin_payload(struct bedrock_client *client)
{
    struct bdk_frames *frames = &client->frames;

    switch (bdk_find_word(frames->type, strlen(frames->type), type_words)) {
    case EVENT:
        frames->kind = bdk_find_word(frames->name, strlen(frames->name), event_words);
        bdk_reader_begin(&client->reader);
        return 0;
    case EXCEPTION:
    case ERROR:
        frames->kind = FAILURE;
        return 0;
    default:
        return BEDROCK_E_EVENT_STREAM_FORMAT;
    }
}

/* An event that this version does not know goes to the caller as it is. */
static int raw_event(struct bedrock_client *client, const char *text, size_t len,
                     struct bedrock_event *event)
{
    bdk_reader_event(&client->reader, BEDROCK_EVENT_RAW, event);
    event->block = BEDROCK_BLOCK_UNKNOWN;
    event->text = text;
    event->text_len = len;
    event->last = len == 0;
    event->name = client->frames.name;
    return BEDROCK_EVENT;
}

static int take_payload(struct bedrock_client *client, const char *text, size_t len,
                        struct bedrock_event *event)
{
    if (client->frames.kind == OTHER_EVENT) {
        return raw_event(client, text, len, event);
    }
    if (client->frames.kind == FAILURE) {
        bdk_answer_error_body(client, text, len);
        return 0;
    }
    client->reader.in = text;
    client->reader.end = text + len;
    return 0;
}

static int take_end(struct bedrock_client *client, struct bedrock_event *event)
{
    struct bdk_frames *frames = &client->frames;
    struct bedrock_json_event token;
    int status;

    if (frames->kind == OTHER_EVENT) {
        return raw_event(client, "", 0, event);
    }
    if (frames->kind == FAILURE) {
        bdk_answer_error_type(client, frames->name, strlen(frames->name));
        return bdk_service_status(client->error.type, client->error.http_status);
    }
    status = bedrock_json_finish(&client->reader.json, &token);
    frames->ending = status == BEDROCK_OK;
    return status > 0 ? BEDROCK_E_JSON_SHAPE : status; /* a bare number is no event */
}

static int take_message(struct bedrock_client *client,
                        const struct bedrock_event_stream_event *message,
                        struct bedrock_event *event)
{
    int status = 0;

    if (message->type == BEDROCK_EVENT_STREAM_MESSAGE) {
        return begin_frame(client);
    }
    if (message->type == BEDROCK_EVENT_STREAM_HEADER) {
        return take_header(client, message);
    }
    if (client->frames.kind == NOT_KNOWN) {
        status = begin_payload(client);
    }
    if (status != 0) {
        return status;
    }
    return message->type == BEDROCK_EVENT_STREAM_END
               ? take_end(client, event)
               : take_payload(client, (const char *)message->data, message->len, event);
}

/* What the frame means, told when its checksum has proved right. Returns as the reader's block
 * functions do. */
static int end_frame(struct bedrock_client *client, struct bedrock_event *event)
{
    struct bdk_reader *reader = &client->reader;
    uint8_t kind = client->frames.kind;

    if (kind == BLOCK_START && reader->start_kind != 0) {
        return bdk_reader_open_block(reader, (uint8_t)(reader->start_kind - 1), event);
    }
    if (reader->open && (kind == BLOCK_STOP || kind == MESSAGE_STOP)) {
        return bdk_reader_close_block(reader, event);
    }
    if (kind == MESSAGE_START) {
        return bdk_reader_event(reader, BEDROCK_EVENT_MESSAGE_START, event);
    }
    if (kind == MESSAGE_STOP && reader->stopped) {
        return bdk_reader_event(reader, BEDROCK_EVENT_STOP, event);
    }
    return kind == METADATA ? bdk_reader_event(reader, BEDROCK_EVENT_METADATA, event) : 0;
}

static int next_message(struct bedrock_client *client, struct bedrock_event *event)
{
    struct bedrock_event_stream_event message;
    const uint8_t *in = (const uint8_t *)client->body;
    int status = bedrock_event_stream_next(&client->frames.decoder, &in,
                                           (const uint8_t *)client->body_end, &message);

    client->body = (const char *)in;
    return status <= 0 ? status : take_message(client, &message, event);
}

static int read_stream(struct bedrock_client *client, struct bedrock_event *event)
{
    struct bdk_frames *frames = &client->frames;
    struct bdk_reader *reader = &client->reader;
    int status;

    do {
        if (reader->in != reader->end || reader->token_kept) {
            status = bdk_reader_next(reader, event);
        } else if (frames->ending) {
            status = end_frame(client, event);
            frames->ending = status == 2;
        } else if (client->body == client->body_end) {
            return 0;
        } else {
            status = next_message(client, event);
        }
    } while (status == 0);
    return status < 0 ? status : BEDROCK_EVENT;
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
