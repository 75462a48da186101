/* SPDX-License-Identifier: MIT */
/*
 * Operations whose answers are records: an answer in every form that it can take on its way, told
 * by events or in the caller's structs, each time in the same words; and the request, to the byte.
 */
#ifndef TESTS_UNIT_CLIENT_RECORDS_H
#define TESTS_UNIT_CLIENT_RECORDS_H

#include "bedrock/sha256.h"
#include "bedrock/sigv4.h"
#include "fakes/http_peer.h"
#include "test.h"
#include "unit/client/answers.h"

#define JSON_ANSWER "Content-Type: application/json\r\n"

/* A call, and how what it gives is told: runs it to its end, returns how it ended. */
struct record_call {
    int (*start)(bedrock_client *client);
    int (*tell)(bedrock_client *client, struct bytes *out);
};

/* ------------------------------------------------------------ told by events */

static inline void record_piece(struct bytes *out, const char *label, const char *name,
                                const struct bedrock_event *event, int *open)
{
    if (!*open) {
        bytes_text(out, label);
        bytes_text(out, name == NULL ? "-" : name);
        bytes_text(out, " ");
    }
    bytes_put(out, event->text, event->text_len);
    *open = 1;
}

static inline void record_line(struct bytes *out, const char *label, long number, const char *name)
{
    char line[160];

    snprintf(line, sizeof line, "%s %ld %s\n", label, number, name == NULL ? "-" : name);
    bytes_text(out, line);
}

/* Pieces of one value are joined in a line. */
static inline int tell_events(bedrock_client *client, struct bytes *out)
{
    enum bedrock_stop_reason reason = BEDROCK_STOP_UNKNOWN;
    struct bedrock_event event;
    int status, open = 0;

    do {
        memset(&event, 0xA5, sizeof event);
        status = bedrock_next(client, &event);
        if (status != BEDROCK_EVENT) {
            continue;
        }
        if (event.type == BEDROCK_EVENT_FIELD) {
            record_piece(out, "field ", event.name, &event, &open);
        } else if (event.type == BEDROCK_EVENT_TEXT) {
            record_piece(out, "text ", NULL, &event, &open);
        } else if (event.type == BEDROCK_EVENT_RAW) {
            record_piece(out, "raw ", event.name, &event, &open);
        }
        if (open && (event.type == BEDROCK_EVENT_BLOCK_STOP ||
                     (event.type != BEDROCK_EVENT_TEXT && event.last))) {
            bytes_text(out, "\n");
            open = 0;
        }
        if (event.type == BEDROCK_EVENT_BLOCK_START) {
            record_line(out, "begin", event.block_index, event.name);
        } else if (event.type == BEDROCK_EVENT_BLOCK_STOP) {
            record_line(out, "end", event.block_index, block_names[event.block]);
        } else if (event.type == BEDROCK_EVENT_STOP) {
            record_line(out, "stop", (long)event.stop_reason, event.stop_reason_text);
            reason = event.stop_reason;
        }
    } while (status == BEDROCK_EVENT || status == BEDROCK_AGAIN);
    if (status == BEDROCK_OK && bedrock_last_stop_reason(client) != reason) {
        bytes_text(out, "another last stop reason than that of the STOP event\n");
    }
    return status;
}

/* ------------------------------------------------------------------ playing */

#define RECORD_CLIENT_MEMORY 8192

/* Plays an answer as play() does. */
static inline int play_record(const struct record_call *call, struct bytes *out, const void *http,
                              size_t len, size_t piece, size_t cut)
{
    static union {
        unsigned char bytes[RECORD_CLIENT_MEMORY];
        void *align;
    } memory;
    struct player player = {.bytes = http, .len = len, .piece = piece, .cut = cut};
    bedrock_client *client;
    int status;

    bedrock_client_init_with(&client, memory.bytes, sizeof memory.bytes,
                             &(struct bedrock_config){
                                 .region = "us-east-1",
                                 .port = &player_port,
                                 .credentials = BEDROCK_API_KEY("a-key"),
                                 .endpoint = BEDROCK_ENDPOINT("http://localhost"),
                                 .transport_ctx = &player,
                                 .max_attempts = 1,
                             },
                             &player_class);
    status = call->start(client);
    if (status == BEDROCK_OK) {
        status = call->tell(client, out);
    }
    free(player.lent);
    return status;
}

/* A port, with a service behind it that answers by a script. */
struct record_service {
    struct fake_port fake;
    struct http_peer peer;
    struct bedrock_credentials credentials;
    bedrock_client *client;
    union {
        unsigned char bytes[RECORD_CLIENT_MEMORY];
        void *align;
    } memory;
};

