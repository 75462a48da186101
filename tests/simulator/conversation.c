/* SPDX-License-Identifier: MIT */
#include "conversation.h"

#include "schema.h"

#include <string.h>
#include <zlib.h>

static const struct sim_json *last_message(const struct sim_json *body)
{
    const struct sim_json *messages = sim_json_find(body, "messages");
    const struct sim_json *message = messages != NULL ? messages->first : NULL;

    while (message != NULL && message->next != NULL) {
        message = message->next;
    }
    return message;
}

static void describe_media(struct sim_text *out, const struct sim_json *block)
{
    static const char *const kinds[] = {"image", "document", "video", "audio"};
    struct sim_text bytes = {NULL, 0, 0};
    size_t i;

    for (i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const struct sim_json *media = sim_json_find(block, kinds[i]);
        const struct sim_json *encoded = sim_json_find(media, "source/bytes");
        const char *format = sim_json_string(media, "format");

        if (encoded != NULL) {
            sim_base64_decode(&bytes, encoded->text, encoded->text_len);
            sim_text_printf(out, " [%s %s, %lu bytes, CRC-32 %08lx]", format ? format : "some",
                            kinds[i], (unsigned long)bytes.len,
                            crc32(0, (const unsigned char *)bytes.data, (unsigned)bytes.len));
        }
    }
    sim_text_free(&bytes);
}

static void describe_result(struct sim_text *out, const struct sim_json *block)
{
    const struct sim_json *item = sim_json_find(block, "toolResult/content");
    const char *status = sim_json_string(block, "toolResult/status");

    for (item = item != NULL ? item->first : NULL; item != NULL; item = item->next) {
        const char *text = sim_json_string(item, "text");

        if (status != NULL && strcmp(status, "error") == 0) {
            sim_text_puts(out, "[failed] ");
        }
        if (text != NULL) {
            sim_text_puts(out, text);
        } else if (sim_json_find(item, "json") != NULL) {
            sim_json_write(out, sim_json_find(item, "json"));
        } else {
            describe_media(out, item);
        }
    }
}

void sim_conversation_prompt(struct sim_text *out, const struct sim_json *body, int *has_result)
{
    const struct sim_json *block = sim_json_find(last_message(body), "content");

    *has_result = 0;
    for (block = block != NULL ? block->first : NULL; block != NULL; block = block->next) {
        const char *text = sim_json_string(block, "text");

        if (text == NULL) {
            text = sim_json_string(block, "guardContent/text/text");
        }
        if (text != NULL) {
            sim_text_puts(out, text);
        }
        if (sim_json_find(block, "toolResult") != NULL) {
            *has_result = 1;
            describe_result(out, block);
        }
        describe_media(out, block);
    }
}
