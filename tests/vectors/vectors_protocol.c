/* SPDX-License-Identifier: MIT */
/* Topic protocol: percent-encoding and timestamps of restJson1; what is about the client has files
 * of its own. */
#include "protocol.h"

#include "bedrock/error.h"
#include "encoding/uri.h"
#include "util/civil_time.h"

#include <string.h>

struct sink {
    char text[16384];
    size_t len;
};

static int take(void *ctx, const void *data, size_t len)
{
    struct sink *sink = ctx;

    if (len > sizeof sink->text - sink->len) {
        return BEDROCK_E_BUFFER;
    }
    memcpy(sink->text + sink->len, data, len);
    sink->len += len;
    return BEDROCK_OK;
}

/* Encodes in two pieces, of which what lies before `from` is not wanted. */
static int encoded_is(const struct vec_field *value, int keep_slash, size_t cut, uint32_t from,
                      const struct vec_field *want)
{
    static struct sink sink;
    struct bedrock_output out;
    const char *text = (const char *)value->data;

    sink.len = 0;
    bedrock_output_init(&out, take, &sink, from);
    bdk_uri_put(&out, text, cut, keep_slash);
    bdk_uri_put(&out, text + cut, value->len - cut, keep_slash);
    return out.status == BEDROCK_OK && out.count == want->len && sink.len == want->len - from &&
           memcmp(sink.text, want->data + from, sink.len) == 0;
}

/* What is wrong, or NULL. */
static const char *check_encoded(const struct vec_case *c, const char *name, int keep_slash)
{
    const struct vec_field *value = vec_get(c, "value"), *want = vec_get(c, name);
    size_t cut;

    if (value == NULL || want == NULL) {
        return "a field is missing";
    }
    for (cut = 0; cut <= value->len; cut++) {
        if (!encoded_is(value, keep_slash, cut, 0, want)) {
            return "another text";
        }
    }
    for (cut = 0; cut <= want->len; cut++) {
        if (!encoded_is(value, keep_slash, value->len, (uint32_t)cut, want)) {
            return "another window";
        }
    }
    return NULL;
}

static void run_uri(const struct vec_case *c, void *ctx)
{
    const char *file = *(const char **)ctx, *label = check_encoded(c, "label", 0);
    const char *greedy = check_encoded(c, "greedy", 1);

    if (label != NULL || greedy != NULL) {
        vec_fail(file, c->id, "label: %s; greedy: %s", label == NULL ? "right" : label,
                 greedy == NULL ? "right" : greedy);
    } else {
        vec_pass();
    }
}

#define UNKNOWN_KIND 99 /* neither success nor the right error */

static int parse(const char *kind, int64_t *secs, int32_t *nanos, const struct vec_field *text)
{
    const char *at = (const char *)text->data;

    if (strcmp(kind, "parse_http_date") == 0) {
        return bdk_parse_http_date(secs, nanos, at, text->len);
    }
    if (strcmp(kind, "parse_date_time") == 0) {
        return bdk_parse_date_time(secs, nanos, at, text->len);
    }
    if (strcmp(kind, "parse_epoch_seconds") == 0) {
        return bdk_parse_epoch_seconds(secs, nanos, at, text->len);
    }
    if (strcmp(kind, "amz_date") == 0) {
        *nanos = 0;
        return bdk_parse_amz_date(secs, at, text->len);
    }
    return UNKNOWN_KIND;
}

static int format(const char *kind, char text[BDK_HTTP_DATE_SIZE], int64_t secs, int32_t nanos)
{
    if (strcmp(kind, "format_http_date") == 0) {
        return bdk_format_http_date(text, secs);
    }
    if (strcmp(kind, "format_date_time") == 0) {
        return bdk_format_date_time_micros(text, secs, (uint32_t)nanos / 1000);
    }
    if (strcmp(kind, "amz_date") == 0) {
        return bdk_format_amz_date(text, secs);
    }
    return UNKNOWN_KIND;
}

static int parsed_as_expected(const struct vec_case *c, const struct vec_field *text)
{
    int64_t secs = -1;
    int32_t nanos = -1;
    int status = parse(vec_text(c, "kind"), &secs, &nanos, text);

    if (vec_is(c, "expect", "error")) {
        return status == BEDROCK_E_TIME;
    }
    if (status == BEDROCK_E_TIME && vec_is(c, "expect", "either")) {
        return 1;
    }
    return status == BEDROCK_OK && secs == vec_number(c, "secs", -2) &&
           nanos == vec_number(c, "nanos", 0);
}

static int formatted_as_expected(const struct vec_case *c, const struct vec_field *text)
{
    char got[BDK_HTTP_DATE_SIZE];
    int status = format(vec_text(c, "kind"), got, vec_number(c, "secs", -2),
                        (int32_t)vec_number(c, "nanos", 0));

    if (vec_is(c, "expect", "error")) {
        return status == BEDROCK_E_TIME;
    }
    return status == BEDROCK_OK && strlen(got) == text->len &&
           memcmp(got, text->data, text->len) == 0;
}

/* "" for a case without text. */
static const struct vec_field *text_of(const struct vec_case *c)
{
    static uint8_t nothing[1];
    static const struct vec_field none = {NULL, 0, 0, nothing, 0};
    const struct vec_field *text = vec_get(c, "text");

    return text == NULL ? &none : text;
}

static void run_timestamp(const struct vec_case *c, void *ctx)
{
    const char *file = *(const char **)ctx, *kind = vec_text(c, "kind");
    int reads = strncmp(kind, "parse_", 6) == 0 || strcmp(kind, "amz_date") == 0;
    int writes = strncmp(kind, "format_", 7) == 0 ||
                 (strcmp(kind, "amz_date") == 0 && !vec_is(c, "expect", "error"));

    if (!reads && !writes) {
        vec_fail(file, c->id, "unknown kind %s", kind);
    } else if (reads && !parsed_as_expected(c, text_of(c))) {
        vec_fail(file, c->id, "%s: \"%s\" is read otherwise", kind, vec_text(c, "text"));
    } else if (writes && !formatted_as_expected(c, text_of(c))) {
        vec_fail(file, c->id, "%s: \"%s\" is written otherwise", kind, vec_text(c, "text"));
    } else {
        vec_pass();
    }
}

/* A file a line; one that is not there is no case. */
static void run(const char *folder)
{
    static const struct {
        const char *name;
        void (*run_case)(const struct vec_case *c, void *ctx);
    } files[] = {
        {"uri.vec", run_uri},
        {"timestamps.vec", run_timestamp},
        {"errors.vec", protocol_run_error},
        {"endpoints.vec", protocol_run_endpoint},
        {"retry.vec", protocol_run_retry},
    };
    size_t i;

    for (i = 0; i < sizeof files / sizeof files[0]; i++) {
        const char *name = files[i].name;

        vec_each(folder, name, files[i].run_case, &name);
    }
}

const struct vec_topic vectors_protocol = {"protocol", run};
