/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include "tls.h"

#include "shared.h"
#include "text.h"

#include <bearssl.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

#define SESSION_COUNT 32

struct sim_tls {
    int *fd;
    int idle_s;
    br_ssl_server_context server;
    br_sslio_context io;
    br_skey_decoder_context key;
    br_x509_certificate chain[2];
    unsigned char buffer[BR_SSL_BUFSIZE_BIDI];
};

/* The session cache lies in memory that all connection processes share. */
struct session_table {
    struct sim_lock lock;
    unsigned next;
    br_ssl_session_parameters entries[SESSION_COUNT];
};

static struct session_table *sessions;

int sim_socket_read(int fd, void *data, size_t cap, int idle_s)
{
    struct pollfd ready = {fd, POLLIN, 0};
    ssize_t got;

    while (poll(&ready, 1, idle_s * 1000) < 0) {
        if (errno != EINTR) {
            return -1;
        }
    }
    if (ready.revents == 0) {
        return -1;
    }
    got = recv(fd, data, cap, 0);
    return got < 0 ? -1 : (int)got;
}

int sim_socket_write(int fd, const void *data, size_t len)
{
    const char *at = data;

    while (len > 0) {
        ssize_t sent = send(fd, at, len, MSG_NOSIGNAL);

        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent <= 0) {
            return -1;
        }
        at += sent;
        len -= (size_t)sent;
    }
    return 0;
}

static int low_read(void *context, unsigned char *data, size_t len)
{
    struct sim_tls *tls = context;
    int got = sim_socket_read(*tls->fd, data, len, tls->idle_s);

    return got > 0 ? got : -1;
}

static int low_write(void *context, const unsigned char *data, size_t len)
{
    struct sim_tls *tls = context;

    return sim_socket_write(*tls->fd, data, len) == 0 ? (int)len : -1;
}

static void session_save(const br_ssl_session_cache_class **context, br_ssl_server_context *server,
                         const br_ssl_session_parameters *session)
{
    (void)context;
    (void)server;
    sim_lock_take(&sessions->lock);
    sessions->entries[sessions->next++ % SESSION_COUNT] = *session;
    sim_lock_give(&sessions->lock);
}

static int session_load(const br_ssl_session_cache_class **context, br_ssl_server_context *server,
                        br_ssl_session_parameters *session)
{
    int found = 0;
    size_t i;

    (void)context;
    (void)server;
    sim_lock_take(&sessions->lock);
    for (i = 0; i < SESSION_COUNT && !found; i++) {
        const br_ssl_session_parameters *entry = &sessions->entries[i];

        if (entry->session_id_len == 32 &&
            memcmp(entry->session_id, session->session_id, 32) == 0) {
            *session = *entry;
            found = 1;
        }
    }
    sim_lock_give(&sessions->lock);
    return found;
}

static const br_ssl_session_cache_class session_class = {sizeof(br_ssl_session_cache_class *),
                                                         session_save, session_load};
static const br_ssl_session_cache_class *session_cache = &session_class;

void sim_tls_share_sessions(void)
{
    sessions = sim_shared_memory(sizeof *sessions);
}

static void set_chain(struct sim_tls *tls, const struct sim_chain *chain)
{
    size_t i;

    br_skey_decoder_init(&tls->key);
    br_skey_decoder_push(&tls->key, chain->key.data, chain->key.len);
    for (i = 0; i < chain->count; i++) {
        tls->chain[i].data = (unsigned char *)chain->certificates[i].data;
        tls->chain[i].data_len = chain->certificates[i].len;
    }
    if (chain->is_rsa) {
        br_ssl_server_init_full_rsa(&tls->server, tls->chain, chain->count,
                                    br_skey_decoder_get_rsa(&tls->key));
    } else {
        br_ssl_server_init_full_ec(&tls->server, tls->chain, chain->count, BR_KEYTYPE_EC,
                                   br_skey_decoder_get_ec(&tls->key));
    }
}

struct sim_tls *sim_tls_open(int *fd, int idle_s, const struct sim_chain *chain)
{
    struct sim_tls *tls = sim_alloc(sizeof *tls);

    tls->fd = fd;
    tls->idle_s = idle_s;
    set_chain(tls, chain);
    br_ssl_engine_set_versions(&tls->server.eng, BR_TLS12, BR_TLS12);
    br_ssl_engine_set_buffer(&tls->server.eng, tls->buffer, sizeof tls->buffer, 1);
    br_ssl_server_set_cache(&tls->server, &session_cache);
    br_ssl_server_reset(&tls->server);
    br_sslio_init(&tls->io, &tls->server.eng, low_read, tls, low_write, tls);
    return tls;
}

int sim_tls_read(struct sim_tls *tls, void *data, size_t cap)
{
    int got = br_sslio_read(&tls->io, data, cap);

    if (got >= 0) {
        return got;
    }
    return br_ssl_engine_last_error(&tls->server.eng) == BR_ERR_OK ? 0 : -1;
}

int sim_tls_write(struct sim_tls *tls, const void *data, size_t len)
{
    return br_sslio_write_all(&tls->io, data, len) == 0 ? 0 : -1;
}

int sim_tls_flush(struct sim_tls *tls)
{
    return br_sslio_flush(&tls->io) == 0 ? 0 : -1;
}

void sim_tls_notify(struct sim_tls *tls)
{
    unsigned char *record;
    size_t len;

    br_sslio_flush(&tls->io);
    br_ssl_engine_close(&tls->server.eng);
    while ((record = br_ssl_engine_sendrec_buf(&tls->server.eng, &len)) != NULL) {
        if (sim_socket_write(*tls->fd, record, len) != 0) {
            return;
        }
        br_ssl_engine_sendrec_ack(&tls->server.eng, len);
    }
}

int sim_tls_error(const struct sim_tls *tls)
{
    return br_ssl_engine_last_error(&tls->server.eng);
}

void sim_tls_free(struct sim_tls *tls)
{
    free(tls);
}
