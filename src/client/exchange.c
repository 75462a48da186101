/* SPDX-License-Identifier: MIT */
/*
 * A call, from the wish to the last byte: a state machine that does a bounded bit of work at a
 * time, so that it serves a port that waits and one that does not in the same way. Waiting happens
 * inside the transport, never longer than SLICE_MS, so that a cancelled call ends soon and a
 * watchdog is fed.
 *
 *     PREPARE -> OPEN -> SEND -> FLUSH -> HEAD -> ANSWER -> ANSWER_END -> DONE
 *        ^         (an answer that comes early: SEND -> HEAD)   HEAD -> ERROR_BODY -> FAILED
 *        +------ BACKOFF <- any failure that may be retried
 */
#include "client/client.h"

#include "client/service_error.h"
#include "util/bytes.h"

#include <string.h>

/* Longest single wait. bedrock_cancel() promises this bound. */
#define SLICE_MS 250u

/* A connection that has been silent for longer is likely to be dead on the other side: it is not
 * reused. */
#define KEEP_ALIVE_MS 60000u

/* Error bodies are read so far, and no further. */
#define ERROR_BODY_MAX 65536u

/* SigV4 allows five minutes; the SDKs correct the clock from four. */
#define SKEW_MIN_S 240

static uint32_t now_ms(const struct bedrock_client *client)
{
    return client->config.port->now_ms(client->config.port->ctx);
}

static void enter(struct bedrock_client *client, enum bdk_state state)
{
    const struct bedrock_timeouts *timeouts = &client->config.timeouts;

    client->state = (uint8_t)state;
    client->phase_start_ms = now_ms(client);
    client->phase_ms = state == BDK_OPEN   ? timeouts->connect_ms
                       : state == BDK_HEAD ? timeouts->first_byte_ms
                                           : timeouts->idle_ms;
}

static int timeout_code(const struct bedrock_client *client)
{
    return client->state == BDK_OPEN   ? BEDROCK_E_TIMEOUT_CONNECT
           : client->state == BDK_HEAD ? BEDROCK_E_TIMEOUT_FIRST_BYTE
                                       : BEDROCK_E_TIMEOUT_IDLE;
}

/* How long a step may wait, and the code to fail with if it cannot go on then; 0 while there is
 * time. */
static uint32_t time_left(const struct bedrock_client *client, int *late)
{
    uint32_t now = now_ms(client);
    uint32_t total = now - client->call_start_ms, phase = now - client->phase_start_ms;
    uint32_t left = SLICE_MS;

    *late = 0;
    if (total >= client->config.timeouts.total_ms) {
        *late = BEDROCK_E_TIMEOUT_TOTAL;
        return 0;
    }
    if (client->state != BDK_BACKOFF && phase >= client->phase_ms) {
        *late = timeout_code(client);
        return 0;
    }
    if (client->state != BDK_BACKOFF && client->phase_ms - phase < left) {
        left = client->phase_ms - phase;
    }
    if (client->config.timeouts.total_ms - total < left) {
        left = client->config.timeouts.total_ms - total;
    }
    return client->config.port->wait == NULL ? 0 : left;
}

static void disconnect(struct bedrock_client *client)
{
    client->transport->type->close(client->transport);
    client->connected = 0;
    client->in = client->in_end = NULL;
    client->in_len = 0;
}

/* Forgets what the last attempt has learned. */
static void begin_attempt(struct bedrock_client *client)
{
    int attempts = client->error.attempts;

    bdk_error_clear(client);
    client->error.attempts = attempts;
    client->sent = client->sent_crc = 0;
    client->got_bytes = client->close_after = client->response_ended = 0;
    client->answer.date_s = 0;
    client->answer.retry_ms = 0;
    client->transport->tls_code = client->transport->port_code = 0;
}

/* ------------------------------------------------------------------- steps */

static int step_prepare(struct bedrock_client *client)
{
    int status;

    begin_attempt(client);
    status = bdk_prepare(client);
    if (status != BEDROCK_OK) {
        return status;
    }
    client->retry.attempts++;
    client->error.attempts++;
    if (client->connected && now_ms(client) - client->idle_since_ms > KEEP_ALIVE_MS) {
        disconnect(client);
    }
    client->reused = client->connected;
    enter(client, client->connected ? BDK_SEND : BDK_OPEN);
    return BEDROCK_OK;
}

