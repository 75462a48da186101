/* SPDX-License-Identifier: MIT */
/* Event stream: each case is decoded whole, byte by byte and at every cut, and the good ones are
 * encoded again. */
#include "vec.h"

#include "bedrock/error.h"
#include "bedrock/event_stream.h"
#include "encoding/hex.h"
#include "unit/eventstream/trace.h"

#include <stdio.h>

#define NAMES_CAP   65535 /* the vectors' names are not Bedrock's */
#define LARGE       4096  /* inputs over this are not cut everywhere */
#define HEADERS_CAP 512

/* The field at index, if it has that name. */
static const struct vec_field *field_at(const struct vec_case *c, size_t index, const char *name)
{
    return index < c->count && strcmp(c->fields[index].name, name) == 0 ? &c->fields[index] : NULL;
}

/* One `msg` group of a case. */
struct group {
    size_t total, headers_len;
    struct bedrock_event_stream_header headers[HEADERS_CAP];
    size_t header_count;
    const struct vec_field *prelude_crc, *msg_crc, *payload;
    size_t payload_len;
    uint8_t payload_sha256[BEDROCK_SHA256_SIZE];
};

/* A hash, given as its bytes or as hexadecimal text. */
static void read_sha256(uint8_t digest[BEDROCK_SHA256_SIZE], const struct vec_field *field)
{
    if (field->len == BEDROCK_SHA256_SIZE) {
        memcpy(digest, field->data, field->len);
    } else if (field->len == 2 * BEDROCK_SHA256_SIZE) {
        bdk_hex_decode(digest, (const char *)field->data, field->len);
    }
}

static size_t read_header(const struct vec_case *c, size_t i, struct group *group)
{
    const struct vec_field *type = field_at(c, i + 1, "htype"), *value = field_at(c, i + 2, "hval");
    struct bedrock_event_stream_header *header = &group->headers[group->header_count];

    if (type == NULL || value == NULL || group->header_count == HEADERS_CAP) {
        return c->count;
    }
    header->name = (const char *)c->fields[i].data;
    header->type = (uint8_t)type->number;
    header->value = value->data;
    header->value_len = (uint16_t)value->len;
    group->header_count++;
    return i + 3;
}

/* Reads the group that begins at `msg`, and returns the index behind it. */
static size_t read_group(const struct vec_case *c, size_t i, struct group *group)
{
    const struct vec_field *field;

    memset(group, 0, sizeof *group);
    for (i++; i < c->count && field_at(c, i, "msg") == NULL;) {
        if (field_at(c, i, "hname") != NULL) {
            i = read_header(c, i, group);
            continue;
        }
        field = &c->fields[i];
        if (field_at(c, i, "total") != NULL) {
            group->total = (size_t)field->number;
        } else if (field_at(c, i, "hlen") != NULL) {
            group->headers_len = (size_t)field->number;
        } else if (field_at(c, i, "prelude_crc") != NULL) {
            group->prelude_crc = field;
        } else if (field_at(c, i, "msg_crc") != NULL) {
            group->msg_crc = field;
        } else if (field_at(c, i, "payload") != NULL) {
            group->payload = field;
            group->payload_len = field->len;
            bedrock_sha256_digest(group->payload_sha256, field->data, field->len);
        } else if (field_at(c, i, "payload_len") != NULL) {
            group->payload_len = (size_t)field->number;
        } else if (field_at(c, i, "payload_sha256") != NULL) {
            read_sha256(group->payload_sha256, field);
        }
        i++;
    }
    return i;
}

/* The trace that the fields ask for. Returns how many messages they describe. */
static size_t expected_trace(const struct vec_case *c, struct trace *trace)
{
    static struct group group;
    size_t i = 0, h, messages = 0, last_payload = 0;

    memset(trace, 0, sizeof *trace);
    while (i < c->count && field_at(c, i, "msg") == NULL) {
        i++;
    }
    while (i < c->count) {
        i = read_group(c, i, &group);
        messages++;
        trace_message(trace, group.total, group.headers_len);
        for (h = 0; h < group.header_count; h++) {
            const struct bedrock_event_stream_header *header = &group.headers[h];

            trace_header(trace, header->name, strlen(header->name), header->type,
                         header->value_len);
            trace_put(trace, header->value, header->value_len);
        }
        trace_end(trace, group.payload_len, group.payload_sha256);
        last_payload = group.payload_len;
    }
    trace_number(trace, 'P', last_payload);
    return messages;
}

