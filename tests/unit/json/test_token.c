/* SPDX-License-Identifier: MIT */
/* The tokenizer: grammar, splits, prefixes, limits. See test_raw.c for raw values. */
#include "test.h"
#include "trace.h"

struct accepted {
    const char *text;
    const char *trace;
};

struct rejected {
    const char *text;
    int error;
};

static const struct trace tokens = {TRACE_TOKENS, 0, NULL, 0, 0, 0, {0}, 0, 0, 0};

static void check_accepted(const struct accepted *c, struct trace trace)
{
    size_t different;

    test_context("text: %s", c->text);
    trace_all_ways(&trace, c->text, strlen(c->text), 1, &different);
    CHECK_INT(different, 0);
    CHECK_INT(trace.status, BEDROCK_OK);
    CHECK_TEXT(trace.text, c->trace);
    test_context(NULL);
    free(trace.text);
}

static void check_rejected(const struct rejected *c, struct trace trace)
{
    size_t different;

    test_context("text: %s", c->text);
    trace_all_ways(&trace, c->text, strlen(c->text), 1, &different);
    CHECK_INT(different, 0);
    CHECK_INT(trace.status, c->error);
    test_context(NULL);
    free(trace.text);
}

static const struct accepted values[] = {
    {"{}", " { }"},
    {"[]", " [ ]"},
    {" \t\r\n[ \t\r\n] \t\r\n", " [ ]"},
    {"null", " 0"},
    {"true", " t"},
    {"false", " f"},
    {"[true,false,null]", " [ t f 0 ]"},
    {"\"\"", " s"},
    {"\"a\"", " s61"},
    {"[\"\",\"\"]", " [ s s ]"},
    {"{\"\":\"\"}", " { k s }"},
    {"{\"a\":1,\"b\":[2,{\"c\":3}]}", " { k61 n1 k62 [ n2 { k63 n3 } ] }"},
    {" { \"a\" : 1 , \"b\" : [ 2 , 3 ] } ", " { k61 n1 k62 [ n2 n3 ] }"},
    {"{\"a\":1,\"a\":2}", " { k61 n1 k61 n2 }"},
    {"[[],[[]],{}]", " [ [ ] [ [ ] ] { } ]"},
    {"\"\x7f\"", " s7f"},
};

static const struct accepted numbers[] = {
    {"0", " n0"},
    {"-0", " n-0"},
    {"7", " n7"},
    {"-12", " n-12"},
    {"10.0", " n10.0"},
    {"0.25", " n0.25"},
    {"-0.0e0", " n-0.0e0"},
    {"1e5", " n1e5"},
    {"1E+05", " n1E+05"},
    {"9.5e-10", " n9.5e-10"},
    {"123456789012345678901234567890", " n123456789012345678901234567890"},
    {"1e999999", " n1e999999"},
    {" 42 ", " n42"},
    {"[0,-1,2.5]", " [ n0 n-1 n2.5 ]"},
    {"[1\n]", " [ n1 ]"},
    {"{\"n\":1}", " { k6e n1 }"},
};

/* U+00E9, U+20AC and U+1F600, and the limits of what RFC 3629 admits. */
static const struct accepted strings[] = {
    {"\"\xc3\xa9\"", " sc3a9"},
    {"\"a\xe2\x82\xac"
     "b\"",
     " s61e282ac62"},
    {"\"\xf0\x9f\x98\x80\"", " sf09f9880"},
    {"\"\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf\"", " sc280dfbfe0a080efbfbf"},
    {"\"\xed\x9f\xbf\xee\x80\x80\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\"",
     " sed9fbfee8080f0908080f48fbfbf"},
    {"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", " s225c2f080c0a0d09"},
    {"\"a\\\"b\\\\c\\/d\\ne\"", " s6122625c632f640a65"},
    {"\"\\u0041\\u00e9\\u20aC\\uFFFF\"", " s41c3a9e282acefbfbf"},
    {"\"\\u0000\"", " s00"},
    {"\"\\u007f\\u0080\\u07ff\\u0800\"", " s7fc280dfbfe0a080"},
    {"\"\\ud83d\\ude00\"", " sf09f9880"},
    {"\"\\uD800\\uDC00\\uDBFF\\uDFFF\"", " sf0908080f48fbfbf"},
    {"\"x\\ud83d\\ude00y\"", " s78f09f988079"},
    {"{\"k\\u00e9\\ud83d\\ude00\\n\":1}", " { k6bc3a9f09f98800a n1 }"},
    {"{\"\\\"\":\"\\\\\"}", " { k22 s5c }"},
    {"\"0123456789abcdef\\\"0123456789abcdef\xc3\xa9 0123456789abcdef\"",
     " s303132333435363738396162636465662230313233343536373839616263646566c3a920303132333435363738"
     "39616263646566"},
};

