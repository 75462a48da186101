/* SPDX-License-Identifier: MIT */
#include "test.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static int passed, failed, skipped;
static int current_failed, current_skipped;
static const char *current_name;
static char context[512];

void test_begin(const char *name)
{
    setvbuf(stdout, NULL, _IOLBF, 0); /* a test that crashes must not take what was said with it */
    current_name = name;
    current_failed = 0;
    current_skipped = 0;
    context[0] = '\0';
}

void test_end(void)
{
    if (current_failed) {
        failed++;
    } else if (current_skipped) {
        skipped++;
    } else {
        passed++;
    }
}

void test_skip(const char *reason)
{
    printf("  skipped %s: %s\n", current_name, reason);
    current_skipped = 1;
}

void test_context(const char *format, ...)
{
    va_list args;

    context[0] = '\0';
    if (format != NULL) {
        va_start(args, format);
        vsnprintf(context, sizeof context, format, args);
        va_end(args);
    }
}

static void report(const char *file, int line, const char *what)
{
    current_failed = 1;
    printf("  FAILED %s (%s:%d): %s%s%s\n", current_name, file, line, what, context[0] ? " | " : "",
           context);
}

void test_check(int ok, const char *file, int line, const char *what)
{
    if (!ok) {
        report(file, line, what);
    }
}

void test_check_int(long long got, long long want, const char *file, int line, const char *what)
{
    if (got != want) {
        report(file, line, what);
        printf("    got %lld, want %lld\n", got, want);
    }
}

static void print_bytes(const char *label, const void *data, size_t len)
{
    const unsigned char *p = data;
    size_t i;

    printf("    %s %zu bytes: ", label, len);
    for (i = 0; i < len && i < 160; i++) {
        if (p[i] >= 32 && p[i] < 127) {
            putchar(p[i]);
        } else {
            printf("\\x%02x", p[i]);
        }
    }
    puts(len > 160 ? "..." : "");
}

void test_check_bytes(const void *got, size_t got_len, const void *want, size_t want_len,
                      const char *file, int line, const char *what)
{
    if (got_len != want_len || (want_len > 0 && memcmp(got, want, want_len) != 0)) {
        report(file, line, what);
        print_bytes("got ", got, got_len);
        print_bytes("want", want, want_len);
    }
}

int test_failed(void)
{
    return current_failed;
}

int test_finish(void)
{
    printf("%d passed, %d failed, %d skipped\n", passed, failed, skipped);
    return failed != 0;
}
