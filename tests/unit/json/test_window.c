/* SPDX-License-Identifier: MIT */
/* Rendering a window at a time; values that are spliced in or read from a source, and what is not
 * looked at because nobody wants it. */
#include "rendering.h"
#include "test.h"

static struct rendering r, whole;

/* A source that counts how it is read. */
struct counted {
    uint32_t len;
    int reads;
    size_t bytes;
    size_t longest;
    int status; /* returned at the offset fail_at */
    uint32_t fail_at;
};

static uint8_t byte_at(uint32_t off)
{
    return (uint8_t)(off * 7 + off / 256 + 3);
}

static int read_counted(void *ctx, uint32_t off, void *dst, size_t len)
{
    struct counted *counted = ctx;
    uint8_t *bytes = dst;
    size_t i;

    CHECK(len > 0 && len <= 36);
    CHECK(off + len <= counted->len);
    counted->reads++;
    counted->bytes += len;
    if (counted->status != 0 && off >= counted->fail_at) {
        return counted->status;
    }
    for (i = 0; i < len; i++) {
        bytes[i] = byte_at(off + (uint32_t)i);
    }
    return 0;
}

static struct bedrock_source counted_source(struct counted *counted, uint32_t len)
{
    struct bedrock_source source = {read_counted, NULL, 0, NULL};

    memset(counted, 0, sizeof *counted);
    counted->len = len;
    source.ctx = counted;
    source.len = len;
    return source;
}

/* Pieces that are skipped where they can be; returns how many were made. */
static int put_skipping(struct bedrock_json_writer *json)
{
    int i, made = 0;

    bedrock_json_begin_string(json);
    for (i = 0; i < 8; i++) {
        if (!bedrock_json_skip_piece(json, 5)) {
            bedrock_json_put_piece(json, "piece", 5);
            made++;
        }
    }
    bedrock_json_end_string(json);
    return made;
}

/* A document with everything in it. */
static int render(struct bedrock_json_writer *json)
{
    static const char raw[] = "  {\"raw\": [1, \"\xc3\xa9\", {}]}\n";
    struct counted counted;
    struct bedrock_source source = counted_source(&counted, 100);

    bedrock_json_begin_object(json);
    bedrock_json_put_key(json, "text\n");
    bedrock_json_put_text(json, "a \"quoted\" \xe2\x82\xac\x01");
    bedrock_json_put_key(json, "bytes");
    bedrock_json_put_base64(json, &source);
    bedrock_json_put_key(json, "raw");
    bedrock_json_put_raw(json, raw, sizeof raw - 1);
    bedrock_json_put_key(json, "list");
    bedrock_json_begin_array(json);
    bedrock_json_put_raw_elements(json, NULL, 0);
    bedrock_json_put_raw_elements(json, " 1 , [2] ", 9);
    bedrock_json_put_raw_elements(json, " \n", 2);
    bedrock_json_put_raw_elements(json, "{}", 2);
    bedrock_json_put_integer(json, -12);
    bedrock_json_put_number(json, "0.5");
    bedrock_json_put_bool(json, 1);
    bedrock_json_put_null(json);
    put_skipping(json);
    bedrock_json_end_array(json);
    bedrock_json_end_object(json);
    return bedrock_json_writer_finish(json);
}

/* The renderings from every offset, each stopped by its sink after `limit` bytes, make up the whole
 * when they are put together. */
static void renders_any_window(void)
{
    static const size_t limits[] = {1, 2, 3, 7, 16, 64, 1000};
    size_t i;
    uint32_t from;

    CHECK_INT(render(rendering_whole(&whole)), BEDROCK_OK);
    for (i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        for (from = 0; from <= whole.len; from++) {
            size_t left = whole.len - from;
            size_t want = left < limits[i] ? left : limits[i];
            int status = render(rendering_start(&r, from, limits[i]));

            test_context("from %d, %d bytes", (int)from, (int)limits[i]);
            CHECK_BYTES(r.text, r.len, whole.text + from, want);
            CHECK_INT(status, left > limits[i] ? RENDERING_FULL : BEDROCK_OK);
            CHECK(left > limits[i] || r.out.count == whole.len);
        }
    }
    test_context(NULL);
}

static void counts_without_a_sink(void)
{
    struct bedrock_json_writer json;
    struct bedrock_output out;

    render(rendering_whole(&whole));
    bedrock_output_init(&out, NULL, NULL, 0);
    bedrock_json_writer_init(&json, &out);
    CHECK_INT(render(&json), BEDROCK_OK);
    CHECK_INT(out.count, whole.len);
}

/* --------------------------------------------------------------------- base64 */

