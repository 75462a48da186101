/* SPDX-License-Identifier: MIT */
/* Content that speaks about the answer rather than being a part of the question: reasoning, guards,
 * cache points. See bedrock/converse.h. */
#include "client/converse.h"

static int render_reasoning(struct bedrock_json_writer *json, const struct bedrock_content *content)
{
    const struct bedrock_reasoning *reasoning = content->value;

    bedrock_json_begin_object(json);
    bdk_begin_member(json, "reasoningContent");
    if (!bdk_absent(reasoning->redacted_content)) {
        bdk_put_member(json, "redactedContent", reasoning->redacted_content);
    } else {
        bdk_begin_member(json, "reasoningText");
        bedrock_json_put_key(json, "text");
        bedrock_json_put_text(json, reasoning->text == NULL ? "" : reasoning->text);
        bdk_put_member(json, "signature",
                       reasoning->signature); /* models without signatures want none */
        bdk_end(json, 1);
    }
    bdk_end(json, 2);
    return json->out->status;
}

static int render_guard(struct bedrock_json_writer *json, const struct bedrock_content *content)
{
    const struct bedrock_guard_content *guard = content->value;

    bedrock_json_begin_object(json);
    bdk_begin_member(json, "guardContent");
    if (guard->image != NULL) {
        bdk_begin_member(json, "image");
        bdk_put_required(json, "format", guard->image->format);
        bdk_render_source(json, &guard->image->source, NULL, NULL);
    } else {
        bdk_begin_member(json, "text");
        bdk_put_required(json, "text", guard->text);
        if (guard->qualifiers.count > 0) {
            bedrock_json_put_key(json, "qualifiers");
            bdk_render_strings(json, &guard->qualifiers);
        }
    }
    bdk_end(json, 3);
    return json->out->status;
}

static int render_cache_point(struct bedrock_json_writer *json,
                              const struct bedrock_content *content)
{
    const struct bedrock_cache_point *point = content->value;

    bedrock_json_begin_object(json);
    bdk_begin_member(json, "cachePoint");
    bdk_put_member(json, "type", "default");
    bdk_put_member(json, "ttl", point->ttl);
    bdk_end(json, 2);
    return json->out->status;
}

const struct bedrock_content_kind bedrock_content_reasoning = {render_reasoning};
const struct bedrock_content_kind bedrock_content_guard = {render_guard};
const struct bedrock_content_kind bedrock_content_cache_point = {render_cache_point};
