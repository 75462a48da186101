/* SPDX-License-Identifier: MIT */
/* bedrock: Amazon Bedrock from the command line, for Linux machines that are short of everything.
 */
#include "commands.h"
#include "output.h"
#include "report.h"

#include <bedrock.h>
#include <string.h>

const struct command *const commands[] = {
    &command_converse, &command_chat,         &command_invoke,    &command_image,
    &command_embed,    &command_count_tokens, &command_guardrail, &command_async,
    &command_doctor,   &command_version,      &command_help,      NULL,
};

static int finish(int code)
{
    output_flush();
    if (output_failed() != 0 && code == EXIT_CODE_OK) {
        fprintf(stderr, "bedrock: standard output cannot be written: %s.\n",
                strerror(output_failed()));
        return EXIT_CODE_FAILED;
    }
    return code;
}

static int run_help(const struct settings *settings)
{
    const struct command *about = NULL;

    if (settings->word_count > 0) {
        const char *name = options_only_word(settings, "command");

        about = options_command(name);
        if (about == NULL) {
            report_usage(settings, "There is no command %.40s: bedrock help lists them.", name);
        }
    }
    options_help(about, stdout);
    return EXIT_CODE_OK;
}

const struct command command_help = {"help",
                                     "[COMMAND]",
                                     "says what a command does and takes",
                                     NULL,
                                     "  bedrock help image\n  bedrock image --help\n",
                                     NULL,
                                     0,
                                     .run = run_help};

static int run_version(const struct settings *settings)
{
    options_no_words(settings);
    if (settings->json) {
        struct bedrock_json_writer *json = output_json();

        bedrock_json_begin_object(json);
        report_json_text(json, "version", BEDROCK_VERSION);
        bedrock_json_end_object(json);
        output_json_end(json);
    } else {
        output_line("bedrock " BEDROCK_VERSION);
    }
    return EXIT_CODE_OK;
}

const struct command command_version = {"version",
                                        "",
                                        "says which version this is",
                                        NULL,
                                        "  bedrock version\n  bedrock version --json\n",
                                        NULL,
                                        0,
                                        .run = run_version};

/* "--help" and "--version" in place of a command are what people try first. */
static const char *command_name(const char *word)
{
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
        return "help";
    }
    return strcmp(word, "--version") == 0 ? "version" : word;
}

/* The command that the first word names. Ends the program if there is none. */
static const struct command *find_command(const struct settings *settings, const char *word)
{
    const struct command *command = options_command(command_name(word));

    if (command == NULL && word[0] == '-') {
        report_usage(settings,
                     "The command comes first, then its options such as %.40s: bedrock help lists "
                     "the commands.",
                     word);
    }
    if (command == NULL) {
        report_usage(settings, "There is no command %.40s: bedrock help lists them.", word);
    }
    return command;
}

int main(int argc, char **argv)
{
    struct settings settings;

    memset(&settings, 0, sizeof settings);
    if (!output_init()) {
        return report_failure(&settings, "There is no standard output to write the answer to.");
    }
    if (argc < 2) {
        options_help(NULL, stderr);
        return EXIT_CODE_USAGE;
    }
    settings.json = options_want_json(argc - 1, argv + 1);
    settings.command = find_command(&settings, argv[1]);
    if (settings.command->prints_json) {
        output_json_aside();
    }
    options_read(&settings, argc - 2, argv + 2);
    if (settings.help) {
        options_help(settings.command, stdout);
        return finish(EXIT_CODE_OK);
    }
    return finish(settings.command->run(&settings));
}
