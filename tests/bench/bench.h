/* SPDX-License-Identifier: MIT */
/*
 * Counts instructions. The program runs under valgrind's callgrind, which counts what happens
 * between bench_begin() and bench_end() and nothing else, and writes a file for each of these
 * pairs; report.sh makes the table of them, in which the instructions of the tests themselves do
 * not count. The counts are the same however busy the machine is.
 * Every measurement checks what it has measured: something that went wrong has no speed.
 */
#ifndef TESTS_BENCH_BENCH_H
#define TESTS_BENCH_BENCH_H

#include "bedrock/output.h"

#include <stddef.h>

void bench_begin(void);

/** What ran since bench_begin() has the name `id` in tests/bench/table.txt, and is so many units
 * long. Both end up in the file, for report.sh. */
void bench_end(const char *id, size_t units);

/** Ends the program as one that could not measure, unless `right`. */
void bench_check(int right, const char *what);

/** An output that does nothing with what it gets, so that making it is all that is counted. */
void bench_sink(struct bedrock_output *out);

/* The layers, from the ground up. */
void bench_hash(void);
void bench_crc32(void);
void bench_base64(void);
void bench_json_read(void);
void bench_json_write(void);
void bench_http(void);
void bench_event_stream(void);
void bench_sigv4(void);
void bench_render(void);
void bench_client(void);

#endif
