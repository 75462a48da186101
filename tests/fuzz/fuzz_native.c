/* SPDX-License-Identifier: MIT */
/*
 * Replies and streams of any bytes, read by every family's reader: what is told of them must not
 * depend on how they are cut. The first byte says which family and whether it is a stream, the
 * second how it is cut. Chunks of a stream are separated by a newline, which no JSON needs.
 */
#include "native/fixed_point.h"
#include "unit/native/invoked.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct bedrock_reply *const replies[] = {
    &bedrock_reply_claude,     &bedrock_reply_claude_text, &bedrock_reply_llama,
    &bedrock_reply_titan_text, &bedrock_reply_nova,        &bedrock_reply_mistral,
    &bedrock_reply_cohere,     &bedrock_reply_jurassic,    &bedrock_reply_chat,
    &bedrock_reply_image,      &bedrock_reply_embed,       NULL};

enum { REPLIES = sizeof replies / sizeof *replies };

static void put_chunks(struct bytes *stream, const uint8_t *data, size_t size)
{
    const uint8_t *end;

    while (size > 0) {
        end = memchr(data, '\n', size);
        end = end == NULL ? data + size : end;
        put_chunk(stream, data, (size_t)(end - data));
        size -= (size_t)(end - data) + (end < data + size);
        data = end + 1;
    }
}

/* What a number is in fixed point has its sign, and is not beyond what its first digit says. */
static void see(void *ctx, const struct bedrock_event *event)
{
    int32_t value = 0;

    (void)ctx;
    if (event->type == BEDROCK_EVENT_VECTOR &&
        bdk_fixed_point(&value, event->text, event->text_len) == BEDROCK_OK &&
        (event->text[0] == '-' ? value > 0 : value < 0)) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bedrock_invoke_model request = {.model_id = "a-model"};
    struct question question = {ask_invoke, &request};
    const struct watcher watcher = {see, NULL};
    struct bytes body = {0}, http = {0};
    struct told whole, pieces;
    int is_stream;

    if (size < 3) {
        return 0;
    }
    request.reply = replies[data[0] / 2 % REPLIES];
    is_stream = data[0] & 1;
    if (is_stream) {
        question.ask = ask_invoke_stream;
        put_chunks(&body, data + 2, size - 2);
    } else {
        bytes_put(&body, data + 2, size - 2);
    }
    put_answer(&http, "200 OK",
               is_stream ? "Content-Type: application/vnd.amazon.eventstream\r\n"
                         : "Content-Type: application/json\r\n",
               body.data, body.len, FRAMED_LENGTH, 0);
    play_to(&question, &watcher, &whole, http.data, http.len, http.len, 0);
    play_to(&question, &watcher, &pieces, http.data, http.len, data[1] % 4u,
            http.len - data[1] % body.len);
    if (strcmp(whole.text.data, pieces.text.data) != 0 || whole.broken != NULL ||
        pieces.broken != NULL) {
        printf("%s\nagainst\n%s\n", whole.text.data, pieces.text.data);
        abort();
    }
    told_free(&whole);
    told_free(&pieces);
    bytes_free(&body);
    bytes_free(&http);
    return 0;
}