static void accepts_every_kind_of_value(void)
{
    size_t i;

    for (i = 0; i < sizeof values / sizeof values[0]; i++) {
        check_accepted(&values[i], tokens);
    }
}

static void hands_numbers_out_as_they_are_spelt(void)
{
    size_t i;

    for (i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        check_accepted(&numbers[i], tokens);
    }
}

static void decodes_strings_and_keys(void)
{
    size_t i;

    for (i = 0; i < sizeof strings / sizeof strings[0]; i++) {
        check_accepted(&strings[i], tokens);
    }
}

static void refuses_what_is_not_json(void)
{
    static const char *const texts[] = {
        /* structure */
        "]", "}", ",", ":", "[,", "[1,]", "[1,,2]", "[1 2]", "[\"a\" \"b\"]", "[1}", "{1:2}",
        "{\"a\"}", "{\"a\":}", "{\"a\" 1}", "{\"a\"::1}", "{\"a\":1,}", "{,}", "{\"a\":1]", "[]]",
        "{}{}", "[] 1", "1 1", "\"a\"\"b\"", "nulltrue", "[1:2]", "{[]:1}", "{null:1}", "{'a':1}",
        "[}", "{]",
        /* literals */
        "nul1", "True", "tru]", "nan", "NaN", "Infinity", "undefined", "[nulL]", "falsy", "truex",
        /* numbers */
        "+1", ".5", "-a", "01", "-01", "00", "1.a", "1.", "1.e5", "1ea", "1e+a", "0x10", "1_000",
        "[-]", "[1.]", "[1e]", "[1e+]", "--1", "1.2.3", "1e5.5", "1-2", "[2,01]",
        /* strings */
        "\"\t\"", "\"a\nb\"", "\"\\x\"", "\"\\a\"", "\"\\u12g4\"", "\"\\u 123\"", "\"\\U0041\"",
        "\"\\\n\"", "{\"a\tb\":1}",
        /* no such thing as comments, other white space or a byte order mark */
        "/* */1", "[1] // x", "#1", "\f1", "\v1", "\xc2\xa0[]", "\xef\xbb\xbf[]", "[\xe2\x80\xa9]",
        "[1]\x01"};
    size_t i;

    for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct rejected c = {NULL, BEDROCK_E_JSON};

        /* A text that ends early is found out at its end only. */
        c.text = texts[i];
        if (strcmp(c.text, "1.") == 0) {
            c.error = BEDROCK_E_JSON_INCOMPLETE;
        }
        check_rejected(&c, tokens);
    }
}

static void refuses_a_nul_byte_anywhere(void)
{
    static const char texts[][4] = {{'\0', '1', ' ', ' '}, {'[', '\0', ']', ' '},
                                    {'"', '\0', '"', ' '}, {'1', '\0', ' ', ' '},
                                    {'[', ']', '\0', ' '}, {'n', '\0', ' ', ' '},
                                    {'t', 'r', '\0', ' '}, {'"', '\\', '\0', '"'}};
    size_t i, different;

    for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct trace trace = tokens;

        test_context("text %d", (int)i);
        trace_all_ways(&trace, texts[i], sizeof texts[i], 1, &different);
        CHECK_INT(different, 0);
        CHECK_INT(trace.status, BEDROCK_E_JSON);
        free(trace.text);
    }
    test_context(NULL);
}

static void refuses_what_is_not_utf8(void)
{
    static const char *const texts[] = {"\"\x80\"",
                                        "\"\xbf\"",
                                        "\"\xc0\x80\"",
                                        "\"\xc1\xbf\"",
                                        "\"\xc3\"",
                                        "\"\xc3\x28\"",
                                        "\"\xe0\x9f\xbf\"",
                                        "\"\xe2\x82\"",
                                        "\"\xe2\x28\xa1\"",
                                        "\"\xed\xa0\x80\"",
                                        "\"\xed\xbf\xbf\"",
                                        "\"\xf0\x8f\xbf\xbf\"",
                                        "\"\xf0\x9f\x98\"",
                                        "\"\xf4\x90\x80\x80\"",
                                        "\"\xf5\x80\x80\x80\"",
                                        "\"\xff\"",
                                        "\"\xfe\"",
                                        "\"abc\xc3\xa9\x80\"",
                                        "{\"\xc3\":1}",
                                        "[\"ok\",\"\xe2\x82\\n\"]"};
    size_t i;

    for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct rejected c = {NULL, BEDROCK_E_JSON_UTF8};

        c.text = texts[i];
        check_rejected(&c, tokens);
    }
}

