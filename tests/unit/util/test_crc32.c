/* SPDX-License-Identifier: MIT */
#include "test.h"

#include "util/crc32.h"

#include <string.h>

/* The definition, a bit at a time. */
static uint32_t plain_crc32(const uint8_t *data, size_t len)
{
    uint32_t crc = UINT32_C(0xffffffff);
    int bit;

    for (; len > 0; len--) {
        crc ^= *data++;
        for (bit = 0; bit < 8; bit++) {
            crc = crc & 1 ? crc >> 1 ^ UINT32_C(0xedb88320) : crc >> 1;
        }
    }
    return ~crc;
}

static void published_values(void)
{
    /* The check value that every description of the algorithm gives, and the prelude of an empty
     * event-stream message as AWS's own tests have it. */
    CHECK(bdk_crc32(0, "123456789", 9) == UINT32_C(0xcbf43926));
    CHECK(bdk_crc32(0, "\0\0\0\x10\0\0\0\0", 8) == UINT32_C(0x05c248eb));
    CHECK(bdk_crc32(0, "", 0) == 0);
    CHECK(bdk_crc32(0, NULL, 0) == 0);
}

static void agrees_with_the_definition(void)
{
    uint8_t data[512];
    size_t i;

    for (i = 0; i < sizeof data; i++) {
        data[i] = (uint8_t)(i * i + i / 3);
        test_context("%zu bytes", i + 1);
        CHECK(bdk_crc32(0, data, i + 1) == plain_crc32(data, i + 1));
    }
}

static void continues_at_every_split(void)
{
    static const char text[] = "a message that is cut wherever it can be cut";
    size_t len = sizeof text - 1, cut;

    for (cut = 0; cut <= len; cut++) {
        uint32_t crc = bdk_crc32(0, text, cut);

        test_context("cut at %zu", cut);
        CHECK(bdk_crc32(crc, text + cut, len - cut) == bdk_crc32(0, text, len));
    }
}

int main(void)
{
    RUN(published_values);
    RUN(agrees_with_the_definition);
    RUN(continues_at_every_split);
    return test_finish();
}
