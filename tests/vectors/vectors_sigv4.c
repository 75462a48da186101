/* SPDX-License-Identifier: MIT */
/* Signature Version 4: requests (signed in the header and in the query), event chains, keys. */
#include "vec.h"

#include "bedrock/error.h"
#include "bedrock/event_stream.h"
#include "bedrock/sigv4.h"
#include "encoding/hex.h"
#include "encoding/uri.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEADERS_CAP 64

/* Text that grows, and is NUL-terminated. */
struct text {
    char *data;
    size_t len;
};

static int append(void *ctx, const void *data, size_t len)
{
    struct text *text = ctx;

    text->data = realloc(text->data, text->len + len + 1);
    if (text->data == NULL) {
        abort();
    }
    memcpy(text->data + text->len, data, len);
    text->len += len;
    text->data[text->len] = '\0';
    return 0;
}

static void text_start(struct text *text, struct bedrock_output *out)
{
    text->data = NULL;
    text->len = 0;
    append(text, "", 0);
    bedrock_output_init(out, append, text, 0);
}

static char *copy(const void *data, size_t len)
{
    struct text text;
    struct bedrock_output out;

    text_start(&text, &out);
    append(&text, data, len);
    return text.data;
}

/* A case, made ready to be signed. */
struct subject {
    const char *file;
    const struct vec_case *c;
    const char *wrong; /* what differed first */
    struct bedrock_sigv4_header headers[HEADERS_CAP + 3];
    char *names[HEADERS_CAP]; /* copies, to be freed */
    size_t own_count;         /* headers that the case gives */
    char *path;
    char body_hash[2 * BEDROCK_SHA256_SIZE + 1];
    struct bedrock_sigv4_request request;
    struct bedrock_sigv4_scope scope;
};

static void demand(struct subject *subject, const char *name, const char *got)
{
    const struct vec_field *want = vec_get(subject->c, name);

    if (want != NULL && subject->wrong == NULL &&
        (strlen(got) != want->len || memcmp(got, want->data, want->len) != 0)) {
        subject->wrong = name;
    }
}

static int has_header(const struct subject *subject, const char *name)
{
    size_t i;

    for (i = 0; i < subject->own_count; i++) {
        const char *a = subject->headers[i].name, *b = name;

        while (*a != '\0' && (*a | 0x20) == (*b | 0x20)) {
            a++;
            b++;
        }
        if (*a == '\0' && *b == '\0') {
            return 1;
        }
    }
    return 0;
}

static void add_header(struct subject *subject, const char *name, const char *value)
{
    if (!has_header(subject, name)) {
        subject->headers[subject->request.header_count].name = name;
        subject->headers[subject->request.header_count].value = value;
        subject->request.header_count++;
    }
}

static void read_headers(struct subject *subject)
{
    const struct vec_field *field = NULL;

    while ((field = vec_next(subject->c, field, "header")) != NULL &&
           subject->own_count < HEADERS_CAP) {
        char *line = copy(field->data, field->len), *colon = strchr(line, ':');
        struct bedrock_sigv4_header *header = &subject->headers[subject->own_count];

        subject->names[subject->own_count++] = line;
        header->name = line;
        header->value = "";
        if (colon != NULL) {
            *colon = '\0';
            header->value = colon + 1;
        }
    }
}

static void read_subject(struct subject *subject, const char *file, const struct vec_case *c)
{
    const struct vec_field *target = vec_get(c, "target"), *body = vec_get(c, "body");
    char *question;

    memset(subject, 0, sizeof *subject);
    subject->file = file;
    subject->c = c;
    read_headers(subject);
    subject->path = copy(target->data, target->len);
    question = strchr(subject->path, '?');
    if (question != NULL) {
        *question = '\0';
        subject->request.query = question + 1;
    }
    subject->request.method = vec_text(c, "method");
    subject->request.path = subject->path;
    subject->request.as_is_path = vec_number(c, "normalize", 1) == 0;
    subject->request.encode_path_once = vec_number(c, "double_encode", 1) == 0;
    subject->request.headers = subject->headers;
    subject->request.header_count = subject->own_count;
    bedrock_sha256_digest(subject->request.payload_hash, body->data, body->len);
    bdk_hex_encode(subject->body_hash, subject->request.payload_hash, BEDROCK_SHA256_SIZE);
    subject->scope.access_key_id = vec_text(c, "access_key");
    subject->scope.secret_access_key = vec_text(c, "secret_key");
    subject->scope.region = vec_text(c, "region");
    subject->scope.service = vec_text(c, "service");
    subject->scope.date = vec_text(c, "timestamp");
}

