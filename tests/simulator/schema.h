/* SPDX-License-Identifier: MIT */
/*
 * The shapes of requests as data. A table of members reads like the API reference: `!name` marks a
 * required member, the kind follows with its limits.
 *
 *     static const struct sim_member tool_specification[] = {
 *         STRING("!name", 1, 64, TOOL_NAME),
 *         STRING("description", 1, ANY_LENGTH, NULL),
 *         UNION("!inputSchema", tool_input_schema),
 *         BOOL("strict"),
 *         END
 *     };
 */
#ifndef SIMULATOR_SCHEMA_H
#define SIMULATOR_SCHEMA_H

#include "error.h"
#include "json.h"

enum sim_kind {
    SIM_KIND_END,
    SIM_KIND_STRING,
    SIM_KIND_ENUM,
    SIM_KIND_INT,
    SIM_KIND_FLOAT,
    SIM_KIND_BOOL,
    SIM_KIND_BLOB,   /* base64; min and max count decoded bytes */
    SIM_KIND_ANY,    /* any JSON value */
    SIM_KIND_OBJECT, /* any JSON object */
    SIM_KIND_STRUCT,
    SIM_KIND_UNION, /* exactly one member */
    SIM_KIND_LIST,  /* min and max count elements */
    SIM_KIND_MAP    /* min and max count entries */
};

struct sim_member {
    const char *name; /* with a leading `!` when required; "" for elements */
    enum sim_kind kind;
    double min, max;
    const char *words;              /* a regular expression (POSIX, extended), or the words of an
                                       enum with `|` around each */
    const struct sim_member *shape; /* members of a structure or union; the one element of a list;
                                       the value of a map */
    const struct sim_member *key;   /* of a map */
};

#define ANY_LENGTH 1e300

#define STRING(name, min, max, pattern)                                                            \
    {                                                                                              \
        name, SIM_KIND_STRING, min, max, pattern, NULL, NULL                                       \
    }
#define TEXT(name) STRING(name, 0, ANY_LENGTH, NULL)
#define ENUM(name, words)                                                                          \
    {                                                                                              \
        name, SIM_KIND_ENUM, 0, 0, words, NULL, NULL                                               \
    }
#define INT(name, min, max)                                                                        \
    {                                                                                              \
        name, SIM_KIND_INT, min, max, NULL, NULL, NULL                                             \
    }
#define COUNT(name) INT(name, 0, 2147483647)
#define FLOAT(name, min, max)                                                                      \
    {                                                                                              \
        name, SIM_KIND_FLOAT, min, max, NULL, NULL, NULL                                           \
    }
#define BOOL(name)                                                                                 \
    {                                                                                              \
        name, SIM_KIND_BOOL, 0, 0, NULL, NULL, NULL                                                \
    }
#define BLOB(name, min, max)                                                                       \
    {                                                                                              \
        name, SIM_KIND_BLOB, min, max, NULL, NULL, NULL                                            \
    }
#define ANY(name)                                                                                  \
    {                                                                                              \
        name, SIM_KIND_ANY, 0, 0, NULL, NULL, NULL                                                 \
    }
#define OBJECT(name)                                                                               \
    {                                                                                              \
        name, SIM_KIND_OBJECT, 0, 0, NULL, NULL, NULL                                              \
    }
#define STRUCT(name, shape)                                                                        \
    {                                                                                              \
        name, SIM_KIND_STRUCT, 0, 0, NULL, shape, NULL                                             \
    }
#define UNION(name, shape)                                                                         \
    {                                                                                              \
        name, SIM_KIND_UNION, 0, 0, NULL, shape, NULL                                              \
    }
#define LIST(name, element, min, max)                                                              \
    {                                                                                              \
        name, SIM_KIND_LIST, min, max, NULL, &(element), NULL                                      \
    }
#define MAP(name, key, value, min, max)                                                            \
    {                                                                                              \
        name, SIM_KIND_MAP, min, max, NULL, &(value), &(key)                                       \
    }
#define END                                                                                        \
    {                                                                                              \
        NULL, SIM_KIND_END, 0, 0, NULL, NULL, NULL                                                 \
    }

/* Checks a body against a structure; 0, or -1 and the error of the first thing that is wrong. */
int sim_schema_check(const struct sim_member *shape, const struct sim_json *body,
                     struct sim_error *error);

/* Decodes strict base64, padding included; 0, or -1. */
int sim_base64_decode(struct sim_text *out, const char *data, size_t len);

#endif
