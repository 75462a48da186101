/* SPDX-License-Identifier: MIT */
/* See client/reader.h. */
#include "client/client.h"

#include "util/bytes.h"

#include <string.h>

/* How each kind of value that passes through is told. In the order of enum bdk_tag, from
 * BDK_TAG_TEXT on. */
struct piece_kind {
    uint8_t event;
    uint8_t block;
    uint8_t
        is_text; /* the text of a string, in which half a surrogate pair may have to be joined */
};

static const struct piece_kind piece_kinds[] = {
    {BEDROCK_EVENT_TEXT, BEDROCK_BLOCK_TEXT, 1},
    {BEDROCK_EVENT_TEXT, BEDROCK_BLOCK_CITATIONS, 1},
    {BEDROCK_EVENT_REASONING, BEDROCK_BLOCK_REASONING, 1},
    {BEDROCK_EVENT_REASONING_SIGNATURE, BEDROCK_BLOCK_REASONING, 0},
    {BEDROCK_EVENT_REASONING_REDACTED, BEDROCK_BLOCK_REASONING, 0},
    {BEDROCK_EVENT_TOOL_INPUT, BEDROCK_BLOCK_TOOL_USE, 0},
    {BEDROCK_EVENT_TOOL_INPUT, BEDROCK_BLOCK_TOOL_USE, 1},
    {BEDROCK_EVENT_IMAGE, BEDROCK_BLOCK_IMAGE, 0},
    {BEDROCK_EVENT_CITATION, BEDROCK_BLOCK_CITATIONS, 0},
    {BEDROCK_EVENT_RAW, BEDROCK_BLOCK_TOOL_RESULT, 0},
    {BEDROCK_EVENT_RAW, BEDROCK_BLOCK_UNKNOWN, 0},
    {BEDROCK_EVENT_TRACE, BEDROCK_BLOCK_UNKNOWN, 0},
    {BEDROCK_EVENT_RESPONSE_FIELDS, BEDROCK_BLOCK_UNKNOWN, 0},
};

static const char *const stop_words[] = {
    "end_turn",
    "tool_use",
    "max_tokens",
    "stop_sequence",
    "guardrail_intervened",
    "content_filtered",
    "malformed_model_output",
    "malformed_tool_use",
    "model_context_window_exceeded",
};

static const char *const role_words[] = {"assistant", "user", "system"};

static uint8_t find_word(const char *text, const char *const *words, size_t count)
{
    uint8_t i = 0;

    while (i < count && !bdk_same(text, words[i])) {
        i++;
    }
    return i;
}

void bdk_reader_init(struct bdk_reader *reader, const struct bdk_nodes *nodes)
{
    memset(reader, 0, sizeof *reader);
    reader->nodes = nodes;
    reader->index = -1;
    bdk_reader_begin(reader, BDK_ROOT_REPLY);
}

void bdk_reader_begin(struct bdk_reader *reader, enum bdk_root root)
{
    bedrock_json_init(&reader->json);
    reader->json.allow_lone_surrogates = 1;
    bedrock_json_path_init(&reader->path, reader->nodes->nodes, reader->nodes->count,
                           (uint8_t)root);
    reader->frame_index = -1;
    reader->start_kind = 0;
    reader->in = reader->end = NULL;
}

/* ------------------------------------------------------------------ events */

static int block_has_name(uint8_t block)
{
    return block != BEDROCK_BLOCK_TEXT && block != BEDROCK_BLOCK_REASONING &&
           block != BEDROCK_BLOCK_CITATIONS;
}

static const char *given(const char *text)
{
    return text[0] == '\0' ? NULL : text;
}

void bdk_reader_event(const struct bdk_reader *reader, enum bedrock_event_type type,
                      struct bedrock_event *event)
{
    memset(event, 0, sizeof *event);
    event->type = type;
    event->role = (enum bedrock_role)reader->role;
    event->block = (enum bedrock_block)reader->block;
    event->block_index = reader->index;
    if (block_has_name(reader->block)) {
        event->tool_use_id = given(reader->tool_use_id);
        event->name = given(reader->name);
    }
}

void bdk_reader_stop_event(const struct bdk_reader *reader, struct bedrock_event *event)
{
    bdk_reader_event(reader, BEDROCK_EVENT_STOP, event);
    event->stop_reason = (enum bedrock_stop_reason)reader->stop_reason;
    event->stop_reason_text = reader->stop_text;
}

