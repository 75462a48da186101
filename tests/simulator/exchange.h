/* SPDX-License-Identifier: MIT */
/* One request and its answer: what every operation works on. */
#ifndef SIMULATOR_EXCHANGE_H
#define SIMULATOR_EXCHANGE_H

#include "error.h"
#include "fault.h"
#include "http.h"
#include "json.h"
#include "options.h"

struct sim_operation;

#define SIM_LABELS 2

struct sim_exchange {
    const struct sim_options *options;
    struct sim_link *link;
    unsigned serial; /* of the exchange on its connection, from 0 */
    struct sim_request request;
    const struct sim_operation *operation; /* NULL until routed */
    struct sim_text label[SIM_LABELS];     /* decoded, in the order of the path */
    struct sim_text model_text;            /* what model points into */
    const char *model;                     /* the model id without faults, ARN and area */
    struct sim_faults faults;
    struct sim_json *input; /* the body, when the operation takes JSON */
    struct sim_error error;

    /* The answer on its way. */
    int status; /* sent; 0 before the head */
    int is_chunked;
    int must_close; /* after this answer */
    size_t body_sent;
    unsigned frame_count;
    long delta_count;        /* of a stream */
    struct sim_text pending; /* body bytes that wait for their chunk */
};

/* The service's clock, in Unix seconds. */
int64_t sim_exchange_now(const struct sim_exchange *x);
const struct sim_fault *sim_exchange_fault(const struct sim_exchange *x, enum sim_fault_kind kind);
/* A number in [0, limit) that depends on the request alone. */
unsigned sim_exchange_pick(const struct sim_exchange *x, unsigned limit);

#endif
