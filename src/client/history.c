/* SPDX-License-Identifier: MIT */
/* A history's turns: appended, counted, dropped. See bedrock/history.h. */
#include "client/history.h"

#include "client/converse.h"

#include <string.h>

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

/* Follows the JSON of one turn, byte by byte. Role comes first, because we wrote it. */
struct scan {
    uint8_t depth; /* of braces: 1 in the turn, 2 in one of its blocks */
    uint8_t in_string;
    uint8_t escaped;
    uint8_t is_user;
    uint8_t has_result; /* a block is a tool's result */
    const char *word;   /* what is still to come of a word that is being looked for, or NULL */
};

static void open_brace(struct scan *scan)
{
    scan->depth++;
    if (scan->depth <= 2) {
        scan->word = scan->depth == 1 ? "{\"role\":\"user\"" : "{\"toolResult\"";
    }
}

static void match(struct scan *scan, char c)
{
    scan->word = scan->word != NULL && *scan->word == c ? scan->word + 1 : NULL;
    if (scan->word != NULL && *scan->word == '\0') {
        scan->is_user |= scan->depth == 1;
        scan->has_result |= scan->depth == 2;
    }
}

static void scan_char(struct scan *scan, char c)
{
    if (scan->in_string) {
        match(scan, c);
        scan->in_string = scan->escaped || c != '"';
        scan->escaped = !scan->escaped && c == '\\';
        return;
    }
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        return; /* only a block that the caller wrote as JSON has any */
    }
    if (c == '{') {
        open_brace(scan);
    }
    match(scan, c);
    scan->in_string = c == '"';
    scan->depth = (uint8_t)(scan->depth - (c == '}'));
}

/* May a history begin with this turn? With a question it may, with an answer or a tool's result
 * not. */
static int may_begin(const struct scan *scan)
{
    return scan->is_user && !scan->has_result;
}

/* Scans the turn at off, and returns where the next one begins, or len. */
static size_t scan_turn(const struct bedrock_history *history, size_t off, struct scan *scan)
{
    memset(scan, 0, sizeof *scan);
    do {
        scan_char(scan, history->text[off++]);
    } while (off < history->len && scan->depth > 0);
    return off + (off < history->len); /* the comma */
}

/* The first turn behind the one at off that a history may begin with, or len. */
static size_t next_beginning(const struct bedrock_history *history, size_t off)
{
    struct scan scan;
    size_t next = scan_turn(history, off, &scan);

    do {
        off = next;
        if (off == history->len) {
            break;
        }
        next = scan_turn(history, off, &scan);
    } while (!may_begin(&scan));
    return off;
}

size_t bdk_history_last_beginning(const struct bedrock_history *history)
{
    size_t off = 0, next = 0;

    while (next < history->len) {
        off = next;
        next = next_beginning(history, off);
    }
    return off;
}

/* Is there room for a turn, and the comma before it, if all before off is dropped? */
static int has_room(const struct bedrock_history *history, size_t room, size_t off)
{
    size_t kept = history->len - off;

    return room <= history->cap && kept + (kept > 0) <= history->cap - room;
}

int bdk_history_make_room(struct bedrock_history *history, size_t room, size_t keep)
{
    size_t off = 0;

    if (!has_room(history, room, keep)) {
        return BEDROCK_E_BUFFER;
    }
    while (!has_room(history, room, off)) {
        off = next_beginning(history, off);
    }
    if (off > 0) {
        history->len -= off;
        history->last_add = history->last_add > off ? history->last_add - off : 0;
        memmove(history->text, history->text + off, history->len);
    }
    return BEDROCK_OK;
}

int bedrock_history_trim(struct bedrock_history *history, size_t room)
{
    size_t keep = history->len;

    if (history->open != BDK_HISTORY_CLOSED) {
        return BEDROCK_E_STATE;
    }
    if (history->last_add < history->len) {
        keep = bdk_history_last_beginning(history); /* a question that waits for its answer */
    }
    return bdk_history_make_room(history, room, keep);
}

void bedrock_history_rollback(struct bedrock_history *history)
{
    history->len = history->last_add;
    history->open = BDK_HISTORY_CLOSED;
    history->error = 0;
}

/* --------------------------------------------------------------------- add */

static int scan_piece(void *ctx, const void *data, size_t len)
{
    const char *text = data;
    size_t i;

    for (i = 0; i < len; i++) {
        scan_char(ctx, text[i]);
    }
    return 0;
}

/* Measures the turn where it will stand in a request, two levels deep: what is nested too deeply
 * for that must not come in. */
static int measure(const struct bedrock_message *message, struct scan *scan, size_t *len)
{
    struct bedrock_json_writer json;
    struct bedrock_output out;

    memset(scan, 0, sizeof *scan);
    bedrock_output_init(&out, scan_piece, scan, 0);
    bedrock_json_writer_init(&json, &out);
    bedrock_json_begin_array(&json);
    bedrock_json_begin_array(&json);
    bdk_render_message(&json, message);
    *len = out.count - 2u;
    return out.status;
}

/* Appends behind the complete turns and what of an open one is there already. The output has
 * counted these bytes. */
static int append(void *ctx, const void *data, size_t len)
{
    struct bedrock_history *history = ctx;
    size_t at = history->len + (history->out.count - len);

    if (len > history->cap - at) {
        return BEDROCK_E_BUFFER;
    }
    memcpy(history->text + at, data, len);
    return 0;
}

void bdk_history_begin_output(struct bedrock_history *history)
{
    bedrock_output_init(&history->out, append, history, 0);
    if (history->len > 0) {
        bedrock_output_text(&history->out, ",");
    }
}

int bedrock_history_add(struct bedrock_history *history, const struct bedrock_message *message)
{
    struct scan scan;
    size_t len;
    int status;

    if (history->open != BDK_HISTORY_CLOSED) {
        return BEDROCK_E_STATE;
    }
    status = measure(message, &scan, &len);
    if (status == BEDROCK_OK) {
        status = bdk_history_make_room(
            history, len, may_begin(&scan) ? history->len : bdk_history_last_beginning(history));
    }
    if (status != BEDROCK_OK) {
        return status;
    }
    bdk_history_begin_output(history);
    bedrock_json_writer_init(&history->json, &history->out);
    status = bdk_render_message(&history->json, message);
    if (status == BEDROCK_OK) {
        history->len += history->out.count;
    }
    return status;
}
