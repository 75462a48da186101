/* SPDX-License-Identifier: MIT */
#include "test.h"

#include "bedrock/error.h"
#include "bedrock/event_stream.h"
#include "unit/eventstream/frames.h"
#include "unit/eventstream/trace.h"
#include "util/bytes.h"
#include "util/crc32.h"

#define NAMES_CAP 64

/* What the decoder must say of a frame. */
static void expect_frame(struct trace *trace, const struct frame *frame)
{
    uint8_t bytes[FRAME_MAX], digest[BEDROCK_SHA256_SIZE];
    size_t i, len = frame_bytes(bytes, frame), payload_len = strlen(frame->payload);

    trace_message(trace, len, len - payload_len - 16);
    for (i = 0; i < frame->header_count; i++) {
        const struct bedrock_event_stream_header *header = &frame->headers[i];

        trace_header(trace, header->name, strlen(header->name), header->type, header->value_len);
        trace_put(trace, header->value, header->value_len);
    }
    bedrock_sha256_digest(digest, frame->payload, payload_len);
    trace_end(trace, payload_len, digest);
}

static void expect_last(struct trace *trace, size_t payload_len)
{
    trace_number(trace, 'P', payload_len);
}

static void check_trace(struct trace *got, const struct trace *want)
{
    CHECK_INT(got->status, want->status);
    CHECK_INT(got->finish, want->finish);
    CHECK_BYTES(got->data, got->len, want->data, want->len);
    CHECK(got->broken == NULL);
    trace_free(got);
}

/* Whole, byte by byte and at every two-way split. */
static void check_splits(const uint8_t *bytes, size_t len, const struct trace *want)
{
    struct trace got;
    size_t split;

    test_context("byte by byte");
    trace_run(&got, NAMES_CAP, bytes, len, 1, 1);
    check_trace(&got, want);
    for (split = 0; split <= len; split++) {
        test_context("split at %u", (unsigned)split);
        trace_run(&got, NAMES_CAP, bytes, len, split, len);
        check_trace(&got, want);
    }
    test_context(NULL);
}

static void known_frames(void)
{
    uint8_t bytes[FRAME_MAX];
    size_t i;

    for (i = 0; i < FRAME_COUNT; i++) {
        struct trace want = {0};
        size_t len = frame_bytes(bytes, &frames[i]);

        expect_frame(&want, &frames[i]);
        expect_last(&want, strlen(frames[i].payload));
        check_splits(bytes, len, &want);
        trace_free(&want);
    }
}

static void messages_follow_each_other(void)
{
    uint8_t bytes[FRAME_COUNT * FRAME_MAX];
    struct trace want = {0};
    size_t i, len = 0;

    for (i = 0; i < FRAME_COUNT; i++) {
        len += frame_bytes(bytes + len, &frames[i]);
        expect_frame(&want, &frames[i]);
    }
    expect_last(&want, 1);
    check_splits(bytes, len, &want);
    trace_free(&want);
}

static void every_prefix_is_incomplete(void)
{
    uint8_t bytes[FRAME_MAX];
    size_t i, cut;

    for (i = 0; i < FRAME_COUNT; i++) {
        size_t len = frame_bytes(bytes, &frames[i]);

        for (cut = 0; cut < len; cut++) {
            struct trace got;

            test_context("%s cut at %u", frames[i].name, (unsigned)cut);
            trace_run(&got, NAMES_CAP, bytes, cut, cut, 1);
            CHECK_INT(got.status, 0);
            CHECK_INT(got.finish, cut == 0 ? BEDROCK_OK : BEDROCK_E_EVENT_STREAM_INCOMPLETE);
            CHECK_INT(got.messages, 0);
            trace_free(&got);
        }
    }
}

static void a_changed_byte_never_passes(void)
{
    static const uint8_t masks[] = {0x01, 0x80, 0xff};
    uint8_t bytes[FRAME_MAX];
    size_t i, at, m;

    for (i = 0; i < FRAME_COUNT; i++) {
        size_t len = frame_bytes(bytes, &frames[i]);

        for (at = 0; at < len; at++) {
            for (m = 0; m < sizeof masks; m++) {
                struct trace got;

                test_context("%s, byte %u ^ %02x", frames[i].name, (unsigned)at, masks[m]);
                bytes[at] ^= masks[m];
                trace_run(&got, NAMES_CAP, bytes, len, len, 1);
                CHECK_INT(got.messages, 0);
                CHECK(got.status < 0 && got.finish == got.status);
                CHECK(at >= 12 || (got.status == BEDROCK_E_EVENT_STREAM_CRC && !got.in_message));
                trace_free(&got);
                bytes[at] ^= masks[m];
            }
        }
    }
}