static void text_event(const struct bdk_reader *reader, enum bedrock_event_type type,
                       const char *text, size_t len, struct bedrock_event *event)
{
    bdk_reader_event(reader, type, event);
    event->text = text;
    event->text_len = len;
}

/* Blocks have an index, and need have no start: a block is open as soon as something in it comes.
 */
int bdk_reader_open_block(struct bdk_reader *reader, enum bedrock_block kind,
                          struct bedrock_event *event)
{
    int32_t index = reader->frame_index >= 0 ? reader->frame_index : reader->index + !reader->open;

    if (reader->open && index == reader->index) {
        return 0;
    }
    if (reader->open) {
        bdk_reader_close_block(reader, event);
        return 2;
    }
    reader->open = 1;
    reader->block = (uint8_t)kind;
    reader->index = index;
    bdk_reader_event(reader, BEDROCK_EVENT_BLOCK_START, event);
    return 2;
}

/* Half a pair whose other half has not come. */
static void replacement_event(struct bdk_reader *reader, struct bedrock_event *event)
{
    reader->high = 0;
    text_event(reader,
               reader->block == BEDROCK_BLOCK_REASONING ? BEDROCK_EVENT_REASONING
                                                        : BEDROCK_EVENT_TEXT,
               "\xEF\xBF\xBD", 3, event);
}

int bdk_reader_close_block(struct bdk_reader *reader, struct bedrock_event *event)
{
    if (reader->high != 0) {
        replacement_event(reader, event);
        return 2;
    }
    reader->open = 0;
    bdk_reader_event(reader, BEDROCK_EVENT_BLOCK_STOP, event);
    return 1;
}

/* ------------------------------------------------------------------ pieces */

/* Half a surrogate pair, as the tokenizer hands it on, or 0. */
static uint16_t surrogate(const char *text, size_t len)
{
    const uint8_t *bytes = (const uint8_t *)text;

    if (len != 3 || bytes[0] != 0xED || bytes[1] < 0xA0) {
        return 0;
    }
    return (uint16_t)(0xD000u | (bytes[1] & 0x3Fu) << 6 | (bytes[2] & 0x3Fu));
}

static void join(struct bdk_reader *reader, uint16_t low)
{
    uint32_t point = 0x10000u + ((uint32_t)(reader->high - 0xD800u) << 10) + (low - 0xDC00u);

    reader->joined[0] = (char)(0xF0u | point >> 18);
    reader->joined[1] = (char)(0x80u | (point >> 12 & 0x3Fu));
    reader->joined[2] = (char)(0x80u | (point >> 6 & 0x3Fu));
    reader->joined[3] = (char)(0x80u | (point & 0x3Fu));
    reader->high = 0;
}

/* Makes whole code points of halves: waits for the second one, joins the two, or replaces one that
 * is alone. */
static int take_text(struct bdk_reader *reader, enum bedrock_event_type type,
                     struct bedrock_event *event)
{
    const struct bedrock_json_event *token = &reader->token;
    uint16_t half = surrogate(token->text, token->len);

    if (reader->high != 0 && half < 0xDC00u) {
        replacement_event(reader, event);
        return 2;
    }
    if (half == 0) {
        text_event(reader, type, token->text, token->len, event);
        return 1;
    }
    if (half < 0xDC00u) {
        reader->high = half;
        return 0;
    }
    if (reader->high == 0) {
        replacement_event(reader, event);
        return 1;
    }
    join(reader, half);
    text_event(reader, type, reader->joined, sizeof reader->joined, event);
    return 1;
}

static int take_piece(struct bdk_reader *reader, uint8_t tag, struct bedrock_event *event)
{
    const struct piece_kind *kind = &piece_kinds[tag - BDK_TAG_TEXT];
    const struct bedrock_json_event *token = &reader->token;
    enum bedrock_event_type type = (enum bedrock_event_type)kind->event;

    if (token->len == 0 && (!token->last || token->type != BEDROCK_JSON_RAW)) {
        return 0;
    }
    if (tag < BDK_TAG_TRACE &&
        bdk_reader_open_block(reader, (enum bedrock_block)kind->block, event) != 0) {
        return 2;
    }
    if (kind->is_text) {
        return take_text(reader, type, event);
    }
    text_event(reader, type, token->text, token->len, event);
    event->last = token->last;
    if (tag == BDK_TAG_UNKNOWN) {
        event->name = reader->name;
    }
    return 1;
}

