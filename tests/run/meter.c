/* SPDX-License-Identifier: MIT */
/*
 * What a program cost. Linked to an example with the linker's --wrap of bedrock_client_init, of
 * bedrock_next, and of the calls that run it from inside the library: the example itself knows
 * nothing of it. The stack below bedrock_next is painted, and looked at afterwards for how deep the
 * paint was scratched, counted from where the program called the library; the port is led through
 * one that counts bytes. Name resolution is the system's, not ours: what it does to the stack is
 * painted over.
 */
#include <bedrock.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define PAINT 0xA5u
#define DEPTH 49152u

int __real_bedrock_client_init(bedrock_client **client, void *memory, size_t size,
                               const struct bedrock_config *config);
int __real_bedrock_next(bedrock_client *client, struct bedrock_event *event);
int __wrap_bedrock_client_init(bedrock_client **client, void *memory, size_t size,
                               const struct bedrock_config *config);
int __wrap_bedrock_next(bedrock_client *client, struct bedrock_event *event);

static const struct bedrock_port *real_port;
static struct bedrock_port port;
static size_t block_size;
static unsigned long sent, received;
static uint32_t start_ms, first_text_ms;
static int started, got_text;

static uintptr_t top;    /* of the stack, where the library is called */
static int nesting;      /* calls into the library that have not come back */
static uintptr_t bottom; /* of the paint */
static size_t deepest;

static __attribute__((noinline)) void paint(void)
{
    volatile unsigned char area[DEPTH];
    size_t i;

    for (i = 0; i < sizeof area; i++) {
        area[i] = PAINT;
    }
    bottom = (uintptr_t)area;
}

static __attribute__((noinline)) void look(void)
{
    const volatile unsigned char *at = (const volatile unsigned char *)bottom;
    size_t depth;

    while ((uintptr_t)at < top && *at == PAINT) {
        at++;
    }
    depth = (size_t)(top - (uintptr_t)at);
    if (depth > deepest && depth < DEPTH) {
        deepest = depth;
    }
}

static int metered_connect(void *ctx, const char *host, uint16_t number, uint32_t wait_ms)
{
    int status;

    look();
    status = real_port->connect(ctx, host, number, wait_ms);
    paint();
    return status;
}

static int metered_read(void *ctx, void *dst, size_t cap, uint32_t wait_ms)
{
    int len = real_port->read(ctx, dst, cap, wait_ms);

    received += len > 0 ? (unsigned long)len : 0;
    return len;
}

static int metered_write(void *ctx, const void *src, size_t size, uint32_t wait_ms)
{
    int len = real_port->write(ctx, src, size, wait_ms);

    sent += len > 0 ? (unsigned long)len : 0;
    return len;
}

static void tell(void)
{
    fprintf(stderr,
            "\ncost: client block %lu bytes, deepest stack %lu bytes, sent %lu bytes, received %lu "
            "bytes",
            (unsigned long)block_size, (unsigned long)deepest, sent, received);
    if (got_text) {
        fprintf(stderr, ", first token after %lu ms", (unsigned long)(first_text_ms - start_ms));
    }
    fputs("\n", stderr);
}

int __wrap_bedrock_client_init(bedrock_client **client, void *memory, size_t size,
                               const struct bedrock_config *config)
{
    struct bedrock_config metered = *config;

    if (block_size == 0) {
        atexit(tell);
    }
    block_size = size;
    if (config->port != NULL) {
        real_port = config->port;
        port = *config->port;
        port.connect = metered_connect;
        port.read = metered_read;
        port.write = metered_write;
        metered.port = &port;
    }
    return __real_bedrock_client_init(client, memory, size, &metered);
}

int __wrap_bedrock_next(bedrock_client *client, struct bedrock_event *event)
{
    int status;

    if (nesting == 0) {
        top = (uintptr_t)&status;
    }
    if (!started) {
        started = 1;
        start_ms = port.now_ms(port.ctx);
    }
    paint();
    status = __real_bedrock_next(client, event);
    look();
    if (status == BEDROCK_EVENT && event->type == BEDROCK_EVENT_TEXT && !got_text) {
        got_text = 1;
        first_text_ms = port.now_ms(port.ctx);
    }
    return status;
}

/* A call that runs bedrock_next() itself: `parameters`, and `arguments` to hand them on. */
#define OUTER(name, parameters, arguments)                                                         \
    int __real_##name parameters;                                                                  \
    int __wrap_##name parameters;                                                                  \
    int __wrap_##name parameters                                                                   \
    {                                                                                              \
        int status;                                                                                \
                                                                                                   \
        if (nesting++ == 0) {                                                                      \
            top = (uintptr_t)&status;                                                              \
        }                                                                                          \
        status = __real_##name arguments;                                                          \
        nesting--;                                                                                 \
        return status;                                                                             \
    }

OUTER(bedrock_text, (bedrock_client * client, char *dst, size_t cap, size_t *len),
      (client, dst, cap, len))
OUTER(bedrock_read,
      (bedrock_client * client, struct bedrock_read *read, void *dst, size_t cap, size_t *len),
      (client, read, dst, cap, len))
OUTER(bedrock_vector, (bedrock_client * client, int32_t *vector, size_t cap, size_t *len),
      (client, vector, cap, len))
OUTER(bedrock_finding_next, (bedrock_client * client, struct bedrock_finding *finding),
      (client, finding))
OUTER(bedrock_async_next, (bedrock_client * client, struct bedrock_async_invoke *job),
      (client, job))
OUTER(bedrock_async_list_next,
      (bedrock_client * client, struct bedrock_async_list *list, struct bedrock_async_invoke *job),
      (client, list, job))
