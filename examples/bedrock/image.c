/* SPDX-License-Identifier: MIT */
/* bedrock image: a picture into a file. It never lies there half. */
#define _XOPEN_SOURCE 700

#include "commands.h"
#include "input.h"
#include "output.h"
#include "picture.h"
#include "report.h"
#include "session.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_DEFAULT "image.png"
#define BAR_WIDTH    30

static const struct option options[] = {
    OPTION_MODEL("Titan Image Generator or Nova Canvas; " MODEL_THAT_DRAWS),
    OPTION("output", 'o', OPTION_TEXT, file, "FILE",
           "where the picture goes; image.png; - is standard output"),
    OPTION_RANGE("size", 0, OPTION_SIZE, size, 64, 8192, "WxH", "width and height; 1024x1024"),
    OPTION_RANGE("seed", 0, OPTION_INTEGER, seed, 1, BEDROCK_IMAGE_SEED_MAX, "N",
                 "the same seed gives the same picture"),
};

/* Where the picture goes. Under a temporary name until it is complete, unless that is something
 * else than a file. */
struct target {
    const char *name;
    char linked[PATH_MAX];    /* the file that `name` is a link to: "": it is none */
    char temporary[PATH_MAX]; /* "": written in place */
    int fd;
    struct picture picture; /* as far as it is written */
};

static const char *file_of(const struct target *target)
{
    return target->linked[0] != '\0' ? target->linked : target->name;
}

static int open_temporary(struct target *target)
{
    mode_t mask = umask(0);
    int len = snprintf(target->temporary, sizeof target->temporary, "%s.XXXXXX", file_of(target));

    umask(mask);
    if (len < 0 || (size_t)len >= sizeof target->temporary) {
        target->temporary[0] = '\0';
        errno = ENAMETOOLONG;
        return -1;
    }
    target->fd = mkstemp(target->temporary);
    if (target->fd < 0) {
        target->temporary[0] = '\0';
        return -1;
    }
    session_leftover = target->temporary;
    return fchmod(target->fd, (mode_t)0666 & ~mask);
}

/* A device or a pipe must not be replaced by a file: it is written to. Nor must a link, but what it
 * leads to. \return 0; -1 with errno. */
static int open_target(struct target *target)
{
    struct stat about;

    target->fd = -1;
    if (strcmp(target->name, "-") == 0) {
        target->fd = STDOUT_FILENO;
        return 0;
    }
    if (stat(target->name, &about) == 0 && !S_ISREG(about.st_mode)) {
        target->fd = open(target->name, O_WRONLY | O_TRUNC | O_CLOEXEC);
        return target->fd < 0 ? -1 : 0;
    }
    if (lstat(target->name, &about) == 0 && S_ISLNK(about.st_mode) &&
        realpath(target->name, target->linked) == NULL) {
        return -1;
    }
    return open_temporary(target);
}

static int write_all(struct target *target, const unsigned char *data, size_t len)
{
    while (len > 0) {
        ssize_t count = write(target->fd, data, len);

        if (count < 0 && errno != EINTR) {
            return -1;
        }
        if (count > 0) {
            picture_take(&target->picture, data, (size_t)count);
            data += count;
            len -= (size_t)count;
        }
    }
    return 0;
}

/* The picture is complete: it gets its name. */
static int keep(struct target *target)
{
    if (target->temporary[0] == '\0') {
        return target->fd == STDOUT_FILENO ? 0 : close(target->fd);
    }
    if (fsync(target->fd) != 0 || close(target->fd) != 0 ||
        rename(target->temporary, file_of(target)) != 0) {
        return -1;
    }
    session_leftover = NULL;
    target->temporary[0] = '\0';
    return 0;
}

static void discard(struct target *target)
{
    if (target->temporary[0] != '\0') {
        unlink(target->temporary);
    }
}

