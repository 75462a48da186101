/* SPDX-License-Identifier: MIT */
/* Lines of a response: status lines and header lines (RFC 9112 sections 4 and 5, RFC 9110 section
 * 5), the sizes of chunks and the trailers (RFC 9112 section 7.1). */
#include "encoding/hex.h"
#include "http/parse.h"
#include "util/bytes.h"

#include <string.h>

#define SIZE_DIGITS_MAX 16 /* so many fit into 64 bits */

size_t bdk_http_token_len(const char *text)
{
    /* A bit for each character from space on: letters, digits and !#$%&'*+-.^_`|~ */
    static const uint32_t is_token[3] = {0x03ff6cfa, 0xc7fffffe, 0x57ffffff};
    size_t len;

    for (len = 0;; len++) {
        unsigned place = (unsigned char)text[len] - (unsigned)' ';

        if (place / 32 >= BDK_COUNT(is_token) || !(is_token[place / 32] >> place % 32 & 1)) {
            return len;
        }
    }
}

/* Reads the digits that the event's text begins with into its length, as far as they fit. Returns
 * how many they are. */
static size_t parse_digits(struct bedrock_http_event *event, unsigned base)
{
    size_t digits = 0;
    unsigned digit;

    event->length = 0;
    while ((digit = (unsigned)bdk_hex_digit(event->text[digits])) < base &&
           event->length >> 60 == 0) {
        event->length = event->length * base + digit;
        digits++;
    }
    return digits;
}

static int read_status(struct bedrock_http_response *response, struct bedrock_http_event *event)
{
    enum { MINOR = 7, STATUS = 9, END = 12 }; /* places in HTTP/1.1 200 */
    const char *p = event->text, *stop = p + event->len;

    if (event->len < END || memcmp(p, "HTTP/1.", MINOR) != 0 || p[STATUS - 1] != ' ') {
        return bdk_http_fail(response, BEDROCK_E_HTTP);
    }
    response->minor = event->minor = (uint8_t)(p[MINOR] - '0');
    event->text = p + STATUS;
    if (event->minor > 1 || parse_digits(event, 10) != END - STATUS) {
        return bdk_http_fail(response, BEDROCK_E_HTTP);
    }
    /* Some leave out the space in front of an empty reason phrase. */
    p += END;
    if (p != stop && *p++ != ' ') {
        return bdk_http_fail(response, BEDROCK_E_HTTP);
    }
    event->text = p;
    event->len = (size_t)(stop - p);
    response->status = event->status = (uint16_t)event->length;
    /* Nobody was asked to switch protocols, so nobody may (101). */
    if (event->status < 100 || event->status == 101) {
        return bdk_http_fail(response, BEDROCK_E_HTTP);
    }
    if (event->status < 200) {
        response->state = BDK_HTTP_AT_INTERIM;
        return 0;
    }
    response->state = BDK_HTTP_AT_HEADER;
    return BEDROCK_EVENT;
}

static int is_space(char c)
{
    return c == ' ' || c == '\t';
}

/* The name, and the value without the space around it. Returns 0 if the line is none of a header.
 */
static int split_field(struct bedrock_http_event *event)
{
    size_t len = bdk_http_token_len(event->text);
    const char *p = event->text + len, *stop = event->text + event->len;

    event->name = event->text;
    event->name_len = len;
    if (len == 0 || *p != ':') {
        return 0;
    }
    do {
        p++;
    } while (is_space(*p));
    while (stop > p && is_space(stop[-1])) {
        stop--;
    }
    event->text = p;
    event->len = (size_t)(stop - p);
    return 1;
}

/* The words that matter here. */
static const char words[] = "chunked\0close\0keep-alive\0"
                            "connection\0transfer-encoding\0content-length\0";

/* The same, in the same order: those that are flags have the flags' numbers, the first is none. */
enum word {
    CHUNKED,
    CLOSE = BDK_HTTP_CLOSE,
    KEEP_ALIVE = BDK_HTTP_KEEP,
    CONNECTION,
    TRANSFER_ENCODING,
    CONTENT_LENGTH
};

static unsigned word_of(const char *text, size_t len)
{
    return bdk_find(text, len, words, 1);
}

/* One number, up to 2^63 - 1. A list of equal ones is more than we want to understand. */
static int note_length(struct bedrock_http_response *response, struct bedrock_http_event *event)
{
    size_t digits = parse_digits(event, 10);

    if (digits == 0 || digits != event->len || event->length >> 63 != 0) {
        return 0;
    }
    if (response->framing == BEDROCK_HTTP_FRAMING_CLOSE) {
        response->framing = BEDROCK_HTTP_FRAMING_LENGTH;
        response->left = event->length;
    }
    return response->framing == BEDROCK_HTTP_FRAMING_LENGTH && response->left == event->length;
}

static int note_coding(struct bedrock_http_response *response,
                       const struct bedrock_http_event *event)
{
    if (response->framing != BEDROCK_HTTP_FRAMING_CLOSE ||
        word_of(event->text, event->len) != CHUNKED) {
        return 0;
    }
    response->framing = BEDROCK_HTTP_FRAMING_CHUNKED;
    return 1;
}

