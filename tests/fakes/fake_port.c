/* SPDX-License-Identifier: MIT */
/* See fake_port.h. */
#include "fakes/fake_port.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* The clock starts four seconds before it wraps, so that every test crosses that point. */
#define START_MS UINT32_C(0xFFFFF060)

#define START_UTC_S INT64_C(1736944496)

enum item_kind { ITEM_BYTES, ITEM_CLOSE, ITEM_BREAK };

struct fake_item {
    struct fake_item *next;
    enum item_kind kind;
    uint64_t at_ms;
    int code;   /* of a break */
    size_t off; /* bytes that have been read */
    size_t len;
    uint8_t bytes[1];
};

enum state { STATE_CLOSED, STATE_CONNECTING, STATE_CONNECTED };

static void *must(void *memory)
{
    if (memory == NULL) {
        abort();
    }
    return memory;
}

static void note_misuse(struct fake_port *fake, int is_wrong, const char *what)
{
    if (is_wrong && fake->misuse == NULL) {
        fake->misuse = what;
    }
}

/* ---- The queue ---- */

static struct fake_item *push(struct fake_port *fake, enum item_kind kind, size_t len)
{
    struct fake_item *item = must(calloc(1, sizeof *item + len));

    item->kind = kind;
    item->len = len;
    item->at_ms = fake->queue_at_ms;
    *fake->last = item;
    fake->last = &item->next;
    return item;
}

static void pop(struct fake_port *fake)
{
    struct fake_item *item = fake->first;

    fake->first = item->next;
    if (fake->first == NULL) {
        fake->last = &fake->first;
    }
    free(item);
}

void fake_port_reply(struct fake_port *fake, const void *bytes, size_t len)
{
    if (len > 0) {
        memcpy(push(fake, ITEM_BYTES, len)->bytes, bytes, len);
    }
}

void fake_port_reply_text(struct fake_port *fake, const char *text)
{
    fake_port_reply(fake, text, strlen(text));
}

void fake_port_delay(struct fake_port *fake, uint32_t ms)
{
    if (fake->queue_at_ms < fake->elapsed_ms) {
        fake->queue_at_ms = fake->elapsed_ms;
    }
    fake->queue_at_ms += ms;
}

void fake_port_close(struct fake_port *fake)
{
    push(fake, ITEM_CLOSE, 0);
}

void fake_port_break(struct fake_port *fake, int code)
{
    push(fake, ITEM_BREAK, 0)->code = code;
}

void fake_port_clear(struct fake_port *fake)
{
    while (fake->first != NULL) {
        pop(fake);
    }
    fake->queue_at_ms = 0;
}

size_t fake_port_unread(const struct fake_port *fake)
{
    const struct fake_item *item;
    size_t len = 0;

    for (item = fake->first; item != NULL; item = item->next) {
        len += item->len - item->off;
    }
    return len;
}

/* ---- Time and faults ---- */

void fake_port_pass(struct fake_port *fake, uint32_t ms)
{
    fake->elapsed_ms += ms;
}

/* Nothing moves: the whole of wait_ms passes. */
static int again(struct fake_port *fake, uint32_t wait_ms)
{
    fake_port_pass(fake, wait_ms > 0 ? wait_ms : fake->again_ms);
    return BEDROCK_PORT_AGAIN;
}

/* Waits until at_ms if that is allowed. \return whether the moment has come. */
static int wait_until(struct fake_port *fake, uint64_t at_ms, uint32_t wait_ms)
{
    if (at_ms > fake->elapsed_ms + wait_ms) {
        return 0;
    }
    if (at_ms > fake->elapsed_ms) {
        fake->elapsed_ms = at_ms;
    }
    return 1;
}

void fake_port_fail(struct fake_port *fake, enum fake_call kind, unsigned at, int code,
                    int for_ever)
{
    fake->fail[kind].at = fake->calls[kind] + at;
    fake->fail[kind].code = code;
    fake->fail[kind].for_ever = for_ever;
}

static int is_failing(const struct fake_port *fake, enum fake_call kind)
{
    const struct fake_failure *fail = &fake->fail[kind];
    unsigned call = fake->calls[kind];

    return fail->at != 0 && (call == fail->at || (fail->for_ever && call > fail->at));
}

/* What every call does first: it is counted, and may fail or be told to come again. \return 0 to go
 * on, or a code. */
