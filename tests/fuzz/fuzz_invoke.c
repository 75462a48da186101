/* SPDX-License-Identifier: MIT */
/*
 * Any answer to InvokeModel and to its stream, with a reader and without, by events and by
 * bedrock_read(): what is told must not depend on how it is cut. The first byte chooses among
 * these, the second says how it is cut. The rest is a body; or the script of a stream, since random
 * frames would all have a wrong checksum: for each a byte that says what it is, one with the length
 * of its payload, and the payload.
 */
#include "unit/client/answers.h"

#include "bedrock/invoke.h"
#include "client/invoke.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { STREAM = 1, READER = 2, READ = 4 };

/* A family of models that does everything. */
static const char nodes[] = " 0\0"
                            "A1t\0"
                            "P1s\0"
                            " 1i\0"
                            "p2[]\0"
                            "l1v\0"
                            "d2[]\0"
                            "e1e\0"
                            "o1c\0"
                            "u2n\0"
                            "H1o\0"
                            "C1r\0"
                            "D1p\0";
static const struct bedrock_reply family = {{nodes, bdk_record_take}};

static void check(int ok)
{
    if (!ok) {
        abort();
    }
}

/* ------------------------------------------------------------------ answers */

/* A frame with an error's words in its head, whatever it is. NUL ends them. */
static void put_headed(struct bytes *stream, const char *type, const char *name,
                       const uint8_t *payload, size_t len)
{
    char words[256];
    const struct bedrock_event_stream_header headers[] = {
        {":error-message", BEDROCK_EVENT_STREAM_STRING, words,
         (uint16_t)snprintf(words, sizeof words, "%.*s", (int)len, (const char *)payload)},
        {":message-type", BEDROCK_EVENT_STREAM_STRING, type, (uint16_t)strlen(type)},
        {":event-type", BEDROCK_EVENT_STREAM_STRING, name, (uint16_t)strlen(name)}};
    uint8_t frame[1024];
    size_t size;

    check(bedrock_event_stream_encode(frame, sizeof frame, &size, headers, 3,
                                      "{\"bytes\":\"e30=\"}", 16) == BEDROCK_OK);
    bytes_put(stream, frame, size);
}

static void put_chunk(struct bytes *stream, const uint8_t *said, size_t len)
{
    char payload[512] = "{\"bytes\":\"";
    size_t at = strlen(payload);

    at += bedrock_base64_encode(payload + at, said, len);
    memcpy(payload + at, "\"}", 2);
    put_message(stream, "event", ":event-type", "chunk", payload, at + 2);
}

static void put_frame(struct bytes *stream, unsigned kind, const uint8_t *payload, size_t len)
{
    switch (kind) {
    case 0:
    case 1:
        put_chunk(stream, payload, len);
        break;
    case 2:
        put_message(stream, "event", ":event-type", "chunk", payload, len);
        break;
    case 3:
        put_message(stream, "exception", ":exception-type", "modelTimeoutException", payload, len);
        break;
    case 4:
        put_headed(stream, "error", "Code", payload, len);
        break;
    case 5:
        put_headed(stream, "event", "chunk", payload, len);
        break;
    case 6:
        put_message(stream, "event", ":event-type", "news", payload, len);
        break;
    default:
        bytes_put(stream, payload, len);
        break;
    }
}

static void put_script(struct bytes *stream, const uint8_t *data, size_t size)
{
    size_t at = 0;

    while (at + 2 <= size) {
        size_t len = data[at + 1] < size - at - 2 ? data[at + 1] : size - at - 2;

        put_frame(stream, data[at] % 8u, data + at + 2, len);
        at += len + 2;
    }
}

/* ------------------------------------------------------------------ outcomes */

/* What is the same however the bytes come. */
struct outcome {
    struct bytes text;
    int last_type;
    int status;
    char type[64], message[300];
};

