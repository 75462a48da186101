/* SPDX-License-Identifier: MIT */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */

#include "shared.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

void *sim_shared_memory(size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (memory == MAP_FAILED) {
        perror("simulator: mmap");
        exit(1);
    }
    return memory;
}

void sim_lock_take(struct sim_lock *lock)
{
    while (__sync_lock_test_and_set(&lock->taken, 1)) {
        sched_yield();
    }
}

void sim_lock_give(struct sim_lock *lock)
{
    __sync_lock_release(&lock->taken);
}
