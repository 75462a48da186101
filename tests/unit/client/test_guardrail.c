/* SPDX-License-Identifier: MIT */
/* ApplyGuardrail: what is sent, and what is told of the answer. */
#include "bedrock/guardrail.h"
#include "unit/client/records.h"

#define NONE "{\"usage\":{},\"action\":\"NONE\",\"outputs\":[],\"assessments\":[]}"

static struct bedrock_apply_guardrail asked;

static int start(bedrock_client *client)
{
    return bedrock_apply_guardrail(client, &asked);
}

static const struct record_call call = {start, tell_events};

static const struct bedrock_content text[] = {BEDROCK_GUARD_TEXT(.text = "hi")};

/* At file scope, so that what the macros make is constant. */
static const struct bedrock_content all[] = {
    BEDROCK_GUARD_TEXT(.text = "a \"b\"",
                       .qualifiers = BEDROCK_STRINGS("query", "grounding_source")),
    BEDROCK_GUARD_IMAGE(.format = "png", .source = BEDROCK_BYTES("abcd", 4)),
};

static const struct bedrock_content bad[] = {
    BEDROCK_GUARD_TEXT(.text = ""),
    BEDROCK_GUARD_TEXT(.text = "a", .image = &(const struct bedrock_media){.format = "png"}),
    BEDROCK_GUARD_IMAGE(.format = "png"),
    BEDROCK_GUARD_IMAGE(.source = BEDROCK_BYTES("a", 1)),
    BEDROCK_GUARD_IMAGE(.format = "png", .source = BEDROCK_BYTES("a", 1), .s3_uri = "s3://b/c"),
    BEDROCK_GUARD_IMAGE(.format = "png", .s3_uri = "s3://b/c"),
    {.kind = &bedrock_content_guard_text},
    {.kind = &bedrock_content_guard_image},
    {.kind = NULL},
};

static void ask(const struct bedrock_content *items, size_t count)
{
    memset(&asked, 0, sizeof asked);
    asked.guardrail_identifier = "abc123";
    asked.guardrail_version = "1";
    asked.content.items = items;
    asked.content.count = count;
}

static void check_body(const char *body)
{
    check_record_request(
        &call, NONE,
        &(struct record_request){"POST", "/guardrail/abc123/version/1/apply", "", body},
        "/guardrail/abc123/version/1/apply");
}

static void requests(void)
{
    ask(text, 1);
    check_body("{\"source\":\"INPUT\",\"content\":[{\"text\":{\"text\":\"hi\"}}]}");
    asked.source = "OUTPUT";
    asked.output_scope = "FULL";
    check_body("{\"source\":\"OUTPUT\",\"content\":[{\"text\":{\"text\":\"hi\"}}],"
               "\"outputScope\":\"FULL\"}");
    ask(all, 2);
    check_body("{\"source\":\"INPUT\",\"content\":[{\"text\":{\"text\":\"a \\\"b\\\"\","
               "\"qualifiers\":[\"query\",\"grounding_source\"]}},"
               "{\"image\":{\"format\":\"png\",\"source\":{\"bytes\":\"YWJjZA==\"}}}]}");
}

static void arn_and_version_are_labels(void)
{
    ask(text, 1);
    asked.guardrail_identifier = "arn:aws:bedrock:us-east-1:123456789012:guardrail/abc";
    asked.guardrail_version = "DR/AFT";
    check_record_request(
        &call, NONE,
        &(struct record_request){"POST",
                                 "/guardrail/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3A"
                                 "guardrail%2Fabc/version/DR%2FAFT/apply",
                                 "",
                                 "{\"source\":\"INPUT\",\"content\":[{\"text\":{\"text\":\"hi\"}}]"
                                 "}"},
        "/guardrail/arn%253Aaws%253Abedrock%253Aus-east-1%253A123456789012%253A"
        "guardrail%252Fabc/version/DR%252FAFT/apply");
}

static void refusals(void)
{
    size_t i;

    for (i = 0; i < sizeof bad / sizeof *bad; i++) {
        ask(&bad[i], 1);
        test_context("content %zu", i);
        check_record_refused(&call, BEDROCK_E_ARGUMENT);
    }
    test_context(NULL);
    ask(NULL, 0);
    check_record_refused(&call, BEDROCK_E_ARGUMENT);
    ask(text, 1);
    asked.guardrail_identifier = NULL;
    check_record_refused(&call, BEDROCK_E_ARGUMENT);
    asked.guardrail_identifier = "a b";
    check_record_refused(&call, BEDROCK_E_ARGUMENT);
    ask(text, 1);
    asked.guardrail_version = "";
    check_record_refused(&call, BEDROCK_E_ARGUMENT);
    CHECK_INT(bedrock_apply_guardrail(NULL, &asked), BEDROCK_E_BUFFER);
}

