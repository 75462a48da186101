/* SPDX-License-Identifier: MIT */
/* StartAsyncInvoke, GetAsyncInvoke, ListAsyncInvokes. */
#include "driver.h"

#define ARN "arn:aws:bedrock:us-west-2:123456789012:async-invoke/a1b2c3d4e5f6"

static void print_job(const struct bedrock_async_invoke *job)
{
    static const char *const names[] = {"unknown", "InProgress", "Completed", "Failed"};

    line_begin("job");
    line_word("status", names[job->status]);
    line_number("submitTime", job->submit_time);
    line_number("lastModifiedTime", job->last_modified_time);
    line_number("endTime", job->end_time);
    line_string("invocationArn", job->invocation_arn);
    line_string("modelArn", job->model_arn);
    line_string("clientRequestToken", job->client_request_token);
    line_string("failureMessage", job->failure_message);
    line_string("s3Uri", job->s3_uri);
    line_end();
}

static void print_jobs(bedrock_client *client)
{
    struct bedrock_async_invoke job;

    while (bedrock_async_next(client, &job) == BEDROCK_EVENT) {
        print_job(&job);
    }
}

static void start_minimal(const struct drive *drive)
{
    if (bedrock_start_async_invoke(
            drive->client, &(struct bedrock_start_async_invoke){
                               .model_id = "amazon.nova-reel-v1:0",
                               .model_input = BEDROCK_JSON_BODY("{\"taskType\":\"TEXT_VIDEO\"}"),
                               .s3_uri = "s3://my-bucket/videos/",
                           }) == BEDROCK_OK) {
        print_jobs(drive->client);
    }
}

static void start_everything(const struct drive *drive)
{
    static const struct bedrock_pair tags[] = {{"team", "a \"b\""}, {"empty", ""}};

    if (bedrock_start_async_invoke(
            drive->client,
            &(struct bedrock_start_async_invoke){
                .model_id = "arn:aws:bedrock:us-west-2::foundation-model/amazon.nova-reel-v1:0",
                .model_input = BEDROCK_JSON_BODY("{\"a\":[1,{\"b\":null}],\"c\":\"\\u00e9\"}"),
                .s3_uri = "s3://my-bucket/videos/",
                .s3_kms_key_id = "arn:aws:kms:us-west-2:123456789012:key/k",
                .s3_bucket_owner = "123456789012",
                .tags = tags,
                .tag_count = 2,
                .client_request_token = "my-own-token-1",
            }) == BEDROCK_OK) {
        drive_events(drive->client);
    }
}

static void get(const struct drive *drive)
{
    if (bedrock_get_async_invoke(drive->client, ARN) == BEDROCK_OK) {
        print_jobs(drive->client);
    }
}

static void get_events(const struct drive *drive)
{
    if (bedrock_get_async_invoke(drive->client, ARN) == BEDROCK_OK) {
        drive_events(drive->client);
    }
}

static void list_minimal(const struct drive *drive)
{
    static const struct bedrock_list_async_invokes any;

    if (bedrock_list_async_invokes(drive->client, &any) == BEDROCK_OK) {
        print_jobs(drive->client);
    }
}

#define QUERY                                                                                      \
    {                                                                                              \
        .submit_time_after = 1735689600, .submit_time_before = 1798761599,                         \
        .status_equals = "Completed", .sort_by = "SubmissionTime", .sort_order = "Descending",     \
        .max_results = 1000                                                                        \
    }

static void list_everything(const struct drive *drive)
{
    static struct bedrock_list_async_invokes query = QUERY;

    query.next_token = "a+b/c=d&e%20~-._";
    if (bedrock_list_async_invokes(drive->client, &query) == BEDROCK_OK) {
        drive_events(drive->client);
    }
}

static void list_walk(const struct drive *drive)
{
    static char token[2049];
    struct bedrock_async_list list = {.query = QUERY, .token = token, .token_cap = sizeof token};
    struct bedrock_async_invoke job;

    while (bedrock_async_list_next(drive->client, &list, &job) == BEDROCK_EVENT) {
        print_job(&job);
    }
}

static const struct named_case cases[] = {
    {"minimal", "StartAsyncInvoke", start_minimal},
    {"everything", "StartAsyncInvoke", start_everything},
    {"minimal", "GetAsyncInvoke", get},
    {"events", "GetAsyncInvoke", get_events},
    {"minimal", "ListAsyncInvokes", list_minimal},
    {"everything", "ListAsyncInvokes", list_everything},
    {"walk", "ListAsyncInvokes", list_walk},
};
const struct case_list async_cases = {cases, sizeof cases / sizeof cases[0]};
