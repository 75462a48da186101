/* SPDX-License-Identifier: MIT */
/* Jobs as lines of text. */
#ifndef TESTS_UNIT_CLIENT_JOBS_H
#define TESTS_UNIT_CLIENT_JOBS_H

#include "bedrock/async_invoke.h"
#include "unit/client/records.h"

static inline void tell_job(struct bytes *out, const struct bedrock_async_invoke *job)
{
    char line[1400];

    snprintf(line, sizeof line, "%d %lld %lld %lld [%s] [%s] [%s] [%s] [%s]\n", (int)job->status,
             (long long)job->submit_time, (long long)job->last_modified_time,
             (long long)job->end_time, job->invocation_arn, job->model_arn,
             job->client_request_token, job->failure_message, job->s3_uri);
    bytes_text(out, line);
}

/* Whatever was in the caller's memory, it must not matter; and it is left alone while there is
 * nothing to tell. */
static inline int tell_jobs(bedrock_client *client, struct bytes *out)
{
    struct bedrock_async_invoke job;
    int status = BEDROCK_EVENT;

    while (status == BEDROCK_EVENT) {
        memset(&job, 0xA5, sizeof job);
        do {
            status = bedrock_async_next(client, &job);
        } while (status == BEDROCK_AGAIN);
        if (status == BEDROCK_EVENT) {
            tell_job(out, &job);
        }
    }
    return status;
}

#endif
