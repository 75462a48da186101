/* SPDX-License-Identifier: MIT */
/* Runs the test vectors of a folder: `vectors FOLDER`, a line a topic, then the total. */
#include "vec.h"

#include <stdarg.h>
#include <stdio.h>

extern const struct vec_topic vectors_hash, vectors_json, vectors_http, vectors_eventstream,
    vectors_sigv4, vectors_tls, vectors_protocol, vectors_bedrock, vectors_native;

static const struct vec_topic *const topics[] = {
    &vectors_hash, &vectors_json,     &vectors_http,    &vectors_eventstream, &vectors_sigv4,
    &vectors_tls,  &vectors_protocol, &vectors_bedrock, &vectors_native,
};

static int passed, failed, skipped;

void vec_pass(void)
{
    passed++;
}

static void say(const char *outcome, const char *file, const char *id, const char *format,
                va_list args)
{
    printf("%s %s %s: ", outcome, file, id);
    vprintf(format, args);
    putchar('\n');
}

void vec_fail(const char *file, const char *id, const char *format, ...)
{
    va_list args;

    failed++;
    va_start(args, format);
    say("FAILED", file, id, format, args);
    va_end(args);
}

void vec_skip(const char *file, const char *id, const char *format, ...)
{
    va_list args;

    skipped++;
    va_start(args, format);
    say("skipped", file, id, format, args);
    va_end(args);
}

int main(int argc, char **argv)
{
    int total_passed = 0, total_failed = 0, total_skipped = 0;
    size_t i;

    if (argc != 2) {
        fputs("usage: vectors FOLDER\n", stderr);
        return 2;
    }
    for (i = 0; i < sizeof topics / sizeof topics[0]; i++) {
        char folder[1024];

        passed = failed = skipped = 0;
        snprintf(folder, sizeof folder, "%s/%s", argv[1], topics[i]->name);
        topics[i]->run(folder);
        printf("%s %d passed, %d failed, %d skipped\n", topics[i]->name, passed, failed, skipped);
        total_passed += passed;
        total_failed += failed;
        total_skipped += skipped;
    }
    printf("%d passed, %d failed, %d skipped\n", total_passed, total_failed, total_skipped);
    return total_failed != 0;
}
