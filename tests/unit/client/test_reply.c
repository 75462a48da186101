/* SPDX-License-Identifier: MIT */
/* What a Converse reply becomes: one document, whatever the order of its members. */
#include "check_answer.h"

static void check(const char *json, const char *want)
{
    struct bytes body = {0};

    bytes_text(&body, json);
    check_answer(0, "200 OK", JSON_TYPE, &body, want, json);
    bytes_free(&body);
}

#define CONTENT(blocks)                                                                            \
    "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[" blocks                        \
    "]}},\"stopReason\":\"end_turn\"}"
#define TOLD(blocks) "message assistant\n" blocks "stop 0 end_turn\nusage 0 0 0 0 0 0 ms []\ndone\n"

static void tells_a_recorded_answer(void)
{
    check("{\"metrics\":{\"latencyMs\":377},\"output\":{\"message\":{\"content\":[{\"text\":\"Hi "
          "there\"}],\"role\":\"assistant\"}},\"stopReason\":\"end_turn\",\"usage\":{"
          "\"inputTokens\":7,\"outputTokens\":48,\"serverToolUsage\":{},\"totalTokens\":55}}",
          "message assistant\nbegin 0 text - -\ntext Hi there\nend 0 text - -\n"
          "stop 0 end_turn\nusage 7 48 55 0 0 377 ms []\ndone\n");
}

static void takes_members_in_any_order(void)
{
    check("{\"usage\":{\"totalTokens\":3,\"cacheWriteInputTokens\":5,\"cacheReadInputTokens\":4,"
          "\"cacheDetails\":[{\"ttl\":\"5m\",\"inputTokens\":99}],\"outputTokens\":2,"
          "\"inputTokens\":1},\"stopReason\":\"max_tokens\",\"serviceTier\":{\"type\":\"flex\"},"
          "\"p\":\"abc\",\"output\":{\"p\":{\"message\":{}},\"message\":{\"p\":[[{}]],\"content\":["
          "{\"p\":null,\"text\":\"a\"}]}},\"metrics\":{\"latencyMs\":6},\"q\":[1,{\"usage\":{}}]}",
          "message assistant\nbegin 0 text - -\ntext a\nend 0 text - -\n"
          "stop 2 max_tokens\nusage 1 2 3 4 5 6 ms [flex]\ndone\n");
}

static void tells_a_tool_however_it_is_spelt(void)
{
    check(CONTENT("{\"toolUse\":{\"toolUseId\":\"t1\",\"name\":\"clock\",\"input\":{\"a\": [1]}}}"),
          TOLD("begin 0 tool_use t1 -\ninput {\"a\": [1]}\nend 0 tool_use t1 clock\n"));
    check(CONTENT("{\"toolUse\":{\"input\":{\"a\":1.50},\"name\":\"clock\",\"toolUseId\":\"t1\"}}"),
          TOLD("begin 0 tool_use - -\ninput {\"a\":1.50}\nend 0 tool_use t1 clock\n"));
    check(CONTENT("{\"toolUse\":{\"name\":\"clock\",\"toolUseId\":\"t1\"}},"
                  "{\"toolUse\":{\"toolUseId\":\"t2\",\"name\":\"c\",\"input\":\"\"}}"),
          TOLD("begin 0 tool_use - clock\nend 0 tool_use t1 clock\n"
               "begin 1 tool_use t2 -\ninput \"\"\nend 1 tool_use t2 c\n"));
}

