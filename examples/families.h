/* SPDX-License-Identifier: MIT */
/* Which format a model's generation speaks, as far as its id tells. The id of an application
 * inference profile tells nothing: there a program has to know. */
#ifndef EXAMPLES_FAMILIES_H
#define EXAMPLES_FAMILIES_H

#include <bedrock.h>

/* Claude 2 and Instant: text completions. All others: Messages. */
const struct bedrock_body_kind *claude_kind(const char *model);

/* Llama 2, or Llama 3 and later. */
const struct bedrock_body_kind *llama_kind(const char *model);

#endif
