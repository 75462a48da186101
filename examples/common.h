/* SPDX-License-Identifier: MIT */
/* What every example's command line has in common: a model by -m, options of its own, a prompt by
 * words or from standard input; and how it ends. */
#ifndef EXAMPLES_COMMON_H
#define EXAMPLES_COMMON_H

#include <bedrock.h>

struct arguments {
    const char *model;
    char *prompt;     /* the words, with spaces between; or standard input, or the default */
    int is_default;   /* the prompt is the default: nobody gave one */
    const char *file; /* the first word, of a command that has one */
    char **words;     /* the words one by one */
    int word_count;
};

/* An option of a program's own. */
struct command_option {
    const char *name;  /* "--list" */
    const char *value; /* what follows it, for the help; NULL: nothing does. What follows as "MODEL"
                        * must be what -m takes */
    const char **to;   /* receives what follows, or the name; untouched if the option is absent */
};

#define COMMAND_OPTIONS 5

/* What a program is, and takes. */
struct command {
    const char *about; /* in a sentence, what it does */
    const char *file;  /* what its first word names, for the help; NULL: that belongs to the rest */
    const char *words; /* its words, for the help; NULL: "[PROMPT...]"; "": it takes none */
    const char *model; /* if there is no -m; NULL: the examples' own; "": there is never one */
    const char *prompt;   /* if there are no words, and standard input is empty or a terminal; NULL:
                           * there is no such default; "": the prompt is words or nothing */
    const char **instead; /* where an option that stands for a prompt has its `to`: with it there
                           * are no words, and standard input is not read; NULL: there is none */
    struct command_option options[COMMAND_OPTIONS];
};

/* Reads the command line. Prints help or what is wrong, and exits, if there is nothing to go on
 * with. */
struct arguments command_read(int argc, char **argv, const struct command *command);

/* The same for a program without options of its own. from_stdin: without words, all of standard
 * input is the prompt; else it is "". */
struct arguments arguments_read(int argc, char **argv, const char *about, int from_stdin);

/* Says what is wrong with the command line or standard input, and exits with 2. */
void refuse(const char *what);

/* Prints a piece of an answer at once, as it came. */
void answer_piece(const char *text, size_t len);

/* Ends the line if something was printed on it by answer_piece(). */
void answer_end(void);

/* Prints an answer without the white space that some models put around it, and a line's end; of an
 * empty one nothing. */
void answer_print(const char *text, size_t len);

/* Has all of standard output been taken? Says so if not: an answer that could not be written is not
 * complete. */
int output_complete(void);

/* How a call ended: ends the line of the answer, then says what is wrong and what to do about it,
 * and gives 1, or 130 after Ctrl-C. 0 if the answer is complete; says so if it was cut at
 * max_tokens. */
int call_status(const bedrock_client *client);

/* The same for a program that ends after it: 0 only if the answer is written, too. */
int exit_status(const bedrock_client *client);

#endif