static void tells_a_server_tool_in_any_order(void)
{
    check(CONTENT("{\"toolUse\":{\"type\":\"server_tool_use\",\"toolUseId\":\"t1\",\"name\":\"s\","
                  "\"input\":{}}}"),
          TOLD("begin 0 server_tool_use - -\ninput {}\nend 0 server_tool_use t1 s\n"));
    check(CONTENT("{\"toolUse\":{\"input\":{},\"toolUseId\":\"t1\",\"name\":\"s\","
                  "\"type\":\"server_tool_use\"}}"),
          TOLD("begin 0 tool_use - -\ninput {}\nend 0 server_tool_use t1 s\n"));
    check(CONTENT("{\"toolUse\":{\"type\":\"server_tool_use\"}},{\"toolUse\":{\"name\":\"x\"}}"),
          TOLD("begin 0 server_tool_use - -\nend 0 server_tool_use - -\n"
               "begin 1 tool_use - x\nend 1 tool_use - x\n"));
    check(CONTENT("{\"toolResult\":{\"toolUseId\":\"t1\",\"content\":[{\"text\":\"x\"}]}}"),
          TOLD("begin 0 tool_result - -\n"
               "raw toolResult {\"toolUseId\":\"t1\",\"content\":[{\"text\":\"x\"}]}\n"
               "end 0 tool_result - -\n"));
}

static void forgets_names_from_block_to_block(void)
{
    check(CONTENT("{\"toolUse\":{\"toolUseId\":\"t1\",\"name\":\"a\",\"input\":{}}},"
                  "{\"toolUse\":{\"input\":{}}},{\"image\":{\"source\":{\"bytes\":\"QQ==\"}}}"),
          TOLD("begin 0 tool_use t1 -\ninput {}\nend 0 tool_use t1 a\n"
               "begin 1 tool_use - -\ninput {}\nend 1 tool_use - -\n"
               "begin 2 image - -\nimage QQ==\nend 2 image - -\n"));
}

static void tells_thoughts(void)
{
    check(CONTENT("{\"reasoningContent\":{\"reasoningText\":{\"text\":\"hm\",\"signature\":\"S+/"
                  "=\"}}},"
                  "{\"reasoningContent\":{\"redactedContent\":\"UkVE\"}},"
                  "{\"reasoningContent\":{\"reasoningText\":{\"signature\":\"T\",\"text\":\"o\"}}"
                  "}"),
          TOLD("begin 0 reasoning - -\nreasoning hm\nsignature S+/=\nend 0 reasoning - -\n"
               "begin 1 reasoning - -\nredacted UkVE\nend 1 reasoning - -\n"
               "begin 2 reasoning - -\nsignature T\nreasoning o\nend 2 reasoning - -\n"));
}

static void tells_citations(void)
{
    check(CONTENT("{\"citationsContent\":{\"content\":[{\"text\":\"a\"},{\"text\":\"b\"}],"
                  "\"citations\":[{\"title\":\"T\",\"n\":[1, 2]},null,{}]}},"
                  "{\"citationsContent\":{\"citations\":[],\"content\":[{\"text\":\"c\"}]}},"
                  "{\"citationsContent\":{\"citations\":null,\"content\":null}}"),
          TOLD("begin 0 citations - -\ntext ab\ncitation {\"title\":\"T\",\"n\":[1, 2]}\n"
               "citation {}\nend 0 citations - -\n"
               "begin 1 citations - -\ntext c\nend 1 citations - -\n"));
    check(
        CONTENT("{\"citationsContent\":{\"citations\":[ 12 , \"s\" ],\"content\":[{\"text\":"
                "\"c\"}]}}"),
        TOLD("begin 0 citations - -\ncitation 12\ncitation \"s\"\ntext c\nend 0 citations - -\n"));
}

static void tells_images(void)
{
    check(CONTENT("{\"image\":{\"format\":\"png\",\"source\":{\"bytes\":\"iVBORw0KGgo=\"}}},"
                  "{\"image\":{\"source\":{\"s3Location\":{\"uri\":\"s3://b/k\"}},\"format\":"
                  "\"jpeg\"}},"
                  "{\"image\":{\"error\":{\"message\":\"no\"},\"source\":null}}"),
          TOLD("begin 0 image - png\nimage iVBORw0KGgo=\nend 0 image - png\n"
               "begin 1 image - -\nraw s3Location {\"uri\":\"s3://b/k\"}\nend 1 image - jpeg\n"
               "begin 2 image - -\nraw error {\"message\":\"no\"}\nend 2 image - -\n"));
}

