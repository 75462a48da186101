/* SPDX-License-Identifier: MIT */
/* InvokeGuardrailChecks: what is sent, and what is told of the answer, by events and as findings.
 */
#include "bedrock/guardrail.h"
#include "unit/client/records.h"

#define EMPTY "{\"results\":{},\"usage\":{}}"

static struct bedrock_guardrail_checks asked;

static int start(bedrock_client *client)
{
    return bedrock_invoke_guardrail_checks(client, &asked);
}

/* Memory of the caller's: whatever was in it, it must not matter, and it is left alone while there
 * is nothing to tell. */
static int tell_findings(bedrock_client *client, struct bytes *out)
{
    struct bedrock_finding finding;
    char line[240];
    int status = BEDROCK_EVENT;

    while (status == BEDROCK_EVENT) {
        memset(&finding, 0xA5, sizeof finding);
        do {
            status = bedrock_finding_next(client, &finding);
        } while (status == BEDROCK_AGAIN);
        if (status == BEDROCK_EVENT) {
            snprintf(line, sizeof line, "%d [%s] [%s] %ld..%ld of %ld/%ld\n", (int)finding.check,
                     finding.category, finding.score, (long)finding.begin_offset,
                     (long)finding.end_offset, (long)finding.message_index,
                     (long)finding.content_index);
            bytes_text(out, line);
        }
    }
    return status;
}

static const struct record_call by_events = {start, tell_events};
static const struct record_call by_findings = {start, tell_findings};

static const struct bedrock_message turns[] = {BEDROCK_USER("hi"), BEDROCK_ASSISTANT("ho")};
static const char *const words[] = {"VIOLENCE", "HATE"};
static const char *const holes[] = {"VIOLENCE", NULL};

static void ask(void)
{
    memset(&asked, 0, sizeof asked);
    asked.messages.items = turns;
    asked.messages.count = 1;
    asked.prompt_attack.items = words;
    asked.prompt_attack.count = 1;
}

static void check_body(const char *body)
{
    check_record_request(&by_findings, EMPTY,
                         &(struct record_request){"POST", "/guardrail-checks/invoke", "", body},
                         "/guardrail-checks/invoke");
}

static void requests(void)
{
    ask();
    check_body("{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"hi\"}]}],\"checks\":{"
               "\"promptAttack\":{\"categories\":[{\"category\":\"VIOLENCE\"}]}}}");
    asked.messages.count = 2;
    asked.content_filter.items = asked.sensitive_information.items = words;
    asked.content_filter.count = asked.sensitive_information.count = 2;
    check_body("{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"hi\"}]},"
               "{\"role\":\"assistant\",\"content\":[{\"text\":\"ho\"}]}],\"checks\":{"
               "\"contentFilter\":{\"categories\":[{\"category\":\"VIOLENCE\"},"
               "{\"category\":\"HATE\"}]},"
               "\"promptAttack\":{\"categories\":[{\"category\":\"VIOLENCE\"}]},"
               "\"sensitiveInformation\":{\"entities\":[{\"type\":\"VIOLENCE\"},"
               "{\"type\":\"HATE\"}]}}}");
}

static void refusals(void)
{
    ask();
    asked.messages.count = 0;
    check_record_refused(&by_findings, BEDROCK_E_ARGUMENT);
    ask();
    asked.messages.items = NULL;
    check_record_refused(&by_findings, BEDROCK_E_ARGUMENT);
    ask();
    asked.prompt_attack.count = 0;
    check_record_refused(&by_findings, BEDROCK_E_ARGUMENT);
    ask();
    asked.prompt_attack.items = NULL;
    check_record_refused(&by_findings, BEDROCK_E_ARGUMENT);
    ask();
    asked.prompt_attack.items = holes;
    asked.prompt_attack.count = 2;
    check_record_refused(&by_findings, BEDROCK_E_ARGUMENT);
    ask();
    CHECK_INT(bedrock_invoke_guardrail_checks(NULL, &asked), BEDROCK_E_BUFFER);
    CHECK_INT(bedrock_finding_next(NULL, NULL), BEDROCK_E_BUFFER);
}

