/* SPDX-License-Identifier: MIT */
/* Status lines and header lines (RFC 9112 sections 4 and 5, RFC 9110 section 5). */
#include "http/parse.h"
#include "util/bytes.h"

const char *bdk_http_skip_token(const char *text)
{
    /* A bit for each ASCII character: letters, digits and !#$%&'*+-.^_`|~ */
    static const uint32_t is_token[8] = {0, 0x03ff6cfa, 0xc7fffffe, 0x57ffffff, 0, 0, 0, 0};
    unsigned char c = (unsigned char)*text;

    while (is_token[c >> 5] >> (c & 31) & 1) {
        c = (unsigned char)*++text;
    }
    return text;
}

int bdk_http_read_status(const struct bdk_http_line *line, struct bedrock_http_event *event)
{
    static const char form[] = "HTTP/1.0 000"; /* 0: any digit */
    const char *p = line->text;
    const char *f;
    unsigned number = 0; /* of all digits: 1200 is `HTTP/1.1 200` */

    for (f = form; *f != '\0'; f++, p++) {
        unsigned digit = (unsigned char)*p - (unsigned)'0';

        if (*f == '0' ? digit > 9 : *p != *f) {
            return BEDROCK_E_HTTP;
        }
        if (*f == '0') {
            number = number * 10 + digit;
        }
    }
    event->minor = (uint8_t)(number / 1000);
    number %= 1000;
    /* Nobody was asked to switch protocols, so nobody may (101). Some leave out the space in front
     * of an empty reason phrase. */
    if (event->minor > 1 || number < 100 || number == 101 || (p != line->stop && *p++ != ' ')) {
        return BEDROCK_E_HTTP;
    }
    event->type = BEDROCK_HTTP_STATUS;
    event->status = (uint16_t)number;
    event->text = p;
    event->len = (size_t)(line->stop - p);
    return 0;
}

static int is_space(char c)
{
    return c == ' ' || c == '\t';
}

int bdk_http_read_field(const struct bdk_http_line *line, struct bedrock_http_event *event)
{
    const char *p = bdk_http_skip_token(line->text);
    const char *stop = line->stop;

    event->name = line->text;
    event->name_len = (size_t)(p - line->text);
    if (event->name_len == 0 || *p != ':') {
        return BEDROCK_E_HTTP;
    }
    do {
        p++;
    } while (is_space(*p));
    while (stop > p && is_space(stop[-1])) {
        stop--;
    }
    event->text = p;
    event->len = (size_t)(stop - p);
    return 0;
}

/* One number, up to 2^63 - 1. A list of equal ones is more than we want to understand. */
static int note_length(struct bedrock_http_response *response, const char *text, size_t len)
{
    uint64_t value = 0;
    size_t i;

    for (i = 0; i < len; i++) {
        unsigned digit = (unsigned char)text[i] - (unsigned)'0';

        if (digit > 9 || value >> 60 != 0) {
            return BEDROCK_E_HTTP;
        }
        value = value * 10 + digit;
    }
    if (len == 0 || value >> 63 != 0 || response->framing == BEDROCK_HTTP_FRAMING_CHUNKED ||
        (response->framing == BEDROCK_HTTP_FRAMING_LENGTH && value != response->left)) {
        return BEDROCK_E_HTTP;
    }
    response->framing = BEDROCK_HTTP_FRAMING_LENGTH;
    response->left = value;
    return 0;
}

static int note_coding(struct bedrock_http_response *response, const char *text, size_t len)
{
    if (response->framing != BEDROCK_HTTP_FRAMING_CLOSE ||
        !bdk_equal_nocase(text, len, "chunked")) {
        return BEDROCK_E_HTTP;
    }
    response->framing = BEDROCK_HTTP_FRAMING_CHUNKED;
    response->left = 0;
    return 0;
}

/* A list of tokens (RFC 9110 section 7.6.1). Whatever separates them, `close` means close. */
static int note_connection(struct bedrock_http_response *response, const char *text, size_t len)
{
    const char *stop = text + len;

    for (; text < stop; text++) {
        const char *option = text;

        text = bdk_http_skip_token(option);
        len = (size_t)(text - option);
        if (bdk_equal_nocase(option, len, "close")) {
            response->flags |= BDK_HTTP_CLOSE;
        } else if (bdk_equal_nocase(option, len, "keep-alive")) {
            response->flags |= BDK_HTTP_KEEP;
        }
    }
    return 0;
}

static int is_called(const struct bedrock_http_event *event, const char *name)
{
    return bdk_equal_nocase(event->name, event->name_len, name);
}

int bdk_http_note_field(struct bedrock_http_response *response,
                        const struct bedrock_http_event *event)
{
    int status;

    if (is_called(event, "Content-Length")) {
        status = note_length(response, event->text, event->len);
    } else if (is_called(event, "Transfer-Encoding")) {
        status = note_coding(response, event->text, event->len);
    } else if (is_called(event, "Connection")) {
        status = note_connection(response, event->text, event->len);
    } else {
        return 0;
    }
    return response->flags & BDK_HTTP_LINE_CUT ? BEDROCK_E_HTTP_LIMIT : status;
}
