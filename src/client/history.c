/* SPDX-License-Identifier: MIT */
/* See bedrock/history.h. The turns' text is our own, so its shape is known: no white space, role
 * first, then content. */
#include "bedrock/history.h"

#include "client/converse.h"
#include "util/bytes.h"

#include <string.h>

#define USER_TURN   "{\"role\":\"user\",\"content\":["
#define TOOL_RESULT "{\"toolResult\""

/* What of an answer is open. */
enum open_part { CLOSED, ANSWER, BLOCK };

/* What of a block has been written. */
enum member { NOTHING, TEXT, THOUGHT, SIGNATURE, REDACTED, INPUT, RAW, RAW_CLOSED, DROPPED };

static int render_turns(struct bedrock_json_writer *json, const struct bedrock_history *history)
{
    return bedrock_json_put_raw_elements(json, history->text, history->len);
}

void bedrock_history_init(struct bedrock_history *history, char *memory, size_t cap)
{
    memset(history, 0, sizeof *history);
    history->render = render_turns;
    history->text = memory;
    history->cap = cap;
}

/* ------------------------------------------------------------------- turns */

/* Where the turn at off ends: one behind its last brace. */
static size_t turn_end(const struct bedrock_history *history, size_t off)
{
    int depth = 0, in_string = 0;

    for (; off < history->len; off++) {
        char c = history->text[off];

        if (in_string) {
            off += c == '\\';
            in_string = c != '"';
        } else if (c == '"') {
            in_string = 1;
        } else if (c == '{') {
            depth++;
        } else if (c == '}' && --depth == 0) {
            return off + 1;
        }
    }
    return history->len;
}

static int starts_with(const char *text, size_t len, const char *word)
{
    size_t word_len = strlen(word);

    return len >= word_len && memcmp(text, word, word_len) == 0;
}

/* May a history begin with this turn? With a question it may, with an answer or a tool's result
 * not. */
static int may_begin(const char *turn, size_t len)
{
    size_t skip = sizeof USER_TURN - 1;

    return starts_with(turn, len, USER_TURN) && !starts_with(turn + skip, len - skip, TOOL_RESULT);
}

/* The next turn behind off that a history may begin with, or len. */
static size_t next_beginning(const struct bedrock_history *history, size_t off)
{
    do {
        off = turn_end(history, off);
        off += off < history->len; /* the comma */
    } while (off < history->len && !may_begin(history->text + off, history->len - off));
    return off;
}

static size_t last_beginning(const struct bedrock_history *history)
{
    size_t off = 0, next = 0;

    while (next < history->len) {
        off = next;
        next = next_beginning(history, off);
    }
    return off;
}

static void drop_before(struct bedrock_history *history, size_t off)
{
    history->len -= off;
    history->last_add = history->last_add > off ? history->last_add - off : 0;
    memmove(history->text, history->text + off, history->len);
}

/* Drops whole exchanges from the front until `room` bytes are free, but nothing from `keep` on. */
static int make_room(struct bedrock_history *history, size_t room, size_t keep)
{
    size_t off = 0;

    if (room > history->cap - (history->len - keep)) {
        return BEDROCK_E_BUFFER;
    }
    while (history->cap - (history->len - off) < room) {
        off = next_beginning(history, off);
    }
    drop_before(history, off);
    return BEDROCK_OK;
}

int bedrock_history_trim(struct bedrock_history *history, size_t room)
{
    return history->open != CLOSED ? BEDROCK_E_STATE : make_room(history, room, history->len);
}

void bedrock_history_rollback(struct bedrock_history *history)
{
    history->len = history->last_add;
    history->open = CLOSED;
    history->error = 0;
}

/* --------------------------------------------------------------------- add */

struct beginning {
    char text[sizeof USER_TURN + sizeof TOOL_RESULT];
    size_t len;
};

static int keep_beginning(void *ctx, const void *data, size_t len)
{
    struct beginning *beginning = ctx;
    size_t room = sizeof beginning->text - beginning->len;

    memcpy(beginning->text + beginning->len, data, len < room ? len : room);
    beginning->len += len < room ? len : room;
    return 0;
}

/* Appends behind the complete turns and what of an open answer is there already. */
static int append(void *ctx, const void *data, size_t len)
{
    struct bedrock_history *history = ctx;
    size_t at = history->len + history->out.count;

    if (len > history->cap - at) {
        return BEDROCK_E_BUFFER;
    }
    memcpy(history->text + at, data, len);
    return 0;
}

