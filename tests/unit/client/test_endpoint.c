/* SPDX-License-Identifier: MIT */
/* Region or URL -> host, port, path, Host header. */
#include "client/endpoint.h"

#include "bedrock/error.h"
#include "test.h"

#include <string.h>

static struct bdk_endpoint endpoint;

static int resolve(const char *region, const struct bedrock_endpoint *wanted)
{
    memset(&endpoint, 0, sizeof endpoint);
    return bdk_endpoint_resolve(&endpoint, region, wanted);
}

static int resolve_url(const char *url)
{
    return resolve("us-east-1", BEDROCK_ENDPOINT(url));
}

static void check_host_header(const char *want)
{
    CHECK_BYTES(endpoint.authority, endpoint.authority_len, want, strlen(want));
}

static void check_region(const char *region, int fips, int dual_stack, const char *host)
{
    static const struct bedrock_endpoint *const kinds[2][2] = {
        {NULL, &bedrock_endpoint_dual_stack},
        {&bedrock_endpoint_fips, &bedrock_endpoint_fips_dual_stack}};

    CHECK_INT(resolve(region, kinds[fips][dual_stack]), BEDROCK_OK);
    CHECK_TEXT(endpoint.host, host);
    CHECK_INT(endpoint.port, 443);
    CHECK_INT(endpoint.plain, 0);
    CHECK_INT(endpoint.path_len, 0);
    check_host_header(host);
}

static void regions_of_every_partition(void)
{
    check_region("us-east-1", 0, 0, "bedrock-runtime.us-east-1.amazonaws.com");
    check_region("us-east-1", 1, 0, "bedrock-runtime-fips.us-east-1.amazonaws.com");
    check_region("us-east-1", 0, 1, "bedrock-runtime.us-east-1.api.aws");
    check_region("us-east-1", 1, 1, "bedrock-runtime-fips.us-east-1.api.aws");
    check_region("mars-north-9", 0, 0, "bedrock-runtime.mars-north-9.amazonaws.com");
    check_region("us-gov-west-1", 0, 1, "bedrock-runtime.us-gov-west-1.api.aws");
    check_region("cn-north-1", 0, 0, "bedrock-runtime.cn-north-1.amazonaws.com.cn");
    check_region("cn-north-1", 0, 1, "bedrock-runtime.cn-north-1.api.amazonwebservices.com.cn");
    check_region("us-iso-east-1", 0, 0, "bedrock-runtime.us-iso-east-1.c2s.ic.gov");
    check_region("us-isob-east-1", 0, 0, "bedrock-runtime.us-isob-east-1.sc2s.sgov.gov");
    check_region("us-isof-south-1", 0, 1, "bedrock-runtime.us-isof-south-1.api.aws.hci.ic.gov");
    check_region("eu-isoe-west-1", 0, 0, "bedrock-runtime.eu-isoe-west-1.cloud.adc-e.uk");
    check_region("eusc-de-east-1", 0, 0, "bedrock-runtime.eusc-de-east-1.amazonaws.eu");
    check_region("aws-cn-global", 0, 0, "bedrock-runtime.aws-cn-global.amazonaws.com.cn");
    check_region("aws-iso-global", 0, 0, "bedrock-runtime.aws-iso-global.c2s.ic.gov");
    check_region("aws-iso-b-global", 0, 0, "bedrock-runtime.aws-iso-b-global.sc2s.sgov.gov");
    check_region("CN-North-1", 0, 0, "bedrock-runtime.CN-North-1.amazonaws.com.cn");
}

static void longest_region_fits(void)
{
    char region[64], want[200] = "bedrock-runtime-fips.";

    memset(region, 'r', 63);
    memcpy(region, "cn-", 3);
    region[63] = '\0';
    strcat(want, region);
    strcat(want, ".api.amazonwebservices.com.cn");
    check_region(region, 1, 1, want);
}

static void check_url(const char *url, const char *host, uint16_t port, const char *header,
                      const char *path)
{
    test_context("%s", url);
    CHECK_INT(resolve_url(url), BEDROCK_OK);
    CHECK_TEXT(endpoint.host, host);
    CHECK_INT(endpoint.port, port);
    CHECK_BYTES(endpoint.path, endpoint.path_len, path, strlen(path));
    CHECK_INT(endpoint.plain, bdk_endpoint_is_plain(BEDROCK_ENDPOINT(url)));
    check_host_header(header);
    test_context(NULL);
}

