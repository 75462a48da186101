/* SPDX-License-Identifier: MIT */
/* Reader of .vec files: records of named fields, in order. Whole records are held; a test program
 * may use the heap. */
#ifndef TESTS_VECTORS_VEC_H
#define TESTS_VECTORS_VEC_H

#include <stddef.h>
#include <stdint.h>

struct vec_field {
    char *name;
    int is_number;
    long long number;
    uint8_t *data; /* NUL-terminated behind len, for convenience */
    size_t len;
};

struct vec_case {
    char *id;
    struct vec_field *fields;
    size_t count;
};

/* Calls run for every case of folder/file. Returns the number of cases, or -1 if the file is not
 * there. */
int vec_each(const char *folder, const char *file, void (*run)(const struct vec_case *c, void *ctx),
             void *ctx);

/* The first field of that name, or NULL; the next one behind `after`. */
const struct vec_field *vec_get(const struct vec_case *c, const char *name);
const struct vec_field *vec_next(const struct vec_case *c, const struct vec_field *after,
                                 const char *name);
/* "" if there is none. */
const char *vec_text(const struct vec_case *c, const char *name);
long long vec_number(const struct vec_case *c, const char *name, long long otherwise);
int vec_is(const struct vec_case *c, const char *name, const char *value);

/* A topic: runs all its files below folder and counts. Each file vectors_<topic>.c defines one;
 * main.c lists them. */
struct vec_topic {
    const char *name;
    void (*run)(const char *folder); /* folder: the topic's own, such as ../shared/vectors/hash */
};
/* For topics: the outcome of one case. A failed or skipped one prints a line that says why. */
void vec_pass(void);
void vec_fail(const char *file, const char *id, const char *format, ...);
void vec_skip(const char *file, const char *id, const char *format, ...);

#endif