/* A message with right CRCs around a header block that need not be right. Returns its length. */
static size_t frame_around(uint8_t *dst, const void *block, size_t block_len, uint32_t total,
                           uint32_t headers_len)
{
    bdk_put_be32(dst, total);
    bdk_put_be32(dst + 4, headers_len);
    bdk_put_be32(dst + 8, bdk_crc32(0, dst, 8));
    memcpy(dst + 12, block, block_len);
    bdk_put_be32(dst + 12 + block_len, bdk_crc32(0, dst, 12 + block_len));
    return 16 + block_len;
}

static void check_refused(const uint8_t *bytes, size_t len, int error)
{
    struct trace got, pieces;

    trace_run(&got, NAMES_CAP, bytes, len, len, 1);
    trace_run(&pieces, NAMES_CAP, bytes, len, 1, 1);
    CHECK_INT(got.status, error);
    CHECK_INT(got.messages, 0);
    check_trace(&pieces, &got);
    trace_free(&got);
}

static void bad_lengths(void)
{
    static const struct {
        uint32_t total, headers_len;
        int error;
    } cases[] = {
        {0, 0, BEDROCK_E_EVENT_STREAM_FORMAT},
        {15, 0, BEDROCK_E_EVENT_STREAM_FORMAT},
        {16, 1, BEDROCK_E_EVENT_STREAM_FORMAT},
        {12, 0xfffffffc, BEDROCK_E_EVENT_STREAM_FORMAT},
        {20, 0xffffffff, BEDROCK_E_EVENT_STREAM_FORMAT},
        {0xffffffff, 0, BEDROCK_E_EVENT_STREAM_LIMIT},
        {0xffffffff, 0xfffffff0, BEDROCK_E_EVENT_STREAM_FORMAT},
        {16 + 131073, 131073, BEDROCK_E_EVENT_STREAM_LIMIT},
        {16 + 25165825, 0, BEDROCK_E_EVENT_STREAM_LIMIT},
    };
    uint8_t bytes[16];
    size_t i;

    for (i = 0; i < BDK_COUNT(cases); i++) {
        test_context("total %lu, headers %lu", (unsigned long)cases[i].total,
                     (unsigned long)cases[i].headers_len);
        frame_around(bytes, "", 0, cases[i].total, cases[i].headers_len);
        check_refused(bytes, sizeof bytes, cases[i].error);
    }
}

static void largest_lengths(void)
{
    struct trace got;
    uint8_t bytes[16];

    frame_around(bytes, "", 0, 16 + 131072 + 25165824, 131072);
    trace_run(&got, NAMES_CAP, bytes, 12, 12, 1);
    CHECK_INT(got.status, 0);
    CHECK(got.in_message);
    trace_free(&got);
}

static void bad_headers(void)
{
#define BLOCK(text)                                                                                \
    {                                                                                              \
        text, sizeof text - 1                                                                      \
    }
    static const struct {
        const char *text;
        size_t len;
    } cases[] = {
        BLOCK("\x00"),                                 /* a name without bytes */
        BLOCK("\x00\x00"),                             /* the same, and a type */
        BLOCK("\x01"),                                 /* only a length */
        BLOCK("\x01n"),                                /* no type */
        BLOCK("\x05name\x00"),                         /* the name takes the type */
        BLOCK("\xffname\x00"),                         /* the name reaches past the block */
        BLOCK("\x01n\x0a"),                            /* no such type */
        BLOCK("\x01n\xff"),                            /* no such type */
        BLOCK("\x01n\x02"),                            /* no byte */
        BLOCK("\x01n\x03z"),                           /* half a short */
        BLOCK("\x01n\x04zzz"),                         /* three of four */
        BLOCK("\x01n\x05zzzzzzz"),                     /* seven of eight */
        BLOCK("\x01n\x08zzzzzzz"),                     /* seven of eight */
        BLOCK("\x01n\x09zzzzzzzzzzzzzzz"),             /* fifteen of sixteen */
        BLOCK("\x01n\x06"),                            /* no length */
        BLOCK("\x01n\x07\x00"),                        /* half a length */
        BLOCK("\x01n\x07\x00\x01"),                    /* a byte too long */
        BLOCK("\x01n\x06\xff\xffzz"),                  /* much too long */
        BLOCK("\x01n\x00\x01"),                        /* a good one, then half of one */
        BLOCK("\x01n\x00\x01n\x00"),                   /* repeated */
        BLOCK("\x02no\x00\x01n\x01\x02no\x07\x00\x00") /* repeated, with one between */
    };
    uint8_t bytes[64];
    size_t i, len;

    for (i = 0; i < BDK_COUNT(cases); i++) {
        test_context("case %u", (unsigned)i);
        len = frame_around(bytes, cases[i].text, cases[i].len, 16 + (uint32_t)cases[i].len,
                           (uint32_t)cases[i].len);
        check_refused(bytes, len, BEDROCK_E_EVENT_STREAM_FORMAT);
    }
#undef BLOCK
}

