/* SPDX-License-Identifier: MIT */
/* BearSSL's TLS 1.2 server over a socket. */
#ifndef SIMULATOR_TLS_H
#define SIMULATOR_TLS_H

#include "certificates.h"

#include <stddef.h>

struct sim_tls;

/* Gives every process of the simulator one memory of TLS sessions; call it before the first fork.
 */
void sim_tls_share_sessions(void);

/* *fd is the socket, and becomes -1 when it fails; idle_s limits a read. */
struct sim_tls *sim_tls_open(int *fd, int idle_s, const struct sim_chain *chain);
int sim_tls_read(struct sim_tls *tls, void *data, size_t cap);
int sim_tls_write(struct sim_tls *tls, const void *data, size_t len);
int sim_tls_flush(struct sim_tls *tls);
/* Sends close_notify without waiting for the peer's. */
void sim_tls_notify(struct sim_tls *tls);
int sim_tls_error(const struct sim_tls *tls);
void sim_tls_free(struct sim_tls *tls);

/* Reads what is there within idle_s seconds: > 0, 0 closed, -1. */
int sim_socket_read(int fd, void *data, size_t cap, int idle_s);
/* Sends all; 0 or -1. */
int sim_socket_write(int fd, const void *data, size_t len);

#endif
