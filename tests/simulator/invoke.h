/* SPDX-License-Identifier: MIT */
#ifndef SIMULATOR_INVOKE_H
#define SIMULATOR_INVOKE_H

#include "exchange.h"

/* InvokeModel and InvokeModelWithResponseStream. */
int sim_invoke_check(struct sim_exchange *x);
int sim_invoke_stream_check(struct sim_exchange *x);
void sim_invoke(struct sim_exchange *x);
void sim_invoke_stream(struct sim_exchange *x);

#endif
