/* SPDX-License-Identifier: MIT */
/* Loops in every size of memory, many loops in the same one, and every fault of the network. */
#include "unit/tools/service.h"

static struct board board;

/* Two rounds of tools and an answer. */
static void script_two_rounds(void)
{
    board_answer(&board,
                 USE_AS("t1", "add", "{\"a\":1,\"b\":2}") "," USE_AS("t2", "long", "{}") "," USE_AS(
                     "t3", "fly", "{}"),
                 "tool_use");
    board_answer(&board, USE_AS("t4", "break", "{}"), "tool_use");
    board_answer(&board, SAY("Done."), "end_turn");
}

/* All of it or nothing: too little memory never makes a history that cannot be sent, and every call
 * that has a result has one that fits. */
static void every_size_of_memory(void)
{
    size_t cap, good = 0, too_long = 0, full = 0;

    for (cap = 100; cap <= 2600; cap += cap < 1900 ? 7 : 50) {
        int status;

        test_context("%d bytes", (int)cap);
        board_init(&board, cap);
        board.config.room = 120;
        board.result_len = 300;
        script_two_rounds();
        board_open(&board);
        status = board_ask(&board, "Go");
        CHECK(status == 0 || status == BEDROCK_E_BUFFER);
        if (status != 0) {
            CHECK_INT(board.history.len, 0);
            CHECK(cap < 1300); /* it would fit, whatever is said of the long result */
            full++;
        } else {
            good++;
            too_long += strstr(board.memory, "was too long.") != NULL;
            CHECK_TEXT(board.text, "||Done.|");
            CHECK_INT(board.runs, 3);
        }
        calls_free(&board.calls);
    }
    test_context(NULL);
    CHECK(full > 20 && good > 20 && too_long > 5 && too_long < good);
}

/* When the results cannot have their room, no tool is run. */
static void nothing_is_done_in_vain(void)
{
    board_init(&board, 700);
    board.config.room = 300;
    script_two_rounds();
    board_open(&board);
    CHECK_INT(board_ask(&board, "Go"), BEDROCK_E_BUFFER);
    CHECK_INT(board.runs, 0);
    CHECK_INT(board.calls.peer.request_count, 1);
    calls_free(&board.calls);
}

/* The memory is the same for ever: old exchanges go, and what is sent keeps the rules. */
static void many_loops_in_one_memory(void)
{
    unsigned i;

    board_init(&board, 2048);
    board.config.room = 400;
    for (i = 0; i < 10; i++) {
        board_answer(&board, SAY("a word") "," USE_AS("t1", "add", "{\"a\":1,\"b\":2}"),
                     "tool_use");
        board_answer(&board, USE_AS("t2", "nothing", "{\"x\":[1,2,3]}"), "tool_use");
        board_answer(&board, SAY("The answer, at some length."), "end_turn");
    }
    board_open(&board);
    for (i = 0; i < 200; i++) {
        char question[64];

        test_context("loop %d", (int)i);
        snprintf(question, sizeof question, "Question %u, of some length, %.*s?", i, (int)(i % 20),
                 "xxxxxxxxxxxxxxxxxxxx");
        if (board.calls.peer.answered == board.scripted || i % 5 == 0) {
            bedrock_client_close(board.calls.client);
            calls_script(&board.calls, board.script, board.scripted);
            board.requests = 0;
        }
        CHECK_INT(board_ask(&board, question), 0);
        CHECK_INT(board.runs, 2);
        CHECK(strstr(board.memory, question) != NULL);
        CHECK(board.history.len > 500); /* not more is dropped than must be */
        if (test_failed()) {
            break;
        }
    }
    test_context(NULL);
    calls_free(&board.calls);
}

/* A loop that needs room drops older exchanges, even behind its own beginning, and when it fails
 * the others are still there. */
static void older_exchanges_make_room(void)
{
    static const char last[] = USER(SAY("2")) "," MODEL(SAY("Two."));

    board_init(&board, 900);
    board.config.room = 200;
    board_answer(&board,
                 SAY("A first answer that is rather long, and will have to go, as it is, "
                     "because it is long, and was the first of all, and it is not needed "
                     "any more, by anybody, as far as anybody can see from here."),
                 "end_turn");
    board_answer(&board, SAY("Two."), "end_turn");
    board_answer(&board, USE_AS("t1", "long", "{}"), "tool_use");
    board_answer(&board, USE_AS("t2", "nothing", "{"), "max_tokens");
    board_open(&board);
    CHECK_INT(board_ask(&board, "1"), 0);
    CHECK_INT(board_ask(&board, "2"), 0);
    board.result_len = 100;
    CHECK(board_ask(&board, "3") < 0);
    CHECK_INT(board.runs, 1);
    CHECK_BYTES(board.memory, board.history.len, last, strlen(last));
    CHECK(strstr(http_peer_body(&board.calls.peer, 3), "xxxxxxxx") != NULL);
    calls_free(&board.calls);
}

