/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include "common.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MODEL "us.anthropic.claude-haiku-4-5-20251001-v1:0"

static char prompt[65536];

static void help(const char *program, const char *about, FILE *out)
{
    fprintf(out,
            "usage: %s [-m MODEL] [PROMPT...]\n"
            "%s\n"
            "The prompt is read from standard input if there are no words. MODEL is " MODEL
            " if there is none.\n"
            "Environment: AWS_REGION, AWS_BEARER_TOKEN_BEDROCK or AWS_ACCESS_KEY_ID, "
            "AWS_SECRET_ACCESS_KEY and\n"
            "AWS_SESSION_TOKEN, AWS_ENDPOINT_URL_BEDROCK_RUNTIME, AWS_CA_BUNDLE.\n",
            program, about);
}

static void refuse(const char *what)
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
    for (len = strlen(prompt); len > 0 && strchr(" \t\r\n", prompt[len - 1]) != NULL; len--) {
        prompt[len - 1] = '\0';
    }
}

struct arguments arguments_read(int argc, char **argv, const char *about, int from_stdin)
{
    struct arguments arguments = {MODEL, prompt};
    int i = 1;

    /* Else the connection would get its number, and the answer be written to it. */
    if (fcntl(STDOUT_FILENO, F_GETFD) < 0) {
        refuse("There is no standard output to write the answer to.");
    }
    for (; i < argc && argv[i][0] == '-' && argv[i][1] != '\0'; i++) {
        if (strcmp(argv[i], "-m") == 0 && i + 1 < argc) {
            arguments.model = argv[++i];
        } else if (strcmp(argv[i], "-h") == 0 || strcmp(argv[i], "--help") == 0) {
            help(argv[0], about, stdout);
            exit(0);
        } else if (strcmp(argv[i], "--") == 0) {
            i++;
            break;
        } else {
            help(argv[0], about, stderr);
            exit(2);
        }
    }
    if (i == argc && from_stdin) {
        read_stdin();
    }
    for (; i < argc; i++) {
        add(prompt[0] == '\0' ? "" : " ", prompt[0] != '\0');
        add(argv[i], strlen(argv[i]));
    }
    return arguments;
}

int output_complete(void)
{
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("The answer could not be written to standard output.\n", stderr);
        return 0;
    }
    return 1;
}
