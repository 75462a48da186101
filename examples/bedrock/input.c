/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE   200809L
#define _FILE_OFFSET_BITS 64

#include "input.h"

#include "report.h"
#include "session.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char prompt[INPUT_PROMPT_MAX + 1];
static size_t prompt_len;

/* What the command's help calls its words. */
static const char *word_for_it(const struct settings *settings)
{
    return strstr(settings->command->words, "TEXT") != NULL ? "text" : "prompt";
}

static void add(const struct settings *settings, const char *text, size_t len)
{
    if (len > INPUT_PROMPT_MAX - prompt_len) {
        report_usage(settings, "The %s is too long: %d bytes are the most.", word_for_it(settings),
                     INPUT_PROMPT_MAX);
    }
    memcpy(prompt + prompt_len, text, len);
    prompt_len += len;
    prompt[prompt_len] = '\0';
}

static void add_standard_input(const struct settings *settings)
{
    char piece[4096];
    size_t len, before = prompt_len;

    if (isatty(STDIN_FILENO)) {
        fprintf(stderr, "Type the %s, then Ctrl-D on a line of its own.\n", word_for_it(settings));
    }
    while ((len = fread(piece, 1, sizeof piece, stdin)) > 0) {
        if (memchr(piece, '\0', len) != NULL) {
            report_usage(settings, "Standard input holds a NUL byte: it is no text.");
        }
        add(settings, piece, len);
    }
    if (ferror(stdin)) {
        exit(session_signal != 0
                 ? EXIT_CODE_SIGNAL + (int)session_signal
                 : report_failure(settings, "Standard input cannot be read: %s.", strerror(errno)));
    }
    while (prompt_len > before && strchr(" \t\r\n", prompt[prompt_len - 1]) != NULL) {
        prompt[--prompt_len] = '\0';
    }
}

int input_is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

const char *input_prompt(const struct settings *settings)
{
    int i;

    for (i = 0; i < settings->word_count; i++) {
        if (i > 0) {
            add(settings, " ", 1);
        }
        if (strcmp(settings->words[i], "-") == 0) {
            add_standard_input(settings);
        } else {
            add(settings, settings->words[i], strlen(settings->words[i]));
        }
    }
    if (settings->word_count == 0) {
        add_standard_input(settings);
    }
    if (input_is_blank(prompt)) {
        report_usage(settings, "There is no %s: give it as words, or on standard input.",
                     word_for_it(settings));
    }
    return prompt;
}

/* Fills the window from `off` on. The file may have become shorter meanwhile. */
static int fill(struct input_file *file, uint32_t off)
{
    ssize_t len;

    do {
        len = pread(file->fd, file->window, sizeof file->window, (off_t)(file->begin + off));
    } while (len < 0 && errno == EINTR);
    file->window_off = off;
    file->window_len = len > 0 ? (uint32_t)len : 0;
    return len > 0 ? 0 : BEDROCK_E_BODY_CHANGED;
}

static int read_at(void *ctx, uint32_t off, void *dst, size_t len)
{
    struct input_file *file = ctx;
    unsigned char *next = dst;

    while (len > 0) {
        uint32_t inside = off - file->window_off;
        size_t piece;

        if (off < file->window_off || inside >= file->window_len) {
            if (fill(file, off) != 0) {
                return BEDROCK_E_BODY_CHANGED;
            }
            inside = 0;
        }
        piece = file->window_len - inside < len ? file->window_len - inside : len;
        memcpy(next, file->window + inside, piece);
        next += piece;
        off += (uint32_t)piece;
        len -= piece;
    }
    return 0;
}

/* Copies what comes from a pipe to a file that has no name. One byte more than the service takes is
 * enough to be refused. \return its number; -1 with errno. */
static int spool(int from, const struct settings *settings)
{
    FILE *copy = tmpfile();
    char piece[4096];
    size_t total = 0;
    ssize_t len = 1;

    if (copy == NULL) {
        return -1;
    }
    while (len > 0 && total <= BEDROCK_BODY_MAX) {
        len = read(from, piece, sizeof piece);
        if (len < 0 && errno == EINTR && session_signal == 0) {
            len = 1;
            continue;
        }
        if (session_signal != 0) {
            exit(EXIT_CODE_SIGNAL + (int)session_signal);
        }
        if (len > 0 && fwrite(piece, 1, (size_t)len, copy) != (size_t)len) {
            return -1;
        }
        total += len > 0 ? (size_t)len : 0;
    }
    if (total > BEDROCK_BODY_MAX) {
        report_usage(settings, "Standard input is too long: the service takes %u bytes.",
                     BEDROCK_BODY_MAX);
    }
    return len < 0 || fflush(copy) != 0 ? -1 : fileno(copy);
}

static int measure(struct input_file *file, const struct settings *settings, const char *name)
{
    struct stat about;

    if (fstat(file->fd, &about) != 0) {
        return report_failure(settings, "%s cannot be read: %s.", name, strerror(errno));
    }
    if (S_ISDIR(about.st_mode)) {
        report_usage(settings, "%s is a folder, not a file.", name);
    }
    if (!S_ISREG(about.st_mode)) {
        file->fd = spool(file->fd, settings);
        if (file->fd < 0 || fstat(file->fd, &about) != 0) {
            return report_failure(settings, "%s cannot be copied to a temporary file: %s.", name,
                                  strerror(errno));
        }
    } else if (file->fd == STDIN_FILENO) {
        file->begin = (int64_t)lseek(file->fd, 0, SEEK_CUR);
    }
    if (about.st_size - file->begin > (off_t)BEDROCK_BODY_MAX) {
        report_usage(settings, "%s is too long: the service takes %u bytes.", name,
                     BEDROCK_BODY_MAX);
    }
    file->len = about.st_size > file->begin ? (uint32_t)(about.st_size - file->begin) : 0;
    return 0;
}

int input_open(struct input_file *file, const struct settings *settings, const char *name)
{
    int is_standard = strcmp(name, "-") == 0;
    int code;

    memset(file, 0, sizeof *file);
    file->fd = is_standard ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
    if (file->fd < 0) {
        report_usage(settings, "%s cannot be opened: %s.", name, strerror(errno));
    }
    code = measure(file, settings, is_standard ? "Standard input" : name);
    file->source.read_at = read_at;
    file->source.ctx = file;
    file->source.len = file->len;
    return code;
}

const char *input_image_format(struct input_file *file)
{
    static const struct {
        const char *format;
        uint8_t at;
        uint8_t len;
        const char *bytes;
    } known[] = {{"png", 0, 8, "\x89PNG\r\n\x1a\n"},
                 {"jpeg", 0, 3, "\xff\xd8\xff"},
                 {"gif", 0, 4, "GIF8"},
                 {"webp", 8, 4, "WEBP"}};
    size_t i;

    if (fill(file, 0) != 0) {
        return NULL;
    }
    for (i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (file->window_len >= (uint32_t)known[i].at + known[i].len &&
            memcmp(file->window + known[i].at, known[i].bytes, known[i].len) == 0) {
            return known[i].format;
        }
    }
    return NULL;
}
