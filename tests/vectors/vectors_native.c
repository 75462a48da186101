/* SPDX-License-Identifier: MIT */
/*
 * Bedrock: recorded answers of InvokeModel and of its stream, read by their family's reader, in
 * every form and at many cuts, and by a second reading of the same JSON. Text, reason of the stop,
 * counts, tools and vectors must be the same in both.
 */
#include "plain_json.h"
#include "vec.h"

#include "unit/native/invoked.h"

#define CUTS 61 /* at most so many two-way cuts of one answer */

/* Where a family keeps what; a family is known by its text. "" where there is nothing. Some models
 * with choices name the reason as Mistral does: "stop_reason" (read_plainly()). */
static const struct family {
    const struct bedrock_reply *reply;
    const char *text, *stop, *input, *output, *tools;
} families[] = {
    {&bedrock_reply_claude, "content/*/text", "stop_reason", "usage/input_tokens",
     "usage/output_tokens", "content/*/name"},
    {&bedrock_reply_claude, "delta/text", "delta/stop_reason", "message/usage/input_tokens",
     "usage/output_tokens", "content_block/name"},
    {&bedrock_reply_claude_text, "completion", "stop_reason", "", "", ""},
    {&bedrock_reply_llama, "generation", "stop_reason", "prompt_token_count",
     "generation_token_count", ""},
    {&bedrock_reply_titan_text, "results/*/outputText", "results/*/completionReason",
     "inputTextTokenCount", "results/*/tokenCount", ""},
    {&bedrock_reply_titan_text, "outputText", "completionReason", "inputTextTokenCount",
     "totalOutputTextTokenCount", ""},
    {&bedrock_reply_nova, "output/message/content/*/text", "stopReason", "usage/inputTokens",
     "usage/outputTokens", "output/message/content/*/toolUse/name"},
    {&bedrock_reply_nova, "contentBlockDelta/delta/text", "messageStop/stopReason",
     "metadata/usage/inputTokens", "metadata/usage/outputTokens",
     "contentBlockStart/start/toolUse/name"},
    {&bedrock_reply_mistral, "outputs/*/text", "outputs/*/stop_reason", "", "", ""},
    {&bedrock_reply_cohere, "generations/*/text", "generations/*/finish_reason", "", "", ""},
    {&bedrock_reply_cohere, "text", "finish_reason", "", "", ""},
    {&bedrock_reply_jurassic, "completions/*/data/text", "completions/*/finishReason/reason", "",
     "", ""},
    {&bedrock_reply_chat, "choices/*/message/content", "choices/*/finish_reason",
     "usage/prompt_tokens", "usage/completion_tokens",
     "choices/*/message/tool_calls/*/function/name"},
    {&bedrock_reply_chat, "choices/*/text", "choices/*/finish_reason", "usage/prompt_tokens",
     "usage/completion_tokens", ""},
    {&bedrock_reply_chat, "choices/*/delta/content", "choices/*/finish_reason",
     "usage/prompt_tokens", "usage/completion_tokens", ""},
    {&bedrock_reply_embed, "embedding/*", "", "inputTextTokenCount", "", ""},
    {&bedrock_reply_embed, "embeddings/*/*", "", "", "", ""},
    {&bedrock_reply_embed, "embeddings/float/*/*", "", "", "", ""},
    {&bedrock_reply_embed, "embeddings/*/embedding/*", "", "", "", ""},
};

enum { FAMILIES = sizeof families / sizeof *families };

/* What an answer says. Numbers of a vector are text with a space behind each. */
struct said {
    struct bytes text, stop, tools;
    long long input, output; /* -1: not said */
};

static void said_free(struct said *said)
{
    bytes_free(&said->text);
    bytes_free(&said->stop);
    bytes_free(&said->tools);
}

/* ------------------------------------------------------------ second reading */

static void take_text(void *ctx, const char *value, size_t len)
{
    bytes_put(ctx, value, len);
}

static void take_word(void *ctx, const char *value, size_t len)
{
    bytes_put(ctx, value, len);
    bytes_text(ctx, " ");
}

static void take_last(void *ctx, const char *value, size_t len)
{
    ((struct bytes *)ctx)->len = 0;
    bytes_put(ctx, value, len);
}

static void take_count(void *ctx, const char *value, size_t len)
{
    (void)len;
    *(long long *)ctx = (long long)strtod(value, NULL);
}

