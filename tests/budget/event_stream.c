/* SPDX-License-Identifier: MIT */
/* What decoding an event stream costs alone, its CRC-32 included. */
#include "bedrock/event_stream.h"

int main(void)
{
    static uint8_t bytes[64], names[64];
    const uint8_t *in = bytes;
    struct bedrock_event_stream_event event;
    struct bedrock_event_stream decoder;

    bedrock_event_stream_init(&decoder, names, sizeof names);
    while (bedrock_event_stream_next(&decoder, &in, bytes + sizeof bytes, &event) > 0) {
    }
    return bedrock_event_stream_finish(&decoder);
}
