/* SPDX-License-Identifier: MIT */
/**
 * Base64 (RFC 4648 section 4: standard alphabet, `=` padding), incremental both ways.
 *
 * The decoder is strict: no white space, no missing or superfluous padding, no set bits after the
 * last byte, so every text has exactly one decoding and every decoding one text. A byte is given
 * out as soon as its last bit is known: any split gives the same bytes, no piece becomes longer
 * than it was, and decoding in place (dst == src) always works. What straddles two pieces is kept
 * in the context, 4 bytes that may be copied with `=`. Nothing blocks; no stack to speak of.
 */
#ifndef BEDROCK_BASE64_H
#define BEDROCK_BASE64_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Characters that len bytes become: whole groups of four, padding included. */
#define BEDROCK_BASE64_ENCODED_SIZE(len) (((len) + 2) / 3 * 4)

/** Bytes that a piece of len characters can become at most, whatever came before it: three quarters
 * of len, rounded up. */
#define BEDROCK_BASE64_DECODED_MAX(len) ((len) - (len) / 4)

/**
 * Encodes a whole piece with its padding. To encode in pieces, let every piece but the last be a
 * multiple of 3 bytes.
 *
 * \param dst  receives BEDROCK_BASE64_ENCODED_SIZE(len) characters, no NUL. They may
 *             overlap if src ends where they end, or later.
 * \return how many it wrote.
 */
size_t bedrock_base64_encode(char *dst, const void *src, size_t len);

/** A running decoder. The fields are not yours; zeroed is a valid start. */
struct bedrock_base64 {
    uint16_t bits; /* of the last characters; the youngest have not left yet */
    uint8_t state; /* how many characters of a group were taken, or what must follow */
};

void bedrock_base64_init(struct bedrock_base64 *decoder);

/**
 * Decodes a piece of any length.
 *
 * \param dst      receives at most BEDROCK_BASE64_DECODED_MAX(len) bytes; may be src itself.
 * \param dst_len  receives the number of bytes written; on an error, those before it.
 * \return BEDROCK_OK; BEDROCK_E_BASE64 at the first character that cannot stand there (sticky until
 *         init).
 */
int bedrock_base64_decode(struct bedrock_base64 *decoder, void *dst, size_t *dst_len,
                          const char *src, size_t len);

/** May the text end here? \return BEDROCK_OK, or BEDROCK_E_BASE64 when a group is open or a
 * character was refused. */
int bedrock_base64_finish(const struct bedrock_base64 *decoder);

#ifdef __cplusplus
}
#endif

#endif
