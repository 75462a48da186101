/* SPDX-License-Identifier: MIT */
/* What single values mean: those that pass through in pieces, words and numbers. */
#include "client/reader.h"

#include "bedrock/error.h"
#include "json/number.h"

#include <string.h>

/* How each kind of value that passes through is told. In the order of the letters, from
 * BDK_TAG_TEXT on. */
static const struct {
    uint8_t event;
    uint8_t block;
} kinds[] = {
    {BEDROCK_EVENT_TEXT, BEDROCK_BLOCK_TEXT},
    {BEDROCK_EVENT_TEXT, BEDROCK_BLOCK_CITATIONS},
    {BEDROCK_EVENT_REASONING, BEDROCK_BLOCK_REASONING},
    {BEDROCK_EVENT_TOOL_INPUT, BEDROCK_BLOCK_TOOL_USE},
    {BEDROCK_EVENT_REASONING_SIGNATURE, BEDROCK_BLOCK_REASONING},
    {BEDROCK_EVENT_REASONING_REDACTED, BEDROCK_BLOCK_REASONING},
    {BEDROCK_EVENT_IMAGE, BEDROCK_BLOCK_IMAGE},
    {BEDROCK_EVENT_TOOL_INPUT, BEDROCK_BLOCK_TOOL_USE},
    {BEDROCK_EVENT_RAW, BEDROCK_BLOCK_IMAGE},
    {BEDROCK_EVENT_CITATION, BEDROCK_BLOCK_CITATIONS},
    {BEDROCK_EVENT_RAW, BEDROCK_BLOCK_TOOL_RESULT},
    {BEDROCK_EVENT_RAW, BEDROCK_BLOCK_UNKNOWN},
    {BEDROCK_EVENT_TRACE, BEDROCK_BLOCK_UNKNOWN},
    {BEDROCK_EVENT_RESPONSE_FIELDS, BEDROCK_BLOCK_UNKNOWN},
};

/* In the order of their enums. */
static const char role_words[] = "assistant\0user\0system\0";
static const char stop_words[] = "end_turn\0tool_use\0max_tokens\0stop_sequence\0"
                                 "guardrail_intervened\0content_filtered\0malformed_model_output\0"
                                 "malformed_tool_use\0model_context_window_exceeded\0";

static int take_piece(struct bdk_reader *reader, struct bedrock_event *event)
{
    const struct bedrock_json_event *token = &reader->token;
    uint8_t type = kinds[reader->tag - BDK_TAG_TEXT].event;

    if (token->type == BEDROCK_JSON_RAW ? reader->raw_first == 'n' : token->len == 0) {
        return 0;
    }
    if (reader->tag < BDK_TAG_TRACE &&
        bdk_reader_open_block(reader, kinds[reader->tag - BDK_TAG_TEXT].block, event) != 0) {
        return 2;
    }
    if (reader->tag <= BDK_TAG_TOOL_INPUT_TEXT) {
        return bdk_reader_joined_text(reader, type, event);
    }
    bdk_reader_event(reader, type, event);
    event->text = token->text;
    event->text_len = token->len;
    event->last = reader->tag >= BDK_TAG_TOOL_INPUT && token->last;
    if (type == BEDROCK_EVENT_RAW) {
        event->name = reader->word;
    }
    return 1;
}

/* A block's kind as its members tell it. In a stream the start frame is read to its end first, so
 * that the block's start can be told with all that is known. */
static int announce(struct bdk_reader *reader, uint8_t kind, struct bedrock_event *event)
{
    if (reader->start_kind != BEDROCK_BLOCK_SERVER_TOOL_USE + 1) {
        reader->start_kind = (uint8_t)(kind + 1);
    }
    return reader->unary && bdk_reader_open_block(reader, kind, event) != 0;
}

/* One of the words of usage, as much as it has room for. */
static void keep_word(const struct bdk_reader *reader, size_t len)
{
    char *field = reader->tag == BDK_TAG_SERVICE_TIER ? reader->usage->service_tier
                                                      : reader->usage->performance;

    field[0] = '\0';
    bdk_append(field, sizeof reader->usage->service_tier, reader->word, len);
}

static int take_word(struct bdk_reader *reader, struct bedrock_event *event)
{
    size_t len = strlen(reader->word);
    uint8_t kind = BEDROCK_BLOCK_TOOL_USE;

    switch (reader->tag) {
    case BDK_TAG_ROLE:
        reader->role = bdk_find_word(reader->word, len, role_words);
        return 0;
    case BDK_TAG_STOP_REASON:
        memcpy(reader->stop_text, reader->word, sizeof reader->word);
        reader->stop_reason = bdk_find_word(reader->word, len, stop_words);
        reader->stopped = BDK_STOPPED_REASON;
        return 0;
    case BDK_TAG_SERVICE_TIER:
    case BDK_TAG_PERFORMANCE:
        keep_word(reader, len);
        return 0;
    case BDK_TAG_TOOL_TYPE:
        if (!bdk_equal(reader->word, len, "server_tool_use")) {
            return 0;
        }
        kind = BEDROCK_BLOCK_SERVER_TOOL_USE;
        break;
    case BDK_TAG_RESULT_ID:
        kind = BEDROCK_BLOCK_TOOL_RESULT; /* fall through */
    case BDK_TAG_TOOL_ID:
        memcpy(reader->tool_use_id, reader->word, sizeof reader->word);
        break;
    case BDK_TAG_IMAGE_FORMAT:
        kind = BEDROCK_BLOCK_IMAGE; /* fall through */
    default:
        memcpy(reader->name, reader->word, sizeof reader->word);
        break;
    }
    return announce(reader, kind, event);
}

static int take_number(struct bdk_reader *reader)
{
    int32_t number = bdk_json_count(reader->word);

    if (number < 0) {
        return BEDROCK_E_JSON_SHAPE;
    }
    if (reader->tag != BDK_TAG_INDEX) {
        memcpy((char *)reader->usage + (size_t)(reader->tag - BDK_TAG_INPUT_TOKENS) * sizeof number,
               &number, sizeof number);
        return 0;
    }
    if (reader->frame_index == BDK_INDEX_GUESSED) {
        reader->index = number;
    }
    reader->frame_index = number;
    return 0;
}

int bdk_value_take(struct bdk_reader *reader, struct bedrock_event *event)
{
    if (reader->tag < BDK_TAG_TEXT) {
        return 0;
    }
    if (reader->tag <= BDK_TAG_RESPONSE_FIELDS) {
        return take_piece(reader, event);
    }
    if (bdk_reader_hold(reader)) {
        return BEDROCK_E_FIELD_SIZE;
    }
    if (!reader->token.last) {
        return 0;
    }
    return reader->tag > BDK_TAG_IMAGE_FORMAT ? take_number(reader) : take_word(reader, event);
}
