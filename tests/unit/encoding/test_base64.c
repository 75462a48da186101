/* SPDX-License-Identifier: MIT */
#include "test.h"

#include "bedrock/base64.h"
#include "bedrock/error.h"

#include <string.h>

#define CAP 512

/* The bytes that a text decodes to, fed in pieces of the lengths first and second by turns. */
static int decode_in_pieces(uint8_t *dst, size_t *dst_len, const char *text, size_t len,
                            size_t first, size_t second)
{
    struct bedrock_base64 decoder;
    size_t at = 0, turn = 0;

    *dst_len = 0;
    bedrock_base64_init(&decoder);
    while (at < len) {
        size_t n = turn++ % 2 == 0 ? first : second, got;
        int status;

        n = n < len - at ? n : len - at;
        status = bedrock_base64_decode(&decoder, dst + *dst_len, &got, text + at, n);
        CHECK(got <= BEDROCK_BASE64_DECODED_MAX(n));
        *dst_len += got;
        if (status != BEDROCK_OK) {
            CHECK_INT(bedrock_base64_finish(&decoder), status);
            return status;
        }
        at += n;
    }
    return bedrock_base64_finish(&decoder);
}

static void check_decoded_in_pieces(const char *text, size_t len, const void *want, size_t want_len,
                                    int want_status, size_t first, size_t second)
{
    uint8_t bytes[CAP];
    size_t got;

    test_context("\"%s\" in pieces of %zu and %zu", text, first, second);
    CHECK_INT(decode_in_pieces(bytes, &got, text, len, first, second), want_status);
    if (want_status == BEDROCK_OK) {
        CHECK_BYTES(bytes, got, want, want_len);
    }
}

/* Whole, at every two-way split, and in small pieces of every kind. */
static void check_decoded(const char *text, size_t len, const void *want, size_t want_len,
                          int want_status)
{
    size_t first, second;

    for (first = 1; first <= len; first++) {
        check_decoded_in_pieces(text, len, want, want_len, want_status, first, len);
    }
    for (first = 1; first <= 5; first++) {
        for (second = 1; second <= 5; second++) {
            check_decoded_in_pieces(text, len, want, want_len, want_status, first, second);
        }
    }
}

static void check_both_ways(const void *data, size_t len, const char *text)
{
    char encoded[CAP];
    size_t encoded_len;

    encoded_len = bedrock_base64_encode(encoded, data, len);
    CHECK_BYTES(encoded, encoded_len, text, strlen(text));
    CHECK_INT(encoded_len, BEDROCK_BASE64_ENCODED_SIZE(len));
    check_decoded(text, strlen(text), data, len, BEDROCK_OK);
}

/* RFC 4648, sections 9 and 10. */
static void published_examples(void)
{
    check_both_ways("", 0, "");
    check_both_ways("f", 1, "Zg==");
    check_both_ways("fo", 2, "Zm8=");
    check_both_ways("foo", 3, "Zm9v");
    check_both_ways("foob", 4, "Zm9vYg==");
    check_both_ways("fooba", 5, "Zm9vYmE=");
    check_both_ways("foobar", 6, "Zm9vYmFy");
    check_both_ways("\x14\xfb\x9c\x03\xd9\x7e", 6, "FPucA9l+");
    check_both_ways("\x14\xfb\x9c\x03\xd9", 5, "FPucA9k=");
    check_both_ways("\x14\xfb\x9c\x03", 4, "FPucAw==");
    check_both_ways("\xff\xff\xfe\0\0\0", 6, "///+AAAA");
}

static void every_length_there_and_back(void)
{
    uint8_t data[100];
    char text[CAP];
    size_t len, i;

    for (i = 0; i < sizeof data; i++) {
        data[i] = (uint8_t)(i * 37 + i / 7);
    }
    for (len = 0; len <= sizeof data; len++) {
        size_t text_len = bedrock_base64_encode(text, data, len);

        text[text_len] = '\0';
        CHECK_INT(text_len, BEDROCK_BASE64_ENCODED_SIZE(len));
        check_decoded(text, text_len, data, len, BEDROCK_OK);
    }
}

static void pieces_of_three_bytes_encode_like_the_whole(void)
{
    static const char data[] = "any carnal pleasure";
    char whole[CAP], joined[CAP];
    size_t len = sizeof data - 1, whole_len = bedrock_base64_encode(whole, data, len), cut;

    for (cut = 0; cut <= len; cut += 3) {
        size_t joined_len = bedrock_base64_encode(joined, data, cut);

        joined_len += bedrock_base64_encode(joined + joined_len, data + cut, len - cut);
        CHECK_BYTES(joined, joined_len, whole, whole_len);
    }
}

static void in_place_at_every_split(void)
{
    uint8_t data[61];
    char text[CAP], copy[CAP];
    size_t len, cut, i;

    for (i = 0; i < sizeof data; i++) {
        data[i] = (uint8_t)(i * 101 + 13);
    }
    len = bedrock_base64_encode(text, data, sizeof data);
    for (cut = 0; cut <= len; cut++) {
        struct bedrock_base64 decoder = {0};
        size_t first = 0, second = 0;

        test_context("cut at %zu", cut);
        memcpy(copy, text, len);
        CHECK_INT(bedrock_base64_decode(&decoder, copy, &first, copy, cut), BEDROCK_OK);
        CHECK_INT(bedrock_base64_decode(&decoder, copy + cut, &second, copy + cut, len - cut),
                  BEDROCK_OK);
        CHECK_INT(bedrock_base64_finish(&decoder), BEDROCK_OK);
        CHECK_BYTES(copy, first, data, first);
        CHECK_BYTES(copy + cut, second, data + first, sizeof data - first);
    }
}

