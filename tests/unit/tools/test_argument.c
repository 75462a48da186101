/* SPDX-License-Identifier: MIT */
/* bedrock_tool_argument(): every kind of value, every size of buffer, every truncation. */
#include "bedrock/error.h"
#include "bedrock/tools.h"
#include "test.h"

#include <string.h>

#define INPUT                                                                                      \
    " {\"a\" : \"x\\\"\\u00fc\\ud83d\\ude00\" ,\"n\":-1.50e3,\"t\":true, "                         \
    "\"nested\":{\"a\":1,\"z\":"                                                                   \
    "2},\"list\":[1, {\"z\":3}], \"empty\":\"\",\"nothing\":null,\"\":\"unnamed\","                \
    "\"a\":\"second\",\"e\\u0073c\":false,\"word\":\"null\",\"nul\":\"a\\u0000b\",\"last\":9} "

static int get(const char *input, size_t len, const char *name, char *dst, size_t cap)
{
    const struct bedrock_tool_call call = {.input = input, .input_len = len};

    memset(dst, '#', cap + 4);
    return bedrock_tool_argument(&call, name, dst, cap);
}

static void every_kind(void)
{
    static const struct {
        const char *name, *value;
        int status;
    } cases[] = {
        {"a", "x\"\xc3\xbc\xf0\x9f\x98\x80", 1},
        {"n", "-1.50e3", 1},
        {"t", "true", 1},
        {"nested", "{\"a\":1,\"z\":2}", 1},
        {"list", "[1, {\"z\":3}]", 1},
        {"empty", "", 1},
        {"nothing", "", 0},
        {"", "unnamed", 1},
        {"esc", "false", 1},
        {"word", "null", 1},
        {"nul", "", BEDROCK_E_JSON_SHAPE},
        {"last", "9", 1},
        {"z", "", 0},
        {"A", "", 0},
        {"las", "", 0},
        {"lastly", "", 0},
        {"e", "", 0},
    };
    char dst[64];
    size_t i, cap;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        test_context("%s", cases[i].name);
        CHECK_INT(get(INPUT, strlen(INPUT), cases[i].name, dst, sizeof dst - 4), cases[i].status);
        CHECK_TEXT(dst, cases[i].value);
        for (cap = 0; cases[i].status == 1 && cap <= strlen(cases[i].value) + 1; cap++) {
            int fits = cap > strlen(cases[i].value);

            CHECK_INT(get(INPUT, strlen(INPUT), cases[i].name, dst, cap),
                      fits ? 1 : BEDROCK_E_FIELD_SIZE);
            CHECK(memcmp(dst + cap, "####", 4) == 0);
            CHECK(cap == 0 || fits || dst[0] == '\0');
        }
    }
    test_context(NULL);
}

static void no_object(void)
{
    static const struct {
        const char *input;
        int status;
    } cases[] = {
        {"{}", 0},
        {" {} ", 0},
        {"[\"a\",{\"a\":1}]", 0},
        {"\"a\"", 0},
        {"7", 0},
        {"{\"b\":{\"a\":1}}", 0},
        {"", BEDROCK_E_JSON_INCOMPLETE},
        {"{", BEDROCK_E_JSON_INCOMPLETE},
        {"{\"b\":1,}", BEDROCK_E_JSON},
        {"{\"a\":}", BEDROCK_E_JSON},
        {"{\"a\":tru}", BEDROCK_E_JSON},
        {"{\"a\":\"\xff\"}", BEDROCK_E_JSON_UTF8},
        {"{\"a\":\"\\ud83d\"}", BEDROCK_E_JSON_UTF8},
        {"{\"b\":1} x", BEDROCK_E_JSON},
    };
    char dst[20];
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        test_context("%s", cases[i].input);
        CHECK_INT(get(cases[i].input, strlen(cases[i].input), "a", dst, sizeof dst - 4),
                  cases[i].status);
        CHECK_TEXT(dst, "");
    }
    test_context(NULL);
}

static void every_truncation(void)
{
    const char *end = strstr(INPUT, "9} ");
    char copy[sizeof INPUT], dst[32];
    size_t len;

    for (len = 0; len < (size_t)(end - INPUT) + 2; len++) {
        int status;

        test_context("%d bytes", (int)len);
        memcpy(copy, INPUT, len);
        status = get(copy, len, "last", dst, sizeof dst - 4);
        CHECK_INT(status, len <= (size_t)(end - INPUT) + 1 ? BEDROCK_E_JSON_INCOMPLETE : 1);
        CHECK_INT(get(copy, len, "missing", dst, sizeof dst - 4), BEDROCK_E_JSON_INCOMPLETE);
    }
    test_context(NULL);
}

int main(void)
{
    RUN(every_kind);
    RUN(no_object);
    RUN(every_truncation);
    return test_finish();
}
