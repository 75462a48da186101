/* SPDX-License-Identifier: MIT */
#ifndef SIMULATOR_PNG_H
#define SIMULATOR_PNG_H

#include "text.h"

/* Appends a real PNG picture (RGB, 8 bits) whose pattern depends on the seed. */
void sim_png(struct sim_text *out, unsigned width, unsigned height, unsigned long seed);

/* The same of 512 pixels in width, as high as a file of about that many bytes needs: noise that
 * nothing can compress. */
void sim_png_of_size(struct sim_text *out, unsigned long bytes, unsigned long seed);

#endif
