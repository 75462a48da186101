/* SPDX-License-Identifier: MIT */
/*
 * What is measured on: made here, so that it is the same everywhere. Nothing in it is random, and
 * all of it is of the kind and size that Bedrock sends. The caller frees it by bytes_free().
 */
#ifndef TESTS_BENCH_SAMPLES_H
#define TESTS_BENCH_SAMPLES_H

#include "unit/client/answers.h"

/** Bytes that look random, and English without anything that JSON would escape. */
void sample_noise(struct bytes *bytes, size_t len);
void sample_prose(struct bytes *bytes, size_t len);

/** A sample_noise() of that length in base64; and what passes for a session token, which has 1,000
 * characters. */
void sample_base64(struct bytes *bytes, size_t len);
void sample_token(struct bytes *bytes);

/** A Converse reply: paragraphs of 240 bytes with some escapes, and usage, 300 bytes in all. */
void sample_reply(struct bytes *json, unsigned paragraphs);

enum { SAMPLE_PICTURE_SIZE = 524288 };

/** A picture of that size, as InvokeModel answers it: one string of 700 KB. */
void sample_picture(struct bytes *json);

/** An embedding: 1,536 numbers in 20 KB. */
void sample_vector(struct bytes *json);

/** Fifty short messages of users with all that an API knows of them: indented, nested, many names
 * and short values, the text Japanese. */
void sample_dense(struct bytes *json);

/** How many messages a ConverseStream answer has: a start, 1,000 deltas, and three that end it. */
enum { SAMPLE_MESSAGES = 1004 };

/** That answer: the messages one behind the other, and as HTTP, a chunk for each. */
void sample_stream(struct bytes *stream);
void sample_stream_answer(struct bytes *http);

#endif
