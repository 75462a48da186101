/* SPDX-License-Identifier: MIT */
/*
 * driver list                        prints the cases: OPERATION CASE
 * driver URL KEYS OPERATION CASE     makes one call and prints its answer
 * driver host REGION FIPS DUAL       prints the host that a call would go to; FIPS and DUAL are 0
 * or 1
 *
 * KEYS is access, session or bearer. What is printed is for answers.mjs to compare; the last line
 * is always `end`.
 */
#include "driver.h"

#include <bedrock/posix.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct operation {
    const char *name;
    const struct case_list *cases;
    int (*converse)(bedrock_client *client, const struct bedrock_converse *request);
    int (*invoke)(bedrock_client *client, const struct bedrock_invoke_model *request);
};

#define STREAM bedrock_invoke_model_with_response_stream

static const struct operation operations[] = {
    {"Converse", &converse_cases, bedrock_converse, NULL},
    {"Converse", &content_cases, bedrock_converse, NULL},
    {"Converse", &history_cases, bedrock_converse, NULL},
    {"ConverseStream", &history_cases, bedrock_converse_stream, NULL},
    {"ConverseStream", &converse_cases, bedrock_converse_stream, NULL},
    {"ConverseStream", &content_cases, bedrock_converse_stream, NULL},
    {"CountTokens", &converse_cases, bedrock_count_tokens_converse, NULL},
    {"CountTokens", &content_cases, bedrock_count_tokens_converse, NULL},
    {"InvokeModel", &invoke_cases, NULL, bedrock_invoke_model},
    {"InvokeModelWithResponseStream", &invoke_cases, NULL, STREAM},
    {"CountTokens", &invoke_cases, NULL, bedrock_count_tokens_invoke_model},
    {"InvokeModel", &native_cases, NULL, bedrock_invoke_model},
    {"InvokeModelWithResponseStream", &native_cases, NULL, STREAM},
    {"CountTokens", &native_cases, NULL, bedrock_count_tokens_invoke_model},
    {"ApplyGuardrail", &guardrail_cases, NULL, NULL},
    {"InvokeGuardrailChecks", &guardrail_cases, NULL, NULL},
    {"StartAsyncInvoke", &async_cases, NULL, NULL},
    {"GetAsyncInvoke", &async_cases, NULL, NULL},
    {"ListAsyncInvokes", &async_cases, NULL, NULL},
};

static const char *const types[] = {"MESSAGE_START",
                                    "BLOCK_START",
                                    "TEXT",
                                    "REASONING",
                                    "REASONING_SIGNATURE",
                                    "REASONING_REDACTED",
                                    "TOOL_INPUT",
                                    "IMAGE",
                                    "CITATION",
                                    "RAW",
                                    "BLOCK_STOP",
                                    "STOP",
                                    "TRACE",
                                    "RESPONSE_FIELDS",
                                    "METADATA",
                                    "VECTOR",
                                    "FIELD",
                                    "BODY",
                                    "CHUNK"};

static const char *const blocks[] = {"TEXT",        "REASONING", "TOOL_USE",  "SERVER_TOOL_USE",
                                     "TOOL_RESULT", "IMAGE",     "CITATIONS", "VECTOR",
                                     "RECORD",      "UNKNOWN"};

static const char *const reasons[] = {"end_turn",
                                      "tool_use",
                                      "max_tokens",
                                      "stop_sequence",
                                      "guardrail_intervened",
                                      "content_filtered",
                                      "malformed_model_output",
                                      "malformed_tool_use",
                                      "model_context_window_exceeded",
                                      "unknown"};

static const char *const roles[] = {"assistant", "user", "system", "unknown"};

static unsigned char memory[BEDROCK_MEMORY];

void line_begin(const char *word)
{
    printf("%s", word);
}

void line_word(const char *name, const char *value)
{
    if (value != NULL) {
        printf("\t%s=%s", name, value);
    }
}

void line_number(const char *name, long long value)
{
    printf("\t%s=%lld", name, value);
}

void line_text(const char *name, const char *text, size_t len)
{
    size_t i;

    printf("\t%s=", name);
    for (i = 0; i < len; i++) {
        printf("%02x", (unsigned char)text[i]);
    }
}

void line_string(const char *name, const char *text)
{
    line_text(name, text, strlen(text));
}

void line_end(void)
{
    putchar('\n');
}

int pattern_read_at(void *ctx, uint32_t off, void *dst, size_t len)
{
    unsigned char *bytes = dst;
    size_t i;

    (void)ctx;
    for (i = 0; i < len; i++) {
        uint32_t at = off + (uint32_t)i;

        bytes[i] = (unsigned char)(at ^ at >> 8 ^ at >> 16);
    }
    return 0;
}

static void print_usage(const struct bedrock_usage *usage)
{
    line_number("inputTokens", usage->input_tokens);
    line_number("outputTokens", usage->output_tokens);
    line_number("totalTokens", usage->total_tokens);
    line_number("cacheReadInputTokens", usage->cache_read_input_tokens);
    line_number("cacheWriteInputTokens", usage->cache_write_input_tokens);
    line_number("latencyMs", usage->latency_ms);
    line_word("serviceTier", usage->service_tier);
    line_word("latency", usage->performance);
}