static const struct {
    const char *name, *body, *want;
    int code;
} answers[] = {
    {"in order",
     "{\"usage\":{\"topicPolicyUnits\":1},\"action\":\"NONE\",\"actionReason\":\"No action.\","
     "\"outputs\":[],\"assessments\":[{\"a\":[1,2]}],\"guardrailCoverage\":{\"b\":{}}}",
     "field usage {\"topicPolicyUnits\":1}\nfield action NONE\nfield actionReason No action.\n"
     "field assessments [{\"a\":[1,2]}]\nfield guardrailCoverage {\"b\":{}}\nstop 0 NONE\n",
     BEDROCK_OK},
    {"intervened",
     "{\"outputs\":[{\"text\":\"So\\u00e9rry\"},{},{\"text\":\"\"},{\"text\":\"two\"},"
     "{\"image\":{\"x\":1}}],\"action\":\"GUARDRAIL_INTERVENED\"}",
     "begin 0 -\ntext - So\xC3\xA9rry\nend 0 text\nbegin 3 -\ntext - two\nend 3 text\n"
     "begin 4 -\nraw image {\"x\":1}\nend 4 unknown\n"
     "field action GUARDRAIL_INTERVENED\nstop 4 GUARDRAIL_INTERVENED\n",
     BEDROCK_OK},
    {"an action nobody knows", "{\"action\":\"MASKED\",\"news\":[null],\"more\":null}",
     "field action MASKED\nfield news [null]\nstop 9 MASKED\n", BEDROCK_OK},
    {"twice", "{\"action\":\"NONE\",\"action\":\"GUARDRAIL_INTERVENED\"}",
     "field action NONE\nfield action GUARDRAIL_INTERVENED\nstop 4 GUARDRAIL_INTERVENED\n",
     BEDROCK_OK},
    {"no action", "{\"usage\":{},\"outputs\":[]}", "field usage {}\n", BEDROCK_E_ANSWER_INCOMPLETE},
    {"null action", "{\"action\":null}", "", BEDROCK_E_ANSWER_INCOMPLETE},
    {"an action that is none", "{\"action\":{\"action\":\"NONE\"}}", "",
     BEDROCK_E_ANSWER_INCOMPLETE},
    {"the longest action",
     "{\"action\":\"AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDDDEEEEEEEEEEFFFFFFFFFFGGGG\"}",
     "field action AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDDDEEEEEEEEEEFFFFFFFFFFGGGG\n"
     "stop 9 AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDDDEEEEEEEEEEFFFFFFFFFFGGGG\n",
     BEDROCK_OK},
    {"an action too long",
     "{\"action\":\"AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDDDEEEEEEEEEEFFFFFFFFFFGGGGG\"}",
     "field action AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDDDEEEEEEEEEEFFFFFFFFFFGGGGG\n",
     BEDROCK_E_FIELD_SIZE},
    {"no object", "[]", "", BEDROCK_E_ANSWER_INCOMPLETE},
    {"no JSON", "{\"action\":NONE}", "", BEDROCK_E_JSON},
};

static void replies(void)
{
    size_t i;

    ask(text, 1);
    for (i = 0; i < sizeof answers / sizeof *answers && !test_failed(); i++) {
        check_record(&call, answers[i].body, answers[i].want, answers[i].code, answers[i].name);
    }
}

static void service_error(void)
{
    static const char body[] = "{\"message\":\"none such\"}";
    struct bytes http = {0}, out = {0};

    ask(text, 1);
    put_answer(&http, "404 Not Found",
               JSON_ANSWER "x-amzn-ErrorType: ResourceNotFoundException\r\n", body, sizeof body - 1,
               FRAMED_LENGTH, 0);
    CHECK_INT(play_record(&call, &out, http.data, http.len, 1, 0), BEDROCK_E_NOT_FOUND);
    CHECK_INT(out.len, 0);
    bytes_free(&http);
}

/* The texts alone, by the call for those. */
static int tell_text(bedrock_client *client, struct bytes *out)
{
    char words[64];
    size_t len = 0;
    int status;

    do {
        status = bedrock_text(client, words, sizeof words, &len);
    } while (status == BEDROCK_AGAIN);
    bytes_text(out, words);
    return status;
}

static void text_alone(void)
{
    static const struct record_call texts = {start, tell_text};

    ask(text, 1);
    check_record(&texts, "{\"action\":\"NONE\",\"outputs\":[{\"text\":\"a\"},{\"text\":\"b\"}]}",
                 "ab", BEDROCK_OK, "texts");
}

int main(void)
{
    RUN(requests);
    RUN(arn_and_version_are_labels);
    RUN(refusals);
    RUN(replies);
    RUN(service_error);
    RUN(text_alone);
    return test_finish();
}
