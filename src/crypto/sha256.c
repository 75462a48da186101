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

/* The six functions. A sum of three rotations is nested, as in Sigma1(e) = e>>>6 ^ e>>>11 ^ e>>>25:
 * each step then rotates what the one before it left, which saves a register and, on Arm, the last
 * rotation, since it comes free with the addition that follows. */
#define CH(x, y, z)  ((z) ^ ((x) & ((y) ^ (z))))
#define MAJ(x, y, z) ((((x) ^ (y)) & ((z) ^ (y))) ^ (y))
#define SUM0(x)      ROTR(ROTR(ROTR(x, 9) ^ (x), 11) ^ (x), 2)
#define SUM1(x)      ROTR(ROTR(ROTR(x, 14) ^ (x), 5) ^ (x), 6)
#define SIGMA0(x)    (ROTR(ROTR(x, 11) ^ (x), 7) ^ (x) >> 3)
#define SIGMA1(x)    (ROTR(ROTR(x, 2) ^ (x), 17) ^ (x) >> 10)

/* One round. Instead of moving the eight variables along, the next round names them one further. */
#define ROUND(a, b, c, d, e, f, g, h, t)                                                           \
    do {                                                                                           \
        h += k[t] + w[t] + CH(e, f, g) + SUM1(e);                                                  \
        d += h;                                                                                    \
        h += MAJ(a, b, c) + SUM0(a);                                                               \
    } while (0)

/* Sixteen rounds, four at a time: half a turn of the names, which the exchange then makes whole.
 * Three-operand machines get the exchange for nothing; eight rounds in a row are hardly faster. */
static void sixteen_rounds(uint32_t to[8], const uint32_t v[8], const uint32_t *w,
                           const uint32_t *k)
{
    uint32_t a = v[0], b = v[1], c = v[2], d = v[3];
    uint32_t e = v[4], f = v[5], g = v[6], h = v[7];
    const uint32_t *end = w + 16;

    for (; w < end; w += 4, k += 4) {
        uint32_t a4, b4, c4, d4;

        ROUND(a, b, c, d, e, f, g, h, 0);
        ROUND(h, a, b, c, d, e, f, g, 1);
        ROUND(g, h, a, b, c, d, e, f, 2);
        ROUND(f, g, h, a, b, c, d, e, 3);
        a4 = e, b4 = f, c4 = g, d4 = h;
        e = a, f = b, g = c, h = d;
        a = a4, b = b4, c = c4, d = d4;
    }
    to[0] = a;
    to[1] = b;
    to[2] = c;
    to[3] = d;
    to[4] = e;
    to[5] = f;
    to[6] = g;
    to[7] = h;
}

/* The next sixteen words of the message schedule, each in the place of the oldest, which nobody
 * needs any more. The last two are at hand. */
static void next_sixteen_words(uint32_t w[17])
{
    uint32_t last = w[15], last_but_one = w[14];
    unsigned t;

    for (t = 0; t < 16; t++) {
        w[t] += SIGMA0(w[t + 1]) + w[(t + 9) % 16] + SIGMA1(last_but_one);
        last_but_one = last;
        last = w[t];
        w[16] = w[0]; /* for the last one, whose next is the first again */
    }
}

static void compress(uint32_t state[8], const uint8_t *block)
{
    const uint32_t *from = state;
    uint32_t v[8], w[17];
    unsigned t;

    for (t = 0; t < 16; t++) {
        w[t] = bdk_get_be32(block + 4 * t);
    }
    for (t = 0; t < 64; t += 16) {
        if (t > 0) {
            next_sixteen_words(w);
        }
        sixteen_rounds(v, from, w, K + t);
        from = v;
    }
    for (t = 0; t < 8; t++) {
        state[t] += v[t];
    }
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
        const uint8_t *block = p; /* whole blocks are hashed where they lie */
        size_t n = BLOCK_SIZE - used < len ? BLOCK_SIZE - used : len;

        if (n < BLOCK_SIZE) {
            memcpy(sha->block + used, p, n);
            block = sha->block;
        }
        used += n;
        if (used == BLOCK_SIZE) {
            compress(sha->state, block);
            used = 0;
        }
        p += n;
        len -= n;
    }
}

void bdk_sha256_finish(struct bedrock_sha256 *sha, uint8_t digest[BEDROCK_SHA256_SIZE])
{
    size_t used = (size_t)sha->length % BLOCK_SIZE, i;
    uint8_t pad = 0x80;

    for (;;) {
        sha->block[used++] = pad;
        pad = 0;
        if (used == BLOCK_SIZE - LENGTH_SIZE) {
            break;
        }
        if (used == BLOCK_SIZE) {
            compress(sha->state, sha->block);
            used = 0;
        }
    }
    bdk_put_be64(sha->block + used, sha->length * 8);
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
