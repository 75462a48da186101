/* SPDX-License-Identifier: MIT */
#include "exchange.h"

#include <time.h>
#include <zlib.h>

int64_t sim_exchange_now(const struct sim_exchange *x)
{
    const struct sim_fault *clock = sim_exchange_fault(x, SIM_FAULT_CLOCK);
    int64_t now = x->options->is_frozen ? x->options->frozen_time : (int64_t)time(NULL);

    return clock != NULL ? now + clock->number : now;
}

const struct sim_fault *sim_exchange_fault(const struct sim_exchange *x, enum sim_fault_kind kind)
{
    return sim_fault_find(&x->faults, kind);
}

unsigned sim_exchange_pick(const struct sim_exchange *x, unsigned limit)
{
    const struct sim_text *bytes = &x->request.bytes;

    return (unsigned)crc32(0, (const unsigned char *)sim_text_string(bytes), (unsigned)bytes->len) %
           limit;
}
