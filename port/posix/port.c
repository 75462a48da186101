/* SPDX-License-Identifier: MIT */
/* The port's table of functions, and the bytes. See bedrock/posix.h; connect.c makes connections.
 */
#define _POSIX_C_SOURCE 200809L

#include "internal.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0 /* Where it is missing there is SO_NOSIGPIPE: see connect.c. */
#endif

int bdk_posix_code(int error)
{
    if (error == EAGAIN || error == EWOULDBLOCK || error == EINTR) {
        return BEDROCK_PORT_AGAIN;
    }
    return -(100 + error);
}

int bdk_posix_poll_ms(uint32_t wait_ms)
{
    return wait_ms < INT_MAX ? (int)wait_ms : INT_MAX;
}

/* Waits for the socket. A signal ends the wait, and is not waited out: its handler may have
 * cancelled the call. \return 0 when it is worth trying again; a code. */
static int wait_for(const struct bedrock_posix *posix, short events, uint32_t wait_ms)
{
    struct pollfd waited = {posix->socket, events, 0};
    int count = poll(&waited, 1, bdk_posix_poll_ms(wait_ms));

    if (count < 0) {
        return bdk_posix_code(errno);
    }
    return count > 0 ? 0 : BEDROCK_PORT_AGAIN;
}

static size_t int_len(size_t len)
{
    return len < INT_MAX ? len : INT_MAX;
}

/* Both directions look first and poll() only if there was nothing: with bytes at hand, which is the
 * usual case, that is one system call instead of two. */

int bdk_posix_read(void *ctx, void *dst, size_t cap, uint32_t wait_ms)
{
    struct bedrock_posix *posix = ctx;
    ssize_t count = recv(posix->socket, dst, int_len(cap), 0);
    int code;

    if (count < 0 && wait_ms > 0 && bdk_posix_code(errno) == BEDROCK_PORT_AGAIN) {
        code = wait_for(posix, POLLIN, wait_ms);
        if (code != 0) {
            return code;
        }
        count = recv(posix->socket, dst, int_len(cap), 0);
    }
    if (count < 0) {
        return bdk_posix_code(errno);
    }
    posix->bytes_received += (uint64_t)count;
    return (int)count;
}

int bdk_posix_write(void *ctx, const void *src, size_t len, uint32_t wait_ms)
{
    struct bedrock_posix *posix = ctx;
    ssize_t count = send(posix->socket, src, int_len(len), MSG_NOSIGNAL);
    int code;

    if (count < 0 && wait_ms > 0 && bdk_posix_code(errno) == BEDROCK_PORT_AGAIN) {
        code = wait_for(posix, POLLOUT, wait_ms);
        if (code != 0) {
            return code;
        }
        count = send(posix->socket, src, int_len(len), MSG_NOSIGNAL);
    }
    if (count < 0) {
        return bdk_posix_code(errno);
    }
    posix->bytes_sent += (uint64_t)count;
    return (int)count;
}

void bdk_posix_close(void *ctx)
{
    struct bedrock_posix *posix = ctx;
    int i;

    for (i = 0; i < posix->address_count; i++) {
        if (posix->sockets[i] >= 0) {
            close(posix->sockets[i]);
            posix->sockets[i] = -1;
        }
    }
    posix->address_count = 0;
    if (posix->socket >= 0) {
        close(posix->socket);
        posix->socket = -1;
    }
}

/* A constant initializer, so that the static port below is complete before main() starts: there is
 * no first call to get right between threads. */
#define POSIX(posix)                                                                               \
    {                                                                                              \
        .port = {(posix),         bdk_posix_connect, bdk_posix_read,                               \
                 bdk_posix_write, bdk_posix_close,   bdk_posix_now_ms,                             \
                 bdk_posix_utc,   bdk_posix_entropy, bdk_posix_wait},                              \
        .socket = -1                                                                               \
    }

const struct bedrock_port *bedrock_posix_port(void)
{
    static struct bedrock_posix posix = POSIX(&posix);

    return &posix.port;
}

const struct bedrock_port *bedrock_posix_port_init(struct bedrock_posix *posix)
{
    const struct bedrock_posix fresh = POSIX(posix);

    *posix = fresh;
    return &posix->port;
}

const struct bedrock_port *bedrock_posix_port_init_nonwaiting(struct bedrock_posix *posix)
{
    bedrock_posix_port_init(posix);
    posix->port.wait = NULL;
    return &posix->port;
}
