/* SPDX-License-Identifier: MIT */
/* A port that does what the real one does, and remembers it. */
#define _POSIX_C_SOURCE 200809L

#include "doctor.h"

#include <arpa/inet.h>
#include <bedrock/posix.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

/* 2026-07-01, a time at which certificates of today are good. */
#define SOME_TIME_S INT64_C(1782864000)

struct look look;

static void note_address(void)
{
    struct sockaddr_storage address;
    socklen_t len = sizeof address;
    const struct bedrock_posix *posix = look.real->ctx;
    const void *number = &((struct sockaddr_in *)&address)->sin_addr;

    memset(&address, 0, sizeof address);
    getpeername(posix->socket, (struct sockaddr *)&address, &len);
    if (address.ss_family == AF_INET6) {
        number = &((struct sockaddr_in6 *)&address)->sin6_addr;
    }
    if (inet_ntop(address.ss_family, number, look.address, sizeof look.address) == NULL) {
        snprintf(look.address, sizeof look.address, "connected");
    }
}

static int look_connect(void *ctx, const char *host, uint16_t port, uint32_t wait_ms)
{
    int code;

    if (look.tcp_port == 0) {
        snprintf(look.host, sizeof look.host, "%s", host);
        look.tcp_port = port;
        look.began_ms = look.real->now_ms(ctx);
    }
    code = look.real->connect(ctx, host, port, wait_ms);
    if (code == 0 && !look.connected) {
        look.connected = 1;
        look.connect_ms = look.real->now_ms(ctx) - look.began_ms;
        note_address();
    }
    return code;
}

int64_t look_now_s(void)
{
    int64_t now = 0;

    return look.real->utc(look.real->ctx, &now) == 0 ? now : 0;
}

static int look_utc(void *ctx, int64_t *unix_s)
{
    if (look.real->utc(ctx, unix_s) != 0) {
        *unix_s = SOME_TIME_S;
    }
    return 0;
}

void look_with_some_time(void)
{
    look.port.utc = look_utc;
}

void look_on(struct bedrock_config *config)
{
    look.real = config->port;
    look.port = *config->port;
    look.port.connect = look_connect;
    config->port = &look.port;
}
