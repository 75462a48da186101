/* SPDX-License-Identifier: MIT */
#include "conversation.h"

#include "schema.h"

#include <ctype.h>
#include <stdlib.h>
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

/* ------------------------------------------------------------------- tools */

/* Is the word, of len bytes, in the text? In either case, and in the plural. */
static int says(const char *text, const char *word, size_t len)
{
    const char *at = text;
    size_t i;

    for (; *at != '\0'; at++) {
        if (at > text && isalnum((unsigned char)at[-1])) {
            continue;
        }
        for (i = 0; i < len && tolower((unsigned char)at[i]) == tolower((unsigned char)word[i]);
             i++) {
        }
        if (i == len && len > 0 && !isalnum((unsigned char)at[i + (at[i] == 's')])) {
            return 1;
        }
    }
    return 0;
}

/* switch_pin is named by a text that says "switch" and "pin". */
static int names(const char *prompt, const char *name)
{
    size_t len;

    for (; *name != '\0'; name += len + (name[len] != '\0')) {
        len = strcspn(name, "_-");
        if (!says(prompt, name, len)) {
            return 0;
        }
    }
    return 1;
}

const struct sim_json *sim_conversation_tool(const struct sim_json *body, const char *prompt,
                                             const struct sim_json *after)
{
    const struct sim_json *tools = sim_json_find(body, "toolConfig/tools");
    const struct sim_json *tool = tools != NULL ? tools->first : NULL;
    const char *forced = sim_json_string(body, "toolConfig/toolChoice/tool/name");
    int any = sim_json_find(body, "toolConfig/toolChoice/any") != NULL;

    if (after != NULL) {
        tool = forced == NULL && !any ? after->next : NULL;
    }
    for (; tool != NULL; tool = tool->next) {
        const char *name = sim_json_string(tool, "toolSpec/name");

        if (name != NULL &&
            (any || (forced != NULL ? strcmp(name, forced) == 0 : names(prompt, name)))) {
            break;
        }
    }
    return tool;
}

static int allows(const struct sim_json *schema, const char *number, size_t len)
{
    const struct sim_json *minimum = sim_json_find(schema, "minimum");
    const struct sim_json *maximum = sim_json_find(schema, "maximum");
    double value = strtod(number, NULL);

    if (strcmp(sim_json_string(schema, "type"), "integer") == 0 &&
        strspn(number, "0123456789") < len) {
        return 0;
    }
    return (minimum == NULL || value >= strtod(minimum->text, NULL)) &&
           (maximum == NULL || value <= strtod(maximum->text, NULL));
}

/* The first number of the prompt that the schema allows, else its minimum, or 1. */
static void add_number(struct sim_text *out, const struct sim_json *schema, const char *prompt)
{
    const struct sim_json *minimum = sim_json_find(schema, "minimum");
    size_t len;

    for (prompt += strcspn(prompt, "0123456789"); *prompt != '\0';
         prompt += len, prompt += strcspn(prompt, "0123456789")) {
        len = strspn(prompt, "0123456789.");
        len -= prompt[len - 1] == '.'; /* it ends a sentence */
        if (allows(schema, prompt, len)) {
            sim_text_add(out, prompt, len);
            return;
        }
    }
    sim_text_puts(out, minimum != NULL ? minimum->text : "1");
}

static void add_word(struct sim_text *out, const struct sim_json *words, const char *prompt)
{
    const struct sim_json *word = words->first;

    while (word != NULL &&
           !(word->type == SIM_JSON_STRING && says(prompt, word->text, word->text_len))) {
        word = word->next;
    }
    sim_json_write(out, word != NULL ? word : words->first);
}

static void add_value(struct sim_text *out, const struct sim_json *schema, const char *prompt);

static void add_object(struct sim_text *out, const struct sim_json *schema, const char *prompt)
{
    const struct sim_json *members = sim_json_find(schema, "properties");
    const struct sim_json *member = members != NULL ? members->first : NULL;

    sim_text_puts(out, "{");
    for (; member != NULL; member = member->next) {
        sim_text_json(out, member->key, strlen(member->key));
        sim_text_puts(out, ":");
        add_value(out, member, prompt);
        sim_text_puts(out, member->next != NULL ? "," : "");
    }
    sim_text_puts(out, "}");
}

static void add_value(struct sim_text *out, const struct sim_json *schema, const char *prompt)
{
    const struct sim_json *words = sim_json_find(schema, "enum");
    const char *type = sim_json_string(schema, "type");

    if (words != NULL && words->first != NULL) {
        add_word(out, words, prompt);
    } else if (type == NULL || strcmp(type, "null") == 0) {
        sim_text_puts(out, "null");
    } else if (strcmp(type, "object") == 0) {
        add_object(out, schema, prompt);
    } else if (strcmp(type, "array") == 0) {
        sim_text_puts(out, "[");
        add_value(out, sim_json_find(schema, "items"), prompt);
        sim_text_puts(out, "]");
    } else if (strcmp(type, "boolean") == 0) {
        sim_text_puts(out, says(prompt, "off", 3) ? "false" : "true");
    } else if (strcmp(type, "string") == 0) {
        sim_text_json(out, "as the prompt says", 18);
    } else {
        add_number(out, schema, prompt);
    }
}

void sim_conversation_input(struct sim_text *out, const struct sim_json *tool, const char *prompt)
{
    const struct sim_json *schema = sim_json_find(tool, "toolSpec/inputSchema/json");

    /* A schema that says nothing is content with anything. */
    if (sim_json_find(schema, "properties") == NULL) {
        sim_text_puts(out, "{\"city\":\"Paris\"}");
    } else {
        add_value(out, schema, prompt);
    }
}
