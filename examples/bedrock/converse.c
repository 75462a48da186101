/* SPDX-License-Identifier: MIT */
/* bedrock converse: a question, with pictures if need be, and its answer. */
#include "answer.h"
#include "commands.h"
#include "input.h"
#include "report.h"

static const struct option options[] = {
    OPTION_MODEL("id or ARN; " MODEL_THAT_TALKS),
    OPTION("unary", 0, OPTION_FLAG, unary, NULL, "the answer in one piece, not as it is written"),
    OPTION("system", 0, OPTION_TEXT, system, "TEXT", "what the model should be"),
    OPTION("image", 0, OPTION_LIST, images, "FILE",
           "a PNG, JPEG, GIF or WebP to look at; up to 20"),
    OPTION_RANGE("max-tokens", 0, OPTION_INTEGER, max_tokens, 1, 2147483647, "N",
                 "length of the answer at most"),
    OPTION("temperature", 0, OPTION_FRACTION, temperature, "T", "0 sober .. 1 inventive"),
};

/* The pictures, and the words behind them: one turn. They are read while the request is sent. */
static struct input_file files[LIST_MAX];
static struct bedrock_media media[LIST_MAX];
static struct bedrock_content content[LIST_MAX + 1];

static int open_images(const struct settings *settings)
{
    size_t i;

    for (i = 0; i < settings->images.count; i++) {
        const char *name = settings->images.items[i];
        int code = input_open(&files[i], settings, name);

        if (code != 0) {
            return code;
        }
        media[i].format = input_image_format(&files[i]);
        if (media[i].format == NULL) {
            report_usage(settings, "%.200s is no picture: PNG, JPEG, GIF and WebP can be sent.",
                         name);
        }
        media[i].source = files[i].source;
        content[i].kind = &bedrock_content_image;
        content[i].value = &media[i];
    }
    return 0;
}

static int run(const struct settings *settings)
{
    struct bedrock_converse request = {0};
    struct bedrock_message turn = {0};
    struct bedrock_content words = {.kind = &bedrock_content_text};
    const struct bedrock_content system = {.kind = &bedrock_content_text, .text = settings->system};
    bedrock_client *client = session_open(settings, 0);
    int code = open_images(settings);

    if (code != 0) {
        return code;
    }
    words.text = input_prompt(settings);
    content[settings->images.count] = words;
    turn.role = "user";
    turn.content.items = content;
    turn.content.count = settings->images.count + 1;
    request.model_id = settings->model != NULL ? settings->model : MODEL_THAT_TALKS;
    request.messages.items = &turn;
    request.messages.count = 1;
    if (settings->system != NULL) {
        request.system.items = &system;
        request.system.count = 1;
    }
    request.max_tokens = (int32_t)settings->max_tokens;
    request.temperature = settings->temperature;
    if (settings->unary) {
        bedrock_converse(client, &request);
    } else {
        bedrock_converse_stream(client, &request);
    }
    return answer_print(client, settings, NULL, NULL);
}

const struct command command_converse = {
    "converse",
    "[PROMPT...]",
    "asks a model and prints its answer as it is written",
    "The prompt is the words, or standard input (no words, or - among them).\n"
    "With --json: {\"text\":..., \"stopReason\":..., \"usage\":{...}, \"requestId\":...}.",
    "  bedrock converse \"Why is the sky blue?\"\n"
    "  dmesg | tail -n 50 | bedrock converse --max-tokens 200 \"What is wrong here?\" -\n",
    OPTIONS_OF(options),
    .run = run,
    .exit_codes = "3 a guardrail intervened; 0 also when max_tokens cut the answer, which the "
                  "service counts\n"
                  "  as complete: standard error says it then, or \"stopReason\""};