static void read_plainly(struct said *said, const struct family *family, const char *json,
                         size_t len)
{
    int is_vector = family->reply == &bedrock_reply_embed;

    plain_json_each(json, len, family->text, is_vector ? take_word : take_text, &said->text);
    if (*family->stop != '\0') {
        plain_json_each(json, len, family->stop, take_last, &said->stop);
    }
    if (family->reply == &bedrock_reply_chat && said->stop.len == 0) {
        plain_json_each(json, len, "choices/*/stop_reason", take_last, &said->stop);
    }
    if (*family->input != '\0') {
        plain_json_each(json, len, family->input, take_count, &said->input);
    }
    if (*family->output != '\0') {
        plain_json_each(json, len, family->output, take_count, &said->output);
    }
    if (*family->tools != '\0') {
        plain_json_each(json, len, family->tools, take_word, &said->tools);
    }
    plain_json_each(json, len, "amazon-bedrock-invocationMetrics/inputTokenCount", take_count,
                    &said->input);
    plain_json_each(json, len, "amazon-bedrock-invocationMetrics/outputTokenCount", take_count,
                    &said->output);
}

static void count(void *ctx, const char *value, size_t len)
{
    (void)value;
    (void)len;
    ++*(size_t *)ctx;
}

/* The family of an answer, by where it has a text; NULL if nobody reads it. */
static const struct family *family_of(const char *json, size_t len)
{
    size_t i, found = 0;

    for (i = 0; i < FAMILIES; i++) {
        plain_json_each(json, len, families[i].text, count, &found);
        if (found > 0) {
            return &families[i];
        }
    }
    return NULL;
}

/* Base64 of one member, decoded. */
static void decode_plainly(struct bytes *out, const char *text, size_t len)
{
    static const char alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned long bits = 0;
    size_t i;
    char byte;

    for (i = 0; i < len && text[i] != '='; i++) {
        bits = bits << 6 | (unsigned long)(strchr(alphabet, text[i]) - alphabet);
        if (i % 4 != 0) {
            byte = (char)(bits >> (6 - 2 * (i % 4)));
            bytes_put(out, &byte, 1);
        }
    }
}

static size_t read_be32(const uint8_t *at)
{
    return (size_t)at[0] << 24 | (size_t)at[1] << 16 | (size_t)at[2] << 8 | at[3];
}

static void keep_chunk(void *ctx, const char *value, size_t len)
{
    struct bytes *chunks = ctx;

    decode_plainly(chunks, value, len);
    bytes_put(chunks, "", 1);
}

/* The chunks of a stream, a NUL behind each; by the lengths of its frames alone. */
static void read_chunks(struct bytes *chunks, const struct vec_field *body)
{
    size_t at = 0, total, headers;

    while (at + 16 <= body->len) {
        total = read_be32(body->data + at);
        headers = read_be32(body->data + at + 4);
        plain_json_each((const char *)body->data + at + 12 + headers, total - headers - 16, "bytes",
                        keep_chunk, chunks);
        at += total;
    }
}

/* --------------------------------------------------------------- the reader's */

static void see(void *ctx, const struct bedrock_event *event)
{
    struct said *said = ctx;

    switch (event->type) {
    case BEDROCK_EVENT_TEXT:
        bytes_put(&said->text, event->text, event->text_len);
        break;
    case BEDROCK_EVENT_VECTOR:
        bytes_put(&said->text, event->text, event->text_len);
        bytes_text(&said->text, " ");
        break;
    case BEDROCK_EVENT_BLOCK_STOP:
        if (event->block == BEDROCK_BLOCK_TOOL_USE ||
            event->block == BEDROCK_BLOCK_SERVER_TOOL_USE) {
            bytes_text(&said->tools, event->name == NULL ? "?" : event->name);
            bytes_text(&said->tools, " ");
        }
        break;
    case BEDROCK_EVENT_STOP:
        bytes_text(&said->stop, event->stop_reason_text);
        break;
    case BEDROCK_EVENT_METADATA:
        said->input = event->usage->input_tokens;
        said->output = event->usage->output_tokens;
        break;
    default:
        break;
    }
}

static int same(const struct bytes *a, const struct bytes *b)
{
    return a->len == b->len && (a->len == 0 || memcmp(a->data, b->data, a->len) == 0);
}

static const char *compare(const struct said *got, const struct said *want)
{
    if (!same(&got->text, &want->text)) {
        return "the text";
    }
    if (!same(&got->stop, &want->stop)) {
        return "the stop reason";
    }
    if (!same(&got->tools, &want->tools)) {
        return "the tools";
    }
    return (want->input >= 0 && got->input != want->input) ||
                   (want->output >= 0 && got->output != want->output)
               ? "the counts"
               : NULL;
}

