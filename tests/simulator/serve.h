/* SPDX-License-Identifier: MIT */
#ifndef SIMULATOR_SERVE_H
#define SIMULATOR_SERVE_H

#include "options.h"

/* Serves one accepted connection until it ends, and closes it. */
void sim_serve(const struct sim_options *options, int fd);

#endif