/* ------------------------------------------------------------------- words */

/* Where a word is kept, and in how many bytes. */
static char *field_of(struct bedrock_client *client, uint8_t tag, size_t *cap)
{
    struct bdk_reader *reader = &client->reader;

    *cap = BDK_NAME_CAP;
    switch (tag) {
    case BDK_TAG_TOOL_ID:
    case BDK_TAG_RESULT_ID:
        return reader->tool_use_id;
    case BDK_TAG_TOOL_NAME:
    case BDK_TAG_IMAGE_FORMAT:
        return reader->name;
    case BDK_TAG_STOP_REASON:
        *cap = sizeof reader->stop_text;
        return reader->stop_text;
    case BDK_TAG_SERVICE_TIER:
        *cap = sizeof client->usage.service_tier;
        return client->usage.service_tier;
    default:
        *cap = sizeof reader->word;
        return reader->word;
    }
}

/* A block's kind as its members tell it. In a stream the start frame is read to its end first, so
 * that the block's start can be told with all that is known. */
static int announce(struct bdk_reader *reader, enum bedrock_block kind, struct bedrock_event *event)
{
    if (!reader->unary) {
        reader->start_kind = (uint8_t)(kind + 1);
        return 0;
    }
    return bdk_reader_open_block(reader, kind, event) != 0;
}

static int take_tool_type(struct bdk_reader *reader)
{
    if (bdk_same(reader->word, "server_tool_use")) {
        reader->block = BEDROCK_BLOCK_SERVER_TOOL_USE;
        reader->start_kind = BEDROCK_BLOCK_SERVER_TOOL_USE + 1;
    }
    return 0;
}

static int take_word(struct bedrock_client *client, uint8_t tag, struct bedrock_event *event)
{
    struct bdk_reader *reader = &client->reader;

    switch (tag) {
    case BDK_TAG_ROLE:
        reader->role = find_word(reader->word, role_words, BDK_COUNT(role_words));
        return 0;
    case BDK_TAG_STOP_REASON:
        reader->stop_reason = find_word(reader->stop_text, stop_words, BDK_COUNT(stop_words));
        reader->stopped = 1;
        return 0;
    case BDK_TAG_TOOL_TYPE:
        return take_tool_type(reader);
    case BDK_TAG_TOOL_ID:
    case BDK_TAG_TOOL_NAME:
        /* The type may have been told before. */
        return reader->start_kind != 0 ? 0 : announce(reader, BEDROCK_BLOCK_TOOL_USE, event);
    case BDK_TAG_RESULT_ID:
        return announce(reader, BEDROCK_BLOCK_TOOL_RESULT, event);
    case BDK_TAG_IMAGE_FORMAT:
        return announce(reader, BEDROCK_BLOCK_IMAGE, event);
    default:
        return 0;
    }
}

static int take_number(struct bedrock_client *client, uint8_t tag)
{
    static const uint8_t counts[] = {
        offsetof(struct bedrock_usage, input_tokens),
        offsetof(struct bedrock_usage, output_tokens),
        offsetof(struct bedrock_usage, total_tokens),
        offsetof(struct bedrock_usage, cache_read_input_tokens),
        offsetof(struct bedrock_usage, cache_write_input_tokens),
    };
    struct bedrock_usage *usage = &client->usage;
    const char *word = client->reader.word;
    int64_t value;
    int32_t count;
    int status = bedrock_json_integer(&value, word, strlen(word));

    if (status != BEDROCK_OK) {
        return status;
    }
    count = value < 0 ? 0 : value > INT32_MAX ? INT32_MAX : (int32_t)value;
    if (tag == BDK_TAG_INDEX) {
        client->reader.frame_index = count;
    } else if (tag == BDK_TAG_LATENCY) {
        usage->latency_ms = value;
    } else if (tag >= BDK_TAG_INPUT_TOKENS && tag <= BDK_TAG_CACHE_WRITE_TOKENS) {
        memcpy((char *)usage + counts[tag - BDK_TAG_INPUT_TOKENS], &count, sizeof count);
    }
    return 0;
}

/* ------------------------------------------------------------------ tokens */