static void put_recorded(struct bytes *http, const struct vec_case *c, int stream,
                         enum framing framing, size_t chunk)
{
    const struct vec_field *body = vec_get(c, "body");

    put_answer(http, "200 Recorded",
               stream ? "Content-Type: application/vnd.amazon.eventstream\r\n"
                      : "Content-Type: application/json\r\n",
               body->data, body->len, framing, chunk);
}

/* However it is cut, the same is told of it. */
static const char *compare_forms(const struct vec_case *c, int stream,
                                 const struct question *question, const struct told *whole)
{
    static const size_t pieces[] = {1, 7, 0, 13};
    struct bytes http = {0};
    const char *wrong = NULL;
    struct told told;
    size_t i, stride;

    put_recorded(&http, c, stream, FRAMED_CHUNKED, 61);
    stride = http.len / CUTS + 1;
    for (i = 0; i < http.len && wrong == NULL; i += stride) {
        play_to(question, NULL, &told, http.data, http.len, pieces[i / stride % 4], i);
        if (told.broken != NULL || strcmp(told.text.data, whole->text.data) != 0) {
            wrong = "cut otherwise it is another answer";
        }
        told_free(&told);
    }
    bytes_free(&http);
    return wrong;
}

static const char *judge(const struct vec_case *c, int stream, const struct family *family,
                         const struct said *want)
{
    const struct bedrock_invoke_model request = {.model_id = "a-model", .reply = family->reply};
    const struct question question = {stream ? ask_invoke_stream : ask_invoke, &request};
    struct said got = {.input = -1, .output = -1};
    const struct watcher watcher = {see, &got};
    struct bytes http = {0};
    struct told told;
    const char *wrong;

    put_recorded(&http, c, stream, FRAMED_LENGTH, 0);
    play_to(&question, &watcher, &told, http.data, http.len, http.len, 0);
    wrong = told.broken != NULL       ? told.broken
            : told.code != BEDROCK_OK ? "it failed"
                                      : compare(&got, want);
    if (wrong == NULL) {
        wrong = compare_forms(c, stream, &question, &told);
    }
    bytes_free(&http);
    told_free(&told);
    said_free(&got);
    return wrong;
}

/* ----------------------------------------------------------------- the cases */

/* The family and what is said, of one document or of chunks with a NUL behind each. */
static const struct family *read_case(struct said *want, const char *json, size_t len)
{
    const struct family *family = NULL;
    const char *at;

    for (at = json; family == NULL && at < json + len; at += strlen(at) + 1) {
        family = family_of(at, strlen(at));
    }
    for (at = json; family != NULL && at < json + len; at += strlen(at) + 1) {
        read_plainly(want, family, at, strlen(at));
    }
    return family;
}

static void run_case(const struct vec_case *c, void *ctx)
{
    const struct vec_field *body = vec_get(c, "body");
    int stream = vec_is(c, "op", "invoke-with-response-stream");
    struct said want = {.input = -1, .output = -1};
    const struct family *family;
    struct bytes chunks = {0};
    const char *wrong;

    if ((!stream && !vec_is(c, "op", "invoke")) || vec_number(c, "status", 200) >= 400 ||
        body == NULL || vec_get(c, "exc_type") != NULL) {
        return;
    }
    if (stream) {
        read_chunks(&chunks, body);
    } else {
        bytes_put(&chunks, body->data, body->len);
        bytes_put(&chunks, "", 1);
    }
    family = read_case(&want, chunks.data, chunks.len);
    if (family == NULL) {
        vec_skip(ctx, c->id, "no family's reader is for it: %.60s", chunks.data);
    } else if ((wrong = judge(c, stream, family, &want)) != NULL) {
        vec_fail(ctx, c->id, "%s", wrong);
    } else {
        vec_pass();
    }
    bytes_free(&chunks);
    said_free(&want);
}

/* The cases are those of another topic, in the folder next to this one's. */
static void run(const char *folder)
{
    static char streams[] = "streams.vec", reframed[] = "reframed.vec",
                responses[] = "responses.vec";
    char beside[1024];

    snprintf(beside, sizeof beside, "%.*sbedrock", (int)(strrchr(folder, '/') + 1 - folder),
             folder);
    vec_each(beside, streams, run_case, streams);
    vec_each(beside, reframed, run_case, reframed);
    vec_each(beside, responses, run_case, responses);
}

const struct vec_topic vectors_native = {"native", run};
