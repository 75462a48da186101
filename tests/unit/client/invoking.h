/* SPDX-License-Identifier: MIT */
/*
 * InvokeModel and its kin on a fake port: a request, an answer cut in any way, and what the client
 * tells of it as text: a line an event, pieces of one value joined.
 */
#ifndef TESTS_CLIENT_INVOKING_H
#define TESTS_CLIENT_INVOKING_H

#include "bedrock/event_stream.h"
#include "bedrock/invoke.h"
#include "calls.h"
#include "client/invoke.h"

#include <stdlib.h>

#define MOST 400000

/* ------------------------------------------------------------------- bytes */

struct run_of_bytes {
    size_t len;
    char data[MOST];
};

static inline void put_bytes(struct run_of_bytes *run, const void *data, size_t len)
{
    if (len > sizeof run->data - 1 - run->len) {
        abort();
    }
    if (len > 0) {
        memcpy(run->data + run->len, data, len);
    }
    run->len += len;
    run->data[run->len] = '\0';
}

static inline void put_words(struct run_of_bytes *run, const char *text)
{
    put_bytes(run, text, strlen(text));
}

/* A message of a stream; name_header NULL: without a name. */
static inline void put_frame(struct run_of_bytes *run, const char *type, const char *name_header,
                             const char *name, const void *payload, size_t len)
{
    struct bedrock_event_stream_header headers[2] = {
        {":message-type", BEDROCK_EVENT_STREAM_STRING, type, 0},
        {name_header, BEDROCK_EVENT_STREAM_STRING, name, 0},
    };
    size_t size = 0, count = name_header == NULL ? 1 : 2;

    headers[0].value_len = (uint16_t)strlen(type);
    headers[1].value_len = (uint16_t)strlen(name);
    if (bedrock_event_stream_encode((uint8_t *)run->data + run->len, sizeof run->data - run->len,
                                    &size, headers, count, payload, len) != BEDROCK_OK) {
        abort();
    }
    run->len += size;
}

static inline void put_chunk_event(struct run_of_bytes *run, const char *payload)
{
    put_frame(run, "event", ":event-type", "chunk", payload, strlen(payload));
}

/* A chunk around what the model says. */
static inline void put_chunk(struct run_of_bytes *run, const char *said)
{
    static char payload[MOST];
    size_t len = (size_t)snprintf(payload, sizeof payload, "{\"bytes\":\"");

    len += bedrock_base64_encode(payload + len, said, strlen(said));
    snprintf(payload + len, sizeof payload - len, "\",\"p\":\"abcd\"}");
    put_chunk_event(run, payload);
}

static inline void put_exception(struct run_of_bytes *run, const char *name, const char *payload)
{
    put_frame(run, "exception", ":exception-type", name, payload, strlen(payload));
}

#define STREAM_TYPE "application/vnd.amazon.eventstream"
#define JSON_TYPE   "application/json"

/* A whole answer; chunk: bytes in a chunk of HTTP, 0: with a Content-Length. */
static inline void put_http(struct run_of_bytes *http, const char *type, const char *headers,
                            const void *body, size_t len, size_t chunk)
{
    char line[256];
    size_t at, n;

    snprintf(line, sizeof line, "HTTP/1.1 200 OK\r\nContent-Type: %s\r\n%s", type, headers);
    put_words(http, line);
    if (chunk == 0) {
        snprintf(line, sizeof line, "Content-Length: %zu\r\n\r\n", len);
        put_words(http, line);
        put_bytes(http, body, len);
        return;
    }
    put_words(http, "Transfer-Encoding: chunked\r\n\r\n");
    for (at = 0; at < len; at += n) {
        n = len - at < chunk ? len - at : chunk;
        snprintf(line, sizeof line, "%zx\r\n", n);
        put_words(http, line);
        put_bytes(http, (const char *)body + at, n);
        put_words(http, "\r\n");
    }
    put_words(http, "0\r\n\r\n");
}

