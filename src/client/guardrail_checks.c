/* SPDX-License-Identifier: MIT */
/* InvokeGuardrailChecks. See bedrock/guardrail.h. */
#include "bedrock/guardrail.h"
#include "client/collect.h"
#include "client/converse.h"
#include "client/record.h"
#include "util/bytes.h"

#include <stddef.h>

/* ------------------------------------------------------------------ request */

/* "check":{"list":[{"member":"word"},...]} */
static void render_check(struct bedrock_json_writer *json, const struct bedrock_string_list *words,
                         const char *check, const char *list, const char *member)
{
    size_t i;

    if (words->count == 0) {
        return;
    }
    bdk_begin_member(json, check);
    bedrock_json_put_key(json, list);
    bedrock_json_begin_array(json);
    for (i = 0; i < words->count; i++) {
        bedrock_json_begin_object(json);
        bdk_put_required(json, member, words->items == NULL ? NULL : words->items[i]);
        bedrock_json_end_object(json);
    }
    bedrock_json_end_array(json);
    bdk_end(json, 1);
}

static int render(struct bedrock_json_writer *json, const void *ctx)
{
    const struct bedrock_guardrail_checks *request = ctx;

    if (request->messages.count == 0 ||
        (request->content_filter.count == 0 && request->prompt_attack.count == 0 &&
         request->sensitive_information.count == 0)) {
        bdk_refuse(json);
    }
    bedrock_json_begin_object(json);
    bdk_render_messages(json, NULL, &request->messages);
    bdk_begin_member(json, "checks");
    render_check(json, &request->content_filter, "contentFilter", "categories", "category");
    render_check(json, &request->prompt_attack, "promptAttack", "categories", "category");
    render_check(json, &request->sensitive_information, "sensitiveInformation", "entities", "type");
    return bdk_end(json, 2);
}

/* ------------------------------------------------------------------- answer */

enum {
    TAG_RESULTS = 'k',
    TAG_CHECK = 'c' /* an object whose key is the name of its results' blocks */
};

static const char nodes[] = " 0\0"
                            "k1results\0"
                            "c2{}\0"
                            " 3results\0"
                            "r4[]\0"
                            "f5category\0"
                            "f5type\0"
                            "f5severityScore\0"
                            "f5confidenceScore\0"
                            "f5beginOffset\0"
                            "f5endOffset\0"
                            "f5messageIndex\0"
                            "f5contentIndex\0"
                            "j5{}\0"
                            "j3{}\0"
                            "j1{}\0";

static int take(struct bdk_reader *reader, struct bedrock_event *event)
{
    if (reader->tag != TAG_RESULTS && reader->tag != TAG_CHECK) {
        return bdk_record_take(reader, event);
    }
    if (reader->token.type == BEDROCK_JSON_OBJECT_BEGIN) {
        reader->stopped = BDK_STOPPED_PROOF;
        if (reader->tag == TAG_CHECK) {
            memcpy(reader->name, reader->word, sizeof reader->name);
            reader->start_kind = BEDROCK_BLOCK_RECORD + 1; /* so that blocks keep it */
        }
    }
    return 0;
}

static const struct bdk_nodes answer_nodes = {nodes, take};

static const struct bdk_operation operation = {
    .path = "/guardrail-checks/invoke",
    .render = render,
    .answer_type = "application/json",
    .nodes = &answer_nodes,
    .begin = bdk_document_begin,
    .read = bdk_document_read,
    /* That nothing was found is said by results that are empty, not by results that are missing. */
    .end = bdk_document_end_stopped,
};

int bedrock_invoke_guardrail_checks(bedrock_client *client,
                                    const struct bedrock_guardrail_checks *request)
{
    return bdk_client_start(client, &operation, request);
}

/* ----------------------------------------------------------------- findings */

#define MEMBER(field, kind, name) BDK_MEMBER(struct bedrock_finding, field, BDK_MEMBER_##kind, name)

static const struct bdk_member members[] = {
    MEMBER(category, TEXT, "category"),
    MEMBER(category, TEXT, "type"),
    MEMBER(score, TEXT, "severityScore"),
    MEMBER(score, TEXT, "confidenceScore"),
    MEMBER(begin_offset, INTEGER, "beginOffset"),
    MEMBER(end_offset, INTEGER, "endOffset"),
    MEMBER(message_index, INTEGER, "messageIndex"),
    MEMBER(content_index, INTEGER, "contentIndex"),
};

static const struct bdk_shape finding_shape = {members, BDK_COUNT(members),
                                               sizeof(struct bedrock_finding), NULL};

/* In the order of enum bedrock_check. */
static const char checks[] = "contentFilter\0promptAttack\0sensitiveInformation\0";

int bedrock_finding_next(bedrock_client *client, struct bedrock_finding *finding)
{
    struct bedrock_event event;
    const char *name;
    int status, taken = BEDROCK_OK;

    do {
        status = bedrock_next(client, &event);
        if (status == BEDROCK_EVENT) {
            taken = bdk_collect(client, &finding_shape, finding, &event);
        }
    } while (status == BEDROCK_EVENT && taken == BEDROCK_OK);
    if (taken == BEDROCK_EVENT) {
        name = event.name == NULL ? "" : event.name;
        finding->check = (enum bedrock_check)bdk_find_word(name, strlen(name), checks);
    }
    return taken == BEDROCK_OK ? status : taken;
}
