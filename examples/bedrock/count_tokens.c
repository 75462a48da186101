/* SPDX-License-Identifier: MIT */
/* bedrock count-tokens: how long a request is, at no cost. */
#include "commands.h"
#include "input.h"
#include "output.h"
#include "report.h"
#include "session.h"

#include <stdio.h>

static const struct option options[] = {
    OPTION_MODEL("id or ARN; " MODEL_THAT_TALKS),
    OPTION("system", 0, OPTION_TEXT, system, "TEXT", "what the model should be"),
    OPTION_BODY("a body of `bedrock invoke`, instead of a prompt"),
};

static int end(bedrock_client *client, const struct settings *settings)
{
    struct bedrock_json_writer *json = session_json(settings);
    struct bedrock_event event;
    char number[16];
    int status;

    while ((status = session_next(client, &event)) > 0) {
    }
    if (status == BEDROCK_OK && json != NULL) {
        bedrock_json_put_key(json, "inputTokens");
        bedrock_json_put_integer(json, bedrock_last_usage(client)->input_tokens);
    } else if (status == BEDROCK_OK) {
        snprintf(number, sizeof number, "%ld", (long)bedrock_last_usage(client)->input_tokens);
        output_line(number);
    }
    return session_end(client, json);
}

static int run(const struct settings *settings)
{
    const char *model = settings->model != NULL ? settings->model : MODEL_THAT_TALKS;
    bedrock_client *client = session_open(settings, 0);

    if (settings->body != NULL) {
        struct bedrock_invoke_model request = {.model_id = model,
                                               .body = BEDROCK_JSON_BODY(settings->body)};

        options_no_words(settings);
        if (settings->system != NULL) {
            report_usage(settings, "--system and --body exclude each other: the body has its own.");
        }
        bedrock_count_tokens_invoke_model(client, &request);
        return end(client, settings);
    }
    bedrock_count_tokens_converse(
        client, &(struct bedrock_converse){
                    .model_id = model,
                    .messages = BEDROCK_MESSAGES(BEDROCK_USER(input_prompt(settings))),
                    .system = {&(const struct bedrock_content)BEDROCK_TEXT(settings->system),
                               settings->system != NULL},
                });
    return end(client, settings);
}

const struct command command_count_tokens = {
    "count-tokens",
    "[PROMPT...]",
    "says how many tokens a prompt takes; costs nothing",
    "Not every model can say it: then the answer is a ValidationException.",
    "  bedrock count-tokens \"Why is the sky blue?\"\n"
    "  bedrock count-tokens --json - < prompt.txt\n",
    OPTIONS_OF(options),
    .run = run};
