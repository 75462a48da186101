/* SPDX-License-Identifier: MIT */
#ifndef BDK_NATIVE_FIXED_POINT_H
#define BDK_NATIVE_FIXED_POINT_H

#include <stddef.h>
#include <stdint.h>

/* A number as JSON spells it, times 2^30, rounded to the nearest, halves away from zero. text is a
 * JSON number of at most BDK_FIXED_POINT_TEXT bytes. Returns BEDROCK_OK, or BEDROCK_E_JSON_SHAPE if
 * it is 2 or more, or would be when it is rounded. */
#define BDK_FIXED_POINT_TEXT 64
int bdk_fixed_point(int32_t *value, const char *text, size_t len);

#endif
