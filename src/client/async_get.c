/* SPDX-License-Identifier: MIT */
/* GetAsyncInvoke. See bedrock/async_invoke.h. */
#include "client/async.h"
#include "client/label.h"

static int write_path(struct bedrock_output *out, const void *invocation_arn)
{
    return bdk_label_put(out, "/async-invoke/", invocation_arn);
}

static const struct bdk_operation operation = {
    .method = "GET",
    .write_path = write_path,
    .answer_type = "application/json",
    .begin = bdk_async_begin_job,
    .read = bdk_document_read,
    .end = bdk_async_end_job,
};

int bedrock_get_async_invoke(bedrock_client *client, const char *invocation_arn)
{
    return bdk_label_valid(invocation_arn) ? bdk_client_start(client, &operation, invocation_arn)
                                           : bdk_client_refuse(client, BEDROCK_E_ARGUMENT);
}
