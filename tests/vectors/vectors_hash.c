/* SPDX-License-Identifier: MIT */
/* Topic hash: SHA-256, HMAC-SHA-256, CRC-32, Base64. */
#include "vec.h"

#include "bedrock/base64.h"
#include "bedrock/error.h"
#include "bedrock/sha256.h"
#include "util/crc32.h"

#include <stdlib.h>
#include <string.h>

#define SIZE BEDROCK_SHA256_SIZE

/* Inputs longer than this are cut at a selection of places instead of at all of them. */
#define LONG_INPUT 4096

static size_t next_cut(size_t cut, size_t len)
{
    return len <= LONG_INPUT ? cut + 1 : cut + 1 + cut / 3;
}

static int is_field(const struct vec_field *field, const void *bytes, size_t len)
{
    return field->len == len && memcmp(field->data, bytes, len) == 0;
}

/* The named field, or a failure of the case. */
static const struct vec_field *need(const char *file, const struct vec_case *c, const char *name)
{
    const struct vec_field *field = vec_get(c, name);

    if (field == NULL) {
        vec_fail(file, c->id, "no field %s", name);
    }
    return field;
}

static void sha256_in_two(uint8_t digest[SIZE], const struct vec_field *msg, size_t cut)
{
    struct bedrock_sha256 sha;

    bedrock_sha256_init(&sha);
    bedrock_sha256_update(&sha, msg->data, cut);
    bedrock_sha256_update(&sha, msg->data + cut, msg->len - cut);
    bedrock_sha256_out(&sha, digest);
}

static void sha256_by_bytes(uint8_t digest[SIZE], const struct vec_field *msg)
{
    struct bedrock_sha256 sha;
    size_t i;

    bedrock_sha256_init(&sha);
    for (i = 0; i < msg->len; i++) {
        bedrock_sha256_update(&sha, msg->data + i, 1);
    }
    bedrock_sha256_out(&sha, digest);
}

static void run_sha256(const struct vec_case *c, void *ctx)
{
    const char *file = *(const char **)ctx;
    const struct vec_field *msg = need(file, c, "msg"), *want;
    uint8_t digest[SIZE];
    size_t cut;

    if (msg == NULL || (want = need(file, c, "digest")) == NULL) {
        return;
    }
    bedrock_sha256_digest(digest, msg->data, msg->len);
    if (!is_field(want, digest, SIZE)) {
        vec_fail(file, c->id, "whole: another digest");
        return;
    }
    sha256_by_bytes(digest, msg);
    if (!is_field(want, digest, SIZE)) {
        vec_fail(file, c->id, "byte by byte: another digest");
        return;
    }
    for (cut = 0; cut <= msg->len; cut = next_cut(cut, msg->len)) {
        sha256_in_two(digest, msg, cut);
        if (!is_field(want, digest, SIZE)) {
            vec_fail(file, c->id, "cut at %zu: another digest", cut);
            return;
        }
    }
    vec_pass();
}

static void run_repeat(const struct vec_case *c, const char *file)
{
    const struct vec_field *unit = need(file, c, "unit"), *want;
    long long left = vec_number(c, "length", 0);
    struct bedrock_sha256 sha;
    uint8_t digest[SIZE];

    if (unit == NULL || (want = need(file, c, "digest")) == NULL) {
        return;
    }
    bedrock_sha256_init(&sha);
    while (left > 0 && unit->len > 0) {
        size_t n = (long long)unit->len < left ? unit->len : (size_t)left;

        bedrock_sha256_update(&sha, unit->data, n);
        left -= (long long)n;
    }
    bedrock_sha256_out(&sha, digest);
    if (is_field(want, digest, SIZE)) {
        vec_pass();
    } else {
        vec_fail(file, c->id, "another digest");
    }
}

/* NIST's SHAVS, section 6.4: a thousand digests of the three before, then a checkpoint that seeds
 * the next thousand. */
