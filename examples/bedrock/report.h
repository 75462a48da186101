/* SPDX-License-Identifier: MIT */
/* How the program ends, and what it says then. This is the one list of its exit codes; `bedrock
 * help` prints it. */
#ifndef BEDROCK_PROGRAM_REPORT_H
#define BEDROCK_PROGRAM_REPORT_H

#include "options.h"

#include <bedrock.h>

enum exit_code {
    EXIT_CODE_OK = 0,     /* the answer is complete, and was written */
    EXIT_CODE_FAILED = 1, /* it is not: standard error says why */
    EXIT_CODE_USAGE = 2,  /* the command line is wrong; nothing was sent */
    EXIT_CODE_INTERVENED = 3,
    EXIT_CODE_JOB_RUNNING = 4, /* async get: not done yet */
    EXIT_CODE_JOB_FAILED = 5,  /* async get: it has failed */
    /* doctor: the first stage that is not in order */
    EXIT_CODE_DOCTOR_NAME = 10,
    EXIT_CODE_DOCTOR_TCP,
    EXIT_CODE_DOCTOR_TLS,
    EXIT_CODE_DOCTOR_CLOCK,
    EXIT_CODE_DOCTOR_SIGNATURE,
    EXIT_CODE_DOCTOR_PERMISSION,
    EXIT_CODE_DOCTOR_MODEL,
    EXIT_CODE_SIGNAL = 128 /* and the signal's number: 130 is Ctrl-C */
};

/* The command line is wrong: says so in one line, and exits. */
void report_usage(const struct settings *settings, const char *format, ...)
    __attribute__((format(printf, 2, 3), noreturn));

/* The code of what is no code of the library's, in JSON. */
#define REPORT_FAILED "FAILED"

/* Something outside of the library failed (a file, standard input). A line, and EXIT_CODE_FAILED.
 */
int report_failure(const struct settings *settings, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The same of a code that a function of the library returned outside of a call. */
int report_status(const struct settings *settings, int status);

/* bedrock_error_advice() in the words of the command line: options instead of members, variables of
 * the environment instead of parameters. Valid until the next call. */
const char *report_advice(const struct bedrock_error *error);

/* bedrock_report() with those words, on standard error. */
void report_error(const struct bedrock_error *error);

/* The member "error" of a result: a call that failed, and what else did, by a code of its own. */
void report_json_failure(struct bedrock_json_writer *json, const char *code, const char *text);
void report_json_error(struct bedrock_json_writer *json, const struct bedrock_error *error);

/* The member "usage" of a result. */
void report_json_usage(struct bedrock_json_writer *json, const struct bedrock_usage *usage);

/* A member that is a text from the network, which may not be UTF-8: what is not ASCII becomes '?'
 * then. */
void report_json_text(struct bedrock_json_writer *json, const char *key, const char *text);

/* Unix seconds as 2025-01-15T12:34:56Z; "" for 0. */
#define REPORT_TIME_CAP 72
void report_time(char *text, size_t cap, int64_t unix_s);

#endif
