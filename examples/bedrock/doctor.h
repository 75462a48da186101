/* SPDX-License-Identifier: MIT */
/* What the files of the doctor share. */
#ifndef BEDROCK_PROGRAM_DOCTOR_H
#define BEDROCK_PROGRAM_DOCTOR_H

#include <bedrock.h>

enum stage { NAME, TCP, TLS, CLOCK, SIGNATURE, PERMISSION, MODEL, STAGES };

/* What the port did. */
struct look {
    struct bedrock_port port; /* ours */
    const struct bedrock_port *real;
    char host[256];
    unsigned tcp_port; /* 0: nothing was asked of the network */
    int connected;
    int answered; /* by HTTP */
    char address[64];
    uint32_t began_ms;
    uint32_t connect_ms;
};

extern struct look look;

/* Puts our port in front of the configuration's own. */
void look_on(struct bedrock_config *config);

/* A clock that is not set stops everything: from now on some time is given in its place, to see how
 * far the rest would come. */
void look_with_some_time(void);

/* The real clock; 0 if it is not set. */
int64_t look_now_s(void);

/* The first stage that the end of a call speaks of; STAGES: none of them. */
enum stage stage_of(const struct bedrock_error *error);

/* What does not follow from the way being open as far as the stage that broke, in words; NULL: it
 * does. */
const char *stage_unknown(enum stage stage, enum stage broken, const struct bedrock_error *error);

#endif