static int render(struct bedrock_output *out, const struct bedrock_message *message)
{
    struct bedrock_json_writer json;

    bedrock_json_writer_init(&json, out);
    return bdk_render_message(&json, message);
}

/* Every append comes with `count` at the number of bytes before it. */
static void begin_turn(struct bedrock_history *history)
{
    bedrock_output_init(&history->out, append, history, 0);
    if (history->len > 0) {
        bedrock_output_text(&history->out, ",");
    }
}

int bedrock_history_add(struct bedrock_history *history, const struct bedrock_message *message)
{
    struct beginning beginning = {.len = 0};
    struct bedrock_output measure;
    size_t keep;
    int status;

    if (history->open != CLOSED) {
        return BEDROCK_E_STATE;
    }
    bedrock_output_init(&measure, keep_beginning, &beginning, 0);
    status = render(&measure, message);
    if (status != 0) {
        return status;
    }
    keep = may_begin(beginning.text, beginning.len) ? history->len : last_beginning(history);
    status = make_room(history, (size_t)measure.count + 1, keep);
    if (status != BEDROCK_OK) {
        return status;
    }
    begin_turn(history);
    status = render(&history->out, message);
    if (status == 0) {
        history->len += history->out.count;
    }
    return status;
}

/* ------------------------------------------------------------------ answer */

static void put(struct bedrock_history *history, const char *text)
{
    bedrock_output_text(&history->out, text);
}

static void begin_string(struct bedrock_history *history)
{
    bedrock_json_writer_init(&history->json, &history->out);
    bedrock_json_begin_string(&history->json);
}

/* Begins the block with its first value; `opening` is what stands before it. */
static void begin_block(struct bedrock_history *history, const char *opening)
{
    if (history->blocks > 0) {
        put(history, ",");
    }
    put(history, opening);
}

static void add_text(struct bedrock_history *history, const struct bedrock_event *event)
{
    if (history->member == NOTHING) {
        begin_block(history, "{\"text\":");
        begin_string(history);
        history->member = TEXT;
    }
    bedrock_json_put_piece(&history->json, event->text, event->text_len);
}

/* A thought and its signature come in either order. */
static void add_thought(struct bedrock_history *history, uint8_t member,
                        const struct bedrock_event *event)
{
    const char *key = member == THOUGHT ? "\"text\":" : "\"signature\":";

    if (history->member == NOTHING) {
        begin_block(history, "{\"reasoningContent\":{\"reasoningText\":{");
    } else if (history->member != member) {
        bedrock_json_end_string(&history->json);
        put(history, ",");
    }
    if (history->member != member) {
        put(history, key);
        begin_string(history);
        history->thought |= member == THOUGHT;
        history->member = member;
    }
    bedrock_json_put_piece(&history->json, event->text, event->text_len);
}

static void add_redacted(struct bedrock_history *history, const struct bedrock_event *event)
{
    if (history->member == NOTHING) {
        begin_block(history, "{\"reasoningContent\":{\"redactedContent\":");
        begin_string(history);
        history->member = REDACTED;
    }
    bedrock_json_put_piece(&history->json, event->text, event->text_len);
}

static void add_input(struct bedrock_history *history, const struct bedrock_event *event)
{
    if (history->member == NOTHING) {
        begin_block(history, "{\"toolUse\":{\"input\":");
        history->input = history->out.count;
        history->member = INPUT;
    }
    bedrock_output_put(&history->out, event->text, event->text_len);
}

/* An unknown block is kept as it came, if it came as one value; pieces of several cannot be put
 * together. */
static void add_raw(struct bedrock_history *history, const struct bedrock_event *event)
{
    if (event->block != BEDROCK_BLOCK_UNKNOWN || event->name == NULL ||
        history->member == RAW_CLOSED) {
        history->member = DROPPED;
        return;
    }
    if (history->member == NOTHING) {
        begin_block(history, "{");
        begin_string(history);
        bedrock_json_put_piece(&history->json, event->name, strlen(event->name));
        bedrock_json_end_string(&history->json);
        put(history, ":");
        history->member = RAW;
    }
    bedrock_output_put(&history->out, event->text, event->text_len);
    if (event->last) {
        history->member = RAW_CLOSED;
    }
}

static void put_name(struct bedrock_history *history, const char *key, const char *value)
{
    put(history, key);
    begin_string(history);
    bedrock_json_put_piece(&history->json, value == NULL ? "" : value,
                           value == NULL ? 0 : strlen(value));
    bedrock_json_end_string(&history->json);
}

