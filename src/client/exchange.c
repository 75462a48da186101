/* SPDX-License-Identifier: MIT */
/*
 * A call, from the wish to the last byte: a state machine that does a bounded bit of work at a
 * time, so that it serves a port that waits and one that does not in the same way. Waiting happens
 * inside the transport, never longer than SLICE_MS, so that a cancelled call ends soon and a
 * watchdog is fed.
 *
 *     PREPARE -> OPEN -> SEND -> FLUSH -> STATUS -> HEAD -> ANSWER -> ANSWER_END -> DONE
 *        ^       (an answer that comes early: SEND -> STATUS)   HEAD -> ERROR_BODY -> FAILED
 *        +------ BACKOFF <- any failure that may be retried
 */
#include "client/client.h"

#include <string.h>

/* Longest single wait. bedrock_cancel() promises this bound. */
#define SLICE_MS 250u

/* A connection that has been silent for longer is likely to be dead on the other side: it is not
 * reused. */
#define KEEP_ALIVE_MS 60000u

/* Between two questions to a provider that is fetching keys. */
#define KEYS_WAIT_MS 20u

uint32_t bdk_now_ms(const struct bedrock_client *client)
{
    return client->port->now_ms(client->port->ctx);
}

static int enter(struct bedrock_client *client, enum bdk_state state)
{
    client->state = (uint8_t)state;
    client->phase_start_ms = bdk_now_ms(client);
    return BEDROCK_OK;
}

/* The time-out that bounds each state, by its code without the sign: these are in the order of
 * struct bedrock_timeouts. BACKOFF has backoff_ms for its own. */
enum {
    CONNECT = -BEDROCK_E_TIMEOUT_CONNECT,
    FIRST_BYTE = -BEDROCK_E_TIMEOUT_FIRST_BYTE,
    IDLE = -BEDROCK_E_TIMEOUT_IDLE,
    TOTAL = -BEDROCK_E_TIMEOUT_TOTAL
};
static const uint8_t timeouts[] = {
    TOTAL,      TOTAL, CONNECT, IDLE, IDLE, /* PREPARE, BACKOFF, OPEN, SEND, FLUSH */
    FIRST_BYTE, IDLE,  IDLE,    IDLE, IDLE  /* STATUS, HEAD, ANSWER, ANSWER_END, ERROR_BODY */
};

uint32_t bdk_left_ms(const struct bedrock_client *client, uint32_t since_ms, uint32_t limit_ms)
{
    uint32_t passed = bdk_now_ms(client) - since_ms;

    return passed < limit_ms ? limit_ms - passed : 0;
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

    return client->connected && bdk_left_ms(client, client->idle_since_ms, KEEP_ALIVE_MS) > 0 &&
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
    if (is_reusable(client)) {
        client->attempt.reused = 1;
        return enter(client, BDK_SEND);
    }
    bdk_disconnect(client);
    return enter(client, BDK_OPEN);
}

static int step_open(struct bedrock_client *client, uint32_t wait_ms)
{
    int status = client->transport->type->open(client->transport, client->endpoint.host,
                                               client->endpoint.port, client->now_s, wait_ms);

    if (status != BEDROCK_OK) {
        return status;
    }
    client->connected = 1;
    return enter(client, BDK_SEND);
}

static int begin_head(struct bedrock_client *client)
{
    bdk_answer_begin(client);
    return enter(client, BDK_STATUS);
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
    return begin_head(client);
}

static int step_send(struct bedrock_client *client, uint32_t wait_ms)
{
    int status = bdk_request_send(client, wait_ms);

    if (status == BDK_REQUEST_COMPLETE) {
        return enter(client, BDK_FLUSH);
    }
    if (status == BEDROCK_OK) {
        enter(client, BDK_SEND);
    }
    return or_early_answer(client, status);
}

static int step_flush(struct bedrock_client *client, uint32_t wait_ms)
{
    int status = client->transport->type->flush(client->transport, wait_ms);

    return status == BEDROCK_OK ? begin_head(client) : or_early_answer(client, status);
}

static int step(struct bedrock_client *client, struct bedrock_event *event, uint32_t left_ms,
                uint32_t wait_ms)
{
    switch (client->state) {
    case BDK_PREPARE:
        return step_prepare(client);
    case BDK_BACKOFF:
        return left_ms > 0 ? BEDROCK_AGAIN : enter(client, BDK_PREPARE);
    case BDK_OPEN:
        return step_open(client, wait_ms);
    case BDK_SEND:
        return step_send(client, wait_ms);
    case BDK_FLUSH:
        return step_flush(client, wait_ms);
    case BDK_ANSWER_END:
        return bdk_step_answer_end(client, event);
    default:
        return bdk_step_read(client, event, wait_ms);
    }
}

static int timeout_of(const struct bedrock_client *client)
{
    return timeouts[client->state - BDK_PREPARE];
}

/* What is left of the time that the state has of its own. */
static uint32_t left_of_phase(struct bedrock_client *client)
{
    const uint32_t *timeouts_ms = &client->config.timeouts.connect_ms;

    if (client->event_given) {
        client->event_given = 0;
        client->phase_start_ms = bdk_now_ms(client); /* what the caller took is nobody's pause */
    }
    return bdk_left_ms(client, client->phase_start_ms,
                       client->state == BDK_BACKOFF ? client->backoff_ms
                                                    : timeouts_ms[timeout_of(client) - CONNECT]);
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* One turn of the machine, with what stands above all its states: cancelling and the deadlines. */
static int turn(struct bedrock_client *client, struct bedrock_event *event)
{
    uint32_t left_ms = left_of_phase(client);
    uint32_t wait_ms = bdk_left_ms(client, client->call_start_ms, client->config.timeouts.total_ms);
    int status;

    if (client->cancelled) {
        return BEDROCK_E_CANCELLED;
    }
    if (wait_ms == 0) {
        return BEDROCK_E_TIMEOUT_TOTAL;
    }
    wait_ms = client->port->wait == NULL ? 0 : least(least(wait_ms, left_ms), SLICE_MS);
    status = step(client, event, left_ms, wait_ms);
    if (status != BEDROCK_AGAIN) {
        return status;
    }
    if (left_ms == 0) {
        return -timeout_of(client);
    }
    if (client->port->wait == NULL) {
        return BEDROCK_AGAIN;
    }
    if (client->state <= BDK_BACKOFF) {
        client->port->wait(client->port->ctx,
                           client->state == BDK_PREPARE ? least(wait_ms, KEYS_WAIT_MS) : wait_ms);
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
            enter(client, bdk_recover(client, status) ? BDK_BACKOFF : BDK_FAILED);
        }
    }
    return client->error.code; /* of a call that has gone well, as of none, it is BEDROCK_OK */
}
