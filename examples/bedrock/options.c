/* SPDX-License-Identifier: MIT */
#include "options.h"

#include "report.h"

#include <string.h>

static const struct option common[] = {
    OPTION("region", 0, OPTION_TEXT, region, "REGION",
           "AWS region; else AWS_REGION, else us-east-1"),
    OPTION("endpoint", 0, OPTION_TEXT, endpoint, "URL", "instead of AWS's own"),
    OPTION_RANGE("timeout", 0, OPTION_INTEGER, timeout_s, 1, 86400, "SECONDS",
                 "for the whole call, retries included; 900"),
    OPTION("json", 0, OPTION_FLAG, json, NULL, "for scripts: result and error as JSON"),
    OPTION("help", 'h', OPTION_FLAG, help, NULL, "this text"),
};

#define COMMON_COUNT (sizeof common / sizeof common[0])

const struct command *options_command(const char *name)
{
    size_t i;

    for (i = 0; commands[i] != NULL; i++) {
        if (strcmp(commands[i]->name, name) == 0) {
            return commands[i];
        }
    }
    return NULL;
}

/* Whether a word is that option: "--name", "--name=value" or "-n". */
static int is_option(const struct option *option, const char *word)
{
    size_t len = strlen(option->name);

    if (word[1] != '-') {
        return option->letter != 0 && word[1] == option->letter && word[2] == '\0';
    }
    return strncmp(word + 2, option->name, len) == 0 &&
           (word[2 + len] == '\0' || word[2 + len] == '=');
}

static const struct option *find(const struct option *options, size_t count, const char *word)
{
    size_t i;

    for (i = 0; i < count; i++) {
        if (is_option(&options[i], word)) {
            return &options[i];
        }
    }
    return NULL;
}

/* Digits up to where they end. \return where that is; NULL if there are none, or more than 9. */
static const char *read_digits(const char *text, int64_t *value)
{
    size_t len = strspn(text, "0123456789"), i;

    *value = 0;
    for (i = 0; i < len && i < 10; i++) {
        *value = *value * 10 + (text[i] - '0');
    }
    return len > 0 && len <= 10 ? text + len : NULL;
}

static void set_integer(const struct settings *settings, const struct option *option,
                        const char *text, int64_t *value)
{
    const char *end = read_digits(text, value);

    if (end == NULL || *end != '\0' || *value < option->low || *value > option->high) {
        report_usage(settings, "--%s takes a whole number from %ld to %ld, not \"%.40s\".",
                     option->name, (long)option->low, (long)option->high, text);
    }
}

static void set_size(const struct settings *settings, const struct option *option, const char *text,
                     struct size *size)
{
    const char *end = read_digits(text, &size->width);

    if (end != NULL && *end == 'x') {
        end = read_digits(end + 1, &size->height);
    }
    if (end == NULL || *end != '\0' || size->width < option->low || size->width > option->high ||
        size->height < option->low || size->height > option->high) {
        report_usage(settings,
                     "--%s takes a width and a height from %ld to %ld, such as 1024x1024, "
                     "not \"%.40s\".",
                     option->name, (long)option->low, (long)option->high, text);
    }
}

/* 0..1 as JSON writes it; the text itself is what is sent. */
static int is_fraction(const char *text)
{
    size_t digits;

    if (text[0] != '0' && text[0] != '1') {
        return 0;
    }
    if (text[1] == '\0') {
        return 1;
    }
    digits = strspn(text + 2, text[0] == '0' ? "0123456789" : "0");
    return text[1] == '.' && digits > 0 && digits <= 16 && text[2 + digits] == '\0';
}

static int is_id(const char *text, int64_t high)
{
    size_t len = strlen(text), i;

    for (i = 0; i < len; i++) {
        if (text[i] <= ' ' || text[i] > '~') {
            return 0;
        }
    }
    return len > 0 && len <= (size_t)high;
}

static int is_choice(const char *choices, const char *text)
{
    size_t len = strlen(text);

    while (len > 0 && *choices != '\0') {
        size_t word = strcspn(choices, " ");

        if (word == len && strncmp(choices, text, len) == 0) {
            return 1;
        }
        choices += word + (choices[word] == ' ');
    }
    return 0;
}

static void set_list(const struct settings *settings, const struct option *option, const char *text,
                     struct list *list)
{
    if (list->count == LIST_MAX) {
        report_usage(settings, "--%s can be given %d times, not more.", option->name, LIST_MAX);
    }
    list->items[list->count++] = text;
}

static void set_text(const struct settings *settings, const struct option *option, const char *text,
                     const char **value)
{
    if (option->kind == OPTION_ID && !is_id(text, option->high)) {
        report_usage(
            settings,
            "--%s takes 1 to %ld visible ASCII characters without spaces, such as an id or an ARN.",
            option->name, (long)option->high);
    }
    if (option->kind == OPTION_FRACTION && !is_fraction(text)) {
        report_usage(settings, "--%s takes a number from 0 to 1, such as 0.7, not \"%.40s\".",
                     option->name, text);
    }
    if (option->kind == OPTION_WORD && !is_choice(option->choices, text)) {
        report_usage(settings, "--%s takes one of: %s; not \"%.40s\".", option->name,
                     option->choices, text);
    }
    if (text[0] == '\0') {
        report_usage(settings, "--%s is empty: give it a value, or leave it out.", option->name);
    }
    *value = text;
}

