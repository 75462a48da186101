/* SPDX-License-Identifier: MIT */
/* ListAsyncInvokes, a page of it. See bedrock/async_invoke.h. */
#include "client/async.h"
#include "client/converse.h"
#include "encoding/uri.h"
#include "util/bytes.h"
#include "util/civil_time.h"

#include <stddef.h>

#define RESULTS_MAX 1000

/* The parameters behind the first, which is a number: texts, then times. In canonical order: by
 * name. */
static const char names[] = "nextToken=\0sortBy=\0sortOrder=\0statusEquals=\0submitTimeAfter=\0"
                            "submitTimeBefore=";

/* Where their values are, in the same order. */
static const uint8_t values[] = {
#define VALUE(member) offsetof(struct bedrock_list_async_invokes, member)
    VALUE(next_token),    VALUE(sort_by),           VALUE(sort_order),
    VALUE(status_equals), VALUE(submit_time_after), VALUE(submit_time_before),
#undef VALUE
};
enum { FIRST_TIME = 4 };

/* The text of a value, or of a time in that room; NULL if it is absent. */
static const char *text_of(const void *value, int as_time, char room[BDK_DATE_TIME_SIZE])
{
    const char *text;

    if (!as_time) {
        text = *(const char *const *)value;
        return bdk_is_given(text) ? text : NULL;
    }
    if (*(const int64_t *)value == 0) {
        return NULL;
    }
    bdk_format_date_time(room, *(const int64_t *)value);
    return room;
}

static int put_head(struct bedrock_output *out, const void *ctx, enum bdk_head_part part)
{
    const struct bedrock_list_async_invokes *request = ctx;
    const char *separator = part == BDK_HEAD_QUERY_WIRE ? "?" : "", *name = names, *text;
    char room[BDK_DATE_TIME_SIZE];
    size_t i;

    if (part != BDK_HEAD_QUERY && part != BDK_HEAD_QUERY_WIRE) {
        return 0;
    }
    if (request->max_results > 0) {
        bedrock_output_text(out, separator);
        bedrock_output_text(out, "maxResults=");
        bedrock_output_decimal(out, (uint64_t)request->max_results);
        separator = "&";
    }
    for (i = 0; i < BDK_COUNT(values); i++, name += strlen(name) + 1) {
        text = text_of((const char *)request + values[i], i >= FIRST_TIME, room);
        if (text != NULL) {
            bedrock_output_text(out, separator);
            bedrock_output_text(out, name);
            bdk_uri_put(out, text, strlen(text), 0);
            separator = "&";
        }
    }
    return 1;
}

static const struct bdk_operation operation = {
    .path = "/async-invoke",
    .answer_type = "application/json",
    .nodes = &bdk_async_nodes,
    .begin = bdk_document_begin,
    .read = bdk_document_read,
    .end = bdk_document_end_stopped, /* nothing listed is an answer, but no object is none */
    .put_head = put_head,
};

static int is_time(int64_t unix_s)
{
    return unix_s >= 0 && unix_s <= BDK_LAST_SECOND;
}

int bedrock_list_async_invokes(bedrock_client *client,
                               const struct bedrock_list_async_invokes *request)
{
    if (request != NULL &&
        (request->max_results < 0 || request->max_results > RESULTS_MAX ||
         !is_time(request->submit_time_after) || !is_time(request->submit_time_before))) {
        request = NULL;
    }
    return bdk_client_start(client, &operation, request);
}
