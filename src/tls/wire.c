/* SPDX-License-Identifier: MIT */
#include "tls/wire.h"

#include "bedrock/error.h"

/* A port counts in int, which may have 16 bits. */
#define MOST_AT_ONCE 0x7fff

void bdk_wire_begin(struct bdk_wire *wire, uint32_t wait_ms)
{
    wire->wait_ms = wait_ms;
    if (wait_ms > 0) {
        wire->since_ms = wire->port->now_ms(wire->port->ctx);
    }
}

static uint32_t left_ms(const struct bdk_wire *wire)
{
    uint32_t gone_ms;

    if (wire->wait_ms == 0) {
        return 0;
    }
    gone_ms = wire->port->now_ms(wire->port->ctx) - wire->since_ms;
    return gone_ms < wire->wait_ms ? wire->wait_ms - gone_ms : 0;
}

static int fail(struct bdk_wire *wire, int port_code, int code)
{
    wire->owner->port_code = port_code;
    return code;
}

int bdk_wire_connect(struct bdk_wire *wire, const char *host, uint16_t port)
{
    int said = wire->port->connect(wire->port->ctx, host, port, left_ms(wire));

    if (said == BEDROCK_PORT_AGAIN) {
        return BEDROCK_AGAIN;
    }
    if (said == BEDROCK_PORT_NO_HOST) {
        return fail(wire, said, BEDROCK_E_RESOLVE);
    }
    return said < 0 ? fail(wire, said, BEDROCK_E_CONNECT) : BEDROCK_OK;
}

/* What a count that the port returned means. A count beyond what was asked for is a broken port:
 * bytes have been lost, or memory overwritten. */
static int judge(struct bdk_wire *wire, int said, size_t asked, size_t *moved, int code)
{
    if (said == BEDROCK_PORT_AGAIN) {
        return BEDROCK_AGAIN;
    }
    if (said < 0) {
        return fail(wire, said, code);
    }
    if ((size_t)said > asked) {
        return fail(wire, BEDROCK_PORT_FAILED, code);
    }
    *moved = (size_t)said;
    return said > 0 ? BEDROCK_EVENT : 0;
}

int bdk_wire_read(struct bdk_wire *wire, void *dst, size_t cap, size_t *got)
{
    if (cap > MOST_AT_ONCE) {
        cap = MOST_AT_ONCE;
    }
    return judge(wire, wire->port->read(wire->port->ctx, dst, cap, left_ms(wire)), cap, got,
                 BEDROCK_E_READ);
}

int bdk_wire_write(struct bdk_wire *wire, const void *src, size_t len, size_t *taken)
{
    int result;

    if (len > MOST_AT_ONCE) {
        len = MOST_AT_ONCE;
    }
    result = judge(wire, wire->port->write(wire->port->ctx, src, len, left_ms(wire)), len, taken,
                   BEDROCK_E_WRITE);
    /* A port must not say 0 here; if one does, it has taken nothing. */
    return result == 0 ? BEDROCK_AGAIN : result;
}
