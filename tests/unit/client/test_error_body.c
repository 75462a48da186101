/* SPDX-License-Identifier: MIT */
/* What is kept of an error's body: code and words, the same however the body is cut. */
#include "check_answer.h"

#include "bedrock/error.h"

#define TEN(text)     text text text text text text text text text text
#define TWO_FIFTY_TWO TEN("0123456789") TEN("0123456789") TEN("01234") "01"

static void check(const char *json, const char *want)
{
    struct bytes body = {0};

    bytes_text(&body, json);
    check_answer(0, "400 Bad Request", JSON_TYPE, &body, want, json);
    bytes_free(&body);
}

static void finds_the_words(void)
{
    check("{\n \"message\" : \"a\\nb\\u00e9\" , \"p\": {\"message\":\"no\"}}",
          "failed -70 [] [a\\0ab\xC3\xA9]\n");
    check("{\"Message\":\"a\",\"code\":\"x#ValidationException:http://y\"}",
          "failed -73 [ValidationException] [a]\n");
    check("{\"message\":null,\"code\":5}", "failed -70 [] []\n");
    check("", "failed -70 [] []\n");
}

static void prefers_message_to_the_models_own(void)
{
    check("{\"message\":\"first\",\"originalMessage\":\"second\"}", "failed -70 [] [first]\n");
    check("{\"originalMessage\":\"second\",\"message\":\"first\"}", "failed -70 [] [first]\n");
    check("{\"originalMessage\":\"in several\\npieces\"}",
          "failed -70 [] [in several\\0apieces]\n");
}

/* As AWS's SDKs do: whatever comes first. */
static void prefers_the_better_name_of_two(void)
{
    check("{\"__type\":\"A\",\"Code\":\"B\",\"code\":\"C\"}", "failed -70 [C] []\n");
    check("{\"code\":\"C\",\"Code\":\"B\",\"__type\":\"A\"}", "failed -70 [C] []\n");
    check("{\"__type\":\"x#A:http://y\",\"Code\":\"B\"}", "failed -70 [B] []\n");
    check("{\"Message\":\"A\",\"message\":\"B\"}", "failed -70 [] [B]\n");
    check("{\"message\":\"B\",\"Message\":\"A\",\"originalMessage\":\"C\"}", "failed -70 [] [B]\n");
}

/* What the service says where there is no such operation. */
static void finds_the_name_of_an_unknown_operation(void)
{
    check("{\"Output\":{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"},"
          "\"Version\":\"1.0\"}",
          "failed -70 [UnknownOperationException] []\n");
}

static void cuts_words_before_a_code_point(void)
{
    check("{\"message\":\"" TWO_FIFTY_TWO "\xF0\x9F\x98\x80"
          "ab\\ncd\"}",
          "failed -70 [] [" TWO_FIFTY_TWO "]\n");
    check("{\"message\":\"" TWO_FIFTY_TWO "345\"}", "failed -70 [] [" TWO_FIFTY_TWO "345]\n");
    check("{\"message\":\"" TWO_FIFTY_TWO "3456\"}", "failed -70 [] [" TWO_FIFTY_TWO "345]\n");
}

static void keeps_a_text_that_is_no_json(void)
{
    check("<html>\r\n  <b>no</b>", "failed -70 [] [<html> <b>no</b>]\n");
    check("no such page", "failed -70 [] [no such page]\n");
    check(" 502 \x1b[1m", "failed -70 [] [502 [1m]\n");
}

static void keeps_what_came_before_json_broke(void)
{
    check("{\"message\":\"m\",\"code:\"and so on, at some length", "failed -70 [] [m]\n");
    check("{\"message\":\"m\\ud83d!\"}", "failed -70 [] [m]\n");
    check("{nothing}", "failed -70 [] []\n");
}

int main(void)
{
    RUN(finds_the_words);
    RUN(prefers_message_to_the_models_own);
    RUN(prefers_the_better_name_of_two);
    RUN(finds_the_name_of_an_unknown_operation);
    RUN(cuts_words_before_a_code_point);
    RUN(keeps_a_text_that_is_no_json);
    RUN(keeps_what_came_before_json_broke);
    return test_finish();
}
