/* SPDX-License-Identifier: MIT */
/* The path of a canonical request: normalized and encoded without a copy of it. */
#include "sigv4/sigv4.h"

#include "encoding/uri.h"

enum segment {
    NOTHING, /* empty, or "." */
    UP,      /* ".." */
    NAME
};

/* What a path segment is; its length is counted. */
static enum segment kind(const char *segment, size_t *len)
{
    const char *p;
    size_t dots = 0;

    for (p = segment; *p != '\0' && *p != '/'; p++) {
        dots += *p == '.';
    }
    *len = (size_t)(p - segment);
    if (dots < *len || dots > 2) {
        return NAME;
    }
    return dots == 2 ? UP : NOTHING;
}

/* Whether a `..` further on takes the segment before `rest` away: one that finds no name in
 * between. */
static int is_taken_back(const char *rest)
{
    size_t names = 1, len;

    for (; *rest != '\0' && names > 0; rest += len) {
        enum segment next = kind(++rest, &len);

        names += next == NAME;
        names -= next == UP;
    }
    return names == 0;
}

static void put_normalized(struct bedrock_output *out, const char *path)
{
    uint32_t start = out->count;
    size_t len = 0;

    for (; *path != '\0'; path += len) {
        path += *path == '/';
        if (kind(path, &len) == NAME && !is_taken_back(path + len)) {
            bdk_sigv4_put_char(out, '/');
            bedrock_output_put(out, path, len);
        }
    }
    /* len is that of the last segment: 0 behind a slash at the end, which stays. */
    if (out->count == start || len == 0) {
        bdk_sigv4_put_char(out, '/');
    }
}

/* The path as on the wire. */
static int put_plain(struct bedrock_output *out, const struct bedrock_sigv4_request *request)
{
    if (request->write_path != NULL) {
        return request->write_path(out, request->path_ctx);
    }
    if (!request->as_is_path) {
        put_normalized(out, request->path);
        return out->status;
    }
    return bedrock_output_text(out, request->path[0] == '\0' ? "/" : request->path);
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
