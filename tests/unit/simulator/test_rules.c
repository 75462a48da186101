/* SPDX-License-Identifier: MIT */
/* What the simulator takes and what it refuses: each rule with a body on either side of it. */
#define _POSIX_C_SOURCE 200809L

#include "client.h"
#include "test.h"

#define CONVERSE "/model/sim.plain/converse"
#define USER     "{\"role\":\"user\",\"content\":[{\"text\":\"a\"}]}"
#define MODEL    "{\"role\":\"assistant\",\"content\":[{\"text\":\"b\"}]}"
#define MESSAGES "\"messages\":[" USER "]"
#define WITH(m)  "{" MESSAGES "," m "}"
#define ASK(b)   "{\"messages\":[{\"role\":\"user\",\"content\":[" b "]}]}"
#define TOOL(n)                                                                                    \
    "{\"toolSpec\":{\"name\":\"" n "\",\"inputSchema\":{\"json\":{\"type\":\"object\"}}}}"
#define USE(i)    "{\"toolUse\":{\"toolUseId\":\"" i "\",\"name\":\"t\",\"input\":{}}}"
#define RESULT(i) "{\"toolResult\":{\"toolUseId\":\"" i "\",\"content\":[{\"text\":\"r\"}]}}"
#define TOOLS(u, r, config)                                                                        \
    "{\"messages\":[" USER ",{\"role\":\"assistant\",\"content\":[" u                              \
    "]},{\"role\":\"user\",\"content\":[" r "]}]" config "}"
#define CONFIG      ",\"toolConfig\":{\"tools\":[" TOOL("t") "]}"
#define IMAGE(f, b) "{\"image\":{\"format\":\"" f "\",\"source\":{\"bytes\":\"" b "\"}}}"
#define FILE_SOURCE "\"source\":{\"text\":\"x\"}"
#define DOC(n)      "{\"document\":{\"format\":\"txt\",\"name\":\"" n "\"," FILE_SOURCE "}}"
#define CACHE       "{\"cachePoint\":{\"type\":\"default\"}}"
#define PNG         "iVBORw0KGgo="

static struct simulator simulator;

struct rule {
    const char *body;
    const char *refused_with; /* part of the message; NULL: accepted */
};

static void check_rules(const char *path, const struct rule *rules, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        int status = client_post(&simulator, path, rules[i].body);

        test_context("%s answered %s", rules[i].body, answer_body);
        if (rules[i].refused_with == NULL) {
            CHECK_INT(status, 200);
        } else {
            CHECK_INT(status, 400);
            CHECK(answer_has(rules[i].refused_with));
        }
        CHECK(answer_is_complete);
    }
    test_context(NULL);
}

#define CHECK_RULES(path, rules) check_rules(path, rules, sizeof(rules) / sizeof(rules)[0])

static void json_is_strict(void)
{
    static const struct rule rules[] = {
        {"{" MESSAGES "}", NULL},
        {" \t{ " MESSAGES " }\r\n", NULL},
        {ASK("{\"text\":\"\\ud83d\\ude00 \\u00e9 \\n\"}"), NULL},
        {"", "Unrecognized token"},
        {"{" MESSAGES, "Expected a comma"},
        {"{" MESSAGES ",}", "Expected a member name"},
        {"{" MESSAGES "} x", "after the value"},
        {"{" MESSAGES "," MESSAGES "}", "Duplicate"},
        {ASK("{\"text\":\"\\ud83d\"}"), "surrogate"},
        {ASK("{\"text\":\"\\ude00\"}"), "surrogate"},
        {ASK("{\"text\":\"\\x\"}"), "escape"},
        {ASK("{\"text\":\"a\nb\"}"), "Control character"},
        {ASK("{\"text\":\"\xff\"}"), "UTF-8"},
        {ASK("{\"text\":\"\xc0\xaf\"}"), "UTF-8"},
        {ASK("{\"text\":\"\xed\xa0\x80\"}"), "UTF-8"},
        {WITH("\"inferenceConfig\":{\"topP\":01}"), "comma"},
        {WITH("\"inferenceConfig\":{\"topP\":1.}"), "Decimal point"},
        {WITH("\"inferenceConfig\":{\"topP\":1e}"), "Exponent"},
        {WITH("\"inferenceConfig\":{\"topP\":.5}"), "Unrecognized"},
        {WITH("\"inferenceConfig\":{\"topP\":1e-1}"), NULL},
    };

    CHECK_RULES(CONVERSE, rules);
}

