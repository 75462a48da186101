/* SPDX-License-Identifier: MIT */
/* The head of an InvokeModel request, and what is learned from that of its answer. Source: Amazon
 * Bedrock API reference, "InvokeModel": URI request parameters and response headers. */
#include "client/invoke.h"

#include "client/converse.h"
#include "util/bytes.h"

#include <stddef.h>
#include <string.h>

/* ------------------------------------------------------------------ request */

/* What the names of all headers begin with, in both directions. */
static const char prefix[] = "x-amzn-bedrock-";

/* Behind the prefix: the request's, in canonical order, and then what only answers have. ACCEPT is
 * sent under the name that the operation has for it, METADATA is no text; LATENCY and TIER are in
 * answers, too. */
static const char names[] = "accept\0guardrailidentifier\0guardrailversion\0"
                            "performanceconfig-latency\0request-metadata\0service-tier\0trace\0"
                            "input-token-count\0output-token-count\0cache-read-input-token-count\0"
                            "cache-write-input-token-count\0invocation-latency\0";
enum { ACCEPT, LATENCY = 3, METADATA, TIER, FIRST_COUNT = 7 };

/* Where the request's values are, in the same order. The content type has a name of its own. */
enum { CONTENT_TYPE = FIRST_COUNT };
static const uint8_t values[] = {
#define VALUE(member) offsetof(struct bedrock_invoke_model, member)
    VALUE(accept),
    VALUE(guardrail_identifier),
    VALUE(guardrail_version),
    VALUE(performance_config_latency),
    VALUE(request_metadata),
    VALUE(service_tier),
    VALUE(trace),
    VALUE(content_type),
#undef VALUE
};

/* The text, or the list of pairs; NULL if it is absent. */
static const void *value_of(const struct bedrock_invoke_model *request, size_t i)
{
    const void *at = (const char *)request + values[i];
    const char *text;

    if (i == METADATA) {
        return *(const struct bedrock_pairs *const *)at;
    }
    text = *(const char *const *)at;
    return bdk_is_given(text) ? text : NULL;
}

/* Printable ASCII, and written as a canonical request has it: no two spaces in a row. The edge is
 * what stands before the text and behind it. */
static int text_valid(const char *text, char edge)
{
    char last = edge;

    for (; *text != '\0'; last = *text++) {
        if (*text < ' ' || *text > '~' || (*text == ' ' && last == ' ')) {
            return 0;
        }
    }
    return edge != ' ' || last != ' ';
}

/* A header's value, which also has no space at its ends. */
static int value_valid(const char *text)
{
    return text_valid(text, ' ');
}

static int pair_valid(const struct bedrock_pair *pair)
{
    return bdk_is_given(pair->name) && pair->value != NULL && text_valid(pair->name, '"') &&
           text_valid(pair->value, '"');
}

static int pairs_valid(const struct bedrock_pairs *pairs)
{
    const struct bedrock_pair *pair = pairs->items;
    size_t left = pairs->count;

    if (pairs->section == NULL || pair == NULL || left == 0) {
        return 0;
    }
    while (left > 0 && pair_valid(pair)) {
        left--;
        pair++;
    }
    return left == 0;
}

static int head_valid(const struct bedrock_invoke_model *request)
{
    const void *value;
    size_t i;

    for (i = 0; i < BDK_COUNT(values); i++) {
        value = value_of(request, i);
        if (value != NULL && !(i == METADATA ? pairs_valid(value) : value_valid(value))) {
            return 0;
        }
    }
    return bdk_is_given(request->guardrail_identifier) == bdk_is_given(request->guardrail_version);
}

int bdk_invoke_start(struct bedrock_client *client, const struct bdk_operation *operation,
                     const struct bedrock_invoke_model *request)
{
    if (request != NULL && !head_valid(request)) {
        request = NULL;
    }
    return bdk_client_start(client, operation, request);
}

/* The value, behind its name in the form that is wanted. */
static void put_value(struct bedrock_output *out, const void *value, size_t i)
{
    const struct bedrock_pairs *pairs = value;
    struct bedrock_json_writer json;

    if (i != METADATA) {
        bedrock_output_text(out, value);
        return;
    }
    bedrock_json_writer_init(&json, out);
    pairs->section->render(&json, pairs);
}

int bdk_invoke_put_head(struct bedrock_output *out, const struct bedrock_invoke_model *request,
                        enum bdk_head_part part, int stream)
{
    /* Before a name and behind it, in the order of enum bdk_head_part. */
    static const char before[][3] = {"\n", ";", "\r\n"}, behind[][3] = {":", "", ": "};
    const char *name = stream ? names : names + sizeof "accept";
    const void *value;
    size_t i;

    if (part == BDK_HEAD_CONTENT_TYPE) {
        value = value_of(request, CONTENT_TYPE);
        return value != NULL && bedrock_output_text(out, value) >= 0;
    }
    if (part < BDK_HEAD_CANONICAL) {
        return 0;
    }
    value = value_of(request, ACCEPT);
    if (part == BDK_HEAD_WIRE && !stream && value != NULL) {
        bedrock_output_text(out, "\r\nAccept: "); /* unsigned: it would stand before all the rest */
        bedrock_output_text(out, value);
    }
    for (i = stream ? ACCEPT : ACCEPT + 1; i < CONTENT_TYPE; i++) {
        value = value_of(request, i);
        if (value != NULL) {
            bedrock_output_text(out, before[part - BDK_HEAD_CANONICAL]);
            bedrock_output_text(out, prefix);
            bedrock_output_text(out, name);
            bedrock_output_text(out, behind[part - BDK_HEAD_CANONICAL]);
        }
        if (value != NULL && part != BDK_HEAD_NAMES) {
            put_value(out, value, i);
        }
        name += strlen(name) + 1;
    }
    return 1;
}

/* ------------------------------------------------------------------- answer */

/* Where the counts go, in the order of their names. */
static const uint8_t counts[] = {
#define COUNT(member) offsetof(struct bedrock_usage, member)
    COUNT(input_tokens),
    COUNT(output_tokens),
    COUNT(cache_read_input_tokens),
    COUNT(cache_write_input_tokens),
    COUNT(latency_ms),
#undef COUNT
};

static void take_word(char *field, const struct bedrock_http_event *header)
{
    field[0] = '\0';
    bdk_append(field, sizeof((struct bedrock_usage *)NULL)->service_tier, header->text,
               header->len);
}

void bdk_invoke_take_header(struct bedrock_client *client, const struct bedrock_http_event *header)
{
    const size_t skip = sizeof prefix - 1;
    struct bedrock_usage *usage = &client->usage;
    size_t i;
    int32_t count;

    if (header->name_len <= skip || !bdk_equal_nocase_n(header->name, prefix, skip)) {
        return;
    }
    i = bdk_find(header->name + skip, header->name_len - skip, names, 1);
    if (i == LATENCY || i == TIER) {
        take_word(i == TIER ? usage->service_tier : usage->performance, header);
    }
    if (i < FIRST_COUNT || i == FIRST_COUNT + BDK_COUNT(counts)) {
        return;
    }
    count = bdk_answer_number(header->text, header->len);
    if (count >= 0) {
        memcpy((char *)usage + counts[i - FIRST_COUNT], &count, sizeof count);
    }
}
