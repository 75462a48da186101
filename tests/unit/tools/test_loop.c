/* SPDX-License-Identifier: MIT */
/* Loops that go well, and what the model is told when a tool does not. */
#include "unit/tools/service.h"

static struct board board;

static void check_history(const char *want)
{
    CHECK_BYTES(board.memory, board.history.len, want, strlen(want));
}

static void no_tool_is_called(void)
{
    board_init(&board, 2048);
    board_answer(&board, SAY("Hello."), "end_turn");
    board_open(&board);
    CHECK_INT(board_ask(&board, "Hi"), 0);
    CHECK_TEXT(board.text, "Hello.|");
    CHECK_TEXT(board.told, "");
    check_body(&board, 0, USER(SAY("Hi")));
    check_history(USER(SAY("Hi")) "," MODEL(SAY("Hello.")));
    calls_free(&board.calls);
}

#define SEVERAL                                                                                    \
    SAY("Let me see.")                                                                             \
    "," USE_AS("t1", "add", "{\"a\": 1, \"b\":2}") "," USE_AS("t2", "nothing", "{}") "," USE_AS(   \
        "t3", "fly", "{}") "," USE_AS("t4", "add", "{\"a\":1}") "," USE_AS("t5", "break", "{}")
#define THEIR_RESULTS                                                                              \
    RESULT("t1", "{\"sum\":3}")                                                                    \
    "," RESULT("t2", "{}") "," FAILURE("t3", "There is no such tool.") "," FAILURE(                \
        "t4", "I need a and b.") "," FAILURE("t5", "The tool failed.")

static void several_tools_in_a_turn(void)
{
    board_init(&board, 8192);
    board_answer(&board, SEVERAL, "tool_use");
    board_answer(&board, USE_AS("u1", "add", "{\"b\":-40,\"a\":-2}"), "tool_use");
    board_answer(&board, SAY("Done."), "end_turn");
    board_open(&board);
    CHECK_INT(board_ask(&board, "Go"), 0);
    CHECK_TEXT(board.text, "Let me see.||Done.|");
    CHECK_TEXT(board.told, "add({\"a\": 1, \"b\":2}) nothing({}) add({\"a\":1}) break({}) "
                           "add({\"b\":-40,\"a\":-2}) ");
    check_body(&board, 1, USER(SAY("Go")) "," MODEL(SEVERAL) "," USER(THEIR_RESULTS));
    check_body(&board, 2,
               USER(SAY("Go")) "," MODEL(SEVERAL) "," USER(THEIR_RESULTS) "," MODEL(USE_AS(
                   "u1", "add", "{\"b\":-40,\"a\":-2}")) "," USER(RESULT("u1", "{\"sum\":-42}")));
    CHECK_INT(board.calls.peer.request_count, 3);
    calls_free(&board.calls);
}

/* The conversation goes on where the loop ended. */
static void one_loop_after_another(void)
{
    board_init(&board, 8192);
    board_answer(&board, USE_AS("t1", "nothing", "{}"), "tool_use");
    board_answer(&board, SAY("One."), "end_turn");
    board_answer(&board, USE_AS("t2", "nothing", "{}"), "tool_use");
    board_answer(&board, SAY("Two."), "end_turn");
    board_open(&board);
    CHECK_INT(board_ask(&board, "1"), 0);
    CHECK_INT(board_ask(&board, "2"), 0);
    check_history(
        USER(SAY("1")) "," MODEL(USE_AS("t1", "nothing", "{}")) "," USER(RESULT("t1", "{}")) "," MODEL(SAY(
            "One.")) "," USER(SAY("2")) "," MODEL(USE_AS("t2", "nothing",
                                                         "{}")) "," USER(RESULT("t2",
                                                                                "{}")) "," MODEL(SAY("Two.")));
    calls_free(&board.calls);
}

