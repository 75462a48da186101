/* SPDX-License-Identifier: MIT */
/* Endpoint rules: AWS's endpoint rule set for Bedrock Runtime and its list of partitions. */
#include "client/endpoint.h"

#include "bedrock/error.h"
#include "util/bytes.h"

#include <string.h>

/* Of each partition the words that the names of its regions begin with, its suffix and the one of
 * its dual-stack hosts behind "api.". Whatever matches none is a region of the last one, as new
 * regions are. */
static const char partitions[] = "cn- aws-cn-\0amazonaws.com.cn\0amazonwebservices.com.cn\0"
                                 "us-iso- aws-iso-global\0c2s.ic.gov\0aws.ic.gov\0"
                                 "us-isob- aws-iso-b-\0sc2s.sgov.gov\0aws.scloud\0"
                                 "us-isof- aws-iso-f-\0csp.hci.ic.gov\0aws.hci.ic.gov\0"
                                 "eu-isoe- aws-iso-e-\0cloud.adc-e.uk\0cloud-aws.adc-e.uk\0"
                                 "eusc- aws-eusc-\0amazonaws.eu\0amazonwebservices.eu\0"
                                 " \0amazonaws.com\0aws";

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int is_in_label(char c)
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
    for (; is_in_label(region[i]); i++) {
        named |= !is_digit(region[i]);
    }
    return named && region[i] == '\0' && i <= 63 && region[i - 1] != '-';
}

/* Does a text begin with a word in lower case, which ends with a space or with its text? */
static int begins(const char *text, const char *word)
{
    while (*word > ' ' && bdk_lower(*text) == *word) {
        text++;
        word++;
    }
    return *word <= ' ';
}

static int is_in(const char *region, const char *words)
{
    for (;;) {
        if (begins(region, words)) {
            return 1;
        }
        while (*words > ' ') {
            words++;
        }
        if (*words++ == '\0') {
            return 0;
        }
    }
}

/* The text behind one, in a list of them. */
static const char *next(const char *text)
{
    return text + strlen(text) + 1;
}

/* Every host fits: a region has at most 63 bytes. */
static void append(struct bdk_endpoint *endpoint, const char *text)
{
    bdk_append(endpoint->host, sizeof endpoint->host, text, strlen(text));
}

static void from_region(struct bdk_endpoint *endpoint, const char *region, int fips, int dual_stack)
{
    const char *partition = partitions;

    while (!is_in(region, partition)) {
        partition = next(next(next(partition)));
    }
    append(endpoint, "bedrock-runtime");
    append(endpoint, fips ? "-fips." : ".");
    append(endpoint, region);
    append(endpoint, ".");
    partition = next(partition);
    if (dual_stack) {
        append(endpoint, "api.");
        partition = next(partition);
    }
    append(endpoint, partition);
    endpoint->port = 443;
}

int bdk_endpoint_is_plain(const char *url)
{
    return url != NULL && begins(url, "http://");
}

static uint16_t usual_port(const struct bdk_endpoint *endpoint)
{
    return endpoint->plain ? 80 : 443;
}

/* Takes "name", "1.2.3.4" or "[::1]". Returns what is behind it, or NULL. */
static const char *take_host(struct bdk_endpoint *endpoint, const char *text)
{
    size_t len = 0;

    endpoint->bracketed = *text == '[';
    text += endpoint->bracketed;
    while (is_in_label(text[len]) || text[len] == '.' || text[len] == '_' ||
           (text[len] == ':' && endpoint->bracketed)) {
        len++;
    }
    if (len == 0 || len > BDK_HOST_MAX || (endpoint->bracketed && text[len] != ']')) {
        return NULL;
    }
    memcpy(endpoint->host, text, len);
    return text + len + endpoint->bracketed;
}

/* Takes ":8443", if it is there. Returns what is behind it, or NULL. */
static const char *take_port(struct bdk_endpoint *endpoint, const char *text)
{
    uint32_t port = 0;

    endpoint->port = usual_port(endpoint);
    if (*text != ':') {
        return text;
    }
    while (is_digit(*++text) && port <= 65535) {
        port = port * 10 + (uint32_t)(*text - '0');
    }
    endpoint->port = (uint16_t)port;
    return port == 0 || port > 65535 ? NULL : text;
}

/* Takes the path, which is sent as it is written and so has to be written as it is sent. Returns
 * its end, or NULL. */
static const char *take_path(struct bdk_endpoint *endpoint, const char *text)
{
    const char *end = text;
    size_t len;

    if (*text == '/') {
        endpoint->path = text;
        while (*end > ' ' && *end <= '~' && *end != '?' && *end != '#') {
            end++;
        }
    }
    for (len = (size_t)(end - text); len > 0 && text[len - 1] == '/'; len--) {
    }
    endpoint->path_len = (uint8_t)len;
    return len > 255 ? NULL : end;
}

static int from_url(struct bdk_endpoint *endpoint, const char *url)
{
    endpoint->plain = (uint8_t)bdk_endpoint_is_plain(url);
    if (!endpoint->plain && !begins(url, "https://")) {
        return BEDROCK_E_ENDPOINT;
    }
    url = take_host(endpoint, url + 8 - endpoint->plain);
    url = url == NULL ? NULL : take_port(endpoint, url);
    url = url == NULL ? NULL : take_path(endpoint, url);
    return url == NULL || *url != '\0' ? BEDROCK_E_ENDPOINT : BEDROCK_OK;
}

int bdk_endpoint_resolve(struct bdk_endpoint *endpoint, const char *region, const char *url,
                         int fips, int dual_stack)
{
    memset(endpoint, 0, sizeof *endpoint);
    if (url == NULL || url[0] == '\0') {
        from_region(endpoint, region, fips, dual_stack);
        return BEDROCK_OK;
    }
    return fips || dual_stack ? BEDROCK_E_ENDPOINT : from_url(endpoint, url);
}

void bdk_endpoint_put_host(struct bedrock_output *out, const struct bdk_endpoint *endpoint)
{
    bedrock_output_put(out, "[", endpoint->bracketed);
    bedrock_output_text(out, endpoint->host);
    bedrock_output_put(out, "]", endpoint->bracketed);
    if (endpoint->port != usual_port(endpoint)) {
        bedrock_output_text(out, ":");
        bedrock_output_decimal(out, endpoint->port);
    }
}
