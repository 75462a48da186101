/* SPDX-License-Identifier: MIT */
/*
 * A board: Texas Instruments' (once Luminary's) LM3S6965 evaluation board, a Cortex-M3 with 256 KB
 * of flash, 64 KB of RAM and Ethernet. QEMU plays it. What the silicon lacks, the time of day and
 * randomness, comes from the debugger's host (host.c); on a board of your own that is an RTC or
 * SNTP, and a noise source.
 */
#ifndef BOARD_H
#define BOARD_H

#include "bedrock/port.h"
#include "bedrock/tls.h"

#include <stddef.h>
#include <stdint.h>

/* board.c: clock, time and randomness, for bedrock_lwip_port(). */
extern const struct bedrock_port board_port;

/* board.c: starts the clock, the console and the network. */
void board_init(void);

/* board.c: lets the network move on, and lwIP's timers. */
void board_poll(void);

/* board.c: for the table of interrupts; for lwIP's port and sequence numbers. */
void board_tick(void);
uint32_t board_random(void);

/* board.c: the console. */
void board_print(const char *text, size_t len);
void board_print_text(const char *text);
void board_print_number(const char *label, uint32_t value, const char *unit);

/* Whom to trust: the roots of whatever the emulator leads to, made into C by roots.c of
 * tests/firmware/. */
extern const struct bedrock_anchors board_roots;

/* start.c: bytes of stack that have been used, at the deepest moment so far. */
uint32_t board_stack_used(void);

/* start.c: says what is wrong, and ends. */
void board_fault(const char *what);

/* host.c: the debugger's host. */
void board_exit(int status);
int board_time(int64_t *unix_s);
/* Bytes read, at most cap; negative if there is no such file. */
int board_read_file(const char *name, void *dst, size_t cap);

/* ethernet.c: adds the network interface to lwIP; takes the frames that have come. */
void ethernet_init(void);
void ethernet_poll(void);

#endif
