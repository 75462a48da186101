/* SPDX-License-Identifier: MIT */
/* Answers of ConverseStream, frame by frame. */
#ifndef TESTS_UNIT_TOOLS_STREAM_H
#define TESTS_UNIT_TOOLS_STREAM_H

#include "bedrock/event_stream.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

struct stream {
    uint8_t bytes[8192];
    size_t len;
    size_t stopped; /* where messageStop ends: what comes then may be missing */
    int block;
};

static inline void put_frame(struct stream *stream, const char *type, const char *payload)
{
    const struct bedrock_event_stream_header headers[] = {
        {":event-type", BEDROCK_EVENT_STREAM_STRING, type, (uint16_t)strlen(type)},
        {":content-type", BEDROCK_EVENT_STREAM_STRING, "application/json", 16},
        {":message-type", BEDROCK_EVENT_STREAM_STRING, "event", 5},
    };
    size_t len;

    CHECK_INT(bedrock_event_stream_encode(stream->bytes + stream->len,
                                          sizeof stream->bytes - stream->len, &len, headers, 3,
                                          payload, strlen(payload)),
              0);
    stream->len += len;
}

static inline void stream_begin(struct stream *stream)
{
    static const char head[] = "HTTP/1.1 200 OK\r\nConnection: close\r\n"
                               "Content-Type: application/vnd.amazon.eventstream\r\n\r\n";

    memcpy(stream->bytes, head, sizeof head - 1);
    stream->len = sizeof head - 1;
    stream->block = 0;
    put_frame(stream, "messageStart", "{\"role\":\"assistant\"}");
}

static inline void stream_delta(struct stream *stream, const char *delta)
{
    char payload[560];

    snprintf(payload, sizeof payload, "{\"contentBlockIndex\":%d,\"delta\":{%s}}", stream->block,
             delta);
    put_frame(stream, "contentBlockDelta", payload);
}

static inline void stream_end_block(struct stream *stream)
{
    char payload[64];

    snprintf(payload, sizeof payload, "{\"contentBlockIndex\":%d}", stream->block++);
    put_frame(stream, "contentBlockStop", payload);
}

/* A tool's call; its input is JSON as the text of a string, in two pieces; NULL: none. type: more
 * members of toolUse. */
static inline void stream_tool(struct stream *stream, const char *id, const char *name,
                               const char *type, const char *first, const char *second)
{
    char payload[480];

    snprintf(payload, sizeof payload,
             "{\"contentBlockIndex\":%d,\"start\":{\"toolUse\":{\"toolUseId\":\"%s\","
             "\"name\":\"%s\"%s}}}",
             stream->block, id, name, type);
    put_frame(stream, "contentBlockStart", payload);
    if (first != NULL) {
        snprintf(payload, sizeof payload, "\"toolUse\":{\"input\":\"%s\"}", first);
        stream_delta(stream, payload);
        snprintf(payload, sizeof payload, "\"toolUse\":{\"input\":\"%s\"}", second);
        stream_delta(stream, payload);
    }
    stream_end_block(stream);
}

static inline void stream_text(struct stream *stream, const char *text)
{
    char delta[300];

    snprintf(delta, sizeof delta, "\"text\":\"%s\"", text);
    stream_delta(stream, delta);
    stream_end_block(stream);
}

static inline void stream_end(struct stream *stream, const char *reason)
{
    char payload[64];

    snprintf(payload, sizeof payload, "{\"stopReason\":\"%s\"}", reason);
    put_frame(stream, "messageStop", payload);
    stream->stopped = stream->len;
    put_frame(stream, "metadata", "{\"usage\":{\"inputTokens\":1}}");
}

#endif
