/* SPDX-License-Identifier: MIT */
/* The library's side of the conformance check: named calls, and what their answers were. */
#ifndef CONFORMANCE_DRIVER_H
#define CONFORMANCE_DRIVER_H

#include <bedrock.h>

/* Which function a case's request goes to: Converse, ConverseStream and CountTokens take the same,
 * and so do InvokeModel and its kin. */
struct drive {
    bedrock_client *client;
    int (*converse)(bedrock_client *client, const struct bedrock_converse *request);
    int (*invoke)(bedrock_client *client, const struct bedrock_invoke_model *request);
};

/* A case makes one call and prints its answer, because the request lives in its block. */
struct named_case {
    const char *name;
    const char *operation; /* NULL: every operation of its table */
    void (*run)(const struct drive *drive);
};

struct case_list {
    const struct named_case *items;
    size_t count;
};

extern const struct case_list converse_cases, content_cases, history_cases, invoke_cases,
    native_cases, guardrail_cases, async_cases;

/* Starts a Converse call, or one of its kin, and prints its events. */
void drive_converse(const struct drive *drive, const struct bedrock_converse *request);
void drive_invoke(const struct drive *drive, const struct bedrock_invoke_model *request);

/* Prints the events of a call that has been started. */
void drive_events(bedrock_client *client);

/* A line of output: a word, then NAME=VALUE... with a tab before each; a text is in hexadecimal. */
void line_begin(const char *word);
void line_word(const char *name, const char *value); /* nothing if value is NULL */
void line_number(const char *name, long long value);
void line_text(const char *name, const char *text, size_t len);
void line_string(const char *name, const char *text);
void line_end(void);

/* A source of any size whose bytes tell their own offset. */
int pattern_read_at(void *ctx, uint32_t off, void *dst, size_t len);

#endif
