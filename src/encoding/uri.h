/* SPDX-License-Identifier: MIT */
/* Percent-encoding as AWS wants it (RFC 3986 unreserved characters stay: A-Z a-z 0-9 - . _ ~; hex
 * in upper case). */
#ifndef BDK_ENCODING_URI_H
#define BDK_ENCODING_URI_H

#include "bedrock/output.h"

#include <stddef.h>

/* Does a character stand for itself? */
int bdk_uri_stays(uint8_t c, int keep_slash);

/* Writes the encoded text. keep_slash: `/` stays, as in a path; without it, it becomes %2F, as in a
 * label or a query. */
int bdk_uri_put(struct bedrock_output *out, const char *text, size_t len, int keep_slash);

/* An output that encodes what is put into it and hands it on to another, which must outlive it. `/`
 * is kept. For the canonical path of SigV4, which is the encoding of what is on the wire. Its own
 * `from` is 0 and stays so; that of the other may be any. */
struct bdk_uri_filter {
    struct bedrock_output out; /* put here */
};
void bdk_uri_filter_init(struct bdk_uri_filter *filter, struct bedrock_output *next);

#endif
