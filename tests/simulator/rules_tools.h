/* SPDX-License-Identifier: MIT */
/* The rules about tools: what is declared, and that every use has its result. */
#ifndef SIMULATOR_RULES_TOOLS_H
#define SIMULATOR_RULES_TOOLS_H

#include "error.h"
#include "json.h"

int sim_rules_check_tools(const struct sim_json *body, struct sim_error *error);
int sim_rules_check_tool_history(const struct sim_json *body, struct sim_error *error);

/* Whether a message has a content block of that kind. */
int sim_rules_has_block(const struct sim_json *message, const char *kind);
/* How many of the list's elements have that member; NULL is an empty list. */
int sim_rules_count_blocks(const struct sim_json *list, const char *kind);

#endif
