/* SPDX-License-Identifier: MIT */
/* The writer: spelling, order, and what it refuses. Windows: see test_window.c. */
#include "rendering.h"
#include "test.h"

#include <stdio.h>

static struct rendering r;

#define CHECK_WRITTEN(want)                                                                        \
    do {                                                                                           \
        CHECK_INT(bedrock_json_writer_finish(&r.json), BEDROCK_OK);                                \
        CHECK_BYTES(r.text, r.len, want, strlen(want));                                            \
        CHECK_INT(r.out.count, strlen(want));                                                      \
    } while (0)

static void writes_every_kind_of_value(void)
{
    struct bedrock_json_writer *json = rendering_whole(&r);

    bedrock_json_begin_object(json);
    bedrock_json_put_key(json, "a");
    bedrock_json_put_text(json, "b");
    bedrock_json_put_key(json, "list");
    bedrock_json_begin_array(json);
    bedrock_json_put_integer(json, 1);
    bedrock_json_put_bool(json, 1);
    bedrock_json_put_bool(json, 0);
    bedrock_json_put_null(json);
    bedrock_json_put_number(json, "0.70");
    bedrock_json_begin_object(json);
    bedrock_json_end_object(json);
    bedrock_json_begin_array(json);
    bedrock_json_end_array(json);
    bedrock_json_end_array(json);
    bedrock_json_put_key(json, "");
    bedrock_json_put_string(json, NULL, 0);
    CHECK_INT(bedrock_json_end_object(json), BEDROCK_OK);
    CHECK_WRITTEN("{\"a\":\"b\",\"list\":[1,true,false,null,0.70,{},[]],\"\":\"\"}");
}

static void writes_a_single_value(void)
{
    CHECK_INT(bedrock_json_put_null(rendering_whole(&r)), BEDROCK_OK);
    CHECK_WRITTEN("null");
    CHECK_INT(bedrock_json_put_text(rendering_whole(&r), "x"), BEDROCK_OK);
    CHECK_WRITTEN("\"x\"");
    CHECK_INT(bedrock_json_begin_array(rendering_whole(&r)), BEDROCK_OK);
    CHECK_INT(bedrock_json_end_array(&r.json), BEDROCK_OK);
    CHECK_WRITTEN("[]");
}

static void writes_integers(void)
{
    static const struct {
        int64_t value;
        const char *text;
    } cases[] = {{0, "0"},
                 {-1, "-1"},
                 {10, "10"},
                 {INT32_MIN, "-2147483648"},
                 {INT64_MAX, "9223372036854775807"},
                 {INT64_MIN, "-9223372036854775808"}};
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bedrock_json_put_integer(rendering_whole(&r), cases[i].value);
        CHECK_WRITTEN(cases[i].text);
    }
}

static void escapes_what_must_be_escaped_and_no_more(void)
{
    char want[16];
    int c;

    for (c = 0; c < 0x80; c++) {
        static const char letters[] = "btn_fr";
        char text = (char)c;

        test_context("U+%04x", (unsigned)c);
        if (c == '"' || c == '\\') {
            snprintf(want, sizeof want, "\"\\%c\"", c);
        } else if (c >= 8 && c <= 13 && c != 11) {
            snprintf(want, sizeof want, "\"\\%c\"", letters[c - 8]);
        } else if (c < 0x20) {
            snprintf(want, sizeof want, "\"\\u%04x\"", (unsigned)c);
        } else {
            snprintf(want, sizeof want, "\"%c\"", c);
        }
        bedrock_json_put_string(rendering_whole(&r), &text, 1);
        CHECK_WRITTEN(want);
    }
    test_context(NULL);
    bedrock_json_put_text(rendering_whole(&r), "a/b\x7f\xc3\xa9\xe2\x80\xa8\xf0\x9f\x98\x80\n.");
    CHECK_WRITTEN("\"a/b\x7f\xc3\xa9\xe2\x80\xa8\xf0\x9f\x98\x80\\n.\"");
}

static void escapes_keys_as_well(void)
{
    struct bedrock_json_writer *json = rendering_whole(&r);

    bedrock_json_begin_object(json);
    bedrock_json_put_key(json, "a\"\\\n\xc3\xa9");
    bedrock_json_put_integer(json, 1);
    bedrock_json_end_object(json);
    CHECK_WRITTEN("{\"a\\\"\\\\\\n\xc3\xa9\":1}");
}

