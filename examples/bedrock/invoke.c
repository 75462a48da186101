/* SPDX-License-Identifier: MIT */
/* bedrock invoke: a body in the model's own words, and the model's reply, both untouched. */
#include "commands.h"
#include "input.h"
#include "output.h"
#include "report.h"
#include "session.h"

static const struct option options[] = {
    OPTION_MODEL("id or ARN; needed"),
    OPTION("stream", 0, OPTION_FLAG, stream, NULL, "as it is written: a line for each chunk"),
    OPTION_BODY("what to send; else standard input"),
};

static int print(bedrock_client *client, const struct settings *settings)
{
    struct bedrock_event event;

    while (session_next(client, &event) > 0) {
        if (event.type == BEDROCK_EVENT_BODY || event.type == BEDROCK_EVENT_CHUNK) {
            output_bytes(event.text, event.text_len);
        }
        if (event.type == BEDROCK_EVENT_CHUNK && event.last) {
            output_bytes("\n", 1);
            output_flush();
        }
    }
    /* The reply is JSON already: only an error needs words. */
    return session_end(
        client, bedrock_last_error(client)->code != BEDROCK_OK ? session_json(settings) : NULL);
}

static int run(const struct settings *settings)
{
    static struct input_file file;
    struct bedrock_invoke_model request = {0};
    bedrock_client *client;
    int code;

    options_no_words(settings);
    if (settings->model == NULL) {
        report_usage(settings, "Which model? -m MODEL says it.");
    }
    client = session_open(settings, 0);
    request.model_id = settings->model;
    if (settings->body != NULL) {
        request.body.kind = &bedrock_body_json;
        request.body.value = settings->body;
    } else {
        code = input_open(&file, settings, "-");
        if (code != 0) {
            return code;
        }
        if (file.len == 0) {
            report_usage(settings, "There is no body: give it by --body or on standard input.");
        }
        request.body.kind = &bedrock_body_source;
        request.body.value = &file.source;
    }
    if (settings->stream) {
        bedrock_invoke_model_with_response_stream(client, &request);
    } else {
        bedrock_invoke_model(client, &request);
    }
    return print(client, settings);
}

const struct command command_invoke = {
    "invoke",
    "",
    "sends a body in the model's own format and prints the reply as it is",
    "With --json an error is one line of JSON on standard error; the reply is JSON in any case.",
    "  bedrock invoke -m amazon.titan-embed-text-v2:0 --body '{\"inputText\":\"hello\"}'\n"
    "  bedrock invoke -m meta.llama3-1-8b-instruct-v1:0 --stream < request.json\n",
    OPTIONS_OF(options),
    .run = run,
    .prints_json = 1};
