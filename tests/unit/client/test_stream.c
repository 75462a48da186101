/* SPDX-License-Identifier: MIT */
/* What the frames of a ConverseStream become. */
#include "check_answer.h"

#include "bedrock/error.h"

/* An event's name, or "!type" of another message, or "=" for bytes as they are; and its payload. */
struct frame {
    const char *name;
    const char *payload;
};

#define FRAMES(...) ((const struct frame[]){__VA_ARGS__, {NULL, NULL}})

static void put_frames(struct bytes *stream, const struct frame *frame)
{
    for (; frame->name != NULL; frame++) {
        const char *name = frame->name + 1;

        if (frame->name[0] == '!') {
            put_message(stream, "exception", ":exception-type", name, frame->payload,
                        strlen(frame->payload));
        } else if (frame->name[0] == '?') {
            put_message(stream, name, ":event-type", "x", frame->payload, strlen(frame->payload));
        } else if (frame->name[0] == '=') {
            bytes_text(stream, frame->payload);
        } else {
            put_event(stream, frame->name, frame->payload);
        }
    }
}

static void check(const char *name, const struct frame *frames, const char *want)
{
    struct bytes body = {0};

    put_frames(&body, frames);
    check_answer(1, "200 OK", STREAM_TYPE, &body, want, name);
    bytes_free(&body);
}

/* clang-format off */
#define START            {"messageStart", "{\"p\":\"abc\",\"role\":\"assistant\"}"}
#define DELTA(i, delta)  {"contentBlockDelta", \
                          "{\"contentBlockIndex\":" i ",\"delta\":{" delta "},\"p\":\"abcd\"}"}
#define TEXT(i, text)    DELTA(i, "\"text\":\"" text "\"")
#define INPUT(i, text)   DELTA(i, "\"toolUse\":{\"input\":\"" text "\"}")
#define OPEN(i, start)   {"contentBlockStart", \
                          "{\"contentBlockIndex\":" i ",\"p\":\"\",\"start\":{" start "}}"}
#define TOOL(i, id, name) \
    OPEN(i, "\"toolUse\":{\"name\":\"" name "\",\"toolUseId\":\"" id "\"}")
#define CLOSE(i)         {"contentBlockStop", "{\"contentBlockIndex\":" i ",\"p\":\"a\"}"}
#define STOP             {"messageStop", "{\"p\":\"abcdef\",\"stopReason\":\"end_turn\"}"}
#define COST             {"metadata", "{\"metrics\":{\"latencyMs\":6},\"p\":\"ab\",\"usage\":{" \
                          "\"inputTokens\":1,\"outputTokens\":2,\"totalTokens\":3}}"}
/* clang-format on */
#define SAID(blocks) "message assistant\n" blocks "stop 0 end_turn\nusage 1 2 3 0 0 6 ms []\ndone\n"

static void tells_text_without_a_start(void)
{
    check("text", FRAMES(START, TEXT("0", "Hel"), TEXT("0", "lo"), CLOSE("0"), STOP, COST),
          SAID("begin 0 text - -\ntext Hello\nend 0 text - -\n"));
}

static void tells_tools(void)
{
    check("tools",
          FRAMES(START, TOOL("1", "t1", "clock"), INPUT("1", ""), INPUT("1", "{\\\"a\\\""),
                 INPUT("1", ":\\\"\\ud83d"), INPUT("1", "\\ude00\\\"}"), CLOSE("1"),
                 TOOL("2", "t2", "none"), INPUT("2", ""), CLOSE("2"), TOOL("5", "t3", "n"),
                 CLOSE("5"), STOP, COST),
          SAID("begin 1 tool_use t1 clock\ninput {\"a\":\"\xF0\x9F\x98\x80\"}\n"
               "end 1 tool_use t1 clock\nbegin 2 tool_use t2 none\nend 2 tool_use t2 none\n"
               "begin 5 tool_use t3 n\nend 5 tool_use t3 n\n"));
}

