/* SPDX-License-Identifier: MIT */
/* See bedrock/posix.h. */
#include "internal.h"

const char *bedrock_posix_region(const char *otherwise)
{
    const char *region = bdk_posix_env_either("AWS_REGION", "AWS_DEFAULT_REGION");

    return region != NULL ? region : otherwise;
}
