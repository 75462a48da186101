/* SPDX-License-Identifier: MIT */
/* See bedrock/lwip.h. lwIP calls back while the main loop polls it; what it says is noted here, and
 * told when the client asks. */
#include "bedrock/lwip.h"

#include <lwip/dns.h>
#include <lwip/tcp.h>
#include <string.h>

#if TCP_WND > 0xffff
#error "a chain of pbufs holds 64 KB: no larger TCP_WND"
#endif

enum { IDLE, RESOLVING, CONNECTING, CONNECTED, ENDED /* by the peer */, FAILED };

/* Between two probes of a connection on which nothing moves. */
#define KEEPALIVE_MS 30000

static int code_of(err_t err)
{
    return -100 + err; /* err_t is negative */
}

static void fail(struct bedrock_lwip *lwip, int code)
{
    lwip->state = FAILED;
    lwip->failure = code;
}

/* ----------------------------------------------------------- what lwIP tells */

static err_t take_received(void *arg, struct tcp_pcb *pcb, struct pbuf *more, err_t err)
{
    struct bedrock_lwip *lwip = arg;

    (void)pcb;
    (void)err;
    if (more == NULL) {
        lwip->state = ENDED;
    } else if (lwip->in == NULL) {
        lwip->in = more;
    } else {
        pbuf_cat(lwip->in, more);
    }
    return ERR_OK;
}

/* lwIP has freed the connection already. */
static void take_error(void *arg, err_t err)
{
    struct bedrock_lwip *lwip = arg;

    lwip->pcb = NULL;
    fail(lwip, lwip->state == CONNECTING ? BEDROCK_PORT_UNREACHABLE : code_of(err));
}

static err_t take_connected(void *arg, struct tcp_pcb *pcb, err_t err)
{
    struct bedrock_lwip *lwip = arg;

    (void)pcb;
    (void)err;
    lwip->state = CONNECTED;
    return ERR_OK;
}

/* -------------------------------------------------------------- connection */

static void set_options(struct tcp_pcb *pcb)
{
    tcp_nagle_disable(pcb);
    ip_set_option(pcb, SOF_KEEPALIVE);
    pcb->keep_idle = KEEPALIVE_MS;
#if LWIP_TCP_KEEPALIVE
    pcb->keep_intvl = KEEPALIVE_MS;
#endif
}

static void begin_connection(struct bedrock_lwip *lwip, const ip_addr_t *address)
{
    struct tcp_pcb *pcb = tcp_new_ip_type(IP_GET_TYPE(address));
    err_t err;

    if (pcb == NULL) {
        fail(lwip, code_of(ERR_MEM));
        return;
    }
    set_options(pcb);
    tcp_arg(pcb, lwip);
    tcp_recv(pcb, take_received);
    tcp_err(pcb, take_error);
    lwip->pcb = pcb;
    lwip->state = CONNECTING;
    err = tcp_connect(pcb, address, lwip->host_port, take_connected);
    if (err != ERR_OK) {
        fail(lwip, err == ERR_RTE ? BEDROCK_PORT_UNREACHABLE : code_of(err));
    }
}

/* The answer to a question that may have been given up meanwhile, perhaps for another one. */
static void take_address(const char *name, const ip_addr_t *address, void *arg)
{
    struct bedrock_lwip *lwip = arg;

    if (lwip->state != RESOLVING || strcmp(name, lwip->host) != 0) {
        return;
    }
    if (address == NULL) {
        fail(lwip, BEDROCK_PORT_NO_HOST);
    } else {
        begin_connection(lwip, address);
    }
}

static void resolve(struct bedrock_lwip *lwip)
{
    ip_addr_t address;
    err_t err;

    lwip->state = RESOLVING;
    err = dns_gethostbyname(lwip->host, &address, take_address, lwip);
    if (err == ERR_OK) {
        begin_connection(lwip, &address); /* digits, or known already */
    } else if (err != ERR_INPROGRESS) {
        fail(lwip, BEDROCK_PORT_NO_HOST);
    }
}

