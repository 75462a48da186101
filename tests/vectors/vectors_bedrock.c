/* SPDX-License-Identifier: MIT */
/* Bedrock: recorded answers, played to the client in every form and at many cuts. */
#include "vec.h"

#include "bedrock/base64.h"
#include "bedrock/error.h"
#include "bedrock/sha256.h"
#include "encoding/hex.h"
#include "unit/client/answers.h"
#include "unit/client/canonical.h"

#define CUTS       97 /* at most so many two-way cuts of one answer */
#define BLOCKS_MAX 256

/* What an answer held, put together again. */
struct block {
    int32_t index;
    enum bedrock_block kind;
    char tool_id[80], tool_name[80];
    struct bytes text, input, reasoning, signature, redacted;
};

struct answer {
    int role; /* -1: no message */
    char stop_reason[80];
    struct bedrock_usage usage;
    struct block blocks[BLOCKS_MAX];
    size_t count;
    /* InvokeModelWithResponseStream: the chunks, which come as events that Converse does not know.
     */
    struct bytes raw, chunks, first_chunk, last_chunk;
    size_t chunk_count;
    const char *wrong;
};

static struct bytes *part_of(struct block *block, enum bedrock_event_type type)
{
    switch (type) {
    case BEDROCK_EVENT_TEXT:
        return &block->text;
    case BEDROCK_EVENT_TOOL_INPUT:
        return &block->input;
    case BEDROCK_EVENT_REASONING:
        return &block->reasoning;
    case BEDROCK_EVENT_REASONING_SIGNATURE:
        return &block->signature;
    case BEDROCK_EVENT_REASONING_REDACTED:
        return &block->redacted;
    default:
        return NULL;
    }
}

static void decode_chunk(struct answer *answer, const char *text, size_t len)
{
    struct bedrock_base64 base64 = {0};
    uint8_t *bytes = some_memory(len);
    size_t decoded;

    if (bedrock_base64_decode(&base64, bytes, &decoded, text, len) != BEDROCK_OK ||
        bedrock_base64_finish(&base64) != BEDROCK_OK) {
        answer->wrong = "a chunk is not base64";
    }
    bytes_put(&answer->chunks, bytes, decoded);
    if (answer->chunk_count++ == 0) {
        bytes_put(&answer->first_chunk, bytes, decoded);
    }
    answer->last_chunk.len = 0;
    bytes_put(&answer->last_chunk, bytes, decoded);
    free(bytes);
}

/* The payload of a chunk has come whole: {"bytes":"..."}. */
static void take_chunk(struct answer *answer)
{
    static const char nodes[] = " 0\0"
                                "b1bytes\0";
    struct source source = {.in = answer->raw.data, .end = answer->raw.data + answer->raw.len};
    struct bedrock_json_path path;
    struct bedrock_json_event token;
    struct bytes base64 = {0};
    int status;

    bedrock_json_init(&source.json);
    bedrock_json_path_init(&path, nodes);
    while ((status = bedrock_json_next(&source.json, &source.in, source.end, &token)) > 0) {
        if (bedrock_json_path_next(&path, &token) == 'b' && token.type == BEDROCK_JSON_STRING) {
            bytes_put(&base64, token.text, token.len);
        }
    }
    if (status != 0 || bedrock_json_finish(&source.json, &token) != BEDROCK_OK) {
        answer->wrong = "a chunk is not JSON";
    }
    decode_chunk(answer, base64.data == NULL ? "" : base64.data, base64.len);
    bytes_free(&base64);
    answer->raw.len = 0;
}

static void take_raw(struct answer *answer, const struct bedrock_event *event)
{
    if (event->name != NULL && strcmp(event->name, "chunk") == 0) {
        bytes_put(&answer->raw, event->text, event->text_len);
        if (event->last) {
            take_chunk(answer);
        }
    }
}

static void copy_name(char *dst, size_t cap, const char *name)
{
    snprintf(dst, cap, "%s", name == NULL ? "" : name);
}

/* What is known of a block at its start and at its end; a failure may come between the two. */
static void take_block(struct block *block, const struct bedrock_event *event)
{
    block->index = event->block_index;
    block->kind = event->block;
    copy_name(block->tool_id, sizeof block->tool_id, event->tool_use_id);
    copy_name(block->tool_name, sizeof block->tool_name, event->name);
}

