/* SPDX-License-Identifier: MIT */
/* However a loop ends, the history is one that can be sent, and the next loop goes well. */
#include "unit/tools/service.h"

static struct board board;

/* A first exchange that stays, whatever comes of the next. */
#define FIRST USER(SAY("First")) "," MODEL(SAY("Kept."))

static void open_with_first(size_t cap)
{
    board_init(&board, cap);
    board_answer(&board, SAY("Kept."), "end_turn");
}

static void ask_first(void)
{
    board_open(&board);
    CHECK_INT(board_ask(&board, "First"), 0);
    CHECK_BYTES(board.memory, board.history.len, FIRST, strlen(FIRST));
}

/* The loop has left no trace, and a new one goes well. */
static void check_back(void)
{
    CHECK_BYTES(board.memory, board.history.len, FIRST, strlen(FIRST));
    fake_port_clear(&board.calls.fake);
    bedrock_client_close(board.calls.client);
    board.scripted = 0;
    board_answer(&board, USE_AS("n1", "add", "{\"a\":1,\"b\":1}"), "tool_use");
    board_answer(&board, SAY("Two."), "end_turn");
    calls_script(&board.calls, board.script, board.scripted);
    board.requests = 0;
    board.cancel_at = 0;
    CHECK_INT(board_ask(&board, "Second"), 0);
    CHECK_TEXT(board.text, "|Two.|");
}

static void rounds_have_a_limit(void)
{
    unsigned limit, i;

    for (limit = 0; limit <= 3; limit++) {
        unsigned rounds = limit > 0 ? limit : 8;

        test_context("limit %d", (int)limit);
        open_with_first(8192);
        board.config.max_rounds = (uint8_t)limit;
        for (i = 0; i <= rounds; i++) {
            board_answer(&board, USE_AS("t", "nothing", "{}"), "tool_use");
        }
        ask_first();
        CHECK_INT(board_ask(&board, "Go"), BEDROCK_E_TOOL_ROUNDS);
        CHECK_INT(board.runs, rounds);
        check_back();
        calls_free(&board.calls);
    }
    test_context(NULL);
}

/* Answers after which nothing can go on. */
static void answers_that_end_it(void)
{
    static const struct {
        const char *content, *stop;
        int status;
        int is_kept;
    } cases[] = {
        {SAY("x"), "end_turn", 0, 1},
        {SAY("x"), "max_tokens", 0, 1},
        {SAY("x"), "stop_sequence", 0, 1},
        {SAY("x"), "guardrail_intervened", 0, 1},
        {SAY("x"), "went_for_a_walk", 0, 1},
        {"", "end_turn", 0, 0},
        {SAY(" "), "end_turn", 0, 0},
        {SAY("x") "," USE_AS("t", "nothing", "{}"), "max_tokens", BEDROCK_E_ANSWER_INCOMPLETE, 0},
        {USE_AS("t", "nothing", "{}"), "malformed_tool_use", BEDROCK_E_ANSWER_INCOMPLETE, 0},
        {USE_AS("t", "nothing", "{}"), "end_turn", BEDROCK_E_ANSWER_INCOMPLETE, 0},
        {USE_AS("", "nothing", "{}"), "tool_use", BEDROCK_E_JSON_SHAPE, 0},
        {USE_AS("t", "", "{}"), "tool_use", BEDROCK_E_JSON_SHAPE, 0},
        {SAY("x"), "tool_use", BEDROCK_E_JSON_SHAPE, 0},
        {"", "tool_use", BEDROCK_E_JSON_SHAPE, 0},
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int round;

        for (round = 0; round < 2; round++) {
            test_context("case %d in round %d", (int)i, round);
            open_with_first(8192);
            if (round > 0) {
                board_answer(&board, USE_AS("t0", "nothing", "{}"), "tool_use");
            }
            board_answer(&board, cases[i].content, cases[i].stop);
            ask_first();
            CHECK_INT(board_ask(&board, "Go"), cases[i].status);
            CHECK_INT(board.runs, round);
            if (cases[i].is_kept) {
                CHECK(board.history.len > strlen(FIRST));
            } else {
                check_back();
            }
            calls_free(&board.calls);
        }
    }
    test_context(NULL);
}

