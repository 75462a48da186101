/* SPDX-License-Identifier: MIT */
#include "bench/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <valgrind/callgrind.h>

void bench_begin(void)
{
    CALLGRIND_TOGGLE_COLLECT;
}

void bench_end(const char *id, size_t units)
{
    char name[64];

    CALLGRIND_TOGGLE_COLLECT;
    snprintf(name, sizeof name, "%s %zu", id, units);
    CALLGRIND_DUMP_STATS_AT(name);
}

void bench_check(int right, const char *what)
{
    if (!right) {
        fprintf(stderr, "bench: %s went wrong, so it was not measured\n", what);
        exit(1);
    }
}

static int swallow(void *ctx, const void *data, size_t len)
{
    (void)ctx;
    (void)data;
    (void)len;
    return 0;
}

void bench_sink(struct bedrock_output *out)
{
    bedrock_output_init(out, swallow, NULL, 0);
}

int main(void)
{
    bench_hash();
    bench_crc32();
    bench_base64();
    bench_json_read();
    bench_json_write();
    bench_http();
    bench_event_stream();
    bench_sigv4();
    bench_render();
    bench_client();
    return 0;
}
