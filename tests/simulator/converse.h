/* SPDX-License-Identifier: MIT */
#ifndef SIMULATOR_CONVERSE_H
#define SIMULATOR_CONVERSE_H

#include "exchange.h"
#include "reply.h"

/* Answers Converse and ConverseStream; the input was checked. */
void sim_converse(struct sim_exchange *x);
void sim_converse_stream(struct sim_exchange *x);

/* Parts that both speak: `"usage":{...}`, a guardrail's trace, citations. */
void sim_converse_usage(struct sim_text *out, const struct sim_reply *reply);
void sim_converse_trace(struct sim_text *out, const struct sim_exchange *x,
                        const struct sim_reply *reply);
void sim_converse_extra_fields(struct sim_text *out, const struct sim_exchange *x,
                               const struct sim_reply *reply);
/* The members of a citation, without braces. */
extern const char sim_converse_citation[];

#endif