static void add(struct outcome *outcome, int type, int32_t index, const void *text, size_t len)
{
    char label[32];

    if (type != outcome->last_type || len == 0) {
        snprintf(label, sizeof label, "\n%d %d ", type, (int)index);
        bytes_text(&outcome->text, label);
        outcome->last_type = type;
    }
    bytes_put(&outcome->text, text, len);
}

static void run_events(struct outcome *outcome, bedrock_client *client)
{
    struct bedrock_event event;

    while ((outcome->status = bedrock_next(client, &event)) == BEDROCK_EVENT) {
        add(outcome, (int)event.type, event.block_index, event.text, event.text_len);
        check(bedrock_last_error(client)->message[0] == '\0' || event.type != BEDROCK_EVENT_CHUNK);
    }
}

static void run_read(struct outcome *outcome, bedrock_client *client, size_t cap)
{
    struct bedrock_read read = {0};
    uint8_t *bytes = some_memory(cap);
    size_t len;

    while ((outcome->status = bedrock_read(client, &read, bytes, cap, &len)) == BEDROCK_EVENT) {
        check(len >= 1 && len <= cap);
        add(outcome, 1000 + (int)read.index, read.index, bytes, len);
    }
    check(len == 0);
    free(bytes);
}

static void run(struct outcome *outcome, unsigned mode, const struct bytes *http, size_t piece,
                size_t cut, size_t cap)
{
    static uint64_t memory[1024];
    struct player player = {.bytes = http->data, .len = http->len, .piece = piece, .cut = cut};
    const struct bedrock_invoke_model request = {.model_id = "m",
                                                 .reply = mode & READER ? &family : NULL};
    bedrock_client *client;

    memset(outcome, 0, sizeof *outcome);
    outcome->last_type = -1;
    check(bedrock_client_init_with(&client, memory, sizeof memory,
                                   &(struct bedrock_config){
                                       .region = "us-east-1",
                                       .port = &player_port,
                                       .credentials = BEDROCK_API_KEY("a-key"),
                                       .endpoint = BEDROCK_ENDPOINT("http://localhost"),
                                       .transport_ctx = &player,
                                       .max_attempts = 1,
                                   },
                                   &player_class) == BEDROCK_OK);
    check((mode & STREAM ? bedrock_invoke_model_with_response_stream
                         : bedrock_invoke_model)(client, &request) == BEDROCK_OK);
    bytes_text(&outcome->text, "");
    if (mode & READ) {
        run_read(outcome, client, cap);
    } else {
        run_events(outcome, client);
    }
    check(outcome->status == bedrock_last_error(client)->code);
    snprintf(outcome->type, sizeof outcome->type, "%s", bedrock_last_error(client)->type);
    snprintf(outcome->message, sizeof outcome->message, "%s", bedrock_last_error(client)->message);
    free(player.lent);
}

/* Of base64 that breaks off a part may be told that depends on the cut. */
static void check_same(const struct outcome *a, const struct outcome *b)
{
    check(a->status == b->status && strcmp(a->type, b->type) == 0);
    check(strcmp(a->message, b->message) == 0);
    check(a->status == BEDROCK_E_BASE64 ||
          (a->text.len == b->text.len && memcmp(a->text.data, b->text.data, a->text.len) == 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes body = {0}, http = {0};
    struct outcome whole, pieces;
    unsigned mode;

    if (size < 3) {
        return 0;
    }
    mode = data[0];
    if (mode & STREAM) {
        put_script(&body, data + 2, size - 2);
    } else {
        bytes_put(&body, data + 2, size - 2);
    }
    put_answer(&http, "200 OK",
               mode & STREAM ? "Content-Type: application/vnd.amazon.eventstream\r\n"
                             : "Content-Type: application/json\r\n",
               body.data, body.len, FRAMED_LENGTH, 0);
    run(&whole, mode, &http, http.len, 0, 512);
    run(&pieces, mode, &http, data[1] % 4u, http.len - data[1] % (body.len + 1), 1 + data[1] % 9u);
    check_same(&whole, &pieces);
    bytes_free(&whole.text);
    bytes_free(&pieces.text);
    bytes_free(&body);
    bytes_free(&http);
    return 0;
}
