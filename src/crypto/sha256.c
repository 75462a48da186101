/* SPDX-License-Identifier: MIT */
/* See bedrock/sha256.h. The names are those of FIPS 180-4, sections 4.1.2 and 6.2. */
#include "crypto/sha256.h"
#include "util/bytes.h"

#include <string.h>

#define BLOCK_SIZE  64
#define LENGTH_SIZE 8 /* the message's length in bits ends its last block */

static const uint32_t K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

#define ROTR(x, n) ((x) >> (n) | (x) << (32 - (n)))

/* One round. Instead of moving eight variables along, the caller names them one place further. */
#define ROUND(a, b, c, d, e, f, g, h, i)                                                           \
    do {                                                                                           \
        h += K[t + (i)] + w[(t + (i)) & 15] + (ROTR(e, 6) ^ ROTR(e, 11) ^ ROTR(e, 25)) +           \
             ((g) ^ ((e) & ((f) ^ (g))));                                                          \
        d += h;                                                                                    \
        h += (ROTR(a, 2) ^ ROTR(a, 13) ^ ROTR(a, 22)) + (((a) & (b)) | ((c) & ((a) | (b))));       \
    } while (0)

/* The next sixteen words of the message schedule, in place of the last sixteen. */
static void expand(uint32_t w[16])
{
    unsigned t;

    for (t = 0; t < 16; t++) {
        uint32_t w15 = w[(t + 1) & 15], w2 = w[(t + 14) & 15];

        w[t] += w[(t + 9) & 15] + (ROTR(w15, 7) ^ ROTR(w15, 18) ^ w15 >> 3) +
                (ROTR(w2, 17) ^ ROTR(w2, 19) ^ w2 >> 10);
    }
}

static void compress(uint32_t state[8], const uint8_t *block)
{
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
    uint32_t w[16];
    unsigned t;

    for (t = 0; t < 16; t++) {
        w[t] = bdk_get_be32(block + 4 * t);
    }
    for (t = 0; t < 64; t += 8) {
        if (t >= 16 && t % 16 == 0) {
            expand(w);
        }
        ROUND(a, b, c, d, e, f, g, h, 0);
        ROUND(h, a, b, c, d, e, f, g, 1);
        ROUND(g, h, a, b, c, d, e, f, 2);
        ROUND(f, g, h, a, b, c, d, e, 3);
        ROUND(e, f, g, h, a, b, c, d, 4);
        ROUND(d, e, f, g, h, a, b, c, 5);
        ROUND(c, d, e, f, g, h, a, b, 6);
        ROUND(b, c, d, e, f, g, h, a, 7);
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
    state[5] += f;
    state[6] += g;
    state[7] += h;
}

void bedrock_sha256_init(struct bedrock_sha256 *sha)
{
    static const uint32_t start[8] = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    };

    memcpy(sha->state, start, sizeof start);
    sha->length = 0;
}

void bedrock_sha256_update(struct bedrock_sha256 *sha, const void *data, size_t len)
{
    const uint8_t *p = data;
    size_t used = (size_t)sha->length % BLOCK_SIZE;

    sha->length += len;
    while (len > 0) {
        size_t n = BLOCK_SIZE - used < len ? BLOCK_SIZE - used : len;

        if (n == BLOCK_SIZE) {
            compress(sha->state, p); /* whole blocks are never copied */
        } else {
            memcpy(sha->block + used, p, n);
            used += n;
            if (used == BLOCK_SIZE) {
                compress(sha->state, sha->block);
                used = 0;
            }
        }
        p += n;
        len -= n;
    }
}

void bdk_sha256_finish(struct bedrock_sha256 *sha, uint8_t digest[BEDROCK_SHA256_SIZE])
{
    size_t used = (size_t)sha->length % BLOCK_SIZE, i;

    sha->block[used++] = 0x80;
    memset(sha->block + used, 0, BLOCK_SIZE - used);
    if (used > BLOCK_SIZE - LENGTH_SIZE) {
        compress(sha->state, sha->block);
        memset(sha->block, 0, BLOCK_SIZE);
    }
    bdk_put_be64(sha->block + BLOCK_SIZE - LENGTH_SIZE, sha->length * 8);
    compress(sha->state, sha->block);
    for (i = 0; i < 8; i++) {
        bdk_put_be32(digest + 4 * i, sha->state[i]);
    }
    bdk_wipe(sha, sizeof *sha);
}

void bedrock_sha256_out(const struct bedrock_sha256 *sha, uint8_t digest[BEDROCK_SHA256_SIZE])
{
    struct bedrock_sha256 last = *sha;

    bdk_sha256_finish(&last, digest);
}

void bedrock_sha256_digest(uint8_t digest[BEDROCK_SHA256_SIZE], const void *data, size_t len)
{
    struct bedrock_sha256 sha;

    bedrock_sha256_init(&sha);
    bedrock_sha256_update(&sha, data, len);
    bdk_sha256_finish(&sha, digest);
}
