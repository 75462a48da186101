/* SPDX-License-Identifier: MIT */
/* What every example's command line has in common: a model by -m, a prompt by words or from
 * standard input. */
#ifndef EXAMPLES_COMMON_H
#define EXAMPLES_COMMON_H

struct arguments {
    const char *model;
    const char
        *prompt; /* "" if there are no words, and the program did not ask for standard input */
};

/* Reads the command line. `about` says in a line what the program does. Prints help or what is
 * wrong, and exits, if there is nothing to go on with. from_stdin: without words, all of standard
 * input is the prompt. */
struct arguments arguments_read(int argc, char **argv, const char *about, int from_stdin);

/* Has all of standard output been taken? Says so if not: an answer that could not be written is not
 * complete. */
int output_complete(void);

#endif
