/* SPDX-License-Identifier: MIT */
/**
 * A conversation's memory: its turns as JSON text in a buffer of the caller's.
 *
 * Turns are appended as they are said and as they stream in, and rendered into the next request by
 * copying: tool calls, reasoning and signatures go back byte for byte. Old turns are dropped on
 * turn boundaries only, and never so that the history begins with an answer or a tool's result.
 * What an answer shows but no model wants back is left out: citations, images, traces.
 *
 *     bedrock_history_add(&history, &(struct bedrock_message)BEDROCK_USER(line));
 *     bedrock_converse_stream(client, &(struct bedrock_converse){.model_id = model, .history =
 * &history}); while ((status = bedrock_next(client, &event)) > 0) bedrock_history_event(&history,
 * &event); if (status < 0) bedrock_history_rollback(&history);
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
    struct bedrock_output out;
    struct bedrock_json_writer json;
    uint32_t block; /* where the open block of the answer begins, and the input of its tool */
    uint32_t input;
    uint8_t open; /* what of the answer is open */
    uint8_t member;
    uint8_t thought;
    uint16_t blocks;
    int16_t error;
};

/** Starts an empty history. The buffer stays the caller's, and must stay where it is. */
void bedrock_history_init(struct bedrock_history *history, char *memory, size_t cap);

/**
 * Appends a turn. When there is no room, oldest turns are dropped to make it.
 * \return BEDROCK_OK; BEDROCK_E_BUFFER if it does not fit into an empty history even: nothing is
 * changed then; BEDROCK_E_EMPTY_TEXT, BEDROCK_E_UTF8, ... as rendering it.
 */
int bedrock_history_add(struct bedrock_history *history, const struct bedrock_message *message);

/**
 * Takes every event of an answer. The turn counts when STOP has come; an answer with nothing to
 * keep leaves no turn.
 *
 * \return BEDROCK_OK; BEDROCK_E_BUFFER when the answer does not fit: it is not kept, further events
 * are ignored, and bedrock_history_rollback() should follow when the call has ended. While a call
 * is in progress nothing is dropped to make room, because the request is rendered from this memory.
 */
int bedrock_history_event(struct bedrock_history *history, const struct bedrock_event *event);

/** Takes back all turns since the last complete answer: after a call that failed, before trying
 * anew. */
void bedrock_history_rollback(struct bedrock_history *history);

/** Drops oldest turns until `room` bytes are free. \return BEDROCK_OK; BEDROCK_E_BUFFER if even an
 * empty one has not so many. */
int bedrock_history_trim(struct bedrock_history *history, size_t room);

#ifdef __cplusplus
}
#endif

#endif
