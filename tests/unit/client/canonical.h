/* SPDX-License-Identifier: MIT */
/* JSON in one form: members sorted by name, no white space, strings with the fewest escapes. Two
 * texts that mean the same become the same. */
#ifndef TESTS_UNIT_CLIENT_CANONICAL_H
#define TESTS_UNIT_CLIENT_CANONICAL_H

#include "answers.h"

/* A tokenizer whose pieces are joined. */
struct source {
    struct bedrock_json json;
    const char *in, *end;
    struct bytes text; /* of the last token */
    int failed;
};

static inline enum bedrock_json_type next_of(struct source *source)
{
    struct bedrock_json_event token;

    source->text.len = 0;
    do {
        if (bedrock_json_next(&source->json, &source->in, source->end, &token) <= 0 &&
            bedrock_json_finish(&source->json, &token) != BEDROCK_EVENT) {
            source->failed = 1;
            return BEDROCK_JSON_NULL;
        }
        bytes_put(&source->text, token.text, token.len);
    } while (!token.last);
    return token.type;
}

static inline void put_string(struct bytes *out, const struct bytes *text)
{
    char escape[8];
    size_t i;

    bytes_text(out, "\"");
    for (i = 0; i < text->len; i++) {
        uint8_t c = (uint8_t)text->data[i];

        if (c < ' ' || c == '"' || c == '\\') {
            snprintf(escape, sizeof escape, "\\u%04x", (unsigned)c);
            bytes_text(out, escape);
        } else {
            bytes_put(out, &c, 1);
        }
    }
    bytes_text(out, "\"");
}

static inline int by_text(const void *a, const void *b)
{
    return strcmp(((const struct bytes *)a)->data, ((const struct bytes *)b)->data);
}

static inline void put_value(struct bytes *out, struct source *source, enum bedrock_json_type type);

/* Elements, or members with their names in front, which are then sorted. */
static inline void put_container(struct bytes *out, struct source *source, int is_object)
{
    enum { MOST = 256 };
    struct bytes *items = some_memory(MOST * sizeof *items);
    size_t count = 0, i;
    enum bedrock_json_type type;

    for (type = next_of(source); type != BEDROCK_JSON_OBJECT_END &&
                                 type != BEDROCK_JSON_ARRAY_END && !source->failed && count < MOST;
         type = next_of(source)) {
        memset(&items[count], 0, sizeof *items);
        if (is_object) {
            put_string(&items[count], &source->text);
            bytes_text(&items[count], ":");
            type = next_of(source);
        }
        put_value(&items[count++], source, type);
    }
    if (is_object) {
        qsort(items, count, sizeof *items, by_text);
    }
    bytes_text(out, is_object ? "{" : "[");
    for (i = 0; i < count; i++) {
        bytes_text(out, i == 0 ? "" : ",");
        bytes_put(out, items[i].data, items[i].len);
        bytes_free(&items[i]);
    }
    bytes_text(out, is_object ? "}" : "]");
    free(items);
}

static inline void put_value(struct bytes *out, struct source *source, enum bedrock_json_type type)
{
    switch (type) {
    case BEDROCK_JSON_OBJECT_BEGIN:
    case BEDROCK_JSON_ARRAY_BEGIN:
        put_container(out, source, type == BEDROCK_JSON_OBJECT_BEGIN);
        break;
    case BEDROCK_JSON_STRING:
        put_string(out, &source->text);
        break;
    case BEDROCK_JSON_NUMBER:
        bytes_put(out, source->text.data, source->text.len);
        break;
    default:
        bytes_text(out, type == BEDROCK_JSON_TRUE    ? "true"
                        : type == BEDROCK_JSON_FALSE ? "false"
                                                     : "null");
        break;
    }
}

/* Returns 0 if the text is no JSON. */
static inline int put_canonical(struct bytes *out, const char *text, size_t len)
{
    struct source source = {.in = text, .end = text + len};
    struct bedrock_json_event token;

    bedrock_json_init(&source.json);
    put_value(out, &source, next_of(&source));
    source.failed |= bedrock_json_next(&source.json, &source.in, source.end, &token) != 0 ||
                     bedrock_json_finish(&source.json, &token) != BEDROCK_OK;
    bytes_free(&source.text);
    return !source.failed;
}

#endif
