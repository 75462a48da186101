/* SPDX-License-Identifier: MIT */
/* Sources: Portable Network Graphics, third edition, sections 5.2 and 11.2.4; ITU-T T.81, annex B.
 */
#include "picture.h"

#include <string.h>

static const struct {
    const char *head;
    const char *tail;
    uint8_t head_len;
    uint8_t tail_len;
} formats[] = {
    {"\x89PNG\r\n\x1a\n", "\0\0\0\0IEND\xae\x42\x60\x82", 8, 12},
    {"\xff\xd8\xff", "\xff\xd9", 3, 2},
};

void picture_take(struct picture *picture, const unsigned char *bytes, size_t len)
{
    size_t i;

    for (i = 0; i < len; i++, picture->len++) {
        if (picture->len < PICTURE_ENDS) {
            picture->head[picture->len] = bytes[i];
        }
        picture->tail[picture->len % PICTURE_ENDS] = bytes[i];
    }
}

static int ends_with(const struct picture *picture, const char *tail, uint8_t len)
{
    int64_t at = picture->len - len;
    uint8_t i;

    for (i = 0; i < len; i++) {
        if (picture->tail[(at + i) % PICTURE_ENDS] != (unsigned char)tail[i]) {
            return 0;
        }
    }
    return 1;
}

int picture_is_whole(const struct picture *picture)
{
    size_t i;

    for (i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if (picture->len >= formats[i].head_len + formats[i].tail_len &&
            memcmp(picture->head, formats[i].head, formats[i].head_len) == 0 &&
            ends_with(picture, formats[i].tail, formats[i].tail_len)) {
            return 1;
        }
    }
    return 0;
}
