/* SPDX-License-Identifier: MIT */
/* What the two halves of a history share: history.c keeps turns, history_event.c makes one of an
 * answer. */
#ifndef BDK_CLIENT_HISTORY_H
#define BDK_CLIENT_HISTORY_H

#include "bedrock/history.h"

/* What of an answer is open. */
enum bdk_history_open { BDK_HISTORY_CLOSED, BDK_HISTORY_ANSWER, BDK_HISTORY_BLOCK };

/* Starts the output behind the complete turns, with the comma that separates the new one. */
void bdk_history_begin_turn(struct bedrock_history *history);

#endif
