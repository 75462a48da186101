/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include "link.h"

#include "tls.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* How long a stalled connection is kept, and how long a closing one is read from. */
#define STALL_S  120
#define LINGER_S 1

void sim_link_open(struct sim_link *link, int fd, int idle_s, const struct sim_chain *chain)
{
    int one = 1;

    memset(link, 0, sizeof *link);
    link->fd = fd;
    link->idle_s = idle_s;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (chain != NULL) {
        link->tls = sim_tls_open(&link->fd, idle_s, chain);
    }
}

int sim_link_read(struct sim_link *link, void *data, size_t cap)
{
    if (link->is_over) {
        return -1;
    }
    if (link->tls != NULL) {
        return sim_tls_read(link->tls, data, cap);
    }
    return sim_socket_read(link->fd, data, cap, link->idle_s);
}

static void send_piece(struct sim_link *link, const void *data, size_t len)
{
    int result;

    if (link->tls != NULL) {
        result = sim_tls_write(link->tls, data, len);
        if (result == 0 && link->piece > 0) {
            result = sim_tls_flush(link->tls);
        }
    } else {
        result = sim_socket_write(link->fd, data, len);
    }
    if (result != 0) {
        sim_link_close(link, SIM_CLOSE_TRUNCATED);
    }
    link->sent += len;
}

void sim_link_write(struct sim_link *link, const void *data, size_t len)
{
    const char *at = data;

    while (len > 0 && !link->is_over) {
        size_t n = link->piece > 0 && len > link->piece ? link->piece : len;

        if (link->has_stop && link->stop_at - link->sent < n) {
            n = link->stop_at - link->sent;
        }
        if (n > 0) {
            send_piece(link, at, n);
        }
        at += n;
        len -= n;
        if (link->has_stop && link->sent >= link->stop_at) {
            sim_link_close(link, link->stop_how);
        }
    }
}

void sim_link_flush(struct sim_link *link)
{
    if (!link->is_over && link->tls != NULL && sim_tls_flush(link->tls) != 0) {
        sim_link_close(link, SIM_CLOSE_TRUNCATED);
    }
}

/* Reads and drops what comes, until the peer closes or idle_s seconds pass in silence. */
static void drain(struct sim_link *link, int idle_s)
{
    char waste[4096];

    while (sim_socket_read(link->fd, waste, sizeof waste, idle_s) > 0) {
    }
}

static void end_tls(struct sim_link *link, enum sim_close how)
{
    link->tls_error = sim_tls_error(link->tls);
    if (how == SIM_CLOSE_CLEAN) {
        sim_tls_notify(link->tls);
    } else {
        sim_tls_flush(link->tls);
    }
    sim_tls_free(link->tls);
    link->tls = NULL;
}

void sim_link_close(struct sim_link *link, enum sim_close how)
{
    struct linger at_once = {1, 0};

    if (link->is_over) {
        return;
    }
    link->is_over = 1;
    if (link->tls != NULL) {
        end_tls(link, how);
    }
    if (how == SIM_CLOSE_RESET) {
        setsockopt(link->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    } else if (how == SIM_CLOSE_STALL) {
        drain(link, STALL_S);
    } else {
        shutdown(link->fd, SHUT_WR);
        drain(link, LINGER_S);
    }
    close(link->fd);
}
