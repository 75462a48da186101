/* SPDX-License-Identifier: MIT */
/* See bedrock/posix.h. */
#define _POSIX_C_SOURCE 200809L

#include "internal.h"

#include <strings.h>

static const char *endpoint_url(void)
{
    const char *ignore = bdk_posix_env("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS");

    if (ignore != NULL && strcasecmp(ignore, "true") == 0) {
        return NULL;
    }
    return bdk_posix_env_either("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "AWS_ENDPOINT_URL");
}

const struct bedrock_endpoint *bedrock_posix_endpoint(void)
{
    static struct bedrock_endpoint endpoint = {bedrock_endpoint_resolve_url, NULL};

    endpoint.url = endpoint_url();
    return endpoint.url != NULL ? &endpoint : NULL;
}
