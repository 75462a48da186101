/* SPDX-License-Identifier: MIT */
/* The client of the program, from the command line and the environment, and how its calls end. */
#ifndef BEDROCK_PROGRAM_SESSION_H
#define BEDROCK_PROGRAM_SESSION_H

#include "options.h"

#include <bedrock.h>
#include <bedrock/posix.h>
#include <signal.h>

/* The signal that asked for the end (SIGINT, SIGTERM, SIGHUP); 0. */
extern volatile sig_atomic_t session_signal;

/* A file that must not stay behind when the program is ended at once; NULL. */
extern const char *volatile session_leftover;

/* The configuration that the options and the environment ask for. */
struct bedrock_config session_config(const struct settings *settings);

/* Makes the client. When that fails every call fails in the same way, so nothing needs to be asked
 * here. Signals cancel a call from now on; a second one ends the program at once unless keep is
 * set.
 */
bedrock_client *session_open(const struct settings *settings, int keep);

/* The same with a configuration that was changed. */
bedrock_client *session_open_with(const struct settings *settings,
                                  const struct bedrock_config *config, int keep);

/* bedrock_next(), but for an end that was asked for before the call began, or standard output that
 * takes no more. */
int session_next(bedrock_client *client, struct bedrock_event *event);

/* The same consideration, before another function that runs the call on. */
void session_check(bedrock_client *client);

/* With --json, an object on standard output that is open; else NULL. */
struct bedrock_json_writer *session_json(const struct settings *settings);

/*
 * The end of a call: says what went wrong, if something did, and returns the exit code. With `json`
 * it becomes the members requestId and error of the object that is open, which is then ended; else
 * it goes to standard error.
 */
int session_end(bedrock_client *client, struct bedrock_json_writer *json);

#endif