/* Whether encoding each group gives the input again. Says what differs. */
static const char *encode_again(const struct vec_case *c, const struct vec_field *input)
{
    static struct group group;
    size_t i = 0, at = 0, len;
    const char *wrong = NULL;

    while (i < c->count && field_at(c, i, "msg") == NULL) {
        i++;
    }
    while (i < c->count && wrong == NULL) {
        uint8_t *copy;
        const uint8_t *frame = input->data + at;

        i = read_group(c, i, &group);
        if (group.total < 16 || group.total > input->len - at) {
            return "total is not the input's";
        }
        copy = malloc(group.total);
        if (bedrock_event_stream_encode(copy, group.total, &len, group.headers, group.header_count,
                                        frame + 12 + group.headers_len,
                                        group.payload_len) != BEDROCK_OK ||
            len != group.total || memcmp(copy, frame, len) != 0) {
            wrong = "encoding gives other bytes";
        } else if (memcmp(copy + 8, group.prelude_crc->data, 4) != 0 ||
                   memcmp(copy + len - 4, group.msg_crc->data, 4) != 0) {
            wrong = "a CRC is not the expected one";
        }
        free(copy);
        at += group.total;
    }
    return wrong;
}

/* Compares every way to cut the input with the whole. Returns the first cut that differs, or -1. */
static long differing_cut(const struct vec_field *input, const struct trace *whole)
{
    size_t stride = input->len > LARGE ? input->len / 61 + 1 : 1, cut;
    struct trace pieces;
    int is_equal;

    trace_run(&pieces, NAMES_CAP, input->data, input->len, input->len > 0, 1);
    is_equal = trace_equal(whole, &pieces) && pieces.broken == NULL;
    trace_free(&pieces);
    for (cut = 0; cut <= input->len && is_equal; cut += stride) {
        trace_run(&pieces, NAMES_CAP, input->data, input->len, cut, input->len);
        is_equal = trace_equal(whole, &pieces) && pieces.broken == NULL;
        trace_free(&pieces);
    }
    return is_equal ? -1 : (long)cut - (long)stride;
}

static const char *judge_good(const struct vec_case *c, const struct vec_field *input,
                              const struct trace *trace)
{
    struct trace expected;
    size_t messages = expected_trace(c, &expected);
    const char *wrong = NULL;

    if (!trace_equal(trace, &expected)) {
        wrong = "the messages differ";
    } else if (messages != trace->messages) {
        wrong = "the number of messages differs";
    } else {
        wrong = encode_again(c, input);
    }
    trace_free(&expected);
    return wrong;
}

static const char *judge_bad(const struct vec_case *c, const struct trace *trace)
{
    if (trace->status >= 0) {
        return "it was not refused";
    }
    if (trace->finish != trace->status) {
        return "the error does not stick";
    }
    if (vec_is(c, "kind", "prelude_crc") &&
        (trace->status != BEDROCK_E_EVENT_STREAM_CRC || trace->in_message)) {
        return "lengths were used before their CRC was checked";
    }
    if (vec_is(c, "kind", "message_crc") && !trace->in_message) {
        return "it was refused outside the message";
    }
    return NULL;
}

/* What is wrong with the trace of the whole input, or NULL. */
static const char *judge(const struct vec_case *c, const struct vec_field *input,
                         const struct trace *trace)
{
    long long messages = vec_number(c, "messages", -1);

    if (trace->broken != NULL) {
        return trace->broken;
    }
    if (messages >= 0 && trace->messages != (size_t)messages) {
        return "the number of messages differs";
    }
    if (vec_is(c, "expect", "ok")) {
        return judge_good(c, input, trace);
    }
    if (vec_is(c, "expect", "error")) {
        return judge_bad(c, trace);
    }
    if (vec_is(c, "expect", "incomplete")) {
        return trace->status == 0 && trace->finish == BEDROCK_E_EVENT_STREAM_INCOMPLETE
                   ? NULL
                   : "it is not incomplete";
    }
    if (vec_is(c, "expect", "error_or_incomplete")) {
        return trace->finish < 0 ? NULL : "it was taken as complete";
    }
    if (vec_is(c, "expect", "either")) {
        return trace->status < 0 || vec_get(c, "msg") == NULL ? NULL : judge_good(c, input, trace);
    }
    return "expect says something else";
}

static void run_case(const struct vec_case *c, void *ctx)
{
    const struct vec_field *input = vec_get(c, "input");
    const char *file = ctx, *wrong;
    struct trace whole;
    long cut;

    if (input == NULL) {
        vec_fail(file, c->id, "there is no input");
        return;
    }
    trace_run(&whole, NAMES_CAP, input->data, input->len, input->len, 1);
    wrong = judge(c, input, &whole);
    cut = differing_cut(input, &whole);
    if (wrong != NULL) {
        vec_fail(file, c->id, "%s (status %d)", wrong, whole.status);
    } else if (cut >= 0) {
        vec_fail(file, c->id, "cut at %ld it gives something else", cut);
    } else {
        vec_pass();
    }
    trace_free(&whole);
}

static void run(const char *folder)
{
    static char first[] = "eventstream.vec", second[] = "recorded_other.vec";

    vec_each(folder, first, run_case, first);
    vec_each(folder, second, run_case, second);
}

const struct vec_topic vectors_eventstream = {"eventstream", run};
