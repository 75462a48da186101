/* SPDX-License-Identifier: MIT */
#ifndef SIMULATOR_PNG_H
#define SIMULATOR_PNG_H

#include "text.h"

/* Appends a real PNG picture (RGB, 8 bits) whose pattern depends on the seed. */
void sim_png(struct sim_text *out, unsigned width, unsigned height, unsigned long seed);

#endif
