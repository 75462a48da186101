/* SPDX-License-Identifier: MIT */
/* Every member of a Converse request but its content blocks. */
#include "unit/client/request.h"

#include "bedrock/history.h"

#define HI      .messages = BEDROCK_MESSAGES(BEDROCK_USER("hi"))
#define HI_JSON "\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"hi\"}]}]"
#define SAYS(...)                                                                                  \
    &(const struct bedrock_converse)                                                               \
    {                                                                                              \
        HI, __VA_ARGS__                                                                            \
    }
#define WITH_HI(json) "{" HI_JSON "," json "}"
#define LINES_SCHEMA  "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}}}"
#define A_TOOL                                                                                     \
    {                                                                                              \
        .name = "get_time"                                                                         \
    }
#define A_TOOL_JSON                                                                                \
    "{\"toolSpec\":{\"name\":\"get_time\",\"inputSchema\":{\"json\":{\"type\":\"object\"}}}}"

struct request_case {
    const char *name;
    const struct bedrock_converse *request;
    const char *json;
};

/* At file scope, so that what the macros make is constant. */
static const struct request_case cases[] = {
    {"nothing", &(const struct bedrock_converse){.model_id = "m"}, "{}"},
    {"a text", &(const struct bedrock_converse){HI}, "{" HI_JSON "}"},
    {"turns",
     &(const struct bedrock_converse){
         .messages =
             BEDROCK_MESSAGES(BEDROCK_USER("a"), BEDROCK_ASSISTANT("b"),
                              BEDROCK_USER_CONTENT(BEDROCK_TEXT("c"), BEDROCK_TEXT("d")),
                              {.role = "system", .content = BEDROCK_CONTENT(BEDROCK_TEXT("e"))})},
     "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"a\"}]},"
     "{\"role\":\"assistant\",\"content\":[{\"text\":\"b\"}]},"
     "{\"role\":\"user\",\"content\":[{\"text\":\"c\"},{\"text\":\"d\"}]},"
     "{\"role\":\"system\",\"content\":[{\"text\":\"e\"}]}]}"},
    {"system",
     SAYS(.system = BEDROCK_CONTENT(BEDROCK_TEXT("be"), BEDROCK_GUARD_CONTENT(.text = "g"),
                                    BEDROCK_CACHE_POINT())),
     WITH_HI("\"system\":[{\"text\":\"be\"},{\"guardContent\":{\"text\":{\"text\":\"g\"}}},"
             "{\"cachePoint\":{\"type\":\"default\"}}]")},

    {"max_tokens", SAYS(.max_tokens = 2147483647),
     WITH_HI("\"inferenceConfig\":{\"maxTokens\":2147483647}")},
    {"temperature", SAYS(.temperature = "0.7"),
     WITH_HI("\"inferenceConfig\":{\"temperature\":0.7}")},
    {"temperature 0", SAYS(.temperature = "0"), WITH_HI("\"inferenceConfig\":{\"temperature\":0}")},
    {"exponent", SAYS(.temperature = "1e-3"),
     WITH_HI("\"inferenceConfig\":{\"temperature\":1e-3}")},
    {"top_p", SAYS(.top_p = "1"), WITH_HI("\"inferenceConfig\":{\"topP\":1}")},
    {"stop_sequences", SAYS(.stop_sequences = BEDROCK_STRINGS("\n\n", "END")),
     WITH_HI("\"inferenceConfig\":{\"stopSequences\":[\"\\n\\n\",\"END\"]}")},
    {"all of inference",
     SAYS(.max_tokens = 5, .temperature = "1", .top_p = "0.5",
          .stop_sequences = BEDROCK_STRINGS("x")),
     WITH_HI("\"inferenceConfig\":{\"maxTokens\":5,\"temperature\":1,\"topP\":0.5,"
             "\"stopSequences\":[\"x\"]}")},
    {"empty decimals are absent", SAYS(.temperature = "", .top_p = ""), "{" HI_JSON "}"},

    {"a tool", SAYS(.tool_config = BEDROCK_TOOL_CONFIG(.tools = BEDROCK_TOOLS(A_TOOL))),
     WITH_HI("\"toolConfig\":{\"tools\":[" A_TOOL_JSON "]}")},
    {"all of a tool",
     SAYS(.tool_config = BEDROCK_TOOL_CONFIG(.tools = BEDROCK_TOOLS({.name = "t",
                                                                     .description = "a \"d\"",
                                                                     .input_schema = LINES_SCHEMA,
                                                                     .strict = 1}))),
     WITH_HI("\"toolConfig\":{\"tools\":[{\"toolSpec\":{\"name\":\"t\","
             "\"description\":\"a \\\"d\\\"\",\"inputSchema\":{\"json\":" LINES_SCHEMA "},"
             "\"strict\":true}}]}")},
    {"other tools",
     SAYS(.tool_config =
              BEDROCK_TOOL_CONFIG(.tools = BEDROCK_TOOLS(
                                      A_TOOL, {.name = "nova_grounding", .system_tool = 1},
                                      {.cache_point = 1}, {.cache_point = 1, .cache_ttl = "1h"}))),
     WITH_HI("\"toolConfig\":{\"tools\":[" A_TOOL_JSON
             ",{\"systemTool\":{\"name\":\"nova_grounding\"}},"
             "{\"cachePoint\":{\"type\":\"default\"}},"
             "{\"cachePoint\":{\"type\":\"default\",\"ttl\":\"1h\"}}]}")},
    {"choice auto",
     SAYS(.tool_config = BEDROCK_TOOL_CONFIG(.tools = BEDROCK_TOOLS(A_TOOL), .choice = "auto")),
     WITH_HI("\"toolConfig\":{\"tools\":[" A_TOOL_JSON "],\"toolChoice\":{\"auto\":{}}}")},
    {"choice any",
     SAYS(.tool_config = BEDROCK_TOOL_CONFIG(.tools = BEDROCK_TOOLS(A_TOOL), .choice = "any")),
     WITH_HI("\"toolConfig\":{\"tools\":[" A_TOOL_JSON "],\"toolChoice\":{\"any\":{}}}")},
    {"choice tool",
     SAYS(.tool_config = BEDROCK_TOOL_CONFIG(.tools = BEDROCK_TOOLS(A_TOOL), .choice = "tool",
                                             .choice_name = "get_time")),
     WITH_HI("\"toolConfig\":{\"tools\":[" A_TOOL_JSON
             "],\"toolChoice\":{\"tool\":{\"name\":\"get_time\"}}}")},

    {"guardrail",
     SAYS(.guardrail_config = BEDROCK_GUARDRAIL_CONFIG(.identifier = "gr1", .version = "DRAFT")),
     WITH_HI("\"guardrailConfig\":{\"guardrailIdentifier\":\"gr1\","
             "\"guardrailVersion\":\"DRAFT\"}")},
    {"all of a guardrail",
     SAYS(.guardrail_config =
              BEDROCK_GUARDRAIL_CONFIG(.identifier = "gr1", .version = "1", .trace = "enabled_full",
                                       .stream_processing_mode = "async")),
     WITH_HI("\"guardrailConfig\":{\"guardrailIdentifier\":\"gr1\",\"guardrailVersion\":\"1\","
             "\"trace\":\"enabled_full\",\"streamProcessingMode\":\"async\"}")},

    {"effort", SAYS(.output_config = BEDROCK_OUTPUT_CONFIG(.effort = "low")),
     WITH_HI("\"outputConfig\":{\"effort\":\"low\"}")},
    {"schema, as a string",
     SAYS(.output_config = BEDROCK_OUTPUT_CONFIG(.json_schema = "{\"a\":1}")),
     WITH_HI("\"outputConfig\":{\"textFormat\":{\"type\":\"json_schema\",\"structure\":"
             "{\"jsonSchema\":{\"schema\":\"{\\\"a\\\":1}\"}}}}")},
    {"all of output",
     SAYS(.output_config = BEDROCK_OUTPUT_CONFIG(.json_schema = "{}", .json_schema_name = "n",
                                                 .json_schema_description = "d", .effort = "max")),
     WITH_HI("\"outputConfig\":{\"textFormat\":{\"type\":\"json_schema\",\"structure\":"
             "{\"jsonSchema\":{\"schema\":\"{}\",\"name\":\"n\",\"description\":\"d\"}}},"
             "\"effort\":\"max\"}")},

    {"prompt variables alone",
     &(const struct bedrock_converse){
         .prompt_variables = BEDROCK_PROMPT_VARIABLES({"city", "Paris"}, {"style", ""})},
     "{\"promptVariables\":{\"city\":{\"text\":\"Paris\"},\"style\":{\"text\":\"\"}}}"},
    {"metadata", SAYS(.request_metadata = BEDROCK_REQUEST_METADATA({"team", "a"}, {"run", ""})),
     WITH_HI("\"requestMetadata\":{\"team\":\"a\",\"run\":\"\"}")},
    {"model fields",
     SAYS(.additional_model_request_fields = BEDROCK_MODEL_FIELDS(" {\"top_k\": 200.50} ")),
     WITH_HI("\"additionalModelRequestFields\":{\"top_k\": 200.50}")},
    {"field paths", SAYS(.additional_model_response_field_paths = BEDROCK_STRINGS("/a", "/b/0")),
     WITH_HI("\"additionalModelResponseFieldPaths\":[\"/a\",\"/b/0\"]")},
    {"latency", SAYS(.latency = "optimized"),
     WITH_HI("\"performanceConfig\":{\"latency\":\"optimized\"}")},
    {"service tier", SAYS(.service_tier = "flex"), WITH_HI("\"serviceTier\":{\"type\":\"flex\"}")},
};

