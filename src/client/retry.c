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

int32_t bdk_retry_next(struct bdk_retry *retry, enum bdk_retry_kind kind, uint8_t max_attempts,
                       uint16_t random)
{
    int throttled = kind == BDK_RETRY_THROTTLED;
    uint8_t cost = throttled ? COST_THROTTLED : COST_TRANSIENT;
    uint32_t step_ms = throttled ? BASE_THROTTLED_MS : BASE_MS;
    int i;

    if (kind == BDK_RETRY_NEVER || retry->attempts >= max_attempts || retry->quota < cost) {
        return -1;
    }
    retry->quota = (uint16_t)(retry->quota - cost);
    retry->paid = cost;
    for (i = 1; i < retry->attempts; i++) {
        step_ms = step_ms < CAP_MS / 2 ? 2 * step_ms : CAP_MS;
    }
    return (int32_t)(step_ms * ((uint32_t)random + 1) >> 16);
}

void bdk_retry_give_back(struct bdk_retry *retry)
{
    uint32_t quota = (uint32_t)retry->quota + (retry->paid > 0 ? retry->paid : REWARD);

    retry->quota = (uint16_t)(quota < QUOTA ? quota : QUOTA);
    retry->paid = 0;
}