static void refuses_half_a_surrogate_pair(void)
{
    static const char *const texts[] = {
        "\"\\ud83d\"",        "\"\\ude00\"",        "\"\\ud83dx\"",
        "\"\\ud83d\\n\"",     "\"\\ud83d\\ud83d\"", "\"\\ud83d\\u0041\"",
        "\"\\ude00\\ud83d\"", "{\"\\udbff\":1}",    "\"\\ud83d\xf0\x9f\x98\x80\"",
        "\"\\ud83d\\\\\""};
    size_t i;

    for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct rejected c = {NULL, BEDROCK_E_JSON_UTF8};

        c.text = texts[i];
        check_rejected(&c, tokens);
    }
}

static void hands_lone_surrogates_out_if_asked_to(void)
{
    static const struct accepted cases[] = {
        {"\"\\ud83d\"", " seda0bd"},
        {"\"\\ude00\"", " sedb880"},
        {"\"a\\ud83db\"", " s61eda0bd62"},
        {"\"\\ud83d\\n\"", " seda0bd0a"},
        {"\"\\ud83d\\\\u\"", " seda0bd5c75"},
        {"\"\\ud83d\\ud83d\\ude00\"", " seda0bdf09f9880"},
        {"\"\\ud83d\\u0041\"", " seda0bd41"},
        {"\"\\ude00\\ud83d\"", " sedb880eda0bd"},
        {"\"\\ud83d\xc3\xa9\"", " seda0bdc3a9"},
        {"{\"\\udfff\":\"\\ud83d\\ude00\"}", " { kedbfbf sf09f9880 }"},
    };
    struct trace lone = tokens;
    struct rejected raw = {"\"\xed\xa0\xbd\"", BEDROCK_E_JSON_UTF8};
    size_t i;

    lone.allow_lone_surrogates = 1;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_accepted(&cases[i], lone);
    }
    check_rejected(&raw, lone);
}

/* Half a pair is a piece of its own, so that its reader can tell it from other text. */
static void gives_a_lone_surrogate_a_piece_of_its_own(void)
{
    static const char text[] = "\"a\\ud83d\\ud83db\"";
    const char *in = text, *end = text + strlen(text);
    struct bedrock_json_event event;
    struct bedrock_json json;

    bedrock_json_init(&json);
    json.allow_lone_surrogates = 1;
    CHECK_INT(bedrock_json_next(&json, &in, end, &event), BEDROCK_EVENT);
    CHECK_BYTES(event.text, event.len, "a", 1);
    CHECK_INT(bedrock_json_next(&json, &in, end, &event), BEDROCK_EVENT);
    CHECK_BYTES(event.text, event.len, "\xed\xa0\xbd", 3);
    CHECK_INT(bedrock_json_next(&json, &in, end, &event), BEDROCK_EVENT);
    CHECK_BYTES(event.text, event.len, "\xed\xa0\xbd", 3);
    CHECK_INT(event.last, 0);
    CHECK_INT(bedrock_json_next(&json, &in, end, &event), BEDROCK_EVENT);
    CHECK_BYTES(event.text, event.len, "b", 1);
    CHECK_INT(event.last, 1);
}

/* Every proper prefix is incomplete, and what it tells is how the whole begins. */
static void check_prefixes(const char *text)
{
    struct trace whole = tokens, prefix = tokens;
    size_t len = strlen(text), cut;

    trace_run(&whole, text, len, len, len);
    CHECK_INT(whole.status, BEDROCK_OK);
    for (cut = 0; cut < len; cut++) {
        test_context("text: %s, cut at %d", text, (int)cut);
        trace_run(&prefix, text, cut, cut, cut);
        CHECK_INT(prefix.status, BEDROCK_E_JSON_INCOMPLETE);
        CHECK(prefix.len <= whole.len && memcmp(prefix.text, whole.text, prefix.len) == 0);
    }
    test_context(NULL);
    free(whole.text);
    free(prefix.text);
}

