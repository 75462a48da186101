/* SPDX-License-Identifier: MIT */
/* Values that the tokenizer hands out untouched. */
#include "test.h"
#include "trace.h"

struct raw_case {
    enum trace_raw raw;
    const char *text;
    const char *values; /* the raw values in order, '|' behind each */
};

static const struct raw_case cases[] = {
    {TRACE_RAW_TOP, "{}", "{}|"},
    {TRACE_RAW_TOP, " [1, 2] ", "[1, 2]|"},
    {TRACE_RAW_TOP, "\"a\\u0041\\n\xc3\xa9\"", "\"a\\u0041\\n\xc3\xa9\"|"},
    {TRACE_RAW_TOP, "true", "true|"},
    {TRACE_RAW_TOP, "-1.5e3", "-1.5e3|"},
    {TRACE_RAW_TOP, " 12 ", "12|"},
    {TRACE_RAW_TOP, "{\"a\":{\"b\":[\"}\",\"]\"]}}", "{\"a\":{\"b\":[\"}\",\"]\"]}}|"},
    {TRACE_RAW_MEMBERS, "{\"a\":1}", "1|"},
    {TRACE_RAW_MEMBERS, "{\"a\" : 12 , \"b\" :\t\"x\" }", "12|\"x\"|"},
    {TRACE_RAW_MEMBERS, "{\"a\":{ \"k\" : [ ] },\"b\":[{}],\"c\":null}",
     "{ \"k\" : [ ] }|[{}]|null|"},
    {TRACE_RAW_MEMBERS, "[{\"a\":\"\\ud83d\\ude00\"},{}]", "\"\\ud83d\\ude00\"|"},
    {TRACE_RAW_ELEMENTS, "[]", ""},
    {TRACE_RAW_ELEMENTS, "[ ]", ""},
    {TRACE_RAW_ELEMENTS, "[1]", "1|"},
    {TRACE_RAW_ELEMENTS, "[ 1 , \"]\" , [ 2 ] , { } , false ]", "1|\"]\"|[ 2 ]|{ }|false|"},
};

/* Writes the raw tokens of a trace as the table has them. */
static void expect_values(struct trace *want, const char *values)
{
    while (*values != '\0') {
        size_t len = strcspn(values, "|");

        trace_put(want, " r", 2);
        trace_put_hex(want, values, len);
        values += len + 1;
    }
}

/* Takes all but the raw tokens out of a trace. */
static void keep_raw(struct trace *trace)
{
    char *from = trace->text, *to = trace->text;

    while (*from != '\0') {
        size_t len = 1 + strcspn(from + 1, " ");

        if (from[1] == 'r') {
            memmove(to, from, len);
            to += len;
        }
        from += len;
    }
    *to = '\0';
}

static void hands_values_out_verbatim(void)
{
    size_t i, different;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct trace trace = {TRACE_TOKENS, 0, NULL, 0, 0, 0, {0}, 0, 0, 0};
        struct trace want = {TRACE_TOKENS, 0, NULL, 0, 0, 0, {0}, 0, 0, 0};

        test_context("text: %s", cases[i].text);
        trace.raw = cases[i].raw;
        trace_all_ways(&trace, cases[i].text, strlen(cases[i].text), 1, &different);
        CHECK_INT(different, 0);
        CHECK_INT(trace.status, BEDROCK_OK);
        trace_put(&want, "", 0);
        expect_values(&want, cases[i].values);
        keep_raw(&trace);
        CHECK_TEXT(trace.text, want.text);
        free(trace.text);
        free(want.text);
    }
    test_context(NULL);
}

static void checks_raw_values_all_the_same(void)
{
    static const struct {
        const char *text;
        int error;
    } bad[] = {
        {"{\"a\":[1,]}", BEDROCK_E_JSON},
        {"{\"a\":{\"b\" 1}}", BEDROCK_E_JSON},
        {"{\"a\":\"\xc3(\"}", BEDROCK_E_JSON_UTF8},
        {"{\"a\":\"\\ud83d\"}", BEDROCK_E_JSON_UTF8},
        {"{\"a\":01}", BEDROCK_E_JSON},
        {"{\"a\":nul}", BEDROCK_E_JSON},
        {"{\"a\":}", BEDROCK_E_JSON},
        {"{\"a\":\"\\x\"}", BEDROCK_E_JSON},
        {"{\"a\":1", BEDROCK_E_JSON_INCOMPLETE},
        {"{\"a\":[1", BEDROCK_E_JSON_INCOMPLETE},
        {"{\"a\":", BEDROCK_E_JSON_INCOMPLETE},
        {"{\"a\":\"x\\", BEDROCK_E_JSON_INCOMPLETE},
    };
    size_t i, different;

    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct trace trace = {TRACE_RAW_MEMBERS, 0, NULL, 0, 0, 0, {0}, 0, 0, 0};

        test_context("text: %s", bad[i].text);
        trace_all_ways(&trace, bad[i].text, strlen(bad[i].text), 1, &different);
        CHECK_INT(different, 0);
        CHECK_INT(trace.status, bad[i].error);
        free(trace.text);
    }
    test_context(NULL);
}

