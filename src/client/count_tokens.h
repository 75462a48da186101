/* SPDX-License-Identifier: MIT */
/* What the two forms of CountTokens share. */
#ifndef BDK_CLIENT_COUNT_TOKENS_H
#define BDK_CLIENT_COUNT_TOKENS_H

#include "client/client.h"

extern const struct bdk_nodes bdk_count_nodes;
/* Takes the count over, without which the answer is none. */
int bdk_count_end(struct bedrock_client *client, struct bedrock_event *event);

/* {"input":{"form":{ opened; close with bdk_end(json, 3). */
void bdk_count_begin_input(struct bedrock_json_writer *json, const char *form);

#endif
