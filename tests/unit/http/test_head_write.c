/* SPDX-License-Identifier: MIT */
/* The request head: its exact bytes, and that nothing can be smuggled into it. */
#include "bedrock/error.h"
#include "bedrock/http.h"
#include "test.h"

#include <string.h>

struct sink {
    char data[512];
    size_t len;
    int fail_with; /* what to return instead of taking anything; 0 for never */
};

static int take(void *ctx, const void *data, size_t len)
{
    struct sink *sink = ctx;

    if (sink->fail_with != 0) {
        return sink->fail_with;
    }
    if (len > sizeof sink->data - sink->len) {
        return BEDROCK_E_BUFFER;
    }
    memcpy(sink->data + sink->len, data, len);
    sink->len += len;
    return 0;
}

static const char example[] = "POST /model/amazon.nova-lite-v1%3A0/converse HTTP/1.1\r\n"
                              "Host: bedrock-runtime.us-east-1.amazonaws.com\r\n"
                              "Content-Length: 1234\r\n"
                              "Empty: \r\n"
                              "\r\n";

static int render(struct bedrock_output *out)
{
    bedrock_http_put_method(out, "POST");
    bedrock_output_text(out, "/model/amazon.nova-lite-v1%3A0/converse");
    bedrock_http_put_version(out);
    bedrock_http_put_header(out, "Host", "bedrock-runtime.us-east-1.amazonaws.com");
    bedrock_http_begin_header(out, "Content-Length");
    bedrock_output_decimal(out, 1234);
    bedrock_http_end_header(out);
    bedrock_http_put_header(out, "Empty", "");
    return bedrock_http_end_head(out);
}

static void whole_head(void)
{
    struct sink sink = {0};
    struct bedrock_output out;

    bedrock_output_init(&out, take, &sink, 0);
    CHECK_INT(render(&out), BEDROCK_OK);
    CHECK_BYTES(sink.data, sink.len, example, sizeof example - 1);
    CHECK_INT(out.count, sizeof example - 1);
}

static void head_from_any_offset(void)
{
    struct bedrock_output out;
    uint32_t from;

    for (from = 0; from <= sizeof example - 1; from++) {
        struct sink sink = {0};

        test_context("from %u", (unsigned)from);
        bedrock_output_init(&out, take, &sink, from);
        CHECK_INT(render(&out), BEDROCK_OK);
        CHECK_BYTES(sink.data, sink.len, example + from, sizeof example - 1 - from);
    }
}

static void each_function_reports_the_output(void)
{
    struct sink sink = {{0}, 0, -1000};
    struct bedrock_output out;
    int i;

    for (i = 0; i < 6; i++) {
        test_context("function %d", i);
        bedrock_output_init(&out, take, &sink, 0);
        CHECK_INT(i == 0   ? bedrock_http_put_method(&out, "GET")
                  : i == 1 ? bedrock_http_put_version(&out)
                  : i == 2 ? bedrock_http_put_header(&out, "A", "b")
                  : i == 3 ? bedrock_http_begin_header(&out, "A")
                  : i == 4 ? bedrock_http_end_header(&out)
                           : bedrock_http_end_head(&out),
                  -1000);
    }
}

/* Everything behind a refused piece is refused, and nothing of either is written. */
static void check_refused(struct bedrock_output *out, const struct sink *sink, int status)
{
    CHECK_INT(status, BEDROCK_E_ARGUMENT);
    CHECK_INT(out->status, BEDROCK_E_ARGUMENT);
    CHECK_INT(bedrock_http_put_header(out, "Good", "value"), BEDROCK_E_ARGUMENT);
    CHECK_INT(bedrock_http_end_head(out), BEDROCK_E_ARGUMENT);
    CHECK_INT(sink->len, 0);
}

static void names_and_methods_are_tokens(void)
{
    static const char *const bad[] = {"",      " ",   "A B",   "A:",  ":",   "A\r\nB",
                                      "A\n",   "\rA", "A\tB",  "A(b", "A/b", "\xc3\xa4",
                                      "A\x7f", "a@b", "\"a\"", "a,b", "a;b", "a=b"};
    size_t i;

    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct sink sink = {0};
        struct bedrock_output out;

        test_context("case %zu", i);
        bedrock_output_init(&out, take, &sink, 0);
        check_refused(&out, &sink, bedrock_http_put_header(&out, bad[i], "value"));
        bedrock_output_init(&out, take, &sink, 0);
        check_refused(&out, &sink, bedrock_http_begin_header(&out, bad[i]));
        bedrock_output_init(&out, take, &sink, 0);
        check_refused(&out, &sink, bedrock_http_put_method(&out, bad[i]));
    }
}

static int is_token(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != 0 && c < 128 && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

static void every_byte_in_name_and_value(void)
{
    int c;

    for (c = 1; c < 256; c++) {
        char text[] = {'a', (char)c, 'b', '\0'};
        struct sink sink = {0};
        struct bedrock_output out;
        int value_is_good = c >= 32 && c != 127;

        test_context("byte %d", c);
        bedrock_output_init(&out, take, &sink, 0);
        CHECK_INT(bedrock_http_put_header(&out, text, "v"), is_token(c) ? 0 : BEDROCK_E_ARGUMENT);
        CHECK_INT(sink.len, is_token(c) ? 8 : 0);
        sink.len = 0;
        bedrock_output_init(&out, take, &sink, 0);
        CHECK_INT(bedrock_http_put_header(&out, "N", text), value_is_good ? 0 : BEDROCK_E_ARGUMENT);
        CHECK_INT(sink.len, value_is_good ? 8 : 0);
    }
}

static void value_cannot_write_headers(void)
{
    static const char *const bad[] = {"a\r\nInjected: 1", "a\nInjected: 1", "a\rb", "\r\n",
                                      "\r\n\r\nbody",     "tab\there"};
    size_t i;

    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct sink sink = {0};
        struct bedrock_output out;

        test_context("case %zu", i);
        bedrock_output_init(&out, take, &sink, 0);
        check_refused(&out, &sink, bedrock_http_put_header(&out, "Name", bad[i]));
    }
}

int main(void)
{
    RUN(whole_head);
    RUN(head_from_any_offset);
    RUN(each_function_reports_the_output);
    RUN(names_and_methods_are_tokens);
    RUN(every_byte_in_name_and_value);
    RUN(value_cannot_write_headers);
    return test_finish();
}
