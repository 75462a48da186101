/* SPDX-License-Identifier: MIT */
/* Documents and search results: text that can be cited. See bedrock/converse.h. */
#include "client/converse.h"

static void render_citations_config(struct bedrock_json_writer *json, int enabled)
{
    if (enabled) {
        bdk_begin_member(json, "citations");
        bdk_put_flag(json, "enabled", 1);
        bdk_end(json, 1);
    }
}

/* [{"text":"..."},...] */
static void render_texts(struct bedrock_json_writer *json, const struct bedrock_string_list *list)
{
    size_t i;

    if (list->items == NULL || list->count == 0) {
        bdk_refuse(json);
        return;
    }
    bedrock_json_put_key(json, "content");
    bedrock_json_begin_array(json);
    for (i = 0; i < list->count; i++) {
        bedrock_json_begin_object(json);
        bdk_put_required(json, "text", list->items[i]);
        bdk_end(json, 1);
    }
    bedrock_json_end_array(json);
}

static void render_document_source(struct bedrock_json_writer *json,
                                   const struct bedrock_document *document)
{
    int texts = bdk_is_given(document->text) + (document->content.count > 0);

    if (texts == 0) {
        bdk_render_source(json, &document->source, document->s3_uri, document->s3_bucket_owner);
        return;
    }
    if (texts == 2 || document->source.len > 0 || bdk_is_given(document->s3_uri)) {
        bdk_refuse(json);
    }
    bdk_begin_member(json, "source");
    if (bdk_is_given(document->text)) {
        bdk_put_member(json, "text", document->text);
    } else {
        render_texts(json, &document->content);
    }
    bdk_end(json, 1);
}

static int render_document(struct bedrock_json_writer *json, const struct bedrock_content *content)
{
    const struct bedrock_document *document = content->value;

    if (bdk_begin_block(json, content, "document") != 0) {
        return json->out->status;
    }
    bdk_put_member(json, "format", document->format);
    bdk_put_required(json, "name", document->name);
    render_document_source(json, document);
    bdk_put_member(json, "context", document->context);
    render_citations_config(json, document->citations);
    return bdk_end(json, 2);
}

static int render_search_result(struct bedrock_json_writer *json,
                                const struct bedrock_content *content)
{
    const struct bedrock_search_result *result = content->value;

    if (bdk_begin_block(json, content, "searchResult") != 0) {
        return json->out->status;
    }
    bdk_put_required(json, "source", result->source);
    bdk_put_required(json, "title", result->title);
    render_texts(json, &result->content);
    render_citations_config(json, result->citations);
    return bdk_end(json, 2);
}

static int render_citations(struct bedrock_json_writer *json, const struct bedrock_content *content)
{
    const struct bedrock_citations *cited = content->value;

    if (bdk_begin_block(json, content, "citationsContent") != 0) {
        return json->out->status;
    }
    if (cited->content.count > 0) {
        render_texts(json, &cited->content);
    }
    bdk_put_raw_member(json, "citations", cited->citations);
    return bdk_end(json, 2);
}

const struct bedrock_content_kind bedrock_content_document = {render_document};
const struct bedrock_content_kind bedrock_content_search_result = {render_search_result};
const struct bedrock_content_kind bedrock_content_citations = {render_citations};
