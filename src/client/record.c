/* SPDX-License-Identifier: MIT */
#include "client/record.h"

#include "util/bytes.h"

#include <stddef.h>
#include <string.h>

int bdk_record_field(struct bdk_reader *reader, struct bedrock_event *event)
{
    const struct bedrock_json_event *token = &reader->token;
    int status;

    if (token->len == 0 && !token->last) {
        return 0;
    }
    if (token->type == BEDROCK_JSON_STRING) {
        status = bdk_reader_joined_text(reader, BEDROCK_EVENT_FIELD, event);
    } else if (token->type == BEDROCK_JSON_NUMBER ||
               (token->type == BEDROCK_JSON_RAW && reader->raw_first != 'n')) {
        status = bdk_reader_text(reader, BEDROCK_EVENT_FIELD, token->text, token->len, event);
    } else {
        return 0;
    }
    if (status != 0) {
        event->name = reader->word;
        event->last = status == 1 && token->last;
    }
    return status;
}

/* A container that is a block of its own: opened at its begin, closed at its end. */
static int take_container(struct bdk_reader *reader, uint8_t block, int begins,
                          struct bedrock_event *event)
{
    if (begins && !reader->open) {
        reader->frame_index = reader->index + 1;
        return bdk_reader_open_block(reader, block, event);
    }
    return !begins && reader->open ? bdk_reader_close_block(reader, event) : 0;
}

static int take_number(struct bdk_reader *reader, struct bedrock_event *event)
{
    if (reader->token.type != BEDROCK_JSON_NUMBER) {
        return 0;
    }
    if (bdk_reader_hold(reader)) {
        return BEDROCK_E_FIELD_SIZE;
    }
    return reader->token.last ? bdk_reader_text(reader, BEDROCK_EVENT_VECTOR, reader->word,
                                                strlen(reader->word), event)
                              : 0;
}

/* Each string of the list is a block: with its last piece the next one's number is due. */
static int take_picture(struct bdk_reader *reader, struct bedrock_event *event)
{
    const struct bedrock_json_event *token = &reader->token;

    if (token->type != BEDROCK_JSON_STRING || (token->len == 0 && !reader->open)) {
        return 0;
    }
    if (bdk_reader_open_block(reader, BEDROCK_BLOCK_IMAGE, event) != 0) {
        return 2;
    }
    if (token->last) {
        reader->frame_index = reader->index + 1;
    }
    return token->len == 0
               ? 0
               : bdk_reader_text(reader, BEDROCK_EVENT_IMAGE, token->text, token->len, event);
}

/* The client whose reader it is. */
static struct bedrock_client *client_of(struct bdk_reader *reader)
{
    return (struct bedrock_client *)(void *)((uint8_t *)reader -
                                             offsetof(struct bedrock_client, reader));
}

/* Half a surrogate pair, which is alone there, is no text: U+FFFD stands for it. */
static const char *whole_text(const struct bedrock_json_event *token)
{
    return token->len == 3 && (uint8_t)token->text[0] == 0xED && (uint8_t)token->text[1] >= 0xA0
               ? "\xEF\xBF\xBD"
               : token->text;
}

/* In a stream the memory of messages is in use; and only pictures come with an excuse. */
static void take_failure(struct bdk_reader *reader)
{
    const struct bedrock_json_event *token = &reader->token;
    struct bedrock_client *client = client_of(reader);

    if (token->type == BEDROCK_JSON_STRING && reader->unary && !client->message_tag) {
        /* What was cut gets nothing more: it would have a hole. Of several excuses the first one
         * counts. */
        client->message_tag =
            bdk_append(client->text.message, BDK_MESSAGE_CAP, whole_text(token), token->len) ||
            (token->last && client->text.message[0] != '\0');
    }
}

int bdk_record_take(struct bdk_reader *reader, struct bedrock_event *event)
{
    enum bedrock_json_type type = reader->token.type;

    switch (reader->tag) {
    case BDK_TAG_FIELD:
    case BDK_TAG_FIELD_JSON:
        return bdk_record_field(reader, event);
    case BDK_TAG_RECORD:
        return take_container(reader, BEDROCK_BLOCK_RECORD, type == BEDROCK_JSON_OBJECT_BEGIN,
                              event);
    case BDK_TAG_VECTOR_LIST:
        return take_container(reader, BEDROCK_BLOCK_VECTOR, type == BEDROCK_JSON_ARRAY_BEGIN,
                              event);
    case BDK_TAG_VECTOR:
        return take_number(reader, event);
    case BDK_TAG_PICTURE:
        return take_picture(reader, event);
    case BDK_TAG_FAILURE:
        take_failure(reader);
        return 0;
    case BDK_TAG_PROOF:
        reader->stopped |= type == BEDROCK_JSON_OBJECT_BEGIN ? BDK_STOPPED_PROOF : 0;
        return 0;
    default:
        return 0;
    }
}
