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

/* Between two questions to a provider that is fetching keys. */
#define KEYS_WAIT_MS 20u

/* SigV4 allows five minutes; the SDKs correct the clock from four. */
#define SKEW_MIN_S 240

uint32_t bdk_now_ms(const struct bedrock_client *client)
{
    return client->port->now_ms(client->port->ctx);
}

static void enter(struct bedrock_client *client, enum bdk_state state)
{
    client->state = (uint8_t)state;
    client->phase_start_ms = bdk_now_ms(client);
}

/* The deadline that the state has of its own, and the code to fail with when it has passed. */
static int phase_limit(const struct bedrock_client *client, uint32_t *limit_ms)
{
    const struct bedrock_timeouts *timeouts = &client->config.timeouts;

    if (client->state == BDK_PREPARE || client->state == BDK_BACKOFF) {
        *limit_ms = timeouts->total_ms;
        return BEDROCK_E_TIMEOUT_TOTAL;
    }
    if (client->state == BDK_OPEN) {
        *limit_ms = timeouts->connect_ms;
        return BEDROCK_E_TIMEOUT_CONNECT;
    }
    if (client->state == BDK_HEAD && client->error.http_status == 0) {
        *limit_ms = timeouts->first_byte_ms;
        return BEDROCK_E_TIMEOUT_FIRST_BYTE;
    }
    *limit_ms = timeouts->idle_ms;
    return BEDROCK_E_TIMEOUT_IDLE;
}

static uint32_t left_ms(const struct bedrock_client *client, uint32_t since_ms, uint32_t limit_ms)
{
    uint32_t passed = bdk_now_ms(client) - since_ms;

    return passed < limit_ms ? limit_ms - passed : 0;
}

static uint32_t left_of_call_ms(const struct bedrock_client *client)
{
    return left_ms(client, client->call_start_ms, client->config.timeouts.total_ms);
}

/* How long a step may wait, and the code to fail with if it cannot go on then; 0 while there is
 * time. */
static uint32_t time_left(struct bedrock_client *client, int *late)
{
    uint32_t phase_ms, total_ms = left_of_call_ms(client);
    int code = phase_limit(client, &phase_ms);

    if (client->event_given) {
        client->event_given = 0;
        client->phase_start_ms = bdk_now_ms(client); /* what the caller took is nobody's pause */
    }
    phase_ms = left_ms(client, client->phase_start_ms, phase_ms);
    *late = total_ms == 0 ? BEDROCK_E_TIMEOUT_TOTAL : phase_ms == 0 ? code : 0;
    phase_ms = phase_ms < total_ms ? phase_ms : total_ms;
    return client->port->wait == NULL ? 0 : phase_ms < SLICE_MS ? phase_ms : SLICE_MS;
}

void bdk_disconnect(struct bedrock_client *client)
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
    memset(&client->attempt, 0, sizeof client->attempt);
    client->transport->tls_code = client->transport->port_code = 0;
}

/* ------------------------------------------------------------------- steps */

/* Is the connection of the last call good for another one? What has come meanwhile, an end above
 * all, says that it is not. */
static int is_reusable(const struct bedrock_client *client)
{
    const uint8_t *data;
    size_t len;

    return client->connected && left_ms(client, client->idle_since_ms, KEEP_ALIVE_MS) > 0 &&
           client->transport->type->receive(client->transport, &data, &len, 0) == BEDROCK_AGAIN;
}

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
    client->reused = (uint8_t)is_reusable(client);
    if (!client->reused) {
        bdk_disconnect(client);
    }
    enter(client, client->reused ? BDK_SEND : BDK_OPEN);
    return BEDROCK_OK;
}

static int step_open(struct bedrock_client *client, uint32_t wait_ms)
{
    int status = client->transport->type->open(client->transport, client->endpoint.host,
                                               client->endpoint.port, client->now_s, wait_ms);

    if (status == BEDROCK_OK) {
        client->connected = 1;
        enter(client, BDK_SEND);
    }
    return status;
}

static void begin_head(struct bedrock_client *client)
{
    bdk_answer_begin(client);
    enter(client, BDK_HEAD);
}

/*
 * Is there an answer already? Before the request is complete it means that the service has seen
 * enough: its words say more than a broken pipe. The rest is not sent, and the connection is good
 * for nothing else. Returns the status of the sending if there is none. When nothing moves this
 * looks every other time only: a port that is ready for one thing at a time must not be kept from
 * writing by being asked to read.
 */
static int or_early_answer(struct bedrock_client *client, int status)
{
    client->looked = !client->looked;
    if ((status == BEDROCK_AGAIN && client->looked) || bdk_receive(client, 0) != BEDROCK_EVENT) {
        return status;
    }
    client->attempt.close_after = 1;
    begin_head(client);
    return BEDROCK_OK;
}

static int step_send(struct bedrock_client *client, uint32_t wait_ms)
{
    int complete = 0, status = bdk_request_send(client, wait_ms, &complete);

    if (status == BEDROCK_OK) {
        enter(client, complete ? BDK_FLUSH : BDK_SEND);
    }
    return complete ? BEDROCK_OK : or_early_answer(client, status);
}