static void print_event(const struct bedrock_event *event)
{
    line_begin(types[event->type]);
    switch (event->type) {
    case BEDROCK_EVENT_MESSAGE_START:
        line_word("role", roles[event->role]);
        break;
    case BEDROCK_EVENT_BLOCK_START:
    case BEDROCK_EVENT_BLOCK_STOP:
        line_word("block", blocks[event->block]);
        line_number("index", event->block_index);
        line_word("id", event->tool_use_id);
        line_word("name", event->name);
        break;
    case BEDROCK_EVENT_STOP:
        line_word("code", reasons[event->stop_reason]);
        line_word("reason", event->stop_reason_text);
        break;
    case BEDROCK_EVENT_METADATA:
        print_usage(event->usage);
        break;
    default:
        line_number("last", event->last);
        line_word("name", event->name);
        line_text("text", event->text, event->text_len);
        break;
    }
    line_end();
}

void drive_events(bedrock_client *client)
{
    struct bedrock_event event;

    while (bedrock_next(client, &event) > 0) {
        print_event(&event);
    }
}

void drive_converse(const struct drive *drive, const struct bedrock_converse *request)
{
    if (drive->converse(drive->client, request) == BEDROCK_OK) {
        drive_events(drive->client);
    }
}

void drive_invoke(const struct drive *drive, const struct bedrock_invoke_model *request)
{
    if (drive->invoke(drive->client, request) == BEDROCK_OK) {
        drive_events(drive->client);
    }
}

static int belongs(const struct named_case *one, const struct operation *operation)
{
    return one->operation == NULL || strcmp(one->operation, operation->name) == 0;
}

static int list(void)
{
    size_t i, j;

    for (i = 0; i < sizeof operations / sizeof operations[0]; i++) {
        for (j = 0; j < operations[i].cases->count; j++) {
            if (belongs(&operations[i].cases->items[j], &operations[i])) {
                printf("%s %s\n", operations[i].name, operations[i].cases->items[j].name);
            }
        }
    }
    return 0;
}

static int run(bedrock_client *client, const char *operation, const char *name)
{
    size_t i, j;

    for (i = 0; i < sizeof operations / sizeof operations[0]; i++) {
        const struct operation *of = &operations[i];
        const struct drive drive = {client, of->converse, of->invoke};

        for (j = 0; strcmp(of->name, operation) == 0 && j < of->cases->count; j++) {
            const struct named_case *one = &of->cases->items[j];

            if (belongs(one, of) && strcmp(one->name, name) == 0) {
                one->run(&drive);
                return 1;
            }
        }
    }
    return 0;
}

static const struct bedrock_credentials *keys(const char *name)
{
    static const struct bedrock_credentials
        access = {bedrock_credentials_get_static,
                  NULL,
                  {"AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG", NULL, NULL, 0}},
        session = {bedrock_credentials_get_static,
                   NULL,
                   {"ASIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG", "FwoGZXIvYXdzEJr//+=/token", NULL, 0}},
        bearer = {
            bedrock_credentials_get_static, NULL, {NULL, NULL, NULL, "bedrock-api-key-b25l", 0}};

    return strcmp(name, "bearer") == 0    ? &bearer
           : strcmp(name, "session") == 0 ? &session
                                          : &access;
}

static int print_host(void *ctx, const char *host, uint16_t port, uint32_t wait_ms)
{
    (void)ctx;
    (void)wait_ms;
    printf("%s:%u\n", host, (unsigned)port);
    return BEDROCK_PORT_NO_HOST;
}

/* A call that gets as far as the name of its host. */
static int show_host(const char *region, int fips, int dual_stack)
{
    static const struct bedrock_endpoint *const kinds[2][2] = {
        {NULL, &bedrock_endpoint_dual_stack},
        {&bedrock_endpoint_fips, &bedrock_endpoint_fips_dual_stack}};
    struct bedrock_port port = *bedrock_posix_port();
    struct bedrock_config config;
    struct bedrock_event event;
    bedrock_client *client;

    port.connect = print_host;
    memset(&config, 0, sizeof config);
    config.region = region;
    config.port = &port;
    config.credentials = keys("access");
    config.max_attempts = 1;
    config.endpoint = kinds[fips][dual_stack];
    bedrock_client_init(&client, memory, sizeof memory, &config);
    bedrock_converse(client, &(struct bedrock_converse){.model_id = "m"});
    bedrock_next(client, &event);
    return 0;
}

int main(int argc, char **argv)
{
    const struct bedrock_error *error;
    struct bedrock_config config;
    bedrock_client *client;

    if (argc == 2 && strcmp(argv[1], "list") == 0) {
        return list();
    }
    if (argc == 5 && strcmp(argv[1], "host") == 0) {
        return show_host(argv[2], argv[3][0] == '1', argv[4][0] == '1');
    }
    if (argc != 5) {
        fprintf(
            stderr,
            "usage: %s list | URL access|session|bearer OPERATION CASE | host REGION FIPS DUAL\n",
            argv[0]);
        return 2;
    }
    memset(&config, 0, sizeof config);
    config.region = "us-west-2";
    config.port = bedrock_posix_port();
    config.endpoint = BEDROCK_ENDPOINT(argv[1]);
    config.credentials = keys(argv[2]);
    config.max_attempts = 1;
    bedrock_client_init(&client, memory, sizeof memory, &config);
    if (!run(client, argv[3], argv[4])) {
        fprintf(stderr, "There is no case %s of %s.\n", argv[4], argv[3]);
        return 2;
    }
    error = bedrock_last_error(client);
    line_begin("end");
    line_word("status", bedrock_status_name(error->code));
    line_number("http", error->http_status);
    line_string("type", error->type);
    line_string("message", error->message);
    line_string("id", error->request_id);
    line_end();
    bedrock_client_close(client);
    return 0;
}