/* The input of a tool may have come in pieces; it goes back only if it is JSON. */
static void close_tool_use(struct bedrock_history *history, const struct bedrock_event *event)
{
    const char *in = history->text + history->len + history->input;
    const char *end = history->text + history->len + history->out.count;
    struct bedrock_json json;
    struct bedrock_json_event token;
    int status;

    bedrock_json_init(&json);
    do {
        status = bedrock_json_next(&json, &in, end, &token);
    } while (status > 0);
    status = status < 0 ? status : bedrock_json_finish(&json, &token);
    if (status != BEDROCK_OK) {
        bedrock_output_fail(&history->out, BEDROCK_E_JSON);
    }
    put_name(history, ",\"toolUseId\":", event->tool_use_id);
    put_name(history, ",\"name\":", event->name);
    put(history, "}}");
}

static void close_thought(struct bedrock_history *history)
{
    bedrock_json_end_string(&history->json);
    if (!history->thought) {
        put(history, ",\"text\":\"\"");
    }
    put(history, "}}}");
}

static void close_block(struct bedrock_history *history, const struct bedrock_event *event)
{
    static const struct bedrock_event no_arguments = {.text = "{}", .text_len = 2};

    if (event->block == BEDROCK_BLOCK_TOOL_USE && history->member == NOTHING) {
        add_input(history, &no_arguments);
    }
    switch (history->member) {
    case TEXT:
        bedrock_json_end_string(&history->json);
        put(history, "}");
        break;
    case THOUGHT:
    case SIGNATURE:
        close_thought(history);
        break;
    case REDACTED:
        bedrock_json_end_string(&history->json);
        put(history, "}}");
        break;
    case INPUT:
        close_tool_use(history, event);
        break;
    case RAW_CLOSED:
        put(history, "}");
        break;
    default:
        history->out.count = history->block; /* nothing that could be sent back */
        return;
    }
    history->blocks++;
}

static void add_piece(struct bedrock_history *history, const struct bedrock_event *event)
{
    switch (event->type) {
    case BEDROCK_EVENT_TEXT:
        add_text(history, event);
        break;
    case BEDROCK_EVENT_REASONING:
        add_thought(history, THOUGHT, event);
        break;
    case BEDROCK_EVENT_REASONING_SIGNATURE:
        add_thought(history, SIGNATURE, event);
        break;
    case BEDROCK_EVENT_REASONING_REDACTED:
        add_redacted(history, event);
        break;
    case BEDROCK_EVENT_TOOL_INPUT:
        add_input(history, event);
        break;
    case BEDROCK_EVENT_RAW:
        add_raw(history, event);
        break;
    default:
        break;
    }
}

static int is_dropped(const struct bedrock_history *history, const struct bedrock_event *event)
{
    return history->member == DROPPED || event->block == BEDROCK_BLOCK_SERVER_TOOL_USE ||
           event->block == BEDROCK_BLOCK_TOOL_RESULT || event->block == BEDROCK_BLOCK_IMAGE;
}

static void end_answer(struct bedrock_history *history)
{
    put(history, "]}");
    if (history->out.status == 0 && history->blocks > 0) {
        history->len += history->out.count;
        history->last_add = history->len;
    }
    history->open = CLOSED;
}

static void take_event(struct bedrock_history *history, const struct bedrock_event *event)
{
    switch (event->type) {
    case BEDROCK_EVENT_MESSAGE_START:
        begin_turn(history);
        put(history, "{\"role\":\"assistant\",\"content\":[");
        history->open = ANSWER;
        history->blocks = 0;
        break;
    case BEDROCK_EVENT_BLOCK_START:
        history->block = history->out.count;
        history->member = NOTHING;
        history->thought = 0;
        history->open = BLOCK;
        break;
    case BEDROCK_EVENT_BLOCK_STOP:
        if (is_dropped(history, event)) {
            history->member = DROPPED;
        }
        close_block(history, event);
        history->open = ANSWER;
        break;
    case BEDROCK_EVENT_STOP:
        end_answer(history);
        break;
    default:
        if (history->open == BLOCK && !is_dropped(history, event)) {
            add_piece(history, event);
        }
        break;
    }
}

int bedrock_history_event(struct bedrock_history *history, const struct bedrock_event *event)
{
    if (event->type == BEDROCK_EVENT_MESSAGE_START) {
        history->error = 0;
    } else if (history->open == CLOSED) {
        return history->error;
    }
    take_event(history, event);
    if (history->out.status != 0) {
        history->error = (int16_t)history->out.status;
        history->open = CLOSED;
    }
    return history->error;
}
