/* SPDX-License-Identifier: MIT */
#include "test.h"

#include "bedrock/sha256.h"
#include "encoding/hex.h"

#include <string.h>

static void check_digest(const uint8_t digest[BEDROCK_SHA256_SIZE], const char *want)
{
    char text[2 * BEDROCK_SHA256_SIZE + 1] = "";

    bdk_hex_encode(text, digest, BEDROCK_SHA256_SIZE);
    CHECK_TEXT(text, want);
}

static void check_text(const char *text, const char *want)
{
    uint8_t digest[BEDROCK_SHA256_SIZE];

    test_context("\"%s\"", text);
    bedrock_sha256_digest(digest, text, strlen(text));
    check_digest(digest, want);
}

/* The examples of FIPS 180-4's companion pages. */
static void published_digests(void)
{
    check_text("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    check_text("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    check_text("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
               "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    check_text("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmno"
               "ijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
               "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
}

static void a_million_letters(void)
{
    struct bedrock_sha256 sha;
    uint8_t digest[BEDROCK_SHA256_SIZE], block[1000];
    int i;

    memset(block, 'a', sizeof block);
    bedrock_sha256_init(&sha);
    for (i = 0; i < 1000; i++) {
        bedrock_sha256_update(&sha, block, sizeof block);
    }
    bedrock_sha256_out(&sha, digest);
    check_digest(digest, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

/* The digests of 0..199 bytes 0, 1, 2, ..., hashed in their turn: every place where padding can
 * begin. Computed with another implementation. */
static void every_length_of_padding(void)
{
    struct bedrock_sha256 all;
    uint8_t data[200], digest[BEDROCK_SHA256_SIZE];
    size_t len;

    bedrock_sha256_init(&all);
    for (len = 0; len < sizeof data; len++) {
        data[len] = (uint8_t)len;
        bedrock_sha256_digest(digest, data, len);
        bedrock_sha256_update(&all, digest, sizeof digest);
    }
    bedrock_sha256_out(&all, digest);
    check_digest(digest, "ba7b0fcea7d10c06b855b43d2b4dce1e3e842fff6be0acefb0faf4f2dd05bb47");
}

#define MESSAGE_LEN 150

static void fill(uint8_t *data, size_t len)
{
    size_t i;

    for (i = 0; i < len; i++) {
        data[i] = (uint8_t)(7 * i + i / 5);
    }
}

static void every_split(void)
{
    uint8_t data[MESSAGE_LEN], want[BEDROCK_SHA256_SIZE], digest[BEDROCK_SHA256_SIZE];
    size_t first, second;

    fill(data, sizeof data);
    bedrock_sha256_digest(want, data, sizeof data);
    for (first = 0; first <= sizeof data; first++) {
        for (second = first; second <= sizeof data; second++) {
            struct bedrock_sha256 sha;

            test_context("cut at %zu and %zu", first, second);
            bedrock_sha256_init(&sha);
            bedrock_sha256_update(&sha, data, first);
            bedrock_sha256_update(&sha, data + first, second - first);
            bedrock_sha256_update(&sha, data + second, sizeof data - second);
            bedrock_sha256_out(&sha, digest);
            CHECK_BYTES(digest, sizeof digest, want, sizeof want);
        }
    }
}

static void byte_by_byte_from_any_address(void)
{
    uint8_t data[MESSAGE_LEN + 8], want[BEDROCK_SHA256_SIZE], digest[BEDROCK_SHA256_SIZE];
    size_t shift, i;

    for (shift = 0; shift < 8; shift++) {
        struct bedrock_sha256 sha;

        fill(data + shift, MESSAGE_LEN);
        bedrock_sha256_init(&sha);
        for (i = 0; i < MESSAGE_LEN; i++) {
            bedrock_sha256_update(&sha, data + shift + i, 1);
        }
        bedrock_sha256_out(&sha, digest);
        bedrock_sha256_digest(want, data + shift, MESSAGE_LEN);
        CHECK_BYTES(digest, sizeof digest, want, sizeof want);
    }
}

static void a_context_can_be_peeked_at_and_cloned(void)
{
    uint8_t data[MESSAGE_LEN], want[BEDROCK_SHA256_SIZE], digest[BEDROCK_SHA256_SIZE];
    struct bedrock_sha256 sha;
    size_t i;

    fill(data, sizeof data);
    bedrock_sha256_init(&sha);
    for (i = 0; i < sizeof data; i++) {
        struct bedrock_sha256 clone = sha;

        test_context("after %zu bytes", i);
        bedrock_sha256_digest(want, data, i);
        bedrock_sha256_out(&sha, digest);
        CHECK_BYTES(digest, sizeof digest, want, sizeof want);

        bedrock_sha256_update(&clone, data + i, sizeof data - i);
        bedrock_sha256_out(&clone, digest);
        bedrock_sha256_digest(want, data, sizeof data);
        CHECK_BYTES(digest, sizeof digest, want, sizeof want);

        bedrock_sha256_update(&sha, data + i, 1);
    }
}

static void nothing_may_be_null(void)
{
    uint8_t digest[BEDROCK_SHA256_SIZE];

    bedrock_sha256_digest(digest, NULL, 0);
    check_digest(digest, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void digest_over_its_own_data(void)
{
    uint8_t data[MESSAGE_LEN], want[BEDROCK_SHA256_SIZE];

    fill(data, sizeof data);
    bedrock_sha256_digest(want, data, sizeof data);
    bedrock_sha256_digest(data, data, sizeof data);
    CHECK_BYTES(data, BEDROCK_SHA256_SIZE, want, sizeof want);
}

/* From 512 MiB on the length in bits has an upper word. A context that claims to have hashed five
 * terabytes; the digest comes from another implementation, given the same. */
static void lengths_beyond_32_bits_of_bits(void)
{
    struct bedrock_sha256 sha;
    uint8_t digest[BEDROCK_SHA256_SIZE];

    bedrock_sha256_init(&sha);
    sha.length = UINT64_C(0x123456789a) * 64;
    bedrock_sha256_out(&sha, digest);
    check_digest(digest, "11eceabad63762b8ca92b9e23cb954f1855868ddedce294f4c4882887160827f");
}

int main(void)
{
    RUN(published_digests);
    RUN(a_million_letters);
    RUN(every_length_of_padding);
    RUN(every_split);
    RUN(byte_by_byte_from_any_address);
    RUN(a_context_can_be_peeked_at_and_cloned);
    RUN(nothing_may_be_null);
    RUN(digest_over_its_own_data);
    RUN(lengths_beyond_32_bits_of_bits);
    return test_finish();
}
