/* SPDX-License-Identifier: MIT */
/* See bedrock/event_stream.h. */
#include "bedrock/event_stream.h"

#include "bedrock/error.h"
#include "eventstream/value_size.h"
#include "util/bytes.h"
#include "util/crc32.h"

#include <string.h>

/* What comes next. All but VALUE and PAYLOAD need their bytes together. */
enum state {
    LENGTHS,     /* the message's length and that of its headers: 8 bytes */
    LENGTHS_CRC, /* their CRC: 4 bytes */
    MESSAGE_CRC, /* that of all before it: 4 bytes */
    NAME_LEN,    /* a header's first byte: the length of its name */
    NAME,        /* a byte of the name */
    TYPE,        /* the type of the value */
    VALUE_LEN,   /* two bytes, the value's length */
    VALUE,       /* a byte of the value, if it has any */
    PAYLOAD,     /* a byte of the payload */
    AFTER        /* what follows the prelude, a header or the payload: see go_on() */
};

#define FRAME_SIZE 16u /* the lengths and the CRCs, of every message */

void bedrock_event_stream_init(struct bedrock_event_stream *decoder, uint8_t *names,
                               uint16_t names_cap)
{
    *decoder = (struct bedrock_event_stream){.names = names, .names_cap = names_cap};
}

/* Ends the stream with an error. Returns 0: there is no event. */
static int end_with(struct bedrock_event_stream *decoder, int error)
{
    decoder->error = (int16_t)error;
    return 0;
}

/* Collects bytes that belong together but may straddle inputs: those of a name behind its length,
 * all others in `held`. Returns 1 with the last of them, 0 before. A CRC is checked against that of
 * what came before it. */
static int collect(struct bedrock_event_stream *decoder, uint8_t byte)
{
    static const uint8_t sizes[] = {8, 4, 4, 1, 0, 1, 2};
    uint8_t *dst = decoder->held;
    size_t size = sizes[decoder->state];

    if (decoder->state == NAME) {
        dst = decoder->names + decoder->names_len;
        size = *dst++;
    }
    dst[decoder->held_len] = byte;
    if (++decoder->held_len < size) {
        return 0;
    }
    decoder->held_len = 0;
    if ((decoder->state == LENGTHS_CRC || decoder->state == MESSAGE_CRC) &&
        bdk_get_be32(dst) != decoder->crc) {
        return end_with(decoder, BEDROCK_E_EVENT_STREAM_CRC);
    }
    decoder->crc = bdk_crc32(decoder->crc, dst, size);
    return 1;
}

/* Behind the prelude, a header or the payload: the next header, the payload or, if nothing is left,
 * the CRC. */
static void go_on(struct bedrock_event_stream *decoder)
{
    if (decoder->headers_left > 0) {
        decoder->state = NAME_LEN;
    } else if (decoder->payload_left > 0) {
        decoder->state = PAYLOAD;
    } else {
        decoder->state = MESSAGE_CRC;
    }
}

/* The lengths are not believed before their CRC is checked: until then payload_left holds that of
 * the whole message. */
static int read_lengths(struct bedrock_event_stream *decoder)
{
    decoder->payload_left = bdk_get_be32(decoder->held);
    decoder->headers_left = bdk_get_be32(decoder->held + 4);
    decoder->state = LENGTHS_CRC;
    return 0;
}

static int begin_message(struct bedrock_event_stream *decoder,
                         struct bedrock_event_stream_event *event)
{
    uint32_t total = decoder->payload_left, headers = decoder->headers_left;

    if (total < FRAME_SIZE || headers > total - FRAME_SIZE) {
        return end_with(decoder, BEDROCK_E_EVENT_STREAM_FORMAT);
    }
    decoder->payload_left = total - FRAME_SIZE - headers;
    if (headers > BEDROCK_EVENT_STREAM_HEADERS_MAX ||
        decoder->payload_left > BEDROCK_EVENT_STREAM_PAYLOAD_MAX) {
        return end_with(decoder, BEDROCK_E_EVENT_STREAM_LIMIT);
    }
    decoder->names_len = 0;
    decoder->state = AFTER;
    event->type = BEDROCK_EVENT_STREAM_MESSAGE;
    event->total_len = total;
    event->headers_len = headers;
    return BEDROCK_EVENT;
}

static int read_name_len(struct bedrock_event_stream *decoder)
{
    uint8_t len = decoder->held[0];

    /* The length itself, the name and the type must lie within the block. */
    if (len == 0 || decoder->headers_left < len + 2u) {
        return end_with(decoder, BEDROCK_E_EVENT_STREAM_FORMAT);
    }
    if (decoder->names_cap - decoder->names_len < len + 1) {
        return end_with(decoder, BEDROCK_E_EVENT_STREAM_LIMIT);
    }
    decoder->headers_left -= len + 2u;
    decoder->names[decoder->names_len] = len;
    decoder->state = NAME;
    return 0;
}

