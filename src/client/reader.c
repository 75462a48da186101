/* SPDX-License-Identifier: MIT */
/* See client/reader.h. */
#include "client/reader.h"

#include "bedrock/error.h"
#include "util/bytes.h"

#include <string.h>

/* What bdk_reader.frame_index is before the frame has said where its content belongs, and when
 * some of it had to be told already, of a block that was the likely one. */
enum { NOT_SAID = -1, GUESSED = -2 };

/* Of a value that is passed through as it stands. null means that there is none. */
enum raw_state { RAW_TOLD, RAW_BEGINS, RAW_NULL };

/* How each kind of value that passes through is told. In the order of enum bdk_tag, from
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

uint8_t bdk_find(const char *text, size_t len, const char *words, int nocase)
{
    uint8_t i = 0;

    while (*words != '\0' &&
           !(nocase ? bdk_equal_nocase(text, len, words) : bdk_equal(text, len, words))) {
        words += strlen(words) + 1;
        i++;
    }
    return i;
}

uint8_t bdk_find_word(const char *text, size_t len, const char *words)
{
    return bdk_find(text, len, words, 0);
}

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
    bedrock_json_path_init(&reader->path, reader->nodes->nodes, reader->nodes->count,
                           BDK_NODE_ROOT);
    reader->frame_index = NOT_SAID;
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

static void forget_names(struct bdk_reader *reader)
{
    reader->tool_use_id[0] = reader->name[0] = '\0';
}

/* Blocks have an index, and need have no start: a block is open as soon as something in it comes.
 */
