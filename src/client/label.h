/* SPDX-License-Identifier: MIT */
/* The caller's ids, which stand in a request's path. Source: Amazon Bedrock API reference, the URI
 * request parameters. */
#ifndef BDK_CLIENT_LABEL_H
#define BDK_CLIENT_LABEL_H

/* Is it fit to be a URI label: 1..2048 bytes of visible ASCII, and no dot segment? NULL is not. */
int bdk_label_valid(const char *label);

#endif
