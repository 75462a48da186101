/* SPDX-License-Identifier: MIT */
/* A strict JSON reader (RFC 8259) that builds a tree: no leniency of any kind, since it stands for
 * the service. Keys must be unique, text must be UTF-8 and surrogates must come in pairs. */
#ifndef SIMULATOR_JSON_H
#define SIMULATOR_JSON_H

#include "text.h"

enum sim_json_type {
    SIM_JSON_NULL,
    SIM_JSON_BOOL,
    SIM_JSON_NUMBER,
    SIM_JSON_STRING,
    SIM_JSON_ARRAY,
    SIM_JSON_OBJECT
};

struct sim_json {
    enum sim_json_type type;
    const char *key;  /* unescaped, for a member of an object; else NULL */
    const char *text; /* the unescaped string, or the spelling of a number, true, false, null */
    size_t text_len;  /* text[text_len] is '\0' */
    size_t count;     /* children */
    struct sim_json *first; /* children of an array or object, in order */
    struct sim_json *next;
};

/* The tree, or NULL with *problem set to a sentence. Release it with sim_json_free(). */
struct sim_json *sim_json_parse(const char *data, size_t len, const char **problem);
void sim_json_free(struct sim_json *node);

/* The value at a path such as "messages/0/content"; NULL if there is none. NULL has no members. */
const struct sim_json *sim_json_find(const struct sim_json *node, const char *path);
/* The string there, or NULL if there is none or it is no string. */
const char *sim_json_string(const struct sim_json *node, const char *path);
/* The integer there, or fallback. */
long sim_json_integer(const struct sim_json *node, const char *path, long fallback);
/* Appends the value as compact JSON, numbers in their own spelling. */
void sim_json_write(struct sim_text *out, const struct sim_json *node);

#endif