static int step_flush(struct bedrock_client *client, uint32_t wait_ms)
{
    int status = client->transport->type->flush(client->transport, wait_ms);

    if (status != BEDROCK_OK) {
        return or_early_answer(client, status);
    }
    begin_head(client);
    return BEDROCK_OK;
}

static int step_backoff(struct bedrock_client *client, uint32_t wait_ms)
{
    uint32_t left = left_ms(client, client->phase_start_ms, client->backoff_ms);
    const struct bedrock_port *port = client->port;

    if (left == 0) {
        enter(client, BDK_PREPARE);
        return BEDROCK_OK;
    }
    if (port->wait != NULL) {
        port->wait(port->ctx, left < wait_ms ? left : wait_ms);
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
        return bdk_step_head(client, wait_ms);
    case BDK_ANSWER:
        return bdk_step_answer(client, event, wait_ms);
    case BDK_ANSWER_END:
        return bdk_step_answer_end(client, event);
    case BDK_ERROR_BODY:
        return bdk_step_error_body(client, wait_ms);
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
    if (!client->reused || client->attempt.got_bytes || client->stale_retried ||
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
    const struct bedrock_port *port = client->port;
    int64_t now_s, skew_s;

    if (client->attempt.date_s == 0 || client->skew_retried || client->keys.bearer_token != NULL ||
        !bdk_service_may_be_skew(code, client->error.type) || port->utc(port->ctx, &now_s) < 0) {
        return 0;
    }
    skew_s = client->attempt.date_s - now_s;
    if ((uint64_t)(skew_s - client->skew_s + SKEW_MIN_S - 1) < 2 * SKEW_MIN_S - 1) {
        return 0; /* less than that, in either direction */
    }
    client->skew_s = skew_s;
    client->skew_retried = 1;
    client->retry.attempts--;
    return 1;
}

static uint16_t random_16(struct bedrock_client *client)
{
    const struct bedrock_port *port = client->port;
    uint8_t bytes[2];

    /* Without randomness the longest pause is the safe one. */
    return port->entropy(port->ctx, bytes, sizeof bytes) < 0 ? 65535 : bdk_get_be16(bytes);
}

/* Plans another attempt after a pause, if there may be one. */
static int plan_retry(struct bedrock_client *client, int code)
{
    uint32_t asked = client->attempt.retry_ms, delay;

    if (!bdk_retry_next(&client->retry, bdk_service_retry_kind(code, client->error.http_status),
                        client->config.max_attempts, random_16(client), &delay)) {
        return 0;
    }
    if (client->attempt.retry_exact) {
        asked = bdk_retry_after(delay, asked);
    }
    client->backoff_ms = asked > delay ? asked : delay;
    if (client->backoff_ms < left_of_call_ms(client)) {
        return 1;
    }
    bdk_retry_give_back(&client->retry); /* it would end after the deadline: better to say so now */
    return 0;
}

/* What to say when the time is up: of an error whose telling has stalled, enough is known already.
 */
static int late_code(struct bedrock_client *client, int late)
{
    return client->state == BDK_ERROR_BODY ? bdk_answer_error_end(client) : late;
}

/* Decides what a failure leads to: another attempt, or the end of the call. What fails before an
 * attempt is on the air, the caller's provider or source for one, leaves the connection alone and
 * is not tried again: whoever failed knows better when that helps. */
static void recover(struct bedrock_client *client, int code)
{
    int again = 0, prepared = client->state != BDK_PREPARE;

    bdk_fail(client, code);
    if (prepared && !client->attempt.response_ended) {
        bdk_disconnect(client);
    }
    if (prepared && !client->events_given && !client->attempt.request_failed &&
        code != BEDROCK_E_CANCELLED) {
        client->backoff_ms = 0;
        again =
            stale_connection(client, code) || learn_clock(client, code) || plan_retry(client, code);
    }
    enter(client, again ? BDK_BACKOFF : BDK_FAILED);
}

/* One turn of the machine, with what stands above all its states: cancelling and the deadlines. */
static int turn(struct bedrock_client *client, struct bedrock_event *event)
{
    const struct bedrock_port *port = client->port;
    int status = BEDROCK_AGAIN, late;
    uint32_t wait_ms = time_left(client, &late);

    if (client->cancelled) {
        return BEDROCK_E_CANCELLED;
    }
    if (late != BEDROCK_E_TIMEOUT_TOTAL) {
        status = step(client, event, wait_ms);
    }
    if (status != BEDROCK_AGAIN) {
        return status;
    }
    if (late != 0) {
        return late_code(client, late);
    }
    if (port->wait == NULL) {
        return BEDROCK_AGAIN;
    }
    if (client->state == BDK_PREPARE) {
        /* Keys that are being fetched give nothing to wait for in a transport. */
        port->wait(port->ctx, wait_ms < KEYS_WAIT_MS ? wait_ms : KEYS_WAIT_MS);
    }
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
            client->events_given = client->event_given = 1;
        }
        if (status == BEDROCK_EVENT || status == BEDROCK_AGAIN) {
            return status;
        }
        if (status < 0) {
            recover(client, status);
        }
    }
    return client->state == BDK_FAILED || client->state == BDK_BROKEN ? client->error.code
                                                                      : BEDROCK_OK;
}
