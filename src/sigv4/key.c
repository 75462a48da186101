/* SPDX-License-Identifier: MIT */
/* See bedrock/sigv4.h: the signing key and its cache. */
#include "sigv4/sigv4.h"

#include "crypto/sha256.h"
#include "util/bytes.h"

#include <string.h>

#define PREFIX_LEN 4
#define BLOCK_SIZE 64

static const char prefix[PREFIX_LEN] = {'A', 'W', 'S', '4'};

/* An HMAC key is one block; a longer one is its hash (RFC 2104, section 2). One that fits is found
 * in the hash's own block, where its pieces have been joined. Returns its length. */
static size_t first_key(uint8_t key[BLOCK_SIZE], const char *secret, struct bedrock_sha256 *sha)
{
    size_t len = strlen(secret);

    bedrock_sha256_init(sha);
    bedrock_sha256_update(sha, prefix, PREFIX_LEN);
    bedrock_sha256_update(sha, secret, len);
    len += PREFIX_LEN;
    if (len > sizeof sha->block) {
        bdk_sha256_finish(sha, key);
        return BEDROCK_SHA256_SIZE;
    }
    memcpy(key, sha->block, len);
    return len;
}

/* What a key is made of: the links of the chain of HMACs, and the secret that it begins with. */
enum { DAY, REGION, SERVICE, TERMINATOR, SECRET, TEXT_COUNT };

/* Each tag of the chain is the key of the next, in one place. */
static void derive(uint8_t place[BEDROCK_SHA256_SIZE], const char *const texts[TEXT_COUNT],
                   struct bedrock_sha256 *sha)
{
    uint8_t first[BLOCK_SIZE];
    const uint8_t *key = first;
    size_t key_len = first_key(first, texts[SECRET], sha), i;

    for (i = DAY; i < SECRET; i++) {
        size_t len = i == DAY ? BDK_SIGV4_DAY_LEN : strlen(texts[i]);

        bdk_hmac_sha256_begin(sha, key, key_len);
        bedrock_sha256_update(sha, texts[i], len);
        bdk_hmac_sha256_end(sha, key, key_len, place);
        key = place;
        key_len = BEDROCK_SHA256_SIZE;
    }
    bdk_wipe(first, sizeof first);
}

/* FNV-1a of all texts but the day. Each goes in with its NUL: "ab" "c" is not "a" "bc". */
static uint32_t check_of(const char *const texts[TEXT_COUNT])
{
    uint32_t check = 1; /* as good as any but 0 */
    size_t i;

    for (i = REGION; i < TEXT_COUNT; i++) {
        const char *text = texts[i];

        do {
            check = (check ^ (uint8_t)*text) * 16777619;
        } while (*text++ != '\0');
    }
    return check;
}

const uint8_t *bdk_sigv4_load_key(uint8_t place[BEDROCK_SHA256_SIZE],
                                  const struct bedrock_sigv4_scope *scope,
                                  struct bedrock_sigv4_key *cache, struct bedrock_sha256 *sha)
{
    const char *const texts[TEXT_COUNT] = {scope->date, scope->region, scope->service,
                                           "aws4_request", scope->secret_access_key};

    if (cache != NULL) {
        uint32_t check = check_of(texts);

        place = cache->key;
        if (cache->check == check && memcmp(cache->day, texts[DAY], BDK_SIGV4_DAY_LEN) == 0) {
            return place;
        }
        memcpy(cache->day, texts[DAY], BDK_SIGV4_DAY_LEN);
        cache->check = check;
    }
    derive(place, texts, sha);
    return place;
}

void bedrock_sigv4_key_prepare(struct bedrock_sigv4_key *key,
                               const struct bedrock_sigv4_scope *scope)
{
    struct bedrock_sha256 sha;

    bdk_sigv4_load_key(NULL, scope, key, &sha);
}

void bedrock_sigv4_key_wipe(struct bedrock_sigv4_key *key)
{
    bdk_wipe(key, sizeof *key);
}