static void says_that_a_prefix_is_incomplete(void)
{
    size_t i;

    for (i = 0; i < sizeof strings / sizeof strings[0]; i++) {
        check_prefixes(strings[i].text);
    }
    check_prefixes("{\"a\":[1,-2.5e+3,true,null],\"b\":{\"c\":\"d\"}}");
    check_prefixes("  [false , \"x\" ]");
    check_prefixes("true");
}

static void says_where_a_number_at_the_top_may_end(void)
{
    static const char text[] = "-10.25e-3";
    static const char whole[] = {0, 0, 1, 1, 0, 1, 1, 0, 0, 1}; /* by the length of the prefix */
    struct trace trace = tokens;
    size_t cut;

    for (cut = 0; cut <= strlen(text); cut++) {
        test_context("prefix of %d", (int)cut);
        trace_run(&trace, text, cut, 1, 1);
        CHECK_INT(trace.status, whole[cut] ? BEDROCK_OK : BEDROCK_E_JSON_INCOMPLETE);
    }
    test_context(NULL);
    free(trace.text);
}

static void finishes_a_number_once(void)
{
    const char *in = "12", *end = in + 2;
    struct bedrock_json_event event;
    struct bedrock_json json;

    bedrock_json_init(&json);
    CHECK_INT(bedrock_json_next(&json, &in, end, &event), BEDROCK_EVENT);
    CHECK_INT(event.last, 0);
    CHECK_BYTES(event.text, event.len, "12", 2);
    CHECK_INT(bedrock_json_next(&json, &in, end, &event), BEDROCK_OK);
    CHECK_INT(bedrock_json_finish(&json, &event), BEDROCK_EVENT);
    CHECK_INT(event.type, BEDROCK_JSON_NUMBER);
    CHECK_INT(event.last, 1);
    CHECK_INT(event.len, 0);
    CHECK_INT(bedrock_json_finish(&json, &event), BEDROCK_OK);
}

static void keeps_its_error(void)
{
    const char *in = "[1;2]", *end = in + 5, *bad = in + 2;
    struct bedrock_json_event event;
    struct bedrock_json json;

    bedrock_json_init(&json);
    while (bedrock_json_next(&json, &in, end, &event) == BEDROCK_EVENT) {
    }
    CHECK(in == bad);
    CHECK_INT(bedrock_json_next(&json, &in, end, &event), BEDROCK_E_JSON);
    in = "2]";
    CHECK_INT(bedrock_json_next(&json, &in, in + 2, &event), BEDROCK_E_JSON);
    CHECK_INT(bedrock_json_next(&json, &in, in, &event), BEDROCK_E_JSON);
    CHECK_INT(bedrock_json_finish(&json, &event), BEDROCK_E_JSON);
    bedrock_json_init(&json);
    CHECK_INT(bedrock_json_finish(&json, &event), BEDROCK_E_JSON_INCOMPLETE);
}

/* A string without an escape that lies in one input is one event, whatever its length. */
static void gives_a_whole_string_in_one_piece(void)
{
    static const char text[] = "{\"key\":\"a longer value with spaces\",\"\":\"\"}";
    static const char *const pieces[] = {"", "key", "a longer value with spaces", "", "", ""};
    const char *in = text, *end = text + strlen(text);
    struct bedrock_json_event event;
    struct bedrock_json json;
    size_t i;

    bedrock_json_init(&json);
    for (i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        REQUIRE(bedrock_json_next(&json, &in, end, &event) == BEDROCK_EVENT);
        CHECK_BYTES(event.text, event.len, pieces[i], strlen(pieces[i]));
        CHECK_INT(event.last, 1);
    }
    CHECK_INT(bedrock_json_next(&json, &in, end, &event), BEDROCK_OK);
    CHECK(in == end);
    CHECK_INT(bedrock_json_finish(&json, &event), BEDROCK_OK);
}

/* Pieces lie in the input itself; the characters that a backslash only protects do too. */
static void hands_text_out_in_place(void)
{
    static const char text[] = "\"ab\\\"cd\\nef\"";
    const char *in = text, *end = text + strlen(text);
    struct bedrock_json_event event;
    struct bedrock_json json;

    bedrock_json_init(&json);
    CHECK_INT(bedrock_json_next(&json, &in, end, &event), BEDROCK_EVENT);
    CHECK(event.text == text + 1 && event.len == 2);
    CHECK_INT(bedrock_json_next(&json, &in, end, &event), BEDROCK_EVENT);
    CHECK(event.text == text + 4 && event.len == 3);
    CHECK_INT(bedrock_json_next(&json, &in, end, &event), BEDROCK_EVENT);
    CHECK_BYTES(event.text, event.len, "\n", 1);
    CHECK_INT(bedrock_json_next(&json, &in, end, &event), BEDROCK_EVENT);
    CHECK(event.text == text + 9 && event.len == 2 && event.last);
}

