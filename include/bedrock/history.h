/* SPDX-License-Identifier: MIT */
/**
 * A conversation's memory: its turns as JSON text in a buffer of the caller's.
 *
 * Turns are appended as they are said and as they stream in, and rendered into the next request by
 * copying: tool calls, reasoning and signatures go back byte for byte. Old turns are dropped on
 * turn boundaries only, and never so that the history begins with an answer or a tool's result.
 *
 * One exchange:
 *
 *     bedrock_history_add(&history, &(struct bedrock_message)BEDROCK_USER(line));
 *     bedrock_history_trim(&history, 4096);
 *     bedrock_converse_stream(client, &(struct bedrock_converse){
 *         .model_id = model,
 *         .history = &history,
 *     });
 *     while (bedrock_next(client, &event) > 0)
 *         bedrock_history_event(&history, &event);
 *     bedrock_history_rollback(&history);
 *
 * The last line takes the question back if no answer to it was kept, so that the history always
 * ends with an answer, and a failed call leaves no trace in it. After a call of tools the next turn
 * that is added must hold a result for each of them, and the request must name its tools. (The
 * order of roles is not checked here; the service does.) `id` is a copy of event.tool_use_id, which
 * goes with the next event, in BEDROCK_ID_SIZE bytes:
 *
 *     bedrock_history_add(&history, &(struct bedrock_message)BEDROCK_USER_CONTENT(
 *         BEDROCK_TOOL_RESULT(.tool_use_id = id, .content = BEDROCK_CONTENT(BEDROCK_TEXT(said)))));
 *
 * Not everything in an answer can be sent back. What is left out: citations (their text stays),
 * images, traces, the service's own tools and their results, texts of nothing but white space,
 * unknown blocks that came in several parts, and reasoning that nothing follows. The service would
 * refuse these, with every request from then on.
 */
#ifndef BEDROCK_HISTORY_H
#define BEDROCK_HISTORY_H

#include "bedrock/converse.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Holds pointers into itself: must not move. The fields are not yours. */
struct bedrock_history {
    int (*render)(struct bedrock_json_writer *json, const struct bedrock_history *history);
    char *text; /* complete turns: JSON objects with commas between */
    size_t cap;
    size_t len;      /* bytes of complete turns */
    size_t last_add; /* where the turns begin that no complete answer has followed yet */

    /* The answer that is coming in, or the turn that is written; offsets count from len. */
    struct bedrock_output out;
    struct bedrock_json_writer json;
    uint32_t block; /* where its open block begins */
    uint32_t value; /* where that block's value begins */
    uint32_t kept;  /* where the last block ends that it is worth while to keep; 0: none yet */
    uint8_t open;   /* what of it is open */
    uint8_t kind;   /* enum bedrock_block of the open block */
    uint8_t member; /* what of the block has been written */
    uint8_t has_blocks;
    uint8_t has_text; /* the block's text is more than white space */
    uint8_t has_both; /* the block's thought has its text and its signature */
    int16_t error;
};

/** Starts an empty history. The buffer stays the caller's, and must stay where it is. */
void bedrock_history_init(struct bedrock_history *history, char *memory, size_t cap);

/**
 * Appends a turn. When there is no room, oldest turns are dropped to make it; the question that a
 * tool's result belongs to is not.
 *
 * The message is rendered twice: a source in it must give the same bytes again.
 *
 * \return BEDROCK_OK; BEDROCK_E_BUFFER if it would not fit whatever was dropped; BEDROCK_E_STATE
 * while an answer is coming in or a turn is open; BEDROCK_E_EMPTY_TEXT, BEDROCK_E_UTF8, ... as
 * rendering it. After an error nothing is changed.
 */
int bedrock_history_add(struct bedrock_history *history, const struct bedrock_message *message);

/**
 * Appends a user's turn block by block, for results that are made one by one: begin, then blocks,
 * each written once, then end. What is open moves nothing: a pointer into the history, such as to
 * the input of a tool that the model called, holds from begin to end.
 *
 *     bedrock_history_begin_turn(&history, 1000);
 *     bedrock_history_begin_block(&history, &json);
 *     ... one JSON value, the block, is put into json ...
 *     bedrock_history_end_block(&history);
 *     bedrock_history_end_turn(&history);
 *
 * bedrock_history_begin_turn() drops oldest turns until there is room for a turn of `room` bytes,
 * but never the question that a tool's result belongs to. Until bedrock_history_end_turn() has gone
 * well the turn is no part of the history, and all else that would change it is BEDROCK_E_STATE.
 *
 * A block that failed, or is not wanted after all, is taken back by bedrock_history_drop_block(),
 * and another one can be written in its place; the whole turn by bedrock_history_rollback().
 *
 * \return BEDROCK_OK. begin_turn: BEDROCK_E_BUFFER if there will never be so much room; nothing is
 * changed then. begin_block: BEDROCK_E_BUFFER. end_block: what went wrong with the writer since,
 * BEDROCK_E_STATE if its value is not complete, or BEDROCK_E_JSON_DEPTH if that is nested too
 * deeply for a request. end_turn: BEDROCK_E_BUFFER, or BEDROCK_E_ARGUMENT if there is no block.
 * All: BEDROCK_E_STATE if it is not their turn (*json is NULL then).
 */
int bedrock_history_begin_turn(struct bedrock_history *history, size_t room);
int bedrock_history_begin_block(struct bedrock_history *history, struct bedrock_json_writer **json);
int bedrock_history_end_block(struct bedrock_history *history);
void bedrock_history_drop_block(struct bedrock_history *history);
int bedrock_history_end_turn(struct bedrock_history *history);

/**
 * Takes every event of an answer. The turn counts when STOP has come; an answer with nothing to
 * keep leaves no turn.
 *
 * While a call is in progress nothing is dropped to make room, because the request is rendered from
 * this memory: bedrock_history_trim() makes it before.
 *
 * \return BEDROCK_OK; BEDROCK_E_BUFFER when the answer does not fit; BEDROCK_E_JSON, _DEPTH, _UTF8
 * or _INCOMPLETE when the input of a tool is no JSON that could be sent back (an answer that
 * max_tokens cut short, for example), BEDROCK_E_JSON_SHAPE when the tool has no id or no name. The
 * answer is then not kept, and all its further events return the same. BEDROCK_E_STATE while a turn
 * is open: the event is not looked at.
 */
int bedrock_history_event(struct bedrock_history *history, const struct bedrock_event *event);

/**
 * Takes back all turns since the last answer that was kept, and what has come of the next. Does
 * nothing when there are none: call it whenever a call has ended.
 */
void bedrock_history_rollback(struct bedrock_history *history);

/**
 * Drops oldest turns until there is room for a turn of so many bytes: for an answer, before the
 * call is started. In JSON a text is a little longer than it is; a token is about four bytes.
 * The turns that wait for this answer stay, and so does the question they began with.
 *
 * \return BEDROCK_OK; BEDROCK_E_BUFFER if there will never be so much: nothing is dropped then;
 * BEDROCK_E_STATE while an answer is coming in, or a turn is open.
 */
int bedrock_history_trim(struct bedrock_history *history, size_t room);

#ifdef __cplusplus
}
#endif

#endif
