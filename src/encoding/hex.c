/* SPDX-License-Identifier: MIT */
#include "encoding/hex.h"

const char bdk_hex_digits[] = "0123456789ABCDEF";

void bdk_hex_encode(char *dst, const void *src, size_t len)
{
    const uint8_t *p = src;

    while (len-- > 0) { /* backwards: dst may be src, since no digit then lands on a byte to come */
        uint8_t byte = p[len];

        /* Lower case is one bit more, which digits have already. */
        dst[2 * len] = bdk_hex_digits[byte >> 4] | 0x20;
        dst[2 * len + 1] = bdk_hex_digits[byte & 15] | 0x20;
    }
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
