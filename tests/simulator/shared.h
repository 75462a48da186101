/* SPDX-License-Identifier: MIT */
/* Memory and a lock that all processes of one simulator share. */
#ifndef SIMULATOR_SHARED_H
#define SIMULATOR_SHARED_H

#include <stddef.h>

struct sim_lock {
    volatile int taken;
};

/* Zeroed memory, shared with every process forked from now on. */
void *sim_shared_memory(size_t size);
void sim_lock_take(struct sim_lock *lock);
void sim_lock_give(struct sim_lock *lock);

#endif
