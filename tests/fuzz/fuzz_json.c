/* SPDX-License-Identifier: MIT */
/*
 * The tokenizer, its raw mode, the path matcher and values that are spliced in. The first byte of
 * the input says where the rest is cut. Whatever the cut, the tokens must be the same, and so must
 * be where they stand in a table of names; and what is spliced in must be what the tokenizer
 * accepts.
 */
#include "unit/json/trace.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int ok)
{
    if (!ok) {
        abort();
    }
}

/* Compares the ways of feeding a text. Returns the status of the whole. */
static int compare(const char *text, size_t len, enum trace_raw raw, int lone, size_t cut)
{
    struct trace whole = {TRACE_TOKENS, 0, NULL, 0, 0, 0, {0}, 0, 0, 0}, other;

    whole.raw = raw;
    whole.allow_lone_surrogates = lone;
    other = whole;
    trace_run(&whole, text, len, len, len);
    require(whole.status <= BEDROCK_OK && whole.status > TRACE_NOT_WHOLE);
    require(whole.depth <= BEDROCK_JSON_DEPTH);
    trace_run(&other, text, len, 1, 1);
    require(trace_same(&whole, &other));
    trace_run(&other, text, len, cut, len);
    require(trace_same(&whole, &other));
    trace_run(&other, text, len, cut, cut + 1);
    require(trace_same(&whole, &other));
    free(whole.text);
    free(other.text);
    return whole.status;
}

static int drop(void *ctx, const void *data, size_t len)
{
    (void)ctx;
    (void)data;
    (void)len;
    return 0;
}

static int splice(const char *text, size_t len)
{
    struct bedrock_output out;
    struct bedrock_json_writer json;

    bedrock_output_init(&out, drop, NULL, 0);
    bedrock_json_writer_init(&json, &out);
    return bedrock_json_put_raw(&json, text, len);
}

/* Where the tokens of a text stand, one byte each. */
struct walk {
    struct bedrock_json json;
    struct bedrock_json_path path;
    char tags[256];
    size_t count;
};

static void walk_slice(struct walk *walk, const char *text, size_t len)
{
    const char *in = text;
    struct bedrock_json_event event;

    while (bedrock_json_next(&walk->json, &in, text + len, &event) == BEDROCK_EVENT) {
        char tag = bedrock_json_path_next(&walk->path, &event);

        require(tag == BEDROCK_JSON_NO_TAG || (tag >= 'a' && tag <= 'h'));
        if (event.last && walk->count < sizeof walk->tags) {
            walk->tags[walk->count++] = tag;
        }
    }
}

static void walk_text(struct walk *walk, const char *text, size_t len, size_t cut)
{
    static const char nodes[] = "a0\0"
                                "b1a\0"
                                "c2[]\0"
                                "d3{}\0"
                                "e3[]\0"
                                "f1{}\0"
                                "g2b\0"
                                "h1[]\0";

    memset(walk, 0, sizeof *walk);
    bedrock_json_init(&walk->json);
    bedrock_json_path_init(&walk->path, nodes);
    walk_slice(walk, text, cut);
    walk_slice(walk, text + cut, len - cut);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data + 1;
    struct walk whole, parts;
    size_t len = size - 1, cut;
    int status, mode;

    if (size < 2) {
        return 0;
    }
    cut = data[0] % (len + 1);
    status = compare(text, len, TRACE_TOKENS, 0, cut);
    for (mode = TRACE_TOKENS; mode <= TRACE_RAW_ELEMENTS; mode++) {
        /* The other modes change what is told, not what is accepted; but for surrogates. */
        require(compare(text, len, (enum trace_raw)mode, 0, cut) == status);
        compare(text, len, (enum trace_raw)mode, 1, cut);
    }
    require((splice(text, len) == BEDROCK_OK) == (status == BEDROCK_OK));
    walk_text(&whole, text, len, len);
    walk_text(&parts, text, len, cut);
    require(whole.count == parts.count && memcmp(whole.tags, parts.tags, whole.count) == 0);
    return 0;
}
