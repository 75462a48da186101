/* SPDX-License-Identifier: MIT */
/* bedrock async: jobs that take minutes; their results land in S3. */
#include "commands.h"
#include "input.h"
#include "output.h"
#include "report.h"
#include "session.h"

#include <stdio.h>
#include <string.h>

static const struct option options[] = {
    OPTION_MODEL("start: id or ARN; needed"),
    OPTION("s3", 0, OPTION_TEXT, s3_uri, "URI",
           "start: where the result goes, s3://bucket/folder/; needed"),
    OPTION_BODY("start: what the model is to do; else standard input"),
    OPTION_CHOICE("status", status, "InProgress Completed Failed", "WORD",
                  "list: only those that are InProgress, Completed or Failed"),
    OPTION_RANGE("max", 0, OPTION_INTEGER, max_results, 1, 1000000, "N", "list: so many at most"),
};

static const char *const status_words[] = {"Unknown", "InProgress", "Completed", "Failed"};

static void put_job(struct bedrock_json_writer *json, const struct bedrock_async_invoke *job)
{
    char submitted[REPORT_TIME_CAP], ended[REPORT_TIME_CAP];

    report_time(submitted, sizeof submitted, job->submit_time);
    report_time(ended, sizeof ended, job->end_time);
    report_json_text(json, "invocationArn", job->invocation_arn);
    report_json_text(json, "status", status_words[job->status]);
    report_json_text(json, "submitTime", submitted);
    report_json_text(json, "endTime", ended);
    report_json_text(json, "modelArn", job->model_arn);
    report_json_text(json, "s3Uri", job->s3_uri);
    report_json_text(json, "failureMessage", job->failure_message);
}

static void print_job(const struct bedrock_async_invoke *job)
{
    char text[1024], submitted[REPORT_TIME_CAP];

    report_time(submitted, sizeof submitted, job->submit_time);
    snprintf(text, sizeof text, "%-10s  %-20s  %s  %s%s%s", status_words[job->status], submitted,
             job->invocation_arn, job->s3_uri, job->failure_message[0] != '\0' ? "  " : "",
             job->failure_message);
    output_line(text);
}

/* The one job of an answer. \return whether there was one; the call has ended then, too. */
static int only_job(bedrock_client *client, struct bedrock_async_invoke *job)
{
    struct bedrock_async_invoke other;
    int found;

    session_check(client);
    found = bedrock_async_next(client, job) == BEDROCK_EVENT;
    while (found && bedrock_async_next(client, &other) == BEDROCK_EVENT) {
    }
    return found && bedrock_last_error(client)->code == BEDROCK_OK;
}

static int start(const struct settings *settings, bedrock_client *client)
{
    static struct input_file file;
    struct bedrock_start_async_invoke request = {.model_id = settings->model,
                                                 .s3_uri = settings->s3_uri};
    struct bedrock_async_invoke job;
    struct bedrock_json_writer *json;
    int code;

    if (settings->model == NULL || settings->s3_uri == NULL) {
        report_usage(settings, "async start needs -m MODEL and --s3 s3://bucket/folder/.");
    }
    request.model_input.kind = &bedrock_body_json;
    request.model_input.value = settings->body;
    if (settings->body == NULL) {
        code = input_open(&file, settings, "-");
        if (code != 0) {
            return code;
        }
        if (file.len == 0) {
            report_usage(settings, "There is no body: give it by --body or on standard input.");
        }
        request.model_input.kind = &bedrock_body_source;
        request.model_input.value = &file.source;
    }
    bedrock_start_async_invoke(client, &request);
    code = only_job(client, &job);
    json = session_json(settings);
    if (code && json != NULL) {
        report_json_text(json, "invocationArn", job.invocation_arn);
    } else if (code) {
        output_line(job.invocation_arn);
    }
    return session_end(client, json);
}

static int get(const struct settings *settings, bedrock_client *client)
{
    struct bedrock_async_invoke job;
    struct bedrock_json_writer *json;
    int found, code;

    bedrock_get_async_invoke(client, settings->words[1]);
    found = only_job(client, &job);
    json = session_json(settings);
    if (found && json != NULL) {
        put_job(json, &job);
    } else if (found) {
        print_job(&job);
    }
    code = session_end(client, json);
    if (code != EXIT_CODE_OK || job.status == BEDROCK_ASYNC_COMPLETED) {
        return code;
    }
    return job.status == BEDROCK_ASYNC_FAILED ? EXIT_CODE_JOB_FAILED : EXIT_CODE_JOB_RUNNING;
}

static int list(const struct settings *settings, bedrock_client *client)
{
    static char token[2049];
    struct bedrock_async_list walk = {
        .query = {.status_equals = settings->status}, .token = token, .token_cap = sizeof token};
    struct bedrock_async_invoke job;
    struct bedrock_json_writer *json = session_json(settings);
    int64_t left = settings->max_results > 0 ? settings->max_results : INT64_MAX;

    if (json != NULL) {
        bedrock_json_put_key(json, "jobs");
        bedrock_json_begin_array(json);
    }
    for (; left > 0; left--) {
        session_check(client);
        if (bedrock_async_list_next(client, &walk, &job) != BEDROCK_EVENT) {
            break;
        }
        if (json != NULL) {
            bedrock_json_begin_object(json);
            put_job(json, &job);
            bedrock_json_end_object(json);
        } else {
            print_job(&job);
        }
    }
    if (json != NULL) {
        bedrock_json_end_array(json);
    }
    return session_end(client, json);
}

/* get has one word behind it, the others have none. */
static void check_words(const struct settings *settings, int count)
{
    if (settings->word_count < count) {
        report_usage(settings, "get needs the ARN of a job: bedrock async list shows them.");
    }
    if (settings->word_count > count) {
        report_usage(settings, "\"%.60s\" is one word too many: bedrock async --help shows how.",
                     settings->words[count]);
    }
}

static int run(const struct settings *settings)
{
    static const struct {
        const char *name;
        int words;
        int (*run)(const struct settings *settings, bedrock_client *client);
    } actions[] = {{"start", 1, start}, {"get", 2, get}, {"list", 1, list}};
    size_t i;

    for (i = 0; settings->word_count > 0 && i < sizeof actions / sizeof actions[0]; i++) {
        if (strcmp(settings->words[0], actions[i].name) == 0) {
            check_words(settings, actions[i].words);
            return actions[i].run(settings, session_open(settings, 0));
        }
    }
    report_usage(settings,
                 "What about them? start, get ARN, or list; bedrock async --help shows how.");
}

const struct command command_async = {
    "async",
    "start | get ARN | list",
    "starts jobs whose result lands in S3, and tells how they are",
    NULL,
    "  bedrock async start -m amazon.nova-reel-v1:0 --s3 s3://bucket/videos/ < video.json\n"
    "  bedrock async list --status InProgress\n",
    OPTIONS_OF(options),
    .run = run,
    .exit_codes = "4 get: the job is not done yet; 5 get: it has failed"};
