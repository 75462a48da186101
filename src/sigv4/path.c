/* SPDX-License-Identifier: MIT */
/* The path of a canonical request: normalized and encoded without a copy of it. */
#include "sigv4/sigv4.h"

#include "encoding/uri.h"

#include <string.h>

/* Whether a path segment stays: one that is a name, and that no `..` further on takes away. Names
 * lead one deeper, `..` leads back, `.` and nothing lead nowhere; a name that is left again is
 * gone. Its length is counted. */
static int stays(const char *segment, size_t *len)
{
    int depth = 0;

    do {
        size_t n = 0;

        while (segment[n] != '\0' && segment[n] != '/') {
            n++;
        }
        if (depth == 0) { /* the first one */
            *len = n;
        }
        depth += n <= 2 && memcmp(segment, "..", n) == 0 ? -(int)(n / 2) : 1;
        segment += n;
    } while (depth > 0 && *segment++ != '\0');
    return depth > 0;
}

static void put_normalized(struct bedrock_output *out, const char *path)
{
    char slash = '/'; /* at the end, if there is nothing before it */
    size_t len = 0;

    for (; *path != '\0'; path += len) {
        path += *path == '/';
        if (stays(path, &len)) {
            bdk_sigv4_put_char(out, '/');
            bedrock_output_put(out, path, len);
            slash = '\0';
        }
    }
    /* len is that of the last segment: 0 behind a slash at the end, which stays. */
    bdk_sigv4_put_char(out, len == 0 ? '/' : slash);
}

/* The path as on the wire. */
static int put_plain(struct bedrock_output *out, const struct bedrock_sigv4_request *request)
{
    if (request->write_path != NULL) {
        return request->write_path(out, request->path_ctx);
    }
    if (request->as_is_path && request->path[0] != '\0') {
        return bedrock_output_text(out, request->path);
    }
    put_normalized(out, request->path);
    return out->status;
}

void bdk_sigv4_put_path(struct bedrock_output *out, const struct bedrock_sigv4_request *request)
{
    struct bdk_uri_filter filter;
    struct bedrock_output *plain = out;

    if (!request->encode_path_once) {
        bdk_uri_filter_init(&filter, out);
        plain = &filter.out;
    }
    bedrock_output_fail(out, put_plain(plain, request));
}
