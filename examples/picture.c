/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include "picture.h"

#include <bedrock/posix.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDER     "output"
#define MODEL_PART 200 /* bytes of a model's id that go into a file's name */
#define NAME_SIZE  256
#define FILES_MAX  1000000

/* The first and the last bytes of a PNG; between them it is the model's affair. */
static const unsigned char signature[8] = "\x89PNG\r\n\x1a\n";
static const unsigned char ending[12] = "\0\0\0\0IEND\xae\x42\x60\x82";

/* One file at a time. */
struct saving {
    const char *model;
    int file;               /* -1: none is open */
    char name[NAME_SIZE];   /* of the picture, once it is complete */
    char part[NAME_SIZE];   /* of the file until then */
    unsigned char head[8];  /* its first bytes */
    unsigned char tail[12]; /* its last ones; where the next goes is len modulo 12 */
    unsigned long len;
    unsigned complete; /* pictures so far */
    unsigned long shown;
};

static bedrock_client *interruptible;
static struct sigaction before[3];
static const int signals[3] = {SIGINT, SIGTERM, SIGHUP};
#define HANG_UP 2 /* the last of them */

int32_t picture_seed(const struct bedrock_port *port)
{
    uint32_t number;

    if (port->entropy(port->ctx, &number, sizeof number) != 0) {
        return 0;
    }
    return (int32_t)(1 + number % BEDROCK_IMAGE_SEED_MAX);
}

/* Takes the line of progress away, before anything else is said. */
static void clear_line(struct saving *saving)
{
    if (saving->shown > 0) {
        fputs("\r\033[K", stderr);
        saving->shown = 0;
    }
}

/* Says what the system has against a file. Always 0, which is a failure here. */
static int complain(struct saving *saving, const char *name)
{
    int number = errno;

    clear_line(saving);
    fprintf(stderr, "%s: %s\n", name, strerror(number));
    return 0;
}

/* The id in characters that every file system takes; the end of one that is long, because that
 * tells most. */
static void name_model(char *dst, const char *model)
{
    size_t len = strlen(model);
    size_t i;

    model += len > MODEL_PART ? len - MODEL_PART : 0;
    for (i = 0; model[i] != '\0'; i++) {
        int is_plain = model[i] > ' ' && model[i] < 0x7f && strchr("\"*/:<>?\\|", model[i]) == NULL;

        dst[i] = is_plain && (i > 0 || model[i] != '.') ? model[i] : '_';
    }
    dst[i] = '\0';
}

/* Opens the next free name's .part. Whoever holds a .part is the only one who makes its picture, so
 * two programs at once do not meet. */