static void takes_null_for_absent(void)
{
    check("{\"output\":{\"message\":{\"role\":null,\"content\":[{\"text\":null,\"image\":null,"
          "\"toolUse\":null,\"video\":null,\"toolResult\":null},null,"
          "{\"toolUse\":{\"toolUseId\":\"t\",\"name\":\"n\",\"input\":null,\"type\":null}},"
          "{\"reasoningContent\":{\"reasoningText\":{\"text\":\"a\",\"signature\":null}}}]}},"
          "\"stopReason\":\"end_turn\",\"usage\":null,\"metrics\":{\"latencyMs\":null},"
          "\"trace\":null,\"additionalModelResponseFields\":null,\"serviceTier\":null}",
          TOLD("begin 1 tool_use t -\nend 1 tool_use t n\n"
               "begin 2 reasoning - -\nreasoning a\nend 2 reasoning - -\n"));
    check("{\"output\":{\"message\":null},\"stopReason\":\"end_turn\"}",
          "stop 0 end_turn\nusage 0 0 0 0 0 0 ms []\ndone\n");
    check("{\"output\":null,\"stopReason\":null}", "failed -54 [] []\n");
}

static void leaves_empty_texts_out(void)
{
    check(CONTENT("{\"text\":\"\"},{},{\"text\":\"x\"},[],\"y\",5,[{\"text\":\"z\"}]"),
          TOLD("begin 2 text - -\ntext x\nend 2 text - -\n"));
}

static void hands_on_what_it_does_not_know(void)
{
    check(CONTENT("{\"video\":{\"format\":\"mp4\",\"source\":{\"bytes\":\"AA==\"}}},"
                  "{\"n\\u0065w\":1.5e3},{\"text\":\"t\",\"more\":[\"a, b\"]},"
                  "{\"less\":true,\"text\":\"u\"}"),
          TOLD("begin 0 unknown - -\nraw video {\"format\":\"mp4\",\"source\":{\"bytes\":\"AA==\"}}"
               "\nend 0 unknown - -\nbegin 1 unknown - -\nraw new 1.5e3\nend 1 unknown - -\n"
               "begin 2 text - -\ntext t\nraw more [\"a, b\"]\nend 2 text - -\n"
               "begin 3 unknown - -\nraw less true\ntext u\nend 3 text - -\n"));
    check(CONTENT("{\"toolUse\":{\"toolUseId\":\"t\",\"name\":\"n\",\"input\":{}},\"more\":0}"),
          TOLD("begin 0 tool_use t -\ninput {}\nraw more 0\nend 0 tool_use t n\n"));
    check(CONTENT("{\"a_name_that_is_longer_than_any_that_the_service_has_for_one_of_its_"
                  "members\":0},{\"a_name_of_exactly_sixty_four_bytes_which_is_the_most_it_can_"
                  "hold\":0}"),
          TOLD("begin 0 unknown - -\nraw 0\nend 0 unknown - -\nbegin 1 unknown - -\n"
               "raw a_name_of_exactly_sixty_four_bytes_which_is_the_most_it_can_hold 0\n"
               "end 1 unknown - -\n"));
}

static void tells_traces_and_fields(void)
{
    check("{\"trace\":{\"guardrail\":{\"inputAssessment\":{}}},\"stopReason\":\"guardrail_"
          "intervened\",\"additionalModelResponseFields\":{\"stop_sequence\":\"\\u00e9\"}}",
          "trace {\"guardrail\":{\"inputAssessment\":{}}}\n"
          "fields {\"stop_sequence\":\"\\5cu00e9\"}\n"
          "stop 4 guardrail_intervened\nusage 0 0 0 0 0 0 ms []\ndone\n");
}