static void test_members(void)
{
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        test_context("%s", cases[i].name);
        check_request(cases[i].request, cases[i].json);
    }
    test_context(NULL);
}

/* In a function, where compound literals are made anew, and from variables. */
static void test_block_scope(void)
{
    char text[] = "now";
    const char *name = text;
    int32_t n = (int32_t)strlen(text);

    check_request(
        &(struct bedrock_converse){
            .messages = BEDROCK_MESSAGES(
                BEDROCK_USER(text),
                BEDROCK_ASSISTANT_CONTENT(BEDROCK_TOOL_USE(.tool_use_id = text, .name = name)),
                BEDROCK_USER_CONTENT(BEDROCK_TOOL_RESULT(
                        .tool_use_id = name,
                        .content = BEDROCK_CONTENT(BEDROCK_TEXT(name), BEDROCK_TEXT_N(text, 1))))),
            .max_tokens = n,
            .request_metadata = BEDROCK_REQUEST_METADATA({text, name}),
        },
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"now\"}]},"
        "{\"role\":\"assistant\",\"content\":[{\"toolUse\":{\"toolUseId\":\"now\","
        "\"name\":\"now\",\"input\":{}}}]},"
        "{\"role\":\"user\",\"content\":[{\"toolResult\":{\"toolUseId\":\"now\",\"content\":"
        "[{\"text\":\"now\"},{\"text\":\"n\"}]}}]}],"
        "\"inferenceConfig\":{\"maxTokens\":3},\"requestMetadata\":{\"now\":\"now\"}}");
}

