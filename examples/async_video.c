/* SPDX-License-Identifier: MIT */
/* A video by Nova Reel: a job that takes minutes and leaves its result in S3. It goes on whatever
 * becomes of this program, which asks for it now and then; --list shows all jobs. */
#define _POSIX_C_SOURCE 200809L

#include <bedrock.h>
#include <bedrock/posix.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common.h"

static unsigned char memory[BEDROCK_MEMORY];
static char token[2049]; /* the service's, between two pages of a list */
static struct bedrock_async_invoke job;
static const char *is_list, *s3_uri, *every = "15";
static const char *const words[] = {"unknown", "in progress", "completed", "failed"};

/* A body of our own: what Nova Reel wants to know. */
static int render_video(struct bedrock_json_writer *json, const void *prompt)
{
    static const char rest[] = "{\"durationSeconds\":6,\"fps\":24,\"dimension\":\"1280x720\"}";

    bedrock_json_begin_object(json);
    bedrock_json_put_key(json, "taskType");
    bedrock_json_put_text(json, "TEXT_VIDEO");
    bedrock_json_put_key(json, "textToVideoParams");
    bedrock_json_begin_object(json);
    bedrock_json_put_key(json, "text");
    bedrock_json_put_text(json, prompt);
    bedrock_json_end_object(json);
    bedrock_json_put_key(json, "videoGenerationConfig");
    bedrock_json_put_raw(json, rest, sizeof rest - 1);
    return bedrock_json_end_object(json);
}

static const struct bedrock_body_kind video = {.render = render_video};

/* Runs a call that is about one job to its end: the job, and behind it nothing. */
static int take_job(bedrock_client *client)
{
    while (bedrock_async_next(client, &job) > 0) {
    }
    return exit_status(client);
}

static int list(bedrock_client *client)
{
    struct bedrock_async_list all = {.token = token, .token_cap = sizeof token};

    while (bedrock_async_list_next(client, &all, &job) > 0) {
        printf("%s %s %s%s%s\n", job.invocation_arn, words[job.status], job.s3_uri,
               job.failure_message[0] != '\0' ? " " : "", job.failure_message);
    }
    return exit_status(client);
}

/* Asks for the job until it has ended. */
static int watch(bedrock_client *client, const char *arn)
{
    size_t len;

    do {
        int failed;

        sleep((unsigned)atoi(every));
        bedrock_get_async_invoke(client, arn);
        failed = take_job(client);
        if (failed) {
            return failed;
        }
        fprintf(stderr, "%s\n", words[job.status]);
    } while (job.status == BEDROCK_ASYNC_IN_PROGRESS);
    if (job.status != BEDROCK_ASYNC_COMPLETED) {
        fprintf(stderr, "There is no video. %s\n", job.failure_message);
        return 1;
    }
    len = strlen(job.s3_uri);
    printf("%s%soutput.mp4\n", job.s3_uri, len > 0 && job.s3_uri[len - 1] == '/' ? "" : "/");
    return output_complete() ? 0 : 1;
}

int main(int argc, char **argv)
{
    struct arguments arguments = command_read(
        argc, argv,
        &(struct command){.about = "Makes a video and says where it is: s3://bucket/folder/...",
                          .model = "amazon.nova-reel-v1:0",
                          .prompt = "a paper boat that sails down a gutter in the rain",
                          .instead = &is_list,
                          .options = {{"--s3", "URI", &s3_uri},
                                      {"--every", "SECONDS", &every},
                                      {"--list", NULL, &is_list}}});
    struct bedrock_config config = bedrock_posix_config("us-east-1");
    static char arn[sizeof job.invocation_arn];
    bedrock_client *client;
    int failed;

    if ((is_list == NULL && s3_uri == NULL) || atoi(every) < 1) {
        fputs("Say where the video should go: --s3 s3://bucket/folder/, and how often to ask for "
              "it: --every 15.\n",
              stderr);
        return 2;
    }
    bedrock_client_init(&client, memory, sizeof memory, &config);
    if (is_list != NULL) {
        return list(client);
    }
    bedrock_start_async_invoke(client, &(struct bedrock_start_async_invoke){
                                           .model_id = arguments.model,
                                           .model_input = BEDROCK_BODY(&video, arguments.prompt),
                                           .s3_uri = s3_uri,
                                       });
    failed = take_job(client);
    if (failed) {
        return failed;
    }
    snprintf(arn, sizeof arn, "%s", job.invocation_arn);
    fprintf(stderr, "%s has begun.\n", arn);
    return watch(client, arn);
}
