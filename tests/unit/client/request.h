/* SPDX-License-Identifier: MIT */
/* A request, rendered whole and in windows, against the JSON that it should be. */
#ifndef TESTS_UNIT_CLIENT_REQUEST_H
#define TESTS_UNIT_CLIENT_REQUEST_H

#include "client/converse.h"
#include "test.h"
#include "unit/json/rendering.h"

static inline int render_request(struct bedrock_json_writer *json,
                                 const struct bedrock_converse *request)
{
    int status = bdk_converse_render(json, request);

    return status == 0 ? bedrock_json_writer_finish(json) : status;
}

static inline int is_json(const char *text, size_t len)
{
    struct bedrock_json_event event;
    struct bedrock_json json;
    const char *in = text;
    int status;

    bedrock_json_init(&json);
    do {
        status = bedrock_json_next(&json, &in, text + len, &event);
    } while (status > 0);
    return status == 0 && bedrock_json_finish(&json, &event) == 0;
}

/* Every window is the slice of the whole. */
static inline void check_windows(const struct bedrock_converse *request,
                                 const struct rendering *whole)
{
    static const size_t limits[] = {1, 7, 100, RENDERING_CAP - 1};
    static struct rendering window;
    size_t from, i, len;
    int status;

    for (from = 0; from <= whole->len && !test_failed(); from++) {
        for (i = 0; i < sizeof limits / sizeof limits[0]; i++) {
            len = whole->len - from < limits[i] ? whole->len - from : limits[i];
            status = render_request(rendering_start(&window, (uint32_t)from, limits[i]), request);
            CHECK_INT(status, len < whole->len - from ? RENDERING_FULL : 0);
            CHECK_BYTES(window.text, window.len, whole->text + from, len);
        }
    }
}

static inline void check_request(const struct bedrock_converse *request, const char *want)
{
    static struct rendering whole;

    CHECK_INT(render_request(rendering_whole(&whole), request), 0);
    CHECK_BYTES(whole.text, whole.len, want, strlen(want));
    CHECK(is_json(whole.text, whole.len));
    CHECK_INT(whole.out.count, whole.len);
    check_windows(request, &whole);
}

static inline void check_refused(const struct bedrock_converse *request, int want)
{
    static struct rendering whole;

    CHECK_INT(render_request(rendering_whole(&whole), request), want);
}

#endif
