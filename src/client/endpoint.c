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
    size_t i;
    int named = 0;

    if (region == NULL || region[0] == '-') {
        return 0;
    }
    for (i = 0; region[i] != '\0'; i++) {
        if (i == 63 || (!is_letter(region[i]) && !is_digit(region[i]) && region[i] != '-')) {
            return 0;
        }
        named |= !is_digit(region[i]);
    }
    return named && region[i - 1] != '-';
}

/* Does a text begin with a word in lower case? */
static int begins(const char *text, const char *word)
{
    size_t i;

    for (i = 0; word[i] != '\0'; i++) {
        if (bdk_lower(text[i]) != word[i]) {
            return 0;
        }
    }
    return 1;
}

static const struct partition *find_partition(const char *region)
{
    const struct partition *partition = partitions;

    while (!begins(region, partition->prefix)) {
        partition++;
    }
    return partition;
}

/* 1 if it does not fit. */
static int append(struct bdk_endpoint *endpoint, const char *text)
{
    return bdk_append(endpoint->authority, sizeof endpoint->authority, text, strlen(text));
}

static int from_region(struct bdk_endpoint *endpoint, const char *region, int fips, int dual_stack)
{
    const struct partition *partition;
    int cut;

    if (!bdk_region_valid(region)) {
        return BEDROCK_E_REGION;
    }
    partition = find_partition(region);
    cut = append(endpoint, fips ? "bedrock-runtime-fips." : "bedrock-runtime.");
    cut |= append(endpoint, region);
    cut |= append(endpoint, ".");
    cut |= append(endpoint, dual_stack ? partition->dual_stack_suffix : partition->suffix);
    endpoint->host_len = (uint8_t)strlen(endpoint->authority);
    endpoint->port = 443;
    return cut ? BEDROCK_E_REGION : BEDROCK_OK;
}

int bdk_endpoint_is_plain(const char *url)
{
    return url != NULL && begins(url, "http://");
}

/* Reads "8443" up to the end of the authority; 0 if it is no port. */
static uint16_t read_port(const char *text)
{
    uint32_t port = 0;

    while (is_digit(*text) && port <= 65535) {
        port = port * 10 + (uint32_t)(*text++ - '0');
    }
    return (*text != '\0' && *text != '/') || port > 65535 ? 0 : (uint16_t)port;
}

/* Both parts of a URL are sent as they are written, so they have to be written as they are sent. */
static int may_stand_in_url(char c)
{
    return c > ' ' && c <= '~' && c != '?' && c != '#' && c != '@';
}

/* Takes host and port. Returns where the path begins, or NULL. */
static const char *take_authority(struct bdk_endpoint *endpoint, const char *text,
                                  uint16_t usual_port)
{
    size_t len = 0, colon = 0;

    for (; text[len] != '\0' && text[len] != '/'; len++) {
        if (!may_stand_in_url(text[len]) || len == BDK_AUTHORITY_MAX) {
            return NULL;
        }
        if (text[len] == ']') {
            colon = 0; /* those before it are an IPv6 address's own */
        } else if (text[len] == ':' && colon == 0) {
            colon = len;
        }
    }
    endpoint->port = colon == 0 ? usual_port : read_port(text + colon + 1);
    endpoint->host_off = text[0] == '[';
    endpoint->host_len = (uint8_t)((colon == 0 ? len : colon) - 2u * endpoint->host_off);
    memcpy(endpoint->authority, text, endpoint->port == usual_port && colon != 0 ? colon : len);
    return endpoint->port == 0 || len == 0 || text[0] == ':' || endpoint->host_len > len
               ? NULL
               : text + len;
}

static int from_url(struct bdk_endpoint *endpoint, const char *url)
{
    const char *path;
    size_t len = 0;

    endpoint->plain = (uint8_t)begins(url, "http://");
    if (!endpoint->plain && !begins(url, "https://")) {
        return BEDROCK_E_ENDPOINT;
    }
    path = take_authority(endpoint, url + 8 - endpoint->plain, endpoint->plain ? 80 : 443);
    if (path == NULL) {
        return BEDROCK_E_ENDPOINT;
    }
    while (may_stand_in_url(path[len])) {
        len++;
    }
    if (path[len] != '\0' || len > 255) {
        return BEDROCK_E_ENDPOINT;
    }
    while (len > 0 && path[len - 1] == '/') {
        len--;
    }
    endpoint->path = path;
    endpoint->path_len = (uint8_t)len;
    return BEDROCK_OK;
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
