/* SPDX-License-Identifier: MIT */
/*
 * A loop, a board with tools, and a service that answers by a script. Every request is held against
 * the rules that the service has for histories.
 */
#ifndef TESTS_UNIT_TOOLS_SERVICE_H
#define TESTS_UNIT_TOOLS_SERVICE_H

#include "bedrock/tools.h"
#include "unit/client/calls.h"

/* ------------------------------------------------------------------- rules */

#define MOST_IDS 16

/* What a turn has: ids of calls, and of results. */
struct turn {
    int is_user;
    unsigned uses, results, blocks;
    char use_ids[MOST_IDS][BEDROCK_ID_SIZE];
    char result_ids[MOST_IDS][BEDROCK_ID_SIZE];
};

enum {
    R_TOOLS = 'o',
    R_TURN = 't',
    R_ROLE = 'r',
    R_BLOCK = 'b',
    R_USE_ID = 'u',
    R_RESULT_ID = 'i'
};

static const char rules_nodes[] = " 0\0"
                                  "o1toolConfig\0"
                                  " 1messages\0"
                                  "t2[]\0"
                                  "r3role\0"
                                  " 3content\0"
                                  "b4[]\0"
                                  " 5toolUse\0"
                                  "u6toolUseId\0"
                                  " 5toolResult\0"
                                  "i6toolUseId\0";

/* A turn is complete: does it follow on the one before? */
static inline void check_turn(const struct turn *before, const struct turn *turn, unsigned index)
{
    unsigned i;

    CHECK_INT(turn->is_user, index % 2 == 0);
    CHECK(turn->blocks > 0);
    CHECK_INT(turn->results, before->uses);
    CHECK(turn->uses == 0 || !turn->is_user);
    for (i = 0; i < turn->results && i < before->uses; i++) {
        CHECK_TEXT(turn->result_ids[i], before->use_ids[i]);
    }
}

/* Joins the pieces of an id; it counts when it is whole. */
static inline void join_id(char (*ids)[BEDROCK_ID_SIZE], unsigned *count,
                           const struct bedrock_json_event *event)
{
    char *dst = ids[*count % MOST_IDS];
    size_t len = strlen(dst);

    CHECK(event->len < BEDROCK_ID_SIZE - len);
    memcpy(dst + len, event->text, event->len < BEDROCK_ID_SIZE - len ? event->len : 0);
    *count += event->last;
}

static inline void take_rule(struct turn *turn, char tag, const struct bedrock_json_event *event)
{
    int begins = event->type == BEDROCK_JSON_OBJECT_BEGIN;

    if (tag == R_ROLE && event->type == BEDROCK_JSON_STRING) {
        turn->is_user = event->len == 4;
    } else if (tag == R_BLOCK && begins) {
        turn->blocks++;
    } else if (tag == R_USE_ID && event->type == BEDROCK_JSON_STRING) {
        join_id(turn->use_ids, &turn->uses, event);
    } else if (tag == R_RESULT_ID && event->type == BEDROCK_JSON_STRING) {
        join_id(turn->result_ids, &turn->results, event);
    }
}

/* The rules: users and assistants take turns, a user begins and is the last; a turn with calls is
 * followed by one with their results; the tools are named. */
static inline void check_rules(const char *body, size_t len)
{
    static struct turn turn, before;
    struct bedrock_json json;
    struct bedrock_json_path path;
    struct bedrock_json_event event;
    unsigned turns = 0;
    int has_tools = 0;
    const char *in = body;

    memset(&before, 0, sizeof before);
    bedrock_json_init(&json);
    bedrock_json_path_init(&path, rules_nodes);
    while (bedrock_json_next(&json, &in, body + len, &event) == BEDROCK_EVENT) {
        char tag = bedrock_json_path_next(&path, &event);

        has_tools |= tag == R_TOOLS;
        if (tag == R_TURN && event.type == BEDROCK_JSON_OBJECT_BEGIN) {
            memset(&turn, 0, sizeof turn);
        } else if (tag == R_TURN && event.type == BEDROCK_JSON_OBJECT_END) {
            check_turn(&before, &turn, turns++);
            before = turn;
        } else {
            take_rule(&turn, tag, &event);
        }
    }
    CHECK_INT(bedrock_json_finish(&json, &event), 0);
    CHECK(has_tools);
    CHECK(turns % 2 == 1);
}

/* ------------------------------------------------------------------- board */

#define GUARD 16

