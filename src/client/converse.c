/* SPDX-License-Identifier: MIT */
/* The request of both Converse operations. See bedrock/converse.h. */
#include "client/converse.h"

#include "bedrock/history.h"
#include "util/bytes.h"

#include <stddef.h>

void bdk_render_messages(struct bedrock_json_writer *json, const struct bedrock_history *history,
                         const struct bedrock_message_list *list)
{
    const struct bedrock_message *message = list->items;
    size_t left = list->count;

    if (history != NULL && history->len == 0) {
        history = NULL;
    }
    if (history == NULL && left == 0) {
        return;
    }
    if (message == NULL && left > 0) {
        bdk_refuse(json);
        return;
    }
    bedrock_json_put_key(json, "messages");
    bedrock_json_begin_array(json);
    if (history != NULL) {
        history->render(json, history);
    }
    for (; left > 0; left--) {
        bdk_render_message(json, message++);
    }
    bedrock_json_end_array(json);
}

static void put_decimal(struct bedrock_json_writer *json, const char *key, const char *number)
{
    if (!bdk_absent(number)) {
        bedrock_json_put_key(json, key);
        bedrock_json_put_number(json, number);
    }
}

static void put_strings(struct bedrock_json_writer *json, const char *key,
                        const struct bedrock_string_list *list)
{
    if (list->count > 0) {
        bedrock_json_put_key(json, key);
        bdk_render_strings(json, list);
    }
}

static void render_inference(struct bedrock_json_writer *json,
                             const struct bedrock_converse *request)
{
    if (request->max_tokens == 0 && bdk_absent(request->temperature) &&
        bdk_absent(request->top_p) && request->stop_sequences.count == 0) {
        return;
    }
    bdk_begin_member(json, "inferenceConfig");
    if (request->max_tokens != 0) {
        bedrock_json_put_key(json, "maxTokens");
        bedrock_json_put_integer(json, request->max_tokens);
    }
    put_decimal(json, "temperature", request->temperature);
    put_decimal(json, "topP", request->top_p);
    put_strings(json, "stopSequences", &request->stop_sequences);
    bdk_end(json, 1);
}

/* The optional parts begin with a pointer to what renders them, so that only those that are named
 * are linked. */
void bdk_render_section(struct bedrock_json_writer *json, const void *part)
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

/* {"key":{"member":"text"}} */
static void put_wrapped(struct bedrock_json_writer *json, const char *key, const char *member,
                        const char *text)
{
    if (!bdk_absent(text)) {
        bdk_begin_member(json, key);
        bdk_put_member(json, member, text);
        bdk_end(json, 1);
    }
}

void bdk_render_system(struct bedrock_json_writer *json, const struct bedrock_converse *request)
{
    if (request->system.count > 0) {
        bedrock_json_put_key(json, "system");
        bdk_render_contents(json, &request->system);
    }
}

/* Where the sections stand in the request, in the order in which they are sent. */
static const uint8_t sections[] = {
#define SECTION(member) offsetof(struct bedrock_converse, member)
    SECTION(tool_config),      SECTION(guardrail_config), SECTION(output_config),
    SECTION(prompt_variables), SECTION(request_metadata), SECTION(additional_model_request_fields),
#undef SECTION
};

int bdk_converse_render(struct bedrock_json_writer *json, const void *ctx)
{
    const struct bedrock_converse *request = ctx;
    const void *part;
    size_t i;

    bedrock_json_begin_object(json);
    bdk_render_messages(json, request->history, &request->messages);
    bdk_render_system(json, request);
    render_inference(json, request);
    for (i = 0; i < BDK_COUNT(sections); i++) {
        part = (const char *)request + sections[i];
        bdk_render_section(json, *(const void *const *)part);
    }
    put_strings(json, "additionalModelResponseFieldPaths",
                &request->additional_model_response_field_paths);
    put_wrapped(json, "performanceConfig", "latency", request->latency);
    put_wrapped(json, "serviceTier", "type", request->service_tier);
    return bedrock_json_end_object(json);
}
