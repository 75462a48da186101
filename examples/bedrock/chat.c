/* SPDX-License-Identifier: MIT */
/* bedrock chat: a conversation, line by line. */
#define _POSIX_C_SOURCE 200809L

#include "answer.h"
#include "commands.h"
#include "output.h"
#include "report.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct option options[] = {
    OPTION_MODEL("id or ARN; " MODEL_THAT_TALKS),
    OPTION("system", 0, OPTION_TEXT, system, "TEXT", "what the model should be"),
};

static char turns[65536];
#define ANSWER_ROOM 24576 /* of them, for the answer that is asked for */
static char line[16384];
static struct bedrock_history history;
static int is_person; /* sits there, and wants to be asked */

static void end_prompt(void)
{
    if (is_person) {
        fputs("\n", stderr);
    }
}

/* The rest of a line that is too long. */
static void skip_line(void)
{
    while (fgets(line, sizeof line, stdin) != NULL && strchr(line, '\n') == NULL) {
    }
}

enum read_result { READ_LINE, READ_AGAIN, READ_REFUSED, READ_END };

static enum read_result read_line(const struct settings *settings)
{
    size_t len;

    if (is_person) {
        output_coloured(stderr, COLOUR_DIM, "> ");
    }
    memset(line, '\n', sizeof line); /* what fgets() has written ends behind the last NUL */
    errno = 0;
    session_signal = 0;
    if (fgets(line, sizeof line, stdin) == NULL) {
        if (errno != EINTR || session_signal != SIGINT) {
            return READ_END;
        }
        clearerr(stdin);
        end_prompt();
        return READ_AGAIN;
    }
    for (len = sizeof line; line[len - 1] != '\0'; len--) {
    }
    if (strlen(line) != len - 1) {
        report_failure(settings, "That line holds a NUL byte: it is no text.");
        return READ_REFUSED;
    }
    if (strchr(line, '\n') == NULL && !feof(stdin)) {
        report_failure(settings, "That line is too long: %u bytes are the most.",
                       (unsigned)sizeof line - 2);
        skip_line();
        return READ_REFUSED;
    }
    line[strcspn(line, "\r\n")] = '\0';
    return line[strspn(line, " \t")] != '\0' ? READ_LINE : READ_AGAIN;
}

static int ask(bedrock_client *client, const struct settings *settings)
{
    const struct bedrock_content system = {.kind = &bedrock_content_text, .text = settings->system};
    struct bedrock_converse request = {0};
    int kept = BEDROCK_OK, code;
    int status = bedrock_history_add(&history, &(struct bedrock_message)BEDROCK_USER(line));

    if (status == BEDROCK_OK) {
        status = bedrock_history_trim(&history, ANSWER_ROOM);
    }
    if (status != BEDROCK_OK) {
        bedrock_history_rollback(&history);
        return report_status(settings, status);
    }
    request.model_id = settings->model != NULL ? settings->model : MODEL_THAT_TALKS;
    request.history = &history;
    if (settings->system != NULL) {
        request.system.items = &system;
        request.system.count = 1;
    }
    session_signal = 0;
    bedrock_converse_stream(client, &request);
    code = answer_print(client, settings, &history, &kept);
    if (kept != BEDROCK_OK) {
        fputs("The conversation goes on without this answer: it is too long to be kept.\n", stderr);
    }
    /* An answer that failed, or did not fit, leaves no half turn behind: the question goes with it.
     */
    bedrock_history_rollback(&history);
    return code;
}

/* Ctrl-C ends an answer; the other signals, and a reader that has gone, end the conversation. */
static int must_end(void)
{
    return output_failed() != 0 || (session_signal != 0 && session_signal != SIGINT);
}

static int run(const struct settings *settings)
{
    bedrock_client *client;
    enum read_result result;
    int code = EXIT_CODE_OK, last = EXIT_CODE_OK;

    options_no_words(settings);
    client = session_open(settings, 1);
    is_person = isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
    bedrock_history_init(&history, turns, sizeof turns);
    if (bedrock_last_error(client)->code != BEDROCK_OK) {
        return session_end(client, session_json(settings));
    }
    while (!must_end() && (result = read_line(settings)) != READ_END) {
        if (result == READ_LINE) {
            last = ask(client, settings);
        } else if (result == READ_REFUSED) {
            last = EXIT_CODE_FAILED;
        }
        /* A cancelled answer is what the person wanted. */
        code = last != EXIT_CODE_OK && last != EXIT_CODE_SIGNAL + SIGINT ? last : code;
    }
    end_prompt();
    bedrock_client_close(client);
    return code;
}

const struct command command_chat = {
    "chat",
    "",
    "talks with a model, line by line; Ctrl-C cancels an answer, Ctrl-D ends",
    "The conversation is kept in 64 KB of memory: when they are full the oldest turns are\n"
    "forgotten. With --json each answer is one line.",
    "  bedrock chat --system \"You are a lighthouse keeper.\"\n"
    "  printf 'My name is Ada.\\nWhat is my name?\\n' | bedrock chat\n",
    OPTIONS_OF(options),
    .run = run,
    .exit_codes = "as converse, of the last answer that was not complete"};
