/* SPDX-License-Identifier: MIT */
/*
 * The canonical request against another way to make it: one that splits into arrays, sorts copies
 * and joins them, as a program with a heap would. The input is lines: flags and path, query, then
 * headers, each with its name before the first colon.
 */
#include "bedrock/error.h"
#include "bedrock/sigv4.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CAP  16384 /* longest canonical request that is compared */
#define MANY 512   /* headers, parameters, segments: more than an input can hold */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct text {
    size_t len;
    char data[CAP];
};

static int append(void *ctx, const void *data, size_t len)
{
    struct text *text = ctx;

    if (len >= CAP - text->len) {
        return -1000;
    }
    memcpy(text->data + text->len, data, len);
    text->len += len;
    text->data[text->len] = '\0';
    return 0;
}

static char *duplicate(const char *from)
{
    size_t size = strlen(from) + 1;
    char *copy = malloc(size);

    if (copy == NULL) {
        abort();
    }
    return memcpy(copy, from, size);
}

static void add(struct text *text, const char *more)
{
    append(text, more, strlen(more));
}

static int is_plain(char c)
{
    return c != '\0' &&
           strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~", c) != NULL;
}

static void encode(struct text *text, const char *from, const char *keep)
{
    for (; *from != '\0'; from++) {
        char escape[4];

        snprintf(escape, sizeof escape, "%%%02X", (unsigned char)*from);
        if (is_plain(*from) || strchr(keep, *from) != NULL) {
            append(text, from, 1);
        } else {
            add(text, escape);
        }
    }
}

static void decode(char *text)
{
    char *to = text;
    unsigned value;

    for (; *text != '\0'; text++) {
        if (*text == '%' && strspn(text + 1, "0123456789abcdefABCDEF") >= 2 &&
            sscanf(text + 1, "%2x", &value) == 1) {
            *to++ = (char)value;
            text += 2;
        } else {
            *to++ = *text;
        }
    }
    *to = '\0';
}

static void put_path(struct text *text, const struct bedrock_sigv4_request *request)
{
    static char copy[CAP];
    static struct text plain;
    char *segments[MANY], *segment;
    size_t count = 0, i, len = strlen(request->path);

    plain.len = 0;
    plain.data[0] = '\0';
    snprintf(copy, sizeof copy, "%s", request->path);
    if (request->as_is_path) {
        add(&plain, len > 0 ? copy : "/");
    } else {
        for (segment = strtok(copy, "/"); segment != NULL; segment = strtok(NULL, "/")) {
            if (strcmp(segment, "..") == 0) {
                count -= count > 0;
            } else if (strcmp(segment, ".") != 0 && count < MANY) {
                segments[count++] = segment;
            }
        }
        for (i = 0; i < count; i++) {
            add(&plain, "/");
            add(&plain, segments[i]);
        }
        if (count == 0 || request->path[len - 1] == '/') {
            add(&plain, "/");
        }
    }
    if (request->encode_path_once) {
        add(text, plain.data);
    } else {
        encode(text, plain.data, "/");
    }
}

static int by_name_then_value(const void *a, const void *b)
{
    char *const *pair_a = a, *const *pair_b = b;
    int difference = strcmp(pair_a[0], pair_b[0]);

    return difference != 0 ? difference : strcmp(pair_a[1], pair_b[1]);
}

static char *encoded_copy(const char *from)
{
    static struct text text;

    text.len = 0;
    text.data[0] = '\0';
    encode(&text, from, "");
    return duplicate(text.data);
}

static void put_query(struct text *text, const char *query)
{
    static char copy[CAP];
    char *pairs[MANY][2], *pair, *next = copy;
    size_t count = 0, i;

    snprintf(copy, sizeof copy, "%s", query);
    while ((pair = next) != NULL && count < MANY) {
        char *equals;

        next = strchr(pair, '&');
        if (next != NULL) {
            *next++ = '\0';
        }
        if (*pair == '\0') {
            continue;
        }
        equals = strchr(pair, '=');
        if (equals != NULL) {
            *equals++ = '\0';
            decode(equals);
        }
        decode(pair);
        pairs[count][0] = encoded_copy(pair);
        pairs[count++][1] = encoded_copy(equals == NULL ? "" : equals);
    }
    qsort(pairs, count, sizeof pairs[0], by_name_then_value);
    for (i = 0; i < count; i++) {
        add(text, i > 0 ? "&" : "");
        add(text, pairs[i][0]);
        add(text, "=");
        add(text, pairs[i][1]);
        free(pairs[i][0]);
        free(pairs[i][1]);
    }
}

struct line {
    char *name, *value;
    size_t place;
};

static int by_name_then_place(const void *a, const void *b)
{
    const struct line *line_a = a, *line_b = b;
    int difference = strcmp(line_a->name, line_b->name);

    return difference != 0 ? difference : line_a->place < line_b->place ? -1 : 1;
}

