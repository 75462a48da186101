/* SPDX-License-Identifier: MIT */
#include "rules.h"

#include "rules_tools.h"
#include "schema.h"

#include <stdlib.h>
#include <string.h>

#define CACHE_POINTS_MAX 4
#define IMAGES_MAX       20
#define IMAGE_BYTES_MAX  3932160 /* 3.75 MB */
#define DOCUMENTS_MAX    5
#define DOCUMENT_MAX     4718592 /* 4.5 MB */

int sim_rules_is_format(const char *format, const char *data, size_t len)
{
    static const struct {
        const char *format;
        size_t offset;
        const char *magic;
        size_t len;
    } signatures[] = {
        {"png", 0, "\x89PNG\r\n\x1a\n", 8},
        {"jpeg", 0, "\xff\xd8\xff", 3},
        {"gif", 0, "GIF8", 4},
        {"webp", 8, "WEBP", 4},
        {"pdf", 0, "%PDF-", 5},
    };
    size_t i;

    for (i = 0; i < sizeof signatures / sizeof signatures[0]; i++) {
        if (strcmp(signatures[i].format, format) == 0) {
            return len >= signatures[i].offset + signatures[i].len &&
                   memcmp(data + signatures[i].offset, signatures[i].magic, signatures[i].len) == 0;
        }
    }
    return 1;
}

static int check_roles(const struct sim_json *messages, struct sim_error *error)
{
    const struct sim_json *message;
    const char *previous = "assistant";

    for (message = messages->first; message != NULL; message = message->next) {
        const char *role = sim_json_string(message, "role");

        if (strcmp(role, "system") == 0) {
            continue;
        }
        if (strcmp(role, previous) == 0 && message == messages->first) {
            return sim_invalid(error,
                               "A conversation must start with a user message. Try again with "
                               "a conversation that starts with a user message.");
        }
        if (strcmp(role, previous) == 0) {
            return sim_invalid(error,
                               "A conversation must alternate between user and assistant "
                               "roles. Make sure the conversation alternates between user and "
                               "assistant roles and try again.");
        }
        previous = role;
    }
    return 0;
}

/* Which side of the conversation may say what. */
static int check_sides(const struct sim_json *message, int index, struct sim_error *error)
{
    static const struct {
        const char *kind;
        const char *role;
    } sides[] = {{"image", "user"},        {"document", "user"},
                 {"video", "user"},        {"audio", "user"},
                 {"toolResult", "user"},   {"searchResult", "user"},
                 {"toolUse", "assistant"}, {"reasoningContent", "assistant"}};
    const char *role = sim_json_string(message, "role");
    size_t i;

    for (i = 0; i < sizeof sides / sizeof sides[0]; i++) {
        if (sim_rules_has_block(message, sides[i].kind) && strcmp(role, sides[i].role) != 0) {
            return sim_invalid(
                error,
                "The %s block at messages.%d.content is only allowed in a message of "
                "the role %s. Fix the conversation and try again.",
                sides[i].kind, index, sides[i].role);
        }
    }
    return 0;
}

static int is_blank(const struct sim_json *text)
{
    return strspn(text->text, " \t\r\n") == text->text_len;
}

static int check_text_blocks(const struct sim_json *message, int index, struct sim_error *error)
{
    const struct sim_json *block = sim_json_find(message, "content")->first;
    int position = 0;

    if (block == NULL) {
        return sim_invalid(error,
                           "The content field in the Message object at messages.%d is empty. Add a "
                           "ContentBlock object to the content field and try again.",
                           index);
    }
    for (; block != NULL; block = block->next, position++) {
        const struct sim_json *text = sim_json_find(block, "text");

        if (text != NULL && is_blank(text)) {
            return sim_invalid(
                error,
                "The text field in the ContentBlock object at messages.%d.content.%d "
                "is blank. Add text to the text field, and try again.",
                index, position);
        }
    }
    return 0;
}

static int check_document_name(const char *name, struct sim_error *error)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  " \t\n-()[]";
    const char *at = name;

    for (; *at != '\0'; at++) {
        if (strchr(allowed, *at) == NULL || (at[0] == ' ' && at[1] == ' ')) {
            return sim_invalid(error,
                               "The document file name can only contain alphanumeric "
                               "characters, whitespace characters, hyphens, parentheses, and "
                               "square brackets. The name can't contain more than one "
                               "consecutive whitespace character.");
        }
    }
    return 0;
}

/* Size and signature of the bytes of one picture or document. */
static int check_media(const struct sim_json *media, size_t limit, struct sim_error *error)
{
    const struct sim_json *encoded = sim_json_find(media, "source/bytes");
    const char *format = sim_json_string(media, "format");
    struct sim_text bytes = {NULL, 0, 0};

    if (encoded == NULL) {
        return 0;
    }
    sim_base64_decode(&bytes, encoded->text, encoded->text_len);
    if (bytes.len > limit) {
        sim_invalid(error,
                    "The model returned the following errors: the media is %lu bytes, the "
                    "maximum is %lu bytes",
                    (unsigned long)bytes.len, (unsigned long)limit);
    } else if (format != NULL && !sim_rules_is_format(format, bytes.data, bytes.len)) {
        sim_invalid(error, "The model returned the following errors: Could not process %s", format);
    }
    sim_text_free(&bytes);
    return error->status != 0 ? -1 : 0;
}