static void see(void *ctx, const struct bedrock_event *event)
{
    struct answer *answer = ctx;
    struct block *block = answer->count > 0 ? &answer->blocks[answer->count - 1] : NULL;

    switch (event->type) {
    case BEDROCK_EVENT_MESSAGE_START:
        answer->role = (int)event->role;
        return;
    case BEDROCK_EVENT_BLOCK_START:
        if (answer->count < BLOCKS_MAX) {
            take_block(&answer->blocks[answer->count++], event);
        }
        return;
    case BEDROCK_EVENT_BLOCK_STOP:
        if (block != NULL) {
            take_block(block, event);
        }
        return;
    case BEDROCK_EVENT_STOP:
        copy_name(answer->stop_reason, sizeof answer->stop_reason, event->stop_reason_text);
        return;
    case BEDROCK_EVENT_METADATA:
        answer->usage = *event->usage;
        return;
    case BEDROCK_EVENT_RAW:
        take_raw(answer, event);
        return;
    default:
        if (block != NULL && part_of(block, event->type) != NULL) {
            bytes_put(part_of(block, event->type), event->text, event->text_len);
        }
        return;
    }
}

static void answer_free(struct answer *answer)
{
    size_t i;

    for (i = 0; i < answer->count; i++) {
        bytes_free(&answer->blocks[i].text);
        bytes_free(&answer->blocks[i].input);
        bytes_free(&answer->blocks[i].reasoning);
        bytes_free(&answer->blocks[i].signature);
        bytes_free(&answer->blocks[i].redacted);
    }
    bytes_free(&answer->raw);
    bytes_free(&answer->chunks);
    bytes_free(&answer->first_chunk);
    bytes_free(&answer->last_chunk);
    memset(answer, 0, sizeof *answer);
    answer->role = -1;
}

/* --------------------------------------------------------------- comparing */

static int same_bytes(const struct bytes *got, const struct vec_field *want)
{
    return got->len == want->len &&
           (want->len == 0 || memcmp(got->data, want->data, want->len) == 0);
}

static int same_text(const char *got, const struct vec_field *want)
{
    return strlen(got) == want->len && memcmp(got, want->data, want->len) == 0;
}

/* "" stands for {}. */
static int same_json(const struct bytes *got, const struct vec_field *want)
{
    struct bytes mine = {0}, theirs = {0};
    int same = put_canonical(&mine, got->len > 0 ? got->data : "{}", got->len > 0 ? got->len : 2) &&
               put_canonical(&theirs, (const char *)want->data, want->len) &&
               mine.len == theirs.len && memcmp(mine.data, theirs.data, mine.len) == 0;

    bytes_free(&mine);
    bytes_free(&theirs);
    return same;
}

/* The bytes themselves, or their base64. */
static int same_blob(const struct bytes *got, const struct vec_field *want)
{
    struct bedrock_base64 base64 = {0};
    struct bytes decoded = {0};
    uint8_t *bytes = some_memory(got->len);
    size_t len;
    int same = same_bytes(got, want);

    if (!same && got->len > 0 &&
        bedrock_base64_decode(&base64, bytes, &len, got->data, got->len) == BEDROCK_OK) {
        bytes_put(&decoded, bytes, len);
        same = same_bytes(&decoded, want);
        bytes_free(&decoded);
    }
    free(bytes);
    return same;
}

/* One field of a block. Returns what is wrong, or NULL; also for fields that are not a block's. */
static const char *compare_part(const struct block *block, const struct vec_field *want)
{
    if (strcmp(want->name, "text") == 0) {
        return same_bytes(&block->text, want) ? NULL : "text";
    }
    if (strcmp(want->name, "tool_id") == 0) {
        return same_text(block->tool_id, want) ? NULL : "tool_id";
    }
    if (strcmp(want->name, "tool_name") == 0) {
        return same_text(block->tool_name, want) ? NULL : "tool_name";
    }
    if (strcmp(want->name, "tool_input") == 0) {
        return same_bytes(&block->input, want) ? NULL : "tool_input";
    }
    if (strcmp(want->name, "tool_input_canon") == 0) {
        return same_json(&block->input, want) ? NULL : "tool_input_canon";
    }
    if (strcmp(want->name, "reasoning") == 0) {
        return same_bytes(&block->reasoning, want) ? NULL : "reasoning";
    }
    if (strcmp(want->name, "reasoning_signature") == 0) {
        return same_bytes(&block->signature, want) ? NULL : "reasoning_signature";
    }
    if (strcmp(want->name, "reasoning_redacted") == 0) {
        return same_blob(&block->redacted, want) ? NULL : "reasoning_redacted";
    }
    return NULL;
}

