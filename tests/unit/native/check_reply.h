/* SPDX-License-Identifier: MIT */
/* A family's reply, or its stream, in every form that it can take on its way, and every beginning
 * of it. */
#ifndef TESTS_UNIT_NATIVE_CHECK_REPLY_H
#define TESTS_UNIT_NATIVE_CHECK_REPLY_H

#include "invoked.h"
#include "quoted.h"
#include "unit/client/check_answer.h"

/* No proper beginning of an answer is one. */
static inline void check_beginnings(const struct question *question, const char *type,
                                    const struct bytes *body, const char *name)
{
    struct bytes http = {0};
    struct told told;
    size_t len;

    for (len = 0; len < body->len && !test_failed(); len++) {
        put_answer(&http, "200 OK", type, body->data, len, FRAMED_CLOSE, 0);
        play_to(question, NULL, &told, http.data, http.len, http.len, 0);
        test_context("%s: %zu bytes", name, len);
        CHECK(told.code == BEDROCK_E_JSON_INCOMPLETE || told.code == BEDROCK_E_ANSWER_INCOMPLETE ||
              told.code == BEDROCK_E_EVENT_STREAM_INCOMPLETE);
        CHECK(told.broken == NULL);
        told_free(&told);
        bytes_free(&http);
    }
    test_context(NULL);
}

/* json: with ' for ". The events are those between MESSAGE_START and the end. */
static inline void check_reply_ends(const struct bedrock_reply *reply, const char *json,
                                    const char *want, const char *end)
{
    const struct bedrock_invoke_model request = {.model_id = "a-model", .reply = reply};
    const struct question question = {ask_invoke, &request};
    struct bytes body = {0}, all = {0};

    bytes_text(&body, quoted(json));
    bytes_text(&all, "message assistant\n");
    bytes_text(&all, want);
    bytes_text(&all, end);
    check_answer_to(&question, "200 OK", JSON_TYPE, &body, all.data, json);
    if (strcmp(end, "done\n") == 0) {
        check_beginnings(&question, JSON_TYPE, &body, json);
    }
    bytes_free(&body);
    bytes_free(&all);
}

static inline void check_reply(const struct bedrock_reply *reply, const char *json,
                               const char *want)
{
    check_reply_ends(reply, json, want, "done\n");
}

/* chunks: a line each. Without the last one, and whatever the answer needs to be complete is in
 * there, it is not complete. */
static inline void check_stream(const struct bedrock_reply *reply, const char *chunks,
                                const char *want)
{
    const struct bedrock_invoke_model request = {.model_id = "a-model", .reply = reply};
    const struct question question = {ask_invoke_stream, &request};
    const char *text = quoted(chunks);
    struct bytes body = {0}, all = {0};

    while (*text != '\0') {
        put_chunk(&body, text, strcspn(text, "\n"));
        text += strcspn(text, "\n");
        text += *text == '\n';
    }
    bytes_text(&all, "message assistant\n");
    bytes_text(&all, want);
    check_answer_to(&question, "200 OK", STREAM_TYPE, &body, all.data, chunks);
    bytes_free(&body);
    bytes_free(&all);
}

/* What comes last in a chunk, and how it is told of a stream that has nothing else. */
#define METRICS                                                                                    \
    "'amazon-bedrock-invocationMetrics':{'inputTokenCount':1,'outputTokenCount':2,"                \
    "'invocationLatency':6,'firstByteLatency':3,'cacheReadInputTokenCount':4,"                     \
    "'cacheWriteInputTokenCount':5}"
#define COST        "usage 1 2 0 4 5 6 ms []\n"
#define TEXT(words) "begin 0 text - -\ntext " words "\nend 0 text - -\n"
#define FREE        "usage 0 0 0 0 0 0 ms []\n"

#endif
