/* SPDX-License-Identifier: MIT */
/* The program that the budgets speak of: a streamed text Converse, signed with fixed keys, over a
 * port that a board would have to fill in. What it does is of no interest here; what it links is.
 */
#ifndef TESTS_BUDGET_DEVICE_H
#define TESTS_BUDGET_DEVICE_H

#include "bedrock/converse.h"

static int port_connect(void *ctx, const char *host, uint16_t port, uint32_t wait_ms)
{
    (void)ctx;
    (void)host;
    (void)port;
    return (int)wait_ms;
}

static int port_read(void *ctx, void *dst, size_t cap, uint32_t wait_ms)
{
    (void)ctx;
    (void)dst;
    (void)wait_ms;
    return (int)cap;
}

static int port_write(void *ctx, const void *src, size_t len, uint32_t wait_ms)
{
    (void)ctx;
    (void)src;
    (void)wait_ms;
    return (int)len;
}

static void port_close(void *ctx)
{
    (void)ctx;
}

static uint32_t port_now_ms(void *ctx)
{
    (void)ctx;
    return 0;
}

static int port_utc(void *ctx, int64_t *unix_s)
{
    (void)ctx;
    *unix_s = 1736944496;
    return 0;
}

static int port_entropy(void *ctx, void *dst, size_t len)
{
    (void)ctx;
    (void)dst;
    return (int)len;
}

static const struct bedrock_port device_port = {
    NULL,        port_connect, port_read,    port_write, port_close,
    port_now_ms, port_utc,     port_entropy, NULL,
};

static unsigned char memory[BEDROCK_MEMORY];
static volatile unsigned char uart;

static bedrock_client *device_client(const struct bedrock_transport_class *transport)
{
    bedrock_client *client;

    bedrock_client_init_with(&client, memory, sizeof memory,
                             &(struct bedrock_config){
                                 .region = "us-east-1",
                                 .port = &device_port,
                                 .credentials = BEDROCK_STATIC_CREDENTIALS("id", "secret", NULL),
                             },
                             transport);
    return client;
}

static inline int hear(bedrock_client *client)
{
    struct bedrock_event event;
    size_t i;

    while (bedrock_next(client, &event) > 0) {
        for (i = 0; event.type == BEDROCK_EVENT_TEXT && i < event.text_len; i++) {
            uart = (unsigned char)event.text[i];
        }
    }
    return bedrock_last_error(client)->code;
}

static inline int talk(const struct bedrock_transport_class *transport)
{
    bedrock_client *client = device_client(transport);

    bedrock_converse_stream(client,
                            &(struct bedrock_converse){
                                .model_id = "us.anthropic.claude-haiku-4-5-20251001-v1:0",
                                .messages = BEDROCK_MESSAGES(BEDROCK_USER("Why is the sky blue?")),
                            });
    return hear(client);
}

#endif
