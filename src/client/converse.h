/* SPDX-License-Identifier: MIT */
/* What the two Converse operations share: the request. */
#ifndef BDK_CLIENT_CONVERSE_H
#define BDK_CLIENT_CONVERSE_H

#include "bedrock/converse.h"
#include "client/client.h"
#include "client/label.h"

int bdk_converse_render(struct bedrock_json_writer *json, const void *request);
/* Parts of it, which other requests have, too. */
void bdk_render_messages(struct bedrock_json_writer *json, const struct bedrock_history *history,
                         const struct bedrock_message_list *list);
void bdk_render_system(struct bedrock_json_writer *json, const struct bedrock_converse *request);
void bdk_render_section(struct bedrock_json_writer *json, const void *part);

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