static const struct block *find_block(const struct answer *answer, long long index)
{
    static const struct block none;
    size_t i;

    for (i = 0; i < answer->count; i++) {
        if (answer->blocks[i].index == index) {
            return &answer->blocks[i];
        }
    }
    return &none;
}

/* Every `block` group with the fields behind it; and no block that is not among them. */
static const char *compare_blocks(const struct vec_case *c, const struct answer *answer)
{
    const struct block *block = NULL;
    const char *wrong = NULL;
    size_t i, found = 0;

    for (i = 0; i < c->count && wrong == NULL; i++) {
        if (strcmp(c->fields[i].name, "block") == 0) {
            block = find_block(answer, c->fields[i].number);
            found += block->index == c->fields[i].number && answer->count > 0;
        } else if (block != NULL) {
            wrong = compare_part(block, &c->fields[i]);
        }
    }
    if (wrong == NULL && vec_get(c, "block") != NULL && found < answer->count) {
        wrong = "there are more blocks";
    }
    return wrong;
}

static const char *compare_numbers(const struct vec_case *c, const struct bedrock_usage *usage)
{
    const struct {
        const char *name;
        long long got;
    } numbers[] = {
        {"in_tokens", usage->input_tokens},
        {"out_tokens", usage->output_tokens},
        {"total_tokens", usage->total_tokens},
        {"cache_read_tokens", usage->cache_read_input_tokens},
        {"cache_write_tokens", usage->cache_write_input_tokens},
        {"latency_ms", usage->latency_ms},
    };
    size_t i;

    for (i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (vec_number(c, numbers[i].name, numbers[i].got) != numbers[i].got) {
            return numbers[i].name;
        }
    }
    return NULL;
}

static const char *compare_chunks(const struct vec_case *c, const struct answer *answer)
{
    uint8_t digest[BEDROCK_SHA256_SIZE];
    char hex[2 * BEDROCK_SHA256_SIZE + 1] = "";
    size_t i;

    bedrock_sha256_digest(digest, answer->chunks.data, answer->chunks.len);
    for (i = 0; i < sizeof digest; i++) {
        snprintf(hex + 2 * i, 3, "%02x", (unsigned)digest[i]);
    }
    if (vec_number(c, "chunks", -1) != (long long)answer->chunk_count) {
        return "chunks";
    }
    if (vec_number(c, "chunk_bytes", -1) != (long long)answer->chunks.len) {
        return "chunk_bytes";
    }
    if (!vec_is(c, "chunks_sha256", hex)) {
        return "chunks_sha256";
    }
    if (answer->chunk_count > 0 && (!same_bytes(&answer->first_chunk, vec_get(c, "first_chunk")) ||
                                    !same_bytes(&answer->last_chunk, vec_get(c, "last_chunk")))) {
        return "first_chunk or last_chunk";
    }
    return NULL;
}

/* An error's words may have been cut to what the client holds, which is 255 bytes. */
static int same_message(const char *got, const char *want)
{
    size_t len = strlen(got);

    return strcmp(got, want) == 0 || (len >= 252 && strncmp(got, want, len) == 0);
}

static const char *compare_error(const struct vec_case *c, const struct told *told,
                                 const char *type_name, const char *message_name)
{
    if (told->code >= 0) {
        return "it did not fail";
    }
    if (vec_get(c, type_name) != NULL && !vec_is(c, type_name, told->error_type)) {
        return type_name;
    }
    if (vec_get(c, message_name) != NULL &&
        !same_message(told->error_message, vec_text(c, message_name))) {
        return message_name;
    }
    return NULL;
}

/* The names of the events in order, each with how often it came in a row. */
static void add_run(struct bytes *runs, const char *name, size_t count)
{
    char number[24];

    if (count > 0) {
        bytes_text(runs, runs->len > 0 ? " " : "");
        bytes_text(runs, name);
        snprintf(number, sizeof number, "*%zu", count);
        bytes_text(runs, count > 1 ? number : "");
    }
}