static void tells_server_tools(void)
{
    check("server tools",
          FRAMES(START,
                 OPEN("0", "\"toolUse\":{\"type\":\"server_tool_use\",\"toolUseId\":\"t\","
                           "\"name\":\"s\"}"),
                 INPUT("0", "{}"), CLOSE("0"),
                 OPEN("1", "\"toolUse\":{\"toolUseId\":\"u\",\"name\":\"s\",\"type\":"
                           "\"server_tool_use\"}"),
                 INPUT("1", "{}"), CLOSE("1"),
                 OPEN("2", "\"toolResult\":{\"toolUseId\":\"t\",\"type\":\"x\",\"status\":"
                           "\"success\"}"),
                 DELTA("2", "\"toolResult\":[{\"text\":\"x\"}, {\"json\":[1]}]"),
                 DELTA("2", "\"toolResult\":[]"), CLOSE("2"), TOOL("3", "v", "mine"), CLOSE("3"),
                 STOP, COST),
          SAID("begin 0 server_tool_use t s\ninput {}\nend 0 server_tool_use t s\n"
               "begin 1 server_tool_use u s\ninput {}\nend 1 server_tool_use u s\n"
               "begin 2 tool_result t -\nraw toolResult [{\"text\":\"x\"}, {\"json\":[1]}]\n"
               "raw toolResult []\nend 2 tool_result t -\n"
               "begin 3 tool_use v mine\nend 3 tool_use v mine\n"));
}

static void tells_thoughts(void)
{
    check("thoughts",
          FRAMES(START, DELTA("0", "\"reasoningContent\":{\"text\":\"h\"}"),
                 DELTA("0", "\"reasoningContent\":{\"text\":\"m\\ud83d\"}"),
                 DELTA("0", "\"reasoningContent\":{\"signature\":\"S+/=\"}"), CLOSE("0"),
                 DELTA("1", "\"reasoningContent\":{\"redactedContent\":\"UkVE\"}"), CLOSE("1"),
                 STOP, COST),
          SAID("begin 0 reasoning - -\nreasoning hm\nsignature S+/=\nreasoning \xEF\xBF\xBD\n"
               "end 0 reasoning - -\nbegin 1 reasoning - -\nredacted UkVE\n"
               "end 1 reasoning - -\n"));
}

static void tells_citations(void)
{
    check("citations",
          FRAMES(START, TEXT("0", "a"), DELTA("0", "\"citation\":{\"title\":\"T\"}"),
                 DELTA("0", "\"citation\":{}"), CLOSE("0"),
                 DELTA("1", "\"citation\":{\"source\":\"S\"}"), TEXT("1", "b"), CLOSE("1"), STOP,
                 COST),
          SAID("begin 0 text - -\ntext a\ncitation {\"title\":\"T\"}\ncitation {}\n"
               "end 0 text - -\nbegin 1 citations - -\ncitation {\"source\":\"S\"}\ntext b\n"
               "end 1 citations - -\n"));
}

static void tells_images(void)
{
    check("images",
          FRAMES(START, OPEN("0", "\"image\":{\"format\":\"png\"}"),
                 DELTA("0", "\"image\":{\"source\":{\"bytes\":\"iVBO\"}}"),
                 DELTA("0", "\"image\":{\"source\":{\"bytes\":\"Rw0K\"}}"), CLOSE("0"),
                 OPEN("1", "\"image\":{\"format\":\"jpeg\"}"),
                 DELTA("1", "\"image\":{\"source\":{\"s3Location\":{\"uri\":\"s3://b/k\"}}}"),
                 DELTA("1", "\"image\":{\"error\":{\"message\":\"no\"}}"), CLOSE("1"), STOP, COST),
          SAID("begin 0 image - png\nimage iVBORw0K\nend 0 image - png\n"
               "begin 1 image - jpeg\nraw s3Location {\"uri\":\"s3://b/k\"}\n"
               "raw error {\"message\":\"no\"}\nend 1 image - jpeg\n"));
}

static void opens_and_closes_as_the_index_says(void)
{
    check("gaps",
          FRAMES(START, TEXT("0", "a"), CLOSE("0"), TEXT("24", "b"), CLOSE("24"), STOP, COST),
          SAID("begin 0 text - -\ntext a\nend 0 text - -\n"
               "begin 24 text - -\ntext b\nend 24 text - -\n"));
    check("no stops", FRAMES(START, TEXT("0", "a\\ud83d"), TEXT("1", "\\ude00b"), STOP, COST),
          SAID("begin 0 text - -\ntext a\xEF\xBF\xBD\nend 0 text - -\n"
               "begin 1 text - -\ntext \xEF\xBF\xBD"
               "b\nend 1 text - -\n"));
    check("interleaved", FRAMES(START, TEXT("0", "a"), TEXT("1", "b"), TEXT("0", "c"), STOP, COST),
          SAID("begin 0 text - -\ntext a\nend 0 text - -\nbegin 1 text - -\ntext b\n"
               "end 1 text - -\nbegin 0 text - -\ntext c\nend 0 text - -\n"));
    check("tools without stops",
          FRAMES(START, TOOL("0", "t1", "a"), INPUT("0", "{}"), TOOL("1", "t2", "b"),
                 INPUT("1", "[]"), INPUT("2", "0"), STOP, COST),
          SAID("begin 0 tool_use t1 a\ninput {}\nend 0 tool_use t1 a\n"
               "begin 1 tool_use t2 b\ninput []\nend 1 tool_use t2 b\n"
               "begin 2 tool_use - -\ninput 0\nend 2 tool_use - -\n"));
    check("a tool that the answer's end closes", FRAMES(START, TOOL("0", "t1", "a"), STOP, COST),
          SAID("begin 0 tool_use t1 a\nend 0 tool_use t1 a\n"));
    check("stops of nothing", FRAMES(START, CLOSE("0"), TEXT("1", ""), CLOSE("1"), STOP, COST),
          SAID(""));
}