static int begin(struct saving *saving)
{
    char model[MODEL_PART + 1];
    unsigned n = 0;

    if (mkdir(FOLDER, 0777) != 0 && errno != EEXIST) {
        return complain(saving, FOLDER);
    }
    name_model(model, saving->model);
    while (saving->file < 0 && ++n < FILES_MAX) {
        snprintf(saving->name, sizeof saving->name, FOLDER "/%s_%u.png", model, n);
        snprintf(saving->part, sizeof saving->part, FOLDER "/%s_%u.png.part", model, n);
        if (access(saving->name, F_OK) == 0) {
            continue;
        }
        saving->file = open(saving->part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (saving->file < 0 && errno != EEXIST) {
            return complain(saving, saving->part);
        }
        if (saving->file >= 0 && access(saving->name, F_OK) == 0) {
            close(saving->file);
            unlink(saving->part);
            saving->file = -1;
        }
    }
    saving->len = 0;
    return saving->file >= 0 || complain(saving, saving->part);
}

static int put(struct saving *saving, const unsigned char *bytes, size_t len)
{
    size_t done, i;

    for (i = 0; i < len; i++, saving->len++) {
        if (saving->len < sizeof saving->head) {
            saving->head[saving->len] = bytes[i];
        }
        saving->tail[saving->len % sizeof saving->tail] = bytes[i];
    }
    for (done = 0; done < len;) {
        ssize_t written = write(saving->file, bytes + done, len - done);

        if (written < 0 && errno != EINTR) {
            return complain(saving, saving->part);
        }
        done += written > 0 ? (size_t)written : 0;
    }
    return 1;
}

static int is_png(const struct saving *saving)
{
    size_t i;

    for (i = 0; i < sizeof ending; i++) {
        if (saving->tail[(saving->len + i) % sizeof ending] != ending[i]) {
            return 0;
        }
    }
    return saving->len > sizeof signature + sizeof ending &&
           memcmp(saving->head, signature, sizeof signature) == 0;
}

/* Gives the file its name: from now on it is a picture. Its bytes are on the disk before. */
static int finish(struct saving *saving)
{
    int file = saving->file;
    int is_written;

    clear_line(saving);
    if (!is_png(saving)) {
        fputs("What the model sent is no whole PNG: it is not kept.\n", stderr);
        return 0;
    }
    saving->file = -1;
    is_written = fsync(file) == 0;
    if (close(file) != 0 || !is_written || rename(saving->part, saving->name) != 0) {
        complain(saving, saving->part);
        unlink(saving->part);
        return 0;
    }
    saving->complete++;
    puts(saving->name);
    fflush(stdout);
    return 1;
}

static void discard(struct saving *saving)
{
    if (saving->file >= 0) {
        close(saving->file);
        unlink(saving->part);
        saving->file = -1;
    }
}

/* A line on a terminal that is written over; each per cent, or each 64 KB where the length of the
 * answer is not known. */
static void show_progress(const bedrock_client *client, struct saving *saving)
{
    uint32_t received, total;
    unsigned long now;

    bedrock_progress(client, &received, &total);
    now = total > 0 ? (unsigned long)((uint64_t)received * 100 / total) : received / 65536u;
    if (now == saving->shown || !isatty(STDERR_FILENO)) {
        return;
    }
    saving->shown = now;
    if (total > 0) {
        fprintf(stderr, "\r%3lu %% of %lu KB ", now, (unsigned long)total / 1024);
    } else {
        fprintf(stderr, "\r%lu KB ", (unsigned long)received / 1024);
    }
}

static void on_signal(int number)
{
    (void)number;
    bedrock_cancel(interruptible);
}

static void catch_signals(bedrock_client *client)
{
    struct sigaction action;
    size_t i;

    interruptible = client;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    for (i = 0; i < 3; i++) {
        sigaction(signals[i], &action, &before[i]);
    }
    /* Whoever started us with nohup meant it. */
    if (before[HANG_UP].sa_handler == SIG_IGN) {
        sigaction(SIGHUP, &before[HANG_UP], NULL);
    }
}

static void release_signals(void)
{
    size_t i;

    for (i = 0; i < 3; i++) {
        sigaction(signals[i], &before[i], NULL);
    }
}

/* Everything up to the answer's end. 0 if the files, or what was to go into them, are not as they
 * should be; what is wrong with the call the client knows. */
static int save(bedrock_client *client, struct saving *saving)
{
    static unsigned char bytes[4096];
    struct bedrock_read read = {0};
    int32_t index = -1;
    size_t len;
    int status;

    while ((status = bedrock_read(client, &read, bytes, sizeof bytes, &len)) > 0) {
        if (saving->file >= 0 && read.index != index && !finish(saving)) {
            return 0;
        }
        index = read.index;
        if ((saving->file < 0 && !begin(saving)) || !put(saving, bytes, len)) {
            return 0;
        }
        show_progress(client, saving);
    }
    return status != BEDROCK_OK || finish(saving);
}

int pictures_save(bedrock_client *client, const char *model)
{
    struct saving saving = {.model = model, .file = -1};
    int is_saved;

    catch_signals(client);
    is_saved = save(client, &saving);
    discard(&saving);
    release_signals();
    clear_line(&saving);
    if (!is_saved) {
        bedrock_client_close(client);
        return 1;
    }
    return bedrock_report(client, stderr);
}
