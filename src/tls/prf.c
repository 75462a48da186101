/* SPDX-License-Identifier: MIT */
#include "crypto/sha256.h"
#include "tls/tls.h"
#include "util/bytes.h"

#include <string.h>

struct prf {
    const void *secret;
    size_t secret_len;
    const char *label;
    size_t seed_count;
    const br_tls_prf_seed_chunk *seeds;
};

/* HMAC(secret, before + label + seeds). The key is expanded anew each time: that costs less than
 * stack for a second HMAC would, next to the arithmetic of a handshake. */
static void tag(const struct prf *prf, uint8_t out[BEDROCK_SHA256_SIZE], const uint8_t *before,
                size_t before_len)
{
    struct bedrock_hmac_sha256 hmac;
    size_t i;

    bedrock_hmac_sha256_init(&hmac, prf->secret, prf->secret_len);
    bedrock_hmac_sha256_update(&hmac, before, before_len);
    bedrock_hmac_sha256_update(&hmac, prf->label, strlen(prf->label));
    for (i = 0; i < prf->seed_count; i++) {
        bedrock_hmac_sha256_update(&hmac, prf->seeds[i].data, prf->seeds[i].len);
    }
    bdk_hmac_sha256_finish(&hmac, out);
}

void bdk_tls_prf_sha256(void *dst, size_t len, const void *secret, size_t secret_len,
                        const char *label, size_t seed_count, const br_tls_prf_seed_chunk *seeds)
{
    const struct prf prf = {secret, secret_len, label, seed_count, seeds};
    uint8_t chain[BEDROCK_SHA256_SIZE]; /* A(i) of RFC 5246, section 5 */
    uint8_t piece[BEDROCK_SHA256_SIZE];
    uint8_t *out = dst;

    tag(&prf, chain, NULL, 0);
    while (len > 0) {
        size_t n = len < sizeof piece ? len : sizeof piece;

        tag(&prf, piece, chain, sizeof chain);
        memcpy(out, piece, n);
        out += n;
        len -= n;
        bedrock_hmac_sha256_tag(chain, secret, secret_len, chain, sizeof chain);
    }
    bdk_wipe(chain, sizeof chain);
    bdk_wipe(piece, sizeof piece);
}
