/* SPDX-License-Identifier: MIT */
/* See bedrock/tls.h. */
#include "bedrock/tls.h"
#include "tls/roots.h"
#include "util/bytes.h"

static const br_x509_trust_anchor table[] = {
    BDK_ROOT_RSA(bdk_root_1),
    BDK_ROOT_EC(bdk_root_3, BR_EC_secp256r1),
};

const struct bedrock_anchors bedrock_amazon_roots_lean = {table, BDK_COUNT(table)};