/* The members of an object have no order: what a delta belongs to may be said behind it. */
static void takes_members_in_any_order(void)
{
    check(
        "index last",
        FRAMES(START, {"contentBlockDelta", "{\"delta\":{\"text\":\"a\"},\"contentBlockIndex\":0}"},
               {"contentBlockDelta", "{\"delta\":{\"text\":\"b\"},\"contentBlockIndex\":0}"},
               CLOSE("0"),
               {"contentBlockDelta", "{\"delta\":{\"text\":\"c\"},\"contentBlockIndex\":24}"},
               {"contentBlockDelta", "{\"delta\":{\"text\":\"d\"},\"contentBlockIndex\":24}"},
               CLOSE("24"),
               {"contentBlockStart", "{\"start\":{\"toolUse\":{\"toolUseId\":\"t\",\"name\":\"n\"}"
                                     "},\"contentBlockIndex\":37}"},
               CLOSE("37"), STOP, COST),
        SAID("begin 0 text - -\ntext ab\nend 0 text - -\n"
             "begin 1 text - -\ntext cd\nend 24 text - -\n"
             "begin 37 tool_use t n\nend 37 tool_use t n\n"));
    check("no index",
          FRAMES(START, {"contentBlockDelta", "{\"delta\":{\"text\":\"a\"}}"},
                 {"contentBlockStop", "{}"}, {"contentBlockDelta", "{\"delta\":{\"text\":\"b\"}}"},
                 STOP, COST),
          SAID("begin 0 text - -\ntext a\nend 0 text - -\n"
               "begin 1 text - -\ntext b\nend 1 text - -\n"));
    check("metadata first",
          FRAMES({"metadata", "{\"trace\":{\"promptRouter\":{}},\"usage\":{\"inputTokens\":28.0}}"},
                 {"messageStop", "{\"additionalModelResponseFields\":{\"a\":[1]},\"stopReason\":"
                                 "\"tool_use\"}"}),
          "trace {\"promptRouter\":{}}\nusage 28 0 0 0 0 0 ms []\nfields {\"a\":[1]}\n"
          "stop 1 tool_use\ndone\n");
}

static void joins_surrogate_pairs(void)
{
    check("pairs",
          FRAMES(START, TEXT("0", "\\ud83d"), TEXT("0", ""), TEXT("0", "\\ude00"),
                 TEXT("0", "\\ud83d"), TEXT("0", "a"), TEXT("0", "\\ude00"), TEXT("0", "\\ud83d"),
                 TEXT("0", "\\ud83d\\ude00"), TEXT("0", "\\udbff"), CLOSE("0"),
                 INPUT("1", "\\ud83d"), CLOSE("1"), STOP, COST),
          SAID("begin 0 text - -\ntext \xF0\x9F\x98\x80\xEF\xBF\xBD"
               "a\xEF\xBF\xBD\xEF\xBF\xBD\xF0\x9F\x98\x80\xEF\xBF\xBD\nend 0 text - -\n"
               "begin 1 tool_use - -\ninput \xEF\xBF\xBD\nend 1 tool_use - -\n"));
    check("a half in a block of another kind",
          FRAMES(START, TEXT("0", "\\ud83d"),
                 DELTA("0", "\"reasoningContent\":{\"text\":\"\\ude00\"}"), CLOSE("0"), STOP, COST),
          SAID("begin 0 text - -\ntext \xEF\xBF\xBD\nreasoning \xEF\xBF\xBD\nend 0 text - -\n"));
}

