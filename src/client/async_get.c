/* SPDX-License-Identifier: MIT */
/* GetAsyncInvoke. See bedrock/async_invoke.h. */
#include "client/async.h"
#include "client/label.h"

static const struct bdk_operation operation = {
    .path = "/async-invoke/*",
    .answer_type = "application/json",
    .nodes = &bdk_async_nodes,
    .begin = bdk_async_begin_job,
    .read = bdk_document_read,
    .end = bdk_async_end_job,
};

int bedrock_get_async_invoke(bedrock_client *client, const char *invocation_arn)
{
    return bdk_label_valid(invocation_arn) ? bdk_async_start(client, &operation, invocation_arn)
                                           : bdk_client_refuse(client, BEDROCK_E_ARGUMENT);
}