static void fold(char *value)
{
    static char copy[CAP];
    const char *spaces = "\x01\x02\x03\x04\x05\x06\x07\x08\t\n\x0b\x0c\r\x0e\x0f\x10\x11\x12\x13"
                         "\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f ";
    char *word;

    snprintf(copy, sizeof copy, "%s", value);
    *value = '\0';
    for (word = strtok(copy, spaces); word != NULL; word = strtok(NULL, spaces)) {
        if (*value != '\0') {
            strcat(value, " ");
        }
        strcat(value, word);
    }
}

static void put_headers(struct text *text, const struct bedrock_sigv4_request *request)
{
    struct line lines[MANY];
    static struct text names;
    size_t i, n;

    for (i = 0; i < request->header_count; i++) {
        lines[i].name = duplicate(request->headers[i].name);
        lines[i].value = duplicate(request->headers[i].value);
        lines[i].place = i;
        for (n = 0; lines[i].name[n] != '\0'; n++) {
            if (lines[i].name[n] >= 'A' && lines[i].name[n] <= 'Z') {
                lines[i].name[n] = (char)(lines[i].name[n] + 32);
            }
        }
        fold(lines[i].value);
    }
    qsort(lines, request->header_count, sizeof lines[0], by_name_then_place);
    names.len = 0;
    names.data[0] = '\0';
    for (i = 0; i < request->header_count; i++) {
        int is_repeated = i > 0 && strcmp(lines[i].name, lines[i - 1].name) == 0;

        add(text, is_repeated ? "," : i > 0 ? "\n" : "");
        add(text, is_repeated ? "" : lines[i].name);
        add(text, is_repeated ? "" : ":");
        add(text, lines[i].value);
        add(&names, is_repeated || i == 0 ? "" : ";");
        add(&names, is_repeated ? "" : lines[i].name);
    }
    add(text, i > 0 ? "\n\n" : "\n");
    add(text, names.data);
    for (i = 0; i < request->header_count; i++) {
        free(lines[i].name);
        free(lines[i].value);
    }
}

static void compare(const struct bedrock_sigv4_request *request)
{
    static struct text got, want;
    struct bedrock_output out;

    got.len = want.len = 0;
    bedrock_output_init(&out, append, &got, 0);
    add(&want, "GET\n");
    put_path(&want, request);
    add(&want, "\n");
    put_query(&want, request->query);
    add(&want, "\n");
    put_headers(&want, request);
    add(&want, "\nHASH");
    if (bedrock_sigv4_put_canonical_request(&out, request) != BEDROCK_OK || got.len != want.len ||
        memcmp(got.data, want.data, got.len) != 0) {
        fprintf(stderr, "got:\n%s\nwant:\n%s\n", got.data, want.data);
        abort();
    }
}

/* A cached key must not change a signature. */
static void compare_keys(const struct bedrock_sigv4_request *request, const char *any)
{
    struct bedrock_sigv4_scope scope = {"id", any, any, any, "20250115T123456Z"};
    struct bedrock_sigv4_key key = {{0}, {0}, 0};
    char fresh[BEDROCK_SIGV4_SIGNATURE_SIZE] = "", cached[BEDROCK_SIGV4_SIGNATURE_SIZE] = "";
    int status = bedrock_sigv4_sign(fresh, request, &scope, NULL);

    if (bedrock_sigv4_sign(cached, request, &scope, &key) != status ||
        bedrock_sigv4_sign(cached, request, &scope, &key) != status || strcmp(fresh, cached) != 0) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bedrock_sigv4_request request = {0};
    struct bedrock_sigv4_header headers[MANY];
    char *text, *line, *next;
    size_t i;

    if (size < 2 || size > 512) {
        return 0;
    }
    text = malloc(size + 1);
    for (i = 0; i < size; i++) {
        text[i] = data[i] != 0 ? (char)data[i] : 'A';
    }
    text[size] = '\0';
    request.method = "GET";
    request.query = "";
    request.payload_hash_text = "HASH";
    request.as_is_path = text[0] & 1;
    request.encode_path_once = (text[0] & 2) != 0;
    request.path = text + 1;
    request.headers = headers;
    next = strchr(text + 1, '\n');
    for (i = 0; (line = next) != NULL && request.header_count < MANY; i++) {
        char *colon;

        *line++ = '\0';
        next = strchr(line, '\n');
        if (i == 0) {
            request.query = line;
            continue;
        }
        colon = strchr(line, ':');
        if (colon == NULL || (next != NULL && colon > next)) {
            continue;
        }
        *colon = '\0';
        headers[request.header_count].name = line;
        headers[request.header_count++].value = colon + 1;
    }
    if (next != NULL) {
        *next = '\0';
    }
    if (strstr(request.query, "%00") == NULL) { /* the other way has NUL-terminated strings */
        compare(&request);
    }
    compare_keys(&request, request.path);
    free(text);
    return 0;
}