/* A line that is written over and over, ten times a second at most; it is gone at the end. */
static void show_progress(const bedrock_client *client, int is_end)
{
    static uint32_t last_ms;
    const struct bedrock_port *port = bedrock_posix_port();
    uint32_t now_ms = port->now_ms(port->ctx), received, total;
    char bar[BAR_WIDTH + 1];
    size_t done;

    if (!output_is_interactive() || (!is_end && last_ms != 0 && now_ms - last_ms < 100)) {
        return;
    }
    last_ms = now_ms;
    if (is_end) {
        fprintf(stderr, "\r%*s\r", BAR_WIDTH + 24, "");
        return;
    }
    bedrock_progress(client, &received, &total);
    done = total > 0 ? (size_t)((uint64_t)received * BAR_WIDTH / total) : 0;
    memset(bar, '.', BAR_WIDTH);
    memset(bar, '#', done < BAR_WIDTH ? done : BAR_WIDTH);
    bar[BAR_WIDTH] = '\0';
    fprintf(stderr, "\r[%s] %lu KB ", bar, (unsigned long)received / 1024);
}

/* Writes the first picture. \return 0; -1 with errno if the file takes no more: the call is over
 * then. */
static int receive(bedrock_client *client, struct target *target)
{
    struct bedrock_read reading;
    unsigned char piece[4096];
    size_t len;
    int32_t first = -1;

    memset(&reading, 0, sizeof reading);
    for (;;) {
        session_check(client);
        if (bedrock_read(client, &reading, piece, sizeof piece, &len) <= 0) {
            return 0;
        }
        first = target->picture.len == 0 ? reading.index : first;
        if (reading.index == first && write_all(target, piece, len) != 0) {
            int error = errno;

            bedrock_client_close(client);
            errno = error;
            return -1;
        }
        show_progress(client, 0);
    }
}

static int fetch(bedrock_client *client, const struct settings *settings, struct target *target)
{
    struct bedrock_json_writer *json;
    int failed = receive(client, target);

    show_progress(client, 1);
    if (!failed && bedrock_last_error(client)->code == BEDROCK_OK) {
        if (!picture_is_whole(&target->picture)) {
            return report_failure(settings, "What the model sent is no whole PNG or JPEG%s.",
                                  target->temporary[0] != '\0' ? ": it is not kept" : "");
        }
        failed = keep(target);
    }
    if (failed) {
        return report_failure(settings, "%s cannot be written: %s.", target->name, strerror(errno));
    }
    json = session_json(settings);
    if (json != NULL && bedrock_last_error(client)->code == BEDROCK_OK) {
        report_json_text(json, "file", target->name);
        bedrock_json_put_key(json, "bytes");
        bedrock_json_put_integer(json, target->picture.len);
    }
    return session_end(client, json);
}

static int run(const struct settings *settings)
{
    static struct target target;
    struct bedrock_image_prompt prompt = {0};
    const struct bedrock_invoke_model request = {
        .model_id = settings->model != NULL ? settings->model : MODEL_THAT_DRAWS,
        .body = {.kind = &bedrock_native_image, .value = &prompt}};
    bedrock_client *client;
    int code;

    target.name = settings->file != NULL ? settings->file : FILE_DEFAULT;
    if (strcmp(target.name, "-") == 0 && (settings->json || isatty(STDOUT_FILENO))) {
        report_usage(settings,
                     "Standard output is a terminal, or has the JSON: -o FILE says where the "
                     "picture goes.");
    }
    client = session_open(settings, 0);
    prompt.text = input_prompt(settings);
    prompt.width = (int32_t)settings->size.width;
    prompt.height = (int32_t)settings->size.height;
    prompt.seed = (int32_t)settings->seed;
    /* Before the picture is paid for. */
    if (open_target(&target) != 0) {
        return report_failure(settings, "%s cannot be written: %s.", target.name, strerror(errno));
    }
    bedrock_invoke_model(client, &request);
    code = fetch(client, settings, &target);
    discard(&target);
    return code;
}

const struct command command_image = {
    "image",
    "[PROMPT...]",
    "has a picture drawn and writes it to a file",
    "The file appears when it is complete, and not at all if it is not.",
    "  bedrock image -o lighthouse.png \"A lighthouse in fog, woodcut\"\n"
    "  bedrock image --size 512x512 --seed 7 -o - \"A red kite\" | display\n",
    OPTIONS_OF(options),
    .run = run};
