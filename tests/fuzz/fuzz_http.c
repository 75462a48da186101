/* SPDX-License-Identifier: MIT */
/*
 * The response parser: whole, byte by byte and in two pieces must come to the same events and the
 * same outcome; with a small line buffer, to the same framing and body or to the limit.
 * The first two bytes say how to feed the rest.
 */
#include "unit/http/trace.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok)
{
    if (!ok) {
        abort();
    }
}

static void check_equal(struct trace a, struct trace b)
{
    check(a.broken == NULL && b.broken == NULL);
    check(a.len == b.len && (a.len == 0 || memcmp(a.text, b.text, a.len) == 0));
    check(a.code == b.code && a.at_close == b.at_close && a.keep_alive == b.keep_alive);
    check(a.code < 0 || a.used == b.used);
    free(a.text);
    free(b.text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct feeding whole = {0, 0, 1024, 0}, split = {0, 0, 1024, 0};
    struct trace large, small;
    int head;

    if (size < 2) {
        return 0;
    }
    head = data[0] & 1;
    split.cut = ((size_t)data[0] >> 1) * 256 + data[1];
    data += 2;
    size -= 2;
    if (size > 0) {
        split.cut %= size;
    }
    check_equal(trace_response(data, size, head, &whole), trace_response(data, size, head, &split));
    split.piece = 1;
    check_equal(trace_response(data, size, head, &whole), trace_response(data, size, head, &split));

    whole.line_cap = split.line_cap = BEDROCK_HTTP_LINE_MIN;
    check_equal(trace_response(data, size, head, &whole), trace_response(data, size, head, &split));
    split.piece = 0;
    check_equal(trace_response(data, size, head, &whole), trace_response(data, size, head, &split));

    whole.brief = 1;
    small = trace_response(data, size, head, &whole);
    whole.line_cap = 1024;
    large = trace_response(data, size, head, &whole);
    if (small.code == BEDROCK_E_HTTP_LIMIT) {
        free(small.text);
        free(large.text);
    } else {
        check_equal(small, large);
    }
    return 0;
}
