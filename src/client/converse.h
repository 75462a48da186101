/* SPDX-License-Identifier: MIT */
/* What the two Converse operations share: the request. */
#ifndef BDK_CLIENT_CONVERSE_H
#define BDK_CLIENT_CONVERSE_H

#include "bedrock/converse.h"
#include "client/client.h"
#include "client/label.h"

#include <stddef.h>

/* Is there a text? NULL and "" are none. */
static inline int bdk_is_given(const char *text)
{
    return text != NULL && text[0] != '\0';
}

int bdk_converse_render(struct bedrock_json_writer *json, const void *request);
/* Parts of it, which other requests have, too. */
void bdk_render_messages(struct bedrock_json_writer *json, const struct bedrock_history *history,
                         const struct bedrock_message_list *list);

/*
 * The optional parts of a request are a list in ROM. What a part is says also when it is left out,
 * and how it is written.
 */
enum bdk_part_kind {
    BDK_PART_TEXT,       /* const char *; NULL and "": none */
    BDK_PART_NUMBER,     /* the same of a number in its own spelling */
    BDK_PART_INTEGER,    /* int32_t; 0: none */
    BDK_PART_STRINGS,    /* struct bedrock_string_list */
    BDK_PART_CONTENTS,   /* struct bedrock_content_list */
    BDK_PART_SECTION,    /* a pointer to what begins with its own renderer and key */
    BDK_PART_OBJECT,     /* a key: the following parts are in an object, if there are any */
    BDK_PART_OBJECT_END, /* no key, and no part */
    BDK_PART_END         /* of the list */
};

struct bdk_part {
    uint8_t kind;
    uint8_t offset; /* in the request */
};

#define BDK_PART(kind, type, member)                                                               \
    {                                                                                              \
        BDK_PART_##kind, offsetof(type, member)                                                    \
    }

/* keys: those of all parts but sections, one behind the other. */
void bdk_render_parts(struct bedrock_json_writer *json, const void *request,
                      const struct bdk_part *parts, const char *keys);

/*
 * content.c: what content renderers share. All return the output's status, and do nothing once it
 * is not 0.
 */
/* A struct that is half filled: BEDROCK_E_ARGUMENT. */
int bdk_refuse(struct bedrock_json_writer *json);
/* The lists must not be empty. */
int bdk_render_contents(struct bedrock_json_writer *json, const struct bedrock_content_list *list);
int bdk_render_strings(struct bedrock_json_writer *json, const struct bedrock_string_list *list);
int bdk_render_message(struct bedrock_json_writer *json, const struct bedrock_message *message);
/* A block's own text: NUL-terminated, or as long as it says. NULL and 0 if it has none. */
const char *bdk_content_text(const struct bedrock_content *content, size_t *len);
/* A member with a text, left out if it is absent. */
void bdk_put_member(struct bedrock_json_writer *json, const char *key, const char *text);
/* A member that must be there: BEDROCK_E_ARGUMENT without. */
void bdk_put_required(struct bedrock_json_writer *json, const char *key, const char *text);
void bdk_put_flag(struct bedrock_json_writer *json, const char *key, int flag);
/* "key":{ opened; bdk_end() closes so many levels. */
void bdk_begin_member(struct bedrock_json_writer *json, const char *key);
int bdk_end(struct bedrock_json_writer *json, int levels);
/* {"kind":{ opened, if the block has a value to fill it from; close with bdk_end(json, 2). */
int bdk_begin_block(struct bedrock_json_writer *json, const struct bedrock_content *content,
                    const char *kind);
/* Not bdk_is_given(): a function for those who lie on the deepest stack and test many. */
int bdk_absent(const char *text);
/* Is it empty, or nothing but white space? */
int bdk_is_blank(const char *text, size_t len);

/* content_json.c: a member whose value is JSON already, left out if it is absent. */
void bdk_put_raw_member(struct bedrock_json_writer *json, const char *key, const char *value);
/* Is the text one JSON value that may stand so deep? BEDROCK_OK, or why not. */
int bdk_check_json(const char *text, size_t len, int depth);

/* content_media.c: the source of an image and its kin: bytes or S3; text and chunks come from
 * documents. */
void bdk_render_source(struct bedrock_json_writer *json, const struct bedrock_source *source,
                       const char *s3_uri, const char *s3_bucket_owner);

#endif
