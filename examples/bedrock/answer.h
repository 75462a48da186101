/* SPDX-License-Identifier: MIT */
/* An answer that is text: printed as it comes, or as one JSON object. */
#ifndef BEDROCK_PROGRAM_ANSWER_H
#define BEDROCK_PROGRAM_ANSWER_H

#include "session.h"

/* Runs a call that was started to its end. history may be NULL; it takes every event, and what it
 * says is in *kept. \return the exit code. */
int answer_print(bedrock_client *client, const struct settings *settings,
                 struct bedrock_history *history, int *kept);

#endif
