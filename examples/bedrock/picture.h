/* SPDX-License-Identifier: MIT */
/* Whether a picture that comes in pieces has come whole: by its first and last bytes. What is
 * between them is the model's affair. */
#ifndef BEDROCK_PROGRAM_PICTURE_H
#define BEDROCK_PROGRAM_PICTURE_H

#include <stddef.h>
#include <stdint.h>

#define PICTURE_ENDS 12 /* the longest that must be seen of either end */

/* Zeroed is its beginning. */
struct picture {
    unsigned char head[PICTURE_ENDS];
    unsigned char tail[PICTURE_ENDS]; /* where the next byte goes is len modulo its size */
    int64_t len;
};

void picture_take(struct picture *picture, const unsigned char *bytes, size_t len);

/* Whether that was all of a PNG or a JPEG, and nothing behind it. */
int picture_is_whole(const struct picture *picture);

#endif