static void joins_surrogate_pairs(void)
{
    check(CONTENT("{\"text\":\"\\ud83d\\ude00 \\ud83d!\\ude00\"},{\"text\":\"\\ud83d\"},"
                  "{\"text\":\"\\ud83d\\ud83d\\ude00\xF0\x9F\x98\x80\"}"),
          TOLD("begin 0 text - -\ntext \xF0\x9F\x98\x80 \xEF\xBF\xBD!\xEF\xBF\xBD\nend 0 text - -\n"
               "begin 1 text - -\ntext \xEF\xBF\xBD\nend 1 text - -\n"
               "begin 2 text - -\ntext \xEF\xBF\xBD\xF0\x9F\x98\x80\xF0\x9F\x98\x80\n"
               "end 2 text - -\n"));
    check(CONTENT("{\"citationsContent\":{\"content\":[{\"text\":\"\\udbff\"},{\"text\":"
                  "\"\\udfff\"}]}},{\"text\":\"\\ud800\\udc00\"}"),
          TOLD("begin 0 citations - -\ntext \xF4\x8F\xBF\xBF\nend 0 citations - -\n"
               "begin 1 text - -\ntext \xF0\x90\x80\x80\nend 1 text - -\n"));
    check(CONTENT("{\"reasoningContent\":{\"reasoningText\":{\"text\":\"a\\ud83d\"}}}"),
          TOLD("begin 0 reasoning - -\nreasoning a\xEF\xBF\xBD\nend 0 reasoning - -\n"));
}

static void reads_numbers_as_services_write_them(void)
{
    check("{\"stopReason\":\"end_turn\",\"usage\":{\"inputTokens\":28.0,\"outputTokens\":2.8e1,"
          "\"totalTokens\":\"56\"},\"metrics\":{\"latencyMs\":0.5e1}}",
          "stop 0 end_turn\nusage 28 28 56 0 0 5 ms []\ndone\n");
    check("{\"stopReason\":\"end_turn\",\"usage\":{\"inputTokens\":1e400}}", "failed -44 [] []\n");
    check("{\"stopReason\":\"end_turn\",\"usage\":{\"inputTokens\":-1}}", "failed -44 [] []\n");
    check("{\"stopReason\":\"end_turn\",\"usage\":{\"inputTokens\":2147483648}}",
          "failed -44 [] []\n");
    check("{\"stopReason\":\"end_turn\",\"usage\":{\"inputTokens\":{\"a\":1},\"outputTokens\":[2],"
          "\"totalTokens\":true}}",
          "stop 0 end_turn\nusage 0 0 0 0 0 0 ms []\ndone\n");
}

static void keeps_the_last_of_equal_names(void)
{
    check("{\"stopReason\":\"tool_use\",\"usage\":{\"inputTokens\":1,\"inputTokens\":2},"
          "\"stopReason\":\"end_turn\"}",
          "stop 0 end_turn\nusage 2 0 0 0 0 0 ms []\ndone\n");
    check(CONTENT("{\"text\":\"a\",\"text\":\"b\"}"),
          TOLD("begin 0 text - -\ntext ab\nend 0 text - -\n"));
}

static void knows_every_stop_reason(void)
{
    static const char *const reasons[] = {"end_turn",
                                          "tool_use",
                                          "max_tokens",
                                          "stop_sequence",
                                          "guardrail_intervened",
                                          "content_filtered",
                                          "malformed_model_output",
                                          "malformed_tool_use",
                                          "model_context_window_exceeded",
                                          "a_new_one",
                                          "",
                                          "end_tur"};
    char json[96], want[96];
    size_t i;

    for (i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        snprintf(json, sizeof json, "{\"stopReason\":\"%s\"}", reasons[i]);
        snprintf(want, sizeof want, "stop %d %s\nusage 0 0 0 0 0 0 ms []\ndone\n",
                 i < BEDROCK_STOP_UNKNOWN ? (int)i : BEDROCK_STOP_UNKNOWN, reasons[i]);
        check(json, want);
    }
}

#define SIXTY_FOUR "a_name_of_exactly_sixty_four_bytes_which_is_the_most_it_can_hold"

/* Held whole while everything else of the answer goes by. */
static void holds_a_stop_reason_of_any_length(void)
{
    check("{\"stopReason\":\"" SIXTY_FOUR "\",\"output\":{\"message\":{\"content\":["
          "{\"toolUse\":{\"name\":\"n\",\"input\":{},\"toolUseId\":\"t\"}}]}}}",
          "message assistant\nbegin 0 tool_use - n\ninput {}\nend 0 tool_use t n\n"
          "stop 9 " SIXTY_FOUR "\nusage 0 0 0 0 0 0 ms []\ndone\n");
}

