/* SPDX-License-Identifier: MIT */
/* What every example's command line has in common: a model by -m, options of its own, a prompt by
 * words or from standard input; and how it ends. */
#ifndef EXAMPLES_COMMON_H
#define EXAMPLES_COMMON_H

#include <bedrock.h>

struct arguments {
    const char *model;
    const char *prompt; /* the words, with spaces between; or standard input, or the default */
    const char *file;   /* the first word, of a command that has one */
    char **words;       /* the words one by one */
    int word_count;
};

/* An option of a program's own. */
struct command_option {
    const char *name;  /* "--list" */
    const char *value; /* what follows it, for the help; NULL: nothing does */
    const char **to;   /* receives what follows, or the name; untouched if the option is absent */
};

#define COMMAND_OPTIONS 5

/* What a program is, and takes. */
struct command {
    const char *about; /* in a sentence, what it does */
    const char *file;  /* what its first word names, for the help; NULL: that belongs to the rest */
    const char *words; /* its words, for the help; NULL: "[PROMPT...]"; "": it takes none */
    const char *model; /* if there is no -m; NULL: the examples' own; "": there is never one */
    const char *prompt; /* if there are no words; NULL: standard input is read to its end */
    struct command_option options[COMMAND_OPTIONS];
};

/* Reads the command line. Prints help or what is wrong, and exits, if there is nothing to go on
 * with. */
struct arguments command_read(int argc, char **argv, const struct command *command);

/* The same for a program without options of its own. from_stdin: without words, all of standard
 * input is the prompt; else it is "". */
struct arguments arguments_read(int argc, char **argv, const char *about, int from_stdin);

/* Prints an answer without the white space that some models put around it, and a line's end. */
void answer_print(const char *text, size_t len);

/* Has all of standard output been taken? Says so if not: an answer that could not be written is not
 * complete. */
int output_complete(void);

/* How a program ends after a call: 0 if the answer is complete and written; else says what is wrong
 * and what to do about it, and gives 1, or 130 after Ctrl-C. */
int exit_status(const bedrock_client *client);

#endif
