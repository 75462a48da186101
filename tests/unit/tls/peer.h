/* SPDX-License-Identifier: MIT */
/*
 * A TLS server and the wire to it, in the memory of the test program. The port below is what the
 * transport under test gets; how it behaves and what the server does is set in struct peer, field
 * by field, at any time. Header only: each test program has its own.
 */
#ifndef TESTS_TLS_PEER_H
#define TESTS_TLS_PEER_H

#include "bedrock/tls.h"
#include "test_certs.h"

#include <bearssl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define QUEUE_SIZE 400000

struct queue {
    uint8_t bytes[QUEUE_SIZE];
    size_t from, to;
};

enum peer_key { PEER_EC, PEER_RSA, PEER_P384 };

struct peer {
    struct bedrock_port port;

    /* The wire. */
    size_t chunk;      /* most bytes that a call moves; 0: as many as it likes */
    int again;         /* every other call says AGAIN */
    int waits;         /* an AGAIN with wait_ms > 0 lets that time pass on the clock */
    int write_blocked; /* write says AGAIN */
    int write_code;    /* write fails with this; 0: works */
    int read_code;
    int connect_code;
    int connect_agains; /* so many AGAINs come first */
    int entropy_code;
    int eof;     /* once all is read, the connection is at its end */
    int flip;    /* the last byte of what is read next is damaged */
    int fail_at; /* the Nth call of connect, read or write fails; 0: none */
    int overrun; /* read and write say that they moved a byte more than asked for */
    uint32_t now_ms;
    int turn, calls; /* counted: */
    int reads, writes, connects, closes;

    /* The server. */
    br_ssl_server_context ssl;
    br_x509_certificate chain[1];
    uint8_t certificate[2000];
    size_t certificate_len;
    br_skey_decoder_context key;
    uint8_t in[16709], out[16469];
    struct queue to_client, to_server;
    int echo;    /* what it receives it sends back */
    int raw;     /* there is no TLS server: to_client holds what the test put in */
    size_t send; /* so many bytes of the pattern are still to be sent ... */
    size_t sent; /* ... and so many have been */
    size_t received_len;
    uint8_t received[QUEUE_SIZE];
};

static void queue_put(struct queue *queue, const void *data, size_t len)
{
    if (len > QUEUE_SIZE - queue->to) {
        fputs("the test's queue is too small\n", stderr);
        exit(2);
    }
    memcpy(queue->bytes + queue->to, data, len);
    queue->to += len;
}

static uint8_t pattern(size_t i)
{
    return (uint8_t)(i * 7 + i / 251);
}

/* Moves bytes between the server's engine and the wire, and does the server's part, as long as
 * anything moves. */
static int peer_step(struct peer *peer)
{
    br_ssl_engine_context *engine = &peer->ssl.eng;
    size_t len, i;
    uint8_t *buf = br_ssl_engine_sendrec_buf(engine, &len);

    if (buf != NULL) {
        queue_put(&peer->to_client, buf, len);
        br_ssl_engine_sendrec_ack(engine, len);
        return 1;
    }
    buf = br_ssl_engine_recvapp_buf(engine, &len);
    if (buf != NULL) {
        memcpy(peer->received + peer->received_len, buf, len);
        peer->received_len += len;
        peer->send += peer->echo ? len : 0;
        br_ssl_engine_recvapp_ack(engine, len);
        return 1;
    }
    buf = br_ssl_engine_sendapp_buf(engine, &len);
    if (buf != NULL && peer->send > 0) {
        len = len < peer->send ? len : peer->send;
        for (i = 0; i < len; i++) {
            buf[i] = pattern(peer->sent++);
        }
        peer->send -= len;
        br_ssl_engine_sendapp_ack(engine, len);
        br_ssl_engine_flush(engine, 0);
        return 1;
    }
    buf = br_ssl_engine_recvrec_buf(engine, &len);
    if (buf != NULL && peer->to_server.from < peer->to_server.to) {
        size_t there = peer->to_server.to - peer->to_server.from;

        len = len < there ? len : there;
        memcpy(buf, peer->to_server.bytes + peer->to_server.from, len);
        peer->to_server.from += len;
        br_ssl_engine_recvrec_ack(engine, len);
        return 1;
    }
    return 0;
}

static void peer_run(struct peer *peer)
{
    while (!peer->raw && peer_step(peer)) {
    }
}

/* What every call of the port has in common: 0 to go on, or the code to return. */
static int peer_call(struct peer *peer, uint32_t wait_ms)
{
    peer->calls++;
    if (peer->fail_at == peer->calls) {
        return BEDROCK_PORT_FAILED;
    }
    if (peer->again && (peer->turn++ & 1) == 0) {
        peer->now_ms += peer->waits ? wait_ms : 0;
        return BEDROCK_PORT_AGAIN;
    }
    return 0;
}

static int peer_connect(void *ctx, const char *host, uint16_t port, uint32_t wait_ms)
{
    struct peer *peer = ctx;
    int code = peer_call(peer, wait_ms);

    (void)host;
    (void)port;
    if (code == 0 && peer->connect_agains > 0) {
        peer->connect_agains--;
        code = BEDROCK_PORT_AGAIN;
    }
    if (code == 0) {
        peer->connects++;
        code = peer->connect_code;
    }
    return code;
}

