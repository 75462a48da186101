/* SPDX-License-Identifier: MIT */
/* A question about a picture. The file may have any size: it is read by offset whenever its bytes
 * are needed, 48 at a time. */
#include <bedrock.h>
#include <bedrock/posix.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "common.h"

static unsigned char memory[BEDROCK_MEMORY];

/* A read that fails gives a code of our own, which becomes the call's error. */
static int read_picture(void *ctx, uint32_t off, void *dst, size_t len)
{
    return fseek(ctx, (long)off, SEEK_SET) == 0 && fread(dst, 1, len, ctx) == len ? 0 : -200;
}

/* What the file's first bytes say that it is; NULL: nothing that a model takes. */
static const char *format_of(const unsigned char *head)
{
    return memcmp(head, "\x89PNG\r\n\x1a\n", 8) == 0                          ? "png"
           : memcmp(head, "\xff\xd8\xff", 3) == 0                             ? "jpeg"
           : memcmp(head, "GIF8", 4) == 0                                     ? "gif"
           : memcmp(head, "RIFF", 4) == 0 && memcmp(head + 8, "WEBP", 4) == 0 ? "webp"
                                                                              : NULL;
}

/* Opens a picture, finds out its format and its length. NULL after having said what is wrong. */
static FILE *open_picture(const char *name, const char **format, uint32_t *len)
{
    unsigned char head[12] = {0};
    FILE *file = fopen(name, "rb");
    long size;

    if (file == NULL || (fread(head, 1, sizeof head, file) == 0 && ferror(file)) ||
        fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0) {
        fprintf(stderr, "%s: %s\n", name, strerror(errno));
        return NULL;
    }
    *format = format_of(head);
    *len = (uint32_t)size;
    if (*format == NULL || size > 0x7fffffffL) {
        fprintf(stderr, "%s is no picture that a model takes: PNG, JPEG, GIF or WebP.\n", name);
        return NULL;
    }
    return file;
}

int main(int argc, char **argv)
{
    struct arguments arguments =
        command_read(argc, argv,
                     &(struct command){.about = "Asks a model about a picture.",
                                       .file = "PICTURE",
                                       .model = "amazon.nova-lite-v1:0",
                                       .prompt = "What does this picture show?"});
    struct bedrock_config config = bedrock_posix_config("us-east-1");
    const char *format;
    uint32_t len;
    FILE *file = open_picture(arguments.file, &format, &len);
    bedrock_client *client;
    struct bedrock_event event;

    if (file == NULL) {
        return 1;
    }
    bedrock_client_init(&client, memory, sizeof memory, &config);
    bedrock_converse_stream(
        client, &(struct bedrock_converse){
                    .model_id = arguments.model,
                    .messages = BEDROCK_MESSAGES(BEDROCK_USER_CONTENT(
                        BEDROCK_IMAGE(.format = format,
                                      .source = {.read_at = read_picture, .ctx = file, .len = len}),
                        BEDROCK_TEXT(arguments.prompt))),
                });
    while (bedrock_next(client, &event) > 0) {
        if (event.type == BEDROCK_EVENT_TEXT) {
            answer_piece(event.text, event.text_len);
        }
    }
    return exit_status(client);
}
