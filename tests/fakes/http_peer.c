/* SPDX-License-Identifier: MIT */
/* See http_peer.h. */
#include "fakes/http_peer.h"

#include <stdlib.h>
#include <string.h>

static int lower(int c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

/* Whether a line, in memory that is NUL-terminated, begins with a name in either case and a colon.
 */
static int is_header(const char *line, const char *name)
{
    while (*name != '\0' && lower(*line) == lower(*name)) {
        line++;
        name++;
    }
    return *name == '\0' && *line == ':';
}

static const char *text_at(const struct http_peer *peer, size_t off)
{
    return (const char *)peer->fake->written + off;
}

/* The value of a header line, without the blanks before it; NULL when there is none. */
static const char *find_header(const struct http_peer *peer, const struct http_request *request,
                               const char *name)
{
    const char *end = text_at(peer, request->off + request->head_len);
    const char *line = strstr(text_at(peer, request->off), "\r\n");

    while (line != NULL && line + 2 < end) {
        line += 2;
        if (is_header(line, name)) {
            line += strlen(name) + 1;
            return line + strspn(line, " \t");
        }
        line = strstr(line, "\r\n");
    }
    return NULL;
}

/* Looks for the end of the head in what has come of the current request. */
static int has_head(struct http_peer *peer)
{
    const char *text = text_at(peer, peer->current.off);
    const char *end = strstr(text, "\r\n\r\n");
    const char *length;

    if (peer->current.head_len == 0 && end != NULL) {
        peer->current.head_len = (size_t)(end - text) + 4;
        length = find_header(peer, &peer->current, "content-length");
        peer->current.body_len = length != NULL ? (size_t)strtoul(length, NULL, 10) : 0;
    }
    return peer->current.head_len != 0;
}

static void answer(struct http_peer *peer)
{
    const struct http_answer *next = &peer->answers[peer->answered];

    peer->answered++;
    peer->is_answered = 1;
    fake_port_delay(peer->fake, next->delay_ms);
    if (next->text != NULL) {
        fake_port_reply_text(peer->fake, next->text);
    } else {
        fake_port_reply(peer->fake, next->bytes, next->len);
    }
    if (next->then == HTTP_THEN_CLOSE) {
        fake_port_close(peer->fake);
    } else if (next->then == HTTP_THEN_BREAK) {
        fake_port_break(peer->fake, -204);
    }
}

static void await_request_at(struct http_peer *peer, size_t off)
{
    memset(&peer->current, 0, sizeof peer->current);
    peer->current.off = off;
    peer->is_answered = 0;
}

/* Does what there is to do about the bytes that have come. \return whether a whole request was
 * among them: then there may be another. */
static int advance(struct http_peer *peer)
{
    size_t len = peer->fake->written_len - peer->current.off;
    int is_whole;

    if (len == 0 || !has_head(peer)) {
        return 0;
    }
    is_whole = len - peer->current.head_len >= peer->current.body_len;
    if (!peer->is_answered && peer->answered < peer->answer_count &&
        (is_whole || peer->answers[peer->answered].at_head)) {
        answer(peer);
    }
    if (!is_whole) {
        return 0;
    }
    if (peer->request_count < HTTP_PEER_REQUESTS) {
        peer->requests[peer->request_count] = peer->current;
    }
    peer->request_count++;
    await_request_at(peer, peer->current.off + peer->current.head_len + peer->current.body_len);
    return 1;
}

static void hear(struct fake_port *fake, void *ctx, const uint8_t *bytes, size_t len)
{
    struct http_peer *peer = ctx;

    (void)bytes;
    if (len == 0) {
        await_request_at(peer, fake->connection_off);
    }
    while (advance(peer)) {
    }
}

void http_peer_init(struct http_peer *peer, struct fake_port *fake,
                    const struct http_answer *answers, size_t answer_count)
{
    memset(peer, 0, sizeof *peer);
    peer->fake = fake;
    peer->answers = answers;
    peer->answer_count = answer_count;
    fake->peer = hear;
    fake->peer_ctx = peer;
}

const char *http_peer_body(const struct http_peer *peer, size_t i)
{
    return text_at(peer, peer->requests[i].off + peer->requests[i].head_len);
}

const char *http_peer_header(const struct http_peer *peer, size_t i, const char *name, char *dst,
                             size_t cap)
{
    const char *value = find_header(peer, &peer->requests[i], name);
    size_t len;

    if (value == NULL) {
        return NULL;
    }
    len = strcspn(value, "\r");
    len = len < cap ? len : cap - 1;
    memcpy(dst, value, len);
    dst[len] = '\0';
    return dst;
}

int http_peer_line_is(const struct http_peer *peer, size_t i, const char *line)
{
    const char *text = text_at(peer, peer->requests[i].off);
    size_t len = strlen(line);

    return strncmp(text, line, len) == 0 && strncmp(text + len, "\r\n", 2) == 0;
}