static void shapes_are_checked(void)
{
    static const struct rule rules[] = {
        {WITH("\"inference_config\":{}"), "#: extraneous key [inference_config] is not permitted"},
        {ASK("{\"text\":\"a\",\"p\":1}"), "exactly one member"},
        {ASK("{}"), "exactly one member"},
        {ASK("{\"sound\":{}}"), "#/messages/0/content/0: extraneous key [sound]"},
        {ASK("{\"text\":1}"), "expected type: String, found: Number"},
        {ASK("{\"text\":null}"), "messages.1.member.content.1.member.text"},
        {"[]", "expected type: JSONObject"},
        {"{\"messages\":[{\"content\":[{\"text\":\"a\"}]}]}", "role"},
        {"{\"messages\":[{\"role\":\"robot\",\"content\":[{\"text\":\"a\"}]}]}", "enum value set"},
        {WITH("\"inferenceConfig\":{\"maxTokens\":0}"), "greater than or equal to 1"},
        {WITH("\"inferenceConfig\":{\"maxTokens\":1}"), NULL},
        {WITH("\"inferenceConfig\":{\"maxTokens\":1.0}"), "Integer"},
        {WITH("\"inferenceConfig\":{\"maxTokens\":2147483648}"), "less than or equal"},
        {WITH("\"inferenceConfig\":{\"temperature\":1}"), NULL},
        {WITH("\"inferenceConfig\":{\"temperature\":1.01}"), "less than or equal to 1"},
        {WITH("\"inferenceConfig\":{\"temperature\":\"0.5\"}"), "expected type: Number"},
        {WITH("\"inferenceConfig\":{\"stopSequences\":[\"\"]}"), "length greater"},
        {WITH("\"inferenceConfig\":{\"stopSequences\":[\"x\"]}"), NULL},
        {WITH("\"system\":[{\"text\":\"\"}]"), "length greater"},
        {WITH("\"system\":[{\"text\":\"s\"},{\"cachePoint\":{\"type\":\"default\",\"ttl\":\"1h\"}}"
              "]"),
         NULL},
        {WITH("\"requestMetadata\":{}"), "length greater"},
        {WITH("\"requestMetadata\":{\"a\":\"b\"}"), NULL},
        {WITH("\"requestMetadata\":{\"a!\":\"b\"}"), "regular expression"},
        {WITH("\"performanceConfig\":{\"latency\":\"optimized\"}"), NULL},
        {WITH("\"performanceConfig\":{\"latency\":\"fast\"}"), "enum"},
        {WITH("\"serviceTier\":{\"type\":\"flex\"}"), NULL},
        {WITH("\"serviceTier\":{}"), "serviceTier.type"},
        {WITH("\"additionalModelRequestFields\":{\"top_k\":200}"), NULL},
        {WITH("\"additionalModelResponseFieldPaths\":[\"/stop_sequence\"]"), NULL},
        {WITH("\"additionalModelResponseFieldPaths\":[\"\"]"), "length greater"},
        {WITH("\"additionalModelResponseFieldPaths\":[\"x\"]"), "slash"},
        {WITH("\"outputConfig\":{\"effort\":\"high\"}"), NULL},
        {WITH("\"promptVariables\":{\"a\":{\"text\":\"b\"}}"), "prompt ARN"},
    };

    CHECK_RULES(CONVERSE, rules);
}

