/* SPDX-License-Identifier: MIT */
/* What the service demands of a conversation beyond the shapes of its parts. */
#ifndef SIMULATOR_RULES_H
#define SIMULATOR_RULES_H

#include "error.h"
#include "json.h"

/* For the body of Converse and ConverseStream, or the converse member of CountTokens, after its
 * schema was checked. model is the model identifier as sent. 0, or -1 and the error. */
int sim_rules_check(const struct sim_json *body, const char *model, struct sim_error *error);
/* Whether the bytes begin as a picture or document of that format does; formats without a signature
 * of their own always do. */
int sim_rules_is_format(const char *format, const char *data, size_t len);

#endif
