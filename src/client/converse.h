/* SPDX-License-Identifier: MIT */
/* What the two Converse operations share: the request. */
#ifndef BDK_CLIENT_CONVERSE_H
#define BDK_CLIENT_CONVERSE_H

#include "bedrock/converse.h"
#include "client/client.h"

/* Checks what the caller can know to be wrong, and starts the call. */
int bdk_converse_start(struct bedrock_client *client, const struct bdk_operation *operation,
                       const struct bedrock_converse *request);

/* /model/{modelId} and what follows. */
int bdk_converse_write_path(struct bedrock_output *out, const struct bedrock_converse *request,
                            const char *action);

/* Is it fit to be a URI label: 1..2048 bytes of visible ASCII? */
int bdk_label_valid(const char *label);

int bdk_converse_render(struct bedrock_json_writer *json, const void *request);

/* content.c: what content renderers share. */
int bdk_render_contents(struct bedrock_json_writer *json, const struct bedrock_content_list *list);
int bdk_render_message(struct bedrock_json_writer *json, const struct bedrock_message *message);
int bdk_render_strings(struct bedrock_json_writer *json, const struct bedrock_string_list *list);
/* A member with a text, left out if it is absent. */
void bdk_put_member(struct bedrock_json_writer *json, const char *key, const char *text);
/* A member that must be there: BEDROCK_E_ARGUMENT without. */
void bdk_put_required(struct bedrock_json_writer *json, const char *key, const char *text);
/* A member whose value is JSON already, left out if it is absent. */
void bdk_put_raw_member(struct bedrock_json_writer *json, const char *key, const char *value);
void bdk_put_flag(struct bedrock_json_writer *json, const char *key, int flag);
/* {"key":{"name":...}} opened; close with bdk_end(json, 2). */
void bdk_begin_member(struct bedrock_json_writer *json, const char *key);
void bdk_end(struct bedrock_json_writer *json, int levels);
int bdk_absent(const char *text);

/* content_media.c: the source of an image and its kin: bytes or S3; text and chunks come from
 * documents. */
void bdk_render_source(struct bedrock_json_writer *json, const struct bedrock_source *source,
                       const char *s3_uri, const char *s3_bucket_owner);

#endif