static void encodes_a_source(void)
{
    static const struct {
        const char *bytes, *text;
    } cases[] = {{"", "\"\""},
                 {"f", "\"Zg==\""},
                 {"fo", "\"Zm8=\""},
                 {"foo", "\"Zm9v\""},
                 {"foobar", "\"Zm9vYmFy\""}};
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct bedrock_source source = {NULL, NULL, 0, NULL};

        source.data = cases[i].bytes;
        source.len = (uint32_t)strlen(cases[i].bytes);
        CHECK_INT(bedrock_json_put_base64(rendering_whole(&r), &source), BEDROCK_OK);
        CHECK_BYTES(r.text, r.len, cases[i].text, strlen(cases[i].text));
    }
}

/* Bytes in memory and bytes that are read give the same text, at every length around a piece. */
static void reads_a_source_in_pieces(void)
{
    static uint8_t bytes[400];
    uint32_t len;

    for (len = 0; len < sizeof bytes; len++) {
        struct counted counted;
        struct bedrock_source source = counted_source(&counted, len),
                              memory = {NULL, NULL, 0, NULL};

        test_context("%d bytes", (int)len);
        bytes[len] = byte_at(len);
        memory.data = bytes;
        memory.len = len;
        CHECK_INT(bedrock_json_put_base64(rendering_whole(&whole), &memory), BEDROCK_OK);
        CHECK_INT(bedrock_json_put_base64(rendering_whole(&r), &source), BEDROCK_OK);
        CHECK_BYTES(r.text, r.len, whole.text, whole.len);
        CHECK_INT(counted.bytes, len);
        CHECK_INT(counted.reads, (len + 35) / 36);
        CHECK_INT(bedrock_json_writer_finish(&r.json), BEDROCK_OK);
    }
    test_context(NULL);
}

static void reads_only_what_is_wanted(void)
{
    enum { LEN = 3000, TEXT = LEN / 3 * 4 + 2 };
    struct counted counted;
    struct bedrock_source source;
    uint32_t from;

    source = counted_source(&counted, LEN);
    bedrock_json_put_base64(rendering_whole(&whole), &source);
    CHECK_INT(whole.len, TEXT);
    for (from = 0; from < TEXT; from += 13) {
        test_context("from %d", (int)from);
        source = counted_source(&counted, LEN);
        bedrock_json_put_base64(rendering_start(&r, from, 100), &source);
        CHECK_BYTES(r.text, r.len, whole.text + from, TEXT - from < 100 ? TEXT - from : 100);
        CHECK(counted.reads <= 3);
    }
    test_context(NULL);
    source = counted_source(&counted, LEN);
    CHECK_INT(bedrock_json_put_base64(rendering_start(&r, TEXT - 1, 100), &source), BEDROCK_OK);
    CHECK_BYTES(r.text, r.len, "\"", 1);
    CHECK_INT(counted.reads, 0);
    CHECK_INT(r.out.count, TEXT);
}

static void reads_nothing_to_count(void)
{
    struct counted counted;
    struct bedrock_source source = counted_source(&counted, 3000000001u);
    struct bedrock_json_writer json;
    struct bedrock_output out;

    bedrock_output_init(&out, NULL, NULL, 0);
    bedrock_json_writer_init(&json, &out);
    CHECK_INT(bedrock_json_put_base64(&json, &source), BEDROCK_OK);
    CHECK_INT(out.count, 4000000004u + 2);
    CHECK_INT(counted.reads, 0);
}

static void refuses_a_source_past_4_gib_of_text(void)
{
    struct counted counted;
    struct bedrock_source source = counted_source(&counted, UINT32_MAX);
    struct bedrock_json_writer json;
    struct bedrock_output out;

    bedrock_output_init(&out, NULL, NULL, 0);
    bedrock_json_writer_init(&json, &out);
    CHECK_INT(bedrock_json_put_base64(&json, &source), BEDROCK_E_ARGUMENT);
    CHECK(counted.reads <= 1);
}

static void passes_on_what_a_source_says(void)
{
    struct counted counted;
    struct bedrock_source source = counted_source(&counted, 200);

    counted.status = -123;
    counted.fail_at = 96;
    CHECK_INT(bedrock_json_put_base64(rendering_whole(&r), &source), -123);
    CHECK_INT(counted.reads, 4);
    CHECK_INT(r.len, 1 + 3 * 48);
    CHECK_INT(bedrock_json_writer_finish(&r.json), -123);
}

/* ----------------------------------------------------------------- raw values */

/* Splices a text in: as a value where elements is 0. */
static int splice(struct rendering *to, const char *text, int elements)
{
    struct bedrock_json_writer *json = rendering_whole(to);

    bedrock_json_begin_array(json);
    bedrock_json_put_null(json);
    if (elements) {
        bedrock_json_put_raw_elements(json, text, strlen(text));
    } else {
        bedrock_json_put_raw(json, text, strlen(text));
    }
    bedrock_json_end_array(json);
    return bedrock_json_writer_finish(json);
}

