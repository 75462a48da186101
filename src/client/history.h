/* SPDX-License-Identifier: MIT */
/* What the parts of a history share: history.c keeps turns, history_event.c makes one of an answer,
 * history_turn.c one of blocks that are written one by one. */
#ifndef BDK_CLIENT_HISTORY_H
#define BDK_CLIENT_HISTORY_H

#include "bedrock/history.h"

/* What is open: an answer that comes in, or a turn that is written. */
enum bdk_history_open {
    BDK_HISTORY_CLOSED,
    BDK_HISTORY_ANSWER,
    BDK_HISTORY_BLOCK,
    BDK_HISTORY_TURN,
    BDK_HISTORY_TURN_BLOCK
};

/* Starts the output behind the complete turns, with the comma that separates the new one. */
void bdk_history_begin_output(struct bedrock_history *history);

/* Drops whole exchanges from the front until there is room, but nothing from `keep` on. */
int bdk_history_make_room(struct bedrock_history *history, size_t room, size_t keep);

/* Where the last turn is that a history may begin with. */
size_t bdk_history_last_beginning(const struct bedrock_history *history);

/* Bytes that are free behind what of an open turn is there. */
size_t bdk_history_left(const struct bedrock_history *history);

#endif
