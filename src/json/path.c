/* SPDX-License-Identifier: MIT */
/* See bedrock/json.h. */
#include "bedrock/json.h"
#include "util/bytes.h"

#include <string.h>

/* A row: its letter, its depth, its name from the third character on. */
enum { DEPTH = 1, NAME = 2 };

/* How names begin that stand for all of a kind. */
enum { ANY_ELEMENT = '[', ANY_MEMBER = '{' };

static const char no_row[] = "";

static const char *next_row(const char *row)
{
    return row + strlen(row) + 1;
}

/* Looks for the child of the open container that is the value to come: the one that stands for all
 * of that kind, or a member that has the key's name. */
static void find(struct bedrock_json_path *path, char kind)
{
    const char *row = path->node;
    char depth = row[DEPTH];

    path->value = no_row;
    for (;;) {
        row = next_row(row);
        if (row[0] == '\0' || row[DEPTH] <= depth) {
            return;
        }
        if (row[DEPTH] > depth + 1) {
            continue; /* a child's child */
        }
        if (row[NAME] == kind) {
            path->value = row;
        } else if (kind == ANY_MEMBER && row[NAME] != ANY_ELEMENT &&
                   bdk_equal(path->key, path->key_len, row + NAME)) {
            path->value = row;
            return;
        }
    }
}

/* The last row before it that is one less deep; the first row has none, and keeps its place. */
static const char *parent_of(const struct bedrock_json_path *path)
{
    const char *parent = path->nodes, *row;

    for (row = parent; row != path->node; row = next_row(row)) {
        if (row[DEPTH] + 1 == path->node[DEPTH]) {
            parent = row;
        }
    }
    return parent;
}

/* Holds a piece of a key. What is too long is no name of the tree, by its length. */
static void hold(struct bedrock_json_path *path, const char *text, size_t len)
{
    if (path->key_len + len > BEDROCK_JSON_KEY_MAX) {
        path->key_len = BEDROCK_JSON_KEY_MAX + 1;
        return;
    }
    memcpy(path->key + path->key_len, text, len);
    path->key_len = (uint8_t)(path->key_len + len);
}

static char take_key(struct bedrock_json_path *path, const struct bedrock_json_event *event)
{
    if (path->outside > 0) {
        return BEDROCK_JSON_NO_TAG;
    }
    hold(path, event->text, event->len);
    if (!event->last) {
        return BEDROCK_JSON_NO_TAG;
    }
    find(path, ANY_MEMBER);
    path->key_len = 0;
    return path->value[0];
}

/* In an object, too, an element is looked for: the first key will say what comes instead. */
static char begin(struct bedrock_json_path *path)
{
    if (path->value[0] == '\0') {
        path->outside++; /* the tokenizer's limit keeps this far from 255 */
        return BEDROCK_JSON_NO_TAG;
    }
    path->node = path->value;
    find(path, ANY_ELEMENT);
    return path->node[0];
}

static char end(struct bedrock_json_path *path)
{
    if (path->outside > 0) {
        path->outside--;
        return BEDROCK_JSON_NO_TAG;
    }
    /* In an array the next value is of the same kind. In an object a key will say what it is. */
    path->value = path->node;
    path->node = parent_of(path);
    return path->value[0];
}

void bedrock_json_path_init(struct bedrock_json_path *path, const char *nodes)
{
    memset(path, 0, sizeof *path);
    path->nodes = nodes;
    path->node = nodes;
    path->value = nodes;
}

char bedrock_json_path_next(struct bedrock_json_path *path, const struct bedrock_json_event *event)
{
    switch (event->type) {
    case BEDROCK_JSON_KEY:
        return take_key(path, event);
    case BEDROCK_JSON_OBJECT_BEGIN:
    case BEDROCK_JSON_ARRAY_BEGIN:
        return begin(path);
    case BEDROCK_JSON_OBJECT_END:
    case BEDROCK_JSON_ARRAY_END:
        return end(path);
    default:
        return path->value[0];
    }
}