static const char *compare_frames(const struct vec_case *c)
{
    const struct vec_field *body = vec_get(c, "body");
    const uint8_t *in = body->data, *end = body->data + body->len;
    struct bedrock_event_stream decoder;
    struct bedrock_event_stream_event event;
    uint8_t names[64];
    char last[64] = "", name[64] = "";
    size_t frames = 0, run = 0;
    struct bytes runs = {0};
    int same;

    bedrock_event_stream_init(&decoder, names, sizeof names);
    while (bedrock_event_stream_next(&decoder, &in, end, &event) > 0) {
        if (event.type == BEDROCK_EVENT_STREAM_HEADER &&
            (strncmp(event.name, ":event-type", event.name_len) == 0 ||
             strncmp(event.name, ":exception-type", event.name_len) == 0)) {
            snprintf(name, sizeof name, "%.*s", (int)event.len, (const char *)event.data);
        }
        if (event.type == BEDROCK_EVENT_STREAM_END) {
            frames++;
            if (strcmp(name, last) != 0) {
                add_run(&runs, last, run);
                run = 0;
            }
            strcpy(last, name);
            run++;
        }
    }
    add_run(&runs, last, run);
    same = vec_get(c, "events") == NULL || vec_is(c, "events", runs.data);
    bytes_free(&runs);
    return vec_number(c, "frames", (long long)frames) != (long long)frames ? "frames"
           : same                                                          ? NULL
                                                                           : "events";
}

static const char *compare_converse(const struct vec_case *c, const struct answer *answer,
                                    const struct told *told)
{
    const char *wrong;

    if (vec_get(c, "exc_type") != NULL) {
        wrong = compare_error(c, told, "exc_type", "exc_message");
    } else if (vec_get(c, "stop_reason") != NULL) {
        wrong = told->code == BEDROCK_OK ? NULL : "it failed";
    } else {
        wrong = told->code == BEDROCK_OK || told->code == BEDROCK_E_ANSWER_INCOMPLETE
                    ? NULL
                    : "it failed otherwise than for want of a stop reason";
    }
    if (wrong == NULL && vec_get(c, "role") != NULL &&
        (answer->role < 0 || !vec_is(c, "role", role_names[answer->role]))) {
        wrong = "role";
    }
    if (wrong == NULL && !vec_is(c, "stop_reason", answer->stop_reason)) {
        wrong = "stop_reason";
    }
    if (wrong == NULL) {
        wrong = compare_blocks(c, answer);
    }
    return wrong != NULL ? wrong : compare_numbers(c, &answer->usage);
}

/* ----------------------------------------------------------------- playing */

static int is_header(const struct vec_field *line, const char *name)
{
    size_t i;

    for (i = 0; name[i] != '\0'; i++) {
        if ((line->data[i] | 0x20) != name[i]) {
            return 0;
        }
    }
    return line->data[i] == ':';
}

/* The recorded header lines without those of the framing, which is our own. */
static void put_headers(struct bytes *headers, const struct vec_case *c, int stream)
{
    const struct vec_field *line = NULL;
    int has_type = 0;

    bytes_text(headers, "");
    while ((line = vec_next(c, line, "rhdr")) != NULL) {
        if (!is_header(line, "content-length") && !is_header(line, "transfer-encoding") &&
            !is_header(line, "connection")) {
            bytes_put(headers, line->data, line->len);
            bytes_text(headers, "\r\n");
            has_type |= is_header(line, "content-type");
        }
    }
    if (!has_type) {
        bytes_text(headers, "Content-Type: ");
        bytes_text(headers, stream ? "application/vnd.amazon.eventstream" : "application/json");
        bytes_text(headers, "\r\n");
    }
}

static void put_recorded(struct bytes *http, const struct vec_case *c, int stream,
                         enum framing framing, size_t chunk)
{
    const struct vec_field *body = vec_get(c, "body");
    struct bytes headers = {0};
    char status[32];

    put_headers(&headers, c, stream);
    snprintf(status, sizeof status, "%lld Recorded", vec_number(c, "status", 200));
    put_answer(http, status, headers.data, body->data, body->len, framing, chunk);
    bytes_free(&headers);
}

/* Plays it once more and compares with what was told of the whole. */
static int plays_alike(const struct told *whole, int stream, const struct bytes *http, size_t piece,
                       size_t cut)
{
    struct told told;
    int same;

    play(&told, stream, http->data, http->len, piece, cut);
    same = told.code == whole->code && told.broken == NULL &&
           strcmp(told.text.data, whole->text.data) == 0;
    told_free(&told);
    return same;
}

static const char *compare_forms(const struct vec_case *c, int stream, const struct told *whole)
{
    static const size_t chunks[] = {1, 3, 61, 1024};
    size_t i, stride;
    struct bytes http = {0};
    const char *wrong = NULL;

    put_recorded(&http, c, stream, FRAMED_LENGTH, 0);
    if (!plays_alike(whole, stream, &http, 1, 0)) {
        wrong = "byte by byte it is another answer";
    }
    stride = http.len / CUTS + 1;
    for (i = 1; i < http.len && wrong == NULL; i += stride) {
        if (!plays_alike(whole, stream, &http, 0, i)) {
            wrong = "cut in two it is another answer";
        }
    }
    bytes_free(&http);
    for (i = 0; i < sizeof chunks / sizeof *chunks && wrong == NULL; i++) {
        put_recorded(&http, c, stream, FRAMED_CHUNKED, chunks[i]);
        if (!plays_alike(whole, stream, &http, 0, 0) || !plays_alike(whole, stream, &http, 13, 0)) {
            wrong = "in chunks it is another answer";
        }
        bytes_free(&http);
    }
    return wrong;
}

