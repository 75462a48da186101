/* SPDX-License-Identifier: MIT */
/* What the command line asks for; main.c has the manual. */
#ifndef SIMULATOR_OPTIONS_H
#define SIMULATOR_OPTIONS_H

#include "certificates.h"

#include <stdint.h>

#define SIM_FAULT_OPTIONS 16

struct sim_options {
    int port;                      /* 0: the system chooses; the port in use once we listen */
    int plain;                     /* HTTP without TLS */
    const char *host;              /* the only Host header to accept; NULL: the usual ones */
    const char *base;              /* path in front of every route, such as "/base"; "" */
    const struct sim_chain *chain; /* what TLS shows */
    const char *ca_file;           /* where to write the roots as PEM, or NULL */
    const char *dump_file;         /* where to append every request, or NULL */
    const char *faults[SIM_FAULT_OPTIONS];
    int fault_count;
    int pace_ms; /* between two deltas of a stream */
    int idle_s;  /* a silent connection is closed after this */
    int verbose;
    int once; /* one connection, then exit */
    int is_frozen;
    int64_t frozen_time; /* Unix seconds, when is_frozen */
};

/* Fills *options; -1 and a message on stderr when the command line is wrong. */
int sim_options_parse(struct sim_options *options, int argc, char **argv);

#endif
