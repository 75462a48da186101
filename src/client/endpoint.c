/* SPDX-License-Identifier: MIT */
/* Where a region is. See bedrock/endpoint.h. */
#include "client/endpoint.h"

#include "bedrock/error.h"
#include "util/bytes.h"

#include <string.h>

/* Of each partition the words that the names of its regions begin with. Whatever begins with none
 * of them is in the last one, as new regions are. */
static const char prefixes[] = "cn- aws-cn-\0"
                               "us-iso- aws-iso-global\0"
                               "us-isob- aws-iso-b-\0"
                               "us-isof- aws-iso-f-\0"
                               "eu-isoe- aws-iso-e-\0"
                               "eusc- aws-eusc-\0"
                               " ";

/* What the names of its hosts end with, in the same order. */
const char bdk_endpoint_suffixes[] = ".amazonaws.com.cn\0"
                                     ".c2s.ic.gov\0"
                                     ".sc2s.sgov.gov\0"
                                     ".csp.hci.ic.gov\0"
                                     ".cloud.adc-e.uk\0"
                                     ".amazonaws.eu\0"
                                     ".amazonaws.com";

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

int bdk_is_in_label(char c)
{
    char small = bdk_lower(c);

    return (small >= 'a' && small <= 'z') || is_digit(c) || c == '-';
}

/* A host label, and not a bare number (RFC 1123, and what the SDKs check). */
int bdk_region_valid(const char *region)
{
    size_t i = 0;
    int named = 0;

    if (region == NULL || region[0] == '-') {
        return 0;
    }
    for (; bdk_is_in_label(region[i]); i++) {
        named |= !is_digit(region[i]);
    }
    return named && region[i] == '\0' && i <= 63 && region[i - 1] != '-';
}

int bdk_begins(const char *text, const char *word)
{
    while (*word > ' ' && bdk_lower(*text) == *word) {
        text++;
        word++;
    }
    return *word <= ' ';
}

/* Of a list of texts, one for each partition, that of the region's. */
static const char *in_partition(const char *texts, const char *region)
{
    const char *word = prefixes;

    while (!bdk_begins(region, word)) {
        while (*word > ' ') {
            word++;
        }
        if (*word++ == '\0') {
            texts += strlen(texts) + 1;
        }
    }
    return texts;
}

/* Every host fits: a region has at most 63 bytes. */
static void append(struct bdk_endpoint *endpoint, const char *text)
{
    bdk_append(endpoint->host, sizeof endpoint->host, text, strlen(text));
}

void bdk_endpoint_in_region(struct bdk_endpoint *endpoint, const char *service, const char *region,
                            const char *suffixes)
{
    append(endpoint, service);
    append(endpoint, region);
    append(endpoint, in_partition(suffixes, region));
    endpoint->authority = endpoint->host;
    endpoint->authority_len = (uint8_t)strlen(endpoint->host);
    endpoint->port = 443;
}

int bdk_endpoint_resolve(struct bdk_endpoint *endpoint, const char *region,
                         const struct bedrock_endpoint *wanted)
{
    if (wanted != NULL && wanted->resolve != NULL) {
        return wanted->resolve(wanted, endpoint, region);
    }
    bdk_endpoint_in_region(endpoint, "bedrock-runtime.", region, bdk_endpoint_suffixes);
    return BEDROCK_OK;
}