/* `again`: the port does not wait, is never ready twice in a row, and moves a byte at a time. */
static inline void record_service_open(struct record_service *service,
                                       const struct http_answer *answers, size_t count, int again)
{
    memset(service, 0, sizeof *service);
    service->credentials.get = bedrock_credentials_get_static;
    service->credentials.keys.access_key_id = "AKIDEXAMPLE";
    service->credentials.keys.secret_access_key = "wJalrXUtnFEMI/K7MDENG";
    (again ? fake_port_init_nonwaiting : fake_port_init)(&service->fake);
    service->fake.again_every = again ? 2 : 0;
    service->fake.read_max = service->fake.write_max = again ? 1 : 0;
    http_peer_init(&service->peer, &service->fake, answers, count);
    bedrock_client_init_with(&service->client, service->memory.bytes, sizeof service->memory.bytes,
                             &(struct bedrock_config){
                                 .region = "us-east-1",
                                 .port = &service->fake.port,
                                 .credentials = &service->credentials,
                                 .endpoint = BEDROCK_ENDPOINT("http://localhost:8080"),
                             },
                             &bedrock_plain);
}

static inline void record_service_free(struct record_service *service)
{
    CHECK(service->fake.misuse == NULL);
    bedrock_client_close(service->client);
    fake_port_free(&service->fake);
}

/* ----------------------------------------------------------------- answers */

static inline void check_record_told(struct bytes *out, int got, const char *want, int code,
                                     const char *name, const char *form, size_t number)
{
    test_context("%s, %s %zu", name, form, number);
    bytes_text(out, "");
    CHECK_INT(got, code);
    CHECK_TEXT(out->data, want);
    test_context(NULL);
    bytes_free(out);
}

static inline void check_record_framings(const struct record_call *call, const char *body,
                                         const char *want, int code, const char *name)
{
    static struct record_service service;
    int framing, again, status;

    for (framing = 0; framing < 2 * FRAMINGS; framing++) {
        struct bytes http = {0}, out = {0};
        struct http_answer answer = {0};

        again = framing >= FRAMINGS;
        put_answer(&http, "200 OK", JSON_ANSWER, body, strlen(body),
                   (enum framing)(framing % FRAMINGS), again ? 1 : 7);
        answer.bytes = http.data;
        answer.len = http.len;
        answer.then = framing % FRAMINGS == FRAMED_CLOSE ? HTTP_THEN_CLOSE : HTTP_THEN_KEEP;
        record_service_open(&service, &answer, 1, again);
        status = call->start(service.client);
        CHECK_INT(status, BEDROCK_OK);
        status = call->tell(service.client, &out);
        check_record_told(&out, status, want, code, name, "framing", (size_t)framing);
        record_service_free(&service);
        bytes_free(&http);
    }
}

/* Of an answer that breaks off, what was told is the beginning of the whole, and its end is none.
 */
static inline void check_record_truncated(const struct record_call *call, const char *body,
                                          const char *want, const char *name)
{
    size_t len;

    for (len = 0; len < strlen(body) && !test_failed(); len++) {
        struct bytes http = {0}, out = {0};
        int status;

        put_answer(&http, "200 OK", JSON_ANSWER, body, len, FRAMED_CHUNKED, 1000);
        test_context("%s, the first %zu bytes", name, len);
        status = play_record(call, &out, http.data, http.len, http.len, 0);
        CHECK(status == BEDROCK_E_JSON_INCOMPLETE);
        CHECK(out.len <= strlen(want) && (out.len == 0 || memcmp(out.data, want, out.len) == 0));
        bytes_free(&out);
        status = play_record(call, &out, http.data, http.len - 5, 1, 0);
        CHECK(status == BEDROCK_E_HTTP_INCOMPLETE);
        CHECK(out.len <= strlen(want) && (out.len == 0 || memcmp(out.data, want, out.len) == 0));
        bytes_free(&out);
        bytes_free(&http);
    }
    test_context(NULL);
}

/* The answer with that body, in all forms. code: how the call ends. */
static inline void check_record(const struct record_call *call, const char *body, const char *want,
                                int code, const char *name)
{
    struct bytes http = {0}, out = {0};
    size_t cut, head;
    int status;

    put_answer(&http, "200 OK", JSON_ANSWER, body, strlen(body), FRAMED_LENGTH, 0);
    head = http.len - strlen(body);
    status = play_record(call, &out, http.data, http.len, http.len, 0);
    check_record_told(&out, status, want, code, name, "whole", 0);
    status = play_record(call, &out, http.data, http.len, 1, 0);
    check_record_told(&out, status, want, code, name, "byte by byte", 0);
    for (cut = head; cut < http.len && !test_failed(); cut++) {
        status = play_record(call, &out, http.data, http.len, 0, cut);
        check_record_told(&out, status, want, code, name, "cut at", cut - head);
    }
    bytes_free(&http);
    if (!test_failed()) {
        check_record_framings(call, body, want, code, name);
    }
    if (code == BEDROCK_OK && !test_failed()) {
        check_record_truncated(call, body, want, name);
    }
}

/* ---------------------------------------------------------------- requests */

/* What a call sends, to the byte. body NULL: it has none, and no Content-Type. */
struct record_request {
    const char *method, *path, *query, *body;
};

static inline int record_append(void *ctx, const void *data, size_t len)
{
    bytes_put(ctx, data, len);
    return 0;
}

static inline void record_body_hash(uint8_t hash[BEDROCK_SHA256_SIZE],
                                    const struct record_request *want)
{
    const char *body = want->body == NULL ? "" : want->body;

    bedrock_sha256_digest(hash, body, strlen(body));
}

