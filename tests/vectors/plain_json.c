/* SPDX-License-Identifier: MIT */
#include "plain_json.h"

#include <stdlib.h>
#include <string.h>

struct walk {
    const char *at, *end;
    void (*take)(void *ctx, const char *value, size_t len);
    void *ctx;
};

static char peek(struct walk *walk)
{
    while (walk->at < walk->end && strchr(" \t\r\n", *walk->at) != NULL) {
        walk->at++;
    }
    return walk->at < walk->end ? *walk->at : '\0';
}

static unsigned long read_unit(const char *at)
{
    char digits[5] = {at[0], at[1], at[2], at[3], '\0'};

    return strtoul(digits, NULL, 16);
}

static size_t put_point(char *out, unsigned long point)
{
    size_t more = point < 0x80 ? 0 : point < 0x800 ? 1 : point < 0x10000 ? 2 : 3, i;
    static const unsigned char first[] = {0, 0xC0, 0xE0, 0xF0};

    out[0] = (char)(first[more] | point >> (6 * more));
    for (i = 1; i <= more; i++) {
        out[i] = (char)(0x80 | (point >> (6 * (more - i)) & 0x3F));
    }
    return more + 1;
}

/* A \uXXXX, and the other half of its pair; at stands behind the u. */
static size_t put_escaped_point(char *out, struct walk *walk)
{
    unsigned long point = read_unit(walk->at), low;

    walk->at += 4;
    if (point >= 0xD800 && point < 0xDC00 && walk->at[0] == '\\' && walk->at[1] == 'u') {
        low = read_unit(walk->at + 2);
        point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
        walk->at += 6;
    }
    return put_point(out, point);
}

/* Behind its opening quote. The caller frees it. */
static char *read_string(struct walk *walk, size_t *len)
{
    static const char escapes[] = "n\nt\tr\rb\bf\f";
    char *out = malloc((size_t)(walk->end - walk->at) + 4);
    const char *escape;

    *len = 0;
    while (out != NULL && walk->at < walk->end && *walk->at != '"') {
        if (*walk->at != '\\') {
            out[(*len)++] = *walk->at++;
        } else if (*++walk->at == 'u') {
            walk->at++;
            *len += put_escaped_point(out + *len, walk);
        } else {
            escape = strchr(escapes, *walk->at);
            out[(*len)++] = escape != NULL ? escape[1] : *walk->at;
            walk->at++;
        }
    }
    walk->at++;
    return out;
}

static void read_value(struct walk *walk, const char *path);

/* The rest of the path below a member of that name or an element; NULL if it leads elsewhere. */
static const char *below(const char *path, const char *name, size_t len)
{
    size_t step = path == NULL ? 0 : strcspn(path, "/");

    if (path == NULL || *path == '\0' || step != len || memcmp(path, name, len) != 0) {
        return NULL;
    }
    return path + step + (path[step] == '/');
}

static void read_container(struct walk *walk, const char *path, char closing)
{
    size_t len = 1;
    char *name;

    while (peek(walk) != closing && walk->at < walk->end) {
        if (*walk->at == ',') {
            walk->at++;
            continue;
        }
        if (closing == ']') {
            read_value(walk, below(path, "*", 1));
            continue;
        }
        walk->at++;
        name = read_string(walk, &len);
        peek(walk);
        walk->at++; /* the colon */
        read_value(walk, below(path, name, len));
        free(name);
    }
    walk->at++;
}

static void read_value(struct walk *walk, const char *path)
{
    const char *begin;
    char *text, first = peek(walk);
    size_t len;
    int wanted = path != NULL && *path == '\0';

    if (first == '{' || first == '[') {
        walk->at++;
        read_container(walk, path, first == '{' ? '}' : ']');
    } else if (first == '"') {
        walk->at++;
        text = read_string(walk, &len);
        if (wanted) {
            walk->take(walk->ctx, text, len);
        }
        free(text);
    } else {
        begin = walk->at;
        while (walk->at < walk->end && strchr(",]} \t\r\n", *walk->at) == NULL) {
            walk->at++;
        }
        if (wanted && *begin != 'n') {
            walk->take(walk->ctx, begin, (size_t)(walk->at - begin));
        }
    }
}

void plain_json_each(const char *text, size_t len, const char *path,
                     void (*take)(void *ctx, const char *value, size_t len), void *ctx)
{
    struct walk walk = {text, text + len, take, ctx};

    read_value(&walk, path);
}
