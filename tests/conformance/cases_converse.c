/* SPDX-License-Identifier: MIT */
/* Requests of Converse and its kin: the members of the request itself. */
#include "driver.h"

#define MODEL "us.anthropic.claude-haiku-4-5-20251001-v1:0"

static void minimal(const struct drive *drive)
{
    drive_converse(drive, &(struct bedrock_converse){
                              .model_id = MODEL,
                              .messages = BEDROCK_MESSAGES(BEDROCK_USER("Why is the sky blue?")),
                          });
}

static void turns(const struct drive *drive)
{
    drive_converse(
        drive,
        &(struct bedrock_converse){
            .model_id = "anthropic.claude-v2",
            .messages = BEDROCK_MESSAGES(
                BEDROCK_USER("Name a colour."), BEDROCK_ASSISTANT("Red."),
                {.role = "system", .content = BEDROCK_CONTENT(BEDROCK_TEXT("Say it in French."))},
                BEDROCK_USER_CONTENT(BEDROCK_TEXT("Another"), BEDROCK_TEXT("one."),
                                     BEDROCK_TEXT_N("please, cut here", 6))),
        });
}

static void escapes(const struct drive *drive)
{
    drive_converse(
        drive, &(struct bedrock_converse){
                   .model_id = MODEL,
                   .messages = BEDROCK_MESSAGES(BEDROCK_USER(
                       "\"quoted\" back\\slash /slash \b\f\n\r\t \x01\x1f\x7f Gr\xc3\xbc\xc3\x9f"
                       "e \xe2\x80\xa8 \xe2\x80\xa9 \xe6\xbc\xa2 \xf0\x9f\x98\x80 </script>")),
               });
}

static void everything(const struct drive *drive)
{
    drive_converse(
        drive,
        &(struct bedrock_converse){
            .model_id = MODEL,
            .messages = BEDROCK_MESSAGES(BEDROCK_USER("Turn the lamp on.")),
            .system = BEDROCK_CONTENT(
                BEDROCK_TEXT("You keep a lighthouse."), BEDROCK_CACHE_POINT(),
                BEDROCK_GUARD_CONTENT(.text = "Ships only.",
                                      .qualifiers = BEDROCK_STRINGS("grounding_source"))),
            .max_tokens = 2147483647,
            .temperature = "0.25",
            .top_p = "1e-2",
            .stop_sequences = BEDROCK_STRINGS("\n\nHuman:", "STOP"),
            .tool_config = BEDROCK_TOOL_CONFIG(
                    .tools = BEDROCK_TOOLS(
                        {.name = "set_lamp",
                         .description = "Sets the lamp.",
                         .input_schema = "{\"type\":\"object\",\"properties\":{\"on\":{\"type\":"
                                         "\"boolean\"}},\"required\":[\"on\"]}",
                         .strict = 1},
                        {.name = "nothing"}, {.cache_point = 1, .cache_ttl = "5m"}),
                    .choice = "tool", .choice_name = "set_lamp"),
            .guardrail_config = BEDROCK_GUARDRAIL_CONFIG(.identifier = "gr4ex", .version = "DRAFT",
                                                         .trace = "enabled_full"),
            .output_config = BEDROCK_OUTPUT_CONFIG(.json_schema = "{\"type\":\"object\"}",
                                                   .json_schema_name = "answer",
                                                   .json_schema_description = "How it \"looks\"",
                                                   .effort = "xhigh"),
            .prompt_variables = BEDROCK_PROMPT_VARIABLES({"city", "Paris"}, {"empty", ""}),
            .request_metadata = BEDROCK_REQUEST_METADATA({"tenant", "a b"}, {"device", "lamp-7"}),
            .additional_model_request_fields = BEDROCK_MODEL_FIELDS(
                "{ \"top_k\": 200, \"thinking\": {\"type\":\"enabled\", \"budget_tokens\":1.5e3},"
                " \"list\":[null,true,\"\\u00e9\"] }"),
            .additional_model_response_field_paths = BEDROCK_STRINGS("/stop_sequence", "/a~1b"),
            .latency = "optimized",
            .service_tier = "priority",
        });
}

static void stream_guardrail(const struct drive *drive)
{
    drive_converse(
        drive,
        &(struct bedrock_converse){
            .model_id = MODEL,
            .messages = BEDROCK_MESSAGES(BEDROCK_USER("hello")),
            .guardrail_config =
                BEDROCK_GUARDRAIL_CONFIG(.identifier = "arn:aws:bedrock:us-west-2:123456789012:"
                                                       "guardrail/gr4ex",
                                         .version = "12", .trace = "enabled",
                                         .stream_processing_mode = "async"),
        });
}

static void tool_choices(const struct drive *drive, const char *choice)
{
    drive_converse(
        drive,
        &(struct bedrock_converse){
            .model_id = MODEL,
            .messages = BEDROCK_MESSAGES(BEDROCK_USER("hello")),
            .tool_config =
                BEDROCK_TOOL_CONFIG(.tools = BEDROCK_TOOLS({.name = "web_search", .system_tool = 1},
                                                           {.name = "t", .description = "d"},
                                                           {.cache_point = 1}),
                                    .choice = choice),
        });
}

