/* SPDX-License-Identifier: MIT */
/* See bedrock/transport.h. */
#include "bedrock/error.h"
#include "bedrock/transport.h"
#include "tls/wire.h"
#include "util/bytes.h"

/* Both buffers together; each gets a half. Smaller ones would work, but cost more calls of the port
 * than they save memory. */
#define BUFFERS_MIN 512

struct plain {
    struct bedrock_transport head;
    struct bdk_wire wire;
    int read_error; /* sticky until open(); 0: none */
    int write_error;
    int ended; /* the peer has closed */
    uint8_t *in;
    uint8_t *out;
    size_t in_cap;
    size_t in_off; /* in[in_off .. in_len) has been received and not consumed */
    size_t in_len;
    size_t out_cap;
    size_t out_off; /* out[out_off .. out_len) has been committed and not sent */
    size_t out_len;
};

static int plain_init(struct bedrock_transport *self, size_t size,
                      const struct bedrock_transport_options *options, size_t *needed)
{
    struct plain *plain = (struct plain *)(void *)self;
    size_t spare;

    *needed = sizeof *plain + BUFFERS_MIN;
    if (size < *needed) {
        return BEDROCK_E_BUFFER;
    }
    spare = size - sizeof *plain;
    *plain = (struct plain){.head = {.type = self->type}};
    plain->wire.port = options->port;
    plain->wire.owner = &plain->head;
    plain->in = (uint8_t *)(plain + 1);
    plain->in_cap = spare / 2;
    plain->out = plain->in + plain->in_cap;
    plain->out_cap = spare - plain->in_cap;
    return BEDROCK_OK;
}

static void forget(struct plain *plain)
{
    plain->read_error = plain->write_error = plain->ended = 0;
    plain->in_off = plain->in_len = 0;
    plain->out_off = plain->out_len = 0;
}

static int plain_open(struct bedrock_transport *self, const char *host, uint16_t port,
                      int64_t unix_s, uint32_t wait_ms)
{
    struct plain *plain = (struct plain *)(void *)self;

    (void)unix_s;
    self->tls_code = self->port_code = 0;
    if (host == NULL || host[0] == '\0') {
        return BEDROCK_E_ARGUMENT;
    }
    forget(plain);
    bdk_wire_begin(&plain->wire, wait_ms);
    return bdk_wire_connect(&plain->wire, host, port);
}

/* Sends what was committed, until nothing is left or the port takes no more. */
static int push(struct plain *plain)
{
    while (plain->write_error == 0 && plain->out_off < plain->out_len) {
        size_t taken = 0;
        int result = bdk_wire_write(&plain->wire, plain->out + plain->out_off,
                                    plain->out_len - plain->out_off, &taken);

        if (result == BEDROCK_AGAIN) {
            return BEDROCK_AGAIN;
        }
        if (result < 0) {
            plain->write_error = result;
        }
        plain->out_off += taken;
    }
    if (plain->write_error == 0) {
        plain->out_off = plain->out_len = 0;
    }
    return plain->write_error;
}

static int plain_reserve(struct bedrock_transport *self, uint8_t **data, size_t *cap,
                         uint32_t wait_ms)
{
    struct plain *plain = (struct plain *)(void *)self;

    bdk_wire_begin(&plain->wire, wait_ms);
    if (plain->out_len == plain->out_cap) {
        int result = push(plain);

        if (result != BEDROCK_OK) {
            return result;
        }
    }
    *data = plain->out + plain->out_len;
    *cap = plain->out_cap - plain->out_len;
    return plain->write_error;
}

static void plain_commit(struct bedrock_transport *self, size_t len)
{
    struct plain *plain = (struct plain *)(void *)self;

    plain->out_len += len;
}

static int plain_flush(struct bedrock_transport *self, uint32_t wait_ms)
{
    struct plain *plain = (struct plain *)(void *)self;

    bdk_wire_begin(&plain->wire, wait_ms);
    return push(plain);
}

/* Reads once more into the empty buffer. */
static int pull(struct plain *plain)
{
    size_t got = 0;
    int result;

    if (plain->read_error != 0 || plain->ended) {
        return plain->read_error;
    }
    result = bdk_wire_read(&plain->wire, plain->in, plain->in_cap, &got);
    plain->in_off = 0;
    plain->in_len = got;
    if (result == 0) {
        plain->ended = 1;
    } else if (result < 0 && result != BEDROCK_AGAIN) {
        plain->read_error = result;
    }
    return result;
}

static int plain_receive(struct bedrock_transport *self, const uint8_t **data, size_t *len,
                         uint32_t wait_ms)
{
    struct plain *plain = (struct plain *)(void *)self;

    if (plain->in_off == plain->in_len) {
        int result;

        bdk_wire_begin(&plain->wire, wait_ms);
        result = pull(plain);
        if (result != BEDROCK_EVENT) {
            return result;
        }
    }
    *data = plain->in + plain->in_off;
    *len = plain->in_len - plain->in_off;
    return BEDROCK_EVENT;
}

static void plain_consume(struct bedrock_transport *self, size_t len)
{
    struct plain *plain = (struct plain *)(void *)self;

    plain->in_off += len;
}

static void plain_close(struct bedrock_transport *self)
{
    struct plain *plain = (struct plain *)(void *)self;

    plain->wire.port->close(plain->wire.port->ctx);
    forget(plain);
    bdk_wipe(plain->in, plain->in_cap);
    bdk_wipe(plain->out, plain->out_cap);
}

const struct bedrock_transport_class bedrock_plain = {
    plain_init,  plain_open,    plain_reserve, plain_commit,
    plain_flush, plain_receive, plain_consume, plain_close,
};
