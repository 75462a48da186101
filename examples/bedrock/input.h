/* SPDX-License-Identifier: MIT */
/* What goes in: words, standard input, files of any size. */
#ifndef BEDROCK_PROGRAM_INPUT_H
#define BEDROCK_PROGRAM_INPUT_H

#include "options.h"

#include <bedrock.h>

#define INPUT_PROMPT_MAX 262143

/* The words with spaces between; "-" among them is standard input, and so is none at all. Ends the
 * program if there is too much of it, nothing, or what is no text. */
const char *input_prompt(const struct settings *settings);

/* Whether a text is nothing but spaces and line ends, which models refuse. */
int input_is_blank(const char *text);

/* A file that is read by offset, through a small window: a request is rendered several times. Must
 * not move. */
struct input_file {
    int fd;
    int64_t begin;
    uint32_t len;
    uint32_t window_off;
    uint32_t window_len;
    unsigned char window[4096];
    struct bedrock_source source;
};

/* Opens a file, or standard input for "-". What cannot be read by offset (a pipe) is copied to a
 * temporary file first. \return 0, or an exit code: what is wrong has been said then. */
int input_open(struct input_file *file, const struct settings *settings, const char *name);

/* "png", "jpeg", "gif" or "webp" by the file's first bytes; NULL if it is none of them. */
const char *input_image_format(struct input_file *file);

#endif
