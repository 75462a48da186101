/* SPDX-License-Identifier: MIT */
/* What the caller's ids become in a request's path. Source: Amazon Bedrock API reference, the URI
 * request parameters. */
#ifndef BDK_CLIENT_LABEL_H
#define BDK_CLIENT_LABEL_H

#include "bedrock/output.h"

/* Is it fit to be a URI label: 1..2048 bytes of visible ASCII? NULL is not. */
int bdk_label_valid(const char *label);

/* prefix, and the label percent-encoded. */
int bdk_label_put(struct bedrock_output *out, const char *prefix, const char *label);

/* /model/{modelId} and what follows. */
int bdk_model_path_put(struct bedrock_output *out, const char *model_id, const char *action);

#endif
