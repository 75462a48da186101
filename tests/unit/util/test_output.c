/* SPDX-License-Identifier: MIT */
#include "test.h"

#include "bedrock/error.h"
#include "bedrock/output.h"

#include <string.h>

#define WINDOW_FULL 7 /* any value but 0 ends a rendering */

struct window {
    char bytes[256];
    size_t len, limit;
    int calls;
};

static int fill(void *ctx, const void *data, size_t len)
{
    struct window *window = ctx;
    size_t n = window->limit - window->len < len ? window->limit - window->len : len;

    window->calls++;
    CHECK(len > 0);
    memcpy(window->bytes + window->len, data, n);
    window->len += n;
    return n < len || window->len == window->limit ? WINDOW_FULL : 0;
}

static void open_window(struct window *window, struct bedrock_output *out, uint32_t from,
                        size_t limit)
{
    window->len = 0;
    window->limit = limit;
    window->calls = 0;
    bedrock_output_init(out, fill, window, from);
}

/* Skips its run of dots where it may, and writes them where it must. */
static void render(struct bedrock_output *out)
{
    uint32_t dots = 10, skippable;

    bedrock_output_text(out, "{\"max\":");
    bedrock_output_decimal(out, 4096);
    bedrock_output_put(out, NULL, 0);
    skippable = bedrock_output_skippable(out);
    if (skippable > dots) {
        skippable = dots;
    }
    bedrock_output_skip(out, skippable);
    bedrock_output_put(out, "..........", dots - skippable);
    bedrock_output_put(out, ",\0,", 3);
    bedrock_output_text(out, "");
    bedrock_output_text(out, "end}");
}

static const char whole[] = "{\"max\":4096..........,\0,end}";
#define WHOLE_LEN (sizeof whole - 1)

static void every_window_is_a_slice_of_the_whole(void)
{
    uint32_t from;
    size_t limit;

    for (from = 0; from <= WHOLE_LEN + 1; from++) {
        for (limit = 1; limit <= WHOLE_LEN + 1; limit++) {
            struct bedrock_output out;
            struct window window;
            size_t left = from < WHOLE_LEN ? WHOLE_LEN - from : 0;
            size_t want = left < limit ? left : limit;

            test_context("from %u, limit %zu", (unsigned)from, limit);
            open_window(&window, &out, from, limit);
            render(&out);
            CHECK_BYTES(window.bytes, window.len, whole + WHOLE_LEN - left, want);
            CHECK_INT(out.status, left >= limit ? WINDOW_FULL : BEDROCK_OK);
            if (out.status == BEDROCK_OK) {
                CHECK_INT(out.count, WHOLE_LEN);
            }
        }
    }
}

static void windows_joined_are_the_whole(void)
{
    size_t limit;

    for (limit = 1; limit <= WHOLE_LEN; limit++) {
        char joined[WHOLE_LEN + 1];
        size_t len = 0;

        while (len < WHOLE_LEN) {
            struct bedrock_output out;
            struct window window;

            open_window(&window, &out, (uint32_t)len, limit);
            render(&out);
            REQUIRE(window.len > 0 && len + window.len <= WHOLE_LEN);
            memcpy(joined + len, window.bytes, window.len);
            len += window.len;
        }
        test_context("limit %zu", limit);
        CHECK_BYTES(joined, len, whole, WHOLE_LEN);
    }
}

static void without_write_it_counts(void)
{
    struct bedrock_output out;

    bedrock_output_init(&out, NULL, NULL, 0);
    CHECK(bedrock_output_skippable(&out) == UINT32_MAX);
    render(&out);
    CHECK_INT(out.status, BEDROCK_OK);
    CHECK_INT(out.count, WHOLE_LEN);
    CHECK(bedrock_output_skippable(&out) == UINT32_MAX - WHOLE_LEN);
}

static void skippable_ends_at_from(void)
{
    struct bedrock_output out;
    struct window window;

    open_window(&window, &out, 5, 100);
    CHECK_INT(bedrock_output_skippable(&out), 5);
    bedrock_output_skip(&out, 2);
    CHECK_INT(bedrock_output_skippable(&out), 3);
    bedrock_output_text(&out, "abcd");
    CHECK_INT(bedrock_output_skippable(&out), 0);
    CHECK_BYTES(window.bytes, window.len, "d", 1);
    bedrock_output_text(&out, "e");
    CHECK_INT(bedrock_output_skippable(&out), 0);
    CHECK_INT(window.calls, 2);
}

static void first_failure_sticks(void)
{
    struct bedrock_output out;
    struct window window;

    open_window(&window, &out, 0, 3);
    CHECK_INT(bedrock_output_text(&out, "ab"), BEDROCK_OK);
    CHECK_INT(bedrock_output_text(&out, "cd"), WINDOW_FULL);
    CHECK_INT(bedrock_output_text(&out, "ef"), WINDOW_FULL);
    CHECK_INT(bedrock_output_decimal(&out, 1), WINDOW_FULL);
    CHECK_INT(bedrock_output_fail(&out, BEDROCK_E_UTF8), WINDOW_FULL);
    CHECK_INT(window.calls, 2);
    CHECK_INT(out.count, 4);

    open_window(&window, &out, 0, 3);
    CHECK_INT(bedrock_output_fail(&out, BEDROCK_E_UTF8), BEDROCK_E_UTF8);
    CHECK_INT(bedrock_output_fail(&out, BEDROCK_E_JSON), BEDROCK_E_UTF8);
    CHECK_INT(bedrock_output_text(&out, "ab"), BEDROCK_E_UTF8);
    CHECK_INT(window.calls, 0);
}

static void four_gigabytes_are_too_much(void)
{
    struct bedrock_output out;

    bedrock_output_init(&out, NULL, NULL, 0);
    bedrock_output_skip(&out, UINT32_MAX - 2);
    CHECK_INT(bedrock_output_put(&out, "ab", 2), BEDROCK_OK);
    CHECK(out.count == UINT32_MAX);
    CHECK_INT(bedrock_output_skippable(&out), 0);
    CHECK_INT(bedrock_output_put(&out, "", 0), BEDROCK_OK);
    CHECK_INT(bedrock_output_put(&out, "c", 1), BEDROCK_E_ARGUMENT);
    CHECK(out.count == UINT32_MAX);
}

static void check_decimal(uint64_t value, const char *want)
{
    struct bedrock_output out;
    struct window window;

    open_window(&window, &out, 0, 100);
    CHECK_INT(bedrock_output_decimal(&out, value), BEDROCK_OK);
    CHECK_BYTES(window.bytes, window.len, want, strlen(want));
}

static void decimals(void)
{
    check_decimal(0, "0");
    check_decimal(7, "7");
    check_decimal(10, "10");
    check_decimal(4294967295u, "4294967295");
    check_decimal(UINT64_C(4294967296), "4294967296");
    check_decimal(UINT64_C(18446744073709551615), "18446744073709551615");
}

int main(void)
{
    RUN(every_window_is_a_slice_of_the_whole);
    RUN(windows_joined_are_the_whole);
    RUN(without_write_it_counts);
    RUN(skippable_ends_at_from);
    RUN(first_failure_sticks);
    RUN(four_gigabytes_are_too_much);
    RUN(decimals);
    return test_finish();
}
