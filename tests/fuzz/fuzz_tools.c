/* SPDX-License-Identifier: MIT */
/*
 * A loop of tools, with a model, handlers and a memory that do whatever the input says. Every
 * request keeps the rules that the service has for calls and results; however the loop ends, the
 * history is one that can be sent, and never a byte is written outside of it. The first byte is the
 * memory's size, the second the room; then each byte is a choice. The input is also read as the
 * input of a tool.
 */
#include "bedrock/error.h"
#include "bedrock/tools.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FENCE 8

static const uint8_t *at, *end;
static char memory[2048 + FENCE];
static struct bedrock_history history;

static void require(int ok)
{
    if (!ok) {
        abort();
    }
}

static uint8_t next_byte(void)
{
    return at < end ? *at++ : 0;
}

/* ------------------------------------------------------------------- rules */

#define MOST 32

struct ids {
    unsigned count;
    char text[MOST][80];
};

enum { TURN = 't', USE_ID = 'u', RESULT_ID = 'r' };

static const char nodes[] = " 0\0"
                            " 1messages\0"
                            "t2[]\0"
                            " 3content\0"
                            " 4[]\0"
                            " 5toolUse\0"
                            "u6toolUseId\0"
                            " 5toolResult\0"
                            "r6toolUseId\0";

static void join(struct ids *ids, const struct bedrock_json_event *event)
{
    char *dst = ids->text[ids->count % MOST];
    size_t len = strlen(dst);

    require(ids->count < MOST && len + event->len < sizeof ids->text[0]);
    memcpy(dst + len, event->text, event->len);
    ids->count += event->last;
}

static void check_turn(const struct ids *before, const struct ids *results)
{
    unsigned i;

    require(results->count == before->count);
    for (i = 0; i < results->count; i++) {
        require(strcmp(before->text[i], results->text[i]) == 0);
    }
}

/* A call without a result in the very next turn, or a result without its call, is refused. */
static void check_rules(const char *text, size_t len)
{
    static struct ids before, uses, results;
    struct bedrock_json json;
    struct bedrock_json_path path;
    struct bedrock_json_event event;
    const char *in = text;

    memset(&before, 0, sizeof before);
    bedrock_json_init(&json);
    bedrock_json_path_init(&path, nodes);
    while (bedrock_json_next(&json, &in, text + len, &event) == BEDROCK_EVENT) {
        char tag = bedrock_json_path_next(&path, &event);

        if (tag == TURN && event.type == BEDROCK_JSON_OBJECT_BEGIN) {
            memset(&uses, 0, sizeof uses);
            memset(&results, 0, sizeof results);
        } else if (tag == TURN && event.type == BEDROCK_JSON_OBJECT_END) {
            check_turn(&before, &results);
            before = uses;
        } else if (tag == USE_ID && event.type == BEDROCK_JSON_STRING) {
            join(&uses, &event);
        } else if (tag == RESULT_ID && event.type == BEDROCK_JSON_STRING) {
            join(&results, &event);
        }
    }
    require(bedrock_json_finish(&json, &event) == BEDROCK_OK);
    require(before.count == 0); /* the last turn waits for nothing */
}

static void check_history(void)
{
    char text[sizeof memory + 32];

    require(memcmp(memory + history.cap, "########", FENCE) == 0);
    require(history.open == 0 && history.len <= history.cap && history.last_add == history.len);
    memcpy(text, "{\"messages\":[", 13);
    memcpy(text + 13, memory, history.len);
    memcpy(text + 13 + history.len, "]}", 2);
    check_rules(text, history.len + 15);
    require(history.len == 0 || strncmp(memory, "{\"role\":\"user\"", 14) == 0);
}

/* ------------------------------------------------------------------- model */

struct server {
    char request[8192];
    size_t request_len;
    char answer[8192];
    size_t answer_len;
    size_t off;
    uint32_t now_ms;
    unsigned answers;
};

static const char *const inputs[] = {"{}",           "{\"a\":1}",          "{\"a\":\"\\u00fcx\"}",
                                     "[1]",          "{\"a\":{\"b\":[]}}", "\"x\"",
                                     "{\"a\":null}", "{ \"a\" : true }"};
static const char *const names[] = {"do", "fail", "none", "d\\u006f", ""};
static const char *const stops[] = {"tool_use", "end_turn", "max_tokens", "other"};

