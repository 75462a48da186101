/* SPDX-License-Identifier: MIT */
/* The operations of the service, by method and path. */
#ifndef SIMULATOR_OPERATION_H
#define SIMULATOR_OPERATION_H

#include "exchange.h"
#include "schema.h"

struct sim_operation {
    const char *name;
    const char *method;
    const char *path;               /* `*` stands for a label: one segment, percent-encoded */
    const struct sim_member *shape; /* of the body; NULL: the operation looks for itself */
    int (*check)(
        struct sim_exchange *x); /* after the schema; 0, or -1 with x->error; may be NULL */
    void (*answer)(struct sim_exchange *x);
};

/* Finds the operation and decodes its labels; -1 and x->error if there is none. */
int sim_operation_route(struct sim_exchange *x);
/* Reads and checks the input: media type, JSON, schema, rules; 0, or -1 and x->error. */
int sim_operation_check(struct sim_exchange *x);

#endif
