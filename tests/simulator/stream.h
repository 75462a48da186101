/* SPDX-License-Identifier: MIT */
/* Answers that are event streams. */
#ifndef SIMULATOR_STREAM_H
#define SIMULATOR_STREAM_H

#include "exchange.h"

/* The head; extra as in answer.h. */
void sim_stream_begin(struct sim_exchange *x, const char *extra);
/* An event with a payload of the given members (no braces), padded with `p`. */
void sim_stream_event(struct sim_exchange *x, const char *name, const char *members);
/* Any frame. */
void sim_stream_frame(struct sim_exchange *x, const char *frame, size_t len);
void sim_stream_end(struct sim_exchange *x);
/* Waits as long as the model thinks between two deltas. */
void sim_stream_pace(struct sim_exchange *x);
/* Before each delta: whether the stream breaks off here, by an exception or error frame that is
 * then sent, or because the link is over. */
int sim_stream_breaks(struct sim_exchange *x);

#endif
