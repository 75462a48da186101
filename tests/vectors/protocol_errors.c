/* SPDX-License-Identifier: MIT */
/* Topic protocol, errors.vec: status, headers and body of an answer -> error code and message, as
 * the client finds them, however the answer comes. */
#include "protocol.h"

#include "bedrock/converse.h"
#include "bedrock/error.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------ a transport that plays one answer */

struct tape {
    const char *bytes;
    size_t len;
    size_t cut;  /* the first piece ends here */
    size_t most; /* a piece is no longer */
};

struct player {
    struct bedrock_transport head;
    const struct tape *tape;
    size_t off;
    size_t lent;
    uint8_t sent[256];
};

static struct player *player_of(struct bedrock_transport *self)
{
    return (struct player *)(void *)self;
}

static int play_init(struct bedrock_transport *self, size_t size,
                     const struct bedrock_transport_options *options, size_t *needed)
{
    *needed = sizeof(struct player);
    if (size < *needed) {
        return BEDROCK_E_BUFFER;
    }
    player_of(self)->tape = options->ctx;
    return BEDROCK_OK;
}

static int play_open(struct bedrock_transport *self, const char *host, uint16_t port,
                     int64_t unix_s, uint32_t wait_ms)
{
    (void)host;
    (void)port;
    (void)unix_s;
    (void)wait_ms;
    player_of(self)->off = 0;
    return BEDROCK_OK;
}

static int play_reserve(struct bedrock_transport *self, uint8_t **data, size_t *cap,
                        uint32_t wait_ms)
{
    (void)wait_ms;
    *data = player_of(self)->sent;
    *cap = sizeof player_of(self)->sent;
    return BEDROCK_OK;
}

static void play_commit(struct bedrock_transport *self, size_t len)
{
    (void)self;
    (void)len;
}

static int play_flush(struct bedrock_transport *self, uint32_t wait_ms)
{
    (void)wait_ms;
    player_of(self)->lent = 1; /* the answer may begin */
    return BEDROCK_OK;
}

static int play_receive(struct bedrock_transport *self, const uint8_t **data, size_t *len,
                        uint32_t wait_ms)
{
    struct player *player = player_of(self);
    const struct tape *tape = player->tape;
    size_t end = player->off < tape->cut ? tape->cut : tape->len;

    (void)wait_ms;
    if (player->lent == 0) {
        return BEDROCK_AGAIN;
    }
    if (player->off == tape->len) {
        return 0;
    }
    *data = (const uint8_t *)tape->bytes + player->off;
    *len = end - player->off < tape->most ? end - player->off : tape->most;
    return BEDROCK_EVENT;
}

static void play_consume(struct bedrock_transport *self, size_t len)
{
    player_of(self)->off += len;
}

static void play_close(struct bedrock_transport *self)
{
    player_of(self)->lent = 0;
}

static const struct bedrock_transport_class player_class = {
    play_init,  play_open,    play_reserve, play_commit,
    play_flush, play_receive, play_consume, play_close,
};

/* ------------------------------------------------ a port for it: nothing but a clock */

static int no_connect(void *ctx, const char *host, uint16_t port, uint32_t wait_ms)
{
    (void)ctx;
    (void)host;
    (void)port;
    (void)wait_ms;
    return BEDROCK_PORT_FAILED;
}

static int no_read(void *ctx, void *dst, size_t cap, uint32_t wait_ms)
{
    (void)ctx;
    (void)dst;
    (void)cap;
    (void)wait_ms;
    return BEDROCK_PORT_FAILED;
}

static int no_write(void *ctx, const void *src, size_t len, uint32_t wait_ms)
{
    (void)ctx;
    (void)src;
    (void)len;
    (void)wait_ms;
    return BEDROCK_PORT_FAILED;
}

static void no_close(void *ctx)
{
    (void)ctx;
}

static uint32_t no_time(void *ctx)
{
    (void)ctx;
    return 0;
}

static int some_utc(void *ctx, int64_t *unix_s)
{
    (void)ctx;
    *unix_s = 1736944496;
    return 0;
}

static int no_entropy(void *ctx, void *dst, size_t len)
{
    (void)ctx;
    memset(dst, 0, len);
    return 0;
}

static const struct bedrock_port port = {NULL,    no_connect, no_read,    no_write, no_close,
                                         no_time, some_utc,   no_entropy, NULL};

/* ------------------------------------------------------------------ cases */

/* What the client makes of the tape. \return what is wrong, or NULL. */
static const char *play(const struct vec_case *c, struct tape *tape)
{
    static union {
        uint64_t align;
        uint8_t bytes[8192];
    } memory;
    const struct vec_field *message = vec_get(c, "message");
    const struct bedrock_error *error;
    struct bedrock_event event;
    bedrock_client *client;
    struct bedrock_config config = {.region = "us-east-1",
                                    .port = &port,
                                    .credentials = BEDROCK_API_KEY("key"),
                                    .max_attempts = 1,
                                    .transport_ctx = tape};

    if (bedrock_client_init_with(&client, &memory, sizeof memory, &config, &player_class) !=
        BEDROCK_OK) {
        return "no client";
    }
    bedrock_converse(client, &(struct bedrock_converse){.model_id = "m"});
    while (bedrock_next(client, &event) == BEDROCK_EVENT) {
    }
    error = bedrock_last_error(client);
    if (error->code == BEDROCK_OK || error->http_status != vec_number(c, "status", 0)) {
        return "not an error of that status";
    }
    if (strcmp(error->type, vec_text(c, "code")) != 0) {
        return "another code";
    }
    return message != NULL && strcmp(error->message, (const char *)message->data) != 0
               ? "another message"
               : NULL;
}

static size_t write_answer(const struct vec_case *c, char *answer, size_t cap)
{
    static const struct vec_field none = {NULL, 0, 0, NULL, 0};
    const struct vec_field *name = NULL, *value = NULL, *body = vec_get(c, "body");
    size_t len =
        (size_t)snprintf(answer, cap, "HTTP/1.1 %d Said\r\n", (int)vec_number(c, "status", 0));

    while ((name = vec_next(c, name, "hname")) != NULL &&
           (value = vec_next(c, value, "hvalue")) != NULL) {
        len += (size_t)snprintf(answer + len, cap - len, "%s: %s\r\n", (const char *)name->data,
                                (const char *)value->data);
    }
    body = body != NULL ? body : &none;
    len += (size_t)snprintf(answer + len, cap - len, "Content-Length: %u\r\n\r\n",
                            (unsigned)body->len);
    if (body->len > 0) {
        memcpy(answer + len, body->data, body->len);
    }
    return len + body->len;
}

void protocol_run_error(const struct vec_case *c, void *ctx)
{
    static char answer[65536];
    const char *file = *(const char **)ctx, *wrong;
    struct tape tape = {answer, write_answer(c, answer, sizeof answer), 0, sizeof answer};

    wrong = play(c, &tape);
    for (tape.most = 1; wrong == NULL && tape.most < 8; tape.most++) {
        wrong = play(c, &tape);
    }
    tape.most = sizeof answer;
    for (tape.cut = 1; wrong == NULL && tape.cut < tape.len; tape.cut++) {
        wrong = play(c, &tape);
    }
    if (wrong == NULL) {
        vec_pass();
    } else {
        vec_fail(file, c->id, "%s (cut at %d)", wrong, (int)tape.cut);
    }
}
