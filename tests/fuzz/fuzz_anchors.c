/* SPDX-License-Identifier: MIT */
/* PEM text of any kind into memory of any size: what is said to be an anchor can be read whole, and
 * a text that fits into little memory gives the same in more. */
#include "bedrock/error.h"
#include "bedrock/tls.h"

#include <bearssl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int condition)
{
    if (!condition) {
        abort();
    }
}

static uint32_t add(uint32_t sum, const unsigned char *bytes, size_t len)
{
    while (len-- > 0) {
        sum = sum * 31 + *bytes++;
    }
    return sum;
}

/* Reads every byte that the table points to. */
static uint32_t sum_of(const struct bedrock_anchors *anchors)
{
    const br_x509_trust_anchor *anchor = anchors->table;
    uint32_t sum = (uint32_t)anchors->count;
    size_t i;

    for (i = 0; i < anchors->count; i++, anchor++) {
        sum = add(sum, anchor->dn.data, anchor->dn.len) + anchor->flags;
        if (anchor->pkey.key_type == BR_KEYTYPE_EC) {
            sum = add(sum, anchor->pkey.key.ec.q, anchor->pkey.key.ec.qlen);
        } else {
            sum = add(sum, anchor->pkey.key.rsa.n, anchor->pkey.key.rsa.nlen);
            sum = add(sum, anchor->pkey.key.rsa.e, anchor->pkey.key.rsa.elen);
        }
    }
    return sum;
}

static int read_into(size_t cap, const char *pem, size_t len, uint32_t *sum)
{
    struct bedrock_anchors anchors;
    void *memory = malloc(cap + 1);
    int status;

    must(memory != NULL);
    status = bedrock_anchors_from_pem(&anchors, memory, cap, pem, len);
    must(status == BEDROCK_OK || status == BEDROCK_E_BUFFER || status == BEDROCK_E_ANCHORS);
    *sum = status == BEDROCK_OK ? sum_of(&anchors) : 0;
    free(memory);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *pem = (const char *)data + 1;
    uint32_t sum, sum_small;
    int status;

    if (size == 0) {
        return 0;
    }
    status = read_into(BEDROCK_ANCHORS_SCRATCH + size - 1, pem, size - 1, &sum);
    must(status != BEDROCK_E_BUFFER);
    if (read_into(BEDROCK_ANCHORS_SCRATCH + data[0] * 8u, pem, size - 1, &sum_small) !=
        BEDROCK_E_BUFFER) {
        must(sum == sum_small);
    }
    return 0;
}
