/* SPDX-License-Identifier: MIT */
/* The canonical request, part by part. */
#include "test.h"

#include "bedrock/error.h"
#include "bedrock/sigv4.h"
#include "unit/sigv4/output_text.h"
#include "util/bytes.h"

#include <string.h>

static struct output_text text;

static const char *canonical(const struct bedrock_sigv4_request *request)
{
    struct bedrock_output out;

    output_text_init(&text, &out, 0);
    CHECK_INT(bedrock_sigv4_put_canonical_request(&out, request), BEDROCK_OK);
    CHECK_INT(out.count, text.len);
    return text.data;
}

/* The line with that number, from 0. */
static const char *line(const char *lines, int number)
{
    static char copy[8192];
    const char *end;

    while (number-- > 0 && (lines = strchr(lines, '\n')) != NULL) {
        lines++;
    }
    if (lines == NULL) {
        return "(no such line)";
    }
    end = strchr(lines, '\n');
    copy[0] = '\0';
    bdk_append(copy, sizeof copy, lines, end == NULL ? strlen(lines) : (size_t)(end - lines));
    return copy;
}

static void normalized_paths(void)
{
    static const struct {
        const char *path, *want;
    } cases[] = {
        {"", "/"},
        {"/", "/"},
        {"//", "/"},
        {"///a///b///", "/a/b/"},
        {"/.", "/"},
        {"/./", "/"},
        {"/..", "/"},
        {"/../..", "/"},
        {"/../a", "/a"},
        {"/a/..", "/"},
        {"/a/../", "/"},
        {"/a/b/..", "/a"},
        {"/a/b/../", "/a/"},
        {"/a/./b", "/a/b"},
        {"/a/b/../../c", "/c"},
        {"/a/../../b", "/b"},
        {"/a/b/c/../d/../../e", "/a/e"},
        {"/a/../b/../c", "/c"},
        {"/...", "/..."},
        {"/ab/x.", "/ab/x."},
        {"/..a/.b/c..", "/..a/.b/c.."},
        {"a", "/a"},
        {"/example space/", "/example%20space/"},
        {"/m/a%3Ab/converse", "/m/a%253Ab/converse"},
        {"/-._~AZaz09", "/-._~AZaz09"},
        {"/\xe1\x88\xb4", "/%E1%88%B4"},
        {"/a%2F..%2Fb/%2e%2e", "/a%252F..%252Fb/%252e%252e"},
    };
    struct bedrock_sigv4_request request = {0};
    size_t i;

    request.method = "GET";
    for (i = 0; i < BDK_COUNT(cases); i++) {
        test_context("path %s", cases[i].path);
        request.path = cases[i].path;
        CHECK_TEXT(line(canonical(&request), 1), cases[i].want);
    }
}

static void paths_as_they_are(void)
{
    struct bedrock_sigv4_request request = {0};

    request.method = "GET";
    request.as_is_path = 1;
    request.path = "//a/../b%20c//";
    CHECK_TEXT(line(canonical(&request), 1), "//a/../b%2520c//");
    request.path = "";
    CHECK_TEXT(line(canonical(&request), 1), "/");
    request.encode_path_once = 1;
    request.path = "//a/../b%20c//";
    CHECK_TEXT(line(canonical(&request), 1), "//a/../b%20c//");
    request.as_is_path = 0;
    CHECK_TEXT(line(canonical(&request), 1), "/b%20c/");
}

static int write_path(struct bedrock_output *out, const void *ctx)
{
    bedrock_output_text(out, "/model/");
    bedrock_output_text(out, ctx);
    return bedrock_output_text(out, "/..//converse");
}

static int write_nothing(struct bedrock_output *out, const void *ctx)
{
    (void)out;
    (void)ctx;
    return -77;
}

static void paths_that_are_written(void)
{
    struct bedrock_sigv4_request request = {0};
    struct bedrock_output out;

    request.method = "POST";
    request.write_path = write_path;
    request.path_ctx = "a%3A0";
    CHECK_TEXT(line(canonical(&request), 1), "/model/a%253A0/..//converse");
    request.encode_path_once = 1;
    CHECK_TEXT(line(canonical(&request), 1), "/model/a%3A0/..//converse");
    request.write_path = write_nothing;
    output_text_init(&text, &out, 0);
    CHECK_INT(bedrock_sigv4_put_canonical_request(&out, &request), -77);
}

