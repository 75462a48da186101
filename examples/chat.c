/* SPDX-License-Identifier: MIT */
/*
 * A conversation in a terminal. Its history is JSON in a fixed buffer: when that is full the oldest
 * exchanges are forgotten. Ctrl-C cancels the answer, not the program; Ctrl-D ends it. The answers
 * go to standard output, everything else to standard error, so that a conversation can be piped in
 * and out.
 */
#define _POSIX_C_SOURCE 200809L

#include <bedrock.h>
#include <bedrock/posix.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common.h"

static unsigned char memory[BEDROCK_MEMORY];
static char turns[32768];
#define ANSWER_ROOM 16384 /* of them, for the answer that is asked for */
static char line[8191];
static struct bedrock_history history;
static bedrock_client *client;
static int is_terminal; /* prompts are for a person */

static void on_interrupt(int number)
{
    (void)number;
    bedrock_cancel(client);
}

/* Without SA_RESTART, so that Ctrl-C at the prompt gives a new one. */
static void catch_interrupts(void)
{
    struct sigaction action;

    memset(&action, 0, sizeof action);
    action.sa_handler = on_interrupt;
    sigaction(SIGINT, &action, NULL);
}

static void prompt(const char *text)
{
    if (is_terminal) {
        fputs(text, stderr);
    }
}

/* Reads a line to its end, whatever it holds. 0 at the end of the conversation; *wrong is set if it
 * cannot be taken. */
static int take_line(const char **wrong)
{
    size_t len = 0;
    int c;

    errno = 0;
    while ((c = getchar()) != '\n' && (c != EOF || errno == EINTR)) {
        if (c == EOF) { /* Ctrl-C: on a terminal what was typed is gone */
            clearerr(stdin);
            errno = 0;
            len = is_terminal ? 0 : len;
            *wrong = is_terminal ? NULL : *wrong;
            prompt("\n> ");
        } else if (c == '\0') {
            *wrong = "That line holds a NUL byte: it is no text.";
        } else if (len + 1 < sizeof line) {
            line[len++] = (char)c;
        } else if (*wrong == NULL) {
            *wrong = "That line is too long: 8190 bytes are the most.";
        }
    }
    line[len] = '\0';
    if (len > 0 && line[len - 1] == '\r') {
        line[len - 1] = '\0';
    }
    return c == '\n' || len > 0 || *wrong != NULL;
}

/* Reads a line that says something. 0 at the end of the conversation. *failed is set if one had to
 * be left out. */
static int read_line(int *failed)
{
    for (;;) {
        const char *wrong = NULL;

        prompt("> ");
        if (!take_line(&wrong)) {
            return 0;
        }
        if (wrong != NULL) {
            fprintf(stderr, "%s\n", wrong);
            *failed = 1;
        } else if (line[strspn(line, " \t")] != '\0') {
            return 1;
        }
    }
}

static int ask(const char *model, const char *text)
{
    struct bedrock_event event;
    int kept = BEDROCK_OK;
    int status = bedrock_history_add(&history, &(struct bedrock_message)BEDROCK_USER(text));

    if (status == BEDROCK_OK) {
        status = bedrock_history_trim(&history, ANSWER_ROOM);
    }
    if (status != BEDROCK_OK) {
        fprintf(stderr, "%s\n", bedrock_status_text(status));
        bedrock_history_rollback(&history);
        return 1;
    }
    bedrock_converse_stream(client,
                            &(struct bedrock_converse){.model_id = model, .history = &history});
    while (bedrock_next(client, &event) > 0) {
        kept = bedrock_history_event(&history, &event);
        if (event.type == BEDROCK_EVENT_TEXT) {
            answer_piece(event.text, event.text_len);
        }
    }
    answer_end();
    if (kept != BEDROCK_OK) {
        fputs("The conversation goes on without this answer: it is too long to be kept.\n", stderr);
    }
    /* An answer that failed, or did not fit, leaves no half turn behind: the question goes with it.
     */
    bedrock_history_rollback(&history);
    return call_status(client);
}

int main(int argc, char **argv)
{
    struct arguments arguments = arguments_read(argc, argv, "Talks with a model, line by line.", 0);
    struct bedrock_config config = bedrock_posix_config("us-east-1");
    int failed;

    bedrock_client_init(&client, memory, sizeof memory, &config);
    bedrock_history_init(&history, turns, sizeof turns);
    failed = bedrock_report(client, stderr);
    if (failed) {
        return failed;
    }
    is_terminal = isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
    catch_interrupts();
    if (arguments.prompt[0] != '\0') {
        failed = ask(arguments.model, arguments.prompt);
    }
    while (read_line(&failed)) {
        failed |= ask(arguments.model, line);
    }
    prompt("\n");
    bedrock_client_close(client);
    return output_complete() ? failed : 1;
}
