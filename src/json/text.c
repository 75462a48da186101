/* SPDX-License-Identifier: MIT */
#include "json/text.h"

#include <string.h>

/* A machine word that has the same value in all of its bytes. */
#define IN_EACH_BYTE(value) ((size_t)-1 / 255 * (value))

const char bdk_json_escapes[] = "\"\"\\\\//b\bf\fn\nr\rt\t";

int bdk_utf8_step(struct bedrock_json_utf8 *utf8, char byte)
{
    uint8_t c = (uint8_t)byte;

    if (utf8->left > 0) {
        if (c < utf8->low || c > utf8->high) {
            return 0;
        }
        utf8->left--;
    } else if (c >= 0x80) {
        if (c < 0xc2 || c > 0xf4) {
            return 0;
        }
        utf8->left = (uint8_t)(1 + (c >= 0xe0) + (c >= 0xf0));
    }
    /* Four first bytes narrow what may follow them. */
    utf8->low = c == 0xe0 ? 0xa0 : c == 0xf0 ? 0x90 : 0x80;
    utf8->high = c == 0xed ? 0x9f : c == 0xf4 ? 0x8f : 0xbf;
    return 1;
}

static int is_escaped(char byte)
{
    return (uint8_t)byte < 0x20 || byte == '"' || byte == '\\';
}

/* Is every byte of the word ASCII, and none that is escaped? Each subtraction sets the top bit of a
 * byte that is not. It can borrow from the byte above only where it found one, so no word is
 * refused for nothing. */
static int all_plain(size_t word)
{
    size_t control = word - IN_EACH_BYTE(0x20);
    size_t quote = (word ^ IN_EACH_BYTE('"')) - IN_EACH_BYTE(1);
    size_t backslash = (word ^ IN_EACH_BYTE('\\')) - IN_EACH_BYTE(1);

    return ((word | control | quote | backslash) & IN_EACH_BYTE(0x80)) == 0;
}

/* Skips one code point; stays where it is if that is cut off or no UTF-8. */
static const char *skip_code_point(const char *text, const char *end)
{
    struct bedrock_json_utf8 utf8 = {0, 0, 0};
    const char *p = text;

    do {
        if (p == end || !bdk_utf8_step(&utf8, *p)) {
            return text;
        }
        p++;
    } while (utf8.left > 0);
    return p;
}

const char *bdk_json_skip_text(const char *text, const char *end)
{
    const char *start;
    size_t word;

    do {
        start = text;
        while ((size_t)(end - text) >= sizeof word) {
            memcpy(&word, text, sizeof word);
            if (!all_plain(word)) {
                break;
            }
            text += sizeof word;
        }
        if (text < end && !is_escaped(*text)) {
            text = skip_code_point(text, end);
        }
    } while (text != start);
    return text;
}
