/* SPDX-License-Identifier: MIT */
/* Region or URL -> where to connect. AWS's endpoint rules for Bedrock Runtime, as data. */
#ifndef BDK_CLIENT_ENDPOINT_H
#define BDK_CLIENT_ENDPOINT_H

#include <stddef.h>
#include <stdint.h>

/* Longest authority ("host:port") that is accepted. AWS's own are below 90 bytes. */
#define BDK_AUTHORITY_MAX 127

struct bdk_endpoint {
    char authority[BDK_AUTHORITY_MAX +
                   1]; /* as the Host header says it: the port only if it is not the scheme's own */
    const char *path;  /* in the caller's URL; NULL if there is none */
    uint8_t path_len;  /* without a slash at its end */
    uint8_t host_off;  /* the host within authority, brackets of an IPv6 address left out */
    uint8_t host_len;
    uint8_t plain; /* http:// */
    uint16_t port;
};

/* Is it a region that may become a part of a host name? */
int bdk_region_valid(const char *region);

/*
 * Fills in *endpoint from a URL, or from the region if url is NULL or "".
 * BEDROCK_OK; BEDROCK_E_REGION; BEDROCK_E_ENDPOINT for a bad URL, or for one together with fips or
 * dual_stack.
 */
int bdk_endpoint_resolve(struct bdk_endpoint *endpoint, const char *region, const char *url,
                         int fips, int dual_stack);

/* Does the URL say http:// ? */
int bdk_endpoint_is_plain(const char *url);

/* Copies the bare host, NUL-terminated. */
void bdk_endpoint_host(const struct bdk_endpoint *endpoint, char host[BDK_AUTHORITY_MAX + 1]);

#endif
