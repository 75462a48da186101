/* SPDX-License-Identifier: MIT */
#ifndef SIMULATOR_CONVERSATION_H
#define SIMULATOR_CONVERSATION_H

#include "json.h"

/* Appends the last message of a Converse body as one text: what it says, and what it brings besides
 * (format, size and CRC-32 of media), so that a test can see that it arrived whole. *has_result is
 * set when it brings tool results. */
void sim_conversation_prompt(struct sim_text *out, const struct sim_json *body, int *has_result);

/* The tool that the model calls next, behind `after` (NULL: none yet) in the body's list: the one
 * that toolChoice forces, or each whose name's words are in the prompt. NULL: no more. */
const struct sim_json *sim_conversation_tool(const struct sim_json *body, const char *prompt,
                                             const struct sim_json *after);

/* Appends an input for the tool that fits its schema. What the prompt says is preferred: its
 * numbers, the words of an enum, "off" for what may be false. */
void sim_conversation_input(struct sim_text *out, const struct sim_json *tool, const char *prompt);

#endif
