/* SPDX-License-Identifier: MIT */
/*
 * Answers of the service, played to a client from memory, and what the client tells of them as
 * text: a line an event, pieces of one value joined. However an answer is cut, the text must be the
 * same.
 */
#ifndef TESTS_UNIT_CLIENT_ANSWERS_H
#define TESTS_UNIT_CLIENT_ANSWERS_H

#include "bedrock/converse.h"
#include "bedrock/event_stream.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------- bytes */

struct bytes {
    char *data; /* NUL-terminated as soon as something was put */
    size_t len, cap;
};

static inline void *some_memory(size_t size)
{
    void *memory = malloc(size + !size);

    if (memory == NULL) {
        fputs("out of memory\n", stderr);
        exit(2);
    }
    return memory;
}

static inline void bytes_put(struct bytes *bytes, const void *data, size_t len)
{
    if (bytes->len + len >= bytes->cap) {
        char *larger = some_memory(2 * (bytes->len + len) + 64);

        bytes->cap = 2 * (bytes->len + len) + 64;
        if (bytes->len > 0) {
            memcpy(larger, bytes->data, bytes->len);
        }
        free(bytes->data);
        bytes->data = larger;
    }
    if (len > 0) {
        memcpy(bytes->data + bytes->len, data, len);
    }
    bytes->len += len;
    bytes->data[bytes->len] = '\0';
}

static inline void bytes_text(struct bytes *bytes, const char *text)
{
    bytes_put(bytes, text, strlen(text));
}

static inline void bytes_free(struct bytes *bytes)
{
    free(bytes->data);
    memset(bytes, 0, sizeof *bytes);
}

/* ----------------------------------------------------------------- answers */

enum framing { FRAMED_LENGTH, FRAMED_CHUNKED, FRAMED_CLOSE, FRAMINGS };

static inline void put_length(struct bytes *http, size_t len, const char *format)
{
    char line[64];

    snprintf(line, sizeof line, format, len);
    bytes_text(http, line);
}

/* A whole answer of HTTP. headers: more header lines, each with its CR LF; chunk: bytes a chunk. */
static inline void put_answer(struct bytes *http, const char *status, const char *headers,
                              const void *body, size_t len, enum framing framing, size_t chunk)
{
    size_t at, n;

    bytes_text(http, "HTTP/1.1 ");
    bytes_text(http, status);
    bytes_text(http, "\r\n");
    bytes_text(http, headers);
    if (framing == FRAMED_LENGTH) {
        put_length(http, len, "Content-Length: %zu\r\n");
    }
    bytes_text(http, framing == FRAMED_CHUNKED ? "Transfer-Encoding: chunked\r\n\r\n" : "\r\n");
    if (framing != FRAMED_CHUNKED) {
        bytes_put(http, body, len);
        return;
    }
    for (at = 0; at < len; at += n) {
        n = len - at < chunk ? len - at : chunk;
        put_length(http, n, "%zx\r\n");
        bytes_put(http, (const char *)body + at, n);
        bytes_text(http, "\r\n");
    }
    bytes_text(http, "0\r\n\r\n");
}

/* A message of a stream: `type` is the value of :message-type, `name` that of `name_header`. */
static inline void put_message(struct bytes *stream, const char *type, const char *name_header,
                               const char *name, const void *payload, size_t len)
{
    struct bedrock_event_stream_header headers[3] = {
        {":content-type", BEDROCK_EVENT_STREAM_STRING, "application/json", 16},
        {":message-type", BEDROCK_EVENT_STREAM_STRING, type, 0},
        {name_header, BEDROCK_EVENT_STREAM_STRING, name, 0},
    };
    size_t size = 0;
    uint8_t *frame;

    headers[1].value_len = (uint16_t)strlen(type);
    headers[2].value_len = (uint16_t)strlen(name);
    bedrock_event_stream_encode(NULL, 0, &size, headers, 3, payload, len);
    frame = some_memory(size);
    bedrock_event_stream_encode(frame, size, &size, headers, 3, payload, len);
    bytes_put(stream, frame, size);
    free(frame);
}

static inline void put_event(struct bytes *stream, const char *name, const char *payload)
{
    put_message(stream, "event", ":event-type", name, payload, strlen(payload));
}

/* --------------------------------------------------------- what was told */

struct told {
    struct bytes text;
    struct bytes joining; /* the line that further pieces belong to; empty: none */
    int code;
    const char *broken; /* a promise of bedrock/events.h that was not kept, or NULL */
    char error_type[64];
    char error_message[300];
};

/* Who wants to see the events themselves. */
struct watcher {
    void (*see)(void *ctx, const struct bedrock_event *event);
    void *ctx;
};

