/* SPDX-License-Identifier: MIT */
/* GetAsyncInvoke. See bedrock/async_invoke.h. */
#include "client/async.h"

static const struct bdk_operation operation = {
    .path = "/async-invoke/&",
    .answer_type = "application/json",
    .nodes = &bdk_async_nodes,
    .begin = bdk_async_begin_job,
    .read = bdk_document_read,
    .end = bdk_document_end_stopped, /* a job without its name is none */
};

int bedrock_get_async_invoke(bedrock_client *client, const char *invocation_arn)
{
    return bdk_client_start(client, &operation, invocation_arn);
}
