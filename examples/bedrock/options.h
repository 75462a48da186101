/* SPDX-License-Identifier: MIT */
/* The command line: which commands there are, which options each has, and what was asked for. */
#ifndef BEDROCK_PROGRAM_OPTIONS_H
#define BEDROCK_PROGRAM_OPTIONS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define MODEL_THAT_TALKS  "us.anthropic.claude-haiku-4-5-20251001-v1:0"
#define MODEL_THAT_DRAWS  "amazon.titan-image-generator-v2:0"
#define MODEL_THAT_EMBEDS "amazon.titan-embed-text-v2:0"

#define LIST_MAX 20

struct list {
    const char *items[LIST_MAX];
    size_t count;
};

struct size {
    int64_t width;
    int64_t height;
};

/* What was asked for. Zero and NULL: not said. */
struct settings {
    const struct command *command;
    /* Every command's. */
    const char *region;
    const char *endpoint;
    int64_t timeout_s;
    int64_t json;
    int64_t help;
    /* Of some. */
    const char *model;
    const char *system;
    struct list images;
    int64_t max_tokens;
    const char *temperature;
    int64_t unary;
    int64_t stream;
    const char *body;
    const char *file;
    struct size size;
    int64_t seed;
    const char *family;
    int64_t dimensions;
    const char *purpose;
    const char *id;
    const char *version;
    const char *source;
    const char *s3_uri;
    const char *status;
    int64_t max_results;
    /* What is no option. */
    char **words;
    int word_count;
};

enum option_kind {
    OPTION_FLAG,     /* takes no value */
    OPTION_TEXT,     /* any text but an empty one */
    OPTION_ID,       /* visible ASCII, up to `high` characters */
    OPTION_WORD,     /* one of the words of `choices` */
    OPTION_LIST,     /* a text; may be given LIST_MAX times */
    OPTION_INTEGER,  /* low..high */
    OPTION_FRACTION, /* a decimal, 0..1 */
    OPTION_SIZE      /* WIDTHxHEIGHT, each low..high */
};

struct option {
    const char *name; /* without its dashes */
    char letter;      /* its short form; 0: none */
    enum option_kind kind;
    size_t offset; /* of its value in struct settings */
    int64_t low;
    int64_t high;
    const char *choices;  /* "one two three" */
    const char *argument; /* what its value is called in the help */
    const char *about;
};

/* clang-format off */
#define OPTION(name, letter, kind, member, argument, about) \
    {name, letter, kind, offsetof(struct settings, member), 0, 0, NULL, argument, about}
#define OPTION_RANGE(name, letter, kind, member, low, high, argument, about) \
    {name, letter, kind, offsetof(struct settings, member), low, high, NULL, argument, about}
#define OPTION_CHOICE(name, member, choices, argument, about) \
    {name, 0, OPTION_WORD, offsetof(struct settings, member), 0, 0, choices, argument, about}
#define OPTION_MODEL(about) OPTION_RANGE("model", 'm', OPTION_ID, model, 1, 2048, "MODEL", about)
#define OPTION_BODY(about)  OPTION("body", 0, OPTION_TEXT, body, "JSON", about)
/* clang-format on */

struct command {
    const char *name;
    const char *words; /* what follows the options: "PROMPT..." */
    const char *about; /* one line */
    const char *more;  /* what one must know besides; NULL: nothing */
    const char *examples;
    const struct option *options;
    size_t option_count;
    int (*run)(const struct settings *settings);
    const char *exit_codes; /* what its help says of them; NULL: no others than all have */
    int needs_environment;  /* its help lists the variables, too */
    int prints_json;        /* the model's own, so that what --json adds goes to standard error */
};

/* All of them, in the order of the help; ends with one without a name. */
extern const struct command *const commands[];

/* The command of that name; NULL if there is none. */
const struct command *options_command(const char *name);

/* Whether errors are wanted as JSON, which must be known before the first of them. */
int options_want_json(int argc, char **argv);

/* Reads the words behind the command's name. What is wrong with them ends the program. */
void options_read(struct settings *settings, int argc, char **argv);

/* The one word that must be there, or none may be. */
const char *options_only_word(const struct settings *settings, const char *what);
void options_no_words(const struct settings *settings);

/* What `bedrock help` and `bedrock help COMMAND` print. */
void options_help(const struct command *command, FILE *out);

#endif
