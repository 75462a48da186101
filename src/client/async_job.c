/* SPDX-License-Identifier: MIT */
/* The job, in the answers of all three operations. See bedrock/async_invoke.h. */
#include "client/async.h"
#include "client/collect.h"
#include "client/record.h"
#include "util/bytes.h"

#include <stddef.h>

enum { TAG_ARN = 'a' };

/* What is around a job in a list. The two other answers have a job for their document. */
#define AROUND_A_JOB                                                                               \
    "o0\0"                                                                                         \
    "f1nextToken\0"                                                                                \
    "j1{}\0"                                                                                       \
    " 1asyncInvokeSummaries\0"

static const char nodes[] = AROUND_A_JOB "r2[]\0"
                                         "a3invocationArn\0"
                                         "f3modelArn\0"
                                         "f3clientRequestToken\0"
                                         "f3status\0"
                                         "f3failureMessage\0"
                                         "f3submitTime\0"
                                         "f3lastModifiedTime\0"
                                         "f3endTime\0"
                                         " 3outputDataConfig\0"
                                         " 4s3OutputDataConfig\0"
                                         "f5s3Uri\0"
                                         "f5kmsKeyId\0"
                                         "f5bucketOwner\0"
                                         "j5{}\0"
                                         "j4{}\0"
                                         "j3{}\0";

/* The job's name is a field, and known to have come. */
static int take(struct bdk_reader *reader, struct bedrock_event *event)
{
    int status;

    if (reader->tag != TAG_ARN) {
        return bdk_record_take(reader, event);
    }
    status = bdk_record_field(reader, event);
    if (status == BEDROCK_EVENT && event->text_len > 0) {
        reader->stopped = BDK_STOPPED_PROOF;
    }
    return status;
}

const struct bdk_nodes bdk_async_nodes = {nodes, take};

void bdk_async_begin_job(struct bedrock_client *client)
{
    bdk_document_begin(client);
    bedrock_json_path_init(&client->reader.path, nodes + sizeof AROUND_A_JOB - 1);
}

#define MEMBER(field, kind, name)                                                                  \
    BDK_MEMBER(struct bedrock_async_invoke, field, BDK_MEMBER_##kind, name)

static const struct bdk_member members[] = {
    MEMBER(invocation_arn, TEXT, "invocationArn"),
    MEMBER(model_arn, TEXT, "modelArn"),
    MEMBER(client_request_token, CUT, "clientRequestToken"),
    MEMBER(status, WORD, "status"),
    MEMBER(failure_message, CUT, "failureMessage"),
    MEMBER(submit_time, TIME, "submitTime"),
    MEMBER(last_modified_time, TIME, "lastModifiedTime"),
    MEMBER(end_time, TIME, "endTime"),
    MEMBER(s3_uri, TEXT, "s3Uri"),
};

/* In the order of enum bedrock_async_status. */
static const struct bdk_shape job_shape = {members, BDK_COUNT(members),
                                           sizeof(struct bedrock_async_invoke),
                                           "InProgress\0Completed\0Failed\0"};

int bdk_async_collect(struct bedrock_client *client, struct bedrock_async_invoke *job,
                      const struct bedrock_event *event)
{
    return bdk_collect(client, &job_shape, job, event);
}

int bedrock_async_next(bedrock_client *client, struct bedrock_async_invoke *job)
{
    struct bedrock_event event;
    int status, taken = BEDROCK_OK;

    do {
        status = bedrock_next(client, &event);
        if (status == BEDROCK_EVENT) {
            taken = bdk_async_collect(client, job, &event);
        }
    } while (status == BEDROCK_EVENT && taken == BEDROCK_OK);
    return taken == BEDROCK_OK ? status : taken;
}
