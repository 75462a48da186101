/* SPDX-License-Identifier: MIT */
/* See bedrock/event_stream.h. */
#include "bedrock/event_stream.h"

#include "bedrock/error.h"
#include "eventstream/value_size.h"
#include "util/bytes.h"
#include "util/crc32.h"

#include <string.h>

/* What comes next. The states from NAME_LEN to PAYLOAD are those whose bytes the message's CRC is
 * taken of as they pass. All but VALUE and PAYLOAD need their bytes together. */
enum state {
    PRELUDE,   /* total length, headers length and their CRC: 12 bytes */
    NAME_LEN,  /* a header's first byte: the length of its name */
    NAME,      /* a byte of the name */
    TYPE,      /* the type of the value */
    VALUE_LEN, /* two bytes, the value's length */
    VALUE,     /* a byte of the value */
    PAYLOAD,   /* a byte of the payload */
    TRAILER    /* the message's CRC: 4 bytes */
};

#define PRELUDE_SIZE 12u
#define TRAILER_SIZE 4u

void bedrock_event_stream_init(struct bedrock_event_stream *decoder, uint8_t *names,
                               uint16_t names_cap)
{
    memset(decoder, 0, sizeof *decoder);
    decoder->names = names;
    decoder->names_cap = names_cap;
}

/* Collects the bytes that belong together but may straddle inputs: those of a name behind its
 * length, all others in `held`. Returns 1 once they are all there. */
static int collect(struct bedrock_event_stream *decoder, const uint8_t **in, const uint8_t *end)
{
    static const uint8_t sizes[] = {PRELUDE_SIZE, 1, 0, 1, 2, 0, 0, TRAILER_SIZE};
    uint8_t *dst = decoder->held;
    size_t size = sizes[decoder->state], len;

    if (decoder->state == NAME) {
        dst = decoder->names + decoder->names_len;
        size = *dst++;
    }
    len = size - decoder->held_len;
    if (len > (size_t)(end - *in)) {
        len = (size_t)(end - *in);
    }
    memcpy(dst + decoder->held_len, *in, len);
    *in += len;
    decoder->held_len = (uint8_t)(decoder->held_len + len);
    if (decoder->held_len < size) {
        return 0;
    }
    decoder->held_len = 0;
    return 1;
}

/* What follows the prelude or a header: the next header, the payload or, if there is none, the
 * CRC. */
static void go_on(struct bedrock_event_stream *decoder)
{
    if (decoder->headers_left > 0) {
        decoder->state = NAME_LEN;
    } else if (decoder->payload_left > 0) {
        decoder->state = PAYLOAD;
    } else {
        decoder->state = TRAILER;
    }
}

static int read_prelude(struct bedrock_event_stream *decoder,
                        struct bedrock_event_stream_event *event)
{
    uint32_t total, headers;

    decoder->crc = bdk_crc32(0, decoder->held, 8);
    if (decoder->crc != bdk_get_be32(decoder->held + 8)) {
        return BEDROCK_E_EVENT_STREAM_CRC;
    }
    decoder->crc = bdk_crc32(decoder->crc, decoder->held + 8, 4);
    total = bdk_get_be32(decoder->held);
    headers = bdk_get_be32(decoder->held + 4);
    if (total < PRELUDE_SIZE + TRAILER_SIZE || headers > total - PRELUDE_SIZE - TRAILER_SIZE) {
        return BEDROCK_E_EVENT_STREAM_FORMAT;
    }
    decoder->headers_left = headers;
    decoder->payload_left = total - PRELUDE_SIZE - TRAILER_SIZE - headers;
    if (headers > BEDROCK_EVENT_STREAM_HEADERS_MAX ||
        decoder->payload_left > BEDROCK_EVENT_STREAM_PAYLOAD_MAX) {
        return BEDROCK_E_EVENT_STREAM_LIMIT;
    }
    decoder->names_len = 0;
    go_on(decoder);
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
        return BEDROCK_E_EVENT_STREAM_FORMAT;
    }
    if (decoder->names_cap - decoder->names_len < len + 1) {
        return BEDROCK_E_EVENT_STREAM_LIMIT;
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
    decoder->state = TYPE;
    return is_repeated(decoder) ? BEDROCK_E_EVENT_STREAM_FORMAT : 0;
}

/* Hands out the next piece of the value. With its last piece the header ends. */
static int read_value(struct bedrock_event_stream *decoder, const uint8_t **in, const uint8_t *end,
                      struct bedrock_event_stream_event *event)
{
    const uint8_t *name = decoder->names + decoder->names_len;