static void port_close(void *ctx)
{
    struct bedrock_lwip *lwip = ctx;

    if (lwip->in != NULL) {
        pbuf_free(lwip->in);
        lwip->in = NULL;
    }
    if (lwip->pcb != NULL) {
        tcp_arg(lwip->pcb, NULL);
        tcp_recv(lwip->pcb, NULL);
        tcp_err(lwip->pcb, NULL);
        if (lwip->state < CONNECTED || tcp_close(lwip->pcb) != ERR_OK) {
            tcp_abort(lwip->pcb);
        }
        lwip->pcb = NULL;
    }
    lwip->state = IDLE;
}

/* A failure is told once, and leaves nothing to be closed. */
static int failed(struct bedrock_lwip *lwip)
{
    int code = lwip->failure;

    port_close(lwip);
    return code;
}

static int port_connect(void *ctx, const char *host, uint16_t port, uint32_t wait_ms)
{
    struct bedrock_lwip *lwip = ctx;

    (void)wait_ms;
    if (lwip->state == IDLE) {
        lwip->host = host;
        lwip->host_port = port;
        resolve(lwip);
    }
    if (lwip->state == FAILED) {
        return failed(lwip);
    }
    return lwip->state >= CONNECTED ? 0 : BEDROCK_PORT_AGAIN;
}

/* ------------------------------------------------------------------- bytes */

static int port_read(void *ctx, void *dst, size_t cap, uint32_t wait_ms)
{
    struct bedrock_lwip *lwip = ctx;
    u16_t len = cap < 0x7fff ? (u16_t)cap : 0x7fff;

    (void)wait_ms;
    if (lwip->in != NULL) {
        len = pbuf_copy_partial(lwip->in, dst, len, 0);
        lwip->in = pbuf_free_header(lwip->in, len);
        if (lwip->pcb != NULL) {
            tcp_recved(lwip->pcb, len);
        }
        lwip->bytes_received += len;
        return len;
    }
    if (lwip->state == FAILED) {
        return lwip->failure;
    }
    return lwip->state == ENDED ? 0 : BEDROCK_PORT_AGAIN;
}

static int port_write(void *ctx, const void *src, size_t len, uint32_t wait_ms)
{
    struct bedrock_lwip *lwip = ctx;
    u16_t room;
    err_t err;

    (void)wait_ms;
    if (lwip->pcb == NULL) {
        return lwip->failure;
    }
    room = tcp_sndbuf(lwip->pcb);
    room = len < room ? (u16_t)len : room;
    err = room > 0 ? tcp_write(lwip->pcb, src, room, TCP_WRITE_FLAG_COPY) : ERR_MEM;
    if (err == ERR_OK) {
        tcp_output(lwip->pcb);
        lwip->bytes_sent += room;
        return room;
    }
    return err == ERR_MEM ? BEDROCK_PORT_AGAIN : code_of(err);
}

/* --------------------------------------------------------- the board's own */

static uint32_t port_now_ms(void *ctx)
{
    const struct bedrock_port *board = ((struct bedrock_lwip *)ctx)->board;

    return board->now_ms(board->ctx);
}

static int port_utc(void *ctx, int64_t *unix_s)
{
    const struct bedrock_port *board = ((struct bedrock_lwip *)ctx)->board;

    return board->utc(board->ctx, unix_s);
}

static int port_entropy(void *ctx, void *dst, size_t len)
{
    const struct bedrock_port *board = ((struct bedrock_lwip *)ctx)->board;

    return board->entropy(board->ctx, dst, len);
}

const struct bedrock_port *bedrock_lwip_port(struct bedrock_lwip *lwip,
                                             const struct bedrock_port *board)
{
    static const struct bedrock_port functions = {
        .connect = port_connect,
        .read = port_read,
        .write = port_write,
        .close = port_close,
        .now_ms = port_now_ms,
        .utc = port_utc,
        .entropy = port_entropy,
    };
    const struct bedrock_lwip fresh = {0};

    *lwip = fresh;
    lwip->board = board;
    lwip->port = functions;
    lwip->port.ctx = lwip;
    return &lwip->port;
}