static void encodes_what_lies_at_the_end_of_its_place(void)
{
    uint8_t bytes[60];
    char apart[BEDROCK_BASE64_ENCODED_SIZE(sizeof bytes)];
    size_t len, gap;

    for (len = 0; len < sizeof bytes; len++) {
        bytes[len] = (uint8_t)(251 * len + 5);
    }
    for (len = 0; len <= sizeof bytes; len++) {
        size_t size = bedrock_base64_encode(apart, bytes, len);

        for (gap = size - len; gap <= sizeof apart - len; gap++) {
            char place[sizeof apart];

            test_context("%zu bytes, %zu behind the start", len, gap);
            memcpy(place + gap, bytes, len);
            CHECK_INT(bedrock_base64_encode(place, place + gap, len), size);
            CHECK_BYTES(place, size, apart, size);
        }
    }
}

static void what_is_not_base64_is_refused(void)
{
    /* clang-format off */
    static const char *const bad[] = {
        "=", "==", "===", "====", "A", "AA", "AAA", "A=", "A==", "A===", "AA=",
        "AAA==", "AAAA=", "AAAA==", "AA=A", "AA==A", "AA===", "AAA=A", "AA==AA==",
        "Zh==", "Zm9=", "AB==", "AP==", "AAB=", "AAD=",
        "Zg= =", "Zg ==", " Zg==", "Zg==\n", "Zm9v\r\n", "Zm 9v",
        "Zm9v!", "Zm-v", "Zm_v", "Zm9v\x80", "\xc3\xa9", "Zm\xffv",
        "Zm9vYmFyZ", "Zm9vYmFyZg", "Zm9vYmFyZg=", "Zm9vYmFyZg===",
    };
    /* clang-format on */
    size_t i;

    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        check_decoded(bad[i], strlen(bad[i]), NULL, 0, BEDROCK_E_BASE64);
    }
    check_decoded("Zm9\0", 4, NULL, 0, BEDROCK_E_BASE64);
}

/* Each byte that is not of the alphabet, at each place of a group. */
static void every_other_byte_is_refused_everywhere(void)
{
    static const char alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
    int c;
    size_t at;

    for (c = 0; c < 256; c++) {
        for (at = 0; at < 8; at++) {
            char text[] = "AAAAAAAAAAAA";

            if (c == 0 || strchr(alphabet, c) == NULL) {
                text[at] = (char)c;
                check_decoded_in_pieces(text, 12, NULL, 0, BEDROCK_E_BASE64, 12, 1);
                check_decoded_in_pieces(text, 12, NULL, 0, BEDROCK_E_BASE64, 3, 2);
            }
        }
    }
}

/* Of the 64 characters before the padding only those with no bit over may stand there. */
static void one_text_per_decoding(void)
{
    static const char alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t i;

    for (i = 0; i < 64; i++) {
        char two[] = "A?==", three[] = "AA?=";
        uint8_t want[2] = {0, 0};

        two[1] = three[2] = alphabet[i];
        want[0] = (uint8_t)(i >> 4);
        check_decoded(two, 4, want, 1, i % 16 == 0 ? BEDROCK_OK : BEDROCK_E_BASE64);
        want[0] = 0;
        want[1] = (uint8_t)(i >> 2);
        check_decoded(three, 4, want, 2, i % 4 == 0 ? BEDROCK_OK : BEDROCK_E_BASE64);
    }
}

static void an_error_sticks_until_init(void)
{
    struct bedrock_base64 decoder = {0};
    uint8_t bytes[CAP];
    size_t len = 99;

    CHECK_INT(bedrock_base64_decode(&decoder, bytes, &len, "Zm9vYm!v", 8), BEDROCK_E_BASE64);
    CHECK_BYTES(bytes, len, "foob", 4);
    CHECK_INT(bedrock_base64_decode(&decoder, bytes, &len, "Zm9v", 4), BEDROCK_E_BASE64);
    CHECK_INT(len, 0);
    CHECK_INT(bedrock_base64_finish(&decoder), BEDROCK_E_BASE64);
    bedrock_base64_init(&decoder);
    CHECK_INT(bedrock_base64_decode(&decoder, bytes, &len, "Zm9v", 4), BEDROCK_OK);
    CHECK_BYTES(bytes, len, "foo", 3);
    CHECK_INT(bedrock_base64_finish(&decoder), BEDROCK_OK);
}

int main(void)
{
    RUN(published_examples);
    RUN(every_length_there_and_back);
    RUN(pieces_of_three_bytes_encode_like_the_whole);
    RUN(in_place_at_every_split);
    RUN(encodes_what_lies_at_the_end_of_its_place);
    RUN(what_is_not_base64_is_refused);
    RUN(every_other_byte_is_refused_everywhere);
    RUN(one_text_per_decoding);
    RUN(an_error_sticks_until_init);
    return test_finish();
}
