/* SPDX-License-Identifier: MIT */
/* See bedrock/sigv4.h: the signing key and its cache. */
#include "sigv4/sigv4.h"

#include "crypto/sha256.h"
#include "util/bytes.h"

#include <string.h>

#define PREFIX_LEN 4
static const char prefix[PREFIX_LEN] = {'A', 'W', 'S', '4'};

/* An HMAC key is one block; a longer one is its hash (RFC 2104, section 2). Returns its length. */
static size_t first_key(struct bedrock_sha256 *sha, uint8_t room[BDK_SIGV4_ROOM],
                        const char *secret)
{
    size_t len = strlen(secret);

    if (PREFIX_LEN + len <= BDK_SIGV4_ROOM) {
        memcpy(room, prefix, PREFIX_LEN);
        memcpy(room + PREFIX_LEN, secret, len);
        return PREFIX_LEN + len;
    }
    bedrock_sha256_init(sha);
    bedrock_sha256_update(sha, prefix, PREFIX_LEN);
    bedrock_sha256_update(sha, secret, len);
    bdk_sha256_finish(sha, room);
    return BEDROCK_SHA256_SIZE;
}

/* The chain of HMACs: day, region, service, end. Each tag takes the place of its key. */
static void derive(struct bedrock_sha256 *sha, uint8_t room[BDK_SIGV4_ROOM],
                   const struct bedrock_sigv4_scope *scope)
{
    const char *const links[] = {scope->date, scope->region, scope->service, "aws4_request"};
    size_t key_len = first_key(sha, room, scope->secret_access_key), i;

    for (i = 0; i < BDK_COUNT(links); i++) {
        size_t len = i == 0 ? BDK_SIGV4_DAY_LEN : strlen(links[i]);

        bdk_hmac_sha256_begin(sha, room, key_len);
        bedrock_sha256_update(sha, links[i], len);
        bdk_hmac_sha256_end(sha, room, key_len, room);
        key_len = BEDROCK_SHA256_SIZE;
    }
}

/* FNV-1a, with the text's NUL: "ab" "c" is not "a" "bc". */
static uint32_t add_text(uint32_t check, const char *text)
{
    do {
        check = (check ^ (uint8_t)*text) * 16777619;
    } while (*text++ != '\0');
    return check;
}

static uint32_t check_of(const struct bedrock_sigv4_scope *scope)
{
    uint32_t check = add_text(2166136261, scope->secret_access_key);

    return add_text(add_text(check, scope->region), scope->service);
}

void bdk_sigv4_load_key(uint8_t room[BDK_SIGV4_ROOM], const struct bedrock_sigv4_scope *scope,
                        struct bedrock_sigv4_key *key, struct bedrock_sha256 *sha)
{
    uint32_t check = check_of(scope);

    if (key != NULL && key->valid && key->check == check &&
        memcmp(key->day, scope->date, BDK_SIGV4_DAY_LEN) == 0) {
        memcpy(room, key->key, sizeof key->key);
        return;
    }
    derive(sha, room, scope);
    if (key != NULL) {
        memcpy(key->key, room, sizeof key->key);
        memcpy(key->day, scope->date, BDK_SIGV4_DAY_LEN);
        key->check = check;
        key->valid = 1;
    }
}

void bedrock_sigv4_key_prepare(struct bedrock_sigv4_key *key,
                               const struct bedrock_sigv4_scope *scope)
{
    uint8_t room[BDK_SIGV4_ROOM];
    struct bedrock_sha256 sha;

    bdk_sigv4_load_key(room, scope, key, &sha);
    bdk_wipe(room, sizeof room);
}

void bedrock_sigv4_key_wipe(struct bedrock_sigv4_key *key)
{
    bdk_wipe(key, sizeof *key);
}