#define ATTACK(members)  "{\"results\":{\"promptAttack\":{\"results\":[{" members "}]}}}"
#define SENSITIVE(entry) "{\"results\":{\"sensitiveInformation\":{\"results\":[" entry "]}}}"

static const struct {
    const char *name, *body, *findings;
    int code;
    const char *events; /* NULL: not looked at */
} answers[] = {
    {"all kinds",
     "{\"results\":{\"contentFilter\":{\"results\":[{\"category\":\"HATE\",\"severityScore\":0."
     "9375}"
     ",{\"severityScore\":0,\"category\":\"INSULTS\"}]},\"promptAttack\":{\"results\":[]},"
     "\"sensitiveInformation\":{\"truncated\":true,\"results\":[{\"type\":\"EMAIL\","
     "\"confidenceScore\":9.9e-1,\"beginOffset\":14,\"endOffset\":28.0,\"messageIndex\":0,"
     "\"contentIndex\":2.1e1}]}},\"usage\":{\"promptAttack\":{\"textUnits\":1}}}",
     "0 [HATE] [0.9375] -1..-1 of -1/-1\n0 [INSULTS] [0] -1..-1 of -1/-1\n"
     "2 [EMAIL] [9.9e-1] 14..28 of 0/21\n",
     BEDROCK_OK,
     "begin 0 contentFilter\nfield category HATE\nfield severityScore 0.9375\nend 0 record\n"
     "begin 1 contentFilter\nfield severityScore 0\nfield category INSULTS\nend 1 record\n"
     "field truncated true\nbegin 2 sensitiveInformation\nfield type EMAIL\n"
     "field confidenceScore 9.9e-1\nfield beginOffset 14\nfield endOffset 28.0\n"
     "field messageIndex 0\nfield contentIndex 2.1e1\nend 2 record\n"
     "field usage {\"promptAttack\":{\"textUnits\":1}}\n"},
    {"members that are missing, null or unknown",
     ATTACK("},{\"category\":null,\"new\":{\"category\":\"NO\",\"a\":[1]},\"severityScore\":null},"
            "{\"category\":\"JAILBREAK\",\"beginOffset\":null,\"note\":\"x\""),
     "1 [] [] -1..-1 of -1/-1\n1 [] [] -1..-1 of -1/-1\n1 [JAILBREAK] [] -1..-1 of -1/-1\n",
     BEDROCK_OK,
     "begin 0 promptAttack\nend 0 record\nbegin 1 promptAttack\n"
     "field new {\"category\":\"NO\",\"a\":[1]}\nend 1 record\nbegin 2 promptAttack\n"
     "field category JAILBREAK\nfield note \"x\"\nend 2 record\n"},
    {"a check that nobody knows",
     "{\"results\":{\"tone\":{\"results\":[{\"category\":\"RUDE\",\"severityScore\":1}]},"
     "\"contentFilter\":null,\"promptAttack\":{\"results\":null}}}",
     "3 [RUDE] [1] -1..-1 of -1/-1\n", BEDROCK_OK,
     "begin 0 tone\nfield category RUDE\nfield severityScore 1\nend 0 record\n"},
    {"a member twice", ATTACK("\"category\":\"A\",\"category\":\"B\""),
     "1 [B] [] -1..-1 of -1/-1\n", BEDROCK_OK, NULL},
    {"an empty word", ATTACK("\"category\":\"\",\"severityScore\":\"0.5\""),
     "1 [] [0.5] -1..-1 of -1/-1\n", BEDROCK_OK, NULL},
    {"the longest",
     ATTACK("\"category\":\"AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDDDEEEEEEE\","
            "\"severityScore\":2.2250738585072014e-308"),
     "1 [AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDDDEEEEEEE] [2.2250738585072014e-308] -1..-1 of "
     "-1/-1\n",
     BEDROCK_OK, NULL},
    {"nothing found", EMPTY, "", BEDROCK_OK, "field usage {}\n"},
    {"largest number", SENSITIVE("{\"beginOffset\":2147483647}"),
     "2 [] [] 2147483647..-1 of -1/-1\n", BEDROCK_OK, NULL},
    {"no results", "{\"usage\":{}}", "", BEDROCK_E_ANSWER_INCOMPLETE, "field usage {}\n"},
    {"null results", "{\"results\":null}", "", BEDROCK_E_ANSWER_INCOMPLETE, ""},
    {"no object", "[]", "", BEDROCK_E_ANSWER_INCOMPLETE, ""},
    {"a number too large", SENSITIVE("{\"type\":\"A\"},{\"endOffset\":2147483648}"),
     "2 [A] [] -1..-1 of -1/-1\n", BEDROCK_E_JSON_SHAPE, NULL},
    {"a negative number", SENSITIVE("{\"endOffset\":-1}"), "", BEDROCK_E_JSON_SHAPE, NULL},
    {"a fraction", SENSITIVE("{\"endOffset\":1.5}"), "", BEDROCK_E_JSON_SHAPE, NULL},
    {"no number", SENSITIVE("{\"endOffset\":\"one\"}"), "", BEDROCK_E_JSON_SHAPE, NULL},
    {"a number without end",
     SENSITIVE("{\"endOffset\":1.00000000000000000000000000000000000000000000000000000000000000000"
               "0}"),
     "", BEDROCK_E_JSON_SHAPE, NULL},
    {"a word too long", ATTACK("\"category\":\"AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDDDEEEEEEEE\""),
     "", BEDROCK_E_FIELD_SIZE, NULL},
    {"a score too long", ATTACK("\"severityScore\":0.1234567890123456789012"), "",
     BEDROCK_E_FIELD_SIZE, NULL},
    {"no JSON", ATTACK("\"category\":\"A\",}"), "", BEDROCK_E_JSON, NULL},
};