static void counts_the_levels_of_raw_values(void)
{
    char text[BEDROCK_JSON_DEPTH + 8] = "{\"a\":";
    struct trace trace = {TRACE_RAW_MEMBERS, 0, NULL, 0, 0, 0, {0}, 0, 0, 0};
    size_t different;

    memset(text + 5, '[', BEDROCK_JSON_DEPTH);
    trace_all_ways(&trace, text, 5 + BEDROCK_JSON_DEPTH, 1, &different);
    CHECK_INT(different, 0);
    CHECK_INT(trace.status, BEDROCK_E_JSON_DEPTH);
    free(trace.text);
}

static void forgets_the_request_when_the_array_ends(void)
{
    static const char text[] = "{\"a\":[],\"b\":[1]}";
    const char *in = text, *end = text + strlen(text);
    struct bedrock_json_event event;
    struct bedrock_json json;

    bedrock_json_init(&json);
    do {
        CHECK_INT(bedrock_json_next(&json, &in, end, &event), BEDROCK_EVENT);
    } while (!test_failed() && event.type != BEDROCK_JSON_ARRAY_BEGIN);
    bedrock_json_raw(&json);
    while (bedrock_json_next(&json, &in, end, &event) == BEDROCK_EVENT) {
        CHECK(event.type != BEDROCK_JSON_RAW);
    }
    CHECK_INT(bedrock_json_finish(&json, &event), BEDROCK_OK);
}

/* A raw value goes on over as many inputs as it takes, each of its pieces lying in the input. */
static void hands_raw_pieces_out_in_place(void)
{
    static const char first[] = "[ {\"a\"", second[] = ":1} ]";
    const char *in = first;
    struct bedrock_json_event event;
    struct bedrock_json json;

    bedrock_json_init(&json);
    CHECK_INT(bedrock_json_next(&json, &in, first + 6, &event), BEDROCK_EVENT);
    bedrock_json_raw(&json);
    CHECK_INT(bedrock_json_next(&json, &in, first + 6, &event), BEDROCK_EVENT);
    CHECK_INT(event.type, BEDROCK_JSON_RAW);
    CHECK(event.text == first + 2 && event.len == 4 && !event.last);
    CHECK_INT(bedrock_json_next(&json, &in, first + 6, &event), BEDROCK_OK);
    in = second;
    CHECK_INT(bedrock_json_next(&json, &in, second + 5, &event), BEDROCK_EVENT);
    CHECK_INT(event.type, BEDROCK_JSON_RAW);
    CHECK(event.text == second && event.len == 3 && event.last);
    CHECK_INT(bedrock_json_next(&json, &in, second + 5, &event), BEDROCK_EVENT);
    CHECK_INT(event.type, BEDROCK_JSON_ARRAY_END);
}

static void ends_a_raw_number_at_the_top_in_finish(void)
{
    const char *in = "12", *end = in + 2;
    struct bedrock_json_event event;
    struct bedrock_json json;

    bedrock_json_init(&json);
    bedrock_json_raw(&json);
    CHECK_INT(bedrock_json_next(&json, &in, end, &event), BEDROCK_EVENT);
    CHECK_INT(event.type, BEDROCK_JSON_RAW);
    CHECK_INT(event.last, 0);
    CHECK_INT(bedrock_json_finish(&json, &event), BEDROCK_EVENT);
    CHECK_INT(event.type, BEDROCK_JSON_RAW);
    CHECK_INT(event.last, 1);
    CHECK_INT(bedrock_json_finish(&json, &event), BEDROCK_OK);
}

int main(void)
{
    RUN(hands_values_out_verbatim);
    RUN(checks_raw_values_all_the_same);
    RUN(counts_the_levels_of_raw_values);
    RUN(forgets_the_request_when_the_array_ends);
    RUN(hands_raw_pieces_out_in_place);
    RUN(ends_a_raw_number_at_the_top_in_finish);
    return test_finish();
}
