/* SPDX-License-Identifier: MIT */
/* Whole messages whose bytes are known: two official codecs agree on each. */
#ifndef TESTS_EVENTSTREAM_FRAMES_H
#define TESTS_EVENTSTREAM_FRAMES_H

#include "bedrock/event_stream.h"
#include "encoding/hex.h"

#include <stddef.h>
#include <string.h>

#define STRING(name, value)                                                                        \
    {                                                                                              \
        name, BEDROCK_EVENT_STREAM_STRING, value, sizeof value - 1                                 \
    }
#define FRAME_MAX   256
#define FRAME_COUNT 6

struct frame {
    const char *name;
    const char *hex;
    struct bedrock_event_stream_header headers[10];
    size_t header_count;
    const char *payload;
};

static const struct frame frames[FRAME_COUNT] = {
    {"empty", "000000100000000005c248eb7d98c8ff", {{NULL, 0, NULL, 0}}, 0, ""},
    {"contentBlockDelta",
     "0000009f00000057c37babff0b3a6576656e742d747970650700"
     "11636f6e74656e74426c6f636b44656c74610d3a636f6e74656e742d747970650700106170706c69636174696f6e"
     "2f6a736f6e0d3a6d6573736167652d747970650700056576656e747b22636f6e74656e74426c6f636b496e646578"
     "223a302c2264656c7461223a7b2274657874223a224869227d2c2270223a2261626364227df2ace5ff",
     {STRING(":event-type", "contentBlockDelta"), STRING(":content-type", "application/json"),
      STRING(":message-type", "event")},
     3,
     "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"Hi\"},\"p\":\"abcd\"}"},
    {"chunk",
     "0000008d0000004bcd5a33520b3a6576656e742d747970650700056368756e6b0d3a636f6e74656e742d74797065"
     "0700106170706c69636174696f6e2f6a736f6e0d3a6d6573736167652d747970650700056576656e747b22627974"
     "6573223a2265794a6a623231776247563061573975496a6f6949456870496e303d222c2270223a22616263227d6d"
     "1824b1",
     {STRING(":event-type", "chunk"), STRING(":content-type", "application/json"),
      STRING(":message-type", "event")},
     3,
     "{\"bytes\":\"eyJjb21wbGV0aW9uIjoiIEhpIn0=\",\"p\":\"abc\"}"},
    {"throttlingException",
     "00000090000000618e91a9b70f3a657863657074696f6e2d747970650700137468726f74746c696e674578636570"
     "74696f6e0d3a636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e0d3a6d657373616765"
     "2d74797065070009657863657074696f6e7b226d657373616765223a22546f6f206d616e79207265717565737473"
     "227de67f8005",
     {STRING(":exception-type", "throttlingException"), STRING(":content-type", "application/json"),
      STRING(":message-type", "exception")},
     3,
     "{\"message\":\"Too many requests\"}"},
    {"error",
     "0000007600000066b7610e6b0d3a6d6573736167652d747970650700056572726f720b3a6572726f722d636f6465"
     "07000d496e7465726e616c4572726f720e3a6572726f722d6d657373616765070022416e20696e7465726e616c20"
     "736572766572206572726f72206f636375727265642e8ba171ef",
     {STRING(":message-type", "error"), STRING(":error-code", "InternalError"),
      STRING(":error-message", "An internal server error occurred.")},
     3,
     ""},
    {"all types",
     "0000005e0000004dea6c93ee017400016601016202ff017303fffe016904fffffffd016c05fffffffffffffffc01"
     "79060002dead01750700026f6b0164080000019469f5ad80016709123456789abcdef0123456789abcdef0780672"
     "8346",
     {{"t", BEDROCK_EVENT_STREAM_TRUE, NULL, 0},
      {"f", BEDROCK_EVENT_STREAM_FALSE, NULL, 0},
      {"b", BEDROCK_EVENT_STREAM_BYTE, "\xff", 1},
      {"s", BEDROCK_EVENT_STREAM_INT16, "\xff\xfe", 2},
      {"i", BEDROCK_EVENT_STREAM_INT32, "\xff\xff\xff\xfd", 4},
      {"l", BEDROCK_EVENT_STREAM_INT64, "\xff\xff\xff\xff\xff\xff\xff\xfc", 8},
      {"y", BEDROCK_EVENT_STREAM_BYTES, "\xde\xad", 2},
      {"u", BEDROCK_EVENT_STREAM_STRING, "ok", 2},
      {"d", BEDROCK_EVENT_STREAM_TIMESTAMP, "\x00\x00\x01\x94\x69\xf5\xad\x80", 8},
      {"g", BEDROCK_EVENT_STREAM_UUID,
       "\x12\x34\x56\x78\x9a\xbc\xde\xf0\x12\x34\x56\x78\x9a\xbc\xde\xf0", 16}},
     10,
     "x"},
};

/* The bytes of a frame; returns how many. */
static inline size_t frame_bytes(uint8_t bytes[FRAME_MAX], const struct frame *frame)
{
    size_t len = strlen(frame->hex);

    return bdk_hex_decode(bytes, frame->hex, len) == 0 ? len / 2 : 0;
}

#endif
