/* SPDX-License-Identifier: MIT */
/* Topic protocol, retry.vec: what follows each response of a call. Of the two generations of AWS's
 * standard mode ours is the one of 2026; cases of the other one are not counted. */
#include "protocol.h"

#include "client/retry.h"
#include "client/service_error.h"

#include <stdlib.h>
#include <string.h>

/* One response, and what ought to follow. */
struct response {
    int http_status;
    const char *code;
    const char *header;
    const char *outcome;
    long long quota; /* -1: not said */
    long long delay_ms;
};

static void take(struct response *response, const struct vec_field *field)
{
    const char *text = (const char *)field->data;

    if (strcmp(field->name, "code") == 0) {
        response->code = text;
    } else if (strcmp(field->name, "header") == 0) {
        response->header = text;
    } else if (strcmp(field->name, "outcome") == 0) {
        response->outcome = text;
    } else if (strcmp(field->name, "quota") == 0) {
        response->quota = field->number;
    } else if (strcmp(field->name, "delay_ms") == 0) {
        response->delay_ms = field->number;
    }
}

/* Reads the response that begins at field i; returns where the next one begins. */
static size_t next_response(const struct vec_case *c, size_t i, struct response *response)
{
    *response = (struct response){(int)c->fields[i].number, "", "", "", -1, -1};
    while (++i < c->count && strcmp(c->fields[i].name, "status") != 0) {
        take(response, &c->fields[i]);
    }
    return i;
}

static const char *outcome_of(struct bdk_retry *retry, const struct response *response,
                              uint8_t max_attempts, uint32_t *delay)
{
    static const char name[] = "x-amz-retry-after: ";
    int status = bdk_service_status(response->code, response->http_status);
    enum bdk_retry_kind kind = bdk_service_retry_kind(status, response->http_status);
    int32_t pause;
    long asked = 0;

    retry->attempts++;
    if (response->http_status == 200) {
        bdk_retry_give_back(retry);
        return "success";
    }
    pause = bdk_retry_next(retry, kind, max_attempts, 65535);
    if (pause < 0) {
        return retry->attempts >= max_attempts ? "max_attempts_exceeded" : "retry_quota_exceeded";
    }
    if (strncmp(response->header, name, sizeof name - 1) == 0) {
        asked = strtol(response->header + sizeof name - 1, NULL, 10);
    }
    *delay = bdk_retry_after((uint32_t)pause, asked > 0 ? (uint32_t)asked : 0, 1);
    return "retry_request";
}

/* Are these the constants that the library has? */
static int has_our_constants(const struct vec_case *c)
{
    return vec_number(c, "base_ms", 50) == 50 && vec_number(c, "throttle_base_ms", 1000) == 1000 &&
           vec_number(c, "retry_cost", 14) == 14 && vec_number(c, "throttle_cost", 5) == 5 &&
           vec_number(c, "max_backoff_ms", 20000) == 20000;
}

void protocol_run_retry(const struct vec_case *c, void *ctx)
{
    const char *file = *(const char **)ctx;
    struct bdk_retry retry;
    size_t i = 0;

    if (!vec_is(c, "generation", "2026")) {
        return;
    }
    if (!has_our_constants(c)) {
        vec_skip(file, c->id, "its constants are others, and ours cannot be set");
        return;
    }
    bdk_retry_init(&retry);
    retry.quota = (uint16_t)vec_number(c, "tokens", 500);
    while (i < c->count && strcmp(c->fields[i].name, "status") != 0) {
        i++;
    }
    while (i < c->count) {
        struct response response;
        const char *outcome;
        uint32_t delay = 0;

        i = next_response(c, i, &response);
        outcome = outcome_of(&retry, &response, (uint8_t)vec_number(c, "max_attempts", 3), &delay);
        if (delay == 0 && response.delay_ms > 0 && vec_number(c, "long_polling", 0) != 0) {
            vec_skip(file, c->id, "a pause before giving up is for services that are polled");
            return;
        }
        if (strcmp(outcome, response.outcome) != 0 ||
            (response.quota >= 0 && retry.quota != response.quota) ||
            (response.delay_ms >= 0 && delay != response.delay_ms)) {
            vec_fail(file, c->id, "%s, quota %d, delay %u after a %d", outcome, retry.quota,
                     (unsigned)delay, response.http_status);
            return;
        }
    }
    vec_pass();
}