static void replies(void)
{
    size_t i;

    ask();
    for (i = 0; i < sizeof answers / sizeof *answers && !test_failed(); i++) {
        check_record(&by_findings, answers[i].body, answers[i].findings, answers[i].code,
                     answers[i].name);
        if (answers[i].events != NULL) {
            check_record(&by_events, answers[i].body, answers[i].events, answers[i].code,
                         answers[i].name);
        }
    }
}

/* A failure that the collector found by itself is the call's, and stays. */
static void failure_stays(void)
{
    static const char body[] = SENSITIVE("{\"endOffset\":-1},{\"endOffset\":1}");
    static struct record_service service;
    struct bytes http = {0};
    struct http_answer answer = {0};
    struct bedrock_finding finding;

    ask();
    put_answer(&http, "200 OK", JSON_ANSWER, body, sizeof body - 1, FRAMED_LENGTH, 0);
    answer.bytes = http.data;
    answer.len = http.len;
    record_service_open(&service, &answer, 1, 0);
    CHECK_INT(start(service.client), BEDROCK_OK);
    CHECK_INT(bedrock_finding_next(service.client, &finding), BEDROCK_E_JSON_SHAPE);
    CHECK_INT(bedrock_finding_next(service.client, &finding), BEDROCK_E_JSON_SHAPE);
    CHECK_INT(bedrock_last_error(service.client)->code, BEDROCK_E_JSON_SHAPE);
    CHECK(!fake_port_is_connected(&service.fake));
    CHECK_INT(start(service.client), BEDROCK_OK);
    record_service_free(&service);
    bytes_free(&http);
}

int main(void)
{
    RUN(requests);
    RUN(refusals);
    RUN(replies);
    RUN(failure_stays);
    return test_finish();
}
