/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int failure;
static int to_terminal;
static int interactive;
static int json_aside;

static int is_dumb(void)
{
    const char *term = getenv("TERM");

    return term == NULL || strcmp(term, "dumb") == 0;
}

int output_init(void)
{
    int complete = fcntl(STDOUT_FILENO, F_GETFD) >= 0;
    int fd;

    /* Else a connection would get the number of a standard stream that is closed, and what is meant
     * for the stream would be written to it. */
    do {
        fd = open("/dev/null", O_RDWR);
    } while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd >= 0) {
        close(fd);
    }
    signal(SIGPIPE, SIG_IGN);
    to_terminal = isatty(STDOUT_FILENO);
    interactive = isatty(STDERR_FILENO) && !is_dumb();
    return complete;
}

static void remember(int failed)
{
    if (failed && failure == 0) {
        failure = errno != 0 ? errno : EIO;
    }
}

void output_bytes(const void *data, size_t len)
{
    errno = 0;
    remember(len > 0 && failure == 0 && fwrite(data, 1, len, stdout) != len);
}

/* Bytes of the control character that a text begins with; 0 if it is none. There are two ranges:
 * the other one, U+0080..U+009F, has two bytes. */
static size_t control_size(const char *text, size_t len)
{
    unsigned char c = (unsigned char)text[0];

    if ((c < ' ' && c != '\n' && c != '\t') || c == 0x7f) {
        return 1;
    }
    return c == 0xc2 && len > 1 && ((unsigned char)text[1] & 0xe0) == 0x80 ? 2 : 0;
}

void output_text(const char *text, size_t len)
{
    while (to_terminal && len > 0) {
        size_t plain = 0, control = 0;

        while (plain < len && (control = control_size(text + plain, len - plain)) == 0) {
            plain++;
        }
        output_bytes(text, plain);
        if (control > 0) {
            output_bytes(" ", 1);
        }
        text += plain + control;
        len -= plain + control;
    }
    output_bytes(text, len);
}

void output_line(const char *text)
{
    output_text(text, strlen(text));
    output_bytes("\n", 1);
}

void output_flush(void)
{
    errno = 0;
    remember(failure == 0 && fflush(stdout) != 0);
}

int output_failed(void)
{
    return failure;
}

static int write_json(void *ctx, const void *data, size_t len)
{
    (void)ctx;
    if (json_aside) {
        fwrite(data, 1, len, stderr);
        return 0;
    }
    output_bytes(data, len);
    return failure == 0 ? 0 : BEDROCK_E_WRITE;
}

void output_json_aside(void)
{
    json_aside = 1;
}

struct bedrock_json_writer *output_json(void)
{
    static struct bedrock_output out;
    static struct bedrock_json_writer json;

    bedrock_output_init(&out, write_json, NULL, 0);
    bedrock_json_writer_init(&json, &out);
    return &json;
}

void output_json_end(struct bedrock_json_writer *json)
{
    int status = bedrock_json_writer_finish(json);

    if (status != BEDROCK_OK && failure == 0) {
        fprintf(stderr, "The result cannot be written as JSON: %s\n", bedrock_status_text(status));
        failure = EILSEQ;
    }
    write_json(NULL, "\n", 1);
    output_flush();
}

void output_coloured(FILE *out, enum colour colour, const char *text)
{
    static const char *const codes[] = {"", "\033[32m", "\033[1;31m", "\033[2m"};
    const char *no_color = getenv("NO_COLOR");
    int coloured = colour != COLOUR_NONE && (no_color == NULL || no_color[0] == '\0') &&
                   !is_dumb() && isatty(fileno(out));

    fprintf(out, "%s%s%s", coloured ? codes[colour] : "", text, coloured ? "\033[0m" : "");
}

int output_is_interactive(void)
{
    return interactive;
}
