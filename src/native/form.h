/* SPDX-License-Identifier: MIT */
/*
 * Bodies as tables in ROM. A request struct is a list of fields: what each is, and where. A
 * family's body is a list of members: what stands where in the JSON, and which field fills it. One
 * interpreter (form.c) writes them all. A field that the caller filled in and no member took ends
 * the call with BEDROCK_E_ARGUMENT: what a family has no word for is never dropped.
 */
#ifndef BDK_NATIVE_FORM_H
#define BDK_NATIVE_FORM_H

#include "bedrock/native.h"
#include "client/invoke.h"

/* What a field is, and with it when it counts as filled in, and how it is written. */
enum bdk_field_type {
    BDK_FIELD_PROSE,   /* text for the model to read: not NULL, and more than white space */
    BDK_FIELD_WORD,    /* any other text */
    BDK_FIELD_NUMBER,  /* a number in its decimal spelling */
    BDK_FIELD_JSON,    /* JSON text */
    BDK_FIELD_INTEGER, /* int32_t, above 0 */
    BDK_FIELD_FLAG,    /* uint8_t; not written */
    BDK_FIELD_STRINGS, /* struct bedrock_string_list */
    BDK_FIELD_SOURCE   /* struct bedrock_source, written in base64 */
};

struct bdk_field {
    uint8_t type;
    uint8_t offset; /* in the request struct */
};

struct bdk_fields {
    const struct bdk_field *fields;
    uint8_t count;
};

/* What a member of a table is. */
enum bdk_form_op {
    BDK_FORM_END,    /* of the table */
    BDK_FORM_OBJECT, /* a group of members begins; left out unless one of its fields is filled */
    BDK_FORM_ARRAY,  /* the same as an array */
    BDK_FORM_END_OBJECT, /* the group ends */
    BDK_FORM_END_ARRAY,
    BDK_FORM_FIXED,   /* a string that is always the same */
    BDK_FORM_PUT,     /* a field; text: what stands there if it is not filled; NULL: nothing */
    BDK_FORM_NEED,    /* a field that must be filled */
    BDK_FORM_ASK,     /* the prompt, with the text around it */
    BDK_FORM_ANY_OF,  /* no member but a rule: field is filled, or other is */
    BDK_FORM_NOT_BOTH /* another one: not both of them are */
};

#define BDK_NO_FIELD 0xFF

struct bdk_member {
    uint8_t op;
    uint8_t field;
    uint8_t other;    /* the second field of a rule; of ASK: that of the system's text, if any */
    const char *key;  /* NULL: an element of an array */
    const char *text; /* ASK: five texts, as of BDK_ASK_TEXT(); NULL: the prompt alone */
};

/* The text around a prompt: what it begins with, what stands before the system's text and behind
 * it, before the prompt and behind it. */
#define BDK_ASK_TEXT(begin, system, system_end, prompt, prompt_end)                                \
    begin "\0" system "\0" system_end "\0" prompt "\0" prompt_end

/* The members of a table. */
#define BDK_OBJECT(key)                                                                            \
    {                                                                                              \
        BDK_FORM_OBJECT, BDK_NO_FIELD, 0, key, NULL                                                \
    }
#define BDK_ARRAY(key)                                                                             \
    {                                                                                              \
        BDK_FORM_ARRAY, BDK_NO_FIELD, 0, key, NULL                                                 \
    }
#define BDK_END_OBJECT                                                                             \
    {                                                                                              \
        BDK_FORM_END_OBJECT, BDK_NO_FIELD, 0, NULL, NULL                                           \
    }
#define BDK_END_ARRAY                                                                              \
    {                                                                                              \
        BDK_FORM_END_ARRAY, BDK_NO_FIELD, 0, NULL, NULL                                            \
    }
#define BDK_FIXED(key, text)                                                                       \
    {                                                                                              \
        BDK_FORM_FIXED, BDK_NO_FIELD, 0, key, text                                                 \
    }
#define BDK_PUT(key, field)                                                                        \
    {                                                                                              \
        BDK_FORM_PUT, field, 0, key, NULL                                                          \
    }
#define BDK_PUT_OR(key, field, text)                                                               \
    {                                                                                              \
        BDK_FORM_PUT, field, 0, key, text                                                          \
    }
#define BDK_NEED(key, field)                                                                       \
    {                                                                                              \
        BDK_FORM_NEED, field, 0, key, NULL                                                         \
    }
#define BDK_ASK(key, system, text)                                                                 \
    {                                                                                              \
        BDK_FORM_ASK, BDK_PROMPT_TEXT, system, key, text                                           \
    }
#define BDK_ANY_OF(field, other)                                                                   \
    {                                                                                              \
        BDK_FORM_ANY_OF, field, other, NULL, NULL                                                  \
    }
#define BDK_NOT_BOTH(field, other)                                                                 \
    {                                                                                              \
        BDK_FORM_NOT_BOTH, field, other, NULL, NULL                                                \
    }
#define BDK_ONE_OF(field, other) BDK_ANY_OF(field, other), BDK_NOT_BOTH(field, other)
#define BDK_MUST(field)          BDK_ANY_OF(field, field)
#define BDK_DONE                                                                                   \
    {                                                                                              \
        BDK_FORM_END, BDK_NO_FIELD, 0, NULL, NULL                                                  \
    }

/* The fields of struct bedrock_prompt (prompt.c). */
enum {
    BDK_PROMPT_TEXT,
    BDK_PROMPT_SYSTEM,
    BDK_PROMPT_MAX_TOKENS,
    BDK_PROMPT_TEMPERATURE,
    BDK_PROMPT_TOP_P,
    BDK_PROMPT_TOP_K,
    BDK_PROMPT_STOPS,
    BDK_PROMPT_MESSAGES,
    BDK_PROMPT_RAW
};

/* The fields of struct bedrock_embed_prompt (embed.c). */
enum { BDK_EMBED_TEXT, BDK_EMBED_TEXTS, BDK_EMBED_IMAGE, BDK_EMBED_DIMENSIONS, BDK_EMBED_PURPOSE };

/* A body that is being written. */
struct bdk_form {
    struct bedrock_json_writer *json;
    const void *value; /* the request struct */
    const struct bdk_fields *shape;
    uint32_t taken; /* a bit a field that a member took */
};

/* Writes the members of a table. */
void bdk_form_put(struct bdk_form *form, const struct bdk_member *members);
/* Ends in BEDROCK_E_ARGUMENT if a field is filled and was not taken. Returns the output's status.
 */
int bdk_form_check(const struct bdk_form *form);
/* The whole of a body: an object of these members. */
int bdk_form_render(struct bdk_form *form, const struct bdk_member *members);

/* The same for a struct bedrock_prompt and a struct bedrock_embed_prompt. */
int bdk_prompt_render(struct bedrock_json_writer *json, const void *value,
                      const struct bdk_member *members);
int bdk_embed_render(struct bedrock_json_writer *json, const void *value,
                     const struct bdk_member *members);

#endif
