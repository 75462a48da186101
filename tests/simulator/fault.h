/* SPDX-License-Identifier: MIT */
/* What shall go wrong. A SPEC is `name[:argument[:argument...]][*N]`; main.c lists the names. With
 * *N it happens to the first N requests that ask for it, counted over all connections. */
#ifndef SIMULATOR_FAULT_H
#define SIMULATOR_FAULT_H

#include "error.h"

#include <stddef.h>

#define SIM_FAULTS     8
#define SIM_FAULT_SPEC 256

enum sim_fault_kind {
    SIM_FAULT_STATUS,
    SIM_FAULT_HTML,
    SIM_FAULT_RETRY_AFTER,
    SIM_FAULT_X_RETRY_AFTER,
    SIM_FAULT_CLOSE_BEFORE,
    SIM_FAULT_RESET,
    SIM_FAULT_CUT,
    SIM_FAULT_TRUNCATE,
    SIM_FAULT_STALL,
    SIM_FAULT_STALL_HEAD,
    SIM_FAULT_BYTES,
    SIM_FAULT_CHUNK,
    SIM_FAULT_CORRUPT,
    SIM_FAULT_EXCEPTION,
    SIM_FAULT_ERROR_FRAME,
    SIM_FAULT_NO_STOP,
    SIM_FAULT_NO_METADATA,
    SIM_FAULT_STALE,
    SIM_FAULT_EARLY_ERROR,
    SIM_FAULT_LENGTH_LIE,
    SIM_FAULT_INTERIM,
    SIM_FAULT_BIG_HEADER,
    SIM_FAULT_CLOCK,
    SIM_FAULT_JUNK
};

struct sim_fault {
    enum sim_fault_kind kind;
    long number;               /* the first argument as a number; the default if there is none */
    const char *argument[3];   /* "" where absent; the last takes the rest, colons included */
    char text[SIM_FAULT_SPEC]; /* what the arguments point into */
};

struct sim_faults {
    struct sim_fault list[SIM_FAULTS];
    size_t count;
};

/* Makes the counters; call it before the first fork. */
void sim_fault_share_counters(void);
/* Adds the fault that spec asks for, unless its count is used up; -1 and *error if there is no
 * such. */
int sim_fault_add(struct sim_faults *faults, const char *spec, struct sim_error *error);
/* Whether there is such a fault, without counting: 0, or -1 and *error. */
int sim_fault_check(const char *spec, struct sim_error *error);
/* The active fault of that kind, or NULL. */
const struct sim_fault *sim_fault_find(const struct sim_faults *faults, enum sim_fault_kind kind);

#endif
