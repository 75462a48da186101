/* SPDX-License-Identifier: MIT */
/* What the asynchronous operations share: the job, as their answers tell it. */
#ifndef BDK_CLIENT_ASYNC_H
#define BDK_CLIENT_ASYNC_H

#include "bedrock/async_invoke.h"
#include "client/client.h"

/* bdk_operation.begin: of an answer that is one job, and of one that lists some. */
void bdk_async_begin_job(struct bedrock_client *client);
void bdk_async_begin_list(struct bedrock_client *client);

/* bdk_operation.end: of an answer that is one job, and of any. */
int bdk_async_end_job(struct bedrock_client *client, struct bedrock_event *event);
int bdk_async_end(struct bedrock_client *client, struct bedrock_event *event);

/* As bdk_collect(), of a job. */
int bdk_async_collect(struct bedrock_client *client, struct bedrock_async_invoke *job,
                      const struct bedrock_event *event);

#endif
