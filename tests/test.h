/* SPDX-License-Identifier: MIT */
/*
 * The whole test framework. A test program is a list of RUN(test) in main() and `return
 * test_finish();`. A failed CHECK prints where and what, marks the test as failed and goes on;
 * REQUIRE returns from the test.
 */
#ifndef TESTS_TEST_H
#define TESTS_TEST_H

#include <stddef.h>
#include <stdint.h>

void test_begin(const char *name);
void test_end(void);
void test_check(int ok, const char *file, int line, const char *what);
void test_check_int(long long got, long long want, const char *file, int line, const char *what);
void test_check_bytes(const void *got, size_t got_len, const void *want, size_t want_len,
                      const char *file, int line, const char *what);
/* Counts the running test as skipped, with its reason. */
void test_skip(const char *reason);
/* A line that is printed in front of every failure of the running test: which case, which split.
 * NULL clears it. */
void test_context(const char *format, ...);
/* Prints `program: N passed, N failed, N skipped`; 0 if none failed. */
int test_finish(void);
/* Whether the running test has failed so far. */
int test_failed(void);

#define RUN(test)                                                                                  \
    do {                                                                                           \
        test_begin(#test);                                                                         \
        test();                                                                                    \
        test_end();                                                                                \
    } while (0)
#define CHECK(condition) test_check(!!(condition), __FILE__, __LINE__, #condition)
#define CHECK_INT(got, want)                                                                       \
    test_check_int((long long)(got), (long long)(want), __FILE__, __LINE__, #got)
#define CHECK_BYTES(got, got_len, want, want_len)                                                  \
    test_check_bytes((got), (got_len), (want), (want_len), __FILE__, __LINE__, #got)
#define CHECK_TEXT(got, want)                                                                      \
    test_check_bytes((got), strlen(got), (want), strlen(want), __FILE__, __LINE__, #got)
#define REQUIRE(condition)                                                                         \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            test_check(0, __FILE__, __LINE__, #condition);                                         \
            return;                                                                                \
        }                                                                                          \
    } while (0)

#endif