static int step_open(struct bedrock_client *client, uint32_t wait_ms)
{
    char host[BDK_AUTHORITY_MAX + 1];
    int status;

    bdk_endpoint_host(&client->endpoint, host);
    status = client->transport->type->open(client->transport, host, client->endpoint.port,
                                           client->now_s, wait_ms);
    if (status == BEDROCK_OK) {
        client->connected = 1;
        enter(client, BDK_SEND);
    }
    return status;
}

/* Lends the bytes that have come, once those before are used up. As the transport's receive(). */
static int receive(struct bedrock_client *client, uint32_t wait_ms)
{
    const struct bedrock_transport_class *type = client->transport->type;
    const uint8_t *data;
    size_t len;
    int status;

    if (client->in_len > 0) {
        type->consume(client->transport, client->in_len);
        client->in = client->in_end = NULL;
        client->in_len = 0;
    }
    status = type->receive(client->transport, &data, &len, wait_ms);
    if (status == BEDROCK_EVENT) {
        client->in = data;
        client->in_end = data + len;
        client->in_len = len;
        client->got_bytes = 1;
    }
    return status;
}

/* An answer before the request is complete means that the service has seen enough: its words say
 * more than a broken pipe. The rest of the request is not sent, and the connection is good for
 * nothing else. */
static int answer_early(struct bedrock_client *client)
{
    if (receive(client, 0) != BEDROCK_EVENT) {
        return 0;
    }
    client->close_after = 1;
    bdk_answer_begin(client);
    enter(client, BDK_HEAD);
    return 1;
}

static int step_send(struct bedrock_client *client, uint32_t wait_ms)
{
    int complete, status;

    if (client->sent > 0 && answer_early(client)) {
        return BEDROCK_OK;
    }
    status = bdk_request_send(client, wait_ms, &complete);
    if (status == BEDROCK_OK) {
        enter(client, complete ? BDK_FLUSH : BDK_SEND);
    } else if (status != BEDROCK_AGAIN && client->sent > 0 && answer_early(client)) {
        status = BEDROCK_OK;
    }
    return status;
}

static int step_flush(struct bedrock_client *client, uint32_t wait_ms)
{
    int status = client->transport->type->flush(client->transport, wait_ms);

    if (status == BEDROCK_OK) {
        bdk_answer_begin(client);
        enter(client, BDK_HEAD);
    } else if (status != BEDROCK_AGAIN && answer_early(client)) {
        status = BEDROCK_OK;
    }
    return status;
}

/* Advances the response by one event: 1; AGAIN; or an error. The parser is asked before the
 * network: it may have an event that takes no more bytes, such as the end of a body of known
 * length. */
static int pull(struct bedrock_client *client, struct bedrock_http_event *event, uint32_t wait_ms)
{
    const char *in;
    int status;

    for (;;) {
        in = (const char *)client->in;
        status =
            bedrock_http_response_next(&client->http, &in, (const char *)client->in_end, event);
        client->in = (const uint8_t *)in;
        if (status != 0) {
            return status;
        }
        status = receive(client, wait_ms);
        if (status == 0) {
            client->close_after = 1;
            return bedrock_http_response_finish(&client->http, event);
        }
        if (status != BEDROCK_EVENT) {
            return status;
        }
        client->phase_start_ms = now_ms(client);
    }
}

static int step_head(struct bedrock_client *client, uint32_t wait_ms)
{
    struct bedrock_http_event event;
    int status = pull(client, &event, wait_ms);

    if (status != BEDROCK_EVENT) {
        return status;
    }
    switch (event.type) {
    case BEDROCK_HTTP_STATUS:
        client->error.http_status = event.status;
        return BEDROCK_OK;
    case BEDROCK_HTTP_HEADER:
        bdk_answer_header(client, &event);
        return BEDROCK_OK;
    case BEDROCK_HTTP_HEAD_END:
        status = bdk_answer_head_end(client);
        enter(client, (enum bdk_state)client->state);
        return status;
    default:
        return BEDROCK_OK;
    }
}

