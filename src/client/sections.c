/* SPDX-License-Identifier: MIT */
/* The optional parts of a Converse request that are more than a member: guardrail, output format,
 * pairs. See bedrock/converse.h. */
#include "client/converse.h"

#include <string.h>

static int render_guardrail(struct bedrock_json_writer *json, const void *part)
{
    const struct bedrock_guardrail_config *guardrail = part;

    bedrock_json_begin_object(json);
    bdk_put_required(json, "guardrailIdentifier", guardrail->identifier);
    bdk_put_required(json, "guardrailVersion", guardrail->version);
    bdk_put_member(json, "trace", guardrail->trace);
    bdk_put_member(json, "streamProcessingMode", guardrail->stream_processing_mode);
    return bedrock_json_end_object(json);
}

static void render_format(struct bedrock_json_writer *json,
                          const struct bedrock_output_config *output)
{
    /* A string that holds JSON, unlike a tool's schema: nobody else looks at it before it is sent.
     */
    int status = bdk_check_json(output->json_schema, strlen(output->json_schema), 0);

    if (status != BEDROCK_OK) {
        bedrock_output_fail(json->out, status);
    }
    bdk_begin_member(json, "textFormat");
    bdk_put_member(json, "type", "json_schema");
    bdk_begin_member(json, "structure");
    bdk_begin_member(json, "jsonSchema");
    bdk_put_member(json, "schema", output->json_schema);
    bdk_put_member(json, "name", output->json_schema_name);
    bdk_put_member(json, "description", output->json_schema_description);
    bdk_end(json, 3);
}

static int render_output(struct bedrock_json_writer *json, const void *part)
{
    const struct bedrock_output_config *output = part;

    bedrock_json_begin_object(json);
    if (bdk_is_given(output->json_schema)) {
        render_format(json, output);
    } else if (bdk_is_given(output->json_schema_name) ||
               bdk_is_given(output->json_schema_description)) {
        return bdk_refuse(json);
    }
    bdk_put_member(json, "effort", output->effort);
    return bedrock_json_end_object(json);
}

/* A pair needs a name, and a value that may be empty. */
static int is_pair(const struct bedrock_pairs *pairs, size_t i)
{
    return pairs->items != NULL && bdk_is_given(pairs->items[i].name) &&
           pairs->items[i].value != NULL;
}

/* {"name":"value",...}, or {"name":{"text":"value"},...} */
static int render_pairs(struct bedrock_json_writer *json, const struct bedrock_pairs *pairs,
                        int as_text)
{
    size_t i;

    bedrock_json_begin_object(json);
    for (i = 0; i < pairs->count; i++) {
        if (!is_pair(pairs, i)) {
            return bdk_refuse(json);
        }
        bedrock_json_put_key(json, pairs->items[i].name);
        if (as_text) {
            bedrock_json_begin_object(json);
            bedrock_json_put_key(json, "text");
        }
        bedrock_json_put_string(json, pairs->items[i].value, strlen(pairs->items[i].value));
        bdk_end(json, as_text);
    }
    return bedrock_json_end_object(json);
}

static int render_variables(struct bedrock_json_writer *json, const void *part)
{
    return render_pairs(json, part, 1);
}

static int render_metadata(struct bedrock_json_writer *json, const void *part)
{
    return render_pairs(json, part, 0);
}

static int render_json_part(struct bedrock_json_writer *json, const void *part)
{
    const struct bedrock_json_part *fields = part;

    if (!bdk_is_given(fields->json)) {
        return bdk_refuse(json);
    }
    return bedrock_json_put_raw(json, fields->json, strlen(fields->json));
}

const struct bedrock_section bedrock_section_model_fields = {"additionalModelRequestFields",
                                                             render_json_part};
const struct bedrock_section bedrock_section_guardrail_config = {"guardrailConfig",
                                                                 render_guardrail};
const struct bedrock_section bedrock_section_output_config = {"outputConfig", render_output};
const struct bedrock_section bedrock_section_prompt_variables = {"promptVariables",
                                                                 render_variables};
const struct bedrock_section bedrock_section_request_metadata = {"requestMetadata",
                                                                 render_metadata};
