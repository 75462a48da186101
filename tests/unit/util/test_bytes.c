/* SPDX-License-Identifier: MIT */
#include "test.h"

#include "util/bytes.h"

#include <string.h>

static void big_endian_at_any_address(void)
{
    uint8_t bytes[17];
    size_t at;

    for (at = 0; at < 8; at++) {
        test_context("at %zu", at);
        memset(bytes, 0x55, sizeof bytes);
        bdk_put_be64(bytes + at, UINT64_C(0x8091a2b3c4d5e6f7));
        CHECK_BYTES(bytes + at, 8, "\x80\x91\xa2\xb3\xc4\xd5\xe6\xf7", 8);
        CHECK(bdk_get_be32(bytes + at) == UINT32_C(0x8091a2b3));
        CHECK(bdk_get_be16(bytes + at) == 0x8091);
        bdk_put_be32(bytes + at, UINT32_C(0xfedcba98));
        CHECK_BYTES(bytes + at, 8, "\xfe\xdc\xba\x98\xc4\xd5\xe6\xf7", 8);
        bdk_put_be16(bytes + at, 0x1234);
        CHECK_BYTES(bytes + at, 8, "\x12\x34\xba\x98\xc4\xd5\xe6\xf7", 8);
        CHECK(at == 0 || bytes[at - 1] == 0x55);
        CHECK(bytes[at + 8] == 0x55);
    }
}

static void divide_agrees_with_the_compiler(void)
{
    /* clang-format off */
    static const uint64_t values[] = {
        0, 1, 9, 10, 59, 60, 65535, 65536, UINT64_C(0xffffffff), UINT64_C(0x100000000),
        UINT64_C(253402300799), UINT64_C(0x123456789abcdef0), UINT64_C(0xffffffffffffffff),
    };
    /* clang-format on */
    static const uint32_t divisors[] = {1, 2, 7, 10, 60, 1000, 65535};
    size_t i, j;

    for (i = 0; i < BDK_COUNT(values); i++) {
        for (j = 0; j < BDK_COUNT(divisors); j++) {
            uint64_t quotient = values[i];
            uint32_t rest = bdk_divide(&quotient, divisors[j]);

            test_context("%llu / %u", (unsigned long long)values[i], (unsigned)divisors[j]);
            CHECK(quotient == values[i] / divisors[j]);
            CHECK(rest == values[i] % divisors[j]);
        }
    }
}

static void wipe_zeroes_just_what_it_is_given(void)
{
    uint8_t bytes[9];
    size_t len;

    for (len = 0; len <= 7; len++) {
        memset(bytes, 0xaa, sizeof bytes);
        bdk_wipe(bytes + 1, len);
        CHECK(bytes[0] == 0xaa);
        CHECK_BYTES(bytes + 1, len, "\0\0\0\0\0\0\0", len);
        CHECK(bytes[len + 1] == 0xaa);
    }
}

static void equal_wants_all_of_both(void)
{
    CHECK(bdk_equal("chunked", 7, "chunked"));
    CHECK(bdk_equal("", 0, ""));
    CHECK(!bdk_equal("chunked", 6, "chunked"));
    CHECK(!bdk_equal("chunked", 7, "chunke"));
    CHECK(!bdk_equal("Chunked", 7, "chunked"));
    CHECK(!bdk_equal("a\0b", 3, "a"));

    CHECK(bdk_equal_nocase("CONTENT-Length", 14, "content-length"));
    CHECK(!bdk_equal_nocase("content-lengt", 13, "content-length"));
    CHECK(!bdk_equal_nocase("content_length", 14, "content-length"));
    CHECK(!bdk_equal_nocase("a\0b", 3, "a"));
}

static void lower_touches_letters_only(void)
{
    int c;

    for (c = 0; c < 256; c++) {
        int want = c >= 'A' && c <= 'Z' ? c + 32 : c;

        CHECK_INT((uint8_t)bdk_lower((char)c), want);
    }
}

static void check_append(size_t cap, const char *text, const char *want, int cut)
{
    char field[64];

    memset(field, 0x7e, sizeof field);
    field[0] = '\0';
    test_context("\"%s\" into %zu", text, cap);
    CHECK_INT(bdk_append(field, cap, text, strlen(text)), cut);
    CHECK_TEXT(field, want);
    CHECK(field[cap] == 0x7e);
}

static void append_cuts_between_code_points(void)
{
    check_append(8, "seven..", "seven..", 0);
    check_append(8, "eight...", "eight..", 1);
    check_append(1, "", "", 0);
    check_append(1, "x", "", 1);
    check_append(3, "\xc3\xa9z", "\xc3\xa9", 1); /* U+00E9 fits just so */
    check_append(2, "\xc3\xa9", "", 1);
    check_append(5, "a\xf0\x9f\x98\x80", "a", 1); /* U+1F600 misses its last byte */
    check_append(6, "a\xf0\x9f\x98\x80", "a\xf0\x9f\x98\x80", 0);
    check_append(5, "a\xe2\x82\xac", "a\xe2\x82\xac", 0);
    check_append(4, "a\xe2\x82\xac", "a", 1);
    check_append(6, "\x80\x80\x80\x80\x80\x80", "\x80\x80\x80\x80\x80",
                 1); /* no UTF-8: as it comes */
}

static void append_appends(void)
{
    char field[10] = "";

    CHECK_INT(bdk_append(field, sizeof field, "abc", 3), 0);
    CHECK_INT(bdk_append(field, sizeof field, NULL, 0), 0);
    CHECK_INT(bdk_append(field, sizeof field, "def", 3), 0);
    CHECK_TEXT(field, "abcdef");
    CHECK_INT(bdk_append(field, sizeof field, "ghij", 4), 1);
    CHECK_TEXT(field, "abcdefghi");
    CHECK_INT(bdk_append(field, sizeof field, "", 0), 0);
    CHECK_INT(bdk_append(field, sizeof field, "k", 1), 1);
    CHECK_TEXT(field, "abcdefghi");
    CHECK_INT(bdk_append(NULL, 0, "k", 1), 1);
    CHECK_INT(bdk_append(NULL, 0, "", 0), 0);
}

int main(void)
{
    RUN(big_endian_at_any_address);
    RUN(divide_agrees_with_the_compiler);
    RUN(wipe_zeroes_just_what_it_is_given);
    RUN(equal_wants_all_of_both);
    RUN(lower_touches_letters_only);
    RUN(append_cuts_between_code_points);
    RUN(append_appends);
    return test_finish();
}