/* ------------------------------------------------------------------ faults */

static fake_peer service;

static void hear(struct fake_port *fake, void *ctx, const uint8_t *bytes, size_t len)
{
    if (len == 0) {
        fake_port_clear(fake);
    }
    service(fake, ctx, bytes, len);
}

/* Returns 1 when the loop was over before the fault. */
static int one_fault(unsigned at, int is_waiting)
{
    int status;
    unsigned calls;

    board_init(&board, 4096);
    board.calls.config.max_attempts = 1;
    board.calls.fake.read_max = 60;
    board.calls.fake.write_max = 200;
    if (!is_waiting) {
        board.calls.fake.port.wait = NULL;
    }
    script_two_rounds();
    board_answer(&board, SAY("Done."), "end_turn");
    board_open(&board);
    service = board.calls.fake.peer;
    board.calls.fake.peer = hear;
    fake_port_fail(&board.calls.fake, FAKE_ANY, at, -204, 0);
    status = board_ask(&board, "Go");
    calls = board.calls.fake.calls[FAKE_ANY];
    if (status == 0) {
        /* A connection that was found dead took an answer with it. */
        CHECK(strstr(board.text, "Done.|") != NULL);
        CHECK(board.runs == 3 || board.runs == 2);
    } else {
        CHECK(status == BEDROCK_E_CONNECT || status == BEDROCK_E_READ || status == BEDROCK_E_WRITE);
        CHECK_INT(board.history.len, 0);
        memset(board.calls.fake.fail, 0, sizeof board.calls.fake.fail);
        fake_port_clear(&board.calls.fake);
        calls_script(&board.calls, board.script, board.scripted);
        board.requests = 0;
        CHECK_INT(board_ask(&board, "Again"), 0);
        CHECK_INT(board.runs, 3);
    }
    calls_free(&board.calls);
    return calls < at;
}

static void every_fault(int is_waiting)
{
    unsigned at = 1;

    do {
        test_context("call %d of the port fails", (int)at);
    } while (!one_fault(at++, is_waiting) && !test_failed());
    CHECK(at > 30);
    test_context(NULL);
}

static void a_port_that_fails(void)
{
    every_fault(1);
}

static void a_port_that_fails_and_does_not_wait(void)
{
    every_fault(0);
}

static void never_ready_twice(void)
{
    size_t max;

    for (max = 1; max <= 64; max *= 4) {
        test_context("%d bytes", (int)max);
        board_init(&board, 4096);
        board.calls.fake.port.wait = NULL;
        board.calls.fake.again_every = 2;
        board.calls.fake.read_max = board.calls.fake.write_max = max;
        script_two_rounds();
        board_open(&board);
        CHECK_INT(board_ask(&board, "Go"), 0);
        CHECK_TEXT(board.text, "||Done.|");
        CHECK_INT(board.runs, 3);
        CHECK(board.agains > 30);
        calls_free(&board.calls);
    }
    test_context(NULL);
}

/* What a handler takes is no time of the call's. */
static int run_slowly(void *ctx, const struct bedrock_tool_call *call,
                      struct bedrock_json_writer *result)
{
    struct board *at = ctx;

    (void)result;
    note(ctx, call);
    fake_port_pass(&at->calls.fake, 50000);
    return 0;
}

static void handlers_may_take_their_time(void)
{
    const struct bedrock_tool_handler tools[] = {{{.name = "slow"}, run_slowly}};

    board_init(&board, 4096);
    board.config.tools = tools;
    board.config.tool_count = 1;
    board.calls.config.timeouts = (struct bedrock_timeouts){.total_ms = 5000, .idle_ms = 5000};
    board_answer(&board, USE_AS("t1", "slow", "{}"), "tool_use");
    board_answer(&board, USE_AS("t2", "slow", "{}"), "tool_use");
    board_answer(&board, SAY("So."), "end_turn");
    board_open(&board);
    CHECK_INT(board_ask(&board, "Go"), 0);
    CHECK_INT(board.runs, 2);
    calls_free(&board.calls);
}

int main(void)
{
    RUN(every_size_of_memory);
    RUN(nothing_is_done_in_vain);
    RUN(many_loops_in_one_memory);
    RUN(older_exchanges_make_room);
    RUN(a_port_that_fails);
    RUN(a_port_that_fails_and_does_not_wait);
    RUN(never_ready_twice);
    RUN(handlers_may_take_their_time);
    return test_finish();
}
