/* SPDX-License-Identifier: MIT */
#include "test.h"

#include "bedrock/error.h"
#include "bedrock/event_stream.h"
#include "unit/eventstream/frames.h"
#include "util/bytes.h"

#include <stdlib.h>

static void known_frames(void)
{
    uint8_t want[FRAME_MAX], got[FRAME_MAX];
    size_t i, len;

    for (i = 0; i < FRAME_COUNT; i++) {
        const struct frame *frame = &frames[i];
        size_t want_len = frame_bytes(want, frame);

        test_context("%s", frame->name);
        CHECK_INT(bedrock_event_stream_encode(got, sizeof got, &len, frame->headers,
                                              frame->header_count, frame->payload,
                                              strlen(frame->payload)),
                  BEDROCK_OK);
        CHECK_BYTES(got, len, want, want_len);
    }
}

static void memory_to_the_byte(void)
{
    const struct frame *frame = &frames[1];
    uint8_t want[FRAME_MAX];
    size_t want_len = frame_bytes(want, frame), cap, len;

    for (cap = 0; cap <= want_len; cap++) {
        uint8_t *got = malloc(cap > 0 ? cap : 1);

        CHECK_INT(bedrock_event_stream_encode(cap > 0 ? got : NULL, cap, &len, frame->headers, 3,
                                              frame->payload, strlen(frame->payload)),
                  cap < want_len ? BEDROCK_E_BUFFER : BEDROCK_OK);
        CHECK_INT(len, want_len);
        free(got);
    }
}

static int encode_one(const char *name, uint8_t type, const void *value, uint16_t value_len)
{
    struct bedrock_event_stream_header header;
    static uint8_t dst[70000];
    size_t len;

    header.name = name;
    header.type = type;
    header.value = value;
    header.value_len = value_len;
    return bedrock_event_stream_encode(dst, sizeof dst, &len, &header, 1, NULL, 0);
}

static void bad_headers(void)
{
    static char name[257];

    memset(name, 'n', 256);
    CHECK_INT(encode_one(name, BEDROCK_EVENT_STREAM_TRUE, NULL, 0), BEDROCK_E_ARGUMENT);
    name[255] = '\0';
    CHECK_INT(encode_one(name, BEDROCK_EVENT_STREAM_TRUE, NULL, 0), BEDROCK_OK);
    CHECK_INT(encode_one("", BEDROCK_EVENT_STREAM_TRUE, NULL, 0), BEDROCK_E_ARGUMENT);
    CHECK_INT(encode_one(NULL, BEDROCK_EVENT_STREAM_TRUE, NULL, 0), BEDROCK_E_ARGUMENT);
    CHECK_INT(encode_one("n", 10, "", 0), BEDROCK_E_ARGUMENT);
    CHECK_INT(encode_one("n", BEDROCK_EVENT_STREAM_BYTE, NULL, 0), BEDROCK_E_ARGUMENT);
    CHECK_INT(encode_one("n", BEDROCK_EVENT_STREAM_STRING, NULL, 1), BEDROCK_E_ARGUMENT);
    CHECK_INT(encode_one("n", BEDROCK_EVENT_STREAM_STRING, NULL, 0), BEDROCK_OK);
}

static void repeated_names(void)
{
    static const struct bedrock_event_stream_header headers[] = {
        {"n", BEDROCK_EVENT_STREAM_TRUE, NULL, 0},
        {"nn", BEDROCK_EVENT_STREAM_TRUE, NULL, 0},
        {"N", BEDROCK_EVENT_STREAM_TRUE, NULL, 0},
        {"n", BEDROCK_EVENT_STREAM_FALSE, NULL, 0},
    };
    uint8_t dst[64];
    size_t len;

    CHECK_INT(bedrock_event_stream_encode(dst, sizeof dst, &len, headers, 3, NULL, 0), BEDROCK_OK);
    CHECK_INT(bedrock_event_stream_encode(dst, sizeof dst, &len, headers, 4, NULL, 0),
              BEDROCK_E_ARGUMENT);
    CHECK_INT(len, 0);
}

static void limits(void)
{
    static uint8_t value[65535];
    struct bedrock_event_stream_header headers[3] = {
        {"a", BEDROCK_EVENT_STREAM_BYTES, value, 65535},
        {"b", BEDROCK_EVENT_STREAM_STRING, value, 65527}, /* 65540 and 65532: 131072 */
        {"c", BEDROCK_EVENT_STREAM_TRUE, NULL, 0},
    };
    size_t len;

    CHECK_INT(bedrock_event_stream_encode(NULL, 0, &len, headers, 2, value, 25165824),
              BEDROCK_E_BUFFER);
    CHECK_INT(len, 16 + 131072 + 25165824);
    CHECK_INT(bedrock_event_stream_encode(NULL, 0, &len, headers, 2, value, 25165825),
              BEDROCK_E_ARGUMENT);
    headers[1].value_len++;
    CHECK_INT(bedrock_event_stream_encode(NULL, 0, &len, headers, 2, NULL, 0), BEDROCK_E_ARGUMENT);
    CHECK_INT(bedrock_event_stream_encode(NULL, 0, &len, headers, 3, NULL, 0), BEDROCK_E_ARGUMENT);
    headers[1].value_len--;
    CHECK_INT(bedrock_event_stream_encode(NULL, 0, &len, headers, 3, NULL, 0), BEDROCK_E_ARGUMENT);
    CHECK_INT(bedrock_event_stream_encode(NULL, 0, &len, headers, 0, NULL, 1), BEDROCK_E_ARGUMENT);
}

int main(void)
{
    RUN(known_frames);
    RUN(memory_to_the_byte);
    RUN(bad_headers);
    RUN(repeated_names);
    RUN(limits);
    return test_finish();
}
