/* SPDX-License-Identifier: MIT */
/* SHA-256 and HMAC beside BearSSL's, CRC-32 beside zlib's, all of them plain C; base64. */
#include "bedrock/base64.h"
#include "bedrock/sha256.h"
#include "bench/bench.h"
#include "bench/samples.h"
#include "util/crc32.h"

#include <bearssl.h>
#include <string.h>
#include <zlib.h>

/* -------------------------------------------------------------------- hash */

static void sha256_beside(const void *data, size_t len, const char *ours_id, const char *theirs_id)
{
    uint8_t ours[BEDROCK_SHA256_SIZE], theirs[br_sha256_SIZE];
    br_sha256_context context;

    bench_begin();
    bedrock_sha256_digest(ours, data, len);
    bench_end(ours_id, len);

    bench_begin();
    br_sha256_init(&context);
    br_sha256_update(&context, data, len);
    br_sha256_out(&context, theirs);
    bench_end(theirs_id, len);
    bench_check(memcmp(ours, theirs, sizeof ours) == 0, ours_id);
}

static void hmac_beside(const void *data, size_t len, const char *ours_id, const char *theirs_id)
{
    static const char key[32] = "a signing key, which has 32 byte";
    uint8_t ours[BEDROCK_SHA256_SIZE], theirs[br_sha256_SIZE];
    br_hmac_key_context key_context;
    br_hmac_context context;

    bench_begin();
    bedrock_hmac_sha256_tag(ours, key, sizeof key, data, len);
    bench_end(ours_id, 1);

    bench_begin();
    br_hmac_key_init(&key_context, &br_sha256_vtable, key, sizeof key);
    br_hmac_init(&context, &key_context, 0);
    br_hmac_update(&context, data, len);
    br_hmac_out(&context, theirs);
    bench_end(theirs_id, 1);
    bench_check(memcmp(ours, theirs, sizeof ours) == 0, ours_id);
}

void bench_hash(void)
{
    struct bytes data = {0};

    sample_noise(&data, 16384);
    sha256_beside(data.data, 16384, "sha256_16k", "bearssl_sha256_16k");
    sha256_beside(data.data, 64, "sha256_64", "bearssl_sha256_64");
    hmac_beside(data.data, 8, "hmac_8", "bearssl_hmac_8");
    hmac_beside(data.data, 256, "hmac_256", "bearssl_hmac_256");
    bytes_free(&data);
}

/* --------------------------------------------------------------------- crc */

static void crc32_beside(const void *data, size_t len, const char *ours_id, const char *theirs_id)
{
    uint32_t ours;
    unsigned long theirs = crc32(0, NULL, 0);

    bench_begin();
    ours = bdk_crc32(0, data, len);
    bench_end(ours_id, len);

    bench_begin();
    theirs = crc32(theirs, data, (unsigned)len);
    bench_end(theirs_id, len);
    bench_check(ours == theirs, ours_id);
}

void bench_crc32(void)
{
    struct bytes data = {0};

    sample_noise(&data, 65536);
    crc32_beside(data.data, 65536, "crc32_64k", "zlib_crc32_64k");
    crc32_beside(data.data, 184, "crc32_184", "zlib_crc32_184");
    bytes_free(&data);
}

/* ------------------------------------------------------------------ base64 */

static void decode_in_pieces(const struct bytes *text, const struct bytes *plain, size_t piece,
                             const char *id)
{
    struct bedrock_base64 decoder;
    uint8_t *to = some_memory(plain->len);
    size_t at, n, got, all = 0;
    int status = BEDROCK_OK;

    bench_begin();
    bedrock_base64_init(&decoder);
    for (at = 0; at < text->len && status == BEDROCK_OK; at += n) {
        n = text->len - at < piece ? text->len - at : piece;
        status = bedrock_base64_decode(&decoder, to + all, &got, text->data + at, n);
        all += got;
    }
    bench_end(id, text->len);
    bench_check(bedrock_base64_finish(&decoder) == BEDROCK_OK && all == plain->len &&
                    memcmp(to, plain->data, all) == 0,
                id);
    free(to);
}

void bench_base64(void)
{
    struct bytes plain = {0}, text = {0};
    char *to = some_memory(BEDROCK_BASE64_ENCODED_SIZE(65536));
    size_t len;

    sample_noise(&plain, 65536);
    sample_base64(&text, 65536);
    decode_in_pieces(&text, &plain, text.len, "base64_decode");
    decode_in_pieces(&text, &plain, 64, "base64_decode_64");
    decode_in_pieces(&text, &plain, 1, "base64_decode_1");

    bench_begin();
    len = bedrock_base64_encode(to, plain.data, plain.len);
    bench_end("base64_encode", text.len);
    bench_check(len == text.len && memcmp(to, text.data, len) == 0, "base64_encode");
    free(to);
    bytes_free(&plain);
    bytes_free(&text);
}
