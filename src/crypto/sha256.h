/* SPDX-License-Identifier: MIT */
/* What SHA-256 shares with what is built on it. */
#ifndef BDK_CRYPTO_SHA256_H
#define BDK_CRYPTO_SHA256_H

#include "bedrock/sha256.h"

/* As bedrock_sha256_out(), but in place: it saves a copy of the context, and wipes it. */
void bdk_sha256_finish(struct bedrock_sha256 *sha, uint8_t digest[BEDROCK_SHA256_SIZE]);

#endif
