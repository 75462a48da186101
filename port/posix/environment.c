/* SPDX-License-Identifier: MIT */
/* See bedrock/posix.h. */
#include "internal.h"

#include <stdlib.h>

const char *bdk_posix_env(const char *name)
{
    const char *value = getenv(name);

    return value != NULL && value[0] != '\0' ? value : NULL;
}

const char *bdk_posix_env_either(const char *name, const char *other)
{
    const char *value = bdk_posix_env(name);

    return value != NULL ? value : bdk_posix_env(other);
}
