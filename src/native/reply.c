/* SPDX-License-Identifier: MIT */
/* What only models' own formats have. See native/reply.h. */
#include "native/reply.h"

#include "util/bytes.h"

static int take_text(struct bdk_reader *reader, uint8_t block, uint8_t type,
                     struct bedrock_event *event)
{
    const struct bedrock_json_event *token = &reader->token;

    if (token->type != BEDROCK_JSON_STRING || token->len == 0) {
        return 0;
    }
    if (reader->open && reader->block == block) {
        return bdk_reader_joined_text(reader, type, event);
    }
    if (reader->open) {
        return bdk_reader_close_block(reader, event);
    }
    reader->start_kind = 0;
    reader->frame_index = reader->index + 1;
    return bdk_reader_open_block(reader, block, event);
}

/* A block that was announced is opened at the latest where its announcement ends: another call may
 * follow. */
static int take_call(struct bdk_reader *reader, struct bedrock_event *event)
{
    uint8_t kind = reader->start_kind;

    if (reader->token.type == BEDROCK_JSON_OBJECT_END && kind != 0 &&
        bdk_reader_open_block(reader, (uint8_t)(kind - 1), event) != 0) {
        return 2;
    }
    reader->start_kind = 0;
    return 0;
}

/* Holds a word; *whole is set when it is. A token that was kept is held already. */
static int hold(struct bdk_reader *reader, int *whole)
{
    *whole = reader->token.type == BEDROCK_JSON_STRING && reader->token.last;
    if (reader->token.type != BEDROCK_JSON_STRING || reader->token_kept) {
        return 0;
    }
    return bdk_reader_hold(reader) ? BEDROCK_E_FIELD_SIZE : 0;
}

/* The id is told once, with the call's beginning, or again with every piece of it. */
static int take_call_id(struct bdk_reader *reader, struct bedrock_event *event)
{
    if (reader->word[0] == '\0' || (reader->open && bdk_same(reader->word, reader->tool_use_id))) {
        return 0;
    }
    if (reader->open) {
        /* What has a name already may have given the open call arguments that are not its own. */
        return reader->start_kind != 0 ? BEDROCK_E_JSON_SHAPE
                                       : bdk_reader_close_block(reader, event);
    }
    if (reader->start_kind == 0) {
        reader->name[0] = '\0'; /* it was another call's */
    }
    memcpy(reader->tool_use_id, reader->word, sizeof reader->word);
    reader->start_kind = BEDROCK_BLOCK_TOOL_USE + 1;
    reader->frame_index = reader->index + 1;
    return 0;
}

static int take_call_name(struct bdk_reader *reader, struct bedrock_event *event)
{
    if (reader->word[0] == '\0') {
        return 0;
    }
    if (reader->open && reader->block != BEDROCK_BLOCK_TOOL_USE) {
        return bdk_reader_close_block(reader, event);
    }
    memcpy(reader->name, reader->word, sizeof reader->word);
    reader->start_kind = BEDROCK_BLOCK_TOOL_USE + 1;
    return 0;
}

/* Nothing is held until it is known whose it is: a call has to begin before its arguments. */
static int take_call_input(struct bdk_reader *reader, struct bedrock_event *event)
{
    const struct bedrock_json_event *token = &reader->token;

    if (token->type != BEDROCK_JSON_STRING || token->len == 0) {
        return 0;
    }
    if (reader->open ? reader->block != BEDROCK_BLOCK_TOOL_USE : reader->start_kind == 0) {
        return BEDROCK_E_JSON_SHAPE;
    }
    return bdk_reader_open_block(reader, BEDROCK_BLOCK_TOOL_USE, event) != 0
               ? 2
               : bdk_reader_joined_text(reader, BEDROCK_EVENT_TOOL_INPUT, event);
}

static int take_word(struct bdk_reader *reader, struct bedrock_event *event)
{
    int whole, status = hold(reader, &whole);

    if (status != 0 || !whole) {
        return status;
    }
    if (reader->tag == BDK_TAG_CALL_ID) {
        return take_call_id(reader, event);
    }
    if (reader->tag == BDK_TAG_CALL_NAME) {
        return take_call_name(reader, event);
    }
    if (reader->tag == BDK_TAG_GUARDRAIL_ACTION) {
        if (bdk_same(reader->word, "INTERVENED")) {
            reader->phase = BDK_REPLY_INTERVENED;
        }
    } else if ((reader->stopped & BDK_STOPPED_REASON) == 0) {
        memcpy(reader->stop_text, reader->word, sizeof reader->word);
        reader->stop_reason = BEDROCK_STOP_UNKNOWN; /* until the end of the answer */
        reader->stopped |= BDK_STOPPED_REASON;
    }
    return 0;
}

int bdk_native_take(struct bdk_reader *reader, struct bedrock_event *event)
{
    switch (reader->tag) {
    case BDK_TAG_SAID:
        return take_text(reader, BEDROCK_BLOCK_TEXT, BEDROCK_EVENT_TEXT, event);
    case BDK_TAG_THOUGHT:
        return take_text(reader, BEDROCK_BLOCK_REASONING, BEDROCK_EVENT_REASONING, event);
    case BDK_TAG_CALL:
        return take_call(reader, event);
    case BDK_TAG_CALL_INPUT:
        return take_call_input(reader, event);
    case BDK_TAG_CALL_ID:
    case BDK_TAG_CALL_NAME:
    case BDK_TAG_STOP_REASON_TOO:
    case BDK_TAG_GUARDRAIL_ACTION:
        return take_word(reader, event);
    default:
        return bdk_record_take(reader, event);
    }
}
