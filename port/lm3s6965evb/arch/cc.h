/* SPDX-License-Identifier: MIT */
/* What lwIP asks of compiler and board. */
#ifndef ARCH_CC_H
#define ARCH_CC_H

#include <stdint.h>

uint32_t board_random(void);
void board_fault(const char *what);

#define LWIP_RAND()             board_random()
#define LWIP_NO_UNISTD_H        1
#define LWIP_NO_CTYPE_H         1
#define LWIP_PLATFORM_DIAG(x)   ((void)0)
/* Its own words would take 5 KB of flash. */
#define LWIP_PLATFORM_ASSERT(x) board_fault("an assertion of lwIP")
#define BYTE_ORDER              LITTLE_ENDIAN

#endif
