/* SPDX-License-Identifier: MIT */
#include "encoding/hex.h"

void bdk_hex_encode_in(char *dst, const void *src, size_t len, unsigned letters)
{
    const uint8_t *p = src;
    size_t i = 2 * len;

    while (i-- > 0) { /* backwards: dst may be src, since no digit then lands on a byte to come */
        unsigned digit = i % 2 == 0 ? p[i / 2] >> 4 : p[i / 2] & 15;

        if (digit > 9) {
            digit += letters;
        }
        dst[i] = (char)('0' + digit);
    }
}

void bdk_hex_encode(char *dst, const void *src, size_t len)
{
    bdk_hex_encode_in(dst, src, len, BDK_HEX_LOWER);
}

int bdk_hex_digit(char c)
{
    unsigned digit = (unsigned char)c - (unsigned)'0';
    unsigned letter = ((unsigned char)c | 0x20u) - 'a'; /* of either case */

    if (digit < 10) {
        return (int)digit;
    }
    return letter < 6 ? (int)letter + 10 : -1;
}

int bdk_hex_decode(uint8_t *dst, const char *src, size_t len)
{
    if (len % 2 != 0) {
        return -1;
    }
    for (; len > 0; len -= 2, src += 2) {
        int high = bdk_hex_digit(src[0]), low = bdk_hex_digit(src[1]);

        if (high < 0 || low < 0) {
            return -1;
        }
        *dst++ = (uint8_t)(high << 4 | low);
    }
    return 0;
}
