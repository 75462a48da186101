/* SPDX-License-Identifier: MIT */
/* ListAsyncInvokes, a page of it. See bedrock/async_invoke.h. */
#include "client/async.h"
#include "client/converse.h"
#include "encoding/uri.h"
#include "util/bytes.h"
#include "util/civil_time.h"

#include <stddef.h>

#define RESULTS_MAX 1000

enum { TEXT, NUMBER, TIME };

/* In canonical order: by name. */
static const struct {
    const char *name;
    uint8_t offset;
    uint8_t kind;
} parameters[] = {
#define PARAMETER(name, member, kind)                                                              \
    {                                                                                              \
        name, offsetof(struct bedrock_list_async_invokes, member), kind                            \
    }
    PARAMETER("maxResults", max_results, NUMBER),
    PARAMETER("nextToken", next_token, TEXT),
    PARAMETER("sortBy", sort_by, TEXT),
    PARAMETER("sortOrder", sort_order, TEXT),
    PARAMETER("statusEquals", status_equals, TEXT),
    PARAMETER("submitTimeAfter", submit_time_after, TIME),
    PARAMETER("submitTimeBefore", submit_time_before, TIME),
#undef PARAMETER
};

static int is_absent(const void *value, uint8_t kind)
{
    switch (kind) {
    case TEXT:
        return bdk_absent(*(const char *const *)value);
    case NUMBER:
        return *(const int32_t *)value == 0;
    default:
        return *(const int64_t *)value == 0;
    }
}

static void put_value(struct bedrock_output *out, const void *value, uint8_t kind)
{
    char time[BDK_DATE_TIME_SIZE];
    const char *text = time;

    if (kind == NUMBER) {
        bedrock_output_decimal(out, (uint64_t) * (const int32_t *)value);
        return;
    }
    if (kind == TEXT) {
        text = *(const char *const *)value;
    } else {
        bdk_format_date_time(time, *(const int64_t *)value);
    }
    bdk_uri_put(out, text, strlen(text), 0);
}

static int put_head(struct bedrock_output *out, const void *request, enum bdk_head_part part)
{
    const char *separator = part == BDK_HEAD_QUERY_WIRE ? "?" : "";
    const void *value;
    size_t i;

    if (part != BDK_HEAD_QUERY && part != BDK_HEAD_QUERY_WIRE) {
        return 0;
    }
    for (i = 0; i < BDK_COUNT(parameters); i++) {
        value = (const char *)request + parameters[i].offset;
        if (!is_absent(value, parameters[i].kind)) {
            bedrock_output_text(out, separator);
            bedrock_output_text(out, parameters[i].name);
            bedrock_output_text(out, "=");
            put_value(out, value, parameters[i].kind);
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
    .end = bdk_async_end,
    .put_head = put_head,
};

static int is_time(int64_t unix_s)
{
    return unix_s >= 0 && unix_s <= BDK_LAST_SECOND;
}

int bedrock_list_async_invokes(bedrock_client *client,
                               const struct bedrock_list_async_invokes *request)
{
    if (request == NULL || request->max_results < 0 || request->max_results > RESULTS_MAX ||
        !is_time(request->submit_time_after) || !is_time(request->submit_time_before)) {
        return bdk_client_refuse(client, BEDROCK_E_ARGUMENT);
    }
    return bdk_client_start(client, &operation, request);
}
