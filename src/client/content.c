/* SPDX-License-Identifier: MIT */
/* What all content has in common, and text, which is what most of it is. See bedrock/converse.h. */
#include "client/converse.h"

#include <string.h>

int bdk_refuse(struct bedrock_json_writer *json)
{
    return bedrock_output_fail(json->out, BEDROCK_E_ARGUMENT);
}

int bdk_absent(const char *text)
{
    return !bdk_is_given(text);
}

void bdk_put_required(struct bedrock_json_writer *json, const char *key, const char *text)
{
    if (bdk_is_given(text)) {
        bedrock_json_put_key(json, key);
        bedrock_json_put_text(json, text);
    } else {
        bdk_refuse(json);
    }
}

void bdk_put_member(struct bedrock_json_writer *json, const char *key, const char *text)
{
    if (bdk_is_given(text)) {
        bdk_put_required(json, key, text);
    }
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

int bdk_end(struct bedrock_json_writer *json, int levels)
{
    while (levels-- > 0) {
        bedrock_json_end_object(json);
    }
    return json->out->status;
}

int bdk_begin_block(struct bedrock_json_writer *json, const struct bedrock_content *content,
                    const char *kind)
{
    if (content->value == NULL) {
        return bdk_refuse(json);
    }
    bedrock_json_begin_object(json);
    bdk_begin_member(json, kind);
    return json->out->status;
}

int bdk_render_contents(struct bedrock_json_writer *json, const struct bedrock_content_list *list)
{
    const struct bedrock_content *content = list->items;
    size_t left = list->count;

    if (content == NULL || left == 0) {
        return bdk_refuse(json);
    }
    bedrock_json_begin_array(json);
    for (; left > 0 && json->out->status == 0; left--, content++) {
        if (content->kind == NULL) {
            return bdk_refuse(json);
        }
        content->kind->render(json, content);
    }
    return bedrock_json_end_array(json);
}

int bdk_render_strings(struct bedrock_json_writer *json, const struct bedrock_string_list *list)
{
    const char *const *item = list->items;
    size_t left = list->count;

    bedrock_json_begin_array(json);
    for (; left > 0; left--, item++) {
        if (item == NULL || *item == NULL) {
            bdk_refuse(json);
            break;
        }
        bedrock_json_put_text(json, *item);
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

const char *bdk_content_text(const struct bedrock_content *content, size_t *len)
{
    if (content->text != NULL) {
        *len = strlen(content->text);
        return content->text;
    }
    *len = content->value != NULL ? content->text_len : 0;
    return content->value;
}

/* Blank texts are refused by the service, and a history that holds one would be refused for ever.
 */
int bdk_is_blank(const char *text, size_t len)
{
    while (len > 0 && (uint8_t)*text <= ' ') {
        text++;
        len--;
    }
    return len == 0;
}

static int render_text(struct bedrock_json_writer *json, const struct bedrock_content *content)
{
    size_t len;
    const char *text = bdk_content_text(content, &len);

    if (bdk_is_blank(text, len)) {
        bedrock_output_fail(json->out, BEDROCK_E_EMPTY_TEXT);
    }
    bedrock_json_begin_object(json);
    bedrock_json_put_key(json, "text");
    bedrock_json_put_string(json, text, len);
    return bedrock_json_end_object(json);
}

const struct bedrock_content_kind bedrock_content_text = {render_text};
