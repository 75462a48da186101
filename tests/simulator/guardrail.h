/* SPDX-License-Identifier: MIT */
/* The small operations: tokens counted, guardrails applied, checks made. */
#ifndef SIMULATOR_GUARDRAIL_H
#define SIMULATOR_GUARDRAIL_H

#include "exchange.h"

int sim_count_tokens_check(struct sim_exchange *x);
void sim_count_tokens(struct sim_exchange *x);
int sim_apply_guardrail_check(struct sim_exchange *x);
void sim_apply_guardrail(struct sim_exchange *x);
void sim_guardrail_checks(struct sim_exchange *x);

#endif
