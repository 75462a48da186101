/* SPDX-License-Identifier: MIT */
/* Calendar arithmetic, without the C library's time zones. */
#ifndef SIMULATOR_CLOCK_H
#define SIMULATOR_CLOCK_H

#include "text.h"

#include <stdint.h>

/* Reads `20250115T123456Z`, or with dashes and colons `2025-01-15T12:34:56Z`; 0, or -1. */
int sim_clock_parse(const char *text, int64_t *unix_s);
/* Appends `20250115T123456Z`. */
void sim_clock_basic(struct sim_text *out, int64_t unix_s);
/* Appends `2025-01-15T12:34:56Z`. */
void sim_clock_iso(struct sim_text *out, int64_t unix_s);
/* Appends `Wed, 15 Jan 2025 12:34:56 GMT`. */
void sim_clock_http(struct sim_text *out, int64_t unix_s);

#endif