static void set(struct settings *settings, const struct option *option, const char *text)
{
    void *value = (char *)settings + option->offset;

    switch (option->kind) {
    case OPTION_FLAG:
        *(int64_t *)value = 1;
        break;
    case OPTION_INTEGER:
        set_integer(settings, option, text, value);
        break;
    case OPTION_SIZE:
        set_size(settings, option, text, value);
        break;
    case OPTION_LIST:
        set_list(settings, option, text, value);
        break;
    default:
        set_text(settings, option, text, value);
        break;
    }
}

int options_want_json(int argc, char **argv)
{
    int i;

    for (i = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--json") == 0) {
            return 1;
        }
    }
    return 0;
}

/* Takes an option and its value. \return how many words that were. */
static int take(struct settings *settings, const char *word, const char *next)
{
    const struct command *command = settings->command;
    const struct option *option = find(command->options, command->option_count, word);
    const char *equals = word[1] == '-' ? strchr(word, '=') : NULL;

    if (option == NULL) {
        option = find(common, COMMON_COUNT, word);
    }
    if (option == NULL) {
        report_usage(settings,
                     "There is no option %.60s: bedrock %s --help lists them; a prompt that "
                     "begins with a dash comes after --.",
                     word, command->name);
    }
    if (option->kind == OPTION_FLAG) {
        if (equals != NULL) {
            report_usage(settings, "--%s takes no value.", option->name);
        }
        set(settings, option, NULL);
        return 1;
    }
    if (equals == NULL && next == NULL) {
        report_usage(settings, "%.60s needs a value: --%s %s.", word, option->name,
                     option->argument);
    }
    set(settings, option, equals != NULL ? equals + 1 : next);
    return equals != NULL ? 1 : 2;
}

void options_read(struct settings *settings, int argc, char **argv)
{
    int i = 0;

    settings->words = argv;
    while (i < argc) {
        char *word = argv[i];

        if (strcmp(word, "--") == 0) {
            for (i++; i < argc; i++) {
                settings->words[settings->word_count++] = argv[i];
            }
        } else if (word[0] == '-' && word[1] != '\0') {
            i += take(settings, word, i + 1 < argc ? argv[i + 1] : NULL);
        } else {
            settings->words[settings->word_count++] = word;
            i++;
        }
    }
}

const char *options_only_word(const struct settings *settings, const char *what)
{
    if (settings->word_count != 1) {
        report_usage(settings, "Give one %s, not %d: bedrock %s --help shows how.", what,
                     settings->word_count, settings->command->name);
    }
    return settings->words[0];
}

void options_no_words(const struct settings *settings)
{
    if (settings->word_count > 0) {
        report_usage(settings, "\"%.60s\" is one word too many: bedrock %s --help shows how.",
                     settings->words[0], settings->command->name);
    }
}

static void help_options(const struct option *options, size_t count, FILE *out)
{
    size_t i;

    for (i = 0; i < count; i++) {
        char name[40];

        snprintf(name, sizeof name, "%s%s%s", options[i].name,
                 options[i].argument != NULL ? " " : "",
                 options[i].argument != NULL ? options[i].argument : "");
        fprintf(out, "  %c%c%c --%-22s %s\n", options[i].letter != 0 ? '-' : ' ',
                options[i].letter != 0 ? options[i].letter : ' ',
                options[i].letter != 0 ? ',' : ' ', name, options[i].about);
    }
}

static const char environment[] =
    "\nenvironment\n"
    "  AWS_BEARER_TOKEN_BEDROCK  a Bedrock API key; else\n"
    "  AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN\n"
    "  AWS_REGION, AWS_DEFAULT_REGION, AWS_CA_BUNDLE\n"
    "  AWS_ENDPOINT_URL_BEDROCK_RUNTIME, AWS_ENDPOINT_URL\n"
    "  NO_COLOR                  no colours on a terminal\n"
    "  Keys are never taken from the command line, where everyone could see them.\n";

static const char exit_codes[] =
    "\nexit codes\n"
    "  0 complete    1 failed    2 wrong command line    130 cancelled (128 + signal)\n";

static void help_all(FILE *out)
{
    size_t i;

    fputs("usage: bedrock COMMAND [options] ...\n\nAmazon Bedrock from the command line.\n\n"
          "commands\n",
          out);
    for (i = 0; commands[i] != NULL; i++) {
        fprintf(out, "  %-14s %s\n", commands[i]->name, commands[i]->about);
    }
    fputs("\noptions of every command\n", out);
    help_options(common, COMMON_COUNT, out);
    fputs("\nexamples\n"
          "  bedrock converse \"Why is the sky blue?\"\n"
          "  bedrock doctor\n",
          out);
    fputs(environment, out);
    fputs(exit_codes, out);
    for (i = 0; commands[i] != NULL; i++) {
        if (commands[i]->exit_codes != NULL) {
            fprintf(out, "  %s: %s\n", commands[i]->name, commands[i]->exit_codes);
        }
    }
}

void options_help(const struct command *command, FILE *out)
{
    if (command == NULL) {
        help_all(out);
        return;
    }
    fprintf(out, "usage: bedrock %s [options]%s%s\n\n%s\n", command->name,
            command->words[0] != '\0' ? " " : "", command->words, command->about);
    if (command->more != NULL) {
        fprintf(out, "%s\n", command->more);
    }
    if (command->option_count > 0) {
        fputs("\noptions\n", out);
        help_options(command->options, command->option_count, out);
    }
    fprintf(out, "\nexamples\n%s", command->examples);
    if (command->needs_environment) {
        fputs(environment, out);
    }
    if (command->exit_codes != NULL) {
        fprintf(out, "%s  %s\n", exit_codes, command->exit_codes);
    }
    fputs("\nbedrock help: the options of every command, such as --region and --json; environment; "
          "exit codes.\n",
          out);
}
