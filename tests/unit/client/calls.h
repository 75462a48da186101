/* SPDX-License-Identifier: MIT */
/*
 * A client on a fake port, with a service that answers by a script: what the tests of the call's
 * machine have in common. Time and network are simulated, so a run repeats exactly.
 */
#ifndef TESTS_CLIENT_CALLS_H
#define TESTS_CLIENT_CALLS_H

#include "bedrock/converse.h"
#include "bedrock/error.h"
#include "fakes/fake_port.h"
#include "fakes/http_peer.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

#define REPLY                                                                                      \
    "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":\"Hi\"}]}},"          \
    "\"stopReason\":\"end_turn\",\"usage\":{\"inputTokens\":1,\"outputTokens\":2,"                 \
    "\"totalTokens\":3}}"
#define REPLY_LEN "152"
#define OK_WITH(headers)                                                                           \
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " REPLY_LEN              \
    "\r\nx-amzn-RequestId: id-ok\r\n" headers "\r\n" REPLY
#define OK OK_WITH("")
/* An answer without a body. */
#define BARE(status, headers) "HTTP/1.1 " status "\r\nContent-Length: 0\r\n" headers "\r\n"
#define FAILED_AS(status, type, headers)                                                           \
    "HTTP/1.1 " status "\r\nx-amzn-ErrorType: " type "\r\nContent-Type: application/json\r\n"      \
    "Content-Length: 15\r\n" headers "\r\n{\"message\":\"m\"}"
#define BUSY FAILED_AS("503 Busy", "ServiceUnavailableException", "")

#define MODEL_A "anthropic.claude-3-haiku-20240307-v1:0"

struct calls {
    struct fake_port fake;
    struct http_peer peer;
    struct http_answer script[200];
    struct bedrock_config config;
    struct bedrock_credentials credentials;
    struct bedrock_converse request;
    bedrock_client *client;
    size_t size; /* of the memory that the client gets */
    int stream;  /* ConverseStream instead of Converse */
    char text[512];
    size_t text_len;
    unsigned agains; /* how often the last call said AGAIN */
    unsigned events;
    union {
        uint64_t align;
        uint8_t bytes[16384];
    } memory;
};

static const struct bedrock_message hello[] = {BEDROCK_USER("Hello")};

/* From now on the service answers by this script, which is copied. */
static inline void calls_script(struct calls *c, const struct http_answer *answers, size_t count)
{
    if (count > 0) {
        memcpy(c->script, answers, count * sizeof *answers);
    }
    http_peer_init(&c->peer, &c->fake, c->script, count);
}

/* Everything but the client: what a test changes before calls_open(). */
static inline void calls_init(struct calls *c, const struct http_answer *answers, size_t count)
{
    memset(c, 0, sizeof *c);
    fake_port_init(&c->fake);
    calls_script(c, answers, count);
    c->credentials.get = bedrock_credentials_get_static;
    c->credentials.keys.access_key_id = "AKIDEXAMPLE";
    c->credentials.keys.secret_access_key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    c->config.region = "us-east-1";
    c->config.port = &c->fake.port;
    c->config.credentials = &c->credentials;
    c->request.model_id = MODEL_A;
    c->request.messages.items = hello;
    c->request.messages.count = 1;
    c->size = sizeof c->memory;
}

static inline int calls_open(struct calls *c)
{
    return bedrock_client_init_with(&c->client, &c->memory, c->size, &c->config, &bedrock_plain);
}

static inline void calls_make(struct calls *c, const struct http_answer *answers, size_t count)
{
    calls_init(c, answers, count);
    CHECK_INT(calls_open(c), BEDROCK_OK);
}

static inline int calls_start(struct calls *c)
{
    c->text_len = 0;
    c->agains = c->events = 0;
    c->text[0] = '\0';
    return c->stream ? bedrock_converse_stream(c->client, &c->request)
                     : bedrock_converse(c->client, &c->request);
}

/* Runs the call that was started to its end. */
static inline int calls_run(struct calls *c)
{
    struct bedrock_event event;
    int status;

    while ((status = bedrock_next(c->client, &event)) == BEDROCK_EVENT ||
           (status == BEDROCK_AGAIN && c->agains < 1000000)) {
        if (status == BEDROCK_AGAIN) {
            c->agains++;
            fake_port_pass(&c->fake, 1); /* the caller does something else */
            continue;
        }
        c->events++;
        if (event.type == BEDROCK_EVENT_TEXT && c->text_len + event.text_len < sizeof c->text) {
            memcpy(c->text + c->text_len, event.text, event.text_len);
            c->text_len += event.text_len;
            c->text[c->text_len] = '\0';
        }
    }
    CHECK_INT(bedrock_last_error(c->client)->code, status);
    return status;
}

static inline int calls_call(struct calls *c)
{
    int status = calls_start(c);

    return status != BEDROCK_OK ? status : calls_run(c);
}

/* A call that has to go well. */
static inline void calls_good(struct calls *c)
{
    CHECK_INT(calls_call(c), BEDROCK_OK);
    CHECK_TEXT(c->text, "Hi");
    CHECK_TEXT(bedrock_last_error(c->client)->request_id, "id-ok");
    CHECK_INT(bedrock_last_usage(c->client)->total_tokens, 3);
}

static inline void calls_free(struct calls *c)
{
    test_check(c->fake.misuse == NULL, __FILE__, __LINE__,
               c->fake.misuse != NULL ? c->fake.misuse : "no misuse");
    bedrock_client_close(c->client);
    fake_port_free(&c->fake);
}

#define ANSWERS(...)                                                                               \
    (const struct http_answer[]){__VA_ARGS__},                                                     \
        sizeof((const struct http_answer[]){__VA_ARGS__}) / sizeof(struct http_answer)
#define TEXT(answer)                                                                               \
    {                                                                                              \
        .text = (answer)                                                                           \
    }

#endif
