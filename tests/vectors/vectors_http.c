/* SPDX-License-Identifier: MIT */
/* HTTP/1.1 responses: the events that a case expects, however its input is cut. */
#include "unit/http/trace.h"
#include "vec.h"

#define FILE_NAME "responses.vec"
#define LINE_CAP  8192
#define ALL_CUTS  4096 /* bytes of input up to which every two-way split is tried */

static unsigned framing_of(const struct vec_case *c)
{
    unsigned i;

    for (i = 0; i < 3 && !vec_is(c, "framing", trace_framings[i]); i++) {
    }
    return i;
}

static void expect_fields(struct trace *want, const struct vec_case *c, const char *label,
                          const char *name, const char *value)
{
    const struct vec_field *n = NULL, *v = NULL;

    while ((n = vec_next(c, n, name)) != NULL && (v = vec_next(c, v, value)) != NULL) {
        trace_field(want, label, n->data, n->len, v->data, v->len);
    }
}

static struct trace expected(const struct vec_case *c, int brief)
{
    const struct vec_field *reason = vec_get(c, "reason");
    const struct vec_field *body = vec_get(c, "body");
    const struct vec_field *field = NULL;
    struct trace want = {0};

    while ((field = vec_next(c, field, "interim")) != NULL) {
        trace_number(&want, "interim", (unsigned long long)field->number);
    }
    trace_status(&want, (unsigned)vec_number(c, "minor", 0), (unsigned)vec_number(c, "status", 0),
                 reason == NULL ? NULL : reason->data, reason == NULL || brief ? 0 : reason->len);
    if (!brief) {
        expect_fields(&want, c, "header", "hname", "hvalue");
    }
    trace_framing(&want, framing_of(c), body == NULL ? 0 : body->len);
    if (body != NULL && body->len > 0) {
        trace_body(&want, body->data, body->len);
    }
    if (!brief) {
        expect_fields(&want, c, "trailer", "tname", "tvalue");
    }
    return want;
}

/* May a header line be longer than the line buffer? Then it is not reported. */
static int has_long_line(const struct vec_case *c)
{
    const struct vec_field *n = NULL, *v = NULL;

    while ((n = vec_next(c, n, "hname")) != NULL && (v = vec_next(c, v, "hvalue")) != NULL) {
        if (n->len + v->len > LINE_CAP - 100) {
            return 1;
        }
    }
    return vec_get(c, "reason") != NULL && vec_get(c, "reason")->len > LINE_CAP - 100;
}

/* Is the case beyond what the header says that the library takes? */
static int beyond_limits(const struct vec_case *c)
{
    const struct vec_field *field = NULL;
    size_t headers = 0;

    while ((field = vec_next(c, field, "hname")) != NULL) {
        headers++;
    }
    return headers > BEDROCK_HTTP_HEADERS_MAX ||
           vec_get(c, "input")->len > BEDROCK_HTTP_HEAD_BYTES_MAX;
}

static const char *compare(const struct vec_case *c, const struct trace *got, int brief)
{
    struct trace want = expected(c, brief);
    int equal = want.len == got->len && memcmp(want.text, got->text, want.len) == 0;

    free(want.text);
    if (!equal) {
        return "other events";
    }
    if ((long long)got->used != vec_number(c, "used", -1)) {
        return "another number of bytes used";
    }
    if (got->keep_alive && (framing_of(c) == BEDROCK_HTTP_FRAMING_CLOSE ||
                            strstr(vec_text(c, "note"), "TE and CL") != NULL)) {
        return "the connection would be used again";
    }
    return NULL;
}

/* NULL, or how the outcome differs from what the case says. */
static const char *judge(const struct vec_case *c, const struct trace *got,
                         const struct feeding *feeding)
{
    int ended = got->code == BEDROCK_EVENT;

    if (got->broken != NULL) {
        return got->broken;
    }
    if (vec_is(c, "expect", "error")) {
        return !ended && !got->at_close ? NULL : "not refused";
    }
    if (vec_is(c, "expect", "incomplete")) {
        return got->at_close && got->code == BEDROCK_E_HTTP_INCOMPLETE ? NULL
                                                                       : "not taken as incomplete";
    }
    if (ended) {
        return compare(c, got, feeding->brief);
    }
    if (vec_is(c, "expect", "either")) {
        return got->at_close ? "taken as incomplete" : NULL;
    }
    return got->code == BEDROCK_E_HTTP_LIMIT && (feeding->line_cap < LINE_CAP || beyond_limits(c))
               ? NULL
               : "refused";
}

static int check(const struct vec_case *c, const struct feeding *feeding)
{
    const struct vec_field *input = vec_get(c, "input");
    struct trace got =
        trace_response(input->data, input->len, vec_number(c, "head", 0) != 0, feeding);
    const char *fault = judge(c, &got, feeding);

    if (fault != NULL) {
        vec_fail(FILE_NAME, c->id,
                 "%s (code %d, used %zu; line buffer %u, pieces of %zu, cut at %zu):%.400s", fault,
                 got.code, got.used, feeding->line_cap, feeding->piece, feeding->cut,
                 got.len > 0 ? got.text : "");
    }
    free(got.text);
    return fault == NULL;
}

static int check_cuts(const struct vec_case *c, uint16_t line_cap)
{
    size_t len = vec_get(c, "input")->len;
    size_t step = len <= ALL_CUTS ? 1 : len / 97;
    struct feeding feeding = {0};

    feeding.line_cap = line_cap;
    feeding.brief = line_cap < LINE_CAP || has_long_line(c);
    feeding.piece = 1;
    if (!check(c, &feeding)) {
        return 0;
    }
    feeding.piece = 0;
    for (feeding.cut = 0; feeding.cut <= len; feeding.cut += step) {
        if (!check(c, &feeding)) {
            return 0;
        }
    }
    return 1;
}

static void run_case(const struct vec_case *c, void *ctx)
{
    (void)ctx;
    if (vec_get(c, "input") == NULL) {
        vec_fail(FILE_NAME, c->id, "no input");
    } else if (check_cuts(c, LINE_CAP) &&
               (!vec_is(c, "expect", "ok") || check_cuts(c, BEDROCK_HTTP_LINE_MIN))) {
        vec_pass();
    }
}

static void run(const char *folder)
{
    vec_each(folder, FILE_NAME, run_case, NULL);
}

const struct vec_topic vectors_http = {"http", run};
