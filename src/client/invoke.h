/* SPDX-License-Identifier: MIT */
/* What the two InvokeModel operations share: the request, and how its answer is read. */
#ifndef BDK_CLIENT_INVOKE_H
#define BDK_CLIENT_INVOKE_H

#include "bedrock/invoke.h"
#include "client/client.h"
#include "client/record.h"

/* How a family's answers are read: the shape of the reply and of a stream's chunks in one tree. No
 * name means different things in the two. */
struct bedrock_reply {
    struct bdk_nodes nodes;
};

/* Checks what the caller can know to be wrong, and starts the call. */
int bdk_invoke_start(struct bedrock_client *client, const struct bdk_operation *operation,
                     const struct bedrock_invoke_model *request);

/* The body, and nothing else of the request. */
int bdk_invoke_render(struct bedrock_json_writer *json, const void *request);

/* As bdk_operation.put_head; stream: the streaming operation has its own name for Accept. */
int bdk_invoke_put_head(struct bedrock_output *out, const struct bedrock_invoke_model *request,
                        enum bdk_head_part part, int stream);

/* The counts and words that come in an answer's headers. */
void bdk_invoke_take_header(struct bedrock_client *client, const struct bedrock_http_event *header);

/* body.c: a body where a JSON value stands; {} if there is none. A failure of its renderer's own is
 * the output's, too. */
int bdk_body_render(struct bedrock_json_writer *json, const struct bedrock_body *body);

/* reply.c: the shape of an answer that nobody reads, and what the request knows better. */
extern const struct bdk_nodes bdk_no_nodes;
void bdk_reply_begin(struct bedrock_client *client);
int bdk_reply_is_read(const struct bedrock_client *client);
/* The message's start, told once: when there is something to read. 1: an event; 0: none. */
int bdk_reply_start(struct bedrock_client *client, struct bedrock_event *event);
/* The events behind the last byte. 1: an event, ask again; 0: there are no more. */
int bdk_reply_end(struct bdk_reader *reader, struct bedrock_event *event);

#endif
