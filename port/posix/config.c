/* SPDX-License-Identifier: MIT */
/* See bedrock/posix.h. */
#include "bedrock/posix.h"

#include "bedrock/tls.h"

struct bedrock_config bedrock_posix_config(const char *region)
{
    static struct bedrock_anchors anchors;
    struct bedrock_config config = {0};

    config.port = bedrock_posix_port();
    config.credentials = bedrock_posix_credentials();
    config.region = bedrock_posix_region(region);
    config.endpoint = bedrock_posix_endpoint();
    /* An unusable bundle must not fall back on other roots: an empty list trusts nobody. */
    if (bedrock_posix_anchors(&anchors) != BEDROCK_OK || anchors.count > 0) {
        config.anchors = &anchors;
    }
    return config;
}