static inline void record_canonical(struct bytes *out, const struct record_request *want,
                                    const char *canonical_path)
{
    char line[80];
    uint8_t hash[BEDROCK_SHA256_SIZE];
    size_t i;

    bytes_text(out, want->method);
    bytes_text(out, "\n");
    bytes_text(out, canonical_path);
    bytes_text(out, "\n");
    bytes_text(out, want->query);
    bytes_text(out, want->body != NULL ? "\ncontent-type:application/json" : "");
    bytes_text(out, "\nhost:localhost:8080\nx-amz-date:20250115T123456Z\n\n");
    bytes_text(out, want->body != NULL ? "content-type;" : "");
    bytes_text(out, "host;x-amz-date\n");
    record_body_hash(hash, want);
    for (i = 0; i < sizeof hash; i++) {
        snprintf(line, sizeof line, "%02x", (unsigned)hash[i]);
        bytes_text(out, line);
    }
}

/* The signature is that of a general signer over the same canonical request, which is as it is
 * written here. */
static inline void check_record_signature(struct record_service *service,
                                          const struct record_request *want,
                                          const char *canonical_path)
{
    struct bedrock_sigv4_header headers[] = {
        {.name = "host", .value = "localhost:8080"},
        {.name = "x-amz-date", .value = "20250115T123456Z"},
        {.name = "content-type", .value = "application/json"},
    };
    struct bedrock_sigv4_request request = {
        .method = want->method,
        .path = want->path,
        .query = want->query,
        .headers = headers,
        .header_count = want->body != NULL ? 3 : 2,
    };
    static const struct bedrock_sigv4_scope scope = {"AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG",
                                                     "us-east-1", "bedrock", "20250115T123456Z"};
    char signature[BEDROCK_SIGV4_SIGNATURE_SIZE], got[512];
    struct bytes canonical = {0}, literal = {0}, authorization = {0};
    struct bedrock_output out;

    record_body_hash(request.payload_hash, want);
    bedrock_output_init(&out, record_append, &canonical, 0);
    CHECK_INT(bedrock_sigv4_put_canonical_request(&out, &request), 0);
    record_canonical(&literal, want, canonical_path);
    CHECK_TEXT(canonical.data, literal.data);
    CHECK_INT(bedrock_sigv4_sign(signature, &request, &scope, NULL), 0);
    bedrock_output_init(&out, record_append, &authorization, 0);
    bedrock_sigv4_put_authorization(&out, &request, &scope, signature);
    CHECK(http_peer_header(&service->peer, 0, "authorization", got, sizeof got) != NULL);
    CHECK_TEXT(got, authorization.data);
    bytes_free(&canonical);
    bytes_free(&literal);
    bytes_free(&authorization);
}

/* canonical_path: the path as it is signed, encoded once more. */
static inline void check_record_request(const struct record_call *call, const char *answer,
                                        const struct record_request *want,
                                        const char *canonical_path)
{
    static struct record_service service;
    struct bytes http = {0}, out = {0}, line = {0};
    struct http_answer script = {0};
    char type[64];

    put_answer(&http, "200 OK", JSON_ANSWER, answer, strlen(answer), FRAMED_LENGTH, 0);
    script.bytes = http.data;
    script.len = http.len;
    record_service_open(&service, &script, 1, 0);
    CHECK_INT(call->start(service.client), BEDROCK_OK);
    CHECK_INT(call->tell(service.client, &out), BEDROCK_OK);
    bytes_text(&line, want->method);
    bytes_text(&line, " ");
    bytes_text(&line, want->path);
    bytes_text(&line, *want->query != '\0' ? "?" : "");
    bytes_text(&line, want->query);
    bytes_text(&line, " HTTP/1.1");
    CHECK_BYTES(service.fake.written, line.len, line.data, line.len);
    CHECK_INT(service.peer.request_count, 1);
    if (want->body != NULL) {
        CHECK_BYTES(http_peer_body(&service.peer, 0), service.peer.requests[0].body_len, want->body,
                    strlen(want->body));
    } else {
        CHECK_INT(service.peer.requests[0].body_len, 0);
        CHECK(http_peer_header(&service.peer, 0, "content-type", type, sizeof type) == NULL);
    }
    check_record_signature(&service, want, canonical_path);
    bytes_free(&http);
    bytes_free(&out);
    bytes_free(&line);
    record_service_free(&service);
}

/* A request that is refused: by the start, or before anything is sent. */
static inline void check_record_refused(const struct record_call *call, int want)
{
    static struct record_service service;
    struct bytes out = {0};
    int status;

    record_service_open(&service, NULL, 0, 0);
    status = call->start(service.client);
    if (status == BEDROCK_OK) {
        status = call->tell(service.client, &out);
    }
    CHECK_INT(status, want);
    CHECK_INT(bedrock_last_error(service.client)->code, want);
    CHECK_INT(service.fake.connects, 0);
    bytes_free(&out);
    record_service_free(&service);
}

#endif
