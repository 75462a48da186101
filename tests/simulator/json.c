/* SPDX-License-Identifier: MIT */
#include "json.h"

#include <stdlib.h>
#include <string.h>

#define DEPTH_LIMIT 100

struct reader {
    const unsigned char *at;
    const unsigned char *end;
    const char *problem;
    int depth;
};

static struct sim_json *read_value(struct reader *reader);

static void *fail(struct reader *reader, const char *problem)
{
    if (reader->problem == NULL) {
        reader->problem = problem;
    }
    return NULL;
}

static int peek(const struct reader *reader)
{
    return reader->at < reader->end ? *reader->at : -1;
}

static void skip_space(struct reader *reader)
{
    while (peek(reader) == ' ' || peek(reader) == '\t' || peek(reader) == '\n' ||
           peek(reader) == '\r') {
        reader->at++;
    }
}

static int accept(struct reader *reader, int c)
{
    if (peek(reader) != c) {
        return 0;
    }
    reader->at++;
    return 1;
}

static int hex_digit(int c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static long read_hex4(struct reader *reader)
{
    long value = 0;
    int i;

    for (i = 0; i < 4; i++) {
        int digit = hex_digit(peek(reader));

        if (digit < 0) {
            fail(reader, "Bad \\u escape");
            return -1;
        }
        value = value * 16 + digit;
        reader->at++;
    }
    return value;
}

static void add_utf8(struct sim_text *out, long code)
{
    char bytes[4];
    size_t len;

    if (code < 0x80) {
        bytes[0] = (char)code;
        len = 1;
    } else if (code < 0x800) {
        bytes[0] = (char)(0xc0 | code >> 6);
        len = 2;
    } else if (code < 0x10000) {
        bytes[0] = (char)(0xe0 | code >> 12);
        bytes[1] = (char)(0x80 | (code >> 6 & 63));
        len = 3;
    } else {
        bytes[0] = (char)(0xf0 | code >> 18);
        bytes[1] = (char)(0x80 | (code >> 12 & 63));
        bytes[2] = (char)(0x80 | (code >> 6 & 63));
        len = 4;
    }
    if (len > 1) {
        bytes[len - 1] = (char)(0x80 | (code & 63));
    }
    sim_text_add(out, bytes, len);
}

static void read_unicode_escape(struct reader *reader, struct sim_text *out)
{
    long code = read_hex4(reader);

    if (code >= 0xd800 && code < 0xdc00) {
        long low = accept(reader, '\\') && accept(reader, 'u') ? read_hex4(reader) : -1;

        if (low < 0xdc00 || low > 0xdfff) {
            fail(reader, "Unpaired surrogate");
            return;
        }
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    } else if (code >= 0xdc00 && code <= 0xdfff) {
        fail(reader, "Unpaired surrogate");
        return;
    }
    if (code >= 0) {
        add_utf8(out, code);
    }
}

static void read_escape(struct reader *reader, struct sim_text *out)
{
    static const char names[] = "\"\\/bfnrt";
    static const char values[] = "\"\\/\b\f\n\r\t";
    const char *name;
    int c = peek(reader);

    reader->at++;
    if (c == 'u') {
        read_unicode_escape(reader, out);
        return;
    }
    name = c > 0 ? strchr(names, c) : NULL;
    if (name == NULL) {
        fail(reader, "Unrecognized character escape");
        return;
    }
    sim_text_add(out, &values[name - names], 1);
}

/* The length of the well-formed UTF-8 sequence at `at`, or 0 (RFC 3629). */
static size_t utf8_length(const unsigned char *at, const unsigned char *end)
{
    size_t len = at[0] < 0x80 ? 1 : at[0] < 0xc2 ? 0 : at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : 4;
    size_t i;

    if (len == 0 || at[0] > 0xf4 || (size_t)(end - at) < len) {
        return 0;
    }
    for (i = 1; i < len; i++) {
        if ((at[i] & 0xc0) != 0x80) {
            return 0;
        }
    }
    if ((at[0] == 0xe0 && at[1] < 0xa0) || (at[0] == 0xed && at[1] > 0x9f) ||
        (at[0] == 0xf0 && at[1] < 0x90) || (at[0] == 0xf4 && at[1] > 0x8f)) {
        return 0;
    }
    return len;
}

/* The opening quote was read. The result belongs to the caller. */
static char *read_string(struct reader *reader, size_t *len)
{
    struct sim_text out = {NULL, 0, 0};

    sim_text_add(&out, "", 0);
    while (reader->problem == NULL && !accept(reader, '"')) {
        size_t size;

        if (reader->at == reader->end) {
            fail(reader, "Unexpected end of input in a string");
        } else if (accept(reader, '\\')) {
            read_escape(reader, &out);
        } else if (*reader->at < 0x20) {
            fail(reader, "Control character in a string must be escaped");
        } else if ((size = utf8_length(reader->at, reader->end)) == 0) {
            fail(reader, "Invalid UTF-8");
        } else {
            sim_text_add(&out, reader->at, size);
            reader->at += size;
        }
    }
    if (reader->problem != NULL) {
        sim_text_free(&out);
        return NULL;
    }
    *len = out.len;
    return out.data;
}

static struct sim_json *new_node(enum sim_json_type type, char *text, size_t len)
{
    struct sim_json *node = sim_alloc(sizeof *node);

    node->type = type;
    node->text = text;
    node->text_len = len;
    return node;
}

static struct sim_json *new_slice(enum sim_json_type type, const unsigned char *from, size_t len)
{
    char *text = sim_alloc(len + 1);

    memcpy(text, from, len);
    return new_node(type, text, len);
}

static size_t skip_digits(struct reader *reader)
{
    const unsigned char *from = reader->at;

    while (peek(reader) >= '0' && peek(reader) <= '9') {
        reader->at++;
    }
    return (size_t)(reader->at - from);
}

static struct sim_json *read_number(struct reader *reader)
{
    const unsigned char *from = reader->at;

    accept(reader, '-');
    if (!accept(reader, '0') && skip_digits(reader) == 0) {
        return fail(reader, "Unexpected character: expected a value");
    }
    if (accept(reader, '.') && skip_digits(reader) == 0) {
        return fail(reader, "Decimal point not followed by a digit");
    }
    if (accept(reader, 'e') || accept(reader, 'E')) {
        if (!accept(reader, '+')) {
            accept(reader, '-');
        }
        if (skip_digits(reader) == 0) {
            return fail(reader, "Exponent without digits");
        }
    }
    return new_slice(SIM_JSON_NUMBER, from, (size_t)(reader->at - from));
}

static struct sim_json *read_word(struct reader *reader)
{
    static const struct {
        const char *word;
        enum sim_json_type type;
    } words[] = {{"true", SIM_JSON_BOOL}, {"false", SIM_JSON_BOOL}, {"null", SIM_JSON_NULL}};
    size_t i;

    for (i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t len = strlen(words[i].word);

        if ((size_t)(reader->end - reader->at) >= len &&
            memcmp(reader->at, words[i].word, len) == 0) {
            reader->at += len;
            return new_slice(words[i].type, reader->at - len, len);
        }
    }
    return fail(reader, "Unrecognized token");
}

static char *read_key(struct reader *reader)
{
    char *key;
    size_t len = 0;

    skip_space(reader);
    if (!accept(reader, '"')) {
        return fail(reader, "Expected a member name in double quotes");
    }
    key = read_string(reader, &len);
    skip_space(reader);
    if (key != NULL && !accept(reader, ':')) {
        free(key);
        return fail(reader, "Expected a colon after the member name");
    }
    return key;
}

static int has_key(const struct sim_json *object, const char *key)
{
    const struct sim_json *child;

    for (child = object->first; child != NULL; child = child->next) {
        if (child->key != NULL && strcmp(child->key, key) == 0) {
            return 1;
        }
    }
    return 0;
}

/* One member or element, appended at *tail. */
static int read_child(struct reader *reader, struct sim_json *parent, struct sim_json **tail)
{
    char *key = NULL;

    if (parent->type == SIM_JSON_OBJECT) {
        key = read_key(reader);
        if (key == NULL) {
            return 0;
        }
        if (has_key(parent, key)) {
            free(key);
            fail(reader, "Duplicate member name");
            return 0;
        }
    }
    *tail = read_value(reader);
    if (*tail == NULL) {
        free(key);
        return 0;
    }
    (*tail)->key = key;
    parent->count++;
    return 1;
}

/* The opening bracket was read. */
static struct sim_json *read_container(struct reader *reader, enum sim_json_type type, int close)
{
    struct sim_json *node = new_node(type, NULL, 0);
    struct sim_json **tail = &node->first;

    skip_space(reader);
    if (accept(reader, close)) {
        return node;
    }
    while (read_child(reader, node, tail)) {
        tail = &(*tail)->next;
        skip_space(reader);
        if (accept(reader, close)) {
            return node;
        }
        if (!accept(reader, ',')) {
            fail(reader, "Expected a comma or the end of the container");
            break;
        }
    }
    sim_json_free(node);
    return NULL;
}

static struct sim_json *read_value(struct reader *reader)
{
    struct sim_json *node;
    char *text;
    size_t len = 0;

    skip_space(reader);
    if (peek(reader) == '-' || (peek(reader) >= '0' && peek(reader) <= '9')) {
        return read_number(reader);
    }
    if (accept(reader, '"')) {
        text = read_string(reader, &len);
        return text != NULL ? new_node(SIM_JSON_STRING, text, len) : NULL;
    }
    if (peek(reader) != '{' && peek(reader) != '[') {
        return read_word(reader);
    }
    if (reader->depth == DEPTH_LIMIT) {
        return fail(reader, "Nested too deeply");
    }
    reader->depth++;
    if (accept(reader, '{')) {
        node = read_container(reader, SIM_JSON_OBJECT, '}');
    } else {
        reader->at++;
        node = read_container(reader, SIM_JSON_ARRAY, ']');
    }
    reader->depth--;
    return node;
}

struct sim_json *sim_json_parse(const char *data, size_t len, const char **problem)
{
    struct reader reader;
    struct sim_json *node;

    memset(&reader, 0, sizeof reader);
    reader.at = (const unsigned char *)data;
    reader.end = reader.at + len;
    node = read_value(&reader);
    skip_space(&reader);
    if (node != NULL && reader.at != reader.end) {
        sim_json_free(node);
        node = fail(&reader, "Unexpected characters after the value");
    }
    *problem = reader.problem;
    return node;
}

void sim_json_free(struct sim_json *node)
{
    while (node != NULL) {
        struct sim_json *next = node->next;

        sim_json_free(node->first);
        free((char *)node->key);
        free((char *)node->text);
        free(node);
        node = next;
    }
}
