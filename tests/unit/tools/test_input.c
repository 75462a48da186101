/* SPDX-License-Identifier: MIT */
/* bedrock_tool_input(): structured answers of both operations. */
#include "unit/tools/service.h"
#include "unit/tools/stream.h"

static struct board board;
static struct stream stream;

/* Runs a call whose answer is the first of the script. */
static int take(char *dst, size_t cap, size_t *len)
{
    int status;

    *len = 0;
    board.agains = 0;
    memset(dst, '#', cap + 4);
    board.calls.request.tool_config = BEDROCK_TOOL_CONFIG(.tools = BEDROCK_TOOLS({.name = "f"}),
                                                          .choice = "tool", .choice_name = "f");
    CHECK_INT(calls_start(&board.calls), 0);
    do {
        status = bedrock_tool_input(board.calls.client, dst, cap, len);
        if (status == BEDROCK_AGAIN) {
            CHECK_INT(strlen(dst), *len);
            fake_port_pass(&board.calls.fake, 1);
            board.agains++;
        }
    } while (status == BEDROCK_AGAIN && board.agains < 100000);
    CHECK_INT(bedrock_last_error(board.calls.client)->code, status);
    CHECK(memcmp(dst + cap, "####", 4) == 0);
    return status;
}

static void unary_answers(void)
{
    static const struct {
        const char *content, *input;
        int status;
    } cases[] = {
        {USE_AS("t", "f", "{\"a\": [1]}"), "{\"a\": [1]}", 0},
        {SAY("Here:") "," USE_AS("t", "f", "{}"), "{}", 0},
        {USE_AS("t", "f", "{\"a\":1}") "," USE_AS("u", "f", "{\"b\":2}"), "{\"a\":1}", 0},
        {USE_AS("t", "f", "{}") "," SAY("x"), "{}", 0},
        {"{\"toolUse\":{\"toolUseId\":\"t\",\"name\":\"f\"}}", "{}", 0},
        {"{\"toolUse\":{\"input\":{\"s\":1},\"type\":\"server_tool_use\",\"toolUseId\":\"s\","
         "\"name\":\"g\"}}," USE_AS("t", "f", "{\"a\":1}"),
         "{\"a\":1}", 0},
        {"{\"toolUse\":{\"input\":{\"s\":1},\"type\":\"server_tool_use\",\"toolUseId\":\"s\","
         "\"name\":\"g\"}}",
         "", BEDROCK_E_JSON_SHAPE},
        {USE_AS("t", "f", "[1]"), "[1]", BEDROCK_E_JSON_SHAPE},
        {USE_AS("t", "f", "\"{}\""), "\"{}\"", BEDROCK_E_JSON_SHAPE},
        {SAY("No."), "", BEDROCK_E_JSON_SHAPE},
        {"", "", BEDROCK_E_JSON_SHAPE},
    };
    char dst[64];
    size_t i, len;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int slowly;

        for (slowly = 0; slowly < 2; slowly++) {
            test_context("case %d, %s", (int)i, slowly ? "slowly" : "at once");
            board_init(&board, 100);
            board_answer(&board, cases[i].content, "tool_use");
            board_open(&board);
            if (slowly) {
                board.calls.fake.port.wait = NULL;
                board.calls.fake.again_every = 2;
                board.calls.fake.read_max = 1;
            }
            CHECK_INT(take(dst, sizeof dst - 4, &len), cases[i].status);
            CHECK_TEXT(dst, cases[i].input);
            CHECK_INT(len, strlen(cases[i].input));
            CHECK(!slowly || board.agains > 50);
            calls_free(&board.calls);
        }
    }
    test_context(NULL);
}

static void every_size(void)
{
    static const char input[] = "{\"a\":\"\xc3\xbc\"}";
    char dst[64];
    size_t cap, len;

    for (cap = 0; cap <= sizeof input + 2; cap++) {
        int fits = cap >= sizeof input + 1;

        test_context("%d bytes", (int)cap);
        board_init(&board, 100);
        board_answer(&board, USE_AS("t", "f", "{\"a\":\"\xc3\xbc\"}"), "tool_use");
        board_open(&board);
        CHECK_INT(take(dst, cap, &len), fits ? 0 : BEDROCK_E_BUFFER);
        if (cap >= 2) {
            CHECK_INT(strlen(dst), len);
            CHECK(memcmp(dst, input, len) == 0);
        }
        CHECK(!fits || len == sizeof input - 1);
        calls_free(&board.calls);
    }
    test_context(NULL);
}

/* In pieces, cut anywhere, and cut short by max_tokens. */
static void streamed_answers(void)
{
    static const char *const pieces[][2] = {
        {"{\\\"a\\\": ", "\\\"b\\\"}"},
        {"", "{}"},
        {"{\\\"a\\\": ", "\\\"b"},
        {"{\\\"a\\\"", ""},
        {"{", "}}"},
        {" {", "} "},
    };
    static const struct {
        const char *input;
        int status;
    } wants[] = {
        {"{\"a\": \"b\"}", 0},
        {"{}", 0},
        {"{\"a\": \"b", BEDROCK_E_JSON_INCOMPLETE},
        {"{\"a\"", BEDROCK_E_JSON_INCOMPLETE},
        {"{}}", BEDROCK_E_JSON},
        {" {} ", 0},
    };
    char dst[64];
    size_t i, len, cut;

    for (i = 0; i < sizeof wants / sizeof wants[0]; i++) {
        stream_begin(&stream);
        stream_text(&stream, "Well.");
        stream_tool(&stream, "t", "f", "", pieces[i][0], pieces[i][1]);
        stream_tool(&stream, "u", "f", "", "{\\\"x\\\":", "0}");
        stream_end(&stream, wants[i].status == 0 ? "tool_use" : "max_tokens");
        for (cut = 0; cut <= stream.len; cut += cut + 200 < stream.len ? 11 : 1) {
            int status;

            test_context("case %d, cut at %d of %d", (int)i, (int)cut, (int)stream.len);
            board_init(&board, 100);
            board.script[0] =
                (struct http_answer){.bytes = stream.bytes, .len = cut, .then = HTTP_THEN_CLOSE};
            board.scripted = 1;
            board.calls.stream = 1;
            board.calls.config.max_attempts = 1;
            board.calls.config.timeouts.first_byte_ms = 1000;
            board_open(&board);
            status = take(dst, sizeof dst - 4, &len);
            if (cut == stream.len || cut == stream.stopped) {
                CHECK_INT(status, wants[i].status);
                CHECK_TEXT(dst, wants[i].input);
            } else {
                CHECK(status < 0);
            }
            calls_free(&board.calls);
        }
    }
    test_context(NULL);
}

static void without_a_client(void)
{
    char dst[8];
    size_t len = 0;

    CHECK_INT(bedrock_tool_input(NULL, dst, sizeof dst, &len), BEDROCK_E_BUFFER);
}

int main(void)
{
    RUN(unary_answers);
    RUN(every_size);
    RUN(streamed_answers);
    RUN(without_a_client);
    return test_finish();
}