static int enter(struct fake_port *fake, enum fake_call kind, uint32_t wait_ms)
{
    fake->calls[kind]++;
    fake->calls[FAKE_ANY]++;
    note_misuse(fake, wait_ms > 0 && fake->port.wait == NULL,
                "a port that does not wait was asked to");
    if (is_failing(fake, kind)) {
        return fake->fail[kind].code;
    }
    if (is_failing(fake, FAKE_ANY)) {
        return fake->fail[FAKE_ANY].code;
    }
    if (fake->again_every != 0 && ++fake->until_again >= fake->again_every) {
        fake->until_again = 0;
        return again(fake, 0);
    }
    return 0;
}

/* ---- The functions of the port ---- */

static void note_host(struct fake_port *fake, const char *host, uint16_t port)
{
    size_t len = strlen(host);
    int is_same = strcmp(fake->host, host) == 0 && fake->host_port == port;

    note_misuse(fake, fake->state == STATE_CONNECTED, "connect while there is a connection");
    note_misuse(fake, fake->state == STATE_CONNECTING && !is_same,
                "connect went on with another host or port");
    note_misuse(fake, len == 0, "connect without a host");
    len = len < sizeof fake->host ? len : sizeof fake->host - 1;
    memcpy(fake->host, host, len);
    fake->host[len] = '\0';
    fake->host_port = port;
}

static int fake_connect(void *ctx, const char *host, uint16_t port, uint32_t wait_ms)
{
    struct fake_port *fake = ctx;
    int code;

    note_host(fake, host, port);
    if (fake->state != STATE_CONNECTING) {
        fake->state = STATE_CONNECTING;
        fake->connect_at_ms = fake->elapsed_ms + fake->connect_ms;
    }
    code = enter(fake, FAKE_CONNECT, wait_ms);
    if (code == BEDROCK_PORT_AGAIN) {
        return code;
    }
    if (code != 0) {
        fake->state = STATE_CLOSED;
        return code;
    }
    if (!wait_until(fake, fake->connect_at_ms, wait_ms)) {
        return again(fake, wait_ms);
    }
    fake->state = STATE_CONNECTED;
    fake->connects++;
    fake->connection_off = fake->written_len;
    if (fake->peer != NULL) {
        fake->peer(fake, fake->peer_ctx, NULL, 0);
    }
    return 0;
}

/* A limit of 0 is none but that of the int that is returned. */
static size_t limited(size_t len, size_t limit)
{
    len = len < INT_MAX ? len : INT_MAX;
    return limit != 0 && limit < len ? limit : len;
}

static int take_bytes(struct fake_port *fake, uint8_t *dst, size_t cap)
{
    struct fake_item *item = fake->first;
    size_t len = limited(cap, fake->read_max);

    len = limited(len, item->len - item->off);
    memcpy(dst, item->bytes + item->off, len);
    item->off += len;
    fake->read_len += len;
    if (item->off == item->len) {
        pop(fake);
    }
    return (int)len;
}

static int fake_read(void *ctx, void *dst, size_t cap, uint32_t wait_ms)
{
    struct fake_port *fake = ctx;
    int code;

    note_misuse(fake, fake->state != STATE_CONNECTED, "read without a connection");
    note_misuse(fake, cap == 0, "read of nothing");
    code = enter(fake, FAKE_READ, wait_ms);
    if (code != 0) {
        return code;
    }
    if (fake->state != STATE_CONNECTED || cap == 0) {
        return BEDROCK_PORT_FAILED;
    }
    if (fake->first == NULL || !wait_until(fake, fake->first->at_ms, wait_ms)) {
        return again(fake, wait_ms);
    }
    switch (fake->first->kind) {
    case ITEM_CLOSE:
        return 0;
    case ITEM_BREAK:
        return fake->first->code;
    default:
        return take_bytes(fake, dst, cap);
    }
}

static void record(struct fake_port *fake, const void *src, size_t len)
{
    if (fake->written_len + len >= fake->written_cap) {
        fake->written_cap = 2 * (fake->written_len + len) + 1;
        fake->written = must(realloc(fake->written, fake->written_cap));
    }
    memcpy(fake->written + fake->written_len, src, len);
    fake->written_len += len;
    fake->written[fake->written_len] = '\0';
    if (fake->write_room != SIZE_MAX) {
        fake->write_room -= len;
    }
}

