/* SPDX-License-Identifier: MIT */
/* See bedrock/sigv4.h: the signing key and its cache. */
#include "sigv4/sigv4.h"

#include "crypto/sha256.h"
#include "util/bytes.h"

#include <string.h>

#define PREFIX_LEN 4
#define BLOCK_SIZE 64

static const char prefix[PREFIX_LEN] = {'A', 'W', 'S', '4'};

/* An HMAC key is one block; a longer one is its hash (RFC 2104, section 2). Returns its length. */
static size_t first_key(uint8_t key[BLOCK_SIZE], const char *secret, struct bedrock_sha256 *sha)
{
    size_t len = strlen(secret);

    if (PREFIX_LEN + len <= BLOCK_SIZE) {
        memcpy(key, prefix, PREFIX_LEN);
        memcpy(key + PREFIX_LEN, secret, len);
        return PREFIX_LEN + len;
    }
    bedrock_sha256_init(sha);
    bedrock_sha256_update(sha, prefix, PREFIX_LEN);
    bedrock_sha256_update(sha, secret, len);
    bdk_sha256_finish(sha, key);
    return BEDROCK_SHA256_SIZE;
}

/* The chain of HMACs: day, region, service, end. Each tag is the key of the next, in one place. */
static void derive(uint8_t place[BEDROCK_SHA256_SIZE], const struct bedrock_sigv4_scope *scope,
                   struct bedrock_sha256 *sha)
{
    const char *const links[] = {scope->date, scope->region, scope->service, "aws4_request"};
    uint8_t first[BLOCK_SIZE];
    const uint8_t *key = first;
    size_t key_len = first_key(first, scope->secret_access_key, sha), i;

    for (i = 0; i < BDK_COUNT(links); i++) {
        size_t len = i == 0 ? BDK_SIGV4_DAY_LEN : strlen(links[i]);

        bdk_hmac_sha256_begin(sha, key, key_len);
        bedrock_sha256_update(sha, links[i], len);
        bdk_hmac_sha256_end(sha, key, key_len, place);
        key = place;
        key_len = BEDROCK_SHA256_SIZE;
    }
    bdk_wipe(first, sizeof first);
}

/* FNV-1a of what a key is made of besides the day. Each text goes in with its NUL: "ab" "c" is not
 * "a" "bc". */
static uint32_t check_of(const struct bedrock_sigv4_scope *scope)
{
    const char *const texts[] = {scope->secret_access_key, scope->region, scope->service};
    uint32_t check = 2166136261;
    size_t i;

    for (i = 0; i < BDK_COUNT(texts); i++) {
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
    if (cache != NULL) {
        uint32_t check = check_of(scope);

        place = cache->key;
        if (cache->valid && cache->check == check &&
            memcmp(cache->day, scope->date, BDK_SIGV4_DAY_LEN) == 0) {
            return place;
        }
        memcpy(cache->day, scope->date, BDK_SIGV4_DAY_LEN);
        cache->check = check;
        cache->valid = 1;
    }
    derive(place, scope, sha);
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