static void test_history_first(void)
{
    struct bedrock_history history;
    char memory[256];

    bedrock_history_init(&history, memory, sizeof memory);
    check_request(&(struct bedrock_converse){.history = &history}, "{}");
    check_request(&(struct bedrock_converse){.history = &history, HI}, "{" HI_JSON "}");
    CHECK_INT(bedrock_history_add(&history, &(struct bedrock_message)BEDROCK_USER("a")), 0);
    CHECK_INT(bedrock_history_add(&history, &(struct bedrock_message)BEDROCK_ASSISTANT("b")), 0);
    check_request(&(struct bedrock_converse){.history = &history},
                  "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"a\"}]},"
                  "{\"role\":\"assistant\",\"content\":[{\"text\":\"b\"}]}]}");
    check_request(&(struct bedrock_converse){.history = &history, HI, .max_tokens = 1},
                  "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"a\"}]},"
                  "{\"role\":\"assistant\",\"content\":[{\"text\":\"b\"}]},"
                  "{\"role\":\"user\",\"content\":[{\"text\":\"hi\"}]}],"
                  "\"inferenceConfig\":{\"maxTokens\":1}}");
    memset(&history, 0, sizeof history); /* as a static one is before init */
    check_request(&(struct bedrock_converse){.history = &history, HI}, "{" HI_JSON "}");
}

