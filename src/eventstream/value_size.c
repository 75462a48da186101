/* SPDX-License-Identifier: MIT */
#include "eventstream/value_size.h"

const uint8_t bdk_value_sizes[BDK_VALUE_TYPES] = {
    0,                    /* true */
    0,                    /* false */
    1,                    /* byte */
    2,                    /* int16 */
    4,                    /* int32 */
    8,                    /* int64 */
    BDK_VALUE_HAS_LENGTH, /* bytes */
    BDK_VALUE_HAS_LENGTH, /* string */
    8,                    /* timestamp */
    16,                   /* UUID */
};