static void queries(void)
{
    static const struct {
        const char *query, *want;
    } cases[] = {
        {NULL, ""},
        {"", ""},
        {"&", ""},
        {"&&a=1&&", "a=1"},
        {"a", "a="},
        {"a=", "a="},
        {"=", "="},
        {"=b", "=b"},
        {"a=b=c", "a=b%3Dc"},
        {"b=2&a=1", "a=1&b=2"},
        {"a=2&a=1&a=", "a=&a=1&a=2"},
        {"a=1&a=1&a=1", "a=1&a=1&a=1"},
        {"a&a=", "a=&a="},
        /* A name before a longer one that begins with it, although `-` is less than `=`. */
        {"a-b=1&a=2", "a=2&a-b=1"},
        {"B=1&a=2&A=3&b=4", "A=3&B=1&a=2&b=4"},
        {"p=a b", "p=a%20b"},
        {"p=a%20b", "p=a%20b"},
        {"p=a+b", "p=a%2Bb"},
        {"p=%e1%88%b4", "p=%E1%88%B4"},
        {"p=\xe1\x88\xb4", "p=%E1%88%B4"},
        {"p=%41%2d", "p=A-"},
        {"p=100%&q=%zz&r=%4", "p=100%25&q=%25zz&r=%254"},
        /* Sorted as encoded: "%" is less than "-" and letters. */
        {"p-=1&p%40=2&p=3", "p=3&p%40=2&p-=1"},
        {"x=-&x=%7E&x=%7D&x=%20&x=0", "x=%20&x=%7D&x=-&x=0&x=~"},
        {"t=2025-01-01T00:00:00Z", "t=2025-01-01T00%3A00%3A00Z"},
        {"-._~=/?", "-._~=%2F%3F"},
    };
    struct bedrock_sigv4_request request = {0};
    size_t i;

    request.method = "GET";
    request.path = "/";
    for (i = 0; i < BDK_COUNT(cases); i++) {
        test_context("query %s", cases[i].query);
        request.query = cases[i].query;
        CHECK_TEXT(line(canonical(&request), 2), cases[i].want);
    }
}

static void headers(void)
{
    static const struct bedrock_sigv4_header unsorted[] = {
        {"X-Amz-Meta-B", " 2 "},
        {"x-amz-meta", "1"},
        {"Host", "example.com"},
        {"X-AMZ-META-A", "a   b\t c\r\n  d  "},
        {"a-header-name-of-more-than-16-bytes", ""},
        {"Host2", "\n \t"},
    };
    struct bedrock_sigv4_request request = {0};

    request.method = "GET";
    request.path = "/";
    request.headers = unsorted;
    request.header_count = BDK_COUNT(unsorted);
    request.payload_hash_text = "UNSIGNED-PAYLOAD";
    CHECK_TEXT(
        canonical(&request),
        "GET\n/\n\n"
        "a-header-name-of-more-than-16-bytes:\n"
        "host:example.com\n"
        "host2:\n"
        "x-amz-meta:1\n"
        "x-amz-meta-a:a b c d\n"
        "x-amz-meta-b:2\n"
        "\n"
        "a-header-name-of-more-than-16-bytes;host;host2;x-amz-meta;x-amz-meta-a;x-amz-meta-b\n"
        "UNSIGNED-PAYLOAD");
}

static void repeated_headers(void)
{
    static const struct bedrock_sigv4_header repeated[] = {
        {"My-Header1", "value4"}, {"Host", "h"}, {"MY-HEADER1", " value1   x"}, {"my-header1", ""},
        {"My-Header1", "value3"},
    };
    struct bedrock_sigv4_request request = {0};

    request.method = "GET";
    request.path = "/";
    request.headers = repeated;
    request.header_count = BDK_COUNT(repeated);
    CHECK_TEXT(line(canonical(&request), 3), "host:h");
    CHECK_TEXT(line(canonical(&request), 4), "my-header1:value4,value1 x,,value3");
    CHECK_TEXT(line(canonical(&request), 5), "");
    CHECK_TEXT(line(canonical(&request), 6), "host;my-header1");
    CHECK_TEXT(line(canonical(&request), 7),
               "0000000000000000000000000000000000000000000000000000000000000000");
}

static void a_window_of_it(void)
{
    static const struct bedrock_sigv4_header header = {"Host", "example.com"};
    struct bedrock_sigv4_request request = {0};
    struct bedrock_output out;
    char whole[512];
    uint32_t from;

    request.method = "GET";
    request.path = "/a b/c";
    request.query = "z=1&y=2";
    request.headers = &header;
    request.header_count = 1;
    strcpy(whole, canonical(&request));
    for (from = 0; from <= strlen(whole); from++) {
        output_text_init(&text, &out, from);
        CHECK_INT(bedrock_sigv4_put_canonical_request(&out, &request), BEDROCK_OK);
        CHECK_TEXT(text.data, whole + from);
    }
}

static void what_is_missing(void)
{
    struct bedrock_sigv4_request request = {0};
    struct bedrock_output out;

    request.path = "/";
    bedrock_output_init(&out, NULL, NULL, 0);
    CHECK_INT(bedrock_sigv4_put_canonical_request(&out, &request), BEDROCK_E_ARGUMENT);
    request.method = "GET";
    request.path = NULL;
    bedrock_output_init(&out, NULL, NULL, 0);
    CHECK_INT(bedrock_sigv4_put_canonical_request(&out, &request), BEDROCK_E_ARGUMENT);
    CHECK_INT(out.count, 0);
}

int main(void)
{
    RUN(normalized_paths);
    RUN(paths_as_they_are);
    RUN(paths_that_are_written);
    RUN(queries);
    RUN(headers);
    RUN(repeated_headers);
    RUN(a_window_of_it);
    RUN(what_is_missing);
    return test_finish();
}
