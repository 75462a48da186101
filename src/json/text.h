/* SPDX-License-Identifier: MIT */
/* What the writer and the tokenizer both know of text: white space (RFC 8259 section 2), UTF-8
 * (RFC 3629), and which characters must be escaped (RFC 8259 section 7). */
#ifndef BDK_JSON_TEXT_H
#define BDK_JSON_TEXT_H

#include "bedrock/json.h"

static inline int bdk_json_is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* Each character that may be escaped by a letter or itself: that, then the character. */
extern const char bdk_json_escapes[];

/* Takes the next byte of a text. Returns 0 if it cannot stand there (RFC 3629 section 4: overlong
 * forms, surrogates and all above U+10FFFF included). The code point is whole when left is 0
 * afterwards. */
int bdk_utf8_step(struct bedrock_json_utf8 *utf8, char byte);

/* Where the run of text ends that can stand in a string as it is: at a quote, a backslash, a
 * control character, a byte that is not UTF-8, a code point that the input cuts off, or at end. */
const char *bdk_json_skip_text(const char *text, const char *end);

#endif