static int check_attachments(const struct sim_json *list, struct sim_error *error)
{
    const struct sim_json *block;

    if (sim_rules_count_blocks(list, "image") > IMAGES_MAX) {
        return sim_invalid(error, "too many images in one message: %d",
                           sim_rules_count_blocks(list, "image"));
    }
    if (sim_rules_count_blocks(list, "document") > DOCUMENTS_MAX) {
        return sim_invalid(error, "too many documents in one message: %d",
                           sim_rules_count_blocks(list, "document"));
    }
    for (block = list->first; block != NULL; block = block->next) {
        const struct sim_json *image = sim_json_find(block, "image");
        const struct sim_json *document = sim_json_find(block, "document");
        const struct sim_json *result = sim_json_find(block, "toolResult/content");

        if ((image != NULL && check_media(image, IMAGE_BYTES_MAX, error) != 0) ||
            (document != NULL &&
             (check_document_name(sim_json_string(document, "name"), error) != 0 ||
              check_media(document, DOCUMENT_MAX, error) != 0)) ||
            (result != NULL && check_attachments(result, error) != 0)) {
            return -1;
        }
    }
    return 0;
}

static int check_message(const struct sim_json *message, int index, struct sim_error *error)
{
    const struct sim_json *content = sim_json_find(message, "content");

    if (check_text_blocks(message, index, error) != 0 || check_sides(message, index, error) != 0 ||
        check_attachments(content, error) != 0) {
        return -1;
    }
    if (sim_rules_count_blocks(content, "document") > 0 &&
        sim_rules_count_blocks(content, "text") == 0) {
        return sim_invalid(
            error,
            "The message at messages.%d has a document block but no text block. Add a "
            "text block beside the document, and try again.",
            index);
    }
    return 0;
}

static int check_cache_points(const struct sim_json *body, struct sim_error *error)
{
    const struct sim_json *messages = sim_json_find(body, "messages");
    const struct sim_json *message;
    int count = sim_rules_count_blocks(sim_json_find(body, "system"), "cachePoint") +
                sim_rules_count_blocks(sim_json_find(body, "toolConfig/tools"), "cachePoint");

    for (message = messages->first; message != NULL; message = message->next) {
        count += sim_rules_count_blocks(sim_json_find(message, "content"), "cachePoint");
    }
    if (count > CACHE_POINTS_MAX) {
        return sim_invalid(
            error,
            "The model returned the following errors: A maximum of %d cache points may "
            "be provided. Found %d.",
            CACHE_POINTS_MAX, count);
    }
    return 0;
}

static int check_guardrail(const struct sim_json *body, struct sim_error *error)
{
    const struct sim_json *config = sim_json_find(body, "guardrailConfig");
    const char *id = sim_json_string(config, "guardrailIdentifier");
    const char *version = sim_json_string(config, "guardrailVersion");

    if (config != NULL && (id == NULL || *id == '\0' || version == NULL || *version == '\0')) {
        return sim_invalid(error, "guardrailConfig needs both guardrailIdentifier and "
                                  "guardrailVersion.");
    }
    return 0;
}

/* outputConfig's schema is JSON inside of a string. */
static int check_output_schema(const struct sim_json *body, struct sim_error *error)
{
    const struct sim_json *schema =
        sim_json_find(body, "outputConfig/textFormat/structure/jsonSchema/schema");
    const char *problem = NULL;
    struct sim_json *tree;
    int is_object;

    if (schema == NULL) {
        return 0;
    }
    tree = sim_json_parse(schema->text, schema->text_len, &problem);
    is_object = tree != NULL && tree->type == SIM_JSON_OBJECT;
    sim_json_free(tree);
    if (!is_object) {
        return sim_invalid(error,
                           "The value at outputConfig.textFormat.structure.jsonSchema.schema "
                           "is not a JSON Schema in a string.");
    }
    return 0;
}

static int check_field_paths(const struct sim_json *body, struct sim_error *error)
{
    const struct sim_json *paths = sim_json_find(body, "additionalModelResponseFieldPaths");
    const struct sim_json *path;

    for (path = paths != NULL ? paths->first : NULL; path != NULL; path = path->next) {
        if (path->text[0] != '/') {
            return sim_invalid(error,
                               "The JSON Pointer %s in additionalModelResponseFieldPaths must "
                               "begin with a slash.",
                               path->text);
        }
    }
    return 0;
}

static int check_messages(const struct sim_json *messages, struct sim_error *error)
{
    const struct sim_json *message;
    int index = 0;

    for (message = messages->first; message != NULL; message = message->next, index++) {
        if (check_message(message, index, error) != 0) {
            return -1;
        }
    }
    return check_roles(messages, error);
}

int sim_rules_check(const struct sim_json *body, const char *model, struct sim_error *error)
{
    const struct sim_json *messages = sim_json_find(body, "messages");

    if (messages == NULL || messages->first == NULL) {
        if (strstr(model, ":prompt/") != NULL) {
            return 0;
        }
        return sim_invalid(error, "A conversation must start with a user message. Try again with a "
                                  "conversation that starts with a user message.");
    }
    if (sim_json_find(body, "promptVariables") != NULL && strstr(model, ":prompt/") == NULL) {
        return sim_invalid(error, "promptVariables are only allowed when modelId is a prompt ARN.");
    }
    if (check_messages(messages, error) != 0 || sim_rules_check_tools(body, error) != 0 ||
        sim_rules_check_tool_history(body, error) != 0 || check_cache_points(body, error) != 0 ||
        check_guardrail(body, error) != 0 || check_output_schema(body, error) != 0 ||
        check_field_paths(body, error) != 0) {
        return -1;
    }
    return 0;
}