/* The service's own tool and its result are not ours to run, and not sent back. */
static void server_tools_are_not_run(void)
{
    board_init(&board, 4096);
    board_answer(&board,
                 "{\"toolUse\":{\"toolUseId\":\"s1\",\"name\":\"nova_grounding\",\"input\":{},"
                 "\"type\":\"server_tool_use\"}}," USE_AS("t1", "nothing", "{}"),
                 "tool_use");
    board_answer(&board, SAY("So."), "end_turn");
    board_open(&board);
    CHECK_INT(board_ask(&board, "Go"), 0);
    CHECK_TEXT(board.told, "nothing({}) ");
    check_body(
        &board, 1,
        USER(SAY("Go")) "," MODEL(USE_AS("t1", "nothing", "{}")) "," USER(RESULT("t1", "{}")));
    calls_free(&board.calls);
}

/* ---------------------------------------------------------- bad handlers */

static int closes_too_much(void *ctx, const struct bedrock_tool_call *call,
                           struct bedrock_json_writer *result)
{
    note(ctx, call);
    bedrock_json_end_object(result);
    bedrock_json_end_object(result);
    return 0;
}

static int reopens(void *ctx, const struct bedrock_tool_call *call,
                   struct bedrock_json_writer *result)
{
    note(ctx, call);
    bedrock_json_end_object(result);
    bedrock_json_put_key(result, "text");
    bedrock_json_begin_object(result);
    return 0;
}

static int leaves_open(void *ctx, const struct bedrock_tool_call *call,
                       struct bedrock_json_writer *result)
{
    note(ctx, call);
    bedrock_json_put_key(result, "a");
    bedrock_json_begin_array(result);
    return 0;
}

static int nests_deeply(void *ctx, const struct bedrock_tool_call *call,
                        struct bedrock_json_writer *result)
{
    int i;

    note(ctx, call);
    bedrock_json_put_key(result, "a");
    for (i = 0; i < 60; i++) {
        bedrock_json_begin_array(result);
    }
    while (i-- > 0) {
        bedrock_json_end_array(result);
    }
    return 0;
}

static int puts_half_a_character(void *ctx, const struct bedrock_tool_call *call,
                                 struct bedrock_json_writer *result)
{
    note(ctx, call);
    bedrock_json_put_key(result, "a");
    bedrock_json_put_string(result, "\xc3", 1);
    return 0;
}

static int fails_in_words(void *ctx, const struct bedrock_tool_call *call,
                          struct bedrock_json_writer *result)
{
    char words[] = "\"No\" \xc3\xbc.";
    int status;

    note(ctx, call);
    bedrock_json_put_key(result, "a");
    bedrock_json_begin_object(result);
    bedrock_tool_fail(call, "not these");
    status = bedrock_tool_fail(call, words);
    memset(words, '!', sizeof words); /* they are kept */
    return status;
}

static int fails_and_goes_on(void *ctx, const struct bedrock_tool_call *call,
                             struct bedrock_json_writer *result)
{
    note(ctx, call);
    bedrock_json_put_key(result, "a");
    bedrock_tool_fail(call, "No.");
    bedrock_json_put_text(result, "b");
    bedrock_json_put_key(result, "c");
    bedrock_json_begin_object(result);
    bedrock_json_put_raw(result, "1", 1);
    return 0;
}

static int fails_without_words(void *ctx, const struct bedrock_tool_call *call,
                               struct bedrock_json_writer *result)
{
    (void)result;
    note(ctx, call);
    return bedrock_tool_fail(call, " \n");
}

static int fails_in_no_utf8(void *ctx, const struct bedrock_tool_call *call,
                            struct bedrock_json_writer *result)
{
    (void)result;
    note(ctx, call);
    return bedrock_tool_fail(call, "\xff");
}

static int fails_at_length(void *ctx, const struct bedrock_tool_call *call,
                           struct bedrock_json_writer *result)
{
    static char words[9000];

    (void)result;
    note(ctx, call);
    memset(words, 'x', sizeof words - 1);
    return bedrock_tool_fail(call, words);
}

static int is_too_long(void *ctx, const struct bedrock_tool_call *call,
                       struct bedrock_json_writer *result)
{
    ((struct board *)ctx)->result_len = 9000;
    return run_long(ctx, call, result);
}

