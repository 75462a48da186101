/* SPDX-License-Identifier: MIT */
/* See bedrock/sigv4.h: the signing key and its cache. */
#include "sigv4/sigv4.h"

#include "util/bytes.h"
#include "util/crc32.h"

#include <string.h>

#define PREFIX_LEN 4
static const char prefix[PREFIX_LEN + 1] = "AWS4";

static void put_texts(struct bedrock_output *out, const void *a, const void *b)
{
    bedrock_output_text(out, a);
    bedrock_output_text(out, b);
}

/* The first key of the chain: the HMAC of the day under "AWS4" and the secret. An HMAC key is one
 * block; a longer one is its hash (RFC 2104, section 2). */
static void day_key(uint8_t key[BEDROCK_SHA256_SIZE], const char *secret, const char *day)
{
    uint8_t block[64];
    size_t len = PREFIX_LEN + strlen(secret);

    if (len <= sizeof block) {
        memcpy(block, prefix, PREFIX_LEN);
        memcpy(block + PREFIX_LEN, secret, len - PREFIX_LEN);
    } else {
        struct bdk_text text = {put_texts, prefix, secret};

        bdk_sigv4_hash(block, &text);
        len = BEDROCK_SHA256_SIZE;
    }
    bedrock_hmac_sha256_tag(key, block, len, day, BDK_SIGV4_DAY_LEN);
    bdk_wipe(block, sizeof block);
}

/* The next key of the chain, in place. */
static void next_key(uint8_t key[BEDROCK_SHA256_SIZE], const char *text)
{
    bedrock_hmac_sha256_tag(key, key, BEDROCK_SHA256_SIZE, text, strlen(text));
}

static void derive(uint8_t key[BEDROCK_SHA256_SIZE], const struct bedrock_sigv4_scope *scope)
{
    day_key(key, scope->secret_access_key, scope->date);
    next_key(key, scope->region);
    next_key(key, scope->service);
    next_key(key, "aws4_request");
}

static uint32_t add_text(uint32_t check, const char *text)
{
    return bdk_crc32(check, text, strlen(text) + 1); /* with its NUL: "ab" "c" is not "a" "bc" */
}

void bedrock_sigv4_key_prepare(struct bedrock_sigv4_key *key,
                               const struct bedrock_sigv4_scope *scope)
{
    uint32_t check =
        add_text(add_text(add_text(0, scope->secret_access_key), scope->region), scope->service);

    if (key->valid && key->check == check &&
        memcmp(key->day, scope->date, BDK_SIGV4_DAY_LEN) == 0) {
        return;
    }
    derive(key->key, scope);
    memcpy(key->day, scope->date, BDK_SIGV4_DAY_LEN);
    key->check = check;
    key->valid = 1;
}

void bedrock_sigv4_key_wipe(struct bedrock_sigv4_key *key)
{
    bdk_wipe(key, sizeof *key);
}

void bdk_sigv4_seal(uint8_t tag[BEDROCK_SHA256_SIZE], const struct bdk_text *text,
                    const struct bedrock_sigv4_scope *scope, struct bedrock_sigv4_key *key)
{
    if (key != NULL) {
        bedrock_sigv4_key_prepare(key, scope);
        bdk_sigv4_mac(tag, key->key, text);
    } else {
        derive(tag, scope); /* the tag takes the key's place: nothing is left to wipe */
        bdk_sigv4_mac(tag, tag, text);
    }
}