/* A list of tokens (RFC 9110 section 7.6.1). Whatever separates them, `close` means close. */
static int note_connection(struct bedrock_http_response *response, const char *text)
{
    do {
        size_t len = bdk_http_token_len(text);
        unsigned word = word_of(text, len);

        if (word <= KEEP_ALIVE) {
            response->flags |= (uint8_t)word;
        }
        text += len;
    } while (*text++ != '\r');
    return 1;
}

/* Remembers what a header says about framing and the connection. Returns 0 if it may not say that,
 * or if it was cut. */
static int note_field(struct bedrock_http_response *response, struct bedrock_http_event *event,
                      int is_cut)
{
    int is_good;

    switch (word_of(event->name, event->name_len)) {
    case CONTENT_LENGTH:
        is_good = note_length(response, event);
        break;
    case TRANSFER_ENCODING:
        is_good = note_coding(response, event);
        break;
    case CONNECTION:
        is_good = note_connection(response, event->text);
        break;
    default:
        return 1;
    }
    return is_good && !is_cut;
}

/* A header or a trailer. Those of an interim head are checked but not reported; they and trailers
 * have no say in the framing. */
static int read_field(struct bedrock_http_response *response, struct bedrock_http_event *event,
                      int is_cut)
{
    if (response->headers++ == BEDROCK_HTTP_HEADERS_MAX) {
        return bdk_http_fail(response, BEDROCK_E_HTTP_LIMIT);
    }
    if (!split_field(event) ||
        (response->state == BDK_HTTP_AT_HEADER && !note_field(response, event, is_cut))) {
        return bdk_http_fail(response, is_cut ? BEDROCK_E_HTTP_LIMIT : BEDROCK_E_HTTP);
    }
    return !is_cut && response->state != BDK_HTTP_AT_INTERIM;
}

/* RFC 9112 section 6.3. What Content-Length and Transfer-Encoding say is noted already. */
static void begin_body(struct bedrock_http_response *response)
{
    if ((response->flags & BDK_HTTP_HEAD) || response->status == 204 || response->status == 304) {
        response->framing = BEDROCK_HTTP_FRAMING_NONE;
        response->left = 0;
    }
    response->state =
        response->framing == BEDROCK_HTTP_FRAMING_CHUNKED ? BDK_HTTP_AT_SIZE : BDK_HTTP_AT_BODY;
    response->head_left = BEDROCK_HTTP_HEAD_BYTES_MAX;
    response->headers = 0;
}

/* The empty line. Behind trailers nothing is left of the body. */
static int end_lines(struct bedrock_http_response *response, struct bedrock_http_event *event)
{
    if (response->state == BDK_HTTP_AT_TRAILER) {
        response->state = BDK_HTTP_AT_BODY;
        return 0;
    }
    event->status = response->status;
    if (response->state == BDK_HTTP_AT_INTERIM) {
        response->state = BDK_HTTP_AT_STATUS;
        return BEDROCK_EVENT;
    }
    begin_body(response);
    event->type = BEDROCK_HTTP_HEAD_END;
    event->framing = response->framing;
    event->length = response->left;
    return BEDROCK_EVENT;
}

/* Chunk extensions mean nothing to us. White space in front of their semicolon is allowed, though
 * bad. */
static int is_extension(const char *p)
{
    while (is_space(*p)) {
        p++;
    }
    return *p == ';';
}

/* The line in front of a chunk, or of the trailers. */
static int read_size(struct bedrock_http_response *response, struct bedrock_http_event *event)
{
    size_t digits = parse_digits(event, 16);
    const char *p = event->text + digits;

    if (digits == 0 || digits > SIZE_DIGITS_MAX || (digits < event->len && !is_extension(p))) {
        return bdk_http_fail(response, BEDROCK_E_HTTP);
    }
    response->head_left = BEDROCK_HTTP_HEAD_BYTES_MAX;
    response->left = event->length;
    response->state = event->length > 0 ? BDK_HTTP_AT_BODY : BDK_HTTP_AT_TRAILER;
    return 0;
}

static int read_any(struct bedrock_http_response *response, struct bedrock_http_event *event,
                    int is_cut)
{
    switch (response->state) {
    case BDK_HTTP_AT_STATUS:
        return read_status(response, event);
    case BDK_HTTP_AT_DATA_END:
        if (event->len > 0) {
            return bdk_http_fail(response, BEDROCK_E_HTTP);
        }
        response->state = BDK_HTTP_AT_SIZE;
        return 0;
    case BDK_HTTP_AT_SIZE:
        return read_size(response, event);
    default:
        return event->len == 0 ? end_lines(response, event) : read_field(response, event, is_cut);
    }
}

/* The line stands in the event's text, without its CR LF. There is a CR behind it, where the input
 * or the buffer ends at the earliest, and none in it. */
int bdk_http_read_line(struct bedrock_http_response *response, const char *start, const char *lf,
                       struct bedrock_http_event *event)
{
    size_t len = response->line_len;
    int is_cut = len > response->line_cap;

    response->line_len = 0;
    if (is_cut) {
        len = response->line_cap;
    }
    event->text = response->line;
    event->len = len - 1;
    if (len == 0 || event->text[event->len] != '\r') {
        return bdk_http_fail(response, BEDROCK_E_HTTP);
    }
    if (!is_cut && (size_t)(lf - start) >= len) {
        event->text = lf - len;
    }
    return read_any(response, event, is_cut);
}
