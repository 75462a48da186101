/* SPDX-License-Identifier: MIT */
/* The endpoints that a region has besides the usual one. See bedrock/endpoint.h. */
#include "client/endpoint.h"

#include "bedrock/error.h"

#include <stddef.h>

/* Of the partitions, in the order of endpoint.c. */
static const char dual_stack_suffixes[] = ".api.amazonwebservices.com.cn\0"
                                          ".api.aws.ic.gov\0"
                                          ".api.aws.scloud\0"
                                          ".api.aws.hci.ic.gov\0"
                                          ".api.cloud-aws.adc-e.uk\0"
                                          ".api.amazonwebservices.eu\0"
                                          ".api.aws";

static int resolve_fips(const struct bedrock_endpoint *self, struct bdk_endpoint *where,
                        const char *region)
{
    (void)self;
    bdk_endpoint_in_region(where, "bedrock-runtime-fips.", region, bdk_endpoint_suffixes);
    return BEDROCK_OK;
}

static int resolve_dual_stack(const struct bedrock_endpoint *self, struct bdk_endpoint *where,
                              const char *region)
{
    (void)self;
    bdk_endpoint_in_region(where, "bedrock-runtime.", region, dual_stack_suffixes);
    return BEDROCK_OK;
}

static int resolve_both(const struct bedrock_endpoint *self, struct bdk_endpoint *where,
                        const char *region)
{
    (void)self;
    bdk_endpoint_in_region(where, "bedrock-runtime-fips.", region, dual_stack_suffixes);
    return BEDROCK_OK;
}

const struct bedrock_endpoint bedrock_endpoint_fips = {resolve_fips, NULL};
const struct bedrock_endpoint bedrock_endpoint_dual_stack = {resolve_dual_stack, NULL};
const struct bedrock_endpoint bedrock_endpoint_fips_dual_stack = {resolve_both, NULL};
