/* SPDX-License-Identifier: MIT */
/*
 * See bedrock/tls.h and bedrock/transport.h.
 *
 * BearSSL's engine does no I/O: it says what it wants to send and where received bytes should go,
 * and this file moves the bytes between it and the port. Records of the application are lent and
 * sent in the engine's own buffers. Only while shaking hands do records pass through a small stash,
 * so that the three of a client's last flight leave in one write and not as three TCP segments.
 */
#include "tls/tls.h"
#include "bedrock/error.h"
#include "util/bytes.h"

#include <string.h>

/* What BearSSL adds to the plaintext of a record at most, either way. */
#define IN_OVERHEAD  325
#define OUT_OVERHEAD 85

#define LARGEST_RECORD_LOG  14
#define LARGEST_TO_ASK_LOG  12
#define SMALLEST_RECORD_LOG 9
#define LARGEST_RECORD      ((size_t)1 << LARGEST_RECORD_LOG)
#define SMALLEST_RECORD     ((size_t)1 << SMALLEST_RECORD_LOG)

#define SEED_SIZE 48

static struct bdk_tls *tls_of(struct bedrock_transport *self)
{
    return (struct bdk_tls *)(void *)self;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Which power of two a record size is, of those that a client may ask for (RFC 6066, section 4); 0
 * stands for the largest that there can be. Returns 0 for every other number. */
static unsigned record_log(uint16_t record_size)
{
    unsigned power;

    for (power = SMALLEST_RECORD_LOG; power <= LARGEST_TO_ASK_LOG; power++) {
        if (record_size == 1u << power) {
            return power;
        }
    }
    return record_size == 0 ? LARGEST_RECORD_LOG : 0;
}

/* Divides the bytes behind the state: see bedrock/tls.h for the rule. */
static void lay_out(struct bdk_tls *tls, size_t size, size_t record)
{
    size_t spare = size - sizeof *tls - (record + IN_OVERHEAD);

    tls->out_cap = smaller(spare, record + OUT_OVERHEAD);
    spare -= tls->out_cap;
    tls->in_cap = record + IN_OVERHEAD + smaller(spare, LARGEST_RECORD - record);
    tls->in = (uint8_t *)(tls + 1);
    tls->out = tls->in + tls->in_cap;
}

int bdk_tls_init(struct bedrock_transport *self, size_t size,
                 const struct bedrock_transport_options *options, size_t *needed,
                 const struct bdk_tls_profile *profile)
{
    const struct bedrock_anchors *anchors =
        options->anchors != NULL ? options->anchors : profile->anchors;
    unsigned power = record_log(options->record_size);
    size_t record = (size_t)1 << power;
    struct bdk_tls *tls = tls_of(self);

    *needed = sizeof *tls + record + IN_OVERHEAD + SMALLEST_RECORD + OUT_OVERHEAD;
    if (power == 0) {
        return BEDROCK_E_ARGUMENT;
    }
    if (anchors->table == NULL || anchors->count == 0) {
        return BEDROCK_E_ANCHORS;
    }
    if (options->port->entropy == NULL) {
        return BEDROCK_E_ENTROPY;
    }
    if (size < *needed) {
        return BEDROCK_E_BUFFER;
    }
    tls->head.tls_code = tls->head.port_code = 0;
    tls->wire.port = options->port;
    tls->wire.owner = &tls->head;
    tls->profile = profile;
    tls->anchors = anchors;
    tls->phase = BDK_TLS_CLOSED;
    tls->record_log = power;
    lay_out(tls, size, record);
    return BEDROCK_OK;
}

static void choose_algorithms(struct bdk_tls *tls)
{
    const struct bdk_tls_profile *profile = tls->profile;
    br_ssl_engine_context *engine = &tls->ssl.eng;
    int aes_hardware =
        br_aes_x86ni_ctr_get_vtable() != NULL || br_aes_pwr8_ctr_get_vtable() != NULL;

    br_ssl_engine_set_versions(engine, BR_TLS12, BR_TLS12);
    br_ssl_engine_add_flags(engine, BR_OPT_NO_RENEGOTIATION);
    br_ssl_engine_set_suites(engine, aes_hardware ? profile->suites_aes : profile->suites,
                             profile->suite_count);
    br_ssl_engine_set_ec(engine, profile->ec());
    br_ssl_engine_set_ecdsa(engine, profile->ecdsa());
    br_ssl_engine_set_rsavrfy(engine, profile->rsa());
    br_ssl_engine_set_hash(engine, br_sha256_ID, &bdk_tls_sha256);
    br_ssl_engine_set_hash(engine, br_sha384_ID, profile->sha384);
    br_ssl_engine_set_hash(engine, br_sha512_ID, profile->sha512);
    br_ssl_engine_set_prf_sha256(engine, bdk_tls_prf_sha256);
    br_ssl_engine_set_prf_sha384(engine, profile->prf_sha384);
    br_ssl_engine_set_default_chapol(engine);
    br_ssl_engine_set_default_aes_gcm(engine);
}

static int seed(struct bdk_tls *tls)
{
    const struct bedrock_port *port = tls->wire.port;
    uint8_t random[SEED_SIZE];
    int said = port->entropy(port->ctx, random, sizeof random);

    if (said < 0) {
        tls->head.port_code = said;
        return BEDROCK_E_ENTROPY;
    }
    br_ssl_engine_inject_entropy(&tls->ssl.eng, random, sizeof random);
    bdk_wipe(random, sizeof random);
    return BEDROCK_OK;
}

/* The engine does nothing any more: BEDROCK_OK if that is as agreed with the peer. */
static int engine_end(struct bdk_tls *tls)
{
    int code = br_ssl_engine_last_error(&tls->ssl.eng);

    if (code != BR_ERR_OK) {
        tls->head.tls_code = code;
        tls->error = bdk_tls_status(code);
    }
    return tls->error;
}

/* Gets the engine ready: the ClientHello waits in it afterwards. */
static int prepare(struct bdk_tls *tls, const char *host, int64_t unix_s)
{
    br_ssl_engine_context *engine = &tls->ssl.eng;
    int result;

    br_ssl_client_zero(&tls->ssl);
    choose_algorithms(tls);
    bdk_tls_check_init(&tls->check, tls->profile, tls->anchors, unix_s);
    br_ssl_engine_set_x509(engine, &tls->check.vtable);
    br_ssl_engine_set_buffers_bidi(engine, tls->in, tls->in_cap, tls->out, tls->out_cap);
    /* Left alone, BearSSL asks the peer for records as small as the output buffer makes ours. What
     * it asks for cannot be set through its interface; this is what it looks at. */
    engine->log_max_frag_len = (unsigned char)tls->record_log;
    result = seed(tls);
    if (result != BEDROCK_OK) {
        return result;
    }
    /* Writes the ClientHello. It fails for want of entropy or buffers only, which are there. */
    return br_ssl_client_reset(&tls->ssl, host, 0) ? BEDROCK_OK : engine_end(tls);
}

/* Has the peer said that it sends no more? Not in BearSSL's interface either, but what its own
 * br_sslio looks at: a close_notify must count even when our answer to it can no longer be sent. */
static int peer_has_closed(const struct bdk_tls *tls)
{
    return tls->ssl.eng.shutdown_recv != 0;
}

static unsigned state_of(const struct bdk_tls *tls)
{
    return br_ssl_engine_current_state(&tls->ssl.eng);
}

/* Takes a record from the engine into the stash, if it is one of a handshake and fits. */
static int put_aside(struct bdk_tls *tls, const uint8_t *record, size_t len)
{
    if (tls->phase != BDK_TLS_SHAKE || len > sizeof tls->stash - tls->stash_len) {
        return 0;
    }
    memcpy(tls->stash + tls->stash_len, record, len);
    tls->stash_len += len;
    br_ssl_engine_sendrec_ack(&tls->ssl.eng, len);
    return 1;
}

/* One write: the stash if there is something in it, else the engine's record. */
static int write_once(struct bdk_tls *tls, const uint8_t *record, size_t len)
{
    int from_stash = tls->stash_len > 0;
    size_t taken = 0;
    int result;

    if (from_stash) {
        record = tls->stash + tls->stash_off;
        len = tls->stash_len - tls->stash_off;
    }
    result = bdk_wire_write(&tls->wire, record, len, &taken);
    if (result != BEDROCK_EVENT) {
        tls->write_error = result == BEDROCK_AGAIN ? 0 : result;
        return result;
    }
    if (!from_stash) {
        br_ssl_engine_sendrec_ack(&tls->ssl.eng, taken);
        return BEDROCK_EVENT;
    }
    tls->stash_off += taken;
    if (tls->stash_off == tls->stash_len) {
        tls->stash_off = tls->stash_len = 0;
    }
    return BEDROCK_EVENT;
}

/* Sends until neither the engine nor the stash has a byte left, or the port takes no more. */
static int push(struct bdk_tls *tls)
{
    while (tls->write_error == 0) {
        size_t len;
        const uint8_t *record = br_ssl_engine_sendrec_buf(&tls->ssl.eng, &len);
        int result;

        if (record != NULL && put_aside(tls, record, len)) {
            continue;
        }
        if (record == NULL && tls->stash_len == 0) {
            return BEDROCK_OK;
        }
        result = write_once(tls, record, len);
        if (result != BEDROCK_EVENT) {
            return result;
        }
    }
    return tls->write_error;
}

/* The engine neither sends nor receives, for ever. A peer brings that about with two requests to
 * renegotiate in a row: BearSSL answers the first and never comes back to the second. */
static int stuck(struct bdk_tls *tls)
{
    tls->head.tls_code = BR_ERR_UNEXPECTED;
    tls->error = BEDROCK_E_TLS;
    return tls->error;
}

/* Reads once into the engine. Returns BEDROCK_EVENT, BEDROCK_AGAIN or an error. */
static int pull(struct bdk_tls *tls)
{
    size_t cap, got = 0;
    uint8_t *room = br_ssl_engine_recvrec_buf(&tls->ssl.eng, &cap);
    int result;

    if (room == NULL) {
        return stuck(tls);
    }
    result = bdk_wire_read(&tls->wire, room, cap, &got);
    if (result == BEDROCK_EVENT) {
        br_ssl_engine_recvrec_ack(&tls->ssl.eng, got);
    } else if (result == 0) {
        result = tls->phase == BDK_TLS_OPEN ? BEDROCK_E_TLS_TRUNCATED : BEDROCK_E_READ;
    }
    if (result < 0 && result != BEDROCK_AGAIN) {
        tls->error = result;
    }
    return result;
}

/* Moves bytes until the handshake is done. */
static int shake(struct bdk_tls *tls)
{
    for (;;) {
        int result = push(tls);

        if (result != BEDROCK_OK) {
            return result;
        }
        if (state_of(tls) & BR_SSL_CLOSED) {
            result = engine_end(tls);
            return result != BEDROCK_OK ? result : BEDROCK_E_READ;
        }
        if (state_of(tls) & BR_SSL_SENDAPP) {
            return BEDROCK_OK;
        }
        result = pull(tls);
        if (result != BEDROCK_EVENT) {
            return result;
        }
    }
}

/* Destroys everything secret that the last connection has left: keys, and plaintext in buffers. */
static void forget(struct bdk_tls *tls)
{
    bdk_wipe(&tls->ssl, sizeof tls->ssl);
    bdk_wipe(&tls->check, sizeof tls->check);
    bdk_wipe(tls->stash, sizeof tls->stash);
    bdk_wipe(tls->in, tls->in_cap);
    bdk_wipe(tls->out, tls->out_cap);
}

static int start(struct bdk_tls *tls, const char *host, int64_t unix_s)
{
    int result;

    if (tls->phase != BDK_TLS_CLOSED) {
        bdk_tls_close(&tls->head);
    }
    tls->head.tls_code = tls->head.port_code = 0;
    tls->error = tls->write_error = 0;
    tls->stash_off = tls->stash_len = 0;
    if (host == NULL || host[0] == '\0' || strlen(host) >= sizeof tls->ssl.eng.server_name) {
        return BEDROCK_E_ARGUMENT; /* without a name BearSSL would check none */
    }
    if (!bdk_tls_time_is_set(unix_s)) {
        return BEDROCK_E_CLOCK;
    }
    result = prepare(tls, host, unix_s);
    if (result != BEDROCK_OK) {
        forget(tls);
        return result;
    }
    tls->phase = BDK_TLS_CONNECT;
    return BEDROCK_OK;
}

int bdk_tls_open(struct bedrock_transport *self, const char *host, uint16_t port, int64_t unix_s,
                 uint32_t wait_ms)
{
    struct bdk_tls *tls = tls_of(self);
    int result = BEDROCK_OK;

    if (tls->phase != BDK_TLS_CONNECT && tls->phase != BDK_TLS_SHAKE) {
        result = start(tls, host, unix_s);
        if (result != BEDROCK_OK) {
            return result;
        }
    }
    bdk_wire_begin(&tls->wire, wait_ms);
    if (tls->phase == BDK_TLS_CONNECT) {
        result = bdk_wire_connect(&tls->wire, host, port);
        tls->phase = result == BEDROCK_OK ? BDK_TLS_SHAKE : BDK_TLS_CONNECT;
    }
    if (tls->phase == BDK_TLS_SHAKE) {
        result = shake(tls);
    }
    if (result != BEDROCK_AGAIN) {
        tls->phase = result == BEDROCK_OK ? BDK_TLS_OPEN : BDK_TLS_FAILED;
    }
    return result;
}

/* Why nothing can be sent; BEDROCK_OK if something can, now or later. */
static int send_obstacle(struct bdk_tls *tls)
{
    if (tls->phase != BDK_TLS_OPEN) {
        return BEDROCK_E_WRITE;
    }
    if (tls->write_error != 0) {
        return tls->write_error;
    }
    if (state_of(tls) & BR_SSL_CLOSED) {
        (void)engine_end(tls);
    }
    if (tls->error != 0) {
        return tls->error;
    }
    return peer_has_closed(tls) ? BEDROCK_E_WRITE : BEDROCK_OK;
}

int bdk_tls_reserve(struct bedrock_transport *self, uint8_t **data, size_t *cap, uint32_t wait_ms)
{
    struct bdk_tls *tls = tls_of(self);

    bdk_wire_begin(&tls->wire, wait_ms);
    for (;;) {
        int result = send_obstacle(tls);

        if (result != BEDROCK_OK) {
            return result;
        }
        *data = br_ssl_engine_sendapp_buf(&tls->ssl.eng, cap);
        if (*data != NULL) {
            return BEDROCK_OK;
        }
        result = push(tls);
        if (result != BEDROCK_OK) {
            return result;
        }
        if (state_of(tls) & BR_SSL_SENDAPP) {
            continue;
        }
        /* Nothing left to send and still no room: the peer is in the middle of a handshake message,
         * a request to renegotiate. The rest of it must come first. */
        result = pull(tls);
        if (result != BEDROCK_EVENT) {
            return result;
        }
    }
}

void bdk_tls_commit(struct bedrock_transport *self, size_t len)
{
    if (len > 0) {
        br_ssl_engine_sendapp_ack(&tls_of(self)->ssl.eng, len);
    }
}

int bdk_tls_flush(struct bedrock_transport *self, uint32_t wait_ms)
{
    struct bdk_tls *tls = tls_of(self);
    int result = send_obstacle(tls);

    if (result != BEDROCK_OK) {
        return result;
    }
    bdk_wire_begin(&tls->wire, wait_ms);
    br_ssl_engine_flush(&tls->ssl.eng, 0);
    return push(tls);
}

/* Reads once more. What waits to be sent is sent on the way, but only if the engine can receive
 * nothing before is it waited for: what has come must not depend on a peer that does not read.
 * Returns BEDROCK_EVENT when it is worth looking at the engine again. */
static int advance(struct bdk_tls *tls)
{
    uint32_t wait_ms = tls->wire.wait_ms;

    if ((state_of(tls) & (BR_SSL_SENDREC | BR_SSL_RECVREC)) == BR_SSL_SENDREC) {
        int result = push(tls);

        return result == BEDROCK_OK ? BEDROCK_EVENT : result;
    }
    tls->wire.wait_ms = 0;
    (void)push(tls);
    tls->wire.wait_ms = wait_ms;
    return pull(tls);
}

int bdk_tls_receive(struct bedrock_transport *self, const uint8_t **data, size_t *len,
                    uint32_t wait_ms)
{
    struct bdk_tls *tls = tls_of(self);

    if (tls->phase != BDK_TLS_OPEN) {
        return BEDROCK_E_READ;
    }
    bdk_wire_begin(&tls->wire, wait_ms);
    for (;;) {
        int result;

        *data = br_ssl_engine_recvapp_buf(&tls->ssl.eng, len);
        if (*data != NULL) {
            return BEDROCK_EVENT;
        }
        if (tls->error != 0) {
            return tls->error;
        }
        if (peer_has_closed(tls) || (state_of(tls) & BR_SSL_CLOSED)) {
            return engine_end(tls);
        }
        result = advance(tls);
        if (result != BEDROCK_EVENT) {
            return result;
        }
    }
}

void bdk_tls_consume(struct bedrock_transport *self, size_t len)
{
    /* With nothing lent and nothing used, BearSSL would drop the record that is just coming in. */
    if (len > 0) {
        br_ssl_engine_recvapp_ack(&tls_of(self)->ssl.eng, len);
    }
}

void bdk_tls_close(struct bedrock_transport *self)
{
    struct bdk_tls *tls = tls_of(self);

    if (tls->phase == BDK_TLS_OPEN && tls->error == 0) {
        int port_code = self->port_code;

        bdk_wire_begin(&tls->wire, 0);
        br_ssl_engine_close(&tls->ssl.eng);
        (void)push(tls);
        self->port_code = port_code; /* that a good-bye could not be sent is no failure */
    }
    tls->wire.port->close(tls->wire.port->ctx);
    if (tls->phase != BDK_TLS_CLOSED) {
        forget(tls);
        tls->phase = BDK_TLS_CLOSED;
    }
}
