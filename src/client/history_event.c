/* SPDX-License-Identifier: MIT */
/* A history's answers: events become a turn. See bedrock/history.h. */
#include "client/history.h"

#include "client/converse.h"

/* How deep the JSON of a block stands in a request: a tool's input, and a little less what an
 * unknown block holds. */
#define VALUE_DEPTH 6

/* What is open of a block, or how it ended. */
enum member { NOTHING, TEXT, THOUGHT, SIGNATURE, REDACTED, INPUT, RAW, RAW_CLOSED, DROPPED };

static void put(struct bedrock_history *history, const char *text)
{
    bedrock_output_text(&history->out, text);
}

static void begin_string(struct bedrock_history *history)
{
    bedrock_json_writer_init(&history->json, &history->out);
    bedrock_json_begin_string(&history->json);
}

static void put_string(struct bedrock_history *history, const char *text)
{
    bedrock_json_writer_init(&history->json, &history->out);
    bedrock_json_put_text(&history->json, text);
}

/* ------------------------------------------------------------------ pieces */

/* A block begins with its first piece. What does not fit to what is open already makes it a block
 * that cannot be told. Returns whether the piece may be appended. */
static int begin_member(struct bedrock_history *history, enum member member, const char *opening)
{
    if (history->member == NOTHING) {
        put(history, history->has_blocks ? "," : "");
        put(history, opening);
        history->member = (uint8_t)member;
        history->value = history->out.count;
        if (member <= REDACTED) {
            begin_string(history);
        }
    } else if (history->member != member) {
        history->member = DROPPED;
    }
    return history->member == member;
}

static void put_piece(struct bedrock_history *history, const struct bedrock_event *event)
{
    bedrock_json_put_piece(&history->json, event->text, event->text_len);
}

static void add_text(struct bedrock_history *history, const struct bedrock_event *event)
{
    size_t i;

    if (begin_member(history, TEXT, "{\"text\":")) {
        put_piece(history, event);
    }
    for (i = 0; i < event->text_len && !history->has_text; i++) {
        history->has_text = (uint8_t)event->text[i] > ' ';
    }
}

/* A thought and its signature come in either order, each once. */
static void add_thought(struct bedrock_history *history, enum member member,
                        const struct bedrock_event *event)
{
    int is_text = member == THOUGHT;

    if (history->member == (is_text ? SIGNATURE : THOUGHT) && !history->has_both) {
        bedrock_json_end_string(&history->json);
        put(history, is_text ? ",\"text\":" : ",\"signature\":");
        begin_string(history);
        history->has_both = 1;
        history->member = (uint8_t)member;
    }
    if (begin_member(history, member,
                     is_text ? "{\"reasoningContent\":{\"reasoningText\":{\"text\":"
                             : "{\"reasoningContent\":{\"reasoningText\":{\"signature\":")) {
        put_piece(history, event);
    }
}

static void add_redacted(struct bedrock_history *history, const struct bedrock_event *event)
{
    if (begin_member(history, REDACTED, "{\"reasoningContent\":{\"redactedContent\":")) {
        put_piece(history, event);
    }
}

static void add_input(struct bedrock_history *history, const char *text, size_t len)
{
    if (begin_member(history, INPUT, "{\"toolUse\":{\"input\":")) {
        bedrock_output_put(&history->out, text, len);
    }
}

/* An unknown block is kept as it came, if it came as one value: pieces of several cannot be put
 * together. Unknown things beside a known block are left out. */
static void add_raw(struct bedrock_history *history, const struct bedrock_event *event)
{
    if (history->kind != BEDROCK_BLOCK_UNKNOWN) {
        return;
    }
    if (history->member == NOTHING && event->name != NULL) {
        begin_member(history, RAW, "{");
        put_string(history, event->name);
        put(history, ":");
        history->value = history->out.count;
    }
    if (history->member != RAW) {
        history->member = DROPPED;
        return;
    }
    bedrock_output_put(&history->out, event->text, event->text_len);
    if (event->last) {
        history->member = RAW_CLOSED;
    }
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
        add_input(history, event->text, event->text_len);
        break;
    default:
        break;
    }
}

/* ------------------------------------------------------------------ blocks */

/* Is the block's value one that a request can hold? It came in pieces that nobody has looked at as
 * a whole. */
static int check_value(const struct bedrock_history *history)
{
    return bdk_check_json(history->text + history->len + history->value,
                          history->out.count - history->value, VALUE_DEPTH);
}

/* A tool's call must not be lost in silence: its result would be refused. */
static void close_tool_use(struct bedrock_history *history, const struct bedrock_event *event)
{
    int status = bdk_is_given(event->tool_use_id) && bdk_is_given(event->name)
                     ? check_value(history)
                     : BEDROCK_E_JSON_SHAPE;

    if (status != BEDROCK_OK) {
        bedrock_output_fail(&history->out, status);
        return;
    }
    put(history, ",\"toolUseId\":");
    put_string(history, event->tool_use_id);
    put(history, ",\"name\":");
    put_string(history, event->name);
    put(history, "}}");
}