struct refused_case {
    const char *name;
    int status;
    const struct bedrock_converse *request;
};

static const struct bedrock_tool_config no_section = {.choice = "auto"};
static const struct bedrock_pairs no_pairs = {&bedrock_section_prompt_variables, NULL, 2};

static const struct refused_case refused[] = {
    {"role", BEDROCK_E_ARGUMENT,
     &(const struct bedrock_converse){
         .messages = BEDROCK_MESSAGES({.content = BEDROCK_CONTENT(BEDROCK_TEXT("hi"))})}},
    {"no content", BEDROCK_E_ARGUMENT,
     &(const struct bedrock_converse){.messages = BEDROCK_MESSAGES({.role = "user"})}},
    {"messages without items", BEDROCK_E_ARGUMENT,
     &(const struct bedrock_converse){.messages = {NULL, 1}}},
    {"content without items", BEDROCK_E_ARGUMENT, SAYS(.system = {NULL, 1})},
    {"content without kind", BEDROCK_E_ARGUMENT, SAYS(.system = BEDROCK_CONTENT({.text = "hi"}))},
    {"strings without items", BEDROCK_E_ARGUMENT, SAYS(.stop_sequences = {NULL, 1})},
    {"a string that is none", BEDROCK_E_ARGUMENT,
     SAYS(.stop_sequences = BEDROCK_STRINGS("a", NULL))},
    {"no section", BEDROCK_E_ARGUMENT, SAYS(.tool_config = &no_section)},
    {"no tools", BEDROCK_E_ARGUMENT, SAYS(.tool_config = BEDROCK_TOOL_CONFIG(.choice = "auto"))},
    {"tools without items", BEDROCK_E_ARGUMENT,
     SAYS(.tool_config = BEDROCK_TOOL_CONFIG(.tools = {NULL, 1}))},
    {"a tool without name", BEDROCK_E_ARGUMENT,
     SAYS(.tool_config = BEDROCK_TOOL_CONFIG(.tools = BEDROCK_TOOLS({.description = "d"})))},
    {"a system tool without name", BEDROCK_E_ARGUMENT,
     SAYS(.tool_config = BEDROCK_TOOL_CONFIG(.tools = BEDROCK_TOOLS({.system_tool = 1})))},
    {"choice of no name", BEDROCK_E_ARGUMENT,
     SAYS(.tool_config = BEDROCK_TOOL_CONFIG(.tools = BEDROCK_TOOLS(A_TOOL), .choice = "tool"))},
    {"name without choice", BEDROCK_E_ARGUMENT,
     SAYS(.tool_config = BEDROCK_TOOL_CONFIG(.tools = BEDROCK_TOOLS(A_TOOL), .choice_name = "a"))},
    {"name with another choice", BEDROCK_E_ARGUMENT,
     SAYS(.tool_config = BEDROCK_TOOL_CONFIG(.tools = BEDROCK_TOOLS(A_TOOL), .choice = "any",
                                             .choice_name = "a"))},
    {"schema is no JSON", BEDROCK_E_JSON,
     SAYS(.tool_config = BEDROCK_TOOL_CONFIG(.tools = BEDROCK_TOOLS(
                                                 {.name = "t", .input_schema = "{type:object}"})))},
    {"schema is cut", BEDROCK_E_JSON_INCOMPLETE,
     SAYS(.tool_config = BEDROCK_TOOL_CONFIG(.tools = BEDROCK_TOOLS(
                                                 {.name = "t", .input_schema = "{\"type\":"})))},
    {"schema is two", BEDROCK_E_JSON,
     SAYS(.tool_config = BEDROCK_TOOL_CONFIG(.tools = BEDROCK_TOOLS(
                                                 {.name = "t", .input_schema = "{},\"a\":{}"})))},
    {"guardrail without identifier", BEDROCK_E_ARGUMENT,
     SAYS(.guardrail_config = BEDROCK_GUARDRAIL_CONFIG(.version = "1"))},
    {"guardrail without version", BEDROCK_E_ARGUMENT,
     SAYS(.guardrail_config = BEDROCK_GUARDRAIL_CONFIG(.identifier = "g"))},
    {"output schema is no JSON", BEDROCK_E_JSON,
     SAYS(.output_config = BEDROCK_OUTPUT_CONFIG(.json_schema = "{'a':1}"))},
    {"output schema is cut", BEDROCK_E_JSON_INCOMPLETE,
     SAYS(.output_config = BEDROCK_OUTPUT_CONFIG(.json_schema = "{\"a\":1"))},
    {"a name for no schema", BEDROCK_E_ARGUMENT,
     SAYS(.output_config = BEDROCK_OUTPUT_CONFIG(.json_schema_name = "n"))},
    {"a description of no schema", BEDROCK_E_ARGUMENT,
     SAYS(.output_config = BEDROCK_OUTPUT_CONFIG(.json_schema_description = "n"))},
    {"a variable without name", BEDROCK_E_ARGUMENT,
     SAYS(.prompt_variables = BEDROCK_PROMPT_VARIABLES({NULL, "v"}))},
    {"a variable without value", BEDROCK_E_ARGUMENT,
     SAYS(.prompt_variables = BEDROCK_PROMPT_VARIABLES({"n", NULL}))},
    {"pairs without items", BEDROCK_E_ARGUMENT, SAYS(.prompt_variables = &no_pairs)},
    {"metadata without name", BEDROCK_E_ARGUMENT,
     SAYS(.request_metadata = BEDROCK_REQUEST_METADATA({"", "v"}))},
    {"metadata without value", BEDROCK_E_ARGUMENT,
     SAYS(.request_metadata = BEDROCK_REQUEST_METADATA({"a", "b"}, {"n", NULL}))},
    {"no model fields", BEDROCK_E_ARGUMENT,
     SAYS(.additional_model_request_fields = BEDROCK_MODEL_FIELDS(NULL))},
    {"model fields are no JSON", BEDROCK_E_JSON,
     SAYS(.additional_model_request_fields = BEDROCK_MODEL_FIELDS("top_k"))},
    {"model fields are blank", BEDROCK_E_JSON_INCOMPLETE,
     SAYS(.additional_model_request_fields = BEDROCK_MODEL_FIELDS(" "))},
    {".7", BEDROCK_E_JSON, SAYS(.temperature = ".7")},
    {"7.", BEDROCK_E_JSON, SAYS(.temperature = "7.")},
    {"+1", BEDROCK_E_JSON, SAYS(.temperature = "+1")},
    {"0,7", BEDROCK_E_JSON, SAYS(.temperature = "0,7")},
    {"NaN", BEDROCK_E_JSON, SAYS(.top_p = "NaN")},
    {"abc", BEDROCK_E_JSON, SAYS(.top_p = "abc")},
    {"1 and a space", BEDROCK_E_JSON, SAYS(.top_p = "1 ")},
    {"stop sequence is not UTF-8", BEDROCK_E_UTF8,
     SAYS(.stop_sequences = BEDROCK_STRINGS("a\xff"))},
    {"latency is not UTF-8", BEDROCK_E_UTF8, SAYS(.latency = "\xc3")},
    {"model fields are not UTF-8", BEDROCK_E_JSON_UTF8,
     SAYS(.additional_model_request_fields = BEDROCK_MODEL_FIELDS("\"\xff\""))},
};

static void test_refused(void)
{
    size_t i;

    for (i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        test_context("%s", refused[i].name);
        check_refused(refused[i].request, refused[i].status);
    }
    test_context(NULL);
}

int main(void)
{
    RUN(test_members);
    RUN(test_block_scope);
    RUN(test_history_first);
    RUN(test_refused);
    return test_finish();
}
