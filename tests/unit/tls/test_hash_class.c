/* SPDX-License-Identifier: MIT */
/* SHA-256 in BearSSL's clothes and the pseudorandom function, against BearSSL's own. */
#include "test.h"
#include "tls/tls.h"

#include <string.h>

#define LONGEST 300

static uint8_t text[LONGEST];

static void same_description(void)
{
    CHECK_INT(bdk_tls_sha256.desc, br_sha256_vtable.desc);
    CHECK(bdk_tls_sha256.context_size <= sizeof(br_hash_compat_context));
}

/* Every length, cut everywhere; peeking at the digest and copying the context disturb nothing. */
static void same_digests(void)
{
    size_t len, cut;

    for (len = 0; len <= LONGEST; len++) {
        br_hash_compat_context ours, copy;
        br_sha256_context theirs;
        uint8_t got[32], want[32];

        br_sha256_init(&theirs);
        br_sha256_update(&theirs, text, len);
        br_sha256_out(&theirs, want);
        for (cut = 0; cut <= len; cut += 1 + len / 7) {
            test_context("length %zu cut %zu", len, cut);
            bdk_tls_sha256.init(&ours.vtable);
            CHECK(ours.vtable == &bdk_tls_sha256);
            ours.vtable->update(&ours.vtable, text, cut);
            ours.vtable->out(&ours.vtable, got);
            copy = ours;
            copy.vtable->update(&copy.vtable, text + cut, len - cut);
            copy.vtable->out(&copy.vtable, got);
            CHECK_BYTES(got, sizeof got, want, sizeof want);
            copy.vtable->out(&copy.vtable, got);
            CHECK_BYTES(got, sizeof got, want, sizeof want);
        }
    }
}

/* A state saved at a block boundary is BearSSL's byte for byte, and one can go on from it. */
static void same_states(void)
{
    size_t blocks;

    for (blocks = 0; blocks <= 4; blocks++) {
        br_hash_compat_context ours;
        br_sha256_context theirs;
        uint8_t got[32], want[32];
        size_t len = 64 * blocks;

        test_context("%zu blocks", blocks);
        bdk_tls_sha256.init(&ours.vtable);
        bdk_tls_sha256.update(&ours.vtable, text, len);
        br_sha256_init(&theirs);
        br_sha256_update(&theirs, text, len);
        CHECK_INT(bdk_tls_sha256.state(&ours.vtable, got), len);
        CHECK_INT(br_sha256_state(&theirs, want), len);
        CHECK_BYTES(got, sizeof got, want, sizeof want);

        memset(&ours, 0xee, sizeof ours);
        bdk_tls_sha256.set_state(&ours.vtable, want, len);
        CHECK(ours.vtable == &bdk_tls_sha256);
        bdk_tls_sha256.update(&ours.vtable, text, 40);
        bdk_tls_sha256.out(&ours.vtable, got);
        br_sha256_update(&theirs, text, 40);
        br_sha256_out(&theirs, want);
        CHECK_BYTES(got, sizeof got, want, sizeof want);
    }
}

static void same_hmac(void)
{
    static const size_t lengths[] = {0, 1, 32, 63, 64, 65, 200};
    size_t i;

    for (i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        br_hmac_key_context key;
        br_hmac_context hmac;
        uint8_t got[32], want[32];

        test_context("key length %zu", lengths[i]);
        br_hmac_key_init(&key, &bdk_tls_sha256, text, lengths[i]);
        br_hmac_init(&hmac, &key, 0);
        br_hmac_update(&hmac, text, 100);
        br_hmac_out(&hmac, got);
        br_hmac_key_init(&key, &br_sha256_vtable, text, lengths[i]);
        br_hmac_init(&hmac, &key, 0);
        br_hmac_update(&hmac, text, 100);
        br_hmac_out(&hmac, want);
        CHECK_BYTES(got, sizeof got, want, sizeof want);
    }
}

static void same_prf(void)
{
    static const size_t lengths[] = {0, 1, 12, 31, 32, 33, 48, 64, 104, 200};
    const br_tls_prf_seed_chunk seeds[] = {{text, 32}, {text + 40, 32}, {text + 80, 5}};
    size_t i, seed_count, secret_len;

    for (i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        for (seed_count = 0; seed_count <= 3; seed_count++) {
            for (secret_len = 0; secret_len <= 96; secret_len += 24) {
                uint8_t got[201], want[201];

                memset(got, 0xcc, sizeof got);
                memset(want, 0xcc, sizeof want);
                test_context("length %zu, %zu seeds, secret of %zu", lengths[i], seed_count,
                             secret_len);
                bdk_tls_prf_sha256(got, lengths[i], text + 100, secret_len, "key expansion",
                                   seed_count, seeds);
                br_tls12_sha256_prf(want, lengths[i], text + 100, secret_len, "key expansion",
                                    seed_count, seeds);
                CHECK_BYTES(got, sizeof got, want, sizeof want);
            }
        }
    }
}

int main(void)
{
    size_t i;

    for (i = 0; i < LONGEST; i++) {
        text[i] = (uint8_t)(i * 31 + i / 100);
    }
    RUN(same_description);
    RUN(same_digests);
    RUN(same_states);
    RUN(same_hmac);
    RUN(same_prf);
    return test_finish();
}
