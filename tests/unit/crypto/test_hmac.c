/* SPDX-License-Identifier: MIT */
#include "test.h"

#include "bedrock/sha256.h"
#include "encoding/hex.h"

#include <string.h>

#define SIZE BEDROCK_SHA256_SIZE

static void check_tag(const uint8_t tag[SIZE], const char *want)
{
    char text[2 * SIZE + 1] = "";

    bdk_hex_encode(text, tag, SIZE);
    text[strlen(want)] = '\0'; /* one published tag is cut */
    CHECK_TEXT(text, want);
}

struct example {
    const char *key;
    size_t key_len;
    const char *data;
    size_t data_len;
    const char *tag;
};

#define TWENTY(x) x x x x x x x x x x x x x x x x x x x x
#define FIFTY(x)  TWENTY(x) TWENTY(x) x x x x x x x x x x

/* RFC 4231, section 4. */
static const struct example examples[] = {
    {TWENTY("\x0b"), 20, "Hi There", 8,
     "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
    {"Jefe", 4, "what do ya want for nothing?", 28,
     "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
    {TWENTY("\xaa"), 20, FIFTY("\xdd"), 50,
     "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
    {"\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17"
     "\x18\x19",
     25, FIFTY("\xcd"), 50, "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
    {TWENTY("\x0c"), 20, "Test With Truncation", 20, "a3b6167473100ee06e0c796c2955552b"},
    {FIFTY("\xaa") FIFTY("\xaa") TWENTY("\xaa") "\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa", 131,
     "Test Using Larger Than Block-Size Key - Hash Key First", 54,
     "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
    {FIFTY("\xaa") FIFTY("\xaa") TWENTY("\xaa") "\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa", 131,
     "This is a test using a larger than block-size key and a larger than block-size data. The key "
     "needs to be hashed before being used by the HMAC algorithm.",
     152, "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
};
#define EXAMPLES (sizeof examples / sizeof examples[0])

static void published_tags(void)
{
    uint8_t tag[SIZE];
    size_t i;

    for (i = 0; i < EXAMPLES; i++) {
        const struct example *e = &examples[i];

        test_context("example %zu", i + 1);
        bedrock_hmac_sha256_tag(tag, e->key, e->key_len, e->data, e->data_len);
        check_tag(tag, e->tag);
    }
}

static void every_split(void)
{
    size_t i, cut;

    for (i = 0; i < EXAMPLES; i++) {
        const struct example *e = &examples[i];

        for (cut = 0; cut <= e->data_len; cut++) {
            struct bedrock_hmac_sha256 hmac;
            uint8_t tag[SIZE];

            test_context("example %zu cut at %zu", i + 1, cut);
            bedrock_hmac_sha256_init(&hmac, e->key, e->key_len);
            bedrock_hmac_sha256_update(&hmac, e->data, cut);
            bedrock_hmac_sha256_update(&hmac, e->data + cut, e->data_len - cut);
            bedrock_hmac_sha256_out(&hmac, tag);
            check_tag(tag, e->tag);
        }
    }
}

/* Keys and messages of 0..199 bytes, the tags hashed in their turn. Computed with another
 * implementation. */
static void every_length_of_key(void)
{
    uint8_t key[200], data[200], tag[SIZE];
    struct bedrock_sha256 all;
    size_t i;

    bedrock_sha256_init(&all);
    for (i = 0; i < sizeof key; i++) {
        key[i] = (uint8_t)(3 * i + 1);
        data[i] = (uint8_t)(5 * i + 2);
    }
    for (i = 0; i < sizeof key; i++) {
        bedrock_hmac_sha256_tag(tag, key, i, data, i);
        bedrock_sha256_update(&all, tag, sizeof tag);
    }
    bedrock_sha256_out(&all, tag);
    check_tag(tag, "d3a68c6caaf376900db7fce5bb80ae7b9e19fcabb900dd35a74c7b22350e0f60");
}

static void a_key_is_used_again_by_copying_its_context(void)
{
    const struct example *e = &examples[1];
    struct bedrock_hmac_sha256 keyed, hmac;
    uint8_t tag[SIZE], other[SIZE];
    int round;

    bedrock_hmac_sha256_init(&keyed, e->key, e->key_len);
    for (round = 0; round < 2; round++) {
        hmac = keyed;
        bedrock_hmac_sha256_update(&hmac, e->data, e->data_len);
        bedrock_hmac_sha256_out(&hmac, tag);
        check_tag(tag, e->tag);

        /* out leaves the context as it was: look again, then go on. */
        bedrock_hmac_sha256_out(&hmac, tag);
        check_tag(tag, e->tag);
        bedrock_hmac_sha256_update(&hmac, "!", 1);
        bedrock_hmac_sha256_out(&hmac, tag);
        bedrock_hmac_sha256_tag(other, "Jefe", 4, "what do ya want for nothing?!", 29);
        CHECK_BYTES(tag, SIZE, other, SIZE);
    }
}

static void tag_over_its_own_key_or_data(void)
{
    uint8_t want[SIZE], key[SIZE], data[SIZE];

    memset(key, 0x11, sizeof key);
    memset(data, 0x22, sizeof data);
    bedrock_hmac_sha256_tag(want, key, sizeof key, data, sizeof data);
    bedrock_hmac_sha256_tag(data, key, sizeof key, data, sizeof data);
    CHECK_BYTES(data, sizeof data, want, sizeof want);

    memset(data, 0x22, sizeof data);
    bedrock_hmac_sha256_tag(key, key, sizeof key, data, sizeof data);
    CHECK_BYTES(key, sizeof key, want, sizeof want);
}

static void empty_key_and_message_may_be_null(void)
{
    uint8_t tag[SIZE];

    bedrock_hmac_sha256_tag(tag, NULL, 0, NULL, 0);
    check_tag(tag, "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

int main(void)
{
    RUN(published_tags);
    RUN(every_split);
    RUN(every_length_of_key);
    RUN(a_key_is_used_again_by_copying_its_context);
    RUN(tag_over_its_own_key_or_data);
    RUN(empty_key_and_message_may_be_null);
    return test_finish();
}