int bdk_reader_open_block(struct bdk_reader *reader, uint8_t kind, struct bedrock_event *event)
{
    int32_t index = reader->frame_index;

    if (index < 0) {
        index = reader->index + !reader->open;
        reader->frame_index = GUESSED;
    }
    if (!reader->open) {
        if (reader->start_kind == 0) {
            forget_names(reader); /* those of another block */
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

/* Half a pair that is alone. */
static int replacement_event(struct bdk_reader *reader, uint8_t type, struct bedrock_event *event)
{
    reader->half_type = 0;
    return bdk_reader_text(reader, type, "\xEF\xBF\xBD", 3, event);
}

int bdk_reader_close_block(struct bdk_reader *reader, struct bedrock_event *event)
{
    if (reader->half_type != 0) {
        replacement_event(reader, reader->half_type, event);
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
    const struct bedrock_json_event *token = &reader->token;
    const uint8_t *bytes = (const uint8_t *)token->text;
    unsigned half = token->len == 3 && bytes[0] == 0xED ? bytes[1] & 0xF0u : 0, high;

    if (half == 0xB0 && reader->half_type == type) {
        reader->half_type = 0;
        reader->joined[2] = (char)((uint8_t)reader->joined[2] | (bytes[1] & 0x0Fu));
        reader->joined[3] = (char)bytes[2];
        return bdk_reader_text(reader, type, reader->joined, sizeof reader->joined, event);
    }
    if (reader->half_type != 0) {
        replacement_event(reader, reader->half_type, event);
        return 2;
    }
    if (half == 0xB0) {
        return replacement_event(reader, type, event);
    }
    if (half == 0xA0) {
        high = ((bytes[1] & 0x0Fu) << 6 | (bytes[2] & 0x3Fu)) + (0x10000u >> 10);
        reader->joined[0] = (char)(0xF0u | high >> 8);
        reader->joined[1] = (char)(0x80u | (high >> 2 & 0x3Fu));
        reader->joined[2] = (char)(0x80u | (high & 3u) << 4);
        reader->half_type = type;
        return 0;
    }
    return bdk_reader_text(reader, type, token->text, token->len, event);
}

/* Is it JSON that is asked for as it stands? */
static int is_raw(uint8_t tag)
{
    return (tag >= BDK_TAG_TOOL_INPUT && tag <= BDK_TAG_RESPONSE_FIELDS) || tag == BDK_TAG_OWN_JSON;
}

static void ask_raw(struct bdk_reader *reader)
{
    bedrock_json_raw(&reader->json);
    reader->raw = RAW_BEGINS;
}

int bdk_reader_is_null(struct bdk_reader *reader)
{
    if (reader->raw == RAW_BEGINS) {
        reader->raw = reader->token.text[0] == 'n' ? RAW_NULL : RAW_TOLD;
    }
    return reader->raw == RAW_NULL;
}

static int take_piece(struct bdk_reader *reader, uint8_t tag, struct bedrock_event *event)
{
    const struct bedrock_json_event *token = &reader->token;
    uint8_t type = kinds[tag - BDK_TAG_TEXT].event;

    if (bdk_reader_is_null(reader) || (token->len == 0 && token->type != BEDROCK_JSON_RAW)) {
        return 0;
    }
    if (tag < BDK_TAG_TRACE &&
        bdk_reader_open_block(reader, kinds[tag - BDK_TAG_TEXT].block, event) != 0) {
        return 2;
    }
    if (tag <= BDK_TAG_TOOL_INPUT_TEXT) {
        return bdk_reader_joined_text(reader, type, event);
    }
    bdk_reader_text(reader, type, token->text, token->len, event);
    event->last = is_raw(tag) && token->last;
    if (type == BEDROCK_EVENT_RAW) {
        event->name = reader->word;
    }
    return 1;
}

/* ------------------------------------------------------------------- words */

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
static void keep_word(const struct bdk_reader *reader, uint8_t tag, size_t len)
{
    char *field =
        tag == BDK_TAG_SERVICE_TIER ? reader->usage->service_tier : reader->usage->performance;

    field[0] = '\0';
    bdk_append(field, sizeof reader->usage->service_tier, reader->word, len);
}

static int take_word(struct bdk_reader *reader, uint8_t tag, struct bedrock_event *event)
{
    size_t len = strlen(reader->word);
    uint8_t kind = BEDROCK_BLOCK_TOOL_USE;

    switch (tag) {
    case BDK_TAG_ROLE:
        reader->role = bdk_find_word(reader->word, len, role_words);
        return 0;
    case BDK_TAG_STOP_REASON:
        memcpy(reader->stop_text, reader->word, sizeof reader->word);
        reader->stop_reason = bdk_find_word(reader->word, len, stop_words);
        reader->stopped = 1;
        return 0;
    case BDK_TAG_SERVICE_TIER:
    case BDK_TAG_PERFORMANCE:
        keep_word(reader, tag, len);
        return 0;
    case BDK_TAG_TOOL_TYPE:
        if (!bdk_same(reader->word, "server_tool_use")) {
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

static int take_number(struct bdk_reader *reader, uint8_t tag)
{
    int64_t value;
    int32_t number;

    if (bedrock_json_integer(&value, reader->word, strlen(reader->word)) != BEDROCK_OK ||
        value < 0 || value > INT32_MAX) {
        return BEDROCK_E_JSON_SHAPE;
    }
    number = (int32_t)value;
    if (tag == BDK_TAG_INDEX) {
        if (reader->frame_index == GUESSED) {
            reader->index = number;
        }
        reader->frame_index = number;
    } else {
        memcpy((char *)reader->usage + (tag - BDK_TAG_INPUT_TOKENS) * sizeof number, &number,
               sizeof number);
    }
    return 0;
}

/* ------------------------------------------------------------------ tokens */

static int take_key(struct bdk_reader *reader, uint8_t tag)
{
    bdk_reader_hold(reader);
    reader->raw = RAW_TOLD;
    if (is_raw(tag)) {
        ask_raw(reader);
    }
    return 0;
}

static int take_scalar(struct bdk_reader *reader, uint8_t tag, struct bedrock_event *event)
{
    int status;

    if (tag < BDK_TAG_TEXT) {
        return 0;
    }
    if (tag <= BDK_TAG_RESPONSE_FIELDS) {
        status = take_piece(reader, tag, event);
        if (tag == BDK_TAG_CITATION && status != 2 && reader->unary && reader->token.last) {
            ask_raw(reader); /* the next of the list, if there is one */
        }
        return status;
    }
    if (bdk_reader_hold(reader)) {
        return BEDROCK_E_FIELD_SIZE;
    }
    if (!reader->token.last) {
        return 0;
    }
    return tag >= BDK_TAG_INDEX ? take_number(reader, tag) : take_word(reader, tag, event);
}

static int take_object_begin(struct bdk_reader *reader, uint8_t tag, struct bedrock_event *event)
{
    if (tag == BDK_TAG_MESSAGE) {
        return bdk_reader_event(reader, BEDROCK_EVENT_MESSAGE_START, event);
    }
    if (tag == BDK_TAG_BLOCK || tag == BDK_TAG_START) {
        if (reader->open) { /* its own end did not come */
            return bdk_reader_close_block(reader, event);
        }
        reader->start_kind = 0;
        forget_names(reader);
    }
    if (tag == BDK_TAG_BLOCK) {
        reader->frame_index = reader->index + 1;
    }
    return 0;
}

static int take_object_end(struct bdk_reader *reader, uint8_t tag, struct bedrock_event *event)
{
    if (tag == BDK_TAG_BLOCK) {
        if (reader->open) {
            return bdk_reader_close_block(reader, event);
        }
        reader->index = reader->frame_index; /* an empty block leaves its number, too */
    }
    return 0;
}

/* 2: an event that goes first, the token is to be looked at again; 1: an event; 0: none. */
static int take_token(struct bdk_reader *reader, uint8_t tag, struct bedrock_event *event)
{
    enum bedrock_json_type type = reader->token.type;

    if (type == BEDROCK_JSON_KEY) {
        return take_key(reader, tag);
    }
    if (tag >= BDK_TAG_OWN) {
        return reader->nodes->take(reader, event);
    }
    if (type == BEDROCK_JSON_OBJECT_BEGIN) {
        return take_object_begin(reader, tag, event);
    }
    if (type == BEDROCK_JSON_OBJECT_END) {
        return take_object_end(reader, tag, event);
    }
    if (type == BEDROCK_JSON_ARRAY_BEGIN && tag == BDK_TAG_CITATION_LIST) {
        ask_raw(reader);
    }
    if (type != BEDROCK_JSON_STRING && type != BEDROCK_JSON_NUMBER && type != BEDROCK_JSON_RAW) {
        return 0;
    }
    return take_scalar(reader, tag, event);
}

/* Tells the token where it stands. */
static int next_token(struct bdk_reader *reader)
{
    int status = bedrock_json_next(&reader->json, &reader->in, reader->end, &reader->token);
    uint8_t node;

    if (status > 0) {
        node = bedrock_json_path_next(&reader->path, &reader->token);
        reader->tag =
            node == BEDROCK_JSON_NO_NODE ? (uint8_t)BDK_TAG_NONE : reader->nodes->nodes[node].tag;
    }
    return status;
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
        status = take_token(reader, reader->tag, event);
        reader->token_kept = status == 2;
    } while (status == 0);
    return status;
}
