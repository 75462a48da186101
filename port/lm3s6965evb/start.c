/* SPDX-License-Identifier: MIT */
/* From reset to main(): vectors, memory, and the pattern that tells how deep the stack went. */
#include "board.h"

#include <string.h>

#define PATTERN 0xa5a5a5a5u

extern uint32_t stack_bottom[], stack_painted[], stack_top[], data_in_flash[], data_begin[],
    data_end[], bss_begin[], bss_end[];

int main(void);
void board_reset(void);

static void hard_fault(void)
{
    board_fault("hard fault: the stack may be too small (stack_size in board.ld)");
}

static void other_interrupt(void)
{
    board_fault("an interrupt that nobody asked for");
}

void board_reset(void)
{
    uint32_t *word;

    for (word = stack_bottom; word < stack_painted; word++) {
        *word = PATTERN;
    }
    memcpy(data_begin, data_in_flash, (size_t)((char *)data_end - (char *)data_begin));
    memset(bss_begin, 0, (size_t)((char *)bss_end - (char *)bss_begin));
    board_exit(main());
}

uint32_t board_stack_used(void)
{
    const uint32_t *word = stack_bottom;

    while (word < stack_top && *word == PATTERN) {
        word++;
    }
    return (uint32_t)((const char *)stack_top - (const char *)word);
}

void board_fault(const char *what)
{
    board_print_text("\r\nboard: ");
    board_print_text(what);
    board_print_text("\r\n");
    board_exit(70);
}

/* The processor's table: the stack's top, then what it calls. */
typedef void (*handler)(void);
extern const struct vectors {
    uint32_t *stack;
    handler handlers[15];
} vectors;
__attribute__((section(".vectors"), used)) const struct vectors vectors = {
    stack_top,
    {board_reset, other_interrupt, hard_fault, hard_fault, hard_fault, hard_fault, NULL, NULL, NULL,
     NULL, other_interrupt, other_interrupt, NULL, other_interrupt, board_tick}};
