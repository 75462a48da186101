/* SPDX-License-Identifier: MIT */
/* See bedrock/base64.h. */
#include "bedrock/base64.h"

#include "bedrock/error.h"

/* Where the decoder is. Below PADDING: how many characters of a group it has taken. */
enum state {
    GROUP = 0,   /* a new group may begin */
    PADDING = 4, /* the second '=' must follow */
    END = 5,     /* nothing may follow */
    BAD = 6      /* something followed that may not */
};

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* The alphabet's inverse, from its first character in ASCII to its last; -1 for what is not in it.
 */
enum { FIRST = '+', LAST = 'z' };
static const int8_t values[LAST - FIRST + 1] = {
    62, -1, -1, -1, 63,                                 /* + and / */
    52, 53, 54, 55, 56, 57, 58, 59, 60, 61,             /* 0-9 */
    -1, -1, -1, -1, -1, -1, -1,                         /* : to @ */
    0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, /* A-M */
    13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, /* N-Z */
    -1, -1, -1, -1, -1, -1,                             /* [ to ` */
    26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, /* a-m */
    39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, /* n-z */
};

static void put_group(char *dst, uint32_t bits)
{
    dst[0] = alphabet[bits >> 18];
    dst[1] = alphabet[bits >> 12 & 63];
    dst[2] = alphabet[bits >> 6 & 63];
    dst[3] = alphabet[bits & 63];
}

size_t bedrock_base64_encode(char *dst, const void *src, size_t len)
{
    const uint8_t *p = src;
    char *at = dst;

    for (; len >= 3; len -= 3, p += 3, at += 4) {
        put_group(at, (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2]);
    }
    if (len > 0) {
        put_group(at, (uint32_t)p[0] << 16 | (len == 2 ? (uint32_t)p[1] << 8 : 0));
        at[3] = '=';
        if (len == 1) {
            at[2] = '=';
        }
        at += 4;
    }
    return (size_t)(at - dst);
}

/* The value of a character; all ones for one that has none, and they stay at the top however often
 * six bits follow. */
static int32_t six_bits(uint8_t c)
{
    unsigned at = c - (unsigned)FIRST;

    return at < sizeof values ? values[at] : -1;
}

/* Decodes the whole groups of plain characters that *src begins with. Returns the end of dst. */
static uint8_t *decode_groups(uint8_t *dst, const uint8_t **src, const uint8_t *end)
{
    const uint8_t *at;

    for (at = *src; end - at >= 4; at += 4) {
        uint32_t bits = 0;
        unsigned i;

        for (i = 0; i < 4; i++) {
            bits = bits << 6 | (uint32_t)six_bits(at[i]);
        }
        if (bits >> 31 != 0) {
            break;
        }
        *dst++ = (uint8_t)(bits >> 16);
        *dst++ = (uint8_t)(bits >> 8);
        *dst++ = (uint8_t)bits;
    }
    *src = at;
    return dst;
}

/* A '=' may stand where it helps to complete a group and no bit is over that is set: of the
 * characters before it 4 bits are over after two, 2 after three, 0 after a first '='. */
static enum state pad(const struct bedrock_base64 *decoder)
{
    unsigned more = decoder->state - 2U;

    if (more > PADDING - 2 || (decoder->bits & 15U >> 2 * more) != 0) {
        return BAD;
    }
    return more == 0 ? PADDING : END;
}

/* One character at a time. A byte leaves as soon as it is complete, so no piece becomes longer than
 * it was and dst never overtakes src. Returns the end of dst. */
static uint8_t *decode_character(struct bedrock_base64 *decoder, uint8_t *dst, uint8_t c)
{
    unsigned taken = decoder->state, bits;
    int32_t value = taken < PADDING ? six_bits(c) : -1;

    if (value < 0) {
        decoder->state = (uint8_t)(c == '=' ? pad(decoder) : BAD);
        return dst;
    }
    bits = (unsigned)decoder->bits << 6 | (unsigned)value;
    decoder->bits = (uint16_t)bits;
    decoder->state = (taken + 1) % 4;
    if (taken > 0) {
        *dst++ = (uint8_t)(bits >> (6 - 2 * taken));
    }
    return dst;
}

void bedrock_base64_init(struct bedrock_base64 *decoder)
{
    decoder->bits = 0;
    decoder->state = GROUP;
}

int bedrock_base64_decode(struct bedrock_base64 *decoder, void *dst, size_t *dst_len,
                          const char *src, size_t len)
{
    const uint8_t *at = (const uint8_t *)src, *end = at + len;
    uint8_t *to = dst;

    for (;;) {
        if (decoder->state == GROUP) {
            to = decode_groups(to, &at, end);
        }
        if (decoder->state == BAD || at == end) {
            break;
        }
        to = decode_character(decoder, to, *at++);
    }
    *dst_len = (size_t)(to - (uint8_t *)dst);
    return decoder->state == BAD ? BEDROCK_E_BASE64 : BEDROCK_OK;
}

int bedrock_base64_finish(const struct bedrock_base64 *decoder)
{
    return decoder->state == GROUP || decoder->state == END ? BEDROCK_OK : BEDROCK_E_BASE64;
}