/* Is it UTF-8, and whole? */
static inline int is_utf8(const char *text, size_t len)
{
    const uint8_t *p = (const uint8_t *)text, *end = p + len;

    while (p < end) {
        size_t more = *p < 0x80 ? 0 : *p < 0xC2 ? 9 : *p < 0xE0 ? 1 : *p < 0xF0 ? 2 : 3, i;

        if (*p > 0xF4 || more > (size_t)(end - p) - 1 || (*p == 0xED && p[1] > 0x9F) ||
            (*p == 0xE0 && p[1] < 0xA0) || (*p == 0xF0 && p[1] < 0x90) ||
            (*p == 0xF4 && p[1] > 0x8F)) {
            return 0;
        }
        for (i = 1; i <= more; i++) {
            if ((p[i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        p += more + 1;
    }
    return 1;
}

static inline void tell_line(struct told *told, const char *line)
{
    if (told->joining.len > 0) {
        bytes_text(&told->text, "\n");
        told->joining.len = 0;
    }
    bytes_text(&told->text, line);
}

/* Control characters and backslashes are written as \xx, so that a line stays a line. */
static inline void tell_bytes(struct told *told, const char *text, size_t len)
{
    char code[4];
    size_t i;

    for (i = 0; i < len; i++) {
        if ((uint8_t)text[i] < ' ' || text[i] == '\\') {
            snprintf(code, sizeof code, "\\%02x", (unsigned)(uint8_t)text[i]);
            bytes_text(&told->text, code);
        } else {
            bytes_put(&told->text, text + i, 1);
        }
    }
}

static const char *const block_names[] = {
    "text",  "reasoning", "tool_use", "server_tool_use", "tool_result",
    "image", "citations", "vector",   "record",          "unknown"};
static const char *const role_names[] = {"assistant", "user", "system", "unknown"};

static inline const char *shown(const char *text)
{
    return text == NULL ? "-" : text;
}

static inline void tell_piece(struct told *told, const char *label,
                              const struct bedrock_event *event)
{
    char line[128];
    const char *name = event->type == BEDROCK_EVENT_RAW || event->type == BEDROCK_EVENT_FIELD
                           ? shown(event->name)
                           : "";

    snprintf(line, sizeof line, "%s%s%s ", label, *name != '\0' ? " " : "", name);
    if (told->joining.len == 0 || strcmp(told->joining.data, line) != 0) {
        tell_line(told, line);
        bytes_text(&told->joining, line);
    }
    if ((event->type == BEDROCK_EVENT_TEXT || event->type == BEDROCK_EVENT_REASONING) &&
        !is_utf8(event->text, event->text_len)) {
        told->broken = "a piece of text is not whole code points";
    }
    if (event->text_len == 0 && !event->last) {
        told->broken = "an empty piece";
    }
    tell_bytes(told, event->text, event->text_len);
    if (event->last || event->type == BEDROCK_EVENT_VECTOR) {
        tell_line(told, "");
    }
}

static inline void tell_block(struct told *told, const char *label,
                              const struct bedrock_event *event)
{
    char line[256];

    snprintf(line, sizeof line, "%s %ld %s %s %s\n", label, (long)event->block_index,
             block_names[event->block], shown(event->tool_use_id), shown(event->name));
    tell_line(told, line);
}

static inline void tell_usage(struct told *told, const struct bedrock_usage *usage)
{
    char line[160];

    snprintf(line, sizeof line, "usage %ld %ld %ld %ld %ld %ld ms [%s]\n",
             (long)usage->input_tokens, (long)usage->output_tokens, (long)usage->total_tokens,
             (long)usage->cache_read_input_tokens, (long)usage->cache_write_input_tokens,
             (long)usage->latency_ms, usage->service_tier);
    tell_line(told, line);
}

static inline void tell_event(struct told *told, const struct bedrock_event *event)
{
    static const char *const labels[] = {
        [BEDROCK_EVENT_TEXT] = "text",
        [BEDROCK_EVENT_REASONING] = "reasoning",
        [BEDROCK_EVENT_REASONING_SIGNATURE] = "signature",
        [BEDROCK_EVENT_REASONING_REDACTED] = "redacted",
        [BEDROCK_EVENT_TOOL_INPUT] = "input",
        [BEDROCK_EVENT_IMAGE] = "image",
        [BEDROCK_EVENT_CITATION] = "citation",
        [BEDROCK_EVENT_RAW] = "raw",
        [BEDROCK_EVENT_TRACE] = "trace",
        [BEDROCK_EVENT_RESPONSE_FIELDS] = "fields",
        [BEDROCK_EVENT_BODY] = "body",
        [BEDROCK_EVENT_CHUNK] = "chunk",
        [BEDROCK_EVENT_VECTOR] = "vector",
        [BEDROCK_EVENT_FIELD] = "field",
    };
    char line[160];

    switch (event->type) {
    case BEDROCK_EVENT_MESSAGE_START:
        snprintf(line, sizeof line, "message %s\n", role_names[event->role]);
        tell_line(told, line);
        break;
    case BEDROCK_EVENT_BLOCK_START:
        tell_block(told, "begin", event);
        break;
    case BEDROCK_EVENT_BLOCK_STOP:
        tell_block(told, "end", event);
        break;
    case BEDROCK_EVENT_STOP:
        snprintf(line, sizeof line, "stop %d %s\n", (int)event->stop_reason,
                 event->stop_reason_text);
        tell_line(told, line);
        break;
    case BEDROCK_EVENT_METADATA:
        tell_usage(told, event->usage);
        break;
    default:
        tell_piece(told, labels[event->type], event);
        break;
    }
}

/* How the call ended: code, AWS's own code, its words. */
static inline void tell_end(struct told *told, const struct bedrock_error *error)
{
    char line[400];

    snprintf(told->error_type, sizeof told->error_type, "%s", error->type);
    snprintf(told->error_message, sizeof told->error_message, "%s", error->message);
    if (told->code == BEDROCK_OK) {
        tell_line(told, "done\n");
        return;
    }
    snprintf(line, sizeof line, "failed %d [%s] [", told->code, error->type);
    tell_line(told, line);
    tell_bytes(told, error->message, strlen(error->message));
    bytes_text(&told->text, "]\n");
}

/* Runs a call that has been started to its end. watcher may be NULL. */
static inline void told_call(struct told *told, bedrock_client *client,
                             const struct watcher *watcher)
{
    enum bedrock_stop_reason reason = BEDROCK_STOP_UNKNOWN;
    struct bedrock_event event;

    memset(told, 0, sizeof *told);
    do {
        memset(&event, 0xA5, sizeof event); /* whatever it was, it must not matter */
        told->code = bedrock_next(client, &event);
        if (told->code == BEDROCK_EVENT) {
            tell_event(told, &event);
            reason = event.type == BEDROCK_EVENT_STOP ? event.stop_reason : reason;
            if (watcher != NULL) {
                watcher->see(watcher->ctx, &event);
            }
        }
    } while (told->code == BEDROCK_EVENT || told->code == BEDROCK_AGAIN);
    if (told->code == BEDROCK_OK && bedrock_last_stop_reason(client) != reason) {
        told->broken = "another last stop reason than that of the STOP event";
    }
    tell_end(told, bedrock_last_error(client));
}

static inline void told_free(struct told *told)
{
    bytes_free(&told->text);
    bytes_free(&told->joining);
}

/* -------------------------------------------------------------- the player */

/* A transport that lends the bytes of an answer in pieces of `piece` bytes, or (0) in two that meet
 * at `cut`. Each is lent in memory of its own size, so that a sanitizer sees who reads beyond it.
 */
struct player {
    const char *bytes;
    size_t len, piece, cut;
    size_t at;
    uint8_t *lent;
    size_t lent_len;
    int asked; /* the request has been sent */
    uint8_t sink[2048];
};

struct player_transport {
    struct bedrock_transport head;
    struct player *player;
};

static inline struct player *player_of(struct bedrock_transport *self)
{
    return ((struct player_transport *)(void *)self)->player;
}

static inline int player_init(struct bedrock_transport *self, size_t size,
                              const struct bedrock_transport_options *options, size_t *needed)
{
    *needed = sizeof(struct player_transport);
    if (size < *needed) {
        return BEDROCK_E_BUFFER;
    }
    ((struct player_transport *)(void *)self)->player = options->ctx;
    return BEDROCK_OK;
}

static inline int player_open(struct bedrock_transport *self, const char *host, uint16_t port,
                              int64_t unix_s, uint32_t wait_ms)
{
    (void)self;
    (void)host;
    (void)port;
    (void)unix_s;
    (void)wait_ms;
    return BEDROCK_OK;
}

static inline int player_reserve(struct bedrock_transport *self, uint8_t **data, size_t *cap,
                                 uint32_t wait_ms)
{
    (void)wait_ms;
    *data = player_of(self)->sink;
    *cap = sizeof player_of(self)->sink;
    return BEDROCK_OK;
}

static inline void player_commit(struct bedrock_transport *self, size_t len)
{
    (void)self;
    (void)len;
}

static inline int player_flush(struct bedrock_transport *self, uint32_t wait_ms)
{
    (void)wait_ms;
    player_of(self)->asked = 1;
    return BEDROCK_OK;
}

static inline int player_receive(struct bedrock_transport *self, const uint8_t **data, size_t *len,
                                 uint32_t wait_ms)
{
    struct player *player = player_of(self);
    size_t n = player->len - player->at;

    (void)wait_ms;
    if (!player->asked) {
        return BEDROCK_AGAIN;
    }
    if (n == 0) {
        return 0;
    }
    if (player->piece > 0 && player->piece < n) {
        n = player->piece;
    } else if (player->piece == 0 && player->at < player->cut && player->cut < player->len) {
        n = player->cut - player->at;
    }
    if (player->lent == NULL) {
        player->lent = some_memory(n);
        player->lent_len = n;
        memcpy(player->lent, player->bytes + player->at, n);
    }
    *data = player->lent;
    *len = player->lent_len;
    return BEDROCK_EVENT;
}

static inline void player_consume(struct bedrock_transport *self, size_t len)
{
    struct player *player = player_of(self);

    player->at += len;
    free(player->lent);
    player->lent = NULL;
}

static inline void player_close(struct bedrock_transport *self)
{
    (void)self;
}

static const struct bedrock_transport_class player_class = {
    player_init,  player_open,    player_reserve, player_commit,
    player_flush, player_receive, player_consume, player_close,
};

static inline int player_never(void)
{
    return BEDROCK_PORT_FAILED;
}

static inline int player_connect(void *ctx, const char *host, uint16_t port, uint32_t wait_ms)
{
    (void)ctx;
    (void)host;
    (void)port;
    (void)wait_ms;
    return player_never();
}

static inline int player_read(void *ctx, void *dst, size_t cap, uint32_t wait_ms)
{
    (void)ctx;
    (void)dst;
    (void)cap;
    (void)wait_ms;
    return player_never();
}

static inline int player_write(void *ctx, const void *src, size_t len, uint32_t wait_ms)
{
    (void)ctx;
    (void)src;
    (void)len;
    (void)wait_ms;
    return player_never();
}

static inline void player_port_close(void *ctx)
{
    (void)ctx;
}

static inline uint32_t player_now_ms(void *ctx)
{
    (void)ctx;
    return 0;
}

static inline int player_utc(void *ctx, int64_t *unix_s)
{
    (void)ctx;
    *unix_s = 1736944496;
    return 0;
}

static inline int player_entropy(void *ctx, void *dst, size_t len)
{
    (void)ctx;
    memset(dst, 7, len);
    return 0;
}

/* Only the clock of it is ever used. */
static const struct bedrock_port player_port = {
    .connect = player_connect,
    .read = player_read,
    .write = player_write,
    .close = player_port_close,
    .now_ms = player_now_ms,
    .utc = player_utc,
    .entropy = player_entropy,
};

/* How a call is started: any operation. */
struct question {
    void (*ask)(bedrock_client *client, const void *request);
    const void *request;
};

static inline void ask_converse(bedrock_client *client, const void *request)
{
    bedrock_converse(client, request);
}

static inline void ask_converse_stream(bedrock_client *client, const void *request)
{
    bedrock_converse_stream(client, request);
}

/* A question by Converse, or by ConverseStream. */
static inline const struct question *question_of(int stream)
{
    static const struct bedrock_content text = BEDROCK_TEXT("Why is the sky blue?");
    static const struct bedrock_message message = {"user", {&text, 1}};
    static const struct bedrock_converse request = {.model_id = "a-model",
                                                    .messages = {&message, 1}};
    static const struct question questions[] = {{ask_converse, &request},
                                                {ask_converse_stream, &request}};

    return &questions[stream];
}

/* Plays an answer, byte by byte if piece is 1, and so on. One attempt, so that every failure shows.
 */
static inline void play_to(const struct question *question, const struct watcher *watcher,
                           struct told *told, const void *http, size_t len, size_t piece,
                           size_t cut)
{
    static union {
        unsigned char bytes[8192];
        void *align;
    } memory;
    struct player player = {.bytes = http, .len = len, .piece = piece, .cut = cut};
    bedrock_client *client;

    bedrock_client_init_with(&client, memory.bytes, sizeof memory.bytes,
                             &(struct bedrock_config){
                                 .region = "us-east-1",
                                 .port = &player_port,
                                 .credentials = BEDROCK_API_KEY("a-key"),
                                 .endpoint = BEDROCK_ENDPOINT("http://localhost"),
                                 .transport_ctx = &player,
                                 .max_attempts = 1,
                             },
                             &player_class);
    question->ask(client, question->request);
    told_call(told, client, watcher);
    free(player.lent);
}

static inline void play_for(const struct watcher *watcher, struct told *told, int stream,
                            const void *http, size_t len, size_t piece, size_t cut)
{
    play_to(question_of(stream), watcher, told, http, len, piece, cut);
}

static inline void play(struct told *told, int stream, const void *http, size_t len, size_t piece,
                        size_t cut)
{
    play_for(NULL, told, stream, http, len, piece, cut);
}

#endif
