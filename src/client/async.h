/* SPDX-License-Identifier: MIT */
/* What the asynchronous operations share: the job, as their answers tell it. */
#ifndef BDK_CLIENT_ASYNC_H
#define BDK_CLIENT_ASYNC_H

#include "bedrock/async_invoke.h"
#include "client/client.h"

/* The shape of all answers: of one that lists jobs, and of one that is a job, which begins within.
 */
extern const struct bdk_nodes bdk_async_nodes;
void bdk_async_begin_job(struct bedrock_client *client);

/* As bdk_collect(), of a job. */
int bdk_async_collect(struct bedrock_client *client, struct bedrock_async_invoke *job,
                      const struct bedrock_event *event);

#endif
