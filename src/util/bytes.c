/* SPDX-License-Identifier: MIT */
#include "util/bytes.h"

#include <string.h>

uint32_t bdk_divide(uint64_t *value, uint32_t divisor)
{
    uint64_t digits = *value;
    uint32_t rest = 0;
    int i;

    /* As on paper: a digit goes on the left, what it becomes comes in on the right. */
    for (i = 0; i < 4; i++) {
        rest = rest << 16 | (uint32_t)(digits >> 48);
        digits = digits << 16 | rest / divisor;
        rest %= divisor;
    }
    *value = digits;
    return rest;
}

void bdk_wipe(void *data, size_t len)
{
#ifdef __GNUC__
    if (len > 0) {
        memset(data, 0, len);
        __asm__ __volatile__("" : : "r"(data) : "memory"); /* as if somebody read it now */
    }
#else
    volatile uint8_t *p = data;

    while (len-- > 0) {
        *p++ = 0;
    }
#endif
}

char bdk_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Most words differ in their first letter, so they are compared before their lengths are. */
static int matches(const char *text, size_t len, const char *word, int nocase)
{
    for (; len > 0 && *word != '\0'; len--, text++, word++) {
        if ((nocase ? bdk_lower(*text) : *text) != *word) {
            return 0;
        }
    }
    return len == 0 && *word == '\0';
}

int bdk_equal(const char *text, size_t len, const char *word)
{
    return matches(text, len, word, 0);
}

int bdk_equal_nocase(const char *text, size_t len, const char *word)
{
    return matches(text, len, word, 1);
}

uint8_t bdk_find(const char *text, size_t len, const char *words, int nocase)
{
    uint8_t i = 0;

    for (; *words != '\0' && !matches(text, len, words, nocase); i++) {
        words += strlen(words) + 1;
    }
    return i;
}

uint8_t bdk_find_word(const char *text, size_t len, const char *words)
{
    return bdk_find(text, len, words, 0);
}

int bdk_equal_nocase_n(const char *a, const char *b, size_t len)
{
    size_t i;

    for (i = 0; i < len; i++) {
        if (bdk_lower(a[i]) != bdk_lower(b[i])) {
            return 0;
        }
    }
    return 1;
}

int bdk_same(const char *a, const char *b)
{
    return bdk_equal(a, strlen(a), b);
}

/* Is that a byte of a UTF-8 sequence that is not its first? */
static int continues(char c)
{
    return (int8_t)c < -64; /* 10xxxxxx */
}

/* The longest prefix of at most max bytes that ends where a code point ends. A UTF-8 sequence has
 * at most three continuation bytes; where there are more, the text is not UTF-8 and is cut as it
 * comes. */
static size_t whole_code_points(const char *text, size_t max)
{
    size_t cut = max;

    while (cut > 0 && max - cut < 3 && continues(text[cut])) {
        cut--;
    }
    return continues(text[cut]) ? max : cut;
}

int bdk_append(char *field, size_t cap, const char *text, size_t len)
{
    size_t used, room;
    int cut;

    if (cap == 0) {
        return len > 0;
    }
    used = strlen(field);
    room = cap - 1 - used;
    cut = len > room;
    if (cut) {
        len = whole_code_points(text, room);
    }
    if (len > 0) {
        memcpy(field + used, text, len);
    }
    field[used + len] = '\0';
    return cut;
}