/* Whether the current name, which is the last in the list, stands there already. */
static int is_repeated(const struct bedrock_event_stream *decoder)
{
    const uint8_t *current = decoder->names + decoder->names_len;
    const uint8_t *name;

    for (name = decoder->names; name != current; name += name[0] + 1) {
        if (memcmp(name, current, current[0] + 1u) == 0) {
            return 1;
        }
    }
    return 0;
}

static int read_name(struct bedrock_event_stream *decoder)
{
    if (is_repeated(decoder)) {
        return end_with(decoder, BEDROCK_E_EVENT_STREAM_FORMAT);
    }
    decoder->state = TYPE;
    return 0;
}

/* Begins a value of len bytes. */
static int begin_value(struct bedrock_event_stream *decoder, uint16_t len)
{
    if (decoder->headers_left < len) {
        return end_with(decoder, BEDROCK_E_EVENT_STREAM_FORMAT);
    }
    decoder->headers_left -= len;
    decoder->value_len = len;
    decoder->value_left = len;
    decoder->state = VALUE;
    return 0;
}

static int read_type(struct bedrock_event_stream *decoder)
{
    uint8_t type = decoder->held[0];

    if (type >= BDK_VALUE_TYPES) {
        return end_with(decoder, BEDROCK_E_EVENT_STREAM_FORMAT);
    }
    decoder->value_type = type;
    if (bdk_value_sizes[type] != BDK_VALUE_HAS_LENGTH) {
        return begin_value(decoder, bdk_value_sizes[type]);
    }
    if (decoder->headers_left < 2) {
        return end_with(decoder, BEDROCK_E_EVENT_STREAM_FORMAT);
    }
    decoder->headers_left -= 2;
    decoder->state = VALUE_LEN;
    return 0;
}

/* Hands out the next piece of a value or of the payload. */
static int read_piece(struct bedrock_event_stream *decoder, const uint8_t **in, const uint8_t *end,
                      struct bedrock_event_stream_event *event)
{
    const uint8_t *name = decoder->names + decoder->names_len;
    uint32_t left = decoder->payload_left;
    size_t len = (size_t)(end - *in);

    event->type = BEDROCK_EVENT_STREAM_PAYLOAD;
    if (decoder->state == VALUE) {
        event->type = BEDROCK_EVENT_STREAM_HEADER;
        event->name = (const char *)name + 1;
        event->name_len = name[0];
        event->value_type = decoder->value_type;
        event->value_len = decoder->value_len;
        left = decoder->value_left;
    }
    if (len > left) {
        len = left;
    }
    decoder->crc = bdk_crc32(decoder->crc, *in, len);
    event->data = *in;
    event->len = len;
    *in += len;
    left -= (uint32_t)len;
    event->last = left == 0;
    if (decoder->state == VALUE) {
        decoder->value_left = (uint16_t)left;
        if (left == 0) {
            decoder->names_len = (uint16_t)(decoder->names_len + event->name_len + 1);
        }
    } else {
        decoder->payload_left = left;
    }
    if (left == 0) {
        decoder->state = AFTER;
    }
    return BEDROCK_EVENT;
}

static int end_message(struct bedrock_event_stream *decoder,
                       struct bedrock_event_stream_event *event)
{
    decoder->crc = 0;
    decoder->state = LENGTHS;
    event->type = BEDROCK_EVENT_STREAM_END;
    return BEDROCK_EVENT;
}

/* Reads from at least one byte of input, or a value that has none. */
static int step(struct bedrock_event_stream *decoder, const uint8_t **in, const uint8_t *end,
                struct bedrock_event_stream_event *event)
{
    if (decoder->state == AFTER) {
        go_on(decoder);
    }
    if (decoder->state >= VALUE) {
        return read_piece(decoder, in, end, event);
    }
    if (!collect(decoder, *(*in)++)) {
        return 0;
    }
    switch (decoder->state) {
    case LENGTHS:
        return read_lengths(decoder);
    case LENGTHS_CRC:
        return begin_message(decoder, event);
    case NAME_LEN:
        return read_name_len(decoder);
    case NAME:
        return read_name(decoder);
    case TYPE:
        return read_type(decoder);
    case VALUE_LEN:
        return begin_value(decoder, bdk_get_be16(decoder->held));
    default:
        return end_message(decoder, event);
    }
}

int bedrock_event_stream_next(struct bedrock_event_stream *decoder, const uint8_t **in,
                              const uint8_t *end, struct bedrock_event_stream_event *event)
{
    while (decoder->error == 0 &&
           (*in != end || (decoder->state == VALUE && decoder->value_left == 0))) {
        if (step(decoder, in, end, event) > 0) {
            return BEDROCK_EVENT;
        }
    }
    return decoder->error;
}

int bedrock_event_stream_finish(const struct bedrock_event_stream *decoder)
{
    if (decoder->error == 0 && (decoder->state != LENGTHS || decoder->held_len > 0)) {
        return BEDROCK_E_EVENT_STREAM_INCOMPLETE;
    }
    return decoder->error;
}
