/* SPDX-License-Identifier: MIT */
/* Region or URL -> where to connect. AWS's endpoint rules for Bedrock Runtime, as data. */
#ifndef BDK_CLIENT_ENDPOINT_H
#define BDK_CLIENT_ENDPOINT_H

#include "bedrock/endpoint.h"

#include <stdint.h>

/* Longest host name that is accepted. AWS's own are at most 113 bytes long, whatever the region. */
#define BDK_HOST_MAX 127

struct bdk_endpoint {
    const char *authority; /* what the Host header says: a port only if it is not the usual one */
    const char *path;      /* in the caller's URL; NULL if there is none */
    uint16_t port;
    uint8_t authority_len;
    uint8_t path_len; /* without a slash at its end */
    uint8_t plain;    /* http:// */
    char host[BDK_HOST_MAX + 1];
};

/* Is it a region that may become a part of a host name? */
int bdk_region_valid(const char *region);

/* Fills in *endpoint, all zero so far: a service's host in a region, which must be valid, by the
 * suffixes of the partitions, in the order of endpoint.c. */
void bdk_endpoint_in_region(struct bdk_endpoint *endpoint, const char *service, const char *region,
                            const char *suffixes);

/* Fills in *endpoint, all zero so far, from what the caller says, or from the region alone if that
 * is NULL. BEDROCK_OK or BEDROCK_E_ENDPOINT. */
int bdk_endpoint_resolve(struct bdk_endpoint *endpoint, const char *region,
                         const struct bedrock_endpoint *wanted);

/* endpoint_url.c: is it a URL that begins with http:// ? */
int bdk_endpoint_is_plain(const struct bedrock_endpoint *wanted);

/* What the parts of a host name are made of: letters, digits and dashes. */
int bdk_is_in_label(char c);

/* Does a text begin with a word in lower case, which ends with a space or with its text? */
int bdk_begins(const char *text, const char *word);

extern const char bdk_endpoint_suffixes[];

#endif
