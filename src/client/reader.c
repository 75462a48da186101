/* SPDX-License-Identifier: MIT */
/* See client/reader.h. */
#include "client/reader.h"

#include "bedrock/error.h"

#include <string.h>

void bdk_reader_init(struct bdk_reader *reader, const struct bdk_nodes *nodes,
                     struct bedrock_usage *usage)
{
    memset(reader, 0, sizeof *reader);
    reader->usage = usage;
    reader->nodes = nodes;
    reader->index = -1;
    bdk_reader_begin(reader);
}

void bdk_reader_begin(struct bdk_reader *reader)
{
    bedrock_json_init(&reader->json);
    reader->json.allow_lone_surrogates = 1;
    bedrock_json_path_init(&reader->path, reader->nodes->nodes);
    reader->in = reader->end = "";
    reader->frame_index = BDK_INDEX_NOT_SAID;
    reader->start_kind = 0;
}

/* ------------------------------------------------------------------ events */

static const char *given(const struct bdk_reader *reader, const char *text)
{
    return reader->open && text[0] != '\0' ? text : NULL;
}

int bdk_reader_event(const struct bdk_reader *reader, uint8_t type, struct bedrock_event *event)
{
    event->type = (enum bedrock_event_type)type;
    event->role = (enum bedrock_role)reader->role;
    event->block = (enum bedrock_block)reader->block;
    event->block_index = reader->index;
    event->text = NULL;
    event->text_len = 0;
    event->last = 0;
    event->tool_use_id = given(reader, reader->tool_use_id);
    event->name = given(reader, reader->name);
    event->stop_reason = (enum bedrock_stop_reason)reader->stop_reason;
    event->stop_reason_text = reader->stop_text;
    event->usage = reader->usage;
    return BEDROCK_EVENT;
}

/* What was said of the last block, or of one that did not come. */
static void forget_block(struct bdk_reader *reader)
{
    reader->start_kind = 0;
    reader->tool_use_id[0] = reader->name[0] = '\0';
}

/* Blocks have an index, and need have no start: a block is open as soon as something in it comes.
 */
int bdk_reader_open_block(struct bdk_reader *reader, uint8_t kind, struct bedrock_event *event)
{
    int32_t index = reader->frame_index;

    if (index < 0) {
        index = reader->index + !reader->open;
        reader->frame_index = BDK_INDEX_GUESSED;
    }
    if (!reader->open) {
        if (reader->start_kind == 0) {
            forget_block(reader); /* the names are those of another one */
        }
        reader->open = 1;
        reader->block = kind;
        reader->index = index;
        bdk_reader_event(reader, BEDROCK_EVENT_BLOCK_START, event);
        return 2;
    }
    if (index != reader->index) {
        return bdk_reader_close_block(reader, event);
    }
    if (reader->block == BEDROCK_BLOCK_UNKNOWN || kind == BEDROCK_BLOCK_SERVER_TOOL_USE) {
        reader->block = kind; /* now it is known better */
    }
    return 0;
}

int bdk_reader_text(struct bdk_reader *reader, uint8_t type, const char *text, size_t len,
                    struct bedrock_event *event)
{
    bdk_reader_event(reader, type, event);
    event->text = text;
    event->text_len = len;
    return BEDROCK_EVENT;
}

/* What stands for half a surrogate pair that is alone: three bytes, as that would have. */
static const char replacement[] = "\xEF\xBF\xBD";

int bdk_reader_close_block(struct bdk_reader *reader, struct bedrock_event *event)
{
    if (reader->half_type != 0) { /* the other half did not come */
        bdk_reader_text(reader, reader->half_type, replacement, 3, event);
        reader->half_type = 0;
    } else {
        bdk_reader_event(reader, BEDROCK_EVENT_BLOCK_STOP, event);
        reader->open = 0;
    }
    return 2;
}

/* ------------------------------------------------------------------ pieces */

/*
 * Makes whole code points of halves, which the tokenizer hands on as pieces of their own, in three
 * bytes as if they were code points: ED A0..AF xx the first, ED B0..BF xx the second. The first one
 * waits, in the form of the code point's four bytes as far as they are known.
 */