static void run_monte(const struct vec_case *c, const char *file)
{
    const struct vec_field *seed = need(file, c, "seed"), *checkpoint = NULL;
    uint8_t last[3 * SIZE];
    int round, count = 0;

    if (seed == NULL) {
        return;
    }
    if (seed->len != SIZE) {
        vec_fail(file, c->id, "the seed has %zu bytes", seed->len);
        return;
    }
    memcpy(last, seed->data, SIZE);
    while ((checkpoint = vec_next(c, checkpoint, "checkpoint")) != NULL) {
        memcpy(last + SIZE, last, SIZE);
        memcpy(last + 2 * SIZE, last, SIZE);
        for (round = 0; round < 1000; round++) {
            uint8_t digest[SIZE];

            bedrock_sha256_digest(digest, last, sizeof last);
            memmove(last, last + SIZE, 2 * SIZE);
            memcpy(last + 2 * SIZE, digest, SIZE);
        }
        memcpy(last, last + 2 * SIZE, SIZE);
        if (!is_field(checkpoint, last, SIZE)) {
            vec_fail(file, c->id, "checkpoint %d differs", count);
            return;
        }
        count++;
    }
    if (count > 0) {
        vec_pass();
    } else {
        vec_fail(file, c->id, "no checkpoints");
    }
}

static void run_sha256_special(const struct vec_case *c, void *ctx)
{
    const char *file = *(const char **)ctx;

    if (vec_is(c, "kind", "repeat")) {
        run_repeat(c, file);
    } else if (vec_is(c, "kind", "monte")) {
        run_monte(c, file);
    } else {
        vec_fail(file, c->id, "unknown kind %s", vec_text(c, "kind"));
    }
}

static void hmac_in_two(uint8_t tag[SIZE], const struct vec_field *key, const struct vec_field *msg,
                        size_t cut)
{
    struct bedrock_hmac_sha256 hmac;

    bedrock_hmac_sha256_init(&hmac, key->data, key->len);
    bedrock_hmac_sha256_update(&hmac, msg->data, cut);
    bedrock_hmac_sha256_update(&hmac, msg->data + cut, msg->len - cut);
    bedrock_hmac_sha256_out(&hmac, tag);
}

static void run_hmac(const struct vec_case *c, void *ctx)
{
    const char *file = *(const char **)ctx;
    const struct vec_field *key = need(file, c, "key"), *msg, *want;
    int expected = !vec_is(c, "expect", "error"), equal;
    uint8_t tag[SIZE], again[SIZE];
    size_t cut;

    if (key == NULL || (msg = need(file, c, "msg")) == NULL ||
        (want = need(file, c, "tag")) == NULL) {
        return;
    }
    bedrock_hmac_sha256_tag(tag, key->data, key->len, msg->data, msg->len);
    equal = want->len <= SIZE && memcmp(want->data, tag, want->len) == 0;
    if (equal != expected) {
        vec_fail(file, c->id, "the tag is %s", equal ? "the same" : "another");
        return;
    }
    for (cut = 0; cut <= msg->len; cut = next_cut(cut, msg->len)) {
        hmac_in_two(again, key, msg, cut);
        if (memcmp(again, tag, SIZE) != 0) {
            vec_fail(file, c->id, "cut at %zu: another tag", cut);
            return;
        }
    }
    vec_pass();
}

static void run_crc32(const struct vec_case *c, void *ctx)
{
    const char *file = *(const char **)ctx;
    const struct vec_field *data = need(file, c, "data"), *want;
    size_t cut;

    if (data == NULL || (want = need(file, c, "crc")) == NULL) {
        return;
    }
    for (cut = 0; cut <= data->len; cut = next_cut(cut, data->len)) {
        uint32_t crc = bdk_crc32(bdk_crc32(0, data->data, cut), data->data + cut, data->len - cut);
        uint8_t bytes[4];

        bytes[0] = (uint8_t)(crc >> 24);
        bytes[1] = (uint8_t)(crc >> 16);
        bytes[2] = (uint8_t)(crc >> 8);
        bytes[3] = (uint8_t)crc;
        if (!is_field(want, bytes, 4)) {
            vec_fail(file, c->id, "cut at %zu: %08lx", cut, (unsigned long)crc);
            return;
        }
    }
    vec_pass();
}

/* Decodes in place, in two pieces of which the second is fed in steps. Returns the status; the
 * bytes are at *bytes, to be freed. */