static void free_subject(struct subject *subject)
{
    size_t i;

    for (i = 0; i < subject->own_count; i++) {
        free(subject->names[i]);
    }
    free(subject->path);
}

/* Checks canonical request and string to sign under the names given. */
static void check_texts(struct subject *subject, const char *creq, const char *sts)
{
    struct bedrock_output out;
    struct text text;
    uint8_t hash[BEDROCK_SHA256_SIZE];

    text_start(&text, &out);
    bedrock_sigv4_put_canonical_request(&out, &subject->request);
    demand(subject, creq, text.data);
    bedrock_sha256_digest(hash, text.data, text.len);
    free(text.data);
    text_start(&text, &out);
    bedrock_sigv4_put_string_to_sign(&out, &subject->scope, hash);
    demand(subject, sts, text.data);
    free(text.data);
}

static void check_header_form(struct subject *subject)
{
    const char *token = vec_text(subject->c, "token");
    char signature[BEDROCK_SIGV4_SIGNATURE_SIZE] = "";
    struct bedrock_sigv4_key key = {{0}, {0}, 0};
    struct bedrock_output out;
    struct text text;

    add_header(subject, "x-amz-date", subject->scope.date);
    if (token[0] != '\0' && vec_number(subject->c, "omit_token", 0) == 0) {
        add_header(subject, "x-amz-security-token", token);
    }
    if (vec_number(subject->c, "sign_body", 0) != 0) {
        add_header(subject, "x-amz-content-sha256", subject->body_hash);
    }
    check_texts(subject, "creq", "sts");
    if (bedrock_sigv4_sign(signature, &subject->request, &subject->scope, NULL) != BEDROCK_OK) {
        subject->wrong = "status";
    }
    demand(subject, "signature", signature);
    text_start(&text, &out);
    bedrock_sigv4_put_authorization(&out, &subject->request, &subject->scope, signature);
    demand(subject, "authorization", text.data);
    free(text.data);
    /* The same again, with a key that is derived and one that is kept. */
    bedrock_sigv4_sign(signature, &subject->request, &subject->scope, &key);
    demand(subject, "signature", signature);
    bedrock_sigv4_sign(signature, &subject->request, &subject->scope, &key);
    demand(subject, "signature", signature);
}

/* Writes the target of the URL: path, query and, unsigned, a token that was left out of it. */
static void put_url(struct bedrock_output *out, const struct subject *subject, const char *query)
{
    const char *token = vec_text(subject->c, "token");

    bedrock_output_text(out, subject->path);
    bedrock_output_text(out, "?");
    bedrock_output_text(out, query);
    if (token[0] != '\0' && vec_number(subject->c, "omit_token", 0) != 0) {
        bedrock_output_text(out, "&X-Amz-Security-Token=");
        bdk_uri_put(out, token, strlen(token), 0);
    }
}

static void check_query_form(struct subject *subject, uint32_t expires_s)
{
    const char *token =
        vec_number(subject->c, "omit_token", 0) == 0 ? vec_text(subject->c, "token") : NULL;
    const char *last = "&X-Amz-Signature=";
    struct text query, url;
    struct bedrock_output out;
    char *signature;

    subject->request.header_count = subject->own_count;
    text_start(&query, &out);
    if (bedrock_sigv4_presign(&out, &subject->request, &subject->scope, NULL, token, expires_s) !=
        BEDROCK_OK) {
        subject->wrong = "status of the query form";
    }
    text_start(&url, &out);
    put_url(&out, subject, query.data);
    demand(subject, "q_target", url.data);
    free(url.data);
    signature = strstr(query.data, last);
    if (signature != NULL) {
        demand(subject, "q_signature", signature + strlen(last));
        /* The service reads the URL and signs what it finds in it, less the signature. */
        *signature = '\0';
        subject->request.query = query.data;
        check_texts(subject, "q_creq", "q_sts");
    } else {
        subject->wrong = "q_signature";
    }
    free(query.data);
}

static void report(const char *file, const struct vec_case *c, const char *wrong)
{
    if (wrong == NULL) {
        vec_pass();
    } else {
        vec_fail(file, c->id, "%s differs", wrong);
    }
}

static void run_request(const struct vec_case *c, void *ctx)
{
    static struct subject subject;

    if (vec_get(c, "target") == NULL || vec_get(c, "body") == NULL) {
        vec_fail(ctx, c->id, "there is no target or no body");
        return;
    }
    read_subject(&subject, ctx, c);
    check_header_form(&subject);
    if (vec_get(c, "q_expires") != NULL) {
        check_query_form(&subject, (uint32_t)vec_number(c, "q_expires", 0));
    }
    report(ctx, c, subject.wrong);
    free_subject(&subject);
}

