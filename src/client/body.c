/* SPDX-License-Identifier: MIT */
/* Bodies of InvokeModel that are not written by a family's table. See bedrock/invoke.h. */
#include "client/invoke.h"
#include "json/text.h"

#include <string.h>

/* Checked where its first byte is wanted. The windows behind that one have no need to read the
 * whole of it again, which for a large one would take longer than to send it. */
static int render_json(struct bedrock_json_writer *json, const void *value)
{
    struct bedrock_source source = {NULL, NULL, 0, NULL};
    const char *text = value;
    size_t len;

    if (text == NULL) {
        return bedrock_output_fail(json->out, BEDROCK_E_ARGUMENT);
    }
    while (bdk_json_is_space(*text)) {
        text++;
    }
    for (len = strlen(text); len > 0 && bdk_json_is_space(text[len - 1]); len--) {
    }
    if (len > BEDROCK_BODY_MAX) {
        return bedrock_output_fail(json->out, BEDROCK_E_TOO_LARGE);
    }
    source.data = text;
    source.len = (uint32_t)len;
    return bedrock_output_skippable(json->out) == 0 ? bedrock_json_put_raw(json, text, len)
                                                    : bedrock_json_put_source(json, &source);
}

int bdk_body_check_source(const struct bedrock_source *source)
{
    if (source == NULL || (source->data == NULL && source->read_at == NULL)) {
        return BEDROCK_E_ARGUMENT;
    }
    return source->len > BEDROCK_BODY_MAX ? BEDROCK_E_TOO_LARGE : BEDROCK_OK;
}

static int render_source(struct bedrock_json_writer *json, const void *value)
{
    const struct bedrock_source *source = value;

    int status = bdk_body_check_source(source);

    return status != BEDROCK_OK ? bedrock_output_fail(json->out, status)
                                : bedrock_json_put_source(json, source);
}

const struct bedrock_body_kind bedrock_body_json = {render_json, NULL};
const struct bedrock_body_kind bedrock_body_source = {render_source, NULL};

int bdk_body_render(struct bedrock_json_writer *json, const struct bedrock_body *body)
{
    const struct bedrock_body_kind *body_kind = body->kind;
    int status;

    if (body_kind != NULL) {
        status = body_kind->render(json, body->value);
        return status != 0 ? bedrock_output_fail(json->out, status) : 0;
    }
    bedrock_json_begin_object(json);
    return bedrock_json_end_object(json);
}
