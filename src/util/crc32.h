/* SPDX-License-Identifier: MIT */
/* CRC-32 of IEEE 802.3 and zlib: reflected, polynomial EDB88320, initial value and final xor
 * FFFFFFFF. */
#ifndef BDK_UTIL_CRC32_H
#define BDK_UTIL_CRC32_H

#include <stddef.h>
#include <stdint.h>

/* Continues a CRC; 0 starts one. bdk_crc32(bdk_crc32(0, a), b) is the CRC of a followed by b. */
uint32_t bdk_crc32(uint32_t crc, const void *data, size_t len);

#endif
