/* SPDX-License-Identifier: MIT */
/* Texts by status code, in ROM. Names and sentences are two tables in two files, because a linker
 * takes or leaves the strings of a file together. */
#ifndef BDK_UTIL_STATUS_TABLE_H
#define BDK_UTIL_STATUS_TABLE_H

#include "bedrock/error.h"

#include <stddef.h>

/* Codes run down from BEDROCK_EVENT, with gaps between the decades. */
#define BDK_AT(code) [BEDROCK_EVENT - (code)]

static inline const char *bdk_status_lookup(const char *const *table, size_t count, int code,
                                            const char *otherwise)
{
    size_t at = (size_t)BEDROCK_EVENT - (size_t)code; /* huge when code is above */

    return at < count && table[at] != NULL ? table[at] : otherwise;
}

#endif