struct board {
    struct calls calls;
    struct bedrock_history history;
    struct bedrock_tool_loop loop;
    struct bedrock_tool_loop_config config;
    char memory[8192 + GUARD];
    char told[1024]; /* what the handlers were asked: "name(input) " */
    char text[1024]; /* what the model said, "|" between answers */
    unsigned runs;
    unsigned cancel_at; /* the so many-th handler cancels */
    size_t result_len;  /* of tool "long" */
    unsigned agains;
    unsigned requests; /* so many have been held against the rules */
    char answers[40][1400];
    struct http_answer script[40];
    unsigned scripted;
};

static inline void note(struct board *board, const struct bedrock_tool_call *call)
{
    size_t len = strlen(board->told);

    CHECK(strlen(call->tool_use_id) > 0);
    snprintf(board->told + len, sizeof board->told - len, "%s(%.*s) ", call->name,
             (int)call->input_len, call->input);
    if (++board->runs == board->cancel_at) {
        bedrock_cancel(board->calls.client);
    }
}

static inline int run_add(void *ctx, const struct bedrock_tool_call *call,
                          struct bedrock_json_writer *result)
{
    int64_t a = 0, b = 0;
    char text[24];

    note(ctx, call);
    if (bedrock_tool_argument(call, "a", text, sizeof text) != 1 ||
        bedrock_json_integer(&a, text, strlen(text)) != 0 ||
        bedrock_tool_argument(call, "b", text, sizeof text) != 1 ||
        bedrock_json_integer(&b, text, strlen(text)) != 0) {
        return bedrock_tool_fail(call, "I need a and b.");
    }
    bedrock_json_put_key(result, "sum");
    return bedrock_json_put_integer(result, a + b);
}

static inline int run_nothing(void *ctx, const struct bedrock_tool_call *call,
                              struct bedrock_json_writer *result)
{
    (void)result;
    note(ctx, call);
    return 0;
}

static inline int run_break(void *ctx, const struct bedrock_tool_call *call,
                            struct bedrock_json_writer *result)
{
    note(ctx, call);
    bedrock_json_put_key(result, "half");
    bedrock_json_begin_array(result);
    return BEDROCK_E_READ;
}

/* Ignores what the writer says. */
static inline int run_long(void *ctx, const struct bedrock_tool_call *call,
                           struct bedrock_json_writer *result)
{
    struct board *board = ctx;
    size_t i;

    note(ctx, call);
    bedrock_json_put_key(result, "long");
    bedrock_json_begin_string(result);
    for (i = 0; i < board->result_len; i++) {
        bedrock_json_put_piece(result, "x", 1);
    }
    bedrock_json_end_string(result);
    return 0;
}

static const struct bedrock_tool_handler board_tools[] = {
    {{.name = "add", .description = "Adds."}, run_add},
    {{.name = "nothing"}, run_nothing},
    {{.name = "break"}, run_break},
    {{.name = "long"}, run_long},
    {{.cache_point = 1}, NULL},
    {{.name = "nova_grounding", .system_tool = 1}, NULL},
};
#define BOARD_TOOLS                                                                                \
    "\"toolConfig\":{\"tools\":[{\"toolSpec\":{\"name\":\"add\",\"description\":\"Adds.\","        \
    "\"inputSchema\":{\"json\":{\"type\":\"object\"}}}},{\"toolSpec\":{\"name\":\"nothing\","      \
    "\"inputSchema\":{\"json\":{\"type\":\"object\"}}}},{\"toolSpec\":{\"name\":\"break\","        \
    "\"inputSchema\":{\"json\":{\"type\":\"object\"}}}},{\"toolSpec\":{\"name\":\"long\","         \
    "\"inputSchema\":{\"json\":{\"type\":\"object\"}}}},{\"cachePoint\":{\"type\":\"default\"}},"  \
    "{\"systemTool\":{\"name\":\"nova_grounding\"}}]}"

/* Answers of the service, as they are said one after the other. */
#define USE_AS(id, tool, input)                                                                    \
    "{\"toolUse\":{\"input\":" input ",\"toolUseId\":\"" id "\",\"name\":\"" tool "\"}}"
#define SAY(words) "{\"text\":\"" words "\"}"

