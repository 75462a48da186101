/* SPDX-License-Identifier: MIT */
/**
 * Base64 (RFC 4648 section 4: standard alphabet, `=` padding), incremental both ways.
 *
 * The decoder is strict: no white space, no missing or superfluous padding, no set bits after the
 * last byte; every text has exactly one decoding. What straddles two pieces is kept in the context
 * (4 bytes), so any split gives the same bytes, and it may decode in place (dst == src). Nothing
 * blocks; no stack to speak of.
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

/** Bytes that a piece of len characters can become at most, whatever the decoder still holds. */
#define BEDROCK_BASE64_DECODED_MAX(len) (((len) + 3) / 4 * 3)

/**
 * Encodes a whole piece with its padding.
 * \param dst  receives BEDROCK_BASE64_ENCODED_SIZE(len) characters, no NUL.
 * \return how many it wrote. To encode in pieces, let every piece but the last be a multiple of 3
 * bytes.
 */
size_t bedrock_base64_encode(char *dst, const void *src, size_t len);

/** A running decoder. The fields are not yours; zeroed is a valid start. */
struct bedrock_base64 {
    uint32_t bits;
    uint8_t count; /* characters of the open group; 4 and up: padding was seen */
    uint8_t padded;
};

void bedrock_base64_init(struct bedrock_base64 *decoder);

/**
 * Decodes a piece of any length.
 *
 * \param dst      receives at most BEDROCK_BASE64_DECODED_MAX(len) bytes; may be src itself.
 * \param dst_len  receives the number of bytes written.
 * \return BEDROCK_OK; BEDROCK_E_BASE64 at the first character that cannot stand there (sticky until
 * init).
 */
int bedrock_base64_decode(struct bedrock_base64 *decoder, void *dst, size_t *dst_len,
                          const char *src, size_t len);

/** May the text end here? \return BEDROCK_OK, or BEDROCK_E_BASE64 when a group is open. */
int bedrock_base64_finish(const struct bedrock_base64 *decoder);

#ifdef __cplusplus
}
#endif

#endif