/* The response has ended: the connection is kept if both sides may and nothing is left over. */
static void end_response(struct bedrock_client *client)
{
    client->response_ended = 1;
    if (client->in != client->in_end || client->close_after ||
        !bedrock_http_response_keep_alive(&client->http)) {
        disconnect(client);
        return;
    }
    if (client->in_len > 0) {
        client->transport->type->consume(client->transport, client->in_len);
        client->in_len = 0;
    }
    client->idle_since_ms = now_ms(client);
}

static int step_answer(struct bedrock_client *client, struct bedrock_event *event, uint32_t wait_ms)
{
    struct bedrock_http_event http;
    int status = client->operation->read(client, event);

    if (status != 0) {
        return status;
    }
    status = pull(client, &http, wait_ms);
    if (status != BEDROCK_EVENT) {
        return status;
    }
    if (http.type == BEDROCK_HTTP_BODY) {
        client->body = http.text;
        client->body_end = http.text + http.len;
    } else if (http.type == BEDROCK_HTTP_END) {
        client->state = BDK_ANSWER_END;
    }
    return BEDROCK_OK;
}

static int step_answer_end(struct bedrock_client *client, struct bedrock_event *event)
{
    int status = client->operation->end(client, event);

    if (status == 0) {
        end_response(client);
        bdk_retry_success(&client->retry);
        client->state = BDK_DONE;
    }
    return status;
}

static int step_error_body(struct bedrock_client *client, uint32_t wait_ms)
{
    struct bedrock_http_event event;
    int status = pull(client, &event, wait_ms);

    if (status == BEDROCK_AGAIN) {
        return status;
    }
    if (status == BEDROCK_EVENT && event.type == BEDROCK_HTTP_BODY &&
        client->error_len < ERROR_BODY_MAX) {
        bdk_answer_error_body(client, event.text, event.len);
        client->error_len += (uint32_t)event.len;
        return BEDROCK_OK;
    }
    if (status == BEDROCK_EVENT && event.type == BEDROCK_HTTP_TRAILER) {
        return BEDROCK_OK;
    }
    if (status == BEDROCK_EVENT && event.type == BEDROCK_HTTP_END) {
        end_response(client);
    }
    return bdk_answer_error_end(client);
}

static int step_backoff(struct bedrock_client *client, uint32_t wait_ms)
{
    uint32_t passed = now_ms(client) - client->phase_start_ms;
    const struct bedrock_port *port = client->config.port;

    if (passed >= client->backoff_ms) {
        enter(client, BDK_PREPARE);
        return BEDROCK_OK;
    }
    if (port->wait != NULL) {
        passed = client->backoff_ms - passed;
        port->wait(port->ctx, passed < wait_ms ? passed : wait_ms);
    }
    return BEDROCK_AGAIN;
}

static int step(struct bedrock_client *client, struct bedrock_event *event, uint32_t wait_ms)
{
    switch (client->state) {
    case BDK_PREPARE:
        return step_prepare(client);
    case BDK_OPEN:
        return step_open(client, wait_ms);
    case BDK_SEND:
        return step_send(client, wait_ms);
    case BDK_FLUSH:
        return step_flush(client, wait_ms);
    case BDK_HEAD:
        return step_head(client, wait_ms);
    case BDK_ANSWER:
        return step_answer(client, event, wait_ms);
    case BDK_ANSWER_END:
        return step_answer_end(client, event);
    case BDK_ERROR_BODY:
        return step_error_body(client, wait_ms);
    default:
        return step_backoff(client, wait_ms);
    }
}

/* ---------------------------------------------------------------- failures */

int bdk_fail(struct bedrock_client *client, int code)
{
    client->error.code = code;
    client->error.tls_code = client->transport->tls_code;
    if (client->error.port_code == 0) {
        client->error.port_code = client->transport->port_code;
    }
    return code;
}

/* A connection left open by an earlier call may have died meanwhile. That says nothing about the
 * service: it is replaced, once, at once and at no price, as long as not one byte of an answer has
 * come. */
static int stale_connection(struct bedrock_client *client, int code)
{
    if (!client->reused || client->got_bytes || client->stale_retried ||
        (code != BEDROCK_E_READ && code != BEDROCK_E_WRITE && code != BEDROCK_E_TLS_TRUNCATED &&
         code != BEDROCK_E_HTTP_INCOMPLETE)) {
        return 0;
    }
    client->stale_retried = 1;
    client->retry.attempts--;
    return 1;
}

/* Our clock is wrong and the answer's Date says by how much: learn it, and try again, once, at
 * once. */