static void errors_of_the_service(void)
{
    open_with_first(8192);
    board_answer(&board, USE_AS("t0", "nothing", "{}"), "tool_use");
    board.script[board.scripted++] =
        (struct http_answer){.text = FAILED_AS("403 No", "AccessDeniedException", "")};
    ask_first();
    CHECK_INT(board_ask(&board, "Go"), BEDROCK_E_ACCESS_DENIED);
    CHECK_INT(bedrock_last_error(board.calls.client)->http_status, 403);
    check_back();
    calls_free(&board.calls);
}

/* A failure that is tried again is nothing that the loop sees; the tools are not run twice. */
static void retries(void)
{
    open_with_first(8192);
    board_answer(&board, USE_AS("t0", "nothing", "{}"), "tool_use");
    board.script[board.scripted++] = (struct http_answer){.text = BUSY};
    board_answer(&board, SAY("x"), "end_turn");
    ask_first();
    CHECK_INT(board_ask(&board, "Go"), 0);
    CHECK_INT(board.runs, 1);
    CHECK_INT(board.calls.peer.request_count, 4);
    CHECK_BYTES(http_peer_body(&board.calls.peer, 2), board.calls.peer.requests[2].body_len,
                http_peer_body(&board.calls.peer, 3), board.calls.peer.requests[3].body_len);
    calls_free(&board.calls);
}

/* ------------------------------------------------------------------ cancel */

static void a_handler_cancels(void)
{
    unsigned at;

    for (at = 1; at <= 4; at++) {
        test_context("handler %d", (int)at);
        open_with_first(8192);
        board_answer(&board, USE_AS("t0", "nothing", "{}") "," USE_AS("t1", "nothing", "{}"),
                     "tool_use");
        board_answer(&board, USE_AS("t2", "nothing", "{}") "," USE_AS("t3", "nothing", "{}"),
                     "tool_use");
        ask_first();
        board.cancel_at = at;
        CHECK_INT(board_ask(&board, "Go"), BEDROCK_E_CANCELLED);
        CHECK_INT(board.runs, at); /* the others are not run */
        CHECK_INT(board.calls.peer.request_count, at <= 2 ? 2 : 3);
        check_back();
        calls_free(&board.calls);
    }
    test_context(NULL);
}

static void cancel_at_every_event(void)
{
    unsigned at, seen;
    int status;

    for (at = 1; at < 40; at++) {
        struct bedrock_event event;

        test_context("event %d", (int)at);
        open_with_first(8192);
        board_answer(&board, SAY("y") "," USE_AS("t0", "nothing", "{}"), "tool_use");
        board_answer(&board, SAY("x"), "end_turn");
        ask_first();
        bedrock_history_add(&board.history, &(struct bedrock_message)BEDROCK_USER("Go"));
        bedrock_tool_loop_start(&board.loop, board.calls.client, &board.config);
        for (seen = 1; (status = bedrock_tool_loop_next(&board.loop, &event)) == 1; seen++) {
            if (seen == at) {
                bedrock_cancel(board.calls.client);
            }
        }
        board_check(&board);
        if (status == 0) {
            CHECK(seen <= at && at > 10);
            calls_free(&board.calls);
            break;
        }
        CHECK_INT(status, BEDROCK_E_CANCELLED);
        CHECK_INT(seen, at + 1);
        check_back();
        calls_free(&board.calls);
    }
    test_context(NULL);
    CHECK(at < 40);
}

/* ------------------------------------------------------------------- start */

static int start_with(const struct bedrock_tool_loop_config *config)
{
    struct bedrock_event event;
    int status;

    bedrock_history_rollback(&board.history);
    CHECK_INT(bedrock_history_add(&board.history, &(struct bedrock_message)BEDROCK_USER("Go")), 0);
    status = bedrock_tool_loop_start(&board.loop, board.calls.client, config);
    CHECK_INT(bedrock_tool_loop_next(&board.loop, &event), status);
    CHECK_INT(bedrock_last_error(board.calls.client)->code, status);
    CHECK_INT(bedrock_next(board.calls.client, &event), status);
    return status;
}

