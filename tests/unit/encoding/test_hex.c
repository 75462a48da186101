/* SPDX-License-Identifier: MIT */
#include "test.h"

#include "encoding/hex.h"

#include <string.h>

static void all_bytes_there_and_back(void)
{
    int i;

    for (i = 0; i < 256; i++) {
        uint8_t byte = (uint8_t)i, back = (uint8_t)~i;
        char text[3] = "", upper[3] = "", want[3] = "";
        size_t j;

        bdk_hex_encode(text, &byte, 1);
        for (j = 0; j < 2; j++) {
            CHECK((text[j] >= '0' && text[j] <= '9') || (text[j] >= 'a' && text[j] <= 'f'));
            CHECK(bdk_hex_digit(text[j]) == (j == 0 ? i / 16 : i % 16));
            want[j] = (char)(text[j] >= 'a' ? text[j] - 32 : text[j]);
        }
        bdk_hex_encode_in(upper, &byte, 1, BDK_HEX_UPPER);
        CHECK_TEXT(upper, want);
        CHECK_INT(bdk_hex_decode(&back, text, 2), 0);
        CHECK_INT(back, i);
        back = (uint8_t)~i;
        CHECK_INT(bdk_hex_decode(&back, upper, 2), 0);
        CHECK_INT(back, i);
    }
}

static void only_digits_are_digits(void)
{
    static const char digits[] = "0123456789abcdefABCDEF";
    int c;

    for (c = 0; c < 256; c++) {
        int is_digit = c != 0 && strchr(digits, c) != NULL;

        CHECK_INT(bdk_hex_digit((char)c) >= 0, is_digit);
    }
}

static void what_is_not_hexadecimal_is_refused(void)
{
    uint8_t bytes[4];

    CHECK_INT(bdk_hex_decode(bytes, "", 0), 0);
    CHECK_INT(bdk_hex_decode(bytes, "0", 1), -1);
    CHECK_INT(bdk_hex_decode(bytes, "001", 3), -1);
    CHECK_INT(bdk_hex_decode(bytes, "0g", 2), -1);
    CHECK_INT(bdk_hex_decode(bytes, "g0", 2), -1);
    CHECK_INT(bdk_hex_decode(bytes, "00 0", 4), -1);
    CHECK_INT(bdk_hex_decode(bytes, "0x00", 4), -1);
}

static void no_byte_more_is_written(void)
{
    char text[6] = "#####";
    uint8_t bytes[3] = {9, 9, 9};

    bdk_hex_encode(text, "\x01\xfe", 2);
    CHECK_TEXT(text, "01fe#");
    CHECK_INT(bdk_hex_decode(bytes, "01fe", 4), 0);
    CHECK_BYTES(bytes, 3, "\x01\xfe\x09", 3);
}

int main(void)
{
    RUN(all_bytes_there_and_back);
    RUN(only_digits_are_digits);
    RUN(what_is_not_hexadecimal_is_refused);
    RUN(no_byte_more_is_written);
    return test_finish();
}
