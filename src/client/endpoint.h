/* SPDX-License-Identifier: MIT */
/* Region or URL -> where to connect. AWS's endpoint rules for Bedrock Runtime, as data. */
#ifndef BDK_CLIENT_ENDPOINT_H
#define BDK_CLIENT_ENDPOINT_H

#include "bedrock/output.h"

/* Longest host name that is accepted. AWS's own are at most 112 bytes long, whatever the region. */
#define BDK_HOST_MAX 127

struct bdk_endpoint {
    const char *path; /* in the caller's URL; NULL if there is none */
    uint16_t port;
    uint8_t path_len;  /* without a slash at its end */
    uint8_t plain;     /* http:// */
    uint8_t bracketed; /* an IPv6 address, which a URL and a Host header put in brackets */
    char host[BDK_HOST_MAX + 1];
};

/* Is it a region that may become a part of a host name? */
int bdk_region_valid(const char *region);

/*
 * Fills in *endpoint from a URL, or from the region, which must be valid, if url is NULL or "".
 * BEDROCK_OK, or BEDROCK_E_ENDPOINT for a bad URL, or for one together with fips or dual_stack.
 */
int bdk_endpoint_resolve(struct bdk_endpoint *endpoint, const char *region, const char *url,
                         int fips, int dual_stack);

/* Does the URL say http:// ? */
int bdk_endpoint_is_plain(const char *url);

/* Writes what the Host header says: the port only if it is not the scheme's own. */
void bdk_endpoint_put_host(struct bedrock_output *out, const struct bdk_endpoint *endpoint);

#endif