static void takes_null_for_absent(void)
{
    check("null",
          FRAMES({"messageStart", "{\"role\":null}"},
                 {"contentBlockStart", "{\"start\":null,\"contentBlockIndex\":0}"},
                 OPEN("0", "\"toolUse\":null,\"new\":null"),
                 DELTA("0", "\"text\":null,\"toolUse\":null,\"toolResult\":null,\"citation\":null,"
                            "\"new\":null"),
                 {"contentBlockDelta", "{\"contentBlockIndex\":null,\"delta\":null}"},
                 CLOSE("null"),
                 {"messageStop", "{\"additionalModelResponseFields\":null,\"stopReason\":\"end_"
                                 "turn\"}"},
                 {"metadata", "{\"usage\":null,\"metrics\":null,\"trace\":null}"}),
          "message assistant\nstop 0 end_turn\nusage 0 0 0 0 0 0 ms []\ndone\n");
}

static void hands_on_what_it_does_not_know(void)
{
    check("events",
          FRAMES(START, {"aNewEvent", "{\"a\": 1}"}, {"another", "no JSON"}, {"empty", ""},
                 TEXT("0", "a"), {"between", "{}"}, TEXT("0", "b"), STOP, COST),
          "message assistant\nraw aNewEvent {\"a\": 1}\nraw another no JSON\nraw empty \n"
          "begin 0 text - -\ntext a\nraw between {}\ntext b\nend 0 text - -\n"
          "stop 0 end_turn\nusage 1 2 3 0 0 6 ms []\ndone\n");
    check("blocks",
          FRAMES(START, OPEN("0", "\"audio\":{\"format\":\"mp3\"}"),
                 DELTA("0", "\"audio\":{\"source\":{\"bytes\":\"AA==\"}}"), CLOSE("0"),
                 TOOL("1", "t", "n"), DELTA("1", "\"more\":1"), INPUT("1", "{}"), CLOSE("1"),
                 OPEN("2", "\"n\\u0065w\":[]"), TEXT("2", "x"), CLOSE("2"), STOP, COST),
          SAID("begin 0 unknown - -\nraw audio {\"format\":\"mp3\"}\n"
               "raw audio {\"source\":{\"bytes\":\"AA==\"}}\nend 0 unknown - -\n"
               "begin 1 tool_use t n\nraw more 1\ninput {}\nend 1 tool_use t n\n"
               "begin 2 unknown - -\nraw new []\ntext x\nend 2 text - -\n"));
    check("members",
          FRAMES({"messageStart",
                  "{\"contentBlock\":{\"delta\":{\"text\":\"no\"}},\"role\":\"king\"}"},
                 {"messageStop", "{\"message\":{\"role\":\"user\"},\"stopReason\":\"new\"}"}),
          "message unknown\nstop 9 new\ndone\n");
}

static void fails_with_an_exception(void)
{
    check("throttled at once", FRAMES({"!throttlingException", "{\"message\":\"Too many\"}"}),
          "failed -72 [throttlingException] [Too many]\n");
    check("in the other spelling", FRAMES({"!ThrottlingException", "{\"Message\":\"Too many\"}"}),
          "failed -72 [ThrottlingException] [Too many]\n");
    check("in the middle",
          FRAMES(START, TEXT("0", "a"),
                 {"!modelStreamErrorException",
                  "{\"originalStatusCode\":500,\"message\":\"broken\"}"}),
          "message assistant\nbegin 0 text - -\ntext a\n"
          "failed -78 [modelStreamErrorException] [broken]\n");
    check("after the end", FRAMES(START, STOP, {"!internalServerException", ""}),
          "message assistant\nstop 0 end_turn\nfailed -82 [internalServerException] []\n");
    check("a new one", FRAMES({"!brandNewException", "<no JSON>"}),
          "failed -70 [brandNewException] [<no JSON>]\n");
    check("named by its payload alone",
          FRAMES({"!", "{\"__type\":\"x#ThrottlingException\",\"message\":\"m\"}"}),
          "failed -72 [ThrottlingException] [m]\n");
    check("not to be read on", FRAMES({"!validationException", "{}"}, START, {"=", "garbage"}),
          "failed -73 [validationException] []\n");
}

static void fails_with_an_error(void)
{
    const struct bedrock_event_stream_header headers[] = {
        {":error-message", BEDROCK_EVENT_STREAM_STRING, "It broke.", 9},
        {":message-type", BEDROCK_EVENT_STREAM_STRING, "error", 5},
        {":error-code", BEDROCK_EVENT_STREAM_STRING, "InternalError", 13},
    };
    uint8_t frame[256];
    size_t len;
    struct bytes body = {0};

    put_frames(&body, FRAMES(START));
    CHECK_INT(bedrock_event_stream_encode(frame, sizeof frame, &len, headers, 3, NULL, 0),
              BEDROCK_OK);
    bytes_put(&body, frame, len);
    check_answer(1, "200 OK", STREAM_TYPE, &body,
                 "message assistant\nfailed -70 [InternalError] [It broke.]\n", "error");
    bytes_free(&body);
}