static size_t put_block(char *dst, size_t cap, uint8_t what, unsigned number)
{
    const char *name = names[(what >> 4) % 5];

    if ((what & 3) == 0) {
        return (size_t)snprintf(dst, cap, "{\"text\":\"some words %u\"}", number);
    }
    if ((what & 3) == 1) {
        return (size_t)snprintf(dst, cap,
                                "{\"reasoningContent\":{\"reasoningText\":{\"text\":\"hm\","
                                "\"signature\":\"c2ln\"}}}");
    }
    return (size_t)snprintf(dst, cap,
                            "{\"toolUse\":{\"input\":%s,\"toolUseId\":\"%s%u\",\"name\":\"%s\"%s}}",
                            inputs[what >> 2 & 7], what & 128 ? "\\\"id\\u00fc" : "id", number,
                            name, what == 255 ? ",\"type\":\"server_tool_use\"" : "");
}

/* The next answer: a reply of up to seven blocks, or now and then some bytes. */
static void make_answer(struct server *server)
{
    uint8_t what = next_byte();
    unsigned blocks = what & 7, i;
    char body[6000];
    size_t len = 0;

    len += (size_t)snprintf(body, sizeof body, "{\"output\":{\"message\":{\"content\":[");
    for (i = 0; i < blocks; i++) {
        len += (size_t)snprintf(body + len, sizeof body - len, "%s", i > 0 ? "," : "");
        len += put_block(body + len, sizeof body - len, next_byte(), i);
    }
    len += (size_t)snprintf(body + len, sizeof body - len, "]}},\"stopReason\":\"%s\"}",
                            stops[what >> 3 & 3]);
    if (what >= 240) {
        len = next_byte() % len; /* it breaks off */
    }
    server->answer_len = (size_t)snprintf(
        server->answer, sizeof server->answer,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %u\r\n\r\n%.*s",
        (unsigned)len, (int)len, body);
    server->off = 0;
    server->answers++;
}

static void hear(struct server *server)
{
    char *body;

    server->request[server->request_len] = '\0';
    body = strstr(server->request, "\r\n\r\n");
    require(body != NULL);
    check_rules(body + 4, strlen(body + 4));
    require(strstr(body, "\"toolConfig\"") != NULL);
    server->request_len = 0;
    make_answer(server);
}

static int server_connect(void *ctx, const char *host, uint16_t port, uint32_t wait_ms)
{
    struct server *server = ctx;

    (void)host;
    (void)port;
    (void)wait_ms;
    server->request_len = server->answer_len = server->off = 0;
    return 0;
}

static int server_read(void *ctx, void *dst, size_t cap, uint32_t wait_ms)
{
    struct server *server = ctx;
    size_t len;

    server->now_ms += wait_ms > 0;
    if (server->request_len > 0) {
        hear(server);
    }
    len = server->answer_len - server->off;
    if (len == 0) {
        return BEDROCK_PORT_AGAIN;
    }
    len = len < cap ? len : cap;
    memcpy(dst, server->answer + server->off, len);
    server->off += len;
    return (int)len;
}

static int server_write(void *ctx, const void *src, size_t len, uint32_t wait_ms)
{
    struct server *server = ctx;

    (void)wait_ms;
    require(len < sizeof server->request - server->request_len);
    memcpy(server->request + server->request_len, src, len);
    server->request_len += len;
    return (int)len;
}

static void server_close(void *ctx)
{
    (void)ctx;
}

static uint32_t server_now_ms(void *ctx)
{
    struct server *server = ctx;

    return server->now_ms++;
}

static int server_utc(void *ctx, int64_t *unix_s)
{
    (void)ctx;
    *unix_s = 1736944496;
    return 0;
}

static int server_entropy(void *ctx, void *dst, size_t len)
{
    (void)ctx;
    memset(dst, 0, len);
    return 0;
}

static void server_wait(void *ctx, uint32_t ms)
{
    struct server *server = ctx;

    server->now_ms += ms;
}

/* ---------------------------------------------------------------- handlers */

