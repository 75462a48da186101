/* SPDX-License-Identifier: MIT */
/* Two clocks and a pause. See bedrock/port.h. */

/* 32-bit glibc has a time_t that ends in 2038 unless it is asked for the other one. */
#define _POSIX_C_SOURCE   200809L
#define _FILE_OFFSET_BITS 64
#define _TIME_BITS        64

#include "internal.h"

#include <poll.h>
#include <time.h>

/* 2024-01-01T00:00:00Z. A board without a battery starts in 1970, or at the date of its file
 * system, and stays there until NTP has been heard. This software is younger than this date: a
 * clock that shows an earlier one has not been set, and to say so is better than to let TLS
 * complain about a certificate. */
#define EARLIEST_S INT64_C(1704067200)

uint32_t bdk_posix_now_ms(void *ctx)
{
    struct timespec now = {0, 0};

    (void)ctx;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint32_t)((uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000);
}

int bdk_posix_utc(void *ctx, int64_t *unix_s)
{
    struct timespec now;

    (void)ctx;
    if (clock_gettime(CLOCK_REALTIME, &now) != 0 || now.tv_sec < EARLIEST_S) {
        return BEDROCK_PORT_FAILED;
    }
    *unix_s = (int64_t)now.tv_sec;
    return 0;
}

void bdk_posix_wait(void *ctx, uint32_t ms)
{
    (void)ctx;
    poll(NULL, 0, bdk_posix_poll_ms(ms)); /* A signal ends it early, as it should. */
}
