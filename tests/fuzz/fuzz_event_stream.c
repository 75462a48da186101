/* SPDX-License-Identifier: MIT */
/*
 * The decoder on any bytes: what it says must not depend on how they are cut. The first byte says
 * where. Since a random CRC is never right, a second run has its CRCs repaired, which lets the
 * fuzzer reach the headers.
 */
#include "bedrock/error.h"
#include "unit/eventstream/trace.h"
#include "util/bytes.h"
#include "util/crc32.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void compare_cuts(const uint8_t *data, size_t size, size_t cut)
{
    struct trace whole, pieces;
    size_t first = size > 0 ? cut % size : 0;

    trace_run(&whole, 48, data, size, size, 1);
    trace_run(&pieces, 48, data, size, first, cut % 7 + 1);
    if (!trace_equal(&whole, &pieces) || whole.broken != NULL || pieces.broken != NULL) {
        abort();
    }
    trace_free(&whole);
    trace_free(&pieces);
}

/* Makes frames of the bytes: each total that fits gets right CRCs, as far as they go. */
static void repair(uint8_t *data, size_t size)
{
    size_t at = 0;

    while (size - at >= 16) {
        uint32_t total = 16 + data[at + 3], headers = data[at + 7];

        bdk_put_be32(data + at, total);
        bdk_put_be32(data + at + 4, headers % (total - 15));
        bdk_put_be32(data + at + 8, bdk_crc32(0, data + at, 8));
        if (total > size - at) {
            return;
        }
        bdk_put_be32(data + at + total - 4, bdk_crc32(0, data + at, total - 4));
        at += total;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *copy;

    if (size == 0) {
        return 0;
    }
    compare_cuts(data + 1, size - 1, data[0]);
    copy = malloc(size);
    memcpy(copy, data + 1, size - 1);
    repair(copy, size - 1);
    compare_cuts(copy, size - 1, data[0]);
    free(copy);
    return 0;
}
