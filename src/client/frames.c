/* SPDX-License-Identifier: MIT */
/* Answers that are a stream of frames: what each frame is, and failures in the midst of it. */
#include "client/client.h"

#include "client/service_error.h"
#include "util/bytes.h"

#include <string.h>

static const char header_words[] = ":message-type\0:event-type\0:exception-type\0:error-code\0"
                                   ":error-message\0";
static const char type_words[] = "event\0exception\0error\0";

/* The same, in the same order. */
enum header { MESSAGE_TYPE, EVENT_TYPE, EXCEPTION_TYPE, ERROR_CODE, ERROR_MESSAGE, OTHER_HEADER };
enum message_type { EVENT, EXCEPTION, ERROR, OTHER_TYPE };

/* A frame that is no event, or is not known yet: its headers are being read. */
enum { FAILURE = 254, NOT_KNOWN = 255 };

void bdk_frames_begin(struct bedrock_client *client)
{
    struct bdk_frames *frames = &client->own.frames;

    client->frame_ending = 0;
    bedrock_event_stream_init(&frames->decoder, frames->header_names, sizeof frames->header_names);
}

static int begin_frame(struct bedrock_client *client)
{
    struct bdk_frames *frames = &client->own.frames;

    client->frame = NOT_KNOWN;
    frames->type[0] = frames->name[0] = '\0';
    bdk_answer_error_begin(client); /* it may be a failure */
    return 0;
}

static int take_header(struct bedrock_client *client,
                       const struct bedrock_event_stream_event *header)
{
    struct bdk_frames *frames = &client->own.frames;
    uint8_t which = bdk_find_word(header->name, header->name_len, header_words);
    char *field = frames->name;
    size_t cap = sizeof frames->name;

    if (which == MESSAGE_TYPE) {
        field = frames->type;
        cap = sizeof frames->type;
    } else if (which == ERROR_MESSAGE) {
        field = client->text.message;
        cap = sizeof client->text.message;
    } else if (which == OTHER_HEADER) {
        return 0;
    }
    return bdk_append(field, cap, (const char *)header->data, header->len) && which != ERROR_MESSAGE
               ? BEDROCK_E_FIELD_SIZE
               : 0;
}

/* All headers are known. What is the message? */
static int begin_payload(struct bedrock_client *client, const char *event_words)
{
    struct bdk_frames *frames = &client->own.frames;

    switch (bdk_find_word(frames->type, strlen(frames->type), type_words)) {
    case EVENT:
        client->frame = bdk_find_word(frames->name, strlen(frames->name), event_words);
        bdk_reader_begin(&client->reader);
        return 0;
    case EXCEPTION:
    case ERROR:
        client->frame = FAILURE;
        return 0;
    default:
        return BEDROCK_E_EVENT_STREAM_FORMAT;
    }
}

/* The end of the frame, and of the answer. Without a name in the headers the payload's counts. */
static int fail(struct bedrock_client *client)
{
    const char *name = client->own.frames.name;

    if (name[0] != '\0') {
        bdk_answer_error_type(client, name, strlen(name));
    }
    return bdk_service_status(client->error.type, client->error.http_status);
}

static int take_payload(struct bedrock_client *client,
                        const struct bedrock_event_stream_event *message)
{
    struct bdk_reader *reader = &client->reader;
    const char *text = (const char *)message->data;
    int is_end = message->type == BEDROCK_EVENT_STREAM_END;

    if (client->frame == FAILURE) {
        if (is_end) {
            return fail(client);
        }
        bdk_answer_error_body(client, text, message->len);
        return 0;
    }
    if (is_end) {
        return BDK_FRAME_END;
    }
    reader->in = text;
    reader->end = text + message->len;
    return BDK_FRAME_PAYLOAD;
}

static int take_message(struct bedrock_client *client,
                        const struct bedrock_event_stream_event *message, const char *event_words)
{
    int status = 0;

    if (message->type == BEDROCK_EVENT_STREAM_MESSAGE) {
        return begin_frame(client);
    }
    if (message->type == BEDROCK_EVENT_STREAM_HEADER) {
        return take_header(client, message);
    }
    if (client->frame == NOT_KNOWN) {
        status = begin_payload(client, event_words);
    }
    return status != 0 ? status : take_payload(client, message);
}

int bdk_frames_next(struct bedrock_client *client, const char *event_words)
{
    struct bedrock_event_stream_event message;
    const uint8_t *in = (const uint8_t *)client->body;
    int status = bedrock_event_stream_next(&client->own.frames.decoder, &in,
                                           (const uint8_t *)client->body_end, &message);

    client->body = (const char *)in;
    return status <= 0 ? status : take_message(client, &message, event_words);
}
