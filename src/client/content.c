/* SPDX-License-Identifier: MIT */
/* What all content has in common, and text, which is what most of it is. See bedrock/converse.h. */
#include "client/converse.h"

#include <string.h>

int bdk_absent(const char *text)
{
    return text == NULL || text[0] == '\0';
}

void bdk_put_member(struct bedrock_json_writer *json, const char *key, const char *text)
{
    if (!bdk_absent(text)) {
        bedrock_json_put_key(json, key);
        bedrock_json_put_text(json, text);
    }
}

void bdk_put_required(struct bedrock_json_writer *json, const char *key, const char *text)
{
    if (bdk_absent(text)) {
        bedrock_output_fail(json->out, BEDROCK_E_ARGUMENT);
    }
    bdk_put_member(json, key, text);
}

void bdk_put_flag(struct bedrock_json_writer *json, const char *key, int flag)
{
    if (flag) {
        bedrock_json_put_key(json, key);
        bedrock_json_put_bool(json, 1);
    }
}

void bdk_begin_member(struct bedrock_json_writer *json, const char *key)
{
    bedrock_json_put_key(json, key);
    bedrock_json_begin_object(json);
}

void bdk_end(struct bedrock_json_writer *json, int levels)
{
    while (levels-- > 0) {
        bedrock_json_end_object(json);
    }
}

int bdk_render_contents(struct bedrock_json_writer *json, const struct bedrock_content_list *list)
{
    size_t i;

    bedrock_json_begin_array(json);
    for (i = 0; i < list->count && json->out->status == 0; i++) {
        if (list->items[i].kind == NULL) {
            return bedrock_output_fail(json->out, BEDROCK_E_ARGUMENT);
        }
        list->items[i].kind->render(json, &list->items[i]);
    }
    return bedrock_json_end_array(json);
}

int bdk_render_strings(struct bedrock_json_writer *json, const struct bedrock_string_list *list)
{
    size_t i;

    bedrock_json_begin_array(json);
    for (i = 0; i < list->count; i++) {
        if (list->items[i] == NULL) {
            return bedrock_output_fail(json->out, BEDROCK_E_ARGUMENT);
        }
        bedrock_json_put_text(json, list->items[i]);
    }
    return bedrock_json_end_array(json);
}

int bdk_render_message(struct bedrock_json_writer *json, const struct bedrock_message *message)
{
    bedrock_json_begin_object(json);
    bdk_put_required(json, "role", message->role);
    bedrock_json_put_key(json, "content");
    bdk_render_contents(json, &message->content);
    return bedrock_json_end_object(json);
}

static int render_text(struct bedrock_json_writer *json, const struct bedrock_content *content)
{
    /* The service refuses an empty text, and a history that holds one would be refused for ever. */
    if (bdk_absent(content->text)) {
        return bedrock_output_fail(json->out, BEDROCK_E_EMPTY_TEXT);
    }
    bedrock_json_begin_object(json);
    bedrock_json_put_key(json, "text");
    bedrock_json_put_string(json, content->text,
                            content->text_len > 0 ? content->text_len : strlen(content->text));
    return bedrock_json_end_object(json);
}

const struct bedrock_content_kind bedrock_content_text = {render_text};