static int learn_clock(struct bedrock_client *client, int code)
{
    int64_t off = client->answer.date_s - client->now_s;

    if (client->answer.date_s == 0 || client->skew_retried || client->keys.bearer_token != NULL ||
        !bdk_service_may_be_skew(code, client->error.type) ||
        (off < SKEW_MIN_S && off > -SKEW_MIN_S)) {
        return 0;
    }
    client->skew_s += off;
    client->skew_retried = 1;
    client->retry.attempts--;
    return 1;
}

static uint16_t random_16(struct bedrock_client *client)
{
    const struct bedrock_port *port = client->config.port;
    uint8_t bytes[2];

    /* Without randomness the longest pause is the safe one. */
    return port->entropy(port->ctx, bytes, sizeof bytes) < 0 ? 65535 : bdk_get_be16(bytes);
}

/* The pause before the next attempt, or 0 if there is to be none. */
static int plan_retry(struct bedrock_client *client, int code)
{
    uint32_t spent = now_ms(client) - client->call_start_ms;
    uint32_t asked = client->answer.retry_ms, delay;

    if (!bdk_retry_next(&client->retry, bdk_service_retry_kind(code, client->error.http_status),
                        client->config.max_attempts, random_16(client), &delay)) {
        return 0;
    }
    if (client->answer.retry_exact) {
        delay = bdk_retry_after(delay, asked);
    } else if (asked > delay) {
        delay = asked;
    }
    if (spent >= client->config.timeouts.total_ms ||
        delay >= client->config.timeouts.total_ms - spent) {
        return 0; /* it would end after the deadline: better to say so now */
    }
    client->backoff_ms = delay;
    return 1;
}

/* What to say when the time is up: of an error whose telling has stalled, enough is known already.
 */
static int late_code(struct bedrock_client *client, int late)
{
    return client->state == BDK_ERROR_BODY ? bdk_answer_error_end(client) : late;
}

/* Credentials that are being fetched give nothing to wait for in a transport. */
static void wait_for_credentials(struct bedrock_client *client, uint32_t wait_ms)
{
    if (client->state == BDK_PREPARE) {
        client->config.port->wait(client->config.port->ctx, wait_ms < 20 ? wait_ms : 20);
    }
}

/* Decides what a failure leads to: another attempt, or the end of the call. */
static int recover(struct bedrock_client *client, int code)
{
    int again = 0;

    bdk_fail(client, code);
    if (client->state != BDK_PREPARE && !client->response_ended) {
        disconnect(client);
    }
    if (!client->events_given && code != BEDROCK_E_CANCELLED) {
        client->backoff_ms = 0;
        again =
            stale_connection(client, code) || learn_clock(client, code) || plan_retry(client, code);
    }
    enter(client, again ? BDK_BACKOFF : BDK_FAILED);
    return again ? BEDROCK_OK : code;
}

/* One turn of the machine, with what stands above all its states: cancelling and the deadlines. */
static int turn(struct bedrock_client *client, struct bedrock_event *event)
{
    int status, late;
    uint32_t wait_ms = time_left(client, &late);

    if (client->cancelled) {
        return BEDROCK_E_CANCELLED;
    }
    if (late == BEDROCK_E_TIMEOUT_TOTAL) {
        return late_code(client, late);
    }
    status = step(client, event, wait_ms);
    if (status != BEDROCK_AGAIN) {
        return status;
    }
    if (late != 0) {
        return late_code(client, late);
    }
    if (client->config.port->wait == NULL) {
        return BEDROCK_AGAIN;
    }
    wait_for_credentials(client, wait_ms);
    return BEDROCK_OK;
}

int bedrock_next(bedrock_client *client, struct bedrock_event *event)
{
    int status;

    if (client == NULL) {
        return BEDROCK_E_BUFFER;
    }
    while (client->state >= BDK_PREPARE) {
        status = turn(client, event);
        if (status == BEDROCK_EVENT) {
            client->events_given = 1;
            return BEDROCK_EVENT;
        }
        if (status == BEDROCK_AGAIN) {
            return BEDROCK_AGAIN;
        }
        if (status < 0) {
            recover(client, status);
        }
    }
    return client->state == BDK_FAILED || client->state == BDK_BROKEN ? client->error.code
                                                                      : BEDROCK_OK;
}
