/* SPDX-License-Identifier: MIT */
#include "frame.h"

#include <string.h>
#include <zlib.h>

#define PRELUDE_LEN 12
#define TYPE_STRING 7

static void add_number(struct sim_text *out, unsigned long value, int bytes)
{
    while (bytes-- > 0) {
        char byte = (char)(value >> (8 * bytes) & 0xff);

        sim_text_add(out, &byte, 1);
    }
}

static void add_header(struct sim_text *out, const struct sim_frame_header *header)
{
    add_number(out, strlen(header->name), 1);
    sim_text_puts(out, header->name);
    add_number(out, TYPE_STRING, 1);
    add_number(out, strlen(header->value), 2);
    sim_text_puts(out, header->value);
}

static unsigned long crc_of(const char *data, size_t len)
{
    return crc32(crc32(0, NULL, 0), (const unsigned char *)data, (unsigned)len);
}

void sim_frame(struct sim_text *out, const struct sim_frame_header *headers, const char *payload,
               size_t payload_len)
{
    struct sim_text block = {NULL, 0, 0};
    size_t start = out->len;

    for (; headers->name != NULL; headers++) {
        add_header(&block, headers);
    }
    add_number(out, PRELUDE_LEN + block.len + payload_len + 4, 4);
    add_number(out, block.len, 4);
    add_number(out, crc_of(out->data + start, 8), 4);
    sim_text_add(out, sim_text_string(&block), block.len);
    sim_text_add(out, payload, payload_len);
    add_number(out, crc_of(out->data + start, out->len - start), 4);
    sim_text_free(&block);
}
