/* SPDX-License-Identifier: MIT */
/* ApplyGuardrail. See bedrock/guardrail.h. */
#include "bedrock/guardrail.h"

#include "client/converse.h"
#include "client/record.h"
#include "util/bytes.h"

/* ------------------------------------------------------------------ request */

static int render_guard_text(struct bedrock_json_writer *json,
                             const struct bedrock_content *content)
{
    const struct bedrock_guard_content *guard = content->value;

    if (bdk_begin_block(json, content, "text") != 0) {
        return json->out->status;
    }
    if (guard->image != NULL) {
        bdk_refuse(json); /* it would not be judged */
    }
    bdk_put_required(json, "text", guard->text);
    if (guard->qualifiers.count > 0) {
        bedrock_json_put_key(json, "qualifiers");
        bdk_render_strings(json, &guard->qualifiers);
    }
    return bdk_end(json, 2);
}

static int render_guard_image(struct bedrock_json_writer *json,
                              const struct bedrock_content *content)
{
    const struct bedrock_media *media = content->value;

    if (bdk_begin_block(json, content, "image") != 0) {
        return json->out->status;
    }
    if (bdk_is_given(media->s3_uri)) {
        bdk_refuse(json); /* the service takes bytes only */
    }
    bdk_put_required(json, "format", media->format);
    bdk_render_source(json, &media->source, NULL, NULL);
    return bdk_end(json, 2);
}

const struct bedrock_content_kind bedrock_content_guard_text = {render_guard_text};
const struct bedrock_content_kind bedrock_content_guard_image = {render_guard_image};

static int render(struct bedrock_json_writer *json, const void *ctx)
{
    const struct bedrock_apply_guardrail *request = ctx;

    bedrock_json_begin_object(json);
    bdk_put_member(json, "source", bdk_is_given(request->source) ? request->source : "INPUT");
    bedrock_json_put_key(json, "content");
    bdk_render_contents(json, &request->content);
    bdk_put_member(json, "outputScope", request->output_scope);
    return bedrock_json_end_object(json);
}

/* ------------------------------------------------------------------- answer */

enum { TAG_ACTION = 'a' };

/* Of bdk_reader.stopped: how it stands with the action. */
enum { WHOLE = BDK_STOPPED_REASON, TOO_LONG = BDK_STOPPED_PROOF };

static const char nodes[] = " 0\0"
                            " 1outputs\0"
                            "*2[]\0"
                            "A3text\0"
                            "L3{}\0"
                            "a1action\0"
                            "f1actionReason\0"
                            "j1{}\0";

/* The action is a field, and the stop reason at the end. */
static int take(struct bdk_reader *reader, struct bedrock_event *event)
{
    int status;

    if (reader->tag != TAG_ACTION) {
        return bdk_record_take(reader, event);
    }
    status = bdk_record_field(reader, event);
    if (status == 0) {
        return 0;
    }
    if (reader->stopped == WHOLE) { /* it comes twice: the last one counts */
        reader->stopped = 0;
        reader->stop_text[0] = '\0';
    }
    if (bdk_append(reader->stop_text, sizeof reader->stop_text, event->text, event->text_len)) {
        reader->stopped = TOO_LONG; /* said at the end: what is told must not depend on pieces */
    } else if (event->last && reader->stopped != TOO_LONG) {
        reader->stopped = WHOLE;
    }
    return status;
}

static const struct bdk_nodes answer_nodes = {nodes, take};

static const char actions[] = "NONE\0GUARDRAIL_INTERVENED\0";

/* What they mean, in the same order; an action that is not known is no all-clear. */
static const uint8_t stop_reasons[] = {BEDROCK_STOP_END_TURN, BEDROCK_STOP_GUARDRAIL_INTERVENED,
                                       BEDROCK_STOP_UNKNOWN};

/* An answer without an action is none. */
static int end(struct bedrock_client *client, struct bedrock_event *event)
{
    struct bdk_reader *reader = &client->reader;
    const char *action = reader->stop_text;
    int status;

    if (reader->phase++ > 0) {
        return 0;
    }
    status = bdk_document_check_stopped(client);
    if (status == 0 && reader->stopped == TOO_LONG) {
        status = BEDROCK_E_FIELD_SIZE;
    }
    if (status != 0) {
        return status;
    }
    reader->stop_reason = stop_reasons[bdk_find_word(action, strlen(action), actions)];
    return bdk_reader_event(reader, BEDROCK_EVENT_STOP, event);
}

static const struct bdk_operation operation = {
    .path = "/guardrail/*/version/*/apply",
    .render = render,
    .answer_type = "application/json",
    .nodes = &answer_nodes,
    .begin = bdk_document_begin,
    .read = bdk_document_read,
    .end = end,
};

int bedrock_apply_guardrail(bedrock_client *client, const struct bedrock_apply_guardrail *request)
{
    return bdk_client_start(client, &operation, request);
}
