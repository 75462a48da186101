/* SPDX-License-Identifier: MIT */
/*
 * AWS's standard retry mode with the constants of 2026: when to try again, after how long, and a
 * budget that keeps a troubled service from being asked by everybody at once. Pure arithmetic: no
 * clock, no randomness of its own.
 */
#ifndef BDK_CLIENT_RETRY_H
#define BDK_CLIENT_RETRY_H

#include <stdint.h>

enum bdk_retry_kind {
    BDK_RETRY_NEVER,
    BDK_RETRY_TRANSIENT, /* 5xx, a broken connection, a model that is not ready */
    BDK_RETRY_THROTTLED
};

/* The budget, of a client's whole life. */
struct bdk_retry {
    uint16_t quota;
    uint8_t attempts; /* of this call, so far */
    uint8_t paid;     /* what the last retry took from the budget */
};

void bdk_retry_init(struct bdk_retry *retry);

/*
 * May the call be tried again? Takes the price from the budget if so, and returns the pause before
 * it in ms: random (0..65535 of 65536) times the step, which doubles with every attempt. Else -1.
 */
int32_t bdk_retry_next(struct bdk_retry *retry, enum bdk_retry_kind kind, uint8_t max_attempts,
                       uint16_t random);

/* How far beyond our own pause x-amz-retry-after is heeded. */
#define BDK_RETRY_AFTER_ROOM_MS 5000u

/* The pause if the service asks for one of its own; bounded: by that header. */
static inline uint32_t bdk_retry_after(uint32_t pause_ms, uint32_t asked_ms, int bounded)
{
    uint32_t most = pause_ms + BDK_RETRY_AFTER_ROOM_MS;

    if (bounded && asked_ms > most) {
        return most;
    }
    return asked_ms > pause_ms ? asked_ms : pause_ms;
}

/* The call went well, or the retry that was paid for is not made: gives back what it cost, or a
 * little if there was none. */
void bdk_retry_give_back(struct bdk_retry *retry);

#endif
