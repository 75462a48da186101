/* SPDX-License-Identifier: MIT */
/* The commands, a file each. */
#ifndef BEDROCK_PROGRAM_COMMANDS_H
#define BEDROCK_PROGRAM_COMMANDS_H

#include "options.h"

extern const struct command command_converse, command_chat, command_invoke, command_image,
    command_embed, command_count_tokens, command_guardrail, command_async, command_doctor,
    command_version, command_help;

#define OPTIONS_OF(options) options, sizeof options / sizeof options[0]

#endif
