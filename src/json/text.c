/* SPDX-License-Identifier: MIT */
#include "json/text.h"

#include <stddef.h>
#include <string.h>

/* A machine word that has the same value in all of its bytes. */
#define IN_EACH_BYTE(value) ((size_t)-1 / 255 * (value))

const char bdk_json_escapes[] = "\"\"\\\\//b\bf\fn\nr\rt\t";

int bdk_utf8_step(uint8_t *utf8, char byte)
{
    uint8_t c = (uint8_t)byte, first = *utf8;

    if (bdk_utf8_is_whole(first)) {
        if (c >= 0x80 && (c < 0xc2 || c > 0xf4)) {
            return 0;
        }
        *utf8 = c;
        return 1;
    }
    /* Four first bytes narrow what may follow them. */
    if (c >> 6 != 0x80 >> 6 || (first == 0xe0 && c < 0xa0) || (first == 0xed && c >= 0xa0) ||
        (first == 0xf0 && c < 0x90) || (first == 0xf4 && c >= 0x90)) {
        return 0;
    }
    *utf8 = (uint8_t)(first << 1 | 1); /* the 1: a shifted F0 is no E0 */
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

const char *bdk_json_skip_text(uint8_t *utf8, const char *text, const char *end)
{
    size_t word;

    for (;; text++) {
        int whole = bdk_utf8_is_whole(*utf8);

        while (whole && (size_t)(end - text) >= sizeof word) {
            memcpy(&word, text, sizeof word);
            if (!all_plain(word)) {
                break;
            }
            text += sizeof word;
        }
        if (text == end || (whole && is_escaped(*text)) || !bdk_utf8_step(utf8, *text)) {
            return text;
        }
    }
}
