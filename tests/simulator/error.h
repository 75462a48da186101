/* SPDX-License-Identifier: MIT */
/* What the service says when it refuses a request. */
#ifndef SIMULATOR_ERROR_H
#define SIMULATOR_ERROR_H

#include "text.h"

struct sim_error {
    int status;       /* HTTP; 0: no error */
    const char *type; /* such as "ValidationException" */
    struct sim_text message;
};

/* Sets the error unless one is set already: the first one is what the service reports. Returns -1.
 */
int sim_refuse(struct sim_error *error, int status, const char *type, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The same with 400 ValidationException. */
int sim_invalid(struct sim_error *error, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
