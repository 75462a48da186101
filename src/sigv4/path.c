/* SPDX-License-Identifier: MIT */
/* The path of a canonical request: normalized and encoded without a copy of it. */
#include "sigv4/sigv4.h"

#include "encoding/uri.h"

enum segment {
    NOTHING, /* empty, or "." */
    UP,      /* ".." */
    NAME
};

static size_t length(const char *segment)
{
    size_t len = 0;

    while (segment[len] != '\0' && segment[len] != '/') {
        len++;
    }
    return len;
}

static enum segment kind(const char *segment, size_t len)
{
    if (len == 0 || (len == 1 && segment[0] == '.')) {
        return NOTHING;
    }
    return len == 2 && segment[0] == '.' && segment[1] == '.' ? UP : NAME;
}

/* Whether a `..` further on takes the segment before `rest` away: one that finds no name in
 * between. */
static int is_taken_back(const char *rest)
{
    size_t names = 0;

    while (*rest != '\0') {
        size_t len = length(++rest);

        switch (kind(rest, len)) {
        case NAME:
            names++;
            break;
        case UP:
            if (names-- == 0) {
                return 1;
            }
            break;
        default:
            break;
        }
        rest += len;
    }
    return 0;
}

static void put_normalized(struct bedrock_output *out, const char *path)
{
    uint32_t start = out->count;
    size_t len = 0;

    for (; *path != '\0'; path += len) {
        path += *path == '/';
        len = length(path);
        if (kind(path, len) == NAME && !is_taken_back(path + len)) {
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
