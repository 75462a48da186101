/* SPDX-License-Identifier: MIT */
/* Standard output: the answer, and nothing else. What could not be written is remembered: an answer
 * that nobody got is not complete. */
#ifndef BEDROCK_PROGRAM_OUTPUT_H
#define BEDROCK_PROGRAM_OUTPUT_H

#include <bedrock.h>
#include <stdio.h>

/* Sets up the three standard streams; 0 if there is no standard output to write to. */
int output_init(void);

/* Bytes as they are. */
void output_bytes(const void *data, size_t len);

/* Text for a reader. On a terminal control characters other than tab and line end are shown as
 * spaces: a model could otherwise move the cursor, or worse. */
void output_text(const char *text, size_t len);

void output_line(const char *text);

/* Hands what was written on to the reader. */
void output_flush(void);

/* The errno of the first write that failed; 0. */
int output_failed(void);

/* A JSON document on standard output, one at a time; and its end, which is a line end. Where the
 * answer itself is JSON of another make, documents go aside, to standard error. */
struct bedrock_json_writer *output_json(void);
void output_json_aside(void);
void output_json_end(struct bedrock_json_writer *json);

/* Colours, where the stream is a terminal and nobody has asked for none (NO_COLOR, TERM=dumb). */
enum colour { COLOUR_NONE, COLOUR_GOOD, COLOUR_BAD, COLOUR_DIM };
void output_coloured(FILE *out, enum colour colour, const char *text);

/* Whether standard error is a terminal that understands a carriage return. */
int output_is_interactive(void);

#endif
