/* SPDX-License-Identifier: MIT */
/* What SHA-256 and HMAC cost alone. */
#include "bedrock/sha256.h"

int main(void)
{
    static uint8_t key[32], tag[BEDROCK_SHA256_SIZE];
    struct bedrock_hmac_sha256 hmac;
    struct bedrock_sha256 sha;

    bedrock_sha256_init(&sha);
    bedrock_sha256_update(&sha, key, sizeof key);
    bedrock_sha256_out(&sha, tag);
    bedrock_hmac_sha256_init(&hmac, key, sizeof key);
    bedrock_hmac_sha256_update(&hmac, tag, sizeof tag);
    bedrock_hmac_sha256_out(&hmac, tag);
    return tag[0];
}