static void conversations_alternate(void)
{
    static const struct rule rules[] = {
        {"{\"messages\":[" USER "," MODEL "," USER "]}", NULL},
        {"{\"messages\":[" USER "," MODEL "]}", NULL},
        {"{\"messages\":[" MODEL "]}", "must start with a user message"},
        {"{\"messages\":[" USER "," USER "]}", "must alternate"},
        {"{\"messages\":[]}", "must start with a user message"},
        {"{}", "must start with a user message"},
        {ASK(""), "content field in the Message object at messages.0 is empty"},
        {ASK("{\"text\":\"\"}"), "messages.0.content.0 is blank"},
        {ASK("{\"text\":\" \\n\"}"), "is blank"},
        {ASK(USE("1")), "only allowed in a message of the role assistant"},
    };

    CHECK_RULES(CONVERSE, rules);
    CHECK_INT(client_post(&simulator,
                          "/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aprompt%2F"
                          "ABCDEFGHIJ/converse",
                          "{\"promptVariables\":{\"a\":{\"text\":\"b\"}}}"),
              200);
}

static void tools_come_in_pairs(void)
{
    static const struct rule rules[] = {
        {TOOLS(USE("1"), RESULT("1"), CONFIG), NULL},
        {TOOLS(USE("1") "," USE("2"), RESULT("2") "," RESULT("1"), CONFIG), NULL},
        {TOOLS(USE("1"), RESULT("1"), ""), "toolConfig field must be defined"},
        {TOOLS(USE("1") "," USE("2"), RESULT("1"), CONFIG), "following Ids: 2"},
        {TOOLS(USE("1"), RESULT("1") "," RESULT("2"), CONFIG), "exceeds"},
        {TOOLS(USE("1"), "{\"text\":\"no\"}", CONFIG), "Expected toolResult blocks"},
        {TOOLS("{\"text\":\"b\"}", RESULT("1"), CONFIG), "exceeds"},
        {TOOLS(USE("a b"), RESULT("a b"), CONFIG), "regular expression"},
        {WITH("\"toolConfig\":{\"tools\":[]}"), "toolConfig.tools"},
        {WITH("\"toolConfig\":{\"tools\":[" TOOL("t") "]}"), NULL},
        {WITH("\"toolConfig\":{\"tools\":[" TOOL("t") "," TOOL("t") "]}"), "more than once"},
        {WITH("\"toolConfig\":{\"tools\":[" TOOL("a b") "]}"), "regular expression"},
        {WITH("\"toolConfig\":{\"tools\":[" TOOL("t") "],\"toolChoice\":{\"auto\":{}}}"), NULL},
        {WITH("\"toolConfig\":{\"tools\":[" TOOL("t") "],\"toolChoice\":{\"auto\":null}}"), "null"},
        {WITH("\"toolConfig\":{\"tools\":[" TOOL(
             "t") "],\"toolChoice\":{\"tool\":{\"name\":\"t\"}}}"),
         NULL},
        {WITH("\"toolConfig\":{\"tools\":[" TOOL(
             "t") "],\"toolChoice\":{\"tool\":{\"name\":\"u\"}}}"),
         "not in tools"},
        {WITH("\"toolConfig\":{\"tools\":[{\"toolSpec\":{\"name\":\"t\",\"inputSchema\":{\"json\":"
              "\"{}\"}}}]}"),
         "expected type: JSONObject"},
        {WITH("\"toolConfig\":{\"tools\":[{\"toolSpec\":{\"name\":\"t\",\"inputSchema\":{\"json\":"
              "{}}}}]}"),
         "must be one of the following: object"},
        {WITH("\"outputConfig\":{\"textFormat\":{\"type\":\"json_schema\",\"structure\":{"
              "\"jsonSchema\":"
              "{\"schema\":\"{}\"}}}}"),
         NULL},
        {WITH("\"outputConfig\":{\"textFormat\":{\"type\":\"json_schema\",\"structure\":{"
              "\"jsonSchema\":"
              "{\"schema\":{}}}}}"),
         "expected type: String"},
        {WITH("\"outputConfig\":{\"textFormat\":{\"type\":\"json_schema\",\"structure\":{"
              "\"jsonSchema\":"
              "{\"schema\":\"{\"}}}}"),
         "is not a JSON Schema"},
    };

    CHECK_RULES(CONVERSE, rules);
}