static void put_something(struct bedrock_json_writer *result, uint8_t what)
{
    /* 64 bytes: as many as a number of six bits can ask for. */
    static const char words[64] =
        "some text that is neither long nor short, with \xc3\xbc in it, so";

    switch (what & 15) {
    case 0:
        bedrock_json_put_key(result, "k");
        break;
    case 1:
        bedrock_json_put_integer(result, what);
        break;
    case 2:
        bedrock_json_begin_object(result);
        break;
    case 3:
        bedrock_json_end_object(result);
        break;
    case 4:
        bedrock_json_begin_array(result);
        break;
    case 5:
        bedrock_json_end_array(result);
        break;
    case 6:
        bedrock_json_put_string(result, words, what >> 2);
        break;
    case 7:
        bedrock_json_put_raw(result, "{\"r\":[1]}", 9);
        break;
    case 8:
        bedrock_json_begin_string(result);
        break;
    case 9:
        bedrock_json_put_piece(result, words, what >> 2);
        break;
    case 10:
        bedrock_json_end_string(result);
        break;
    default:
        bedrock_json_put_key(result, "words");
        bedrock_json_put_text(result, words);
        break;
    }
}

static int handle(void *ctx, const struct bedrock_tool_call *call,
                  struct bedrock_json_writer *result)
{
    uint8_t what = next_byte();
    unsigned steps = what & 15;
    char value[16];

    require(call->input_len > 0 && call->input[0] == '{');
    require(call->input >= memory && call->input + call->input_len <= memory + history.len);
    require(bedrock_tool_argument(call, "a", value, sizeof value) != BEDROCK_E_JSON);
    while (steps-- > 0) {
        put_something(result, next_byte());
    }
    if (what & 16) {
        bedrock_tool_fail(call, what & 32 ? "because \xc3\xbc" : what & 64 ? "" : "\xff");
    }
    if (what & 128) {
        put_something(result, next_byte());
    }
    if (what == 255) {
        bedrock_cancel(ctx);
    }
    return what & 32 ? -1 : 0;
}

static const struct bedrock_tool_handler tools[] = {
    {{.name = "do"}, handle},
    {{.name = "fail"}, handle},
    {{.cache_point = 1}, NULL},
};

static void run_loops(void)
{
    static uint64_t client_memory[2048];
    static struct server server;
    static struct bedrock_tool_loop loop;
    struct bedrock_port port = {&server,      server_connect, server_read,
                                server_write, server_close,   server_now_ms,
                                server_utc,   server_entropy, server_wait};
    struct bedrock_event event;
    bedrock_client *client;
    unsigned questions;
    int status;

    memset(&server, 0, sizeof server);
    memset(memory, '#', sizeof memory);
    bedrock_history_init(&history, memory, (size_t)next_byte() * 8);
    require(bedrock_client_init_with(&client, client_memory, sizeof client_memory,
                                     &(struct bedrock_config){.region = "us-east-1",
                                                              .port = &port,
                                                              .credentials = BEDROCK_API_KEY("key"),
                                                              .max_attempts = 1},
                                     &bedrock_plain) == BEDROCK_OK);
    for (questions = 0; questions < 4 && at < end; questions++) {
        size_t room = (size_t)next_byte() * 2;

        if (bedrock_history_add(&history, &(struct bedrock_message)BEDROCK_USER("q")) != 0) {
            continue;
        }
        bedrock_tool_loop_start(&loop, client,
                                &(struct bedrock_tool_loop_config){.request = {.model_id = "m"},
                                                                   .history = &history,
                                                                   .tools = tools,
                                                                   .tool_count = 3,
                                                                   .ctx = client,
                                                                   .room = room,
                                                                   .max_rounds = 3,
                                                                   .unary = 1});
        do {
            status = bedrock_tool_loop_next(&loop, &event);
        } while (status == BEDROCK_EVENT || status == BEDROCK_AGAIN);
        require(status == bedrock_last_error(client)->code);
        require(server.answers <= 4 * (questions + 1));
        check_history();
    }
}

/* The argument is found in every size of buffer, or in none. */
static void read_argument(const uint8_t *data, size_t size)
{
    struct bedrock_tool_call call = {.input = (const char *)data, .input_len = size};
    char whole[64], part[64];
    int status = bedrock_tool_argument(&call, "a", whole, sizeof whole);
    size_t len = strlen(whole), cap;

    require(status == 1 || whole[0] == '\0');
    for (cap = 1; status == 1 && cap <= len + 1; cap++) {
        int other = bedrock_tool_argument(&call, "a", part, cap);

        require(other == (cap > len ? 1 : BEDROCK_E_FIELD_SIZE));
        require(cap <= len || strcmp(whole, part) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    at = data;
    end = data + size;
    run_loops();
    read_argument(data, size);
    return 0;
}