static void tool_choice_auto(const struct drive *drive)
{
    tool_choices(drive, "auto");
}

static void tool_choice_any(const struct drive *drive)
{
    tool_choices(drive, "any");
}

static void tool_choice_none(const struct drive *drive)
{
    tool_choices(drive, NULL);
}

static void a_prompt(const struct drive *drive)
{
    drive_converse(
        drive, &(struct bedrock_converse){
                   .model_id = "arn:aws:bedrock:us-west-2:123456789012:prompt/PROMPT12345:1",
                   .prompt_variables = BEDROCK_PROMPT_VARIABLES({"topic", "light \"and\" sound"}),
               });
}

static void model_fields(const struct drive *drive)
{
    drive_converse(drive, &(struct bedrock_converse){
                              .model_id = "arn:aws:bedrock:us-west-2:123456789012:"
                                          "application-inference-profile/a1b2c3d4e5f6",
                              .messages = BEDROCK_MESSAGES(BEDROCK_USER("hello")),
                              .additional_model_request_fields = BEDROCK_MODEL_FIELDS("{}"),
                              .max_tokens = 1,
                              .temperature = "0",
                              .top_p = "1.0",
                              .latency = "standard",
                              .service_tier = "flex",
                          });
}

/* Whatever a label can hold: it is encoded once for the path, and again for the signature. */
static void a_label(const struct drive *drive)
{
    drive_converse(drive, &(struct bedrock_converse){
                              .model_id = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~%2F",
                              .messages = BEDROCK_MESSAGES(BEDROCK_USER("hello")),
                          });
}

/* The turns of a history: a tool was called, its result goes back, reasoning too. */
static void a_history(const struct drive *drive)
{
    static char memory[4096];
    static const struct bedrock_event answer[] = {
        {.type = BEDROCK_EVENT_MESSAGE_START},
        {.type = BEDROCK_EVENT_BLOCK_START, .block = BEDROCK_BLOCK_REASONING},
        {.type = BEDROCK_EVENT_REASONING, .text = "I should \"look\".", .text_len = 16},
        {.type = BEDROCK_EVENT_REASONING_SIGNATURE, .text = "c2ln", .text_len = 4},
        {.type = BEDROCK_EVENT_BLOCK_STOP, .block = BEDROCK_BLOCK_REASONING},
        {.type = BEDROCK_EVENT_BLOCK_START,
         .block = BEDROCK_BLOCK_TOOL_USE,
         .block_index = 1,
         .tool_use_id = "tooluse_1",
         .name = "look"},
        {.type = BEDROCK_EVENT_TOOL_INPUT,
         .block = BEDROCK_BLOCK_TOOL_USE,
         .block_index = 1,
         .text = "{\"at\":",
         .text_len = 6},
        {.type = BEDROCK_EVENT_TOOL_INPUT,
         .block = BEDROCK_BLOCK_TOOL_USE,
         .block_index = 1,
         .text = "\"sea\"}",
         .text_len = 6},
        {.type = BEDROCK_EVENT_BLOCK_STOP,
         .block = BEDROCK_BLOCK_TOOL_USE,
         .block_index = 1,
         .tool_use_id = "tooluse_1",
         .name = "look"},
        {.type = BEDROCK_EVENT_STOP,
         .stop_reason = BEDROCK_STOP_TOOL_USE,
         .stop_reason_text = "tool_use"},
    };
    struct bedrock_history history;
    size_t i;

    bedrock_history_init(&history, memory, sizeof memory);
    bedrock_history_add(&history, &(struct bedrock_message)BEDROCK_USER("What is at sea?"));
    for (i = 0; i < sizeof answer / sizeof answer[0]; i++) {
        bedrock_history_event(&history, &answer[i]);
    }
    drive_converse(
        drive, &(struct bedrock_converse){
                   .model_id = MODEL,
                   .history = &history,
                   .messages = BEDROCK_MESSAGES(BEDROCK_USER_CONTENT(
                       BEDROCK_TOOL_RESULT(.tool_use_id = "tooluse_1",
                                           .content = BEDROCK_CONTENT(BEDROCK_TEXT("A ship."))))),
                   .tool_config = BEDROCK_TOOL_CONFIG(.tools = BEDROCK_TOOLS({.name = "look"})),
               });
}

static const struct named_case cases[] = {
    {"minimal", NULL, minimal},
    {"turns", NULL, turns},
    {"escapes", NULL, escapes},
    {"everything", NULL, everything},
    {"stream-guardrail", "ConverseStream", stream_guardrail},
    {"tool-choice-auto", NULL, tool_choice_auto},
    {"tool-choice-any", NULL, tool_choice_any},
    {"tool-choice-none", NULL, tool_choice_none},
    {"a-prompt", NULL, a_prompt},
    {"model-fields", NULL, model_fields},
    {"a-label", NULL, a_label},
    {"a-history", NULL, a_history},
};
const struct case_list converse_cases = {cases, sizeof cases / sizeof cases[0]};
