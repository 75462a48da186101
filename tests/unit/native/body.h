/* SPDX-License-Identifier: MIT */
/* A body, rendered whole and in windows, against the JSON that it should be. */
#ifndef TESTS_UNIT_NATIVE_BODY_H
#define TESTS_UNIT_NATIVE_BODY_H

#include "bedrock/native.h"
#include "quoted.h"
#include "test.h"
#include "unit/json/rendering.h"

static inline int render_body(struct bedrock_json_writer *json, const struct bedrock_body *body)
{
    int status = body->kind->render(json, body->value);

    return status == 0 ? bedrock_json_writer_finish(json) : status;
}

/* Every window is the slice of the whole. */
static inline void check_body_windows(const struct bedrock_body *body,
                                      const struct rendering *whole)
{
    static const size_t limits[] = {1, 7, RENDERING_CAP - 1};
    static struct rendering window;
    size_t from, i, len;
    int status;

    for (from = 0; from <= whole->len && !test_failed(); from++) {
        for (i = 0; i < sizeof limits / sizeof limits[0]; i++) {
            len = whole->len - from < limits[i] ? whole->len - from : limits[i];
            status = render_body(rendering_start(&window, (uint32_t)from, limits[i]), body);
            CHECK_INT(status, len < whole->len - from ? RENDERING_FULL : 0);
            CHECK_BYTES(window.text, window.len, whole->text + from, len);
        }
    }
}

/* want: JSON with ' for ". */
static inline void check_body(const struct bedrock_body *body, const char *want)
{
    static struct rendering whole;

    want = quoted(want);
    test_context("%s", want);
    CHECK_INT(render_body(rendering_whole(&whole), body), 0);
    CHECK_BYTES(whole.text, whole.len, want, strlen(want));
    CHECK_INT(whole.out.count, whole.len);
    check_body_windows(body, &whole);
    test_context(NULL);
}

static inline void check_body_fails(const struct bedrock_body *body, int status)
{
    static struct rendering whole;

    CHECK_INT(render_body(rendering_whole(&whole), body), status);
}

#define IS(body, want)      check_body(&(const struct bedrock_body)body, want)
#define FAILS(body, status) check_body_fails(&(const struct bedrock_body)body, status)

#endif
