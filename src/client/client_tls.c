/* SPDX-License-Identifier: MIT */
/* The usual way to make a client. In a file of its own, so that who brings another transport links
 * no BearSSL. */
#include "bedrock/client.h"
#include "bedrock/tls.h"
#include "client/endpoint.h"

int bedrock_client_init(bedrock_client **client, void *memory, size_t size,
                        const struct bedrock_config *config)
{
    return bedrock_client_init_with(client, memory, size, config,
                                    bdk_endpoint_is_plain(config->endpoint) ? &bedrock_plain
                                                                            : &bedrock_tls);
}
