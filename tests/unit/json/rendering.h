/* SPDX-License-Identifier: MIT */
/* Renderings into memory: whole, from an offset, and up to a limit. */
#ifndef TESTS_UNIT_JSON_RENDERING_H
#define TESTS_UNIT_JSON_RENDERING_H

#include "bedrock/error.h"
#include "bedrock/json.h"

#include <string.h>

enum { RENDERING_CAP = 8192, RENDERING_FULL = -77 /* what the sink says at its limit */ };

struct rendering {
    char text[RENDERING_CAP];
    size_t len;
    size_t limit; /* the sink takes so many bytes, then stops the rendering */
    int writes;   /* calls of the sink */
    struct bedrock_output out;
    struct bedrock_json_writer json;
};

static inline int rendering_write(void *ctx, const void *data, size_t len)
{
    struct rendering *rendering = ctx;
    size_t room = rendering->limit - rendering->len;
    size_t taken = len < room ? len : room;

    rendering->writes++;
    memcpy(rendering->text + rendering->len, data, taken);
    rendering->len += taken;
    return rendering->len == rendering->limit && taken < len ? RENDERING_FULL : 0;
}

static inline struct bedrock_json_writer *rendering_start(struct rendering *rendering,
                                                          uint32_t from, size_t limit)
{
    memset(rendering, 0, sizeof *rendering);
    rendering->limit = limit;
    bedrock_output_init(&rendering->out, rendering_write, rendering, from);
    bedrock_json_writer_init(&rendering->json, &rendering->out);
    return &rendering->json;
}

/* Starts a rendering of the whole. */
static inline struct bedrock_json_writer *rendering_whole(struct rendering *rendering)
{
    return rendering_start(rendering, 0, RENDERING_CAP - 1);
}

#endif