static void what_cannot_be_started(void)
{
    const struct bedrock_tool_handler no_function[] = {{{.name = "t"}, NULL}};
    const struct bedrock_tool_handler no_name[] = {{{.description = "t"}, run_nothing}};
    struct bedrock_tool_loop_config config;
    size_t i;

    open_with_first(1024);
    ask_first();
    for (i = 0; i < 9; i++) {
        test_context("case %d", (int)i);
        config = board.config;
        switch (i) {
        case 0:
            config.tools = NULL;
            break;
        case 1:
            config.tool_count = 0;
            break;
        case 2:
            config.tools = no_function;
            config.tool_count = 1;
            break;
        case 3:
            config.tools = no_name;
            config.tool_count = 1;
            break;
        case 4:
            config.request.messages.items = hello;
            config.request.messages.count = 1;
            break;
        case 5:
            config.request.tool_config = BEDROCK_TOOL_CONFIG(.choice = "any");
            break;
        case 6:
            config.request.history = &board.history;
            break;
        case 7:
            config.request.model_id = "";
            break;
        default:
            config.room = 1024;
            break;
        }
        CHECK_INT(start_with(&config), i < 8 ? BEDROCK_E_ARGUMENT : BEDROCK_E_BUFFER);
        CHECK_BYTES(board.memory, board.history.len, FIRST, strlen(FIRST)); /* rolled back */
    }
    test_context(NULL);
    config = board.config;
    config.history = NULL;
    CHECK_INT(bedrock_tool_loop_start(&board.loop, board.calls.client, &config),
              BEDROCK_E_ARGUMENT);
    /* It ends with an answer. */
    CHECK_INT(bedrock_tool_loop_start(&board.loop, board.calls.client, &board.config),
              BEDROCK_E_ARGUMENT);
    CHECK_BYTES(board.memory, board.history.len, FIRST, strlen(FIRST));
    check_back();
    calls_free(&board.calls);
}

/* Another call is in progress, perhaps with this history: nothing is touched. */
static void not_while_another_call(void)
{
    struct bedrock_event event;
    struct bedrock_converse request;
    struct bedrock_tool_loop loop;

    open_with_first(1024);
    ask_first();
    board_answer(&board, SAY("x"), "end_turn");
    calls_script(&board.calls, board.script + 1, 1);
    bedrock_history_add(&board.history, &(struct bedrock_message)BEDROCK_USER("Go"));
    request = (struct bedrock_converse){.model_id = "m", .history = &board.history};
    CHECK_INT(bedrock_converse(board.calls.client, &request), 0);
    CHECK_INT(bedrock_tool_loop_start(&loop, board.calls.client, &board.config), BEDROCK_E_STATE);
    CHECK_INT(bedrock_tool_loop_next(&loop, &event), BEDROCK_E_STATE);
    while (bedrock_next(board.calls.client, &event) > 0) {
        CHECK_INT(bedrock_history_event(&board.history, &event), 0);
        CHECK_INT(bedrock_tool_loop_start(&loop, board.calls.client, &board.config),
                  BEDROCK_E_STATE);
    }
    CHECK_INT(bedrock_last_error(board.calls.client)->code, 0);
    CHECK(board.history.len > strlen(FIRST) && board.history.last_add == board.history.len);
    calls_free(&board.calls);
}

static void without_a_client(void)
{
    struct bedrock_event event;

    board_init(&board, 1024);
    bedrock_history_add(&board.history, &(struct bedrock_message)BEDROCK_USER("Go"));
    CHECK_INT(bedrock_tool_loop_start(&board.loop, NULL, &board.config), BEDROCK_E_BUFFER);
    CHECK_INT(bedrock_tool_loop_next(&board.loop, &event), BEDROCK_E_BUFFER);
    CHECK_INT(board.history.len, 0);
    fake_port_free(&board.calls.fake);
}

int main(void)
{
    RUN(rounds_have_a_limit);
    RUN(answers_that_end_it);
    RUN(errors_of_the_service);
    RUN(retries);
    RUN(a_handler_cancels);
    RUN(cancel_at_every_event);
    RUN(what_cannot_be_started);
    RUN(not_while_another_call);
    RUN(without_a_client);
    return test_finish();
}