static int gives_up_when_full(void *ctx, const struct bedrock_tool_call *call,
                              struct bedrock_json_writer *result)
{
    is_too_long(ctx, call, result);
    return bedrock_json_put_key(result, "x");
}

static int gives_all_types(void *ctx, const struct bedrock_tool_call *call,
                           struct bedrock_json_writer *result)
{
    note(ctx, call);
    bedrock_json_put_key(result, "a");
    bedrock_json_begin_array(result);
    bedrock_json_put_null(result);
    bedrock_json_put_raw(result, " {\"b\": 1.50} ", 13);
    bedrock_json_end_array(result);
    bedrock_json_put_key(result, "c");
    bedrock_json_put_bool(result, 1);
    return 1; /* nothing that is not negative is a failure */
}

static void what_the_model_is_told(void)
{
    static const struct {
        bedrock_tool_function run;
        const char *result;
    } cases[] = {
        {closes_too_much, FAILURE("t1", "The tool failed.")},
        {reopens, FAILURE("t1", "The tool failed.")},
        {leaves_open, FAILURE("t1", "The tool failed.")},
        {nests_deeply, FAILURE("t1", "The tool failed.")},
        {puts_half_a_character, FAILURE("t1", "The tool failed.")},
        {fails_in_words, FAILURE("t1", "\\\"No\\\" \xc3\xbc.")},
        {fails_and_goes_on, FAILURE("t1", "No.")},
        {fails_without_words, FAILURE("t1", "The tool failed.")},
        {fails_in_no_utf8, FAILURE("t1", "The tool failed.")},
        {fails_at_length, FAILURE("t1", "The tool failed.")},
        {is_too_long, FAILURE("t1", "The tool's result was too long.")},
        {gives_up_when_full, FAILURE("t1", "The tool's result was too long.")},
        {gives_all_types, RESULT("t1", "{\"a\":[null,{\"b\": 1.50}],\"c\":true}")},
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct bedrock_tool_handler tools[] = {{{.name = "t"}, cases[i].run}, board_tools[0]};
        static char want[2048];

        test_context("case %d", (int)i);
        board_init(&board, 8192);
        board.config.tools = tools;
        board.config.tool_count = 2;
        board_answer(&board, USE_AS("t1", "t", "{}") "," USE_AS("t2", "add", "{\"a\":2,\"b\":2}"),
                     "tool_use");
        board_answer(&board, SAY("I see."), "end_turn");
        board_open(&board);
        CHECK_INT(board_ask(&board, "Go"), 0);
        snprintf(
            want, sizeof want,
            USER(SAY("Go")) "," MODEL(USE_AS("t1", "t", "{}") "," USE_AS(
                "t2", "add",
                "{\"a\":2,\"b\":2}")) "," USER("%s," RESULT("t2",
                                                            "{\"sum\":4}")) "," MODEL(SAY("I "
                                                                                          "see.")),
            cases[i].result);
        check_history(want);
        calls_free(&board.calls);
    }
    test_context(NULL);
}

/* Outside of a loop there is nobody to tell. */
static void a_call_of_ones_own(void)
{
    const struct bedrock_tool_call call = {.name = "x"};

    CHECK_INT(bedrock_tool_fail(&call, "No."), BEDROCK_E_ARGUMENT);
}

static void an_input_that_is_no_object(void)
{
    board_init(&board, 4096);
    board_answer(&board, USE_AS("t1", "nothing", "[1]"), "tool_use");
    board_answer(&board, SAY("So."), "end_turn");
    board_open(&board);
    CHECK_INT(board_ask(&board, "Go"), 0);
    CHECK_TEXT(board.told, "");
    check_body(&board, 1,
               USER(SAY("Go")) "," MODEL(USE_AS("t1", "nothing", "[1]")) "," USER(
                   FAILURE("t1", "The input is not an object.")));
    calls_free(&board.calls);
}