/* Whether the outer message of an event is the expected frame. */
static int is_frame(const struct vec_field *frame, int64_t ms, const uint8_t *raw,
                    const struct vec_field *payload)
{
    struct bedrock_event_stream_header headers[2] = {
        {":date", BEDROCK_EVENT_STREAM_TIMESTAMP, NULL, 8},
        {":chunk-signature", BEDROCK_EVENT_STREAM_BYTES, NULL, BEDROCK_SHA256_SIZE},
    };
    uint8_t date[8], *message = malloc(frame->len + 1);
    size_t i, len;
    int is_equal;

    for (i = 0; i < 8; i++) {
        date[i] = (uint8_t)((uint64_t)ms >> (56 - 8 * i));
    }
    headers[0].value = date;
    headers[1].value = raw;
    is_equal = bedrock_event_stream_encode(message, frame->len, &len, headers, 2, payload->data,
                                           payload->len) == BEDROCK_OK &&
               len == frame->len && memcmp(message, frame->data, len) == 0;
    free(message);
    return is_equal;
}

/* One event of a chain. Returns what differs, or NULL. */
static const char *check_event(const struct vec_case *c, const struct vec_field *ms,
                               const struct bedrock_sigv4_scope *scope,
                               struct bedrock_sigv4_key *key,
                               char signature[BEDROCK_SIGV4_SIGNATURE_SIZE])
{
    const struct vec_field *payload = vec_next(c, ms, "payload"),
                           *want = vec_next(c, ms, "signature"), *frame = vec_next(c, ms, "frame"),
                           *next = vec_next(c, ms, "ms");
    uint8_t raw[BEDROCK_SHA256_SIZE], bytes[BEDROCK_SHA256_SIZE];

    if (payload == NULL || want == NULL) {
        return "an event without payload or signature";
    }
    if (bedrock_sigv4_sign_event(signature, raw, scope, key, ms->number, payload->data,
                                 payload->len) != BEDROCK_OK) {
        return "status";
    }
    if (strcmp(signature, (const char *)want->data) != 0) {
        return "signature";
    }
    if (bdk_hex_decode(bytes, signature, 2 * sizeof bytes) != 0 ||
        memcmp(bytes, raw, sizeof raw) != 0) {
        return "raw signature";
    }
    if (frame != NULL && (next == NULL || frame < next) &&
        !is_frame(frame, ms->number, raw, payload)) {
        return "frame";
    }
    return NULL;
}

static void run_events(const struct vec_case *c, void *ctx)
{
    struct bedrock_sigv4_scope scope = {
        vec_text(c, "access_key"),
        vec_text(c, "secret_key"),
        vec_text(c, "region"),
        vec_text(c, "service"),
        NULL,
    };
    struct bedrock_sigv4_key key = {{0}, {0}, 0};
    char signature[BEDROCK_SIGV4_SIGNATURE_SIZE];
    const struct vec_field *ms = NULL;
    const char *wrong = vec_get(c, "ms") == NULL ? "number of events" : NULL;

    snprintf(signature, sizeof signature, "%s", vec_text(c, "seed"));
    while (wrong == NULL && (ms = vec_next(c, ms, "ms")) != NULL) {
        wrong = check_event(c, ms, &scope, &key, signature);
    }
    report(ctx, c, wrong);
}

static void run_key(const struct vec_case *c, void *ctx)
{
    const struct vec_field *want = vec_get(c, "key");
    struct bedrock_sigv4_scope scope = {
        "AKID",
        vec_text(c, "secret_key"),
        vec_text(c, "region"),
        vec_text(c, "service"),
        vec_text(c, "date"), /* its first eight characters are looked at */
    };
    struct bedrock_sigv4_key key = {{0}, {0}, 0};

    bedrock_sigv4_key_prepare(&key, &scope);
    report(ctx, c,
           want != NULL && want->len == sizeof key.key &&
                   memcmp(key.key, want->data, want->len) == 0
               ? NULL
               : "key");
}

static void run(const char *folder)
{
    static char suite[] = "sigv4.vec", bedrock[] = "sigv4_bedrock.vec",
                events[] = "sigv4_events.vec", keys[] = "sigv4_keys.vec";

    vec_each(folder, suite, run_request, suite);
    vec_each(folder, bedrock, run_request, bedrock);
    vec_each(folder, events, run_events, events);
    vec_each(folder, keys, run_key, keys);
}

const struct vec_topic vectors_sigv4 = {"sigv4", run};