/* A text is written the same in any pieces. */
static void writes_strings_in_pieces(void)
{
    static const char text[] =
        "x\xc3\xa9\"\xe2\x82\xac\n\xf0\x9f\x98\x80 plain text of some length";
    static const char want[] =
        "[\"x\xc3\xa9\\\"\xe2\x82\xac\\n\xf0\x9f\x98\x80 plain text of some length\",1]";
    size_t len = strlen(text), cut, i;

    for (cut = 0; cut <= len + 1; cut++) {
        struct bedrock_json_writer *json = rendering_whole(&r);

        test_context("cut at %d", (int)cut);
        bedrock_json_begin_array(json);
        bedrock_json_begin_string(json);
        if (cut <= len) {
            bedrock_json_put_piece(json, text, cut);
            bedrock_json_put_piece(json, text + cut, len - cut);
        } else {
            for (i = 0; i < len; i++) {
                bedrock_json_put_piece(json, text + i, 1);
            }
        }
        bedrock_json_end_string(json);
        bedrock_json_put_integer(json, 1);
        bedrock_json_end_array(json);
        CHECK_WRITTEN(want);
    }
    test_context(NULL);
}

static void refuses_what_is_not_utf8(void)
{
    static const char *const texts[] = {
        "\x80",       "\xc3",          "\xc0\x80",         "abc\xff",
        "\xe2\x82",   "\xed\xa0\xbd",  "\xf4\x90\x80\x80", "\xc3\"",
        "\xe2\x82\n", "a\xf0\x9f\x98z"};
    size_t i, cut;

    for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        test_context("text %d", (int)i);
        CHECK_INT(bedrock_json_put_text(rendering_whole(&r), texts[i]), BEDROCK_E_UTF8);
        bedrock_json_begin_object(rendering_whole(&r));
        CHECK_INT(bedrock_json_put_key(&r.json, texts[i]), BEDROCK_E_UTF8);
        for (cut = 0; cut <= strlen(texts[i]); cut++) {
            bedrock_json_begin_string(rendering_whole(&r));
            bedrock_json_put_piece(&r.json, texts[i], cut);
            bedrock_json_put_piece(&r.json, texts[i] + cut, strlen(texts[i]) - cut);
            CHECK_INT(bedrock_json_end_string(&r.json), BEDROCK_E_UTF8);
        }
        CHECK_INT(bedrock_json_writer_finish(&r.json), BEDROCK_E_UTF8);
    }
    test_context(NULL);
}

static void checks_numbers(void)
{
    static const char *const good[] = {"0",   "-0",        "1.5",
                                       "1e5", "-1.25E-07", "12345678901234567890"};
    static const char *const bad[] = {"",    "-",  "01", ".5",  "1.",   "1e", "+1",
                                      "NaN", "1 ", " 1", "1,2", "true", "--1"};
    size_t i;

    for (i = 0; i < sizeof good / sizeof good[0]; i++) {
        bedrock_json_put_number(rendering_whole(&r), good[i]);
        CHECK_WRITTEN(good[i]);
    }
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        test_context("text: %s", bad[i]);
        CHECK_INT(bedrock_json_put_number(rendering_whole(&r), bad[i]), BEDROCK_E_JSON);
        CHECK_INT(bedrock_json_writer_finish(&r.json), BEDROCK_E_JSON);
    }
    test_context(NULL);
}

/* A letter a call: { } [ ] the brackets, k a key, ( p ) a string in pieces, s a string, i an
 * integer, t true, n null, f a number, r a raw value, e raw elements, b base64. */
static int call(struct bedrock_json_writer *json, char letter)
{
    static const struct bedrock_source source = {NULL, NULL, 3, "abc"};

    switch (letter) {
    case '{':
        return bedrock_json_begin_object(json);
    case '}':
        return bedrock_json_end_object(json);
    case '[':
        return bedrock_json_begin_array(json);
    case ']':
        return bedrock_json_end_array(json);
    case 'k':
        return bedrock_json_put_key(json, "k");
    case '(':
        return bedrock_json_begin_string(json);
    case 'p':
        return bedrock_json_put_piece(json, "p", 1);
    case ')':
        return bedrock_json_end_string(json);
    case 's':
        return bedrock_json_put_text(json, "s");
    case 'i':
        return bedrock_json_put_integer(json, 1);
    case 't':
        return bedrock_json_put_bool(json, 1);
    case 'n':
        return bedrock_json_put_null(json);
    case 'f':
        return bedrock_json_put_number(json, "1.5");
    case 'r':
        return bedrock_json_put_raw(json, "{}", 2);
    case 'e':
        return bedrock_json_put_raw_elements(json, "1,2", 3);
    default:
        return bedrock_json_put_base64(json, &source);
    }
}