static void media_is_looked_at(void)
{
    static const struct rule rules[] = {
        {ASK(IMAGE("png", PNG)), NULL},
        {ASK(IMAGE("jpeg", PNG)), "Could not process"},
        {ASK(IMAGE("png", "iVBORw0KGgo")), "base64"},
        {ASK(IMAGE("png", "iVBORw0KGgp=")), "base64"},
        {ASK(IMAGE("png", "iVBOR-0KGgo=")), "base64"},
        {ASK(IMAGE("png", "")), "length greater"},
        {ASK(IMAGE("bmp", PNG)), "enum"},
        {ASK(IMAGE("gif", "R0lGODlh")), NULL},
        {ASK(IMAGE("jpeg", "/9j/4A==")), NULL},
        {ASK(IMAGE("webp", "UklGRgAAAABXRUJQ")), NULL},
        {ASK("{\"image\":{\"format\":\"png\",\"source\":{\"s3Location\":{\"uri\":\"s3://abc/"
             "d\"}}}}"),
         NULL},
        {ASK("{\"image\":{\"format\":\"png\",\"source\":{\"s3Location\":{\"uri\":\"http://a\"}}}}"),
         "regular expression"},
        {ASK("{\"text\":\"a\"}," DOC("My file (1) [x]")), NULL},
        {ASK(DOC("file")), "no text block"},
        {ASK("{\"text\":\"a\"}," DOC("file.txt")), "document file name"},
        {ASK("{\"text\":\"a\"}," DOC("a  b")), "document file name"},
        {ASK(CACHE "," CACHE "," CACHE "," CACHE), NULL},
        {ASK(CACHE "," CACHE "," CACHE "," CACHE "," CACHE), "cache points"},
    };

    CHECK_RULES(CONVERSE, rules);
}

static void guardrails_need_both(void)
{
    static const struct rule unary[] = {
        {WITH("\"guardrailConfig\":{\"guardrailIdentifier\":\"abc\",\"guardrailVersion\":\"1\"}"),
         NULL},
        {WITH("\"guardrailConfig\":{\"guardrailIdentifier\":\"abc\"}"), "needs both"},
        {WITH("\"guardrailConfig\":{\"guardrailIdentifier\":\"abc\",\"guardrailVersion\":\"0\"}"),
         "regular expression"},
        {WITH("\"guardrailConfig\":{\"guardrailIdentifier\":\"abc\",\"guardrailVersion\":\"1\","
              "\"trace\":\"ENABLED\"}"),
         "enum"},
        {WITH("\"guardrailConfig\":{\"guardrailIdentifier\":\"abc\",\"guardrailVersion\":\"1\","
              "\"streamProcessingMode\":\"sync\"}"),
         "extraneous key [streamProcessingMode]"},
    };
    static const struct rule stream[] = {
        {WITH("\"guardrailConfig\":{\"guardrailIdentifier\":\"abc\",\"guardrailVersion\":\"1\","
              "\"streamProcessingMode\":\"sync\"}"),
         NULL},
    };

    CHECK_RULES(CONVERSE, unary);
    CHECK_RULES("/model/sim.plain/converse-stream", stream);
}

