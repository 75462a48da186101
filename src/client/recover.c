/* SPDX-License-Identifier: MIT */
/* What a failure leads to: another attempt, or the end of the call. */
#include "client/client.h"

#include "client/service_error.h"

/* SigV4 allows five minutes; the SDKs correct the clock from four. */
#define SKEW_MIN_S 240

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
static int stale_connection(struct bedrock_client *client, enum bdk_retry_kind kind)
{
    if (!client->attempt.reused || client->attempt.got_bytes || client->stale_retried ||
        kind == BDK_RETRY_NEVER) {
        return 0;
    }
    client->stale_retried = 1;
    client->retry.attempts--;
    return 1;
}

/* Is it an error that a wrong clock can cause? */
static int may_be_skew(const struct bedrock_client *client, int code)
{
    return code == BEDROCK_E_SIGNATURE ||
           (code == BEDROCK_E_ACCESS_DENIED && client->error_type[0] != '\0');
}

/* Our clock is wrong and the answer's Date says by how much: learn it, and try again, once, at
 * once. */
static int learn_clock(struct bedrock_client *client, int code)
{
    const struct bedrock_port *port = client->port;
    int64_t now_s, skew_s;

    if (client->attempt.date_s <= 0 || client->skew_retried || client->keys.bearer_token != NULL ||
        !may_be_skew(client, code) || port->utc(port->ctx, &now_s) < 0) {
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
    uint16_t random;

    /* Without randomness the longest pause is the safe one. */
    return port->entropy(port->ctx, &random, sizeof random) < 0 ? UINT16_MAX : random;
}

/* Plans another attempt after a pause, if there may be one. */
static int plan_retry(struct bedrock_client *client, enum bdk_retry_kind kind)
{
    const struct bdk_attempt *attempt = &client->attempt;
    int32_t pause_ms =
        bdk_retry_next(&client->retry, kind, client->config.max_attempts, random_16(client));

    if (pause_ms < 0) {
        return 0;
    }
    client->backoff_ms =
        bdk_retry_after((uint32_t)pause_ms, attempt->retry_ms, attempt->retry_exact);
    if (client->backoff_ms <
        bdk_left_ms(client, client->call_start_ms, client->config.timeouts.total_ms)) {
        return 1;
    }
    bdk_retry_give_back(&client->retry); /* it would end after the deadline: better to say so now */
    return 0;
}

/* What a failed answer amounts to. */
static int code_of_answer(const struct bedrock_client *client)
{
    int http_status = client->error.http_status;

    /* The service says what is wrong in JSON, or names it in a header. Anything else comes from
     * somebody in between, and so does an answer that should be good and is of another type. Too
     * large is too large, whoever says so. */
    if (http_status == 200 ||
        (!client->attempt.json_type && client->error_type[0] == '\0' && http_status != 413)) {
        return BEDROCK_E_HTTP_NOT_BEDROCK;
    }
    return bdk_service_status(client->error_type, http_status);
}

/* Decides what a failure leads to: another attempt, or the end of the call. What fails before an
 * attempt is on the air, the caller's provider or source for one, leaves the connection alone and
 * is not tried again: whoever failed knows better when that helps. */
int bdk_recover(struct bedrock_client *client, int code)
{
    enum bdk_retry_kind kind;

    if (client->state == BDK_ERROR_BODY && code != BEDROCK_E_CANCELLED) {
        /* However its telling ends: what breaks off or stalls has said enough. */
        code = code_of_answer(client);
    }
    bdk_fail(client, code);
    if (client->state == BDK_PREPARE) {
        return 0;
    }
    if (!client->attempt.response_ended) {
        bdk_disconnect(client);
    }
    if (client->events_given || client->attempt.request_failed || code == BEDROCK_E_CANCELLED) {
        return 0;
    }
    client->backoff_ms = 0;
    kind = bdk_service_retry_kind(code, client->error.http_status);
    return stale_connection(client, kind) || learn_clock(client, code) || plan_retry(client, kind);
}
