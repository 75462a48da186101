/* SPDX-License-Identifier: MIT */
/*
 * Arbitrary bytes as a server's answer to Converse and ConverseStream: whole and in pieces they
 * must come to the same events and the same end, within a bounded number of steps. The first four
 * bytes seed the pieces.
 */
#include "bedrock/converse.h"
#include "bedrock/error.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A server that hears a request, says its bytes, and closes. */
struct server {
    const uint8_t *data;
    size_t size;
    size_t off;
    int has_heard;
    uint32_t seed; /* of the pieces; 0: as large as they may be */
    uint32_t now_ms;
};

static uint32_t next_random(struct server *server)
{
    server->seed = server->seed * UINT32_C(1664525) + UINT32_C(1013904223);
    return server->seed >> 24;
}

static int server_connect(void *ctx, const char *host, uint16_t port, uint32_t wait_ms)
{
    struct server *server = ctx;

    (void)host;
    (void)port;
    (void)wait_ms;
    server->off = 0;
    server->has_heard = 0;
    return 0;
}

static int server_read(void *ctx, void *dst, size_t cap, uint32_t wait_ms)
{
    struct server *server = ctx;
    size_t len = server->size - server->off;

    if (!server->has_heard || (server->seed != 0 && next_random(server) < 30)) {
        server->now_ms += wait_ms > 0 ? 1 : 0;
        return BEDROCK_PORT_AGAIN;
    }
    len = len < cap ? len : cap;
    if (server->seed != 0 && len > 1) {
        len = 1 + next_random(server) % (len < 24 ? len : 24);
    }
    memcpy(dst, server->data + server->off, len);
    server->off += len;
    return (int)len;
}

static int server_write(void *ctx, const void *src, size_t len, uint32_t wait_ms)
{
    struct server *server = ctx;

    (void)src;
    (void)wait_ms;
    server->has_heard = 1;
    return (int)len;
}

static void server_close(void *ctx)
{
    (void)ctx;
}

static uint32_t server_now_ms(void *ctx)
{
    const struct server *server = ctx;

    return server->now_ms;
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

/* What is the same however the bytes come. */
struct outcome {
    int status;
    int http_status;
    uint32_t trace;
    char type[64];
    struct bedrock_usage usage;
};

static void check(int ok)
{
    if (!ok) {
        abort();
    }
}

static void add(uint32_t *trace, const void *bytes, size_t len)
{
    const uint8_t *p = bytes;

    while (len-- > 0) {
        *trace = (*trace ^ *p++) * UINT32_C(16777619);
    }
}

static void add_event(struct outcome *outcome, const struct bedrock_event *event, int *last_type)
{
    uint8_t type = (uint8_t)event->type;

    if (*last_type != type || event->text_len == 0) {
        add(&outcome->trace, &type, 1);
    }
    *last_type = type;
    add(&outcome->trace, event->text, event->text_len);
}

static struct outcome call(const uint8_t *data, size_t size, uint32_t seed, int stream)
{
    static uint64_t memory[2048];
    static const struct bedrock_converse request = {.model_id = "m"};
    struct server server = {data, size, 0, 0, seed, 0};
    struct bedrock_port port = {&server,      server_connect, server_read,
                                server_write, server_close,   server_now_ms,
                                server_utc,   server_entropy, server_wait};
    struct outcome outcome;
    struct bedrock_event event;
    bedrock_client *client;
    size_t steps = 0;
    int last_type = -1;

    memset(&outcome, 0, sizeof outcome);
    check(bedrock_client_init_with(
              &client, memory, sizeof memory,
              &(struct bedrock_config){.region = "us-east-1",
                                       .port = &port,
                                       .credentials = BEDROCK_STATIC_CREDENTIALS("i", "s", NULL),
                                       .max_attempts = 2},
              &bedrock_plain) == BEDROCK_OK);
    check((stream ? bedrock_converse_stream : bedrock_converse)(client, &request) == BEDROCK_OK);
    while ((outcome.status = bedrock_next(client, &event)) == BEDROCK_EVENT) {
        add_event(&outcome, &event, &last_type);
        check(++steps < 4 * size + 100);
    }
    check(outcome.status == bedrock_last_error(client)->code);
    outcome.http_status = bedrock_last_error(client)->http_status;
    outcome.usage = *bedrock_last_usage(client);
    strncpy(outcome.type, bedrock_last_error(client)->type, sizeof outcome.type - 1);
    check(strlen(bedrock_last_error(client)->message) < 256);
    return outcome;
}

/* Of an answer that is wrong in two ways either may be found first, and of what stands before the
 * mistake more is told when it comes earlier. */
static void check_equal(const struct outcome *a, const struct outcome *b)
{
    check(a->status == b->status || (a->status < 0 && b->status < 0));
    check(a->http_status == b->http_status);
    check(a->status < 0 || a->trace == b->trace);
    check(a->status < 0 || a->usage.total_tokens == b->usage.total_tokens);
    check(a->http_status == 200 || strcmp(a->type, b->type) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char good[] = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: ";
    static const char *const types[] = {"application/json\r\n\r\n",
                                        "application/vnd.amazon.eventstream\r\n\r\n"};
    static uint8_t answer[70000];
    struct outcome whole, split;
    uint32_t seed;
    int stream;

    if (size < 5 || size > 60000) {
        return 0;
    }
    seed = (uint32_t)data[0] << 24 | (uint32_t)data[1] << 16 | (uint32_t)data[2] << 8 | 1;
    stream = data[3] & 1;
    if (data[3] & 2) { /* the bytes are a body */
        size_t len = sizeof good - 1, type_len = strlen(types[stream]);

        memcpy(answer, good, len);
        memcpy(answer + len, types[stream], type_len);
        memcpy(answer + len + type_len, data + 4, size - 4);
        data = answer;
        size = len + type_len + size - 4;
    } else {
        data += 4;
        size -= 4;
    }
    whole = call(data, size, 0, stream);
    split = call(data, size, seed, stream);
    check_equal(&whole, &split);
    return 0;
}