static void fill(char *text, size_t levels, const char *open, const char *close)
{
    size_t i;

    text[0] = '\0';
    for (i = 0; i < levels; i++) {
        strcat(text, open);
    }
    for (i = 0; i < levels; i++) {
        strcat(text, close);
    }
}

static void nests_up_to_its_limit(void)
{
    static const char *const kinds[][2] = {{"[", "]"}, {"{\"\":", "}"}, {"[{\"a\":", "}]"}};
    static const size_t levels_of[] = {1, 1, 2};
    char text[1024];
    size_t i, different;

    for (i = 0; i < 3; i++) {
        size_t levels = BEDROCK_JSON_DEPTH / levels_of[i];
        const char *inner = i == 0 ? "" : "null";
        struct trace trace = tokens;

        test_context("kind %d", (int)i);
        fill(text, levels, kinds[i][0], "");
        strcat(text, inner);
        fill(text + strlen(text), levels, kinds[i][1], "");
        trace_all_ways(&trace, text, strlen(text), 1, &different);
        CHECK_INT(different, 0);
        CHECK_INT(trace.status, BEDROCK_OK);
        CHECK_INT(trace.depth, BEDROCK_JSON_DEPTH);
        fill(text, levels + 1, kinds[i][0], "");
        trace_all_ways(&trace, text, strlen(text), 1, &different);
        CHECK_INT(different, 0);
        CHECK_INT(trace.status, BEDROCK_E_JSON_DEPTH);
        CHECK_INT(trace.depth, BEDROCK_JSON_DEPTH);
        free(trace.text);
    }
    test_context(NULL);
}

/* One bit a level must not mix objects and arrays up on the way back. */
static void remembers_the_kind_of_every_level(void)
{
    static const char *const texts[] = {"[{\"a\":[{\"b\":[1}]}]}", "{\"a\":[{\"b\":[]]}]}",
                                        "[[[[[[[[{\"a\":1]]]]]]]]", "{\"a\":{\"b\":{\"c\":1}]}"};
    size_t i;

    for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct rejected c = {NULL, BEDROCK_E_JSON};

        c.text = texts[i];
        check_rejected(&c, tokens);
    }
}

/* Each byte at each place of a long run: the scan takes several at a time. */
static void looks_at_every_byte_of_a_run(void)
{
    enum { RUN = 40 };
    char text[RUN + 2];
    size_t at;
    int c;

    for (at = 1; at <= RUN; at++) {
        for (c = 0; c < 256; c++) {
            struct trace trace = tokens;
            int plain = c >= 0x20 && c < 0x80 && c != '"' && c != '\\';

            memset(text, 'z', sizeof text);
            text[0] = text[RUN + 1] = '"';
            text[at] = (char)c;
            trace_run(&trace, text, sizeof text, sizeof text, sizeof text);
            test_context("byte %d at %d", c, (int)at);
            CHECK((trace.status == BEDROCK_OK) == plain);
            free(trace.text);
        }
    }
    test_context(NULL);
}

int main(void)
{
    RUN(accepts_every_kind_of_value);
    RUN(hands_numbers_out_as_they_are_spelt);
    RUN(decodes_strings_and_keys);
    RUN(refuses_what_is_not_json);
    RUN(refuses_a_nul_byte_anywhere);
    RUN(refuses_what_is_not_utf8);
    RUN(refuses_half_a_surrogate_pair);
    RUN(hands_lone_surrogates_out_if_asked_to);
    RUN(gives_a_lone_surrogate_a_piece_of_its_own);
    RUN(says_that_a_prefix_is_incomplete);
    RUN(says_where_a_number_at_the_top_may_end);
    RUN(finishes_a_number_once);
    RUN(keeps_its_error);
    RUN(gives_a_whole_string_in_one_piece);
    RUN(hands_text_out_in_place);
    RUN(nests_up_to_its_limit);
    RUN(remembers_the_kind_of_every_level);
    RUN(looks_at_every_byte_of_a_run);
    return test_finish();
}