static inline void board_answer(struct board *board, const char *content, const char *stop)
{
    unsigned i = board->scripted++;
    char *dst = board->answers[i];
    size_t cap = sizeof board->answers[i];
    int len = (int)(strlen(content) + strlen(stop)) +
              (int)sizeof("{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[]}},"
                          "\"stopReason\":\"\"}") -
              1;

    len = snprintf(dst, cap,
                   "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
                   "\r\n{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[%s]}},"
                   "\"stopReason\":\"%s\"}",
                   len, content, stop);
    REQUIRE(len > 0 && (size_t)len < cap);
    board->script[i] = (struct http_answer){.text = dst};
}

static inline void board_init(struct board *board, size_t cap)
{
    memset(board, 0, sizeof *board);
    calls_init(&board->calls, NULL, 0);
    memset(board->memory, '#', sizeof board->memory);
    bedrock_history_init(&board->history, board->memory, cap);
    board->config = (struct bedrock_tool_loop_config){
        .request = {.model_id = MODEL_A},
        .history = &board->history,
        .tools = board_tools,
        .tool_count = sizeof board_tools / sizeof board_tools[0],
        .ctx = board,
        .unary = 1,
    };
}

static inline void board_open(struct board *board)
{
    calls_script(&board->calls, board->script, board->scripted);
    CHECK_INT(calls_open(&board->calls), BEDROCK_OK);
}

/* Holds all requests that have come meanwhile against the rules. */
static inline void board_check(struct board *board)
{
    const struct http_peer *peer = &board->calls.peer;
    size_t i;

    for (; board->requests < peer->request_count && board->requests < HTTP_PEER_REQUESTS;
         board->requests++) {
        check_rules(http_peer_body(peer, board->requests),
                    peer->requests[board->requests].body_len);
    }
    for (i = board->history.cap; i < board->history.cap + GUARD; i++) {
        REQUIRE(board->memory[i] == '#');
    }
    CHECK(board->history.open == 0 && board->history.len <= board->history.cap);
    CHECK_INT(board->history.last_add, board->history.len); /* it ends with an answer */
}

static inline void board_take(struct board *board, const struct bedrock_event *event)
{
    size_t len = strlen(board->text);

    if (event->type == BEDROCK_EVENT_TEXT) {
        snprintf(board->text + len, sizeof board->text - len, "%.*s", (int)event->text_len,
                 event->text);
    } else if (event->type == BEDROCK_EVENT_STOP) {
        snprintf(board->text + len, sizeof board->text - len, "|");
    }
}

/* A question, and all that follows. */
static inline int board_ask(struct board *board, const char *question)
{
    struct bedrock_event event;
    int status;

    board->told[0] = board->text[0] = '\0';
    board->runs = board->agains = 0;
    status = bedrock_history_add(&board->history, &(struct bedrock_message)BEDROCK_USER(question));
    if (status != BEDROCK_OK) {
        return status;
    }
    bedrock_tool_loop_start(&board->loop, board->calls.client, &board->config);
    do {
        status = bedrock_tool_loop_next(&board->loop, &event);
        if (status == BEDROCK_EVENT) {
            board_take(board, &event);
        } else if (status == BEDROCK_AGAIN) {
            fake_port_pass(&board->calls.fake, 1);
            board->agains++;
        }
    } while (status == BEDROCK_EVENT || (status == BEDROCK_AGAIN && board->agains < 100000));
    CHECK_INT(bedrock_tool_loop_next(&board->loop, &event), status); /* and so it stays */
    CHECK_INT(bedrock_last_error(board->calls.client)->code, status);
    board_check(board);
    return status;
}

static inline void check_body(const struct board *board, size_t i, const char *messages)
{
    static char want[8192];

    snprintf(want, sizeof want, "{\"messages\":[%s]," BOARD_TOOLS "}", messages);
    REQUIRE(board->calls.peer.request_count > i);
    CHECK_BYTES(http_peer_body(&board->calls.peer, i), board->calls.peer.requests[i].body_len, want,
                strlen(want));
}

#define USER(content)  "{\"role\":\"user\",\"content\":[" content "]}"
#define MODEL(content) "{\"role\":\"assistant\",\"content\":[" content "]}"
#define RESULT(id, json)                                                                           \
    "{\"toolResult\":{\"toolUseId\":\"" id "\",\"content\":[{\"json\":" json "}]}}"
#define FAILURE(id, words)                                                                         \
    "{\"toolResult\":{\"toolUseId\":\"" id "\",\"content\":[{\"text\":\"" words                    \
    "\"}],\"status\":\"error\"}}"

#endif
