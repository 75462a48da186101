/* SPDX-License-Identifier: MIT */
/* Asynchronous invocations: started, looked at, listed. */
#ifndef SIMULATOR_ASYNC_H
#define SIMULATOR_ASYNC_H

#include "exchange.h"

/* Makes the memory of invocations; call it before the first fork. */
void sim_async_share(void);
int sim_start_async_check(struct sim_exchange *x);
void sim_start_async(struct sim_exchange *x);
int sim_get_async_check(struct sim_exchange *x);
void sim_get_async(struct sim_exchange *x);
int sim_list_async_check(struct sim_exchange *x);
void sim_list_async(struct sim_exchange *x);

#endif
