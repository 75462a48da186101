/* SPDX-License-Identifier: MIT */
/* Numbers that are integers, however they are spelt. */
#include "bedrock/error.h"
#include "bedrock/json.h"
#include "test.h"
#include "json/number.h"

#include <stdlib.h>
#include <string.h>

/* Reads a text that lies in a heap block of its very size. */
static int read_integer(int64_t *value, const char *text)
{
    size_t len = strlen(text);
    char *copy = malloc(len > 0 ? len : 1);
    int status;

    memcpy(copy, text, len);
    status = bedrock_json_integer(value, copy, len);
    free(copy);
    return status;
}

static void reads_integers(void)
{
    static const struct {
        const char *text;
        int64_t value;
    } cases[] = {
        {"0", 0},
        {"-0", 0},
        {"1", 1},
        {"-1", -1},
        {"1234567890123", 1234567890123},
        {"9223372036854775807", INT64_MAX},
        {"-9223372036854775807", -INT64_MAX},
        {"-9223372036854775808", INT64_MIN},
        {"28.0", 28},
        {"28.000000000000000000000000", 28},
        {"2.8e1", 28},
        {"2.8E+1", 28},
        {"280e-1", 28},
        {"28000.0e-3", 28},
        {"0.0", 0},
        {"-0.0", 0},
        {"0e99999999999999999999", 0},
        {"0.00e-99999999999999999999", 0},
        {"0.0000000000000000000000007e25", 7},
        {"7000000000000000000000000e-24", 7},
        {"1e18", 1000000000000000000},
        {"-9.223372036854775808e18", INT64_MIN},
        {"9.223372036854775807e18", INT64_MAX},
        {"1e0", 1},
        {"1e-0", 1},
        {"-1.5e1", -15},
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t value = 99;

        test_context("text: %s", cases[i].text);
        CHECK_INT(read_integer(&value, cases[i].text), BEDROCK_OK);
        CHECK_INT(value, cases[i].value);
    }
    test_context(NULL);
}

static void refuses_all_else(void)
{
    static const char *const texts[] = {
        /* fractions */
        "1.5", "0.1", "-0.5", "1e-1", "15e-1", "1.05e1", "28.0000000001", "1e-99999999999999999999",
        /* too large */
        "9223372036854775808", "-9223372036854775809", "18446744073709551616", "1e19", "1e99",
        "-1e19", "92233720368547758070", "1e99999999999999999999", "9.2233720368547758071e18",
        "99999999999999999999999999",
        /* no numbers */
        "", "-", "+1", "01", "1.", ".5", "1e", "1e+", "abc", "\"1\"", " 1", "1 ", "0x1", "true",
        "1a"};
    size_t i;

    for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        int64_t value = 99;

        test_context("text: %s", texts[i]);
        CHECK_INT(read_integer(&value, texts[i]), BEDROCK_E_JSON_SHAPE);
        CHECK_INT(value, 99);
    }
    test_context(NULL);
}

static int32_t count(const char *text)
{
    int32_t value = bdk_json_count(text);

    return value < 0 ? -1 : value;
}

/* Every text of a few characters that numbers are made of, with what may stand behind them. */
static void counts_what_is_a_small_integer(void)
{
    static const char letters[] = "-.0123e";
    static const char *const ends[] = {"", "0", "000000000", "e9", "E+8", "e-1", "147483648", "x"};
    char text[32];
    unsigned number, rest, i, end;
    int64_t value;

    for (number = 0; number < 7 * 7 * 7 * 7 * 7; number++) {
        for (end = 0; end < sizeof ends / sizeof ends[0]; end++) {
            for (i = 0, rest = number; i < 5; i++, rest /= 7) {
                text[i] = letters[rest % 7];
            }
            strcpy(text + 5, ends[end]);
            if (bedrock_json_integer(&value, text, strlen(text)) != BEDROCK_OK || value < 0 ||
                value > INT32_MAX) {
                value = -1;
            }
            test_context("text: %s", text);
            CHECK_INT(count(text), value);
        }
    }
    test_context(NULL);
    CHECK_INT(count("2147483647"), INT32_MAX);
    CHECK_INT(count("2147483648"), -1);
    CHECK_INT(count("0.00e-99999999999999999999"), 0);
    CHECK_INT(count("0e99999999999999999999"), 0);
    CHECK_INT(count("7e99999999999999999999"), -1);
    CHECK_INT(count("7e-99999999999999999999"), -1);
    CHECK_INT(count("28.000000000000000000000000"), 28);
    CHECK_INT(count(""), -1);
}

int main(void)
{
    RUN(reads_integers);
    RUN(refuses_all_else);
    RUN(counts_what_is_a_small_integer);
    return test_finish();
}
