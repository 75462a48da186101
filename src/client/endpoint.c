/* SPDX-License-Identifier: MIT */
/* Endpoint rules: AWS's endpoint rule set for Bedrock Runtime and its list of partitions. */
#include "client/endpoint.h"

#include "bedrock/error.h"
#include "util/bytes.h"

#include <string.h>

struct partition {
    const char *prefix; /* of the region */
    const char *suffix;
    const char *dual_stack_suffix;
};

/* More special prefixes first: us-iso is not a region of partition aws. */
static const struct partition partitions[] = {
    {"us-isob-", "sc2s.sgov.gov", "api.aws.scloud"},
    {"us-isof-", "csp.hci.ic.gov", "api.aws.hci.ic.gov"},
    {"us-iso-", "c2s.ic.gov", "api.aws.ic.gov"},
    {"eu-isoe-", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk"},
    {"eusc-", "amazonaws.eu", "api.amazonwebservices.eu"},
    {"cn-", "amazonaws.com.cn", "api.amazonwebservices.com.cn"},
    {"", "amazonaws.com", "api.aws"},
};

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int is_letter(char c)
{
    c = bdk_lower(c);
    return c >= 'a' && c <= 'z';
}

/* A host label, and not a bare number (RFC 1123, and what the SDKs check). */
int bdk_region_valid(const char *region)
{
    size_t i, len = region == NULL ? 0 : strlen(region);
    int letters = 0;

    if (len == 0 || len > 63 || region[0] == '-' || region[len - 1] == '-') {
        return 0;
    }
    for (i = 0; i < len; i++) {
        if (!is_letter(region[i]) && !is_digit(region[i]) && region[i] != '-') {
            return 0;
        }
        letters |= !is_digit(region[i]);
    }
    return letters;
}

static const struct partition *find_partition(const char *region)
{
    const struct partition *partition = partitions;

    while (strncmp(region, partition->prefix, strlen(partition->prefix)) != 0) {
        partition++;
    }
    return partition;
}

/* Copies a text up to its NUL, with a NUL of its own, if it fits; tells where the next one goes, or
 * NULL. */
static char *append(char *at, const char *end, const char *text)
{
    size_t len = strlen(text);

    if (at == NULL || (size_t)(end - at) <= len) {
        return NULL;
    }
    memcpy(at, text, len + 1);
    return at + len;
}

static int from_region(struct bdk_endpoint *endpoint, const char *region, int fips, int dual_stack)
{
    const char *end = endpoint->authority + sizeof endpoint->authority;
    const struct partition *partition;
    char *at = endpoint->authority;

    if (!bdk_region_valid(region)) {
        return BEDROCK_E_REGION;
    }
    partition = find_partition(region);
    at = append(at, end, fips ? "bedrock-runtime-fips." : "bedrock-runtime.");
    at = append(at, end, region);
    at = append(at, end, ".");
    at = append(at, end, dual_stack ? partition->dual_stack_suffix : partition->suffix);
    if (at == NULL) {
        return BEDROCK_E_REGION;
    }
    endpoint->host_len = (uint8_t)(at - endpoint->authority);
    endpoint->port = 443;
    return BEDROCK_OK;
}

static int starts_nocase(const char *text, const char *word)
{
    size_t i;

    for (i = 0; word[i] != '\0'; i++) {
        if (bdk_lower(text[i]) != word[i]) {
            return 0;
        }
    }
    return 1;
}

int bdk_endpoint_is_plain(const char *url)
{
    return url != NULL && starts_nocase(url, "http://");
}

/* Reads ":8443" at text; 0 if it is none. */
static uint16_t read_port(const char *text, size_t len)
{
    uint32_t port = 0;
    size_t i;

    for (i = 1; i < len && i <= 5; i++) {
        if (!is_digit(text[i])) {
            return 0;
        }
        port = port * 10 + (uint32_t)(text[i] - '0');
    }
    return len < 2 || len > 6 || port > 65535 ? 0 : (uint16_t)port;
}

static size_t host_length(const char *authority, size_t len)
{
    size_t i = 0;

    while (i < len && authority[i] != (authority[0] == '[' ? ']' : ':')) {
        i++;
    }
    return authority[0] == '[' && i < len ? i + 1 : i;
}

static int host_valid(const char *host, size_t len)
{
    size_t i;

    if (len == 0 || (host[0] == '[' && (len < 4 || host[len - 1] != ']'))) {
        return 0;
    }
    for (i = 0; i < len; i++) {
        if (!is_letter(host[i]) && !is_digit(host[i]) && strchr("-._:[]", host[i]) == NULL) {
            return 0;
        }
    }
    return 1;
}

/* The path is sent and signed as it is written, so it has to be written percent-encoded. */
static int take_path(struct bdk_endpoint *endpoint, const char *path)
{
    size_t i, len = strlen(path);

    while (len > 0 && path[len - 1] == '/') {
        len--;
    }
    for (i = 0; i < len; i++) {
        if (path[i] <= ' ' || path[i] > '~' || path[i] == '?' || path[i] == '#') {
            return BEDROCK_E_ENDPOINT;
        }
    }
    endpoint->path = path;
    endpoint->path_len = (uint8_t)len;
    return len > 255 ? BEDROCK_E_ENDPOINT : BEDROCK_OK;
}

static int from_url(struct bdk_endpoint *endpoint, const char *url)
{
    const char *authority = url + (bdk_endpoint_is_plain(url) ? 7 : 8);
    size_t len, host_len;
    uint16_t usual = bdk_endpoint_is_plain(url) ? 80 : 443;

    if (usual == 443 && !starts_nocase(url, "https://")) {
        return BEDROCK_E_ENDPOINT;
    }
    len = strcspn(authority, "/?#");
    host_len = host_length(authority, len);
    if (len > BDK_AUTHORITY_MAX || !host_valid(authority, host_len)) {
        return BEDROCK_E_ENDPOINT;
    }
    endpoint->plain = usual == 80;
    endpoint->port = len == host_len ? usual : read_port(authority + host_len, len - host_len);
    if (endpoint->port == 0) {
        return BEDROCK_E_ENDPOINT;
    }
    endpoint->host_off = authority[0] == '[';
    endpoint->host_len = (uint8_t)(host_len - 2u * endpoint->host_off);
    memcpy(endpoint->authority, authority, endpoint->port == usual ? host_len : len);
    return take_path(endpoint, authority + len);
}

int bdk_endpoint_resolve(struct bdk_endpoint *endpoint, const char *region, const char *url,
                         int fips, int dual_stack)
{
    memset(endpoint, 0, sizeof *endpoint);
    if (url == NULL || url[0] == '\0') {
        return from_region(endpoint, region, fips, dual_stack);
    }
    return fips || dual_stack ? BEDROCK_E_ENDPOINT : from_url(endpoint, url);
}

void bdk_endpoint_host(const struct bdk_endpoint *endpoint, char host[BDK_AUTHORITY_MAX + 1])
{
    memcpy(host, endpoint->authority + endpoint->host_off, endpoint->host_len);
    host[endpoint->host_len] = '\0';
}