/* Each row: what is put first, and the calls that are then out of order. */
static void refuses_calls_out_of_order(void)
{
    static const char *const rows[][2] = {
        {"", "}])pke"},
        {"{", "]([sitnfrb)pe{"},
        {"{k", "}])pke"},
        {"{ks", "]([sitnfrb)pe{"},
        {"{}", "{}[]k(p)sitnfreb"},
        {"[", "}k)p"},
        {"[s", "}k)p"},
        {"[(", "{}[]k(sitnfreb"},
        {"(", "{}[]k(sitnfreb"},
        {"(p", "{}[]k(sitnfreb"},
        {"(p)", "{}[]k(p)sitnfreb"},
        {"[{ki", "][{sitnfreb("},
        {"[[]", "}k)p"},
        {"i", "{}[]k(p)sitnfreb"},
        {"r", "{}[]k(p)sitnfreb"},
    };
    const char *p;
    size_t i;

    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *wrong;

        for (wrong = rows[i][1]; *wrong != '\0'; wrong++) {
            test_context("%c behind '%s'", *wrong, rows[i][0]);
            rendering_whole(&r);
            for (p = rows[i][0]; *p != '\0'; p++) {
                CHECK_INT(call(&r.json, *p), BEDROCK_OK);
            }
            CHECK_INT(call(&r.json, *wrong), BEDROCK_E_STATE);
            CHECK_INT(bedrock_json_writer_finish(&r.json), BEDROCK_E_STATE);
        }
    }
    test_context(NULL);
}

static void says_when_something_is_open(void)
{
    static const char *const open[] = {"", "{", "{k", "{ki", "[", "[[]", "(", "(p"};
    const char *p;
    size_t i;

    for (i = 0; i < sizeof open / sizeof open[0]; i++) {
        test_context("behind '%s'", open[i]);
        rendering_whole(&r);
        for (p = open[i]; *p != '\0'; p++) {
            CHECK_INT(call(&r.json, *p), BEDROCK_OK);
        }
        CHECK_INT(bedrock_json_writer_finish(&r.json), BEDROCK_E_STATE);
    }
    test_context(NULL);
}

/* Once the output has failed nothing is written, whatever is called, and its status comes back. */
static void does_nothing_once_the_output_has_failed(void)
{
    static const char calls[] = "{}[]k(p)sitnfreb";
    const char *p;

    for (p = calls; *p != '\0'; p++) {
        test_context("call %c", *p);
        rendering_whole(&r);
        bedrock_output_fail(&r.out, -99);
        CHECK_INT(call(&r.json, *p), -99);
        CHECK_INT(r.writes, 0);
        CHECK_INT(r.out.count, 0);
    }
    CHECK_INT(bedrock_json_writer_finish(&r.json), -99);
    test_context(NULL);
}

static void nests_up_to_its_limit(void)
{
    int object, i;

    for (object = 0; object < 2; object++) {
        struct bedrock_json_writer *json = rendering_whole(&r);

        for (i = 0; i < BEDROCK_JSON_DEPTH; i++) {
            CHECK_INT(call(json, object ? '{' : '['), BEDROCK_OK);
            if (object) {
                bedrock_json_put_key(json, "");
            }
        }
        if (object) {
            bedrock_json_put_null(json);
        }
        for (i = 0; i < BEDROCK_JSON_DEPTH; i++) {
            CHECK_INT(call(json, object ? '}' : ']'), BEDROCK_OK);
        }
        CHECK_INT(bedrock_json_writer_finish(json), BEDROCK_OK);
        json = rendering_whole(&r);
        for (i = 0; i < BEDROCK_JSON_DEPTH; i++) {
            call(json, object ? '{' : '[');
            if (object) {
                bedrock_json_put_key(json, "");
            }
        }
        CHECK_INT(call(json, '['), BEDROCK_E_JSON_DEPTH);
    }
}

int main(void)
{
    RUN(writes_every_kind_of_value);
    RUN(writes_a_single_value);
    RUN(writes_integers);
    RUN(escapes_what_must_be_escaped_and_no_more);
    RUN(escapes_keys_as_well);
    RUN(writes_strings_in_pieces);
    RUN(refuses_what_is_not_utf8);
    RUN(checks_numbers);
    RUN(refuses_calls_out_of_order);
    RUN(says_when_something_is_open);
    RUN(does_nothing_once_the_output_has_failed);
    RUN(nests_up_to_its_limit);
    return test_finish();
}