    event->type = BEDROCK_EVENT_STREAM_HEADER;
    event->name = (const char *)name + 1;
    event->name_len = name[0];
    event->value_type = decoder->value_type;
    event->value_len = decoder->value_len;
    event->data = *in;
    event->len = decoder->value_left;
    if (event->len > (size_t)(end - *in)) {
        event->len = (size_t)(end - *in);
    }
    *in += event->len;
    decoder->value_left = (uint16_t)(decoder->value_left - event->len);
    event->last = decoder->value_left == 0;
    if (event->last) {
        decoder->names_len = (uint16_t)(decoder->names_len + name[0] + 1);
        go_on(decoder);
    }
    return BEDROCK_EVENT;
}

/* Begins a value of len bytes. One without bytes is handed out at once, for no byte of it will
 * come. */
static int begin_value(struct bedrock_event_stream *decoder, const uint8_t **in, uint16_t len,
                       struct bedrock_event_stream_event *event)
{
    if (decoder->headers_left < len) {
        return BEDROCK_E_EVENT_STREAM_FORMAT;
    }
    decoder->headers_left -= len;
    decoder->value_len = len;
    decoder->value_left = len;
    decoder->state = VALUE;
    return len > 0 ? 0 : read_value(decoder, in, *in, event);
}

static int read_type(struct bedrock_event_stream *decoder, const uint8_t **in,
                     struct bedrock_event_stream_event *event)
{
    uint8_t type = decoder->held[0];

    if (type >= BDK_VALUE_TYPES) {
        return BEDROCK_E_EVENT_STREAM_FORMAT;
    }
    decoder->value_type = type;
    if (bdk_value_sizes[type] != BDK_VALUE_HAS_LENGTH) {
        return begin_value(decoder, in, bdk_value_sizes[type], event);
    }
    if (decoder->headers_left < 2) {
        return BEDROCK_E_EVENT_STREAM_FORMAT;
    }
    decoder->headers_left -= 2;
    decoder->state = VALUE_LEN;
    return 0;
}

static int read_payload(struct bedrock_event_stream *decoder, const uint8_t **in,
                        const uint8_t *end, struct bedrock_event_stream_event *event)
{
    size_t len = (size_t)(end - *in);

    if (len >= decoder->payload_left) {
        len = decoder->payload_left;
        decoder->state = TRAILER;
    }
    event->type = BEDROCK_EVENT_STREAM_PAYLOAD;
    event->data = *in;
    event->len = len;
    event->last = decoder->state == TRAILER;
    decoder->payload_left -= (uint32_t)len;
    *in += len;
    return BEDROCK_EVENT;
}

static int read_trailer(struct bedrock_event_stream *decoder,
                        struct bedrock_event_stream_event *event)
{
    if (decoder->crc != bdk_get_be32(decoder->held)) {
        return BEDROCK_E_EVENT_STREAM_CRC;
    }
    decoder->state = PRELUDE;
    event->type = BEDROCK_EVENT_STREAM_END;
    return BEDROCK_EVENT;
}

/* Reads from at least one byte of input. */
static int step(struct bedrock_event_stream *decoder, const uint8_t **in, const uint8_t *end,
                struct bedrock_event_stream_event *event)
{
    if (decoder->state == VALUE) {
        return read_value(decoder, in, end, event);
    }
    if (decoder->state == PAYLOAD) {
        return read_payload(decoder, in, end, event);
    }
    if (!collect(decoder, in, end)) {
        return 0;
    }
    switch (decoder->state) {
    case PRELUDE:
        return read_prelude(decoder, event);
    case NAME_LEN:
        return read_name_len(decoder);
    case NAME:
        return read_name(decoder);
    case TYPE:
        return read_type(decoder, in, event);
    case VALUE_LEN:
        return begin_value(decoder, in, bdk_get_be16(decoder->held), event);
    default:
        return read_trailer(decoder, event);
    }
}

int bedrock_event_stream_next(struct bedrock_event_stream *decoder, const uint8_t **in,
                              const uint8_t *end, struct bedrock_event_stream_event *event)
{
    const uint8_t *start = *in;
    /* An event lies between prelude and headers, and between payload and trailer. So one call sees
     * either nothing but bytes that the CRC covers, and takes it over all of them at once, or none
     * of them. */
    int is_covered = decoder->state != PRELUDE && decoder->state != TRAILER;
    int status = decoder->error;

    while (status == 0 && *in != end) {
        status = step(decoder, in, end, event);
    }
    if (status < 0) {
        decoder->error = (int16_t)status;
    } else if (is_covered) {
        decoder->crc = bdk_crc32(decoder->crc, start, (size_t)(*in - start));
    }
    return status;
}

int bedrock_event_stream_finish(const struct bedrock_event_stream *decoder)
{
    if (decoder->error != 0) {
        return decoder->error;
    }
    if (decoder->state != PRELUDE || decoder->held_len > 0) {
        return BEDROCK_E_EVENT_STREAM_INCOMPLETE;
    }
    return BEDROCK_OK;
}
