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

/* In canonical order. ACCEPT is sent under the name that the operation has for it, METADATA is no
 * text. */
enum { ACCEPT, METADATA = 4 };

static const struct {
    const char *name; /* behind the prefix */
    uint8_t offset;   /* in struct bedrock_invoke_model */
} members[] = {
#define MEMBER(name, field)                                                                        \
    {                                                                                              \
        name, offsetof(struct bedrock_invoke_model, field)                                         \
    }
    MEMBER("accept", accept),
    MEMBER("guardrailidentifier", guardrail_identifier),
    MEMBER("guardrailversion", guardrail_version),
    MEMBER("performanceconfig-latency", performance_config_latency),
    [METADATA] = MEMBER("request-metadata", request_metadata),
    MEMBER("service-tier", service_tier),
    MEMBER("trace", trace),
#undef MEMBER
};

/* The member's text, or its list of pairs; NULL if it is absent. */
static const void *value_of(const struct bedrock_invoke_model *request, size_t i)
{
    const char *value;

    if (i == METADATA) {
        return request->request_metadata;
    }
    value = *(const char *const *)(const void *)((const char *)request + members[i].offset);
    return bdk_is_given(value) ? value : NULL;
}

/* Printable ASCII, and written as a canonical request has it: no two spaces in a row. */
static int text_valid(const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text < ' ' || *text > '~' || (text[0] == ' ' && text[1] == ' ')) {
            return 0;
        }
    }
    return 1;
}

/* A header's value, which also has no space at its ends. */
static int value_valid(const char *text)
{
    return text[0] != ' ' && text_valid(text) && text[strlen(text) - 1] != ' ';
}

static int pairs_valid(const struct bedrock_pairs *pairs)
{
    size_t i;

    if (pairs->section == NULL || pairs->items == NULL || pairs->count == 0) {
        return 0;
    }
    for (i = 0; i < pairs->count; i++) {
        if (!bdk_is_given(pairs->items[i].name) || pairs->items[i].value == NULL ||
            !text_valid(pairs->items[i].name) || !text_valid(pairs->items[i].value)) {
            return 0;
        }
    }
    return 1;
}

static int head_valid(const struct bedrock_invoke_model *request)
{
    const char *type = request->content_type;
    const void *value;
    size_t i;

    for (i = 0; i < BDK_COUNT(members); i++) {
        value = value_of(request, i);
        if (value != NULL && !(i == METADATA ? pairs_valid(value) : value_valid(value))) {
            return 0;
        }
    }
    return (!bdk_is_given(type) || value_valid(type)) &&
           (bdk_is_given(request->guardrail_identifier) ==
            bdk_is_given(request->guardrail_version));
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

static void put_name(struct bedrock_output *out, size_t i, enum bdk_head_part part)
{
    /* In the order of enum bdk_head_part. */
    static const char before[][3] = {"\n", ";", "\r\n"}, behind[][3] = {":", "", ": "};

    bedrock_output_text(out, before[part - BDK_HEAD_CANONICAL]);
    bedrock_output_text(out, prefix);
    bedrock_output_text(out, members[i].name);
    bedrock_output_text(out, behind[part - BDK_HEAD_CANONICAL]);
}

int bdk_invoke_put_head(struct bedrock_output *out, const struct bedrock_invoke_model *request,
                        enum bdk_head_part part, int stream)
{
    const void *value;
    size_t i;

    if (part == BDK_HEAD_CONTENT_TYPE) {
        return bdk_is_given(request->content_type) &&
               bedrock_output_text(out, request->content_type) >= 0;
    }
    if (part == BDK_HEAD_WIRE && !stream && bdk_is_given(request->accept)) {
        bedrock_output_text(out, "\r\nAccept: "); /* unsigned: it would stand before all the rest */
        bedrock_output_text(out, request->accept);
    }
    if (part < BDK_HEAD_CANONICAL) {
        return 0;
    }
    for (i = stream ? ACCEPT : ACCEPT + 1; i < BDK_COUNT(members); i++) {
        value = value_of(request, i);
        if (value != NULL) {
            put_name(out, i, part);
        }
        if (value != NULL && part != BDK_HEAD_NAMES) {
            put_value(out, value, i);
        }
    }
    return 1;
}

/* ------------------------------------------------------------------- answer */

/* Behind the prefix: of two words, and of numbers. */
static const char usage_words[] = "service-tier\0performanceconfig-latency\0input-token-count\0"
                                  "output-token-count\0cache-read-input-token-count\0"
                                  "cache-write-input-token-count\0invocation-latency\0";

/* Where each goes, in the same order. */
static const uint8_t usage_fields[] = {
#define FIELD(member) offsetof(struct bedrock_usage, member)
    FIELD(service_tier),
    FIELD(performance),
    FIELD(input_tokens),
    FIELD(output_tokens),
    FIELD(cache_read_input_tokens),
    FIELD(cache_write_input_tokens),
    FIELD(latency_ms),
#undef FIELD
};
enum { FIRST_NUMBER = 2 };

static void take_word(char *field, const struct bedrock_http_event *header)
{
    field[0] = '\0';
    bdk_append(field, sizeof((struct bedrock_usage *)NULL)->service_tier, header->text,
               header->len);
}

void bdk_invoke_take_header(struct bedrock_client *client, const struct bedrock_http_event *header)
{
    const size_t skip = sizeof prefix - 1;
    char *field = (char *)&client->usage;
    size_t i;
    int32_t number;

    if (header->name_len <= skip || !bdk_equal_nocase_n(header->name, prefix, skip)) {
        return;
    }
    i = bdk_find(header->name + skip, header->name_len - skip, usage_words, 1);
    if (i == BDK_COUNT(usage_fields)) {
        return;
    }
    field += usage_fields[i];
    number = bdk_answer_number(header->text, header->len);
    if (i < FIRST_NUMBER) {
        take_word(field, header);
    } else if (number >= 0) {
        memcpy(field, &number, sizeof number);
    }
}
