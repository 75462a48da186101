/* SPDX-License-Identifier: MIT */
/* See bedrock/event_stream.h. */
#include "bedrock/event_stream.h"

#include "bedrock/error.h"
#include "eventstream/value_size.h"
#include "util/bytes.h"
#include "util/crc32.h"

#include <string.h>

#define FRAME_SIZE 16u /* prelude and CRC */

static int has_length(const struct bedrock_event_stream_header *header)
{
    return bdk_value_sizes[header->type] == BDK_VALUE_HAS_LENGTH;
}

static size_t value_size(const struct bedrock_event_stream_header *header)
{
    return has_length(header) ? header->value_len : bdk_value_sizes[header->type];
}

static int is_valid(const struct bedrock_event_stream_header *headers, size_t index)
{
    const struct bedrock_event_stream_header *header = &headers[index];
    size_t len, i;

    if (header->name == NULL || header->type >= BDK_VALUE_TYPES) {
        return 0;
    }
    len = strlen(header->name);
    if (len == 0 || len > 255 || (header->value == NULL && value_size(header) > 0)) {
        return 0;
    }
    for (i = 0; i < index; i++) {
        if (bdk_equal(header->name, len, headers[i].name)) {
            return 0;
        }
    }
    return 1;
}

/* Bytes of the header block; more than is allowed if a header is not valid. */
static uint32_t block_size(const struct bedrock_event_stream_header *headers, size_t count)
{
    uint32_t size = 0;
    size_t i;

    for (i = 0; i < count && size <= BEDROCK_EVENT_STREAM_HEADERS_MAX; i++) {
        if (!is_valid(headers, i)) {
            return BEDROCK_EVENT_STREAM_HEADERS_MAX + 1;
        }
        size += (uint32_t)(strlen(headers[i].name) + 2 + value_size(&headers[i]));
        size += has_length(&headers[i]) ? 2 : 0;
    }
    return size;
}

static uint8_t *put_bytes(uint8_t *dst, const void *data, size_t len)
{
    if (len > 0) {
        memcpy(dst, data, len);
    }
    return dst + len;
}

static uint8_t *put_header(uint8_t *dst, const struct bedrock_event_stream_header *header)
{
    size_t name_len = strlen(header->name);

    *dst++ = (uint8_t)name_len;
    dst = put_bytes(dst, header->name, name_len);
    *dst++ = header->type;
    if (has_length(header)) {
        bdk_put_be16(dst, header->value_len);
        dst += 2;
    }
    return put_bytes(dst, header->value, value_size(header));
}

int bedrock_event_stream_encode(uint8_t *dst, size_t cap, size_t *len,
                                const struct bedrock_event_stream_header *headers,
                                size_t header_count, const void *payload, size_t payload_len)
{
    uint32_t headers_len = block_size(headers, header_count);
    uint8_t *p = dst;
    size_t i;

    *len = 0;
    if (headers_len > BEDROCK_EVENT_STREAM_HEADERS_MAX ||
        payload_len > BEDROCK_EVENT_STREAM_PAYLOAD_MAX || (payload == NULL && payload_len > 0)) {
        return BEDROCK_E_ARGUMENT;
    }
    *len = FRAME_SIZE + headers_len + payload_len;
    if (cap < *len) {
        return BEDROCK_E_BUFFER;
    }
    bdk_put_be32(p, (uint32_t)*len);
    bdk_put_be32(p + 4, headers_len);
    bdk_put_be32(p + 8, bdk_crc32(0, p, 8));
    p += 12;
    for (i = 0; i < header_count; i++) {
        p = put_header(p, &headers[i]);
    }
    p = put_bytes(p, payload, payload_len);
    bdk_put_be32(p, bdk_crc32(0, dst, (size_t)(p - dst)));
    return BEDROCK_OK;
}
