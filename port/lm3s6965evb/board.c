/* SPDX-License-Identifier: MIT */
/* The board's clock, console and randomness. LM3S6965 data sheet, chapters 3 and 12. */
#include "board.h"

#include <lwip/sys.h>
#include <lwip/timeouts.h>
#include <string.h>

#define REGISTER(address) (*(volatile uint32_t *)(uintptr_t)(address))
#define TICK_CONTROL      REGISTER(0xe000e010)
#define TICK_RELOAD       REGISTER(0xe000e014)
#define TICK_RUNS         0x7u      /* counts the processor's clock, and interrupts */
#define CLOCK_HZ          12500000u /* after a reset, in QEMU */
#define CONSOLE_DATA      REGISTER(0x4000c000)
#define CONSOLE_FLAGS     REGISTER(0x4000c018)
#define CONSOLE_FULL      0x20u

static volatile uint32_t now;

void board_tick(void)
{
    now++;
}

u32_t sys_now(void)
{
    return now;
}

void board_init(void)
{
    TICK_RELOAD = CLOCK_HZ / 1000 - 1;
    TICK_CONTROL = TICK_RUNS;
    ethernet_init();
}

void board_poll(void)
{
    ethernet_poll();
    sys_check_timeouts();
}

/* ------------------------------------------------------------------ console */

void board_print(const char *text, size_t len)
{
    for (; len > 0; len--, text++) {
        while (CONSOLE_FLAGS & CONSOLE_FULL) {
        }
        CONSOLE_DATA = (uint8_t)*text;
    }
}

void board_print_text(const char *text)
{
    board_print(text, strlen(text));
}

void board_print_number(const char *label, uint32_t value, const char *unit)
{
    char digits[10];
    size_t at = sizeof digits;

    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    board_print_text(label);
    board_print(digits + at, sizeof digits - at);
    board_print_text(unit);
}

/* ------------------------------------------------------- for bedrock_lwip_port */

static uint32_t port_now_ms(void *ctx)
{
    (void)ctx;
    return now;
}

static int port_utc(void *ctx, int64_t *unix_s)
{
    (void)ctx;
    return board_time(unix_s);
}

static int port_entropy(void *ctx, void *dst, size_t len)
{
    (void)ctx;
    return board_read_file("/dev/urandom", dst, len) == (int)len ? 0 : BEDROCK_PORT_FAILED;
}

const struct bedrock_port board_port = {
    .now_ms = port_now_ms,
    .utc = port_utc,
    .entropy = port_entropy,
};

/* For lwIP's port numbers and sequence numbers. */
uint32_t board_random(void)
{
    uint32_t value = 0;

    if (port_entropy(NULL, &value, sizeof value) < 0) {
        board_fault("there is no randomness");
    }
    return value;
}