/* ------------------------------------------------------------------ reader */

/* A family of models that draws, embeds and talks, all in one. */
static const char family_nodes[] = " 0\0"
                                   "A1text\0"
                                   "P1stop\0"
                                   " 1images\0"
                                   "p2[]\0"
                                   "l1embedding\0"
                                   "d2[]\0"
                                   "e1error\0"
                                   "o1cost\0"
                                   "u2in\0"
                                   "u1tokens\0";
static const struct bedrock_reply family = {{family_nodes, bdk_record_take}};

/* -------------------------------------------------------------------- told */

struct telling {
    struct run_of_bytes text;
    int joining; /* the type of the event whose pieces the line holds; -1: none */
    int code;
    const char *broken;
};

static inline void tell(struct telling *told, const char *line)
{
    if (told->joining >= 0) {
        put_words(&told->text, "\n");
        told->joining = -1;
    }
    put_words(&told->text, line);
}

static inline void tell_piece(struct telling *told, const char *label,
                              const struct bedrock_event *event)
{
    if (event->text_len == 0 && !event->last) {
        told->broken = "an empty piece";
    }
    if (event->type == BEDROCK_EVENT_VECTOR || told->joining != (int)event->type) {
        tell(told, label);
        told->joining = (int)event->type;
    }
    put_bytes(&told->text, event->text, event->text_len);
    if (event->last) {
        tell(told, "");
    }
}

static inline void tell_event(struct telling *told, const struct bedrock_event *event)
{
    const struct bedrock_usage *usage = event->usage;
    char line[256];

    line[0] = '\0';
    switch (event->type) {
    case BEDROCK_EVENT_MESSAGE_START:
        tell(told, "message\n");
        return;
    case BEDROCK_EVENT_BLOCK_START:
    case BEDROCK_EVENT_BLOCK_STOP:
        snprintf(line, sizeof line, "%s %d\n",
                 event->type == BEDROCK_EVENT_BLOCK_START ? "begin" : "end",
                 (int)event->block_index);
        break;
    case BEDROCK_EVENT_STOP:
        snprintf(line, sizeof line, "stop %d %s\n", (int)event->stop_reason,
                 event->stop_reason_text);
        break;
    case BEDROCK_EVENT_METADATA:
        snprintf(line, sizeof line, "usage %d %d %d %d %d ms [%s] [%s]\n", (int)usage->input_tokens,
                 (int)usage->output_tokens, (int)usage->cache_read_input_tokens,
                 (int)usage->cache_write_input_tokens, (int)usage->latency_ms, usage->service_tier,
                 usage->performance);
        break;
    case BEDROCK_EVENT_TEXT:
        tell_piece(told, "text ", event);
        return;
    case BEDROCK_EVENT_BODY:
        tell_piece(told, "body ", event);
        return;
    case BEDROCK_EVENT_CHUNK:
        tell_piece(told, "chunk ", event);
        return;
    case BEDROCK_EVENT_IMAGE:
        tell_piece(told, "image ", event);
        return;
    case BEDROCK_EVENT_VECTOR:
        tell_piece(told, "number ", event);
        return;
    default:
        snprintf(line, sizeof line, "event %d\n", (int)event->type);
        break;
    }
    tell(told, line);
}

static inline void tell_call(struct telling *told, bedrock_client *client)
{
    const struct bedrock_error *error = bedrock_last_error(client);
    enum bedrock_stop_reason reason = BEDROCK_STOP_UNKNOWN;
    struct bedrock_event event;
    char line[512];
    unsigned agains = 0;

    told->text.len = 0;
    told->text.data[0] = '\0';
    told->joining = -1;
    told->broken = NULL;
    do {
        memset(&event, 0xA5, sizeof event);
        told->code = bedrock_next(client, &event);
        if (told->code == BEDROCK_EVENT) {
            tell_event(told, &event);
            reason = event.type == BEDROCK_EVENT_STOP ? event.stop_reason : reason;
            if (error->message[0] != '\0') {
                told->broken = "a message of an error before there is one";
            }
        }
    } while (told->code == BEDROCK_EVENT || (told->code == BEDROCK_AGAIN && agains++ < 1000000));
    if (told->code == BEDROCK_OK && bedrock_last_stop_reason(client) != reason) {
        told->broken = "another last stop reason than that of the STOP event";
    }
    snprintf(line, sizeof line, "failed %d [%s] [%s]\n", told->code, error->type, error->message);
    tell(told, told->code == BEDROCK_OK ? "done\n" : line);
}