static void refuses_an_answer_that_is_none(void)
{
    check("nothing", FRAMES({"=", ""}), "failed -54 [] []\n");
    check("no messageStop", FRAMES(START, TEXT("0", "a"), CLOSE("0"), COST),
          "message assistant\nbegin 0 text - -\ntext a\nend 0 text - -\n"
          "usage 1 2 3 0 0 6 ms []\nfailed -54 [] []\n");
    check("no reason", FRAMES(START, {"messageStop", "{\"stopReason\":null}"}),
          "message assistant\nfailed -54 [] []\n");
    check("garbage behind", FRAMES(START, STOP, COST, {"=", "garbage that is long enough"}),
          "message assistant\nstop 0 end_turn\nusage 1 2 3 0 0 6 ms []\nfailed -50 [] []\n");
    check("a short one", FRAMES(START, STOP, {"=", "x"}),
          "message assistant\nstop 0 end_turn\nfailed -53 [] []\n");
    check("another type", FRAMES(START, {"?news", "{}"}), "message assistant\nfailed -51 [] []\n");
    check("a type too long", FRAMES({"?an-event-of-a-new-kind", "{}"}), "failed -45 [] []\n");
    check("no JSON", FRAMES({"messageStart", "{\"role\":\"assistant\"}}"}), "failed -40 [] []\n");
    check("half of JSON", FRAMES({"messageStart", "{\"role\":\"assistant\""}),
          "failed -43 [] []\n");
    check("a number", FRAMES({"messageStart", "5"}), "failed -44 [] []\n");
    check("no payload", FRAMES({"messageStop", ""}), "failed -43 [] []\n");
    check("an index that is none", FRAMES(TEXT("1.5", "a")), "failed -44 [] []\n");
    check("an index below 0", FRAMES(TEXT("-1", "a")), "failed -44 [] []\n");
    check(
        "a long name",
        FRAMES(TOOL("0", "t", "a_name_of_exactly_sixty_four_bytes_which_is_the_most_it_can_hold5")),
        "failed -45 [] []\n");
}

static void tells_two_ends_twice(void)
{
    check("two messageStops", FRAMES(START, STOP, STOP, COST, TEXT("0", "a")),
          "message assistant\nstop 0 end_turn\nstop 0 end_turn\nusage 1 2 3 0 0 6 ms []\n"
          "begin 0 text - -\ntext a\ndone\n");
}

/* An event counts when its checksum has come: of a damaged messageStop nothing is told. */
static void believes_no_damaged_frame(void)
{
    struct bytes body = {0};

    put_frames(&body, FRAMES(START, STOP));
    body.data[body.len - 1] ^= 1;
    check_answer(1, "200 OK", STREAM_TYPE, &body, "message assistant\nfailed -50 [] []\n",
                 "damaged");
    bytes_free(&body);
}

static void every_beginning_is_incomplete(void)
{
    struct bytes body = {0}, http = {0};
    struct told told;
    size_t len;

    put_frames(&body, FRAMES(START, TEXT("0", "h\xC3\xA9"), TOOL("1", "t", "n"), CLOSE("1"), STOP));
    for (len = 0; len < body.len; len++) {
        put_answer(&http, "200 OK", STREAM_TYPE, body.data, len, FRAMED_CLOSE, 0);
        play(&told, 1, http.data, http.len, http.len, 0);
        test_context("%zu bytes", len);
        CHECK(told.code == BEDROCK_E_EVENT_STREAM_INCOMPLETE ||
              told.code == BEDROCK_E_ANSWER_INCOMPLETE);
        told_free(&told);
        bytes_free(&http);
    }
    bytes_free(&body);
}

int main(void)
{
    RUN(tells_text_without_a_start);
    RUN(tells_tools);
    RUN(tells_server_tools);
    RUN(tells_thoughts);
    RUN(tells_citations);
    RUN(tells_images);
    RUN(opens_and_closes_as_the_index_says);
    RUN(takes_members_in_any_order);
    RUN(joins_surrogate_pairs);
    RUN(takes_null_for_absent);
    RUN(hands_on_what_it_does_not_know);
    RUN(fails_with_an_exception);
    RUN(fails_with_an_error);
    RUN(refuses_an_answer_that_is_none);
    RUN(tells_two_ends_twice);
    RUN(believes_no_damaged_frame);
    RUN(every_beginning_is_incomplete);
    return test_finish();
}
