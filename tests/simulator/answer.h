/* SPDX-License-Identifier: MIT */
/* Sends answers as the service does, and as the faults of the exchange want them. */
#ifndef SIMULATOR_ANSWER_H
#define SIMULATOR_ANSWER_H

#include "exchange.h"

/* A whole answer. extra: more header lines, each with its CR LF, or "". */
void sim_answer(struct sim_exchange *x, int status, const char *type, const char *extra,
                const void *body, size_t len);
/* 200 application/json; takes the text away. */
void sim_answer_json(struct sim_exchange *x, struct sim_text *body);
/* The error in the service's form. */
void sim_answer_error(struct sim_exchange *x, const struct sim_error *error);

/* The parts of an answer, for streams. framing: the Content-Length or Transfer-Encoding line. */
void sim_answer_head(struct sim_exchange *x, int status, const char *type, const char *framing,
                     const char *extra);
/* Sends the first len pending bytes in chunks of at most size. */
void sim_answer_chunks(struct sim_exchange *x, size_t len, size_t size);
void sim_answer_last_chunk(struct sim_exchange *x);
/* Nothing comes after this. */
void sim_answer_finish(struct sim_exchange *x);

#endif