static int peer_read(void *ctx, void *dst, size_t cap, uint32_t wait_ms)
{
    struct peer *peer = ctx;
    int code = peer_call(peer, wait_ms);
    size_t len;

    if (code != 0) {
        return code;
    }
    peer_run(peer);
    len = peer->to_client.to - peer->to_client.from;
    if (len == 0 && peer->read_code != 0) {
        return peer->read_code;
    }
    if (len == 0 && peer->eof) {
        return 0;
    }
    if (len == 0) {
        peer->now_ms += peer->waits ? wait_ms : 0;
        return BEDROCK_PORT_AGAIN;
    }
    len = len < cap ? len : cap;
    len = peer->chunk != 0 && peer->chunk < len ? peer->chunk : len;
    memcpy(dst, peer->to_client.bytes + peer->to_client.from, len);
    peer->to_client.from += len;
    if (peer->flip && len > 5) {
        ((uint8_t *)dst)[len - 1] ^= 1;
        peer->flip = 0;
    }
    peer->reads++;
    return (int)(peer->overrun ? cap + 1 : len);
}

static int peer_write(void *ctx, const void *src, size_t len, uint32_t wait_ms)
{
    struct peer *peer = ctx;
    int code = peer_call(peer, wait_ms);

    if (code == 0 && peer->write_code != 0) {
        code = peer->write_code;
    }
    if (code == 0 && peer->write_blocked) {
        peer->now_ms += peer->waits ? wait_ms : 0;
        code = BEDROCK_PORT_AGAIN;
    }
    if (code != 0) {
        return code;
    }
    if (peer->overrun) {
        return (int)len + 1;
    }
    len = peer->chunk != 0 && peer->chunk < len ? peer->chunk : len;
    queue_put(&peer->to_server, src, len);
    peer->writes++;
    peer_run(peer);
    return (int)len;
}

static void peer_close(void *ctx)
{
    struct peer *peer = ctx;

    peer->closes++;
}

static uint32_t peer_now_ms(void *ctx)
{
    return ((struct peer *)ctx)->now_ms;
}

static int peer_utc(void *ctx, int64_t *unix_s)
{
    (void)ctx;
    *unix_s = TEST_NOW;
    return 0;
}

/* Not random at all: tests repeat themselves exactly. */
static int peer_entropy(void *ctx, void *dst, size_t len)
{
    memset(dst, 0x5a, len);
    return ((struct peer *)ctx)->entropy_code;
}

static void append_certificate(void *ctx, const void *data, size_t len)
{
    struct peer *peer = ctx;

    memcpy(peer->certificate + peer->certificate_len, data, len);
    peer->certificate_len += len;
}

static void push_key(void *ctx, const void *data, size_t len)
{
    br_skey_decoder_push(&((struct peer *)ctx)->key, data, len);
}

static void from_pem(struct peer *peer, const char *pem,
                     void (*take)(void *ctx, const void *data, size_t len))
{
    static br_pem_decoder_context decoder;
    size_t len = strlen(pem);

    br_pem_decoder_init(&decoder);
    while (len > 0) {
        size_t n = br_pem_decoder_push(&decoder, pem, len);

        pem += n;
        len -= n;
        if (br_pem_decoder_event(&decoder) == BR_PEM_BEGIN_OBJ) {
            br_pem_decoder_setdest(&decoder, take, peer);
        }
    }
}

/* A new connection comes in: the server waits for a ClientHello. */
static void peer_accept(struct peer *peer)
{
    static const uint8_t seed[32] = {7};

    peer->to_client.from = peer->to_client.to = 0;
    peer->to_server.from = peer->to_server.to = 0;
    peer->received_len = peer->send = peer->sent = 0;
    br_ssl_engine_inject_entropy(&peer->ssl.eng, seed, sizeof seed);
    br_ssl_server_reset(&peer->ssl);
}

static struct peer *peer_new(enum peer_key kind)
{
    static const char *const certificates[] = {test_ec, test_rsa, test_p384};
    static const char *const keys[] = {test_ec_key, test_rsa_key, test_p384_key};
    struct peer *peer = calloc(1, sizeof *peer);

    if (peer == NULL) {
        exit(2);
    }
    peer->port.ctx = peer;
    peer->port.connect = peer_connect;
    peer->port.read = peer_read;
    peer->port.write = peer_write;
    peer->port.close = peer_close;
    peer->port.now_ms = peer_now_ms;
    peer->port.utc = peer_utc;
    peer->port.entropy = peer_entropy;

    br_skey_decoder_init(&peer->key);
    from_pem(peer, certificates[kind], append_certificate);
    from_pem(peer, keys[kind], push_key);
    peer->chain[0].data = peer->certificate;
    peer->chain[0].data_len = peer->certificate_len;
    if (kind == PEER_RSA) {
        br_ssl_server_init_full_rsa(&peer->ssl, peer->chain, 1,
                                    br_skey_decoder_get_rsa(&peer->key));
    } else {
        br_ssl_server_init_full_ec(&peer->ssl, peer->chain, 1, BR_KEYTYPE_EC,
                                   br_skey_decoder_get_ec(&peer->key));
    }
    br_ssl_engine_set_buffers_bidi(&peer->ssl.eng, peer->in, sizeof peer->in, peer->out,
                                   sizeof peer->out);
    peer_accept(peer);
    return peer;
}

#endif
