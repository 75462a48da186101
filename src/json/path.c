/* SPDX-License-Identifier: MIT */
/* See bedrock/json.h. */
#include "bedrock/json.h"
#include "util/bytes.h"

#include <string.h>

static const char any_element[] = "[]", any_member[] = "{}";

/* The child of that name, NO_NODE if there is none. */
static uint8_t find(const struct bedrock_json_path *path, const char *name, size_t len)
{
    unsigned i;

    for (i = path->node + 1U; i < path->count; i++) {
        if (path->nodes[i].parent == path->node && bdk_equal(name, len, path->nodes[i].key)) {
            return (uint8_t)i;
        }
    }
    return BEDROCK_JSON_NO_NODE;
}

/* The child that the key names. */
static uint8_t find_member(const struct bedrock_json_path *path)
{
    uint8_t node = BEDROCK_JSON_NO_NODE;

    /* A member may be called "[]" or "{}"; the table can have no entry for it. */
    if (!bdk_equal(path->key, path->key_len, any_element)) {
        node = find(path, path->key, path->key_len);
    }
    return node != BEDROCK_JSON_NO_NODE ? node : find(path, any_member, 2);
}

/* Holds a piece of a key. */
static void hold(struct bedrock_json_path *path, const char *text, size_t len)
{
    size_t held = path->key_len;

    if (held + len <= BEDROCK_JSON_KEY_MAX) {
        memcpy(path->key + held, text, len);
        path->key_len = (uint8_t)(held + len);
    } else {
        path->key_len = UINT8_MAX; /* longer than any name: it equals none */
    }
}

static uint8_t take_key(struct bedrock_json_path *path, const struct bedrock_json_event *event)
{
    if (path->outside > 0) {
        return BEDROCK_JSON_NO_NODE;
    }
    hold(path, event->text, event->len);
    if (!event->last) {
        return BEDROCK_JSON_NO_NODE;
    }
    path->value = find_member(path);
    path->key_len = 0;
    return path->value;
}

static uint8_t begin(struct bedrock_json_path *path, int is_array)
{
    /* Outside there is no other value. The tokenizer's limit keeps the levels far from 255. */
    if (path->value == BEDROCK_JSON_NO_NODE) {
        path->outside++;
        return BEDROCK_JSON_NO_NODE;
    }
    path->node = path->value;
    path->value = is_array ? find(path, any_element, 2) : BEDROCK_JSON_NO_NODE;
    return path->node;
}

static uint8_t end(struct bedrock_json_path *path)
{
    uint8_t node = path->node;

    if (path->outside > 0) {
        path->outside--;
        return BEDROCK_JSON_NO_NODE;
    }
    /* In an array the next value is of the same kind. In an object a key will say what it is. */
    path->value = node;
    path->node = path->nodes[node].parent;
    return node;
}

void bedrock_json_path_init(struct bedrock_json_path *path, const struct bedrock_json_node *nodes,
                            uint8_t count, uint8_t root)
{
    path->nodes = nodes;
    path->count = count;
    path->node = root;
    path->outside = 0;
    path->value = root;
    path->key_len = 0;
}

uint8_t bedrock_json_path_next(struct bedrock_json_path *path,
                               const struct bedrock_json_event *event)
{
    switch (event->type) {
    case BEDROCK_JSON_KEY:
        return take_key(path, event);
    case BEDROCK_JSON_OBJECT_BEGIN:
        return begin(path, 0);
    case BEDROCK_JSON_ARRAY_BEGIN:
        return begin(path, 1);
    case BEDROCK_JSON_OBJECT_END:
    case BEDROCK_JSON_ARRAY_END:
        return end(path);
    default:
        return path->value;
    }
}