/* A peer that has said its end says and hears nothing more. */
static void tell_peer(struct fake_port *fake, const uint8_t *bytes, size_t len)
{
    const struct fake_item *item = fake->first;

    while (item != NULL && item->kind == ITEM_BYTES) {
        item = item->next;
    }
    if (fake->peer != NULL && item == NULL) {
        fake->peer(fake, fake->peer_ctx, bytes, len);
    }
}

static int is_broken(const struct fake_port *fake)
{
    const struct fake_item *item = fake->first;

    return item != NULL && item->kind == ITEM_BREAK && item->at_ms <= fake->elapsed_ms;
}

static int fake_write(void *ctx, const void *src, size_t len, uint32_t wait_ms)
{
    struct fake_port *fake = ctx;
    int code;

    note_misuse(fake, fake->state != STATE_CONNECTED, "write without a connection");
    note_misuse(fake, len == 0, "write of nothing");
    code = enter(fake, FAKE_WRITE, wait_ms);
    if (code != 0) {
        return code;
    }
    if (fake->state != STATE_CONNECTED || len == 0) {
        return BEDROCK_PORT_FAILED;
    }
    if (is_broken(fake)) {
        return fake->first->code;
    }
    len = limited(len, fake->write_max);
    if (fake->write_room == 0) {
        return again(fake, wait_ms);
    }
    len = limited(len, fake->write_room);
    record(fake, src, len);
    tell_peer(fake, fake->written + fake->written_len - len, len);
    return (int)len;
}

/* What the connection that ends would still have read is gone with it, its end included. Without an
 * end in the queue, all of it is for the next connection. */
static void drop_rest_of_connection(struct fake_port *fake)
{
    const struct fake_item *item = fake->first;

    while (item != NULL && item->kind == ITEM_BYTES) {
        item = item->next;
    }
    if (item == NULL) {
        return;
    }
    while (fake->first != item) {
        pop(fake);
    }
    pop(fake);
}

static void fake_close(void *ctx)
{
    struct fake_port *fake = ctx;

    if (fake->state == STATE_CONNECTED) {
        drop_rest_of_connection(fake);
    }
    fake->closes += fake->state != STATE_CLOSED;
    fake->state = STATE_CLOSED;
}

static uint32_t fake_now_ms(void *ctx)
{
    const struct fake_port *fake = ctx;

    return (uint32_t)(START_MS + fake->elapsed_ms);
}

static int fake_utc(void *ctx, int64_t *unix_s)
{
    const struct fake_port *fake = ctx;

    if (fake->utc_s == 0) {
        return BEDROCK_PORT_FAILED;
    }
    *unix_s = fake->utc_s + (int64_t)(fake->elapsed_ms / 1000);
    return 0;
}

/* Repeats exactly from run to run, and never within one. */
static int fake_entropy(void *ctx, void *dst, size_t len)
{
    struct fake_port *fake = ctx;
    uint8_t *bytes = dst;

    if (fake->entropy_fails) {
        return BEDROCK_PORT_FAILED;
    }
    for (; len > 0; len--) {
        fake->entropy_state = fake->entropy_state * UINT32_C(1664525) + UINT32_C(1013904223);
        *bytes++ = (uint8_t)(fake->entropy_state >> 24);
    }
    return 0;
}

static void fake_wait(void *ctx, uint32_t ms)
{
    struct fake_port *fake = ctx;

    fake->wait_calls++;
    fake_port_pass(fake, ms);
}

int fake_port_is_connected(const struct fake_port *fake)
{
    return fake->state == STATE_CONNECTED;
}

void fake_port_init(struct fake_port *fake)
{
    const struct bedrock_port port = {fake,       fake_connect, fake_read,
                                      fake_write, fake_close,   fake_now_ms,
                                      fake_utc,   fake_entropy, fake_wait};

    memset(fake, 0, sizeof *fake);
    fake->port = port;
    fake->last = &fake->first;
    fake->write_room = SIZE_MAX;
    fake->again_ms = 1;
    fake->utc_s = START_UTC_S;
    fake->written_cap = 1;
    fake->written = must(calloc(1, fake->written_cap));
}

void fake_port_init_nonwaiting(struct fake_port *fake)
{
    fake_port_init(fake);
    fake->port.wait = NULL;
}

void fake_port_free(struct fake_port *fake)
{
    fake_port_clear(fake);
    free(fake->written);
    fake->written = NULL;
}
