/* SPDX-License-Identifier: MIT */
/* One connection: a socket, with or without TLS, that can be told to misbehave. */
#ifndef SIMULATOR_LINK_H
#define SIMULATOR_LINK_H

#include "certificates.h"

#include <stddef.h>

struct sim_tls;

enum sim_close {
    SIM_CLOSE_CLEAN,     /* close_notify, then TCP's FIN, reading what the peer still sends */
    SIM_CLOSE_TRUNCATED, /* FIN without close_notify */
    SIM_CLOSE_RESET,     /* RST */
    SIM_CLOSE_STALL      /* keeps the connection open, in silence, until the peer goes away */
};

struct sim_link {
    int fd;
    int idle_s;          /* how long a read waits */
    struct sim_tls *tls; /* NULL: plain, or closed */
    int tls_error;       /* BearSSL's, once closed; 0 if all went well */
    int is_over;         /* closed or failed: nothing moves any more */
    size_t piece;        /* at most this many bytes in one record or send; 0: no limit */
    size_t sent;         /* bytes of this answer so far */
    size_t stop_at;      /* where to stop sending, when stop_how says so */
    int has_stop;
    enum sim_close stop_how;
};

/* Takes the accepted socket; chain NULL means plain HTTP. */
void sim_link_open(struct sim_link *link, int fd, int idle_s, const struct sim_chain *chain);
/* > 0 bytes, 0 the peer closed in order, -1 failed or silent for too long. Waits. */
int sim_link_read(struct sim_link *link, void *data, size_t cap);
/* Queues or sends all; does nothing once the link is over. */
void sim_link_write(struct sim_link *link, const void *data, size_t len);
void sim_link_flush(struct sim_link *link);
void sim_link_close(struct sim_link *link, enum sim_close how);
#endif
