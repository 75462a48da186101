/* SPDX-License-Identifier: MIT */
/* See bedrock/sigv4.h: the signing key and its cache. */
#include "sigv4/sigv4.h"

#include "crypto/sha256.h"
#include "util/bytes.h"
#include "util/crc32.h"

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

/* The tag of a text takes the place of its key. */
static void link(struct bedrock_sha256 *sha, uint8_t room[BDK_SIGV4_ROOM], size_t key_len,
                 const char *text, size_t len)
{
    bdk_hmac_sha256_begin(sha, room, key_len);
    bedrock_sha256_update(sha, text, len);
    bdk_hmac_sha256_end(sha, room, key_len, room);
}

/* The chain of HMACs: day, region, service, end. */
static void derive(struct bedrock_sha256 *sha, uint8_t room[BDK_SIGV4_ROOM],
                   const struct bedrock_sigv4_scope *scope)
{
    static const char last[] = "aws4_request";
    size_t len = first_key(sha, room, scope->secret_access_key);

    link(sha, room, len, scope->date, BDK_SIGV4_DAY_LEN);
    link(sha, room, BEDROCK_SHA256_SIZE, scope->region, strlen(scope->region));
    link(sha, room, BEDROCK_SHA256_SIZE, scope->service, strlen(scope->service));
    link(sha, room, BEDROCK_SHA256_SIZE, last, sizeof last - 1);
}

static uint32_t add_text(uint32_t check, const char *text)
{
    return bdk_crc32(check, text, strlen(text) + 1); /* with its NUL: "ab" "c" is not "a" "bc" */
}

static uint32_t check_of(const struct bedrock_sigv4_scope *scope)
{
    return add_text(add_text(add_text(0, scope->secret_access_key), scope->region), scope->service);
}

void bdk_sigv4_load_key(uint8_t room[BDK_SIGV4_ROOM], const struct bedrock_sigv4_scope *scope,
                        struct bedrock_sigv4_key *key, struct bedrock_sha256 *sha)
{
    uint32_t check;

    if (key == NULL) {
        derive(sha, room, scope);
        return;
    }
    check = check_of(scope);
    if (!key->valid || key->check != check ||
        memcmp(key->day, scope->date, BDK_SIGV4_DAY_LEN) != 0) {
        derive(sha, room, scope);
        memcpy(key->key, room, sizeof key->key);
        memcpy(key->day, scope->date, BDK_SIGV4_DAY_LEN);
        key->check = check;
        key->valid = 1;
    }
    memcpy(room, key->key, sizeof key->key);
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