static void close_thought(struct bedrock_history *history)
{
    bedrock_json_end_string(&history->json);
    if (history->member == SIGNATURE && !history->has_both) {
        put(history, ",\"text\":\"\"");
    }
    put(history, history->member == REDACTED ? "}}" : "}}}");
}

static int is_sent_back(const struct bedrock_history *history)
{
    switch (history->member) {
    case NOTHING:
    case RAW:
    case DROPPED:
        return 0;
    case TEXT:
        return history->has_text;
    case RAW_CLOSED:
        return check_value(history) == BEDROCK_OK;
    default:
        return 1;
    }
}

static void drop_block(struct bedrock_history *history)
{
    if (history->open == BDK_HISTORY_BLOCK) {
        history->out.count = history->block;
    }
    history->open = BDK_HISTORY_ANSWER;
}

static void open_block(struct bedrock_history *history, const struct bedrock_event *event)
{
    drop_block(history);
    history->block = history->out.count;
    history->kind = (uint8_t)event->block;
    history->member = NOTHING;
    history->has_text = 0;
    history->has_both = 0;
    history->open = BDK_HISTORY_BLOCK;
}

/* What a block is, a server's tool for one, may be known only now. */
static int is_left_out(const struct bedrock_event *event)
{
    return event->block == BEDROCK_BLOCK_SERVER_TOOL_USE ||
           event->block == BEDROCK_BLOCK_TOOL_RESULT || event->block == BEDROCK_BLOCK_IMAGE;
}

static void close_block(struct bedrock_history *history, const struct bedrock_event *event)
{
    if (event->block == BEDROCK_BLOCK_TOOL_USE && history->member == NOTHING) {
        add_input(history, "{}", 2);
    }
    if (is_left_out(event) || !is_sent_back(history)) {
        drop_block(history);
        return;
    }
    if (history->member == INPUT) {
        close_tool_use(history, event);
    } else if (history->member == TEXT) {
        bedrock_json_end_string(&history->json);
        put(history, "}");
    } else if (history->member == RAW_CLOSED) {
        put(history, "}");
    } else {
        close_thought(history);
    }
    if (history->member < THOUGHT || history->member > REDACTED) {
        history->kept = history->out.count;
    }
    history->has_blocks = 1;
    history->open = BDK_HISTORY_ANSWER;
}

/* ------------------------------------------------------------------ answer */

static void begin_answer(struct bedrock_history *history)
{
    bdk_history_begin_output(history);
    put(history, "{\"role\":\"assistant\",\"content\":[");
    history->open = BDK_HISTORY_ANSWER;
    history->has_blocks = 0;
    history->kept = 0;
    history->error = 0;
}

/* Thoughts at the end, that nothing followed, are not sent back: services refuse a turn that ends
 * so. */
static void end_answer(struct bedrock_history *history)
{
    history->open = BDK_HISTORY_CLOSED;
    if (history->kept == 0) {
        return;
    }
    history->out.count = history->kept;
    put(history, "]}");
    if (history->out.status == BEDROCK_OK) {
        history->len += history->out.count;
        history->last_add = history->len;
    }
}

static void take_event(struct bedrock_history *history, const struct bedrock_event *event)
{
    int in_block = history->open == BDK_HISTORY_BLOCK;

    if (event->type == BEDROCK_EVENT_MESSAGE_START) {
        begin_answer(history);
    } else if (event->type == BEDROCK_EVENT_BLOCK_START) {
        open_block(history, event);
    } else if (event->type == BEDROCK_EVENT_STOP) {
        end_answer(history);
    } else if (!in_block) {
        return;
    } else if (event->type == BEDROCK_EVENT_BLOCK_STOP) {
        close_block(history, event);
    } else if (event->type == BEDROCK_EVENT_RAW) {
        add_raw(history, event);
    } else if (event->text_len > 0) {
        add_piece(history, event);
    }
}

int bedrock_history_event(struct bedrock_history *history, const struct bedrock_event *event)
{
    if (history->open >= BDK_HISTORY_TURN) {
        return BEDROCK_E_STATE; /* nothing may be moved or written over while a turn is open */
    }
    if (history->open == BDK_HISTORY_CLOSED && event->type != BEDROCK_EVENT_MESSAGE_START) {
        return history->error;
    }
    take_event(history, event);
    if (history->out.status != BEDROCK_OK) {
        history->error = (int16_t)history->out.status;
        history->open = BDK_HISTORY_CLOSED;
    }
    return history->error;
}
