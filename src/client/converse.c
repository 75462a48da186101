/* SPDX-License-Identifier: MIT */
/* The request of both Converse operations. See bedrock/converse.h. */
#include "client/converse.h"

#include "bedrock/history.h"
#include "util/bytes.h"

#include <string.h>

void bdk_render_messages(struct bedrock_json_writer *json, const struct bedrock_history *history,
                         const struct bedrock_message_list *list)
{
    const struct bedrock_message *message = list->items;
    size_t left = list->count, before = history != NULL ? history->len : 0;

    if (before == 0 && left == 0) {
        return;
    }
    if (message == NULL && left > 0) {
        bdk_refuse(json);
        return;
    }
    bedrock_json_put_key(json, "messages");
    bedrock_json_begin_array(json);
    if (before > 0) {
        history->render(json, history);
    }
    for (; left > 0; left--) {
        bdk_render_message(json, message++);
    }
    bedrock_json_end_array(json);
}

/* The optional sections begin with a pointer to what renders them, so that only those that are
 * named are linked. */
static void put_section(struct bedrock_json_writer *json, const void *part)
{
    const struct bedrock_section *section;

    if (part == NULL) {
        return;
    }
    section = *(const struct bedrock_section *const *)part;
    if (section == NULL) {
        bdk_refuse(json);
        return;
    }
    bedrock_json_put_key(json, section->key);
    section->render(json, part);
}

/* What is to be written of a part that has a key; NULL if it is left out. */
static const void *value_of(const struct bdk_part *part, const void *at)
{
    const char *text;

    switch (part->kind) {
    case BDK_PART_INTEGER:
        return *(const int32_t *)at != 0 ? at : NULL;
    case BDK_PART_STRINGS:
        return ((const struct bedrock_string_list *)at)->count > 0 ? at : NULL;
    case BDK_PART_CONTENTS:
        return ((const struct bedrock_content_list *)at)->count > 0 ? at : NULL;
    default:
        text = *(const char *const *)at;
        return bdk_is_given(text) ? text : NULL;
    }
}

static int put_value(struct bedrock_json_writer *json, const struct bdk_part *part,
                     const void *value)
{
    switch (part->kind) {
    case BDK_PART_INTEGER:
        return bedrock_json_put_integer(json, *(const int32_t *)value);
    case BDK_PART_STRINGS:
        return bdk_render_strings(json, value);
    case BDK_PART_CONTENTS:
        return bdk_render_contents(json, value);
    case BDK_PART_NUMBER:
        return bedrock_json_put_number(json, value);
    default:
        return bedrock_json_put_text(json, value);
    }
}

void bdk_render_parts(struct bedrock_json_writer *json, const void *request,
                      const struct bdk_part *part, const char *key)
{
    const char *object = NULL; /* the key of one that waits for its first member */
    const void *at;

    for (; part->kind != BDK_PART_END; part++) {
        at = (const char *)request + part->offset;
        switch (part->kind) {
        case BDK_PART_SECTION:
            put_section(json, *(const void *const *)at);
            continue;
        case BDK_PART_OBJECT_END:
            if (object == NULL) {
                bedrock_json_end_object(json);
            }
            object = NULL;
            continue;
        case BDK_PART_OBJECT:
            object = key;
            break;
        default:
            at = value_of(part, at);
            if (at == NULL) {
                break;
            }
            if (object != NULL) {
                bedrock_json_put_key(json, object);
                bedrock_json_begin_object(json);
                object = NULL;
            }
            bedrock_json_put_key(json, key);
            put_value(json, part, at);
        }
        key += strlen(key) + 1;
    }
}

#define PART(kind, member) BDK_PART(kind, struct bedrock_converse, member)
static const struct bdk_part parts[] = {
    PART(CONTENTS, system),
    {BDK_PART_OBJECT, 0},
    PART(INTEGER, max_tokens),
    PART(NUMBER, temperature),
    PART(NUMBER, top_p),
    PART(STRINGS, stop_sequences),
    {BDK_PART_OBJECT_END, 0},
    PART(SECTION, tool_config),
    PART(SECTION, guardrail_config),
    PART(SECTION, output_config),
    PART(SECTION, prompt_variables),
    PART(SECTION, request_metadata),
    PART(SECTION, additional_model_request_fields),
    PART(STRINGS, additional_model_response_field_paths),
    {BDK_PART_OBJECT, 0},
    PART(TEXT, latency),
    {BDK_PART_OBJECT_END, 0},
    {BDK_PART_OBJECT, 0},
    PART(TEXT, service_tier),
    {BDK_PART_OBJECT_END, 0},
    {BDK_PART_END, 0},
};

/* Their keys, but for those of the sections. */
static const char keys[] =
    "system\0inferenceConfig\0maxTokens\0temperature\0topP\0stopSequences\0"
    "additionalModelResponseFieldPaths\0performanceConfig\0latency\0serviceTier\0type";

int bdk_converse_render(struct bedrock_json_writer *json, const void *ctx)
{
    const struct bedrock_converse *request = ctx;

    bedrock_json_begin_object(json);
    bdk_render_messages(json, request->history, &request->messages);
    bdk_render_parts(json, request, parts, keys);
    return bedrock_json_end_object(json);
}