static void names_that_only_look_alike(void)
{
    static const char block[] = "\x01n\x00\x01N\x00\x02nn\x00\x02n\x01\x00\x03"
                                "\x01n\x01\x00";
    uint8_t bytes[64];
    struct trace got;
    size_t len =
        frame_around(bytes, block, sizeof block - 1, 16 + sizeof block - 1, sizeof block - 1);

    trace_run(&got, NAMES_CAP, bytes, len, len, 1);
    CHECK_INT(got.status, 0);
    CHECK_INT(got.messages, 1);
    trace_free(&got);
}

static void memory_for_names(void)
{
    uint8_t bytes[FRAME_MAX];
    size_t len = frame_bytes(bytes, &frames[2]);
    struct trace got;

    /* 11 + 13 + 13 bytes and three lengths, in all 40; an exception's names take 44. */
    trace_run(&got, 40, bytes, len, len, 1);
    CHECK_INT(got.messages, 1);
    trace_free(&got);
    trace_run(&got, 39, bytes, len, len, 1);
    CHECK_INT(got.status, BEDROCK_E_EVENT_STREAM_LIMIT);
    trace_free(&got);
    trace_run(&got, 0, bytes, len, 1, 1);
    CHECK_INT(got.status, BEDROCK_E_EVENT_STREAM_LIMIT);
    trace_free(&got);
    len = frame_bytes(bytes, &frames[3]);
    trace_run(&got, 44, bytes, len, len, 1);
    CHECK_INT(got.messages, 1);
    trace_free(&got);
}

static void an_error_sticks_until_init(void)
{
    uint8_t bad[16] = {0}, good[FRAME_MAX], names[NAMES_CAP];
    size_t len = frame_bytes(good, &frames[0]);
    struct bedrock_event_stream decoder;
    struct bedrock_event_stream_event event;
    const uint8_t *in = bad;

    bedrock_event_stream_init(&decoder, names, sizeof names);
    CHECK_INT(bedrock_event_stream_next(&decoder, &in, bad + 16, &event),
              BEDROCK_E_EVENT_STREAM_CRC);
    in = good;
    CHECK_INT(bedrock_event_stream_next(&decoder, &in, good + len, &event),
              BEDROCK_E_EVENT_STREAM_CRC);
    CHECK(in == good);
    CHECK_INT(bedrock_event_stream_finish(&decoder), BEDROCK_E_EVENT_STREAM_CRC);
    bedrock_event_stream_init(&decoder, names, sizeof names);
    CHECK_INT(bedrock_event_stream_next(&decoder, &in, good + len, &event), BEDROCK_EVENT);
    CHECK_INT(bedrock_event_stream_finish(&decoder), BEDROCK_E_EVENT_STREAM_INCOMPLETE);
    CHECK_INT(bedrock_event_stream_next(&decoder, &in, good + len, &event), BEDROCK_EVENT);
    CHECK_INT(event.type, BEDROCK_EVENT_STREAM_END);
    CHECK_INT(bedrock_event_stream_finish(&decoder), BEDROCK_OK);
}

static void pieces_lie_in_the_input(void)
{
    uint8_t bytes[FRAME_MAX], names[NAMES_CAP];
    size_t len = frame_bytes(bytes, &frames[2]), payload_at = 12 + 0x4b;
    struct bedrock_event_stream decoder;
    struct bedrock_event_stream_event event;
    const uint8_t *in = bytes;

    bedrock_event_stream_init(&decoder, names, sizeof names);
    CHECK_INT(bedrock_event_stream_next(&decoder, &in, bytes + len, &event), 1);
    CHECK_INT(bedrock_event_stream_next(&decoder, &in, bytes + len, &event), 1);
    CHECK(event.data == bytes + 12 + 1 + 11 + 1 + 2 && event.len == 5 && event.last);
    CHECK_INT(bedrock_event_stream_next(&decoder, &in, bytes + len, &event), 1);
    CHECK_INT(bedrock_event_stream_next(&decoder, &in, bytes + len, &event), 1);
    CHECK_INT(bedrock_event_stream_next(&decoder, &in, bytes + payload_at + 1, &event), 1);
    CHECK(event.data == bytes + payload_at && event.len == 1 && !event.last);
    CHECK_INT(bedrock_event_stream_next(&decoder, &in, bytes + len, &event), 1);
    CHECK(event.data == bytes + payload_at + 1 && event.last);
}

int main(void)
{
    RUN(known_frames);
    RUN(messages_follow_each_other);
    RUN(every_prefix_is_incomplete);
    RUN(a_changed_byte_never_passes);
    RUN(bad_lengths);
    RUN(largest_lengths);
    RUN(bad_headers);
    RUN(names_that_only_look_alike);
    RUN(memory_for_names);
    RUN(an_error_sticks_until_init);
    RUN(pieces_lie_in_the_input);
    return test_finish();
}
