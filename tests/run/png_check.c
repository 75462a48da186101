/* SPDX-License-Identifier: MIT */
/*
 * png_check FILE...: is each a whole PNG (W3C Recommendation, third edition)? Signature, each
 * chunk's CRC, IHDR first, IEND last and nothing behind it, and pixels that zlib unpacks to exactly
 * what IHDR says. Prints `FILE: WxH, N bytes`, or what is wrong. Pictures of 8-bit RGB alone.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

struct picture {
    unsigned char *bytes;
    unsigned long len;
    unsigned long width, height;
    unsigned char *packed; /* the IDAT chunks, joined */
    unsigned long packed_len;
};

static unsigned long be32(const unsigned char *at)
{
    return (unsigned long)at[0] << 24 | (unsigned long)at[1] << 16 | (unsigned long)at[2] << 8 |
           at[3];
}

static void *get_memory(size_t size)
{
    void *memory = malloc(size);

    if (memory == NULL) {
        fputs("png_check: no memory\n", stderr);
        exit(2);
    }
    return memory;
}

static const char *load(struct picture *picture, const char *name)
{
    FILE *file = fopen(name, "rb");
    long size;

    if (file == NULL || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0) {
        return "it cannot be read";
    }
    rewind(file);
    picture->len = (unsigned long)size;
    picture->bytes = get_memory(picture->len + 1);
    picture->packed = get_memory(picture->len + 1);
    picture->packed_len = 0;
    if (fread(picture->bytes, 1, picture->len, file) != picture->len) {
        return "it cannot be read";
    }
    fclose(file);
    return NULL;
}

static const char *take_header(struct picture *picture, const unsigned char *data,
                               unsigned long len)
{
    picture->width = be32(data);
    picture->height = be32(data + 4);
    if (len != 13 || memcmp(data + 8, "\x08\x02\0\0\0", 5) != 0) {
        return "it is not of 8-bit RGB";
    }
    return picture->width > 0 && picture->width < 65536 && picture->height > 0 &&
                   picture->height < 65536
               ? NULL
               : "its size cannot be";
}

/* Walks over the chunks: each `length type data crc`. */
static const char *take_chunks(struct picture *picture)
{
    unsigned long at = 8, len;
    const unsigned char *chunk;
    const char *wrong = NULL;

    if (picture->len < 8 || memcmp(picture->bytes, "\x89PNG\r\n\x1a\n", 8) != 0) {
        return "it has no signature of PNG";
    }
    for (; wrong == NULL; at += 12 + len) {
        chunk = picture->bytes + at;
        if (picture->len - at < 12 || (len = be32(chunk)) > picture->len - at - 12) {
            return "it is cut off";
        }
        if (crc32(0, chunk + 4, (unsigned)len + 4) != be32(chunk + 8 + len)) {
            return "a checksum is wrong";
        }
        if ((at == 8) != (memcmp(chunk + 4, "IHDR", 4) == 0)) {
            return "IHDR is not where it should be";
        }
        if (at == 8) {
            wrong = take_header(picture, chunk + 8, len);
        } else if (memcmp(chunk + 4, "IDAT", 4) == 0) {
            memcpy(picture->packed + picture->packed_len, chunk + 8, len);
            picture->packed_len += len;
        } else if (memcmp(chunk + 4, "IEND", 4) == 0) {
            return at + 12 == picture->len && len == 0 ? NULL : "there is more behind its end";
        }
    }
    return wrong;
}

static const char *unpack(const struct picture *picture)
{
    unsigned long row = 1 + picture->width * 3, i;
    uLongf len = row * picture->height + 1;
    unsigned char *pixels = get_memory(len);
    const char *wrong = NULL;

    if (uncompress(pixels, &len, picture->packed, picture->packed_len) != Z_OK ||
        len != row * picture->height) {
        wrong = "its pixels do not unpack to its size";
    }
    for (i = 0; wrong == NULL && i < picture->height; i++) {
        wrong = pixels[i * row] > 4 ? "a row has no filter that is known" : NULL;
    }
    free(pixels);
    return wrong;
}

static int check(const char *name)
{
    struct picture picture = {NULL, 0, 0, 0, NULL, 0};
    const char *wrong = load(&picture, name);

    if (wrong == NULL) {
        wrong = take_chunks(&picture);
    }
    if (wrong == NULL) {
        wrong = unpack(&picture);
    }
    if (wrong != NULL) {
        printf("%s: %s\n", name, wrong);
    } else {
        printf("%s: %lux%lu, %lu bytes\n", name, picture.width, picture.height, picture.len);
    }
    free(picture.bytes);
    free(picture.packed);
    return wrong != NULL;
}

int main(int argc, char **argv)
{
    int failed = argc < 2;
    int i;

    for (i = 1; i < argc; i++) {
        failed |= check(argv[i]);
    }
    return failed;
}
