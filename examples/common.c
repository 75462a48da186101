/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include "common.h"

#include <bedrock/posix.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MODEL "us.anthropic.claude-haiku-4-5-20251001-v1:0"

static char prompt[65536];
static int is_in_line; /* a piece of an answer was printed, and no line's end */

static void help(const char *program, const struct command *command, FILE *out)
{
    const struct command_option *option = command->options;
    const char *words = command->words != NULL ? command->words : "[PROMPT...]";

    fprintf(out, "usage: %s%s", program, *command->model != '\0' ? " [-m MODEL]" : "");
    for (; option < command->options + COMMAND_OPTIONS && option->name != NULL; option++) {
        fprintf(out, option->value != NULL ? " [%s %s]" : " [%s]", option->name, option->value);
    }
    if (command->file != NULL) {
        fprintf(out, " %s", command->file);
    }
    fprintf(out, "%s%s\n%s\n", *words != '\0' ? " " : "", words, command->about);
    if (command->prompt == NULL) {
        fputs("The prompt is read from standard input if there are no words.\n", out);
    } else if (*command->prompt != '\0') {
        fprintf(out,
                "Without words the prompt is standard input; if that is empty or a terminal: %s\n",
                command->prompt);
    }
    if (*command->model != '\0') {
        fprintf(out, "MODEL is %s if there is none.\n", command->model);
    }
    fputs("Environment: AWS_REGION, AWS_BEARER_TOKEN_BEDROCK or AWS_ACCESS_KEY_ID, "
          "AWS_SECRET_ACCESS_KEY and\n"
          "AWS_SESSION_TOKEN, AWS_ENDPOINT_URL_BEDROCK_RUNTIME, AWS_CA_BUNDLE.\n",
          out);
}

void refuse(const char *what)
{
    fprintf(stderr, "%s\n", what);
    exit(2);
}

static void add(const char *text, size_t len)
{
    size_t used = strlen(prompt);

    if (used + len >= sizeof prompt) {
        refuse("The prompt is too long: 65535 bytes are the most.");
    }
    memcpy(prompt + used, text, len);
    prompt[used + len] = '\0';
}

static void read_stdin(void)
{
    char piece[4096];
    size_t len;

    while ((len = fread(piece, 1, sizeof piece, stdin)) > 0) {
        if (memchr(piece, '\0', len) != NULL) {
            refuse("The prompt holds a NUL byte: it is no text.");
        }
        add(piece, len);
    }
    if (ferror(stdin) && errno != EBADF) {
        refuse("Standard input could not be read.");
    }
    for (len = strlen(prompt); len > 0 && strchr(" \t\r\n", prompt[len - 1]) != NULL; len--) {
        prompt[len - 1] = '\0';
    }
}

static void check_model(const char *option, const char *model)
{
    size_t len;

    for (len = 0; model[len] > ' ' && model[len] < 0x7f; len++) {
    }
    if (len == 0 || len > 2048 || model[len] != '\0') {
        fprintf(stderr,
                "%s takes the id or ARN of a model: 1 to 2048 visible ASCII characters without "
                "spaces.\n",
                option);
        exit(2);
    }
}

/* -m, --list; not a number, a dash alone, or a sentence. */
static int is_option(const char *word)
{
    return word[0] == '-' && word[1] != '\0' && strchr("0123456789.", word[1]) == NULL &&
           strpbrk(word, " \t\r\n") == NULL;
}

/* Takes the option at argv[0], and what follows it. How many words that were; 0: there is no such
 * option, or nothing follows. */
static int take_option(const struct command *command, const char **model, char **argv)
{
    const struct command_option *option = command->options;

    if (strcmp(argv[0], "-m") == 0 && *command->model != '\0' && argv[1] != NULL) {
        check_model(argv[0], argv[1]);
        *model = argv[1];
        return 2;
    }
    for (; option < command->options + COMMAND_OPTIONS && option->name != NULL; option++) {
        if (strcmp(argv[0], option->name) == 0) {
            int count = option->value != NULL ? 2 : 1;

            if (argv[count - 1] == NULL) {
                return 0;
            }
            if (count == 2 && strcmp(option->value, "MODEL") == 0) {
                check_model(argv[0], argv[1]);
            }
            *option->to = argv[count - 1];
            return count;
        }
    }
    return 0;
}