enum operation { CONVERSE, CONVERSE_STREAM, INVOKE_STREAM };

static const char *compare(const struct vec_case *c, enum operation operation,
                           const struct answer *answer, const struct told *told)
{
    if (told->broken != NULL) {
        return told->broken;
    }
    if (vec_number(c, "status", 200) >= 400) {
        return compare_error(c, told, "err_code", "err_message");
    }
    if (operation != INVOKE_STREAM) {
        return compare_converse(c, answer, told);
    }
    if (vec_get(c, "exc_type") != NULL) {
        return compare_error(c, told, "exc_type", "exc_message");
    }
    /* All of it was read, and it is no answer of Converse's. */
    return told->code == BEDROCK_E_ANSWER_INCOMPLETE ? compare_chunks(c, answer)
                                                     : "it was not read";
}

static const char *judge_answer(const struct vec_case *c, enum operation operation)
{
    static struct answer answer;
    struct watcher watcher = {see, &answer};
    int stream = operation != CONVERSE;
    struct bytes http = {0};
    struct told told;
    const char *wrong;

    answer_free(&answer);
    put_recorded(&http, c, stream, FRAMED_LENGTH, 0);
    play_for(&watcher, &told, stream, http.data, http.len, http.len, 0);
    wrong = answer.wrong != NULL ? answer.wrong : compare(c, operation, &answer, &told);
    if (wrong == NULL) {
        wrong = compare_forms(c, stream, &told);
    }
    if (wrong == NULL && stream && vec_number(c, "status", 200) < 400) {
        wrong = compare_frames(c);
    }
    bytes_free(&http);
    told_free(&told);
    return wrong;
}

/* Valid JSON, in two pieces that meet at cut; piece by piece of so many bytes behind it. */
static int is_json(const struct vec_field *body, size_t cut, size_t piece)
{
    const char *in = (const char *)body->data, *end = in + body->len, *stop = in + cut;
    struct bedrock_json json;
    struct bedrock_json_event token;
    int status;

    bedrock_json_init(&json);
    for (;;) {
        do {
            status = bedrock_json_next(&json, &in, stop, &token);
        } while (status > 0);
        if (status < 0 || stop == end) {
            break;
        }
        stop += (size_t)(end - stop) < piece ? (size_t)(end - stop) : piece;
    }
    return status == 0 && bedrock_json_finish(&json, &token) >= 0;
}

static const char *judge_json(const struct vec_field *body)
{
    size_t stride = body->len / CUTS + 1, cut;

    if (!is_json(body, 0, 1)) {
        return "the body is not JSON";
    }
    for (cut = 0; cut <= body->len; cut += stride) {
        if (!is_json(body, cut, body->len)) {
            return "cut in two the body is not JSON";
        }
    }
    return NULL;
}

static void run_case(const struct vec_case *c, void *ctx)
{
    const char *file = ctx, *wrong;

    if (vec_get(c, "body") == NULL) {
        vec_fail(file, c->id, "there is no body");
        return;
    }
    if (vec_is(c, "op", "converse-stream")) {
        wrong = judge_answer(c, CONVERSE_STREAM);
    } else if (vec_is(c, "op", "invoke-with-response-stream")) {
        wrong = judge_answer(c, INVOKE_STREAM);
    } else if (vec_is(c, "op", "converse") || vec_number(c, "status", 200) >= 400) {
        wrong = judge_answer(c, CONVERSE);
    } else {
        wrong = judge_json(vec_get(c, "body"));
    }
    if (wrong != NULL) {
        vec_fail(file, c->id, "%s", wrong);
    } else {
        vec_pass();
    }
}

static void run(const char *folder)
{
    static char streams[] = "streams.vec", reframed[] = "reframed.vec",
                responses[] = "responses.vec";

    vec_each(folder, streams, run_case, streams);
    vec_each(folder, reframed, run_case, reframed);
    vec_each(folder, responses, run_case, responses);
}

const struct vec_topic vectors_bedrock = {"bedrock", run};