int bdk_reader_joined_text(struct bdk_reader *reader, uint8_t type, struct bedrock_event *event)
{
    const char *text = reader->token.text;
    size_t len = reader->token.len;
    const uint8_t *bytes = (const uint8_t *)text;
    unsigned half = len == 3 && bytes[0] == 0xED ? bytes[1] & 0xF0u : 0, high;

    if (half == 0xB0 && reader->half_type == type) {
        reader->half_type = 0;
        reader->joined[2] = (char)((uint8_t)reader->joined[2] | (bytes[1] & 0x0Fu));
        reader->joined[3] = (char)bytes[2];
        text = reader->joined;
        len = sizeof reader->joined;
    } else if (reader->half_type != 0) {
        return bdk_reader_close_block(reader, event); /* which begins with that half */
    } else if (half == 0xB0) {
        text = replacement;
    } else if (half == 0xA0) {
        high = ((bytes[1] & 0x0Fu) << 6 | (bytes[2] & 0x3Fu)) + (0x10000u >> 10);
        reader->joined[0] = (char)(0xF0u | high >> 8);
        reader->joined[1] = (char)(0x80u | (high >> 2 & 0x3Fu));
        reader->joined[2] = (char)(0x80u | (high & 3u) << 4);
        reader->half_type = type;
        return 0;
    }
    return bdk_reader_text(reader, type, text, len, event);
}

int bdk_reader_hold(struct bdk_reader *reader)
{
    const struct bedrock_json_event *token = &reader->token;
    size_t at = reader->word_len;
    int fits = token->len < sizeof reader->word - at;

    if (fits) {
        memcpy(reader->word + at, token->text, token->len);
        at += token->len;
    } else {
        at = sizeof reader->word;
    }
    reader->word[fits ? at : 0] = '\0';
    reader->word_len = (uint8_t)(token->last ? 0 : at);
    return !fits;
}

/* ------------------------------------------------------------------ tokens */

/* Is the next value asked for as it stands? Of a list each citation is. */
static int wants_raw(const struct bdk_reader *reader)
{
    char tag = reader->tag;

    if (reader->token.type == BEDROCK_JSON_KEY) {
        return (tag >= BDK_TAG_TOOL_INPUT && tag <= BDK_TAG_RESPONSE_FIELDS) ||
               tag == BDK_TAG_OWN_JSON;
    }
    return tag == BDK_TAG_CITATION
               ? reader->unary && reader->token.last
               : tag == BDK_TAG_CITATION_LIST && reader->token.type == BEDROCK_JSON_ARRAY_BEGIN;
}

/* Tells the token where it stands. */
static int next_token(struct bdk_reader *reader)
{
    int status = bedrock_json_next(&reader->json, &reader->in, reader->end, &reader->token);

    if (status <= 0) {
        return status;
    }
    reader->tag = bedrock_json_path_next(&reader->path, &reader->token);
    if (reader->raw_begins) {
        reader->raw_first = reader->token.text[0];
    }
    reader->raw_begins = (uint8_t)wants_raw(reader);
    if (reader->raw_begins) {
        bedrock_json_raw(&reader->json);
    }
    return status;
}

/* A block has a begin and an end, what announces one has a begin. */
static int take_object(struct bdk_reader *reader, int begins, struct bedrock_event *event)
{
    int is_block = reader->tag == BDK_TAG_BLOCK;

    if (begins && reader->tag == BDK_TAG_MESSAGE) {
        return bdk_reader_event(reader, BEDROCK_EVENT_MESSAGE_START, event);
    }
    if (!is_block && !(begins && reader->tag == BDK_TAG_START)) {
        return 0;
    }
    if (reader->open) { /* at a begin: the end of the one before did not come */
        return bdk_reader_close_block(reader, event);
    }
    if (!begins) {
        reader->index = reader->frame_index; /* an empty block leaves its number, too */
        return 0;
    }
    if (is_block) {
        reader->frame_index = reader->index + 1;
    }
    forget_block(reader);
    return 0;
}

/* 2: an event that goes first, the token is to be looked at again; 1: an event; 0: none. */
static int take_token(struct bdk_reader *reader, struct bedrock_event *event)
{
    enum bedrock_json_type type = reader->token.type;

    if (type == BEDROCK_JSON_KEY) {
        bdk_reader_hold(reader);
        return 0;
    }
    if (reader->tag >= BDK_TAG_OWN && reader->tag < BDK_TAG_INPUT_TOKENS) {
        return reader->nodes->take(reader, event);
    }
    if (type == BEDROCK_JSON_STRING || type == BEDROCK_JSON_NUMBER || type == BEDROCK_JSON_RAW) {
        return bdk_value_take(reader, event);
    }
    return type <= BEDROCK_JSON_OBJECT_END
               ? take_object(reader, type == BEDROCK_JSON_OBJECT_BEGIN, event)
               : 0;
}

int bdk_reader_next(struct bdk_reader *reader, struct bedrock_event *event)
{
    int status;

    do {
        if (!reader->token_kept) {
            status = next_token(reader);
            if (status <= 0) {
                return status;
            }
        }
        status = take_token(reader, event);
        reader->token_kept = status == 2;
    } while (status == 0);
    return status;
}
