/* SPDX-License-Identifier: MIT */
/**
 * Where the service is. A client talks to AWS in the region of its configuration; whoever wants
 * something else names it, and links only what is named:
 *
 *     .endpoint = &bedrock_endpoint_fips,
 *     .endpoint = BEDROCK_ENDPOINT("https://vpce-0a1b2c.example:8443/bedrock"),
 *
 * Source: AWS's endpoint rule set for Bedrock Runtime, and its list of partitions.
 */
#ifndef BEDROCK_ENDPOINT_H
#define BEDROCK_ENDPOINT_H

#ifdef __cplusplus
extern "C" {
#endif

/* The library's own: where a client connects to. */
struct bdk_endpoint;

/** Which one. Use it through the objects and the macro below. */
struct bedrock_endpoint {
    /* Fills in *where; the region is a valid one. BEDROCK_OK or BEDROCK_E_ENDPOINT. */
    int (*resolve)(const struct bedrock_endpoint *self, struct bdk_endpoint *where,
                   const char *region);
    const char *url;
};

/** The region's endpoint with cryptography that is validated by FIPS 140; the one that is reached
 * by IPv6 and IPv4; and the one that has both. Not every region has them: where there is none, its
 * name does not resolve. */
extern const struct bedrock_endpoint bedrock_endpoint_fips;
extern const struct bedrock_endpoint bedrock_endpoint_dual_stack;
extern const struct bedrock_endpoint bedrock_endpoint_fips_dual_stack;

/** The function of BEDROCK_ENDPOINT(). */
int bedrock_endpoint_resolve_url(const struct bedrock_endpoint *self, struct bdk_endpoint *where,
                                 const char *region);

/**
 * A host of your own: "https://host[:port][/path]", or "http://..." without TLS. The host has up to
 * 127 characters, the path up to 255 bytes; it is sent as it is written: percent-encoded, without
 * empty or dot segments. What is no such URL makes bedrock_client_init() return BEDROCK_E_ENDPOINT;
 * NULL or "" is AWS's own endpoint.
 *
 * A compound literal: it lives as long as the block it is written in, or for ever at file scope.
 * Neither it nor the text may go before the client.
 */
#define BEDROCK_ENDPOINT(url)                                                                      \
    (&(const struct bedrock_endpoint){bedrock_endpoint_resolve_url, (url)})

#ifdef __cplusplus
}
#endif

#endif