static void native_bodies_are_checked(void)
{
    static const struct rule claude[] = {
        {"{\"prompt\":\"\\n\\nHuman: a\\n\\nAssistant:\",\"max_tokens_to_sample\":9}", NULL},
        {"{\"prompt\":\"a\",\"max_tokens_to_sample\":9}", "Invalid prompt"},
        {"{\"prompt\":\"\\n\\nHuman: a\\n\\nAssistant:\"}", "max_tokens_to_sample"},
        {"{\"prompt\":", "Malformed input request"},
    };
    static const struct rule messages[] = {
        {"{\"anthropic_version\":\"bedrock-2023-05-31\",\"max_tokens\":9,\"messages\":[{\"role\":"
         "\"user\",\"content\":\"a\"}]}",
         NULL},
        {"{\"anthropic_version\":\"2023-06-01\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\","
         "\"content\":\"a\"}]}",
         "regular expression"},
        {"{\"anthropic_version\":\"bedrock-2023-05-31\",\"model\":\"x\",\"max_tokens\":9,"
         "\"messages\":[{"
         "\"role\":\"user\",\"content\":\"a\"}]}",
         "extraneous key [model]"},
    };
    static const struct rule image[] = {
        {"{\"taskType\":\"TEXT_IMAGE\",\"textToImageParams\":{\"text\":\"a\"},"
         "\"imageGenerationConfig\":{\"width\":64,\"height\":64}}",
         NULL},
        {"{\"taskType\":\"INPAINTING\",\"textToImageParams\":{\"text\":\"a\"}}", "do not fit"},
        {"{\"taskType\":\"TEXT_IMAGE\",\"textToImageParams\":{\"text\":\"a\"},"
         "\"imageGenerationConfig\":{\"width\":63,\"height\":64}}",
         "image size"},
    };

    CHECK_RULES("/model/anthropic.claude-v2/invoke", claude);
    CHECK_RULES("/model/anthropic.claude-3-haiku-20240307-v1%3A0/invoke", messages);
    CHECK_RULES("/model/amazon.titan-image-generator-v2%3A0/invoke", image);
}

static void other_bodies_are_checked(void)
{
    static const struct rule tokens[] = {
        {"{\"input\":{\"converse\":{" MESSAGES "}}}", NULL},
        {"{\"input\":{\"invokeModel\":{\"body\":\"e30=\"}}}", NULL},
        {"{\"input\":{\"invokeModel\":{\"body\":\"{}\"}}}", "base64"},
        {"{\"input\":{}}", "exactly one member"},
        {"{}", "input"},
    };
    static const struct rule guardrail[] = {
        {"{\"source\":\"INPUT\",\"content\":[{\"text\":{\"text\":\"a\"}}]}", NULL},
        {"{\"source\":\"input\",\"content\":[{\"text\":{\"text\":\"a\"}}]}", "enum"},
        {"{\"source\":\"INPUT\",\"content\":[{\"text\":\"a\"}]}", "expected type: JSONObject"},
    };
    static const struct rule checks[] = {
        {"{" MESSAGES
         ",\"checks\":{\"promptAttack\":{\"categories\":[{\"category\":\"JAILBREAK\"}]}}}",
         NULL},
        {"{" MESSAGES ",\"checks\":{\"promptAttack\":{\"categories\":[]}}}", "length greater"},
        {"{" MESSAGES "}", "checks"},
    };
    static const struct rule async[] = {
        {"{\"modelId\":\"m\",\"modelInput\":{\"a\":1},\"outputDataConfig\":{\"s3OutputDataConfig\":"
         "{"
         "\"s3Uri\":\"s3://abc\"}}}",
         NULL},
        {"{\"modelId\":\"m\",\"modelInput\":\"{}\",\"outputDataConfig\":{\"s3OutputDataConfig\":{"
         "\"s3Uri\":\"s3://abc\"}}}",
         "expected type: JSONObject"},
        {"{\"modelId\":\"m\",\"modelInput\":{\"a\":1},\"outputDataConfig\":{\"s3OutputDataConfig\":"
         "{"
         "\"s3Uri\":\"abc\"}}}",
         "regular expression"},
    };

    CHECK_RULES("/model/m/count-tokens", tokens);
    CHECK_RULES("/guardrail/abc/version/DRAFT/apply", guardrail);
    CHECK_RULES("/guardrail-checks/invoke", checks);
    CHECK_RULES("/async-invoke", async);
}

int main(void)
{
    if (simulator_start(&simulator, NULL) != 0) {
        fputs("cannot run the simulator\n", stderr);
        return 1;
    }
    RUN(json_is_strict);
    RUN(shapes_are_checked);
    RUN(conversations_alternate);
    RUN(tools_come_in_pairs);
    RUN(media_is_looked_at);
    RUN(guardrails_need_both);
    RUN(native_bodies_are_checked);
    RUN(other_bodies_are_checked);
    simulator_stop(&simulator);
    return test_finish();
}
