/* SPDX-License-Identifier: MIT */
/* Content that speaks about the answer rather than being a part of the question: reasoning, guards,
 * cache points. See bedrock/converse.h. */
#include "client/converse.h"

static int render_reasoning(struct bedrock_json_writer *json, const struct bedrock_content *content)
{
    const struct bedrock_reasoning *reasoning = content->value;
    int is_redacted;

    if (bdk_begin_block(json, content, "reasoningContent") != 0) {
        return json->out->status;
    }
    is_redacted = bdk_is_given(reasoning->redacted_content);
    if (is_redacted == (bdk_is_given(reasoning->text) || bdk_is_given(reasoning->signature))) {
        return bdk_refuse(json);
    }
    if (is_redacted) {
        bdk_put_member(json, "redactedContent", reasoning->redacted_content);
    } else {
        bdk_begin_member(json, "reasoningText");
        bedrock_json_put_key(json, "text");
        bedrock_json_put_text(json, reasoning->text == NULL ? "" : reasoning->text);
        /* Models without signatures want none. */
        bdk_put_member(json, "signature", reasoning->signature);
        bdk_end(json, 1);
    }
    return bdk_end(json, 2);
}

static int render_guard(struct bedrock_json_writer *json, const struct bedrock_content *content)
{
    const struct bedrock_guard_content *guard = content->value;

    if (bdk_begin_block(json, content, "guardContent") != 0) {
        return json->out->status;
    }
    if (guard->image != NULL && bdk_is_given(guard->text)) {
        return bdk_refuse(json);
    }
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
    return bdk_end(json, 3);
}

static int render_cache_point(struct bedrock_json_writer *json,
                              const struct bedrock_content *content)
{
    const struct bedrock_cache_point *point = content->value;

    if (bdk_begin_block(json, content, "cachePoint") != 0) {
        return json->out->status;
    }
    bdk_put_required(json, "type", point->type);
    bdk_put_member(json, "ttl", point->ttl);
    return bdk_end(json, 2);
}

const struct bedrock_content_kind bedrock_content_reasoning = {render_reasoning};
const struct bedrock_content_kind bedrock_content_guard = {render_guard};
const struct bedrock_content_kind bedrock_content_cache_point = {render_cache_point};
