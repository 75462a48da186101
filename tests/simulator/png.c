/* SPDX-License-Identifier: MIT */
/* PNG (W3C Recommendation, third edition): signature, IHDR, IDAT, IEND. */
#include "png.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static void add_be32(struct sim_text *out, unsigned long value)
{
    char bytes[4] = {(char)(value >> 24 & 255), (char)(value >> 16 & 255), (char)(value >> 8 & 255),
                     (char)(value & 255)};

    sim_text_add(out, bytes, sizeof bytes);
}

static void add_chunk(struct sim_text *out, const char *type, const void *data, size_t len)
{
    size_t start;

    add_be32(out, len);
    start = out->len;
    sim_text_puts(out, type);
    sim_text_add(out, data, len);
    add_be32(out, crc32(0, (const unsigned char *)out->data + start, (unsigned)(4 + len)));
}

/* A gradient with some noise, so that a large picture has a large file. */
static void add_rows(struct sim_text *rows, unsigned width, unsigned height, unsigned long seed)
{
    unsigned long noise = seed * 2654435761u + 1;
    unsigned x, y;

    for (y = 0; y < height; y++) {
        sim_text_add(rows, "", 1);
        for (x = 0; x < width; x++) {
            char pixel[3];

            noise = noise * 1103515245u + 12345u;
            pixel[0] = (char)(x * 255 / width);
            pixel[1] = (char)(y * 255 / height);
            pixel[2] = (char)(128 + (noise >> 16 & 15));
            sim_text_add(rows, pixel, sizeof pixel);
        }
    }
}

static void add_noise(struct sim_text *rows, unsigned width, unsigned height, unsigned long seed)
{
    unsigned long noise = seed * 2654435761u + 1;
    size_t len = (size_t)width * 3;
    size_t i;
    unsigned y;

    for (y = 0; y < height; y++) {
        char *row = sim_text_room(rows, len + 1);

        row[0] = 0;
        for (i = 1; i <= len; i++) {
            noise = noise * 1103515245u + 12345u;
            row[i] = (char)(noise >> 16 & 255);
        }
        rows->len += len + 1;
    }
}

/* Rows as they are before deflate, each with its filter's number in front. */
static void add_file(struct sim_text *out, unsigned width, unsigned height,
                     const struct sim_text *rows)
{
    static const char format[] = {8, 2, 0, 0,
                                  0}; /* 8 bits, RGB, deflate, no filter, no interlace */
    struct sim_text header = {NULL, 0, 0};
    struct sim_text packed = {NULL, 0, 0};
    uLongf packed_len;

    add_be32(&header, width);
    add_be32(&header, height);
    sim_text_add(&header, format, sizeof format);
    packed_len = compressBound((uLong)rows->len);
    compress((Bytef *)sim_text_room(&packed, packed_len), &packed_len, (const Bytef *)rows->data,
             (uLong)rows->len);
    sim_text_add(out, "\x89PNG\r\n\x1a\n", 8);
    add_chunk(out, "IHDR", header.data, header.len);
    add_chunk(out, "IDAT", packed.data, packed_len);
    add_chunk(out, "IEND", "", 0);
    sim_text_free(&header);
    sim_text_free(&packed);
}

void sim_png(struct sim_text *out, unsigned width, unsigned height, unsigned long seed)
{
    struct sim_text rows = {NULL, 0, 0};

    add_rows(&rows, width, height, seed);
    add_file(out, width, height, &rows);
    sim_text_free(&rows);
}

void sim_png_of_size(struct sim_text *out, unsigned long bytes, unsigned long seed)
{
    unsigned height = (unsigned)(bytes / (512 * 3 + 1)) + 1;
    struct sim_text rows = {NULL, 0, 0};

    add_noise(&rows, 512, height, seed);
    add_file(out, 512, height, &rows);
    sim_text_free(&rows);
}