static void splices_values_in_as_they_are(void)
{
    static const char *const values[] = {"{}",   "[ 1 , 2 ]", "\"\\u0041\"",        "12",  "-0.5e3",
                                         "true", "null",      "{\"a\" : [ { } ] }", "\"\""};
    char want[64];
    size_t i;

    for (i = 0; i < sizeof values / sizeof values[0]; i++) {
        test_context("text: %s", values[i]);
        strcpy(want, "[null,");
        strcat(strcat(want, values[i]), "]");
        CHECK_INT(splice(&r, values[i], 0), BEDROCK_OK);
        CHECK_BYTES(r.text, r.len, want, strlen(want));
        CHECK_INT(splice(&r, values[i], 1), BEDROCK_OK);
        CHECK_BYTES(r.text, r.len, want, strlen(want));
        CHECK_INT(bedrock_json_put_raw(rendering_whole(&r), values[i], strlen(values[i])),
                  BEDROCK_OK);
        CHECK_BYTES(r.text, r.len, values[i], strlen(values[i]));
    }
    test_context(NULL);
}

static void leaves_white_space_around_values_out(void)
{
    CHECK_INT(splice(&r, " \r\n\t{ } \n", 0), BEDROCK_OK);
    CHECK_BYTES(r.text, r.len, "[null,{ }]", 10);
    CHECK_INT(splice(&r, "\n 1 , 2\t", 1), BEDROCK_OK);
    CHECK_BYTES(r.text, r.len, "[null,1 , 2]", 12);
    CHECK_INT(splice(&r, "", 1), BEDROCK_OK);
    CHECK_BYTES(r.text, r.len, "[null]", 6);
    CHECK_INT(splice(&r, " \n", 1), BEDROCK_OK);
    CHECK_BYTES(r.text, r.len, "[null]", 6);
}

static void checks_what_it_splices_in(void)
{
    static const struct {
        const char *text;
        int one, many; /* what the text is as one value, and as elements */
    } cases[] = {
        {"1,2", BEDROCK_E_JSON, BEDROCK_OK},
        {"{},{}", BEDROCK_E_JSON, BEDROCK_OK},
        {"1 2", BEDROCK_E_JSON, BEDROCK_E_JSON},
        {"1,", BEDROCK_E_JSON, BEDROCK_E_JSON_INCOMPLETE},
        {",1", BEDROCK_E_JSON, BEDROCK_E_JSON},
        {"1,,2", BEDROCK_E_JSON, BEDROCK_E_JSON},
        {"1],[2", BEDROCK_E_JSON, BEDROCK_E_JSON},
        {"]", BEDROCK_E_JSON, BEDROCK_E_JSON},
        {"}", BEDROCK_E_JSON, BEDROCK_E_JSON},
        {"{}]", BEDROCK_E_JSON, BEDROCK_E_JSON},
        {"[1", BEDROCK_E_JSON_INCOMPLETE, BEDROCK_E_JSON_INCOMPLETE},
        {"\"abc", BEDROCK_E_JSON_INCOMPLETE, BEDROCK_E_JSON_INCOMPLETE},
        {"tru", BEDROCK_E_JSON_INCOMPLETE, BEDROCK_E_JSON_INCOMPLETE},
        {"1.", BEDROCK_E_JSON_INCOMPLETE, BEDROCK_E_JSON_INCOMPLETE},
        {"-", BEDROCK_E_JSON_INCOMPLETE, BEDROCK_E_JSON_INCOMPLETE},
        {"01", BEDROCK_E_JSON, BEDROCK_E_JSON},
        {"\"a\":1", BEDROCK_E_JSON, BEDROCK_E_JSON},
        {"\"\xc3(\"", BEDROCK_E_JSON_UTF8, BEDROCK_E_JSON_UTF8},
        {"\"\\ud83d\"", BEDROCK_E_JSON_UTF8, BEDROCK_E_JSON_UTF8},
        {"x", BEDROCK_E_JSON, BEDROCK_E_JSON},
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        test_context("text: %s", cases[i].text);
        CHECK_INT(splice(&r, cases[i].text, 0), cases[i].one);
        CHECK_INT(splice(&r, cases[i].text, 1), cases[i].many);
        CHECK(cases[i].one == BEDROCK_OK ||
              bedrock_json_put_raw(rendering_whole(&r), cases[i].text, strlen(cases[i].text)) ==
                  cases[i].one);
    }
    test_context(NULL);
    CHECK_INT(splice(&r, "", 0), BEDROCK_E_JSON_INCOMPLETE);
    CHECK_INT(splice(&r, "  ", 0), BEDROCK_E_JSON_INCOMPLETE);
    CHECK_INT(bedrock_json_put_raw(rendering_whole(&r), NULL, 0), BEDROCK_E_JSON_INCOMPLETE);
}

