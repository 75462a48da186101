/* SPDX-License-Identifier: MIT */
#include "vec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *must(void *memory)
{
    if (memory == NULL) {
        fputs("out of memory\n", stderr);
        exit(2);
    }
    return memory;
}

static char *copy_text(const char *text, size_t len)
{
    char *copy = must(malloc(len + 1));

    memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void read_hex(struct vec_field *field, const char *text)
{
    size_t i, len = strlen(text) / 2;

    field->data = must(malloc(len + 1));
    field->len = len;
    for (i = 0; i < len; i++) {
        int high = digit(text[2 * i]), low = digit(text[2 * i + 1]);

        if (high < 0 || low < 0) {
            fprintf(stderr, "bad hex in field %s\n", field->name);
            exit(2);
        }
        field->data[i] = (uint8_t)(high * 16 + low);
    }
    field->data[len] = '\0';
}

static void read_file(struct vec_field *field, const char *folder, const char *name)
{
    char path[1024];
    FILE *file;
    long size;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0) {
        fprintf(stderr, "cannot read %s\n", path);
        exit(2);
    }
    rewind(file);
    field->data = must(malloc((size_t)size + 1));
    field->len = fread(field->data, 1, (size_t)size, file);
    field->data[field->len] = '\0';
    fclose(file);
}

static void add_field(struct vec_case *c, const char *folder, char *line)
{
    char *kind = strchr(line, ' ');
    struct vec_field *field;
    const char *value;

    if (kind == NULL) {
        fprintf(stderr, "bad line in case %s: %s\n", c->id, line);
        exit(2);
    }
    *kind++ = '\0';
    value = kind[1] == ' ' ? kind + 2 : "";
    c->fields = must(realloc(c->fields, (c->count + 1) * sizeof *c->fields));
    field = &c->fields[c->count++];
    memset(field, 0, sizeof *field);
    field->name = copy_text(line, strlen(line));
    if (*kind == 'x') {
        read_hex(field, value);
    } else if (*kind == 'f') {
        read_file(field, folder, value);
    } else {
        field->is_number = *kind == 'i';
        field->number = strtoll(value, NULL, 10);
        field->len = strlen(value);
        field->data = (uint8_t *)copy_text(value, field->len);
    }
}

static void free_case(struct vec_case *c)
{
    size_t i;

    for (i = 0; i < c->count; i++) {
        free(c->fields[i].name);
        free(c->fields[i].data);
    }
    free(c->fields);
    free(c->id);
    memset(c, 0, sizeof *c);
}

int vec_each(const char *folder, const char *file, void (*run)(const struct vec_case *c, void *ctx),
             void *ctx)
{
    static char line[8194];
    char path[1024];
    struct vec_case c = {0};
    int cases = 0;
    FILE *in;

    snprintf(path, sizeof path, "%s/%s", folder, file);
    in = fopen(path, "r");
    if (in == NULL) {
        return -1;
    }
    while (fgets(line, sizeof line, in) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || line[0] == '\0') {
            continue;
        }
        if (strncmp(line, "case ", 5) == 0) {
            free_case(&c);
            c.id = copy_text(line + 5, strlen(line + 5));
        } else if (strcmp(line, "end") == 0) {
            run(&c, ctx);
            cases++;
            free_case(&c);
        } else {
            add_field(&c, folder, line);
        }
    }
    free_case(&c);
    fclose(in);
    return cases;
}

const struct vec_field *vec_next(const struct vec_case *c, const struct vec_field *after,
                                 const char *name)
{
    size_t i = after == NULL ? 0 : (size_t)(after - c->fields) + 1;

    for (; i < c->count; i++) {
        if (strcmp(c->fields[i].name, name) == 0) {
            return &c->fields[i];
        }
    }
    return NULL;
}

const struct vec_field *vec_get(const struct vec_case *c, const char *name)
{
    return vec_next(c, NULL, name);
}

const char *vec_text(const struct vec_case *c, const char *name)
{
    const struct vec_field *field = vec_get(c, name);

    return field == NULL ? "" : (const char *)field->data;
}

long long vec_number(const struct vec_case *c, const char *name, long long otherwise)
{
    const struct vec_field *field = vec_get(c, name);

    return field == NULL ? otherwise : field->number;
}

int vec_is(const struct vec_case *c, const char *name, const char *value)
{
    return strcmp(vec_text(c, name), value) == 0;
}