/* ----------------------------------------------------------------- playing */

/* A service that gives one answer to anything, in two pieces if cut is within. */
struct one_answer {
    const char *bytes;
    size_t len, cut;
    int closes;
    int given;
};

static inline void give_answer(struct fake_port *fake, void *ctx, const uint8_t *bytes, size_t len)
{
    struct one_answer *answer = ctx;
    size_t cut = answer->cut < answer->len ? answer->cut : answer->len;

    (void)bytes;
    if (len == 0 || answer->given) {
        return;
    }
    answer->given = 1;
    fake_port_reply(fake, answer->bytes, cut);
    if (cut < answer->len) {
        fake_port_delay(fake, 1);
        fake_port_reply(fake, answer->bytes + cut, answer->len - cut);
    }
    if (answer->closes) {
        fake_port_close(fake);
    }
}

typedef int (*start_call)(bedrock_client *client, const struct bedrock_invoke_model *request);

/* Makes a call of it, once. piece: bytes that a read gives at most, 0: all. */
static inline void play(struct telling *told, start_call start,
                        const struct bedrock_invoke_model *request, struct one_answer *answer,
                        size_t piece)
{
    static struct calls c;

    calls_init(&c, NULL, 0);
    c.config.max_attempts = 1;
    c.fake.read_max = piece;
    c.fake.peer = give_answer;
    c.fake.peer_ctx = answer;
    CHECK_INT(calls_open(&c), BEDROCK_OK);
    CHECK_INT(start(c.client, request), BEDROCK_OK);
    tell_call(told, c.client);
    CHECK_INT(bedrock_next(c.client, NULL), told->code);
    calls_free(&c);
}

static inline void check_told(struct telling *told, const char *want, const char *form,
                              size_t number)
{
    test_context("%s %zu", form, number);
    CHECK_TEXT(told->text.data, want);
    if (told->broken != NULL) {
        test_context("%s %zu: %s", form, number, told->broken);
        CHECK(told->broken == NULL);
    }
    test_context(NULL);
}

/* The same events, however the answer comes. */
static inline void check_played(start_call start, const struct bedrock_invoke_model *request,
                                const char *type, const struct run_of_bytes *body, const char *want)
{
    static const size_t chunks[] = {0, 1, 7, 100000};
    static struct run_of_bytes http;
    static struct telling told;
    struct one_answer answer = {http.data, 0, MOST, 0, 0};
    size_t i;

    for (i = 0; i < sizeof chunks / sizeof chunks[0] && !test_failed(); i++) {
        http.len = 0;
        put_http(&http, type, "", body->data, body->len, chunks[i]);
        answer = (struct one_answer){http.data, http.len, MOST, 0, 0};
        play(&told, start, request, &answer, 0);
        check_told(&told, want, "whole, chunks of", chunks[i]);
        answer.given = 0;
        play(&told, start, request, &answer, 1);
        check_told(&told, want, "byte by byte, chunks of", chunks[i]);
    }
    http.len = 0;
    put_http(&http, type, "", body->data, body->len, 0);
    for (i = http.len - body->len; i < http.len && !test_failed(); i++) {
        answer = (struct one_answer){http.data, http.len, i, 0, 0};
        play(&told, start, request, &answer, 0);
        check_told(&told, want, "cut at", i - (http.len - body->len));
    }
}

#endif
