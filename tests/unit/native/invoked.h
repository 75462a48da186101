/* SPDX-License-Identifier: MIT */
/* Answers of InvokeModel and of its stream, read by the reader of a family. */
#ifndef TESTS_UNIT_NATIVE_INVOKED_H
#define TESTS_UNIT_NATIVE_INVOKED_H

#include "bedrock/base64.h"
#include "bedrock/native.h"
#include "unit/client/answers.h"

static inline void ask_invoke(bedrock_client *client, const void *request)
{
    bedrock_invoke_model(client, request);
}

static inline void ask_invoke_stream(bedrock_client *client, const void *request)
{
    bedrock_invoke_model_with_response_stream(client, request);
}

/* A chunk event: what the model says, as base64 within JSON, with the padding that comes along. */
static inline void put_chunk(struct bytes *stream, const void *said, size_t len)
{
    char *base64 = some_memory(len / 3 * 4 + 8);
    struct bytes payload = {0};

    bytes_text(&payload, "{\"bytes\":\"");
    bytes_put(&payload, base64, bedrock_base64_encode(base64, said, len));
    bytes_text(&payload, "\",\"p\":\"abcdef\"}");
    put_message(stream, "event", ":event-type", "chunk", payload.data, payload.len);
    bytes_free(&payload);
    free(base64);
}

#endif