/* Takes all options. The index of the first word. */
static int take_options(const struct command *command, const char **model, char **argv)
{
    int first = 1;
    int i;

    while (argv[first] != NULL && is_option(argv[first])) {
        int count = take_option(command, model, argv + first);

        if (strcmp(argv[first], "--") == 0) {
            return first + 1;
        }
        if (count == 0) {
            int is_asked = strcmp(argv[first], "-h") == 0 || strcmp(argv[first], "--help") == 0;

            help(argv[0], command, is_asked ? stdout : stderr);
            exit(is_asked ? 0 : 2);
        }
        first += count;
    }
    for (i = first; argv[i] != NULL; i++) {
        if (is_option(argv[i])) {
            fprintf(stderr,
                    "%.40s behind a word: options come first; -- before words that begin with -.\n",
                    argv[i]);
            exit(2);
        }
    }
    return first;
}

/* What the model is asked: the words, or standard input, or the default. */
static void make_prompt(const struct command *command, struct arguments *arguments)
{
    const char *by_default = command->prompt != NULL ? command->prompt : "";
    int is_instead = command->instead != NULL && *command->instead != NULL;
    int i;

    for (i = 0; i < arguments->word_count; i++) {
        add(" ", i > 0);
        add(arguments->words[i], strlen(arguments->words[i]));
    }
    if (i > 0) {
        return;
    }
    if (command->prompt == NULL || (*by_default != '\0' && !is_instead && !isatty(STDIN_FILENO))) {
        read_stdin();
    }
    if (prompt[0] == '\0') {
        arguments->is_default = 1;
        add(by_default, strlen(by_default));
    }
}

struct arguments command_read(int argc, char **argv, const struct command *command)
{
    struct arguments arguments = {NULL, prompt, 0, NULL, NULL, 0};
    struct command given = *command;
    int i;

    /* Else the connection would get its number, and the answer be written to it. */
    if (fcntl(STDOUT_FILENO, F_GETFD) < 0) {
        refuse("There is no standard output to write the answer to.");
    }
    given.model = given.model != NULL ? given.model : MODEL;
    arguments.model = given.model;
    i = take_options(&given, &arguments.model, argv);
    if ((given.file != NULL && i == argc) ||
        (given.words != NULL && *given.words == '\0' && i < argc) ||
        (given.instead != NULL && *given.instead != NULL && i < argc)) {
        help(argv[0], &given, stderr);
        exit(2);
    }
    if (given.file != NULL) {
        arguments.file = argv[i++];
    }
    arguments.words = argv + i;
    arguments.word_count = argc - i;
    make_prompt(&given, &arguments);
    return arguments;
}

struct arguments arguments_read(int argc, char **argv, const char *about, int from_stdin)
{
    return command_read(argc, argv,
                        &(struct command){.about = about, .prompt = from_stdin ? NULL : ""});
}

void answer_piece(const char *text, size_t len)
{
    fwrite(text, 1, len, stdout);
    fflush(stdout);
    is_in_line |= len > 0;
}

void answer_end(void)
{
    if (is_in_line) {
        putchar('\n');
        fflush(stdout);
        is_in_line = 0;
    }
}

void answer_print(const char *text, size_t len)
{
    static const char blank[] = " \t\r\n";

    while (len > 0 && memchr(blank, *text, sizeof blank - 1) != NULL) {
        text++;
        len--;
    }
    while (len > 0 && memchr(blank, text[len - 1], sizeof blank - 1) != NULL) {
        len--;
    }
    answer_piece(text, len);
    answer_end();
}

int output_complete(void)
{
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("The answer could not be written to standard output.\n", stderr);
        return 0;
    }
    return 1;
}

int call_status(const bedrock_client *client)
{
    int failed;

    answer_end();
    failed = bedrock_report(client, stderr);
    if (!failed && bedrock_last_stop_reason(client) == BEDROCK_STOP_MAX_TOKENS) {
        fputs("The answer was cut at max_tokens: there would have been more.\n", stderr);
    }
    return failed;
}

int exit_status(const bedrock_client *client)
{
    int failed = call_status(client);

    return output_complete() ? failed : 1;
}
