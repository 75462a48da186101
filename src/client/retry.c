/* SPDX-License-Identifier: MIT */
#include "client/retry.h"

#define QUOTA             500
#define COST_TRANSIENT    14
#define COST_THROTTLED    5
#define REWARD            1
#define BASE_MS           50u
#define BASE_THROTTLED_MS 1000u
#define CAP_MS            20000u

void bdk_retry_init(struct bdk_retry *retry)
{
    retry->quota = QUOTA;
    retry->attempts = 0;
    retry->paid = 0;
}

/* base * 2^retries, at most 20 s. */
static uint32_t step_ms(enum bdk_retry_kind kind, uint8_t retries)
{
    uint32_t step = kind == BDK_RETRY_THROTTLED ? BASE_THROTTLED_MS : BASE_MS;

    while (retries-- > 0 && step < CAP_MS) {
        step *= 2;
    }
    return step < CAP_MS ? step : CAP_MS;
}

int32_t bdk_retry_next(struct bdk_retry *retry, enum bdk_retry_kind kind, uint8_t max_attempts,
                       uint16_t random)
{
    uint8_t cost = kind == BDK_RETRY_THROTTLED ? COST_THROTTLED : COST_TRANSIENT;

    if (kind == BDK_RETRY_NEVER || retry->attempts >= max_attempts || retry->quota < cost) {
        return -1;
    }
    retry->quota = (uint16_t)(retry->quota - cost);
    retry->paid = cost;
    return (int32_t)(step_ms(kind, (uint8_t)(retry->attempts - 1)) * ((uint32_t)random + 1) >> 16);
}

void bdk_retry_give_back(struct bdk_retry *retry)
{
    uint32_t quota = (uint32_t)retry->quota + (retry->paid > 0 ? retry->paid : REWARD);

    retry->quota = (uint16_t)(quota < QUOTA ? quota : QUOTA);
    retry->paid = 0;
}
