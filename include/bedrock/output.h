/* SPDX-License-Identifier: MIT */
/**
 * Where rendered bytes go.
 *
 * A request is never stored. It is *rendered*: a function writes it, from its first byte, into a
 * `struct bedrock_output`, and does so again whenever the bytes are needed: once to be hashed and
 * counted, then to be sent, a window at a time. The output knows which part of the whole is wanted.
 * Bytes before `from` are counted and dropped (or never produced: a renderer that can skip by
 * arithmetic asks bedrock_output_skippable()), bytes from there on go to `write`. A window ends
 * where `write` says so.
 *
 * A renderer may ignore what the puts return: after a failure they do nothing, and the status at
 * the end tells. One that would go on for long looks at `status` now and then. Nothing blocks
 * unless `write` does.
 */
#ifndef BEDROCK_OUTPUT_H
#define BEDROCK_OUTPUT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct bedrock_output {
    /** Takes all len bytes and returns 0, or ends the rendering with another value, which then
     * sticks as `status`. len is never 0. */
    int (*write)(void *ctx, const void *data, size_t len);
    void *ctx;      /* passed back to write */
    uint32_t from;  /* offset of the first byte that is wanted */
    uint32_t count; /* bytes rendered so far, dropped ones included */
    int status;     /* 0, or the first failure; every later put returns it and does nothing */
};

/** Starts an output at offset 0 that wants every byte from `from` on. write may be NULL: then bytes
 * are only counted. */
void bedrock_output_init(struct bedrock_output *out,
                         int (*write)(void *ctx, const void *data, size_t len), void *ctx,
                         uint32_t from);

/**
 * Appends bytes; data may be NULL if len is 0.
 *
 * \return 0, or out->status: what `write` returned, or BEDROCK_E_ARGUMENT when the whole would be
 *         longer than 2^32 - 1 bytes.
 */
int bedrock_output_put(struct bedrock_output *out, const void *data, size_t len);

/** bedrock_output_put() of a NUL-terminated string. */
int bedrock_output_text(struct bedrock_output *out, const char *text);

/** bedrock_output_put() of a number in decimal. */
int bedrock_output_decimal(struct bedrock_output *out, uint64_t value);

/** How many of the next bytes nobody wants: a renderer may call bedrock_output_skip() for up to so
 * many instead of putting them. Without a `write` that is all that can still come. */
uint32_t bedrock_output_skippable(const struct bedrock_output *out);

/** Counts len bytes as rendered without producing them; len <= bedrock_output_skippable(). */
void bedrock_output_skip(struct bedrock_output *out, uint32_t len);

/** Records a failure of the renderer's own, unless one is recorded already. \return out->status. */
int bedrock_output_fail(struct bedrock_output *out, int status);

/**
 * A value too large for memory, read by offset: there is nothing to rewind, so it can be rendered
 * any number of times. It must give the same bytes for the same offset until the call it belongs to
 * has ended; if it does not, the call ends as BEDROCK_E_BODY_CHANGED.
 */
struct bedrock_source {
    /** Fills dst with exactly len bytes from offset off and returns 0, or a negative code, which
     * ends the call as its error. */
    int (*read_at)(void *ctx, uint32_t off, void *dst, size_t len);
    void *ctx;        /* passed back to read_at */
    uint32_t len;     /* bytes in all */
    const void *data; /* when not NULL: the bytes, in memory; read_at is not called */
};

#ifdef __cplusplus
}
#endif

#endif