/* Ids and names as long as they may be, and as odd as JSON allows. */
static void long_names_and_odd_ids(void)
{
#define LONG "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    const struct bedrock_tool_handler tools[] = {{{.name = LONG}, run_nothing}};

    board_init(&board, 8192);
    board.config.tools = tools;
    board.config.tool_count = 1;
    board_answer(&board,
                 USE_AS("a\\\"\\\\\\u00fc"
                        "b",
                        LONG, "{}") "," USE_AS(LONG, LONG, "{}"),
                 "tool_use");
    board_answer(&board, SAY("So."), "end_turn");
    board_open(&board);
    CHECK_INT(board_ask(&board, "Go"), 0);
    CHECK_TEXT(board.told, LONG "({}) " LONG "({}) ");
    CHECK(strstr(board.memory, RESULT("a\\\"\\\\\xc3\xbc"
                                      "b",
                                      "{}") "," RESULT(LONG, "{}")) != NULL);
    calls_free(&board.calls);
}

/* ----------------------------------------------------------------- text */

static void the_last_text_alone(void)
{
    char text[16];
    size_t cap, len;
    int status;

    for (cap = 1; cap <= sizeof text; cap++) {
        test_context("%d bytes", (int)cap);
        board_init(&board, 4096);
        board_answer(&board, SAY("A long introduction.") "," USE_AS("t1", "nothing", "{}"),
                     "tool_use");
        board_answer(&board, SAY("four") "," SAY("\\u00fc!"), "end_turn");
        board_open(&board);
        bedrock_history_add(&board.history, &(struct bedrock_message)BEDROCK_USER("Go"));
        CHECK_INT(bedrock_tool_loop_start(&board.loop, board.calls.client, &board.config), 0);
        len = 0;
        status = bedrock_tool_loop_text(&board.loop, text, cap, &len);
        CHECK_INT(status, cap < 8 ? BEDROCK_E_BUFFER : 0);
        CHECK_BYTES(text, len, "four\xc3\xbc!", cap < 5 ? cap - 1 : cap < 7 ? 4 : cap == 7 ? 6 : 7);
        CHECK_INT(text[len], 0);
        CHECK_INT(board.runs, 1);
        CHECK(strstr(board.memory, "\xc3\xbc!") != NULL); /* the history has all of it */
        CHECK_INT(bedrock_tool_loop_text(&board.loop, text, cap, &len), status);
        board_check(&board);
        calls_free(&board.calls);
    }
    test_context(NULL);
    len = 0;
    CHECK_INT(bedrock_tool_loop_text(&board.loop, text, 0, &len), BEDROCK_E_BUFFER);
}

static void the_text_without_waiting(void)
{
    char text[64];
    size_t len = 0;
    int status, agains = 0;

    board_init(&board, 4096);
    board_answer(&board, SAY("Wait.") "," USE_AS("t1", "nothing", "{}"), "tool_use");
    board_answer(&board, SAY("Here it is."), "end_turn");
    board_open(&board);
    board.calls.fake.port.wait = NULL;
    board.calls.fake.again_every = 2;
    board.calls.fake.read_max = 1;
    bedrock_history_add(&board.history, &(struct bedrock_message)BEDROCK_USER("Go"));
    bedrock_tool_loop_start(&board.loop, board.calls.client, &board.config);
    while ((status = bedrock_tool_loop_text(&board.loop, text, sizeof text, &len)) ==
               BEDROCK_AGAIN &&
           agains < 100000) {
        CHECK_INT(strlen(text), len);
        fake_port_pass(&board.calls.fake, 1);
        agains++;
    }
    CHECK_INT(status, 0);
    CHECK(agains > 100);
    CHECK_TEXT(text, "Here it is.");
    CHECK_INT(len, 11);
    calls_free(&board.calls);
}

int main(void)
{
    RUN(no_tool_is_called);
    RUN(several_tools_in_a_turn);
    RUN(one_loop_after_another);
    RUN(server_tools_are_not_run);
    RUN(what_the_model_is_told);
    RUN(a_call_of_ones_own);
    RUN(an_input_that_is_no_object);
    RUN(long_names_and_odd_ids);
    RUN(the_last_text_alone);
    RUN(the_text_without_waiting);
    return test_finish();
}
