/* SPDX-License-Identifier: MIT */
#include "test.h"

#include "bedrock/error.h"
#include "encoding/uri.h"

#include <stdio.h>
#include <string.h>

struct sink {
    char text[1024];
    size_t len, limit;
};

static int take(void *ctx, const void *data, size_t len)
{
    struct sink *sink = ctx;

    if (len > sink->limit - sink->len) {
        return BEDROCK_E_BUFFER;
    }
    memcpy(sink->text + sink->len, data, len);
    sink->len += len;
    return BEDROCK_OK;
}

static void open_sink(struct sink *sink, struct bedrock_output *out, uint32_t from)
{
    sink->len = 0;
    sink->limit = sizeof sink->text;
    bedrock_output_init(out, take, sink, from);
}

static void check_encoded(const char *text, int keep_slash, const char *want)
{
    struct bedrock_output out;
    struct sink sink;

    test_context("%s", text);
    open_sink(&sink, &out, 0);
    CHECK_INT(bdk_uri_put(&out, text, strlen(text), keep_slash), BEDROCK_OK);
    CHECK_BYTES(sink.text, sink.len, want, strlen(want));
}

static void model_ids_and_arns(void)
{
    check_encoded("anthropic.claude-3-haiku-20240307-v1:0", 0,
                  "anthropic.claude-3-haiku-20240307-v1%3A0");
    check_encoded("arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.x", 0,
                  "arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Ainference-profile%2Fus.x");
    check_encoded("/model/a b/converse", 1, "/model/a%20b/converse");
    check_encoded("/model/a%3A0/converse", 1, "/model/a%253A0/converse");
    check_encoded("", 0, "");
    check_encoded("\xf0\x9f\x98\xb9", 1, "%F0%9F%98%B9");
}

/* RFC 3986, section 2.3, against every byte there is. */
static void every_byte(void)
{
    static const char unreserved[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    int c, keep_slash;

    for (keep_slash = 0; keep_slash <= 1; keep_slash++) {
        for (c = 0; c < 256; c++) {
            struct bedrock_output out;
            struct sink sink;
            char byte = (char)c, want[8];

            if ((c != 0 && strchr(unreserved, c) != NULL) || (c == '/' && keep_slash)) {
                snprintf(want, sizeof want, "%c", c);
            } else {
                snprintf(want, sizeof want, "%%%02X", (unsigned)c);
            }
            test_context("byte %d", c);
            open_sink(&sink, &out, 0);
            CHECK_INT(bdk_uri_put(&out, &byte, 1, keep_slash), BEDROCK_OK);
            CHECK_BYTES(sink.text, sink.len, want, strlen(want));
        }
    }
}

static const char path[] = "/model/arn:aws:x/y z/%7E~";
static const char once[] = "/model/arn%3Aaws%3Ax/y%20z/%257E~";
static const char twice[] = "/model/arn%253Aaws%253Ax/y%2520z/%25257E~";

static void windows_are_slices(void)
{
    uint32_t from;

    for (from = 0; from <= strlen(once); from++) {
        struct bedrock_output out;
        struct sink sink;

        test_context("from %u", (unsigned)from);
        open_sink(&sink, &out, from);
        CHECK_INT(bdk_uri_put(&out, path, strlen(path), 1), BEDROCK_OK);
        CHECK_BYTES(sink.text, sink.len, once + from, strlen(once) - from);
        CHECK_INT(out.count, strlen(once));
    }
}

static void the_filter_encodes_what_is_on_the_wire(void)
{
    size_t cut;

    for (cut = 0; cut <= strlen(once); cut++) {
        struct bedrock_output out;
        struct bdk_uri_filter filter;
        struct sink sink;

        test_context("cut at %zu", cut);
        open_sink(&sink, &out, 0);
        bdk_uri_filter_init(&filter, &out);
        CHECK_INT(bedrock_output_put(&filter.out, once, cut), BEDROCK_OK);
        CHECK_INT(bedrock_output_put(&filter.out, once + cut, strlen(once) - cut), BEDROCK_OK);
        CHECK_BYTES(sink.text, sink.len, twice, strlen(twice));
        CHECK_INT(out.count, strlen(twice));
        CHECK_INT(filter.out.count, strlen(once));
    }
}

static void failures_pass_through(void)
{
    size_t limit;

    for (limit = 0; limit < strlen(once); limit++) {
        struct bedrock_output out;
        struct bdk_uri_filter filter;
        struct sink sink;

        open_sink(&sink, &out, 0);
        sink.limit = limit;
        bdk_uri_filter_init(&filter, &out);
        CHECK_INT(bedrock_output_text(&filter.out, path), BEDROCK_E_BUFFER);
        CHECK_INT(bedrock_output_text(&filter.out, "more"), BEDROCK_E_BUFFER);
        CHECK(sink.len <= limit);
        CHECK(memcmp(sink.text, once, sink.len) == 0);
    }
}

int main(void)
{
    RUN(model_ids_and_arns);
    RUN(every_byte);
    RUN(windows_are_slices);
    RUN(the_filter_encodes_what_is_on_the_wire);
    RUN(failures_pass_through);
    return test_finish();
}
