/* SPDX-License-Identifier: MIT */
/* JSON as a C string that can be read: with ' where " is meant. */
#ifndef TESTS_UNIT_NATIVE_QUOTED_H
#define TESTS_UNIT_NATIVE_QUOTED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One of four texts in turn; the next one but three takes its place. */
static inline const char *quoted(const char *text)
{
    static char texts[4][4096];
    static unsigned turn;
    char *copy = texts[turn++ % 4], *c;

    if (strlen(text) >= sizeof texts[0]) {
        fputs("a text is too long to be quoted\n", stderr);
        exit(2);
    }
    strcpy(copy, text);
    for (c = copy; *c != '\0'; c++) {
        *c = *c == '\'' ? '"' : *c;
    }
    return copy;
}

#endif
