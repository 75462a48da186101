/* SPDX-License-Identifier: MIT */
#include "json.h"

#include <stdlib.h>
#include <string.h>

static const struct sim_json *child_of(const struct sim_json *node, const char *name, size_t len)
{
    const struct sim_json *child;
    size_t index = 0;

    for (child = node->first; child != NULL; child = child->next, index++) {
        if (child->key == NULL ? index == (size_t)strtoul(name, NULL, 10)
                               : strlen(child->key) == len && memcmp(child->key, name, len) == 0) {
            return child;
        }
    }
    return NULL;
}

const struct sim_json *sim_json_find(const struct sim_json *node, const char *path)
{
    while (node != NULL && *path != '\0') {
        size_t len = strcspn(path, "/");

        node = child_of(node, path, len);
        path += len;
        path += *path == '/';
    }
    return node;
}

const char *sim_json_string(const struct sim_json *node, const char *path)
{
    node = sim_json_find(node, path);
    return node != NULL && node->type == SIM_JSON_STRING ? node->text : NULL;
}

long sim_json_integer(const struct sim_json *node, const char *path, long fallback)
{
    node = sim_json_find(node, path);
    return node != NULL && node->type == SIM_JSON_NUMBER ? strtol(node->text, NULL, 10) : fallback;
}

static void write_children(struct sim_text *out, const struct sim_json *node)
{
    const struct sim_json *child;

    for (child = node->first; child != NULL; child = child->next) {
        if (child != node->first) {
            sim_text_puts(out, ",");
        }
        if (child->key != NULL) {
            sim_text_json(out, child->key, strlen(child->key));
            sim_text_puts(out, ":");
        }
        sim_json_write(out, child);
    }
}

void sim_json_write(struct sim_text *out, const struct sim_json *node)
{
    if (node->type == SIM_JSON_STRING) {
        sim_text_json(out, node->text, node->text_len);
    } else if (node->type == SIM_JSON_ARRAY || node->type == SIM_JSON_OBJECT) {
        sim_text_puts(out, node->type == SIM_JSON_ARRAY ? "[" : "{");
        write_children(out, node);
        sim_text_puts(out, node->type == SIM_JSON_ARRAY ? "]" : "}");
    } else {
        sim_text_add(out, node->text, node->text_len);
    }
}