static void refuses_words_that_are_too_long(void)
{
    check("{\"stopReason\":\"" SIXTY_FOUR "\"}",
          "stop 9 " SIXTY_FOUR "\nusage 0 0 0 0 0 0 ms []\ndone\n");
    check("{\"stopReason\":\"" SIXTY_FOUR "5\"}", "failed -45 [] []\n");
    check(CONTENT("{\"toolUse\":{\"name\":\"" SIXTY_FOUR "\"}}"),
          TOLD("begin 0 tool_use - " SIXTY_FOUR "\nend 0 tool_use - " SIXTY_FOUR "\n"));
    check(CONTENT("{\"toolUse\":{\"toolUseId\":\"" SIXTY_FOUR "5\"}}"),
          "message assistant\nfailed -45 [] []\n");
    check("{\"stopReason\":\"end_turn\",\"serviceTier\":{\"type\":\"a tier with a long name\"}}",
          "stop 0 end_turn\nusage 0 0 0 0 0 0 ms [a tier with]\ndone\n");
}

static void refuses_an_answer_that_is_none(void)
{
    check("{\"output\":{\"message\":{\"content\":[{\"text\":\"a\"}]}}}",
          "message assistant\nbegin 0 text - -\ntext a\nend 0 text - -\nfailed -54 [] []\n");
    check("{}", "failed -54 [] []\n");
    check("5", "failed -44 [] []\n");
    check("[\"stopReason\"]", "failed -54 [] []\n");
    check("", "failed -43 [] []\n");
    check("{\"stopReason\":\"end_turn\"", "failed -43 [] []\n");
    check("{\"stopReason\":\"end_turn\"} x", "failed -40 [] []\n");
    check("{\"stopReason\":\"end\x01turn\"}", "failed -40 [] []\n");
    check("{\"stopReason\":\"\xff\"}", "failed -42 [] []\n");
}

static void every_beginning_is_incomplete(void)
{
    static const char json[] =
        CONTENT("{\"text\":\"h\xC3\xA9\"},{\"toolUse\":{\"name\":\"n\",\"input\":{\"a\":1}}}");
    struct bytes http = {0};
    struct told told;
    size_t len;

    for (len = 0; len < sizeof json - 1; len++) {
        put_answer(&http, "200 OK", JSON_TYPE, json, len, FRAMED_CLOSE, 0);
        play(&told, 0, http.data, http.len, http.len, 0);
        test_context("%zu bytes", len);
        CHECK_INT(told.code, BEDROCK_E_JSON_INCOMPLETE);
        told_free(&told);
        bytes_free(&http);
    }
    put_answer(&http, "200 OK", JSON_TYPE, json, sizeof json - 1, FRAMED_LENGTH, 0);
    play(&told, 0, http.data, http.len - 1, http.len, 0);
    CHECK_INT(told.code, BEDROCK_E_HTTP_INCOMPLETE);
    told_free(&told);
    bytes_free(&http);
}

int main(void)
{
    RUN(tells_a_recorded_answer);
    RUN(takes_members_in_any_order);
    RUN(tells_a_tool_however_it_is_spelt);
    RUN(tells_a_server_tool_in_any_order);
    RUN(forgets_names_from_block_to_block);
    RUN(tells_thoughts);
    RUN(tells_citations);
    RUN(tells_images);
    RUN(takes_null_for_absent);
    RUN(leaves_empty_texts_out);
    RUN(hands_on_what_it_does_not_know);
    RUN(tells_traces_and_fields);
    RUN(joins_surrogate_pairs);
    RUN(reads_numbers_as_services_write_them);
    RUN(keeps_the_last_of_equal_names);
    RUN(knows_every_stop_reason);
    RUN(holds_a_stop_reason_of_any_length);
    RUN(refuses_words_that_are_too_long);
    RUN(refuses_an_answer_that_is_none);
    RUN(every_beginning_is_incomplete);
    return test_finish();
}
