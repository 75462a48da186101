/* SPDX-License-Identifier: MIT */
#ifndef SIMULATOR_CONVERSATION_H
#define SIMULATOR_CONVERSATION_H

#include "json.h"

/* Appends the last message of a Converse body as one text: what it says, and what it brings besides
 * (format, size and CRC-32 of media), so that a test can see that it arrived whole. *has_result is
 * set when it brings tool results. */
void sim_conversation_prompt(struct sim_text *out, const struct sim_json *body, int *has_result);

#endif
