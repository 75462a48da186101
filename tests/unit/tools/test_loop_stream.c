/* SPDX-License-Identifier: MIT */
/* Loops around ConverseStream: what the model thought goes back byte for byte, and a stream that
 * breaks off anywhere leaves no trace. */
#include "unit/tools/service.h"
#include "unit/tools/stream.h"

static struct board board;
static struct stream first, second;

#define THOUGHT                                                                                    \
    "{\"reasoningContent\":{\"reasoningText\":{\"text\":\"I \\\"add\\\" \xf0\x9f\x98\x80 / "       \
    "\\\\n\",\"signature\":\"c2ln+/==\"}}},{\"reasoningContent\":{\"redactedContent\":"            \
    "\"AAECAw==\"}}"
#define CALLS                                                                                      \
    THOUGHT "," SAY("So:") "," USE_AS("t1", "add",                                                 \
                                      "{\"a\": 20,  \"b\":22}") "," USE_AS("t2", "nothing", "{}")
#define RESULTS RESULT("t1", "{\"sum\":42}") "," RESULT("t2", "{}")

static void make_streams(void)
{
    stream_begin(&first);
    stream_delta(&first, "\"reasoningContent\":{\"text\":\"I \\\"add\\\" \\ud83d\"}");
    stream_delta(&first, "\"reasoningContent\":{\"text\":\"\\ude00 \\/ \\\\n\"}");
    stream_delta(&first, "\"reasoningContent\":{\"signature\":\"c2ln+/==\"}");
    stream_end_block(&first);
    stream_delta(&first, "\"reasoningContent\":{\"redactedContent\":\"AAECAw==\"}");
    stream_end_block(&first);
    stream_text(&first, "So:");
    stream_tool(&first, "s1", "nova_grounding", ",\"type\":\"server_tool_use\"",
                "{\\\"q\\\":", "1}");
    stream_tool(&first, "t1", "add", "", "{\\\"a\\\": 20,  \\\"", "b\\\":22}");
    stream_tool(&first, "t2", "nothing", "", NULL, NULL);
    stream_end(&first, "tool_use");
    stream_begin(&second);
    stream_text(&second, "42.");
    stream_end(&second, "end_turn");
}

static void open_with(size_t first_len, size_t second_len)
{
    board_init(&board, 4096);
    board.config.unary = 0;
    board.calls.config.max_attempts = 1;
    board.calls.config.timeouts.first_byte_ms = 1000;
    board.script[0] =
        (struct http_answer){.bytes = first.bytes, .len = first_len, .then = HTTP_THEN_CLOSE};
    board.script[1] =
        (struct http_answer){.bytes = second.bytes, .len = second_len, .then = HTTP_THEN_CLOSE};
    board.scripted = 2;
    board_open(&board);
}

static void byte_for_byte(void)
{
    size_t read_max;

    for (read_max = 0; read_max < 40; read_max += read_max < 3 ? 1 : 9) {
        test_context("%d bytes a read", (int)read_max);
        open_with(first.len, second.len);
        board.calls.fake.read_max = read_max;
        CHECK_INT(board_ask(&board, "Go"), 0);
        CHECK_TEXT(board.told, "add({\"a\": 20,  \"b\":22}) nothing({}) ");
        check_body(&board, 1, USER(SAY("Go")) "," MODEL(CALLS) "," USER(RESULTS));
        CHECK_BYTES(
            board.memory, board.history.len,
            USER(SAY("Go")) "," MODEL(CALLS) "," USER(RESULTS) "," MODEL(SAY("42.")),
            strlen(USER(SAY("Go")) "," MODEL(CALLS) "," USER(RESULTS) "," MODEL(SAY("42."))));
        calls_free(&board.calls);
    }
    test_context(NULL);
}

/* As much of a stream as counts. */
static int is_whole(const struct stream *stream, size_t len)
{
    return len == stream->len || len == stream->stopped;
}

static void check_cut(size_t first_len, size_t second_len)
{
    int whole = is_whole(&first, first_len) && is_whole(&second, second_len);
    int status;

    test_context("cut at %d and %d", (int)first_len, (int)second_len);
    open_with(first_len, second_len);
    status = board_ask(&board, "Go");
    CHECK(whole == (status == 0));
    CHECK((board.history.len == 0) == (status != 0));
    CHECK(board.runs == 0 || is_whole(&first, first_len));
    calls_free(&board.calls);
}

static void cut_anywhere(void)
{
    size_t len;

    for (len = 0; len < first.len; len += len + 300 < first.len ? 17 : 1) {
        check_cut(len, second.len);
    }
    for (len = 0; len <= second.len; len += len + 300 < second.len ? 3 : 1) {
        check_cut(first.len, len);
    }
    test_context(NULL);
}

static void half_an_input(void)
{
    stream_begin(&first);
    stream_text(&first, "So:");
    stream_tool(&first, "t1", "add", "", "{\\\"a\\\": 2", "0,");
    stream_end(&first, "max_tokens");
    open_with(first.len, second.len);
    CHECK_INT(board_ask(&board, "Go"), BEDROCK_E_JSON_INCOMPLETE);
    CHECK_TEXT(board.text, "So:|"); /* all of it was told */
    CHECK_INT(board.history.len, 0);
    CHECK_INT(board.runs, 0);
    calls_free(&board.calls);
}

int main(void)
{
    make_streams();
    RUN(byte_for_byte);
    RUN(cut_anywhere);
    RUN(half_an_input);
    return test_finish();
}
