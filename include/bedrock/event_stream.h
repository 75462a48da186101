/* SPDX-License-Identifier: MIT */
/**
 * application/vnd.amazon.eventstream: AWS's binary framing of events, decoder and encoder.
 *
 * The decoder takes slices of any size and hands payloads and header values out in place, in
 * pieces: no frame is ever held, so its size does not matter. Lengths are checked before they are
 * used, the prelude's CRC before its lengths are believed. The message's CRC can only be checked at
 * its end, when the payload has been handed out already: act on what a message says when its END
 * has come.
 *
 * Refused on purpose: header names that are empty or that repeat within a message (compared byte by
 * byte), types that are not in the specification, and values that reach past the header block.
 * Names and strings are not checked to be UTF-8.
 *
 * Source: Smithy specification, "Amazon Event Stream Specification".
 */
#ifndef BEDROCK_EVENT_STREAM_H
#define BEDROCK_EVENT_STREAM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Largest message that is accepted, by its own word: 24 MiB of payload and 128 KiB of headers. */
#define BEDROCK_EVENT_STREAM_HEADERS_MAX 131072u
#define BEDROCK_EVENT_STREAM_PAYLOAD_MAX 25165824u

/** Header value types, with their numbers on the wire. Multi-byte numbers are big-endian. */
enum bedrock_event_stream_value {
    BEDROCK_EVENT_STREAM_TRUE = 0,  /* no bytes */
    BEDROCK_EVENT_STREAM_FALSE = 1, /* no bytes */
    BEDROCK_EVENT_STREAM_BYTE = 2,  /* 1 byte, signed */
    BEDROCK_EVENT_STREAM_INT16 = 3,
    BEDROCK_EVENT_STREAM_INT32 = 4,
    BEDROCK_EVENT_STREAM_INT64 = 5,
    BEDROCK_EVENT_STREAM_BYTES = 6,     /* up to 65535 bytes */
    BEDROCK_EVENT_STREAM_STRING = 7,    /* up to 65535 bytes, UTF-8 */
    BEDROCK_EVENT_STREAM_TIMESTAMP = 8, /* 8 bytes, signed: milliseconds since 1970-01-01 UTC */
    BEDROCK_EVENT_STREAM_UUID = 9       /* 16 bytes */
};

enum bedrock_event_stream_type {
    BEDROCK_EVENT_STREAM_MESSAGE, /* a prelude: total_len, headers_len */
    BEDROCK_EVENT_STREAM_HEADER,  /* a piece of a header's value, the final one with last; a value
                                     without bytes is one empty piece */
    BEDROCK_EVENT_STREAM_PAYLOAD, /* a piece of the payload, never empty; no payload, no event */
    BEDROCK_EVENT_STREAM_END      /* the message is complete and its CRC right */
};

/** An event. Only the members named for its type mean something. data points into the input, name
 * into the decoder's memory for names; both are good until the next call. */
struct bedrock_event_stream_event {
    enum bedrock_event_stream_type type;
    uint32_t total_len;   /* MESSAGE: bytes of the whole frame */
    uint32_t headers_len; /* MESSAGE: bytes of its header block */
    uint8_t value_type;   /* HEADER: enum bedrock_event_stream_value */
    uint8_t name_len;     /* HEADER: 1..255 */
    uint8_t last;         /* HEADER: 1 if the value ends here; PAYLOAD: 1 if the payload does */
    uint16_t value_len;   /* HEADER: bytes of the whole value */
    const char *name;     /* HEADER: whole, not NUL-terminated */
    const uint8_t *data;  /* HEADER, PAYLOAD: the piece */
    size_t len;           /* HEADER, PAYLOAD: its bytes */
};

/** A decoder: 40 bytes where pointers have 32 bits. The fields are not yours. Copy it with `=` only
 * together with the memory for names. */
struct bedrock_event_stream {
    uint8_t *names; /* the names of the message's headers, each behind its length: to give them
                       whole and to see repeats */
    uint32_t crc;   /* of the message so far */
    uint32_t headers_left;
    uint32_t payload_left;
    uint16_t names_cap;
    uint16_t names_len; /* whole names: where the current one begins */
    uint16_t value_len;
    uint16_t value_left;
    int16_t error;
    uint8_t state;
    uint8_t value_type;
    uint8_t held_len;
    uint8_t held[8]; /* the two lengths, a CRC or a field of a header while it straddles inputs */
};

/**
 * Starts a decoder, or starts it again.
 *
 * \param names      memory for the header names of one message: the sum of their lengths and a byte
 *                   for each. It must stay valid as long as the decoder is used.
 * \param names_cap  its size. Bedrock's messages need at most 44 bytes. A message whose names do
 * not fit is BEDROCK_E_EVENT_STREAM_LIMIT.
 */
void bedrock_event_stream_init(struct bedrock_event_stream *decoder, uint8_t *names,
                               uint16_t names_cap);

/**
 * Advances to the next event. Order in each message: MESSAGE; HEADER...; PAYLOAD...; END.
 *
 * \param in  in: where to read; out: behind what was used.
 * \return BEDROCK_EVENT (1); 0 when the input is used up; BEDROCK_E_EVENT_STREAM_CRC, _FORMAT or
 * _LIMIT, sticky until init: there is no way to find the next message after a damaged one.
 */
int bedrock_event_stream_next(struct bedrock_event_stream *decoder, const uint8_t **in,
                              const uint8_t *end, struct bedrock_event_stream_event *event);

/** May the stream end here? \return BEDROCK_OK between two messages;
 * BEDROCK_E_EVENT_STREAM_INCOMPLETE inside one; after an error, that error. */
int bedrock_event_stream_finish(const struct bedrock_event_stream *decoder);

/** One header for the encoder; value as on the wire, without its length. */
struct bedrock_event_stream_header {
    const char *name;   /* 1..255 bytes, NUL-terminated */
    uint8_t type;       /* enum bedrock_event_stream_value */
    const void *value;  /* may be NULL when it has no bytes */
    uint16_t value_len; /* looked at for BYTES and STRING only */
};

/**
 * Encodes one message.
 *
 * \param dst      receives the message; must not overlap headers or payload; may be NULL if cap is
 *                 0.
 * \param len      receives the message's size, also when it does not fit.
 * \param payload  may be NULL if payload_len is 0.
 * \return BEDROCK_OK; BEDROCK_E_BUFFER if cap < *len; BEDROCK_E_ARGUMENT for a bad or repeated
 * name, a bad type, a missing value, or a size over the limits above. dst is written on
 * BEDROCK_OK only.
 */
int bedrock_event_stream_encode(uint8_t *dst, size_t cap, size_t *len,
                                const struct bedrock_event_stream_header *headers,
                                size_t header_count, const void *payload, size_t payload_len);

#ifdef __cplusplus
}
#endif

#endif
