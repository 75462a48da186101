/* SPDX-License-Identifier: MIT */
/* Bodies of InvokeModel that are not written by a family's table. See bedrock/invoke.h. */
#include "client/invoke.h"
#include "json/text.h"

#include <string.h>

static int render_json(struct bedrock_json_writer *json, const void *value)
{
    const char *text = value;

    return text == NULL ? BEDROCK_E_ARGUMENT : bedrock_json_put_raw(json, text, strlen(text));
}

/* Can it be read, and is it short enough? BEDROCK_OK, or why not; before its first byte is asked
 * for. */
static int check_source(const struct bedrock_source *source)
{
    if (source == NULL || (source->data == NULL && source->read_at == NULL)) {
        return BEDROCK_E_ARGUMENT;
    }
    return source->len > BEDROCK_BODY_MAX ? BEDROCK_E_TOO_LARGE : BEDROCK_OK;
}

static int render_source(struct bedrock_json_writer *json, const void *value)
{
    const struct bedrock_source *source = value;
    int status = check_source(source);

    return status != BEDROCK_OK ? status : bedrock_json_put_source(json, source);
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