static void urls(void)
{
    check_url("https://h", "h", 443, "h", "");
    check_url("https://h:443/", "h", 443, "h", "");
    check_url("https://h:80", "h", 80, "h:80", "");
    check_url("http://h", "h", 80, "h", "");
    check_url("http://h:80/a", "h", 80, "h", "/a");
    check_url("http://h:443", "h", 443, "h:443", "");
    check_url("HTTP://Host.Example:8443/a/b%20c///", "Host.Example", 8443, "Host.Example:8443",
              "/a/b%20c");
    check_url("http://127.0.0.1:65535", "127.0.0.1", 65535, "127.0.0.1:65535", "");
    check_url("https://[::1]", "::1", 443, "[::1]", "");
    check_url("https://[fe80::1]:8443/x", "fe80::1", 8443, "[fe80::1]:8443", "/x");
    check_url("https://a_b-c.d", "a_b-c.d", 443, "a_b-c.d", "");
    check_url("https://h:00080", "h", 80, "h:00080", "");
    check_url("https://h:00443", "h", 443, "h", "");
}

static void bad_urls(void)
{
    static const char *const bad[] = {"h",
                                      "https:/h",
                                      "https://",
                                      "https:///",
                                      "https://:80",
                                      "ftp://h",
                                      "http//h",
                                      "https://h:",
                                      "https://h:0",
                                      "https://h:65536",
                                      "https://h:000443",
                                      "https://h:99999999999999999999",
                                      "https://h:8a",
                                      "https://h:80:90",
                                      "https://u@h",
                                      "https://u:p@h",
                                      "https://h?x",
                                      "https://h/a?x",
                                      "https://h/a#x",
                                      "https://h/a b",
                                      "https://h/\x01",
                                      "https://h/\xc3\xa9",
                                      "https://h\r\nX: y",
                                      "https://h/\r\nX: y",
                                      "https://[",
                                      "https://[]",
                                      "https://[::1",
                                      "https://[::1]x",
                                      "https://::1",
                                      "https://a]b",
                                      "https://[a",
                                      " https://h",
                                      "https://h h",
                                      "https://h\\x"};
    size_t i;

    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        test_context("%s", bad[i]);
        CHECK_INT(resolve_url(bad[i]), BEDROCK_E_ENDPOINT);
    }
    test_context(NULL);
    CHECK(!bdk_endpoint_is_plain(NULL));
    CHECK(!bdk_endpoint_is_plain(BEDROCK_ENDPOINT("https://h")));
    CHECK(!bdk_endpoint_is_plain(BEDROCK_ENDPOINT(NULL)));
}

/* Who has none to name says so with nothing. */
static void no_url_is_the_region(void)
{
    CHECK_INT(resolve_url(NULL), BEDROCK_OK);
    CHECK_TEXT(endpoint.host, "bedrock-runtime.us-east-1.amazonaws.com");
    CHECK_INT(resolve_url(""), BEDROCK_OK);
    CHECK_TEXT(endpoint.host, "bedrock-runtime.us-east-1.amazonaws.com");
}

static void lengths(void)
{
    char url[600];

    strcpy(url, "https://");
    memset(url + 8, 'h', 127);
    url[8 + 127] = '\0';
    CHECK_INT(resolve_url(url), BEDROCK_OK);
    CHECK_INT(strlen(endpoint.host), 127);
    strcat(url, "h");
    CHECK_INT(resolve_url(url), BEDROCK_E_ENDPOINT);
    strcpy(url, "https://h/");
    memset(url + 10, 'p', 254);
    url[10 + 254] = '\0';
    CHECK_INT(resolve_url(url), BEDROCK_OK);
    CHECK_INT(endpoint.path_len, 255);
    strcat(url, "p");
    CHECK_INT(resolve_url(url), BEDROCK_E_ENDPOINT);
}

int main(void)
{
    RUN(regions_of_every_partition);
    RUN(longest_region_fits);
    RUN(urls);
    RUN(bad_urls);
    RUN(no_url_is_the_region);
    RUN(lengths);
    return test_finish();
}