static int is_piece(uint8_t tag)
{
    return tag >= BDK_TAG_TEXT && tag <= BDK_TAG_RESPONSE_FIELDS;
}

static int is_raw(uint8_t tag)
{
    return tag == BDK_TAG_TOOL_INPUT || (tag >= BDK_TAG_CITATION && tag <= BDK_TAG_RESPONSE_FIELDS);
}

static void take_key(struct bedrock_client *client, uint8_t tag)
{
    struct bdk_reader *reader = &client->reader;
    size_t cap;

    if (is_raw(tag)) {
        bedrock_json_raw(&reader->json);
    } else if (tag >= BDK_TAG_ROLE) {
        field_of(client, tag, &cap)[0] = '\0';
    }
    if (tag == BDK_TAG_UNKNOWN) {
        reader->name[0] = '\0';
        bdk_append(reader->name, sizeof reader->name, reader->path.key, reader->path.key_len);
    } else if (tag == BDK_TAG_TOOL_RESULT) {
        memcpy(reader->name, "toolResult", 11);
    }
}

static int take_scalar(struct bedrock_client *client, uint8_t tag, struct bedrock_event *event)
{
    const struct bedrock_json_event *token = &client->reader.token;
    char *field;
    size_t cap;

    if (is_piece(tag)) {
        return take_piece(&client->reader, tag, event);
    }
    if (tag < BDK_TAG_ROLE) {
        return 0;
    }
    field = field_of(client, tag, &cap);
    if (bdk_append(field, cap, token->text, token->len)) {
        return BEDROCK_E_FIELD_SIZE;
    }
    if (!token->last) {
        return 0;
    }
    return token->type == BEDROCK_JSON_NUMBER ? take_number(client, tag)
                                              : take_word(client, tag, event);
}

static int take_object_begin(struct bdk_reader *reader, uint8_t tag, struct bedrock_event *event)
{
    if (reader->unary && tag == BDK_TAG_MESSAGE) {
        bdk_reader_event(reader, BEDROCK_EVENT_MESSAGE_START, event);
        return 1;
    }
    if (tag == BDK_TAG_BLOCK) {
        reader->frame_index = reader->index + 1;
        reader->start_kind = 0;
        reader->tool_use_id[0] = reader->name[0] = '\0';
    }
    return 0;
}

static int take_object_end(struct bdk_reader *reader, uint8_t tag, struct bedrock_event *event)
{
    if (tag != BDK_TAG_BLOCK) {
        return 0;
    }
    if (reader->open) {
        return bdk_reader_close_block(reader, event);
    }
    reader->index = reader->frame_index; /* an empty block leaves its number */
    return 0;
}

/* 2: an event that goes first, the token is to be looked at again; 1: an event; 0: none. */
static int take_token(struct bedrock_client *client, uint8_t tag, struct bedrock_event *event)
{
    struct bdk_reader *reader = &client->reader;
    int status;

    switch (reader->token.type) {
    case BEDROCK_JSON_KEY:
        if (reader->token.last) {
            take_key(client, tag);
        }
        return 0;
    case BEDROCK_JSON_OBJECT_BEGIN:
        return take_object_begin(reader, tag, event);
    case BEDROCK_JSON_OBJECT_END:
        return take_object_end(reader, tag, event);
    case BEDROCK_JSON_ARRAY_BEGIN:
        if (tag == BDK_TAG_CITATION_LIST) {
            bedrock_json_raw(&reader->json);
        }
        return 0;
    case BEDROCK_JSON_RAW:
        status = take_scalar(client, tag, event);
        if (status != 2 && reader->unary && reader->token.last && tag == BDK_TAG_CITATION) {
            bedrock_json_raw(&reader->json); /* the next of the list, if there is one */
        }
        return status;
    case BEDROCK_JSON_STRING:
    case BEDROCK_JSON_NUMBER:
        return take_scalar(client, tag, event);
    default:
        return 0;
    }
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

int bdk_reader_next(struct bedrock_client *client, struct bedrock_event *event)
{
    struct bdk_reader *reader = &client->reader;
    int status;

    do {
        if (!reader->token_kept) {
            status = next_token(reader);
            if (status <= 0) {
                return status;
            }
        }
        status = take_token(client, reader->tag, event);
        reader->token_kept = status == 2;
    } while (status == 0);
    return status < 0 ? status : BEDROCK_EVENT;
}