static int decode(const struct vec_field *text, size_t cut, size_t step, uint8_t **bytes,
                  size_t *len)
{
    struct bedrock_base64 decoder = {0};
    char *copy = malloc(text->len + 1);
    size_t at = 0, n = cut, got;
    int status = BEDROCK_OK;

    *bytes = (uint8_t *)copy;
    *len = 0;
    if (copy == NULL) {
        return BEDROCK_E_BUFFER;
    }
    memcpy(copy, text->data, text->len);
    while (status == BEDROCK_OK && at < text->len) {
        if (n > text->len - at) {
            n = text->len - at;
        }
        status = bedrock_base64_decode(&decoder, copy + at, &got, copy + at, n);
        memmove(copy + *len, copy + at, got);
        *len += got;
        at += n;
        n = step;
    }
    return status == BEDROCK_OK ? bedrock_base64_finish(&decoder) : status;
}

/* NULL if the outcome is the expected one, else what is wrong. */
static const char *check_decoded(const struct vec_case *c, const struct vec_field *text, size_t cut,
                                 size_t step)
{
    const struct vec_field *data = vec_get(c, "data");
    const char *problem = NULL;
    uint8_t *bytes;
    size_t len;
    int status = decode(text, cut, step, &bytes, &len);

    if (status != BEDROCK_OK && status != BEDROCK_E_BASE64) {
        problem = "another error";
    } else if (vec_is(c, "expect", "error")) {
        problem = status == BEDROCK_OK ? "accepted" : NULL;
    } else if (status != BEDROCK_OK) {
        problem = vec_is(c, "expect", "either") ? NULL : "refused";
    } else if (data == NULL || !is_field(data, bytes, len)) {
        problem = "other bytes";
    }
    free(bytes);
    return problem;
}

static const char *check_all_cuts(const struct vec_case *c, const struct vec_field *text,
                                  size_t *cut)
{
    const char *problem;

    for (*cut = 0; *cut <= text->len; *cut = next_cut(*cut, text->len)) {
        problem = check_decoded(c, text, *cut, text->len);
        if (problem != NULL) {
            return problem;
        }
    }
    *cut = 1;
    problem = check_decoded(c, text, 1, 1);
    return problem != NULL ? problem : check_decoded(c, text, 1, 3);
}

static void run_base64_decode(const struct vec_case *c, void *ctx)
{
    const char *file = *(const char **)ctx;
    const struct vec_field *text = need(file, c, "text");
    const char *problem;
    size_t cut;

    if (text == NULL) {
        return;
    }
    problem = check_all_cuts(c, text, &cut);
    if (problem != NULL) {
        vec_fail(file, c->id, "cut at %zu: %s", cut, problem);
    } else {
        vec_pass();
    }
}

static void run_base64_encode(const struct vec_case *c, void *ctx)
{
    const char *file = *(const char **)ctx;
    const struct vec_field *text = need(file, c, "text"), *data;
    const char *problem;
    char *encoded;
    size_t len, cut;

    if (text == NULL || (data = need(file, c, "data")) == NULL) {
        return;
    }
    encoded = malloc(BEDROCK_BASE64_ENCODED_SIZE(data->len) + 1);
    len = encoded == NULL ? 0 : bedrock_base64_encode(encoded, data->data, data->len);
    if (encoded == NULL || !is_field(text, encoded, len)) {
        vec_fail(file, c->id, "another text");
    } else if ((problem = check_all_cuts(c, text, &cut)) != NULL) {
        vec_fail(file, c->id, "back, cut at %zu: %s", cut, problem);
    } else {
        vec_pass();
    }
    free(encoded);
}

static void run_file(const char *folder, const char *file,
                     void (*run_case)(const struct vec_case *c, void *ctx))
{
    vec_each(folder, file, run_case, &file);
}

static void run(const char *folder)
{
    run_file(folder, "sha256.vec", run_sha256);
    run_file(folder, "sha256_special.vec", run_sha256_special);
    run_file(folder, "hmac_sha256.vec", run_hmac);
    run_file(folder, "crc32.vec", run_crc32);
    run_file(folder, "base64_encode.vec", run_base64_encode);
    run_file(folder, "base64_decode.vec", run_base64_decode);
}

const struct vec_topic vectors_hash = {"hash", run};