/* A long value is not read anew for every window: it was looked at where its first byte was wanted.
 */
static void checks_where_the_first_byte_is_wanted(void)
{
    static const char text[] = " [1,2,x] ";
    uint32_t from;

    CHECK_INT(bedrock_json_put_raw(rendering_start(&r, 0, 100), text, strlen(text)),
              BEDROCK_E_JSON);
    CHECK_INT(r.len, 0);
    for (from = 1; from <= 7; from++) {
        test_context("from %d", (int)from);
        CHECK_INT(bedrock_json_put_raw(rendering_start(&r, from, 100), text, strlen(text)),
                  BEDROCK_OK);
        CHECK_BYTES(r.text, r.len, text + 1 + from, 7 - from);
    }
    test_context(NULL);
}

/* The levels of a spliced value count on top of those it is put into. */
static void counts_levels_across_splices(void)
{
    char text[2 * BEDROCK_JSON_DEPTH + 1];
    int levels;

    for (levels = BEDROCK_JSON_DEPTH - 2; levels <= BEDROCK_JSON_DEPTH; levels++) {
        memset(text, '[', (size_t)levels);
        memset(text + levels, ']', (size_t)levels);
        text[2 * levels] = '\0';
        test_context("%d levels", levels);
        CHECK_INT(splice(&r, text, 0),
                  levels < BEDROCK_JSON_DEPTH ? BEDROCK_OK : BEDROCK_E_JSON_DEPTH);
        CHECK_INT(bedrock_json_put_raw(rendering_whole(&r), text, strlen(text)), BEDROCK_OK);
    }
    test_context(NULL);
}

/* A value that the output skips was checked when it was rendered first. */
static void does_not_look_at_values_that_are_skipped(void)
{
    struct bedrock_json_writer *json = rendering_start(&r, 12, 100);

    bedrock_json_begin_array(json);
    CHECK_INT(bedrock_json_put_raw(json, " bad value ", 11), BEDROCK_OK);
    CHECK_INT(json->out->count, 10);
    CHECK_INT(bedrock_json_put_raw_elements(json, "x", 1), BEDROCK_OK);
    CHECK_INT(json->out->count, 12);
    CHECK_INT(bedrock_json_put_raw(json, "bad", 3), BEDROCK_E_JSON);
    CHECK_BYTES(r.text, r.len, ",", 1);
}

static void pieces_that_nobody_wants_are_not_made(void)
{
    uint32_t from;

    for (from = 0; from <= 42; from++) {
        struct bedrock_json_writer *json = rendering_start(&r, from, RENDERING_CAP - 1);
        int skipped = from == 0 ? 0 : (int)(from - 1) / 5; /* behind the quotation mark */

        CHECK_INT(put_skipping(json), 8 - (skipped < 8 ? skipped : 8));
        CHECK_INT(r.out.count, 42);
        CHECK_INT(bedrock_json_writer_finish(json), BEDROCK_OK);
        CHECK_INT(r.len, 42 - from);
    }
    bedrock_json_begin_array(rendering_start(&r, 1000, RENDERING_CAP - 1));
    CHECK_INT(bedrock_json_skip_piece(&r.json, 5), 0); /* not in a string */
    bedrock_json_begin_string(&r.json);
    bedrock_json_put_piece(&r.json, "\xC3", 1);
    CHECK_INT(bedrock_json_skip_piece(&r.json, 5), 0); /* nor inside of a code point */
    bedrock_output_fail(&r.out, RENDERING_FULL);
    CHECK_INT(bedrock_json_skip_piece(&r.json, 5), 1);
}

int main(void)
{
    RUN(renders_any_window);
    RUN(counts_without_a_sink);
    RUN(encodes_a_source);
    RUN(reads_a_source_in_pieces);
    RUN(reads_only_what_is_wanted);
    RUN(reads_nothing_to_count);
    RUN(refuses_a_source_past_4_gib_of_text);
    RUN(passes_on_what_a_source_says);
    RUN(splices_values_in_as_they_are);
    RUN(leaves_white_space_around_values_out);
    RUN(checks_what_it_splices_in);
    RUN(checks_where_the_first_byte_is_wanted);
    RUN(counts_levels_across_splices);
    RUN(does_not_look_at_values_that_are_skipped);
    RUN(pieces_that_nobody_wants_are_not_made);
    return test_finish();
}
