/* SPDX-License-Identifier: MIT */
/* What the writer and the tokenizer both know of text: white space (RFC 8259 section 2), UTF-8
 * (RFC 3629), and which characters must be escaped (RFC 8259 section 7). */
#ifndef BDK_JSON_TEXT_H
#define BDK_JSON_TEXT_H

#include <stdint.h>

static inline int bdk_json_is_space(char c)
{
    const unsigned others = 1 << '\t' | 1 << '\n' | 1 << '\r';

    return c == ' ' || ((uint8_t)c <= '\r' && (others >> c & 1));
}

/* Each character that may be escaped by a letter or itself: that, then the character. */
extern const char bdk_json_escapes[];

/* Takes the next byte of a text. Returns 0 if it cannot stand there (RFC 3629 section 4: overlong
 * forms, surrogates and all above U+10FFFF included), and leaves *utf8 alone. *utf8 is the first
 * byte of the code point, 0 before all; each byte that follows shifts it by one bit, so that what
 * it asks for becomes less. */
int bdk_utf8_step(uint8_t *utf8, char byte);

/* Is no more of the code point to come? */
static inline int bdk_utf8_is_whole(uint8_t utf8)
{
    return utf8 < 0xc0;
}

/* Where the run of text ends that can stand in a string as it is: at a quote, a backslash, a
 * control character, a byte that is not UTF-8, or at end. What *utf8 begins with goes on, and a
 * code point may be cut where the run ends. */
const char *bdk_json_skip_text(uint8_t *utf8, const char *text, const char *end);

#endif
