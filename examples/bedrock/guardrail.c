/* SPDX-License-Identifier: MIT */
/* bedrock guardrail: is this text in order? The exit code says it. */
#include "commands.h"
#include "input.h"
#include "output.h"
#include "report.h"
#include "session.h"

#include <stdio.h>
#include <string.h>

static const struct option options[] = {
    OPTION_RANGE("id", 0, OPTION_ID, id, 1, 2048, "ID", "id or ARN of the guardrail; needed"),
    OPTION_RANGE("version", 0, OPTION_ID, version, 1, 8, "V", "its version, or DRAFT; needed"),
    OPTION_CHOICE("source", source, "INPUT OUTPUT", "WHAT",
                  "INPUT: a prompt (the default), OUTPUT: an answer"),
};

/* A member of the answer, gathered: its pieces are no JSON alone. */
static char field[131072];

struct verdict {
    struct bedrock_json_writer *json;
    int in_outputs; /* their array is open */
    int in_output;  /* one of them is open */
    int intervened;
    size_t field_len; /* over its size: it does not fit */
};

static void take_text(struct verdict *verdict, const struct bedrock_event *event)
{
    if (verdict->json == NULL) {
        output_text(event->text, event->text_len);
    } else {
        if (!verdict->in_outputs) {
            bedrock_json_put_key(verdict->json, "outputs");
            bedrock_json_begin_array(verdict->json);
        }
        if (!verdict->in_output) {
            bedrock_json_begin_string(verdict->json);
        }
        bedrock_json_put_piece(verdict->json, event->text, event->text_len);
        verdict->in_outputs = 1;
    }
    verdict->in_output = 1;
}

static void end_output(struct verdict *verdict)
{
    if (verdict->in_output && verdict->json != NULL) {
        bedrock_json_end_string(verdict->json);
    } else if (verdict->in_output) {
        output_bytes("\n", 1);
    }
    verdict->in_output = 0;
}

static void end_outputs(struct verdict *verdict)
{
    end_output(verdict);
    if (verdict->in_outputs) {
        bedrock_json_end_array(verdict->json);
    }
    verdict->in_outputs = 0;
}

static void put_field(struct verdict *verdict, const char *name)
{
    int is_word = strcmp(name, "action") == 0 || strcmp(name, "actionReason") == 0;

    if (verdict->field_len > sizeof field) {
        fprintf(stderr, "%s is left out: it is longer than %lu bytes.\n", name,
                (unsigned long)sizeof field);
        return;
    }
    end_outputs(verdict);
    bedrock_json_put_key(verdict->json, name);
    if (is_word) {
        bedrock_json_put_string(verdict->json, field, verdict->field_len);
    } else {
        bedrock_json_put_raw(verdict->json, field, verdict->field_len);
    }
}

static void take_field(struct verdict *verdict, const struct bedrock_event *event)
{
    if (event->text_len > 0 && verdict->field_len + event->text_len <= sizeof field) {
        memcpy(field + verdict->field_len, event->text, event->text_len);
    }
    verdict->field_len += event->text_len;
    if (event->last && verdict->json != NULL && event->name != NULL) {
        put_field(verdict, event->name);
    }
    verdict->field_len = event->last ? 0 : verdict->field_len;
}

static void take(struct verdict *verdict, const struct bedrock_event *event)
{
    switch (event->type) {
    case BEDROCK_EVENT_TEXT:
        take_text(verdict, event);
        break;
    case BEDROCK_EVENT_BLOCK_STOP:
        end_output(verdict);
        break;
    case BEDROCK_EVENT_FIELD:
        take_field(verdict, event);
        break;
    case BEDROCK_EVENT_STOP:
        verdict->intervened = event->stop_reason == BEDROCK_STOP_GUARDRAIL_INTERVENED;
        break;
    default:
        break;
    }
}

static int run(const struct settings *settings)
{
    struct bedrock_guard_content text = {0};
    struct bedrock_content content = {.kind = &bedrock_content_guard_text, .value = &text};
    struct bedrock_apply_guardrail request = {.guardrail_identifier = settings->id,
                                              .guardrail_version = settings->version,
                                              .source = settings->source,
                                              .content = {&content, 1}};
    struct verdict verdict;
    struct bedrock_event event;
    bedrock_client *client;
    int code;

    if (settings->id == NULL || settings->version == NULL) {
        report_usage(settings, "Which guardrail? --id ID and --version V say it.");
    }
    client = session_open(settings, 0);
    text.text = input_prompt(settings);
    memset(&verdict, 0, sizeof verdict);
    bedrock_apply_guardrail(client, &request);
    verdict.json = session_json(settings);
    while (session_next(client, &event) > 0) {
        take(&verdict, &event);
    }
    end_outputs(&verdict);
    if (verdict.json != NULL && bedrock_last_error(client)->code == BEDROCK_OK) {
        bedrock_json_put_key(verdict.json, "intervened");
        bedrock_json_put_bool(verdict.json, verdict.intervened);
    }
    code = session_end(client, verdict.json);
    return code == EXIT_CODE_OK && verdict.intervened ? EXIT_CODE_INTERVENED : code;
}

const struct command command_guardrail = {
    "guardrail",
    "[TEXT...]",
    "has a guardrail judge a text; exit code 3 says that it intervened",
    "What to show instead goes to standard output: nothing, if the text is in order.",
    "  bedrock guardrail --id gr1a2b3c --version 1 \"Call jane@example.com\"\n"
    "  bedrock guardrail --id gr1a2b3c --version DRAFT --source OUTPUT --json - < answer.txt\n",
    OPTIONS_OF(options),
    .run = run,
    .exit_codes = "3 it intervened"};
