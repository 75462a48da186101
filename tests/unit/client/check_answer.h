/* SPDX-License-Identifier: MIT */
/* One answer in every form that it can take on its way: each must be told in the same words. */
#ifndef TESTS_UNIT_CLIENT_CHECK_ANSWER_H
#define TESTS_UNIT_CLIENT_CHECK_ANSWER_H

#include "answers.h"
#include "fakes/http_peer.h"
#include "test.h"

#define JSON_TYPE   "Content-Type: application/json\r\n"
#define STREAM_TYPE "Content-Type: application/vnd.amazon.eventstream\r\n"

/* Compares, says in which form it was, and frees what was told. */
static inline void check_told(struct told *told, const char *want, const char *name,
                              const char *form, size_t number)
{
    test_context("%s, %s %zu", name, form, number);
    CHECK_TEXT(told->text.data, want);
    if (told->broken != NULL) {
        test_context("%s, %s %zu: %s", name, form, number, told->broken);
        CHECK(told->broken == NULL);
    }
    test_context(NULL);
    told_free(told);
}

/* Plays the answer over a port and the plain transport. `again`: the port does not wait, is never
 * ready twice in a row, and moves a byte at a time. */
static inline void tell_over_port(const struct question *question, struct told *told,
                                  const struct bytes *http, enum framing framing, int again)
{
    static unsigned char memory[8192];
    struct http_answer answer = {
        .bytes = http->data,
        .len = http->len,
        .then = framing == FRAMED_CLOSE ? HTTP_THEN_CLOSE : HTTP_THEN_KEEP,
    };
    struct fake_port fake;
    struct http_peer peer;
    bedrock_client *client;

    (again ? fake_port_init_nonwaiting : fake_port_init)(&fake);
    fake.again_every = again ? 2 : 0;
    fake.read_max = fake.write_max = again ? 1 : 0;
    http_peer_init(&peer, &fake, &answer, 1);
    bedrock_client_init_with(&client, memory, sizeof memory,
                             &(struct bedrock_config){
                                 .region = "us-east-1",
                                 .port = &fake.port,
                                 .credentials = BEDROCK_STATIC_CREDENTIALS("id", "secret", NULL),
                                 .endpoint = BEDROCK_ENDPOINT("http://localhost:8080"),
                                 .max_attempts = 1,
                             },
                             &bedrock_plain);
    question->ask(client, question->request);
    told_call(told, client, NULL);
    CHECK(fake.misuse == NULL);
    CHECK_INT(bedrock_next(client, NULL), told->code);
    fake_port_free(&fake);
}

static inline void check_framings(const struct question *question, const char *status,
                                  const char *headers, const struct bytes *body, const char *want,
                                  const char *name)
{
    static const size_t chunks[] = {1, 7, 1000};
    int framing;
    size_t i;

    for (framing = 0; framing < FRAMINGS; framing++) {
        for (i = 0; i < (framing == FRAMED_CHUNKED ? sizeof chunks / sizeof *chunks : 1); i++) {
            struct bytes http = {0};
            struct told told;

            put_answer(&http, status, headers, body->data, body->len, (enum framing)framing,
                       chunks[i]);
            tell_over_port(question, &told, &http, (enum framing)framing, 0);
            check_told(&told, want, name, "framing", (size_t)framing * 10 + i);
            tell_over_port(question, &told, &http, (enum framing)framing, 1);
            check_told(&told, want, name, "never ready twice, framing", (size_t)framing * 10 + i);
            bytes_free(&http);
        }
    }
}

/* The answer with that body, in all forms. */
static inline void check_answer_to(const struct question *question, const char *status,
                                   const char *headers, const struct bytes *body, const char *want,
                                   const char *name)
{
    struct bytes http = {0};
    struct told told;
    size_t cut;

    put_answer(&http, status, headers, body->data, body->len, FRAMED_LENGTH, 0);
    play_to(question, NULL, &told, http.data, http.len, http.len, 0);
    check_told(&told, want, name, "whole", 0);
    play_to(question, NULL, &told, http.data, http.len, 1, 0);
    check_told(&told, want, name, "byte by byte", 0);
    for (cut = http.len - body->len; cut < http.len && !test_failed(); cut++) {
        play_to(question, NULL, &told, http.data, http.len, 0, cut);
        check_told(&told, want, name, "cut at", cut - (http.len - body->len));
    }
    bytes_free(&http);
    if (!test_failed()) {
        check_framings(question, status, headers, body, want, name);
    }
}

static inline void check_answer(int stream, const char *status, const char *headers,
                                const struct bytes *body, const char *want, const char *name)
{
    check_answer_to(question_of(stream), status, headers, body, want, name);
}

#endif
