/* SPDX-License-Identifier: MIT */
/* Status lines and header lines (RFC 9112 sections 4 and 5, RFC 9110 section 5). */
#include "http/parse.h"
#include "util/bytes.h"

#include <string.h>

#define STATUS_LEN 12 /* of `HTTP/1.1 200` */

/* The names that matter here have different lengths: one comparison tells which it could be. */
enum field { FIELD_OTHER = 0, FIELD_CONNECTION = 10, FIELD_LENGTH = 14, FIELD_CODING = 17 };

size_t bdk_http_token_len(const char *text, size_t len)
{
    /* One bit for each of the 128 characters of ASCII: letters, digits and !#$%&'*+-.^_`|~ */
    static const uint32_t is_token[8] = {0, 0x03ff6cfa, 0xc7fffffe, 0x57ffffff, 0, 0, 0, 0};
    size_t i;

    for (i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];

        if ((is_token[c >> 5] >> (c & 31) & 1) == 0) {
            break;
        }
    }
    return i;
}

int bdk_http_read_status(const struct bdk_http_line *line, struct bedrock_http_event *event)
{
    const char *text = line->text;
    unsigned status = 0;
    int i;

    if (line->len < STATUS_LEN || memcmp(text, "HTTP/1.", 7) != 0 || (text[7] & ~1) != '0' ||
        text[8] != ' ' || (line->len > STATUS_LEN && text[STATUS_LEN] != ' ')) {
        return BEDROCK_E_HTTP;
    }
    for (i = 9; i < STATUS_LEN; i++) {
        unsigned digit = (unsigned char)text[i] - (unsigned)'0';

        if (digit > 9) {
            return BEDROCK_E_HTTP;
        }
        status = status * 10 + digit;
    }
    /* We never ask for another protocol, so nobody may switch to one. */
    if (status < 100 || status == 101) {
        return BEDROCK_E_HTTP;
    }
    event->type = BEDROCK_HTTP_STATUS;
    event->status = (uint16_t)status;
    event->minor = (uint8_t)(text[7] & 1);
    /* Some servers leave out the space in front of an empty reason phrase. */
    event->text = text + STATUS_LEN + (line->len > STATUS_LEN);
    event->len = line->len - STATUS_LEN - (line->len > STATUS_LEN);
    return 0;
}

static int is_space(char c)
{
    return c == ' ' || c == '\t';
}

/* Takes the optional white space (OWS) off both ends. */
static void trim(const char **text, size_t *len)
{
    const char *p = *text;
    size_t n = *len;

    while (n > 0 && is_space(p[n - 1])) {
        n--;
    }
    while (n > 0 && is_space(*p)) {
        p++;
        n--;
    }
    *text = p;
    *len = n;
}

int bdk_http_read_header(const struct bdk_http_line *line, struct bedrock_http_event *event)
{
    size_t name_len = bdk_http_token_len(line->text, line->len);

    if (line->cut && name_len == line->len) {
        return BEDROCK_E_HTTP_LIMIT;
    }
    if (name_len == 0 || name_len == line->len || line->text[name_len] != ':') {
        return BEDROCK_E_HTTP;
    }
    event->type = BEDROCK_HTTP_HEADER;
    event->name = line->text;
    event->name_len = name_len;
    event->text = line->text + name_len + 1;
    event->len = line->len - name_len - 1;
    trim(&event->text, &event->len);
    return 0;
}

static enum field field_of(const char *name, size_t len)
{
    const char *word = len == FIELD_CONNECTION ? "connection"
                       : len == FIELD_LENGTH   ? "content-length"
                       : len == FIELD_CODING   ? "transfer-encoding"
                                               : NULL;

    return word != NULL && bdk_equal_nocase(name, len, word) ? (enum field)len : FIELD_OTHER;
}

/* One number, up to 2^63 - 1; a list of equal ones is more than we want to understand. */
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
    if (len == 0 || value >> 63 != 0 || (response->flags & BDK_HTTP_CHUNKED) ||
        ((response->flags & BDK_HTTP_LENGTH) && value != response->left)) {
        return BEDROCK_E_HTTP;
    }
    response->left = value;
    response->flags |= BDK_HTTP_LENGTH;
    return 0;
}

static int note_coding(struct bedrock_http_response *response, const char *text, size_t len)
{
    if ((response->flags & (BDK_HTTP_LENGTH | BDK_HTTP_CHUNKED)) ||
        !bdk_equal_nocase(text, len, "chunked")) {
        return BEDROCK_E_HTTP;
    }
    response->flags |= BDK_HTTP_CHUNKED;
    return 0;
}

/* A list of options (RFC 9110 section 7.6.1): `close` and `keep-alive` are for us. */
static void note_connection(struct bedrock_http_response *response, const char *text, size_t len)
{
    const char *end = text + len;

    while (text < end) {
        const char *option = text;
        size_t option_len;

        while (text < end && *text != ',') {
            text++;
        }
        option_len = (size_t)(text - option);
        text++;
        trim(&option, &option_len);
        if (bdk_equal_nocase(option, option_len, "close")) {
            response->flags |= BDK_HTTP_CLOSE;
        } else if (bdk_equal_nocase(option, option_len, "keep-alive")) {
            response->flags |= BDK_HTTP_KEEP;
        }
    }
}

int bdk_http_note_header(struct bedrock_http_response *response, const struct bdk_http_line *line,
                         const struct bedrock_http_event *event)
{
    enum field field = field_of(event->name, event->name_len);

    if (field == FIELD_OTHER) {
        return 0;
    }
    if (line->cut) {
        return BEDROCK_E_HTTP_LIMIT;
    }
    if (field == FIELD_LENGTH) {
        return note_length(response, event->text, event->len);
    }
    if (field == FIELD_CODING) {
        return note_coding(response, event->text, event->len);
    }
    note_connection(response, event->text, event->len);
    return 0;
}
