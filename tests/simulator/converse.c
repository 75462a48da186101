/* SPDX-License-Identifier: MIT */
/* Converse. Members are in the order in which the service writes them: alphabetical. */
#include "converse.h"

#include "answer.h"

#include <string.h>

const char sim_converse_citation[] =
    "\"location\":{\"documentChar\":{\"documentIndex\":0,\"end\":27,\"start\":0}},"
    "\"source\":\"doc\",\"sourceContent\":[{\"text\":\"The grass is "
    "green.\"}],\"title\":\"Colours\"";

void sim_converse_usage(struct sim_text *out, const struct sim_reply *reply)
{
    const char *fraction = reply->has_guardrail || reply->has_unknowns ? ".0" : "";

    sim_text_printf(out,
                    "\"usage\":{\"cacheReadInputTokenCount\":0,\"cacheReadInputTokens\":0,"
                    "\"cacheWriteInputTokenCount\":0,\"cacheWriteInputTokens\":0,"
                    "\"inputTokens\":%ld%s,\"outputTokens\":%ld%s,\"serverToolUsage\":{},"
                    "\"totalTokens\":%ld%s}",
                    reply->input_tokens, fraction, reply->output_tokens, fraction,
                    reply->input_tokens + reply->output_tokens, fraction);
}

void sim_converse_trace(struct sim_text *out, const struct sim_exchange *x,
                        const struct sim_reply *reply)
{
    const char *trace = sim_json_string(x->input, "guardrailConfig/trace");
    int wanted = trace != NULL && strncmp(trace, "enabled", 7) == 0;

    if (!wanted && !reply->has_guardrail) {
        sim_text_puts(out, "\"trace\":null");
        return;
    }
    sim_text_printf(
        out,
        "\"trace\":{\"guardrail\":{\"actionReason\":\"%s\",\"inputAssessment\":{\"gr1simulated\":"
        "{\"contentPolicy\":{\"filters\":[{\"action\":\"%s\",\"confidence\":\"HIGH\",\"detected\":%"
        "s,"
        "\"filterStrength\":\"HIGH\",\"type\":\"VIOLENCE\"}]},\"invocationMetrics\":{"
        "\"guardrailCoverage\":{\"textCharacters\":{\"guarded\":24,\"total\":24}},"
        "\"guardrailProcessingLatency\":247,\"usage\":{\"automatedReasoningPolicies\":0,"
        "\"automatedReasoningPolicyUnits\":0,\"contentPolicyImageUnits\":0,\"contentPolicyUnits\":"
        "1,"
        "\"contextualGroundingPolicyUnits\":0,\"sensitiveInformationPolicyFreeUnits\":0,"
        "\"sensitiveInformationPolicyUnits\":0,\"topicPolicyUnits\":1,\"wordPolicyUnits\":0}}}},"
        "\"modelOutput\":[]}}",
        reply->has_guardrail ? "Guardrail blocked." : "No action.",
        reply->has_guardrail ? "BLOCKED" : "NONE", reply->has_guardrail ? "true" : "false");
}

void sim_converse_extra_fields(struct sim_text *out, const struct sim_exchange *x,
                               const struct sim_reply *reply)
{
    if (sim_json_find(x->input, "additionalModelResponseFieldPaths/0") == NULL) {
        sim_text_puts(out, "\"additionalModelResponseFields\":null");
        return;
    }
    sim_text_puts(out, "\"additionalModelResponseFields\":{\"stop_sequence\":");
    if (reply->stop_sequence != NULL) {
        sim_text_json(out, reply->stop_sequence, strlen(reply->stop_sequence));
    } else {
        sim_text_puts(out, "null");
    }
    sim_text_puts(out, "}");
}

static void add_string(struct sim_text *out, const struct sim_text *text)
{
    sim_text_json(out, sim_text_string(text), text->len);
}

static void add_tool_use(struct sim_text *out, const struct sim_block *block)
{
    sim_text_printf(out, "{\"toolUse\":{\"input\":%s,\"name\":",
                    block->content.len > 0 ? block->content.data : "{}");
    add_string(out, &block->name);
    sim_text_puts(out, ",\"toolUseId\":");
    add_string(out, &block->id);
    sim_text_puts(out, "}}");
}

static void add_reasoning(struct sim_text *out, const struct sim_block *block)
{
    sim_text_puts(out, "{\"reasoningContent\":{\"reasoningText\":{\"signature\":");
    add_string(out, &block->id);
    sim_text_puts(out, ",\"text\":");
    add_string(out, &block->content);
    sim_text_puts(out, "}}}");
}

static void add_encoded(struct sim_text *out, const struct sim_block *block)
{
    if (block->kind == SIM_BLOCK_REDACTED) {
        sim_text_puts(out, "{\"reasoningContent\":{\"redactedContent\":\"");
        sim_text_base64(out, block->content.data, block->content.len);
        sim_text_puts(out, "\"}}");
        return;
    }
    sim_text_puts(out, "{\"image\":{\"format\":\"png\",\"source\":{\"bytes\":\"");
    sim_text_base64(out, block->content.data, block->content.len);
    sim_text_puts(out, "\"}}}");
}

static void add_block(struct sim_text *out, const struct sim_block *block)
{
    switch (block->kind) {
    case SIM_BLOCK_TEXT:
        sim_text_puts(out, "{\"text\":");
        add_string(out, &block->content);
        sim_text_puts(out, "}");
        break;
    case SIM_BLOCK_TOOL_USE:
        add_tool_use(out, block);
        break;
    case SIM_BLOCK_REASONING:
        add_reasoning(out, block);
        break;
    case SIM_BLOCK_CITATIONS:
        sim_text_printf(out, "{\"citationsContent\":{\"citations\":[{%s}],\"content\":[{\"text\":",
                        sim_converse_citation);
        add_string(out, &block->content);
        sim_text_puts(out, "}]}}");
        break;
    case SIM_BLOCK_UNKNOWN:
        sim_text_puts(out,
                      "{\"hologram\":{\"depth\":[1,2,{\"text\":\"not the answer\"}],\"on\":true}}");
        break;
    default:
        add_encoded(out, block);
        break;
    }
}

static void add_content(struct sim_text *out, const struct sim_reply *reply)
{
    int is_first = 1;
    size_t i;

    for (i = 0; i < reply->block_count; i++) {
        const struct sim_block *block = &reply->blocks[i];

        if (block->kind == SIM_BLOCK_TEXT && block->content.len == 0) {
            continue;
        }
        sim_text_puts(out, is_first ? "" : ",");
        add_block(out, block);
        is_first = 0;
    }
}

void sim_converse(struct sim_exchange *x)
{
    struct sim_text body = {NULL, 0, 0};
    struct sim_reply reply;

    sim_reply_converse(&reply, x);
    sim_text_puts(&body, "{");
    if (sim_exchange_pick(x, 2) == 0 ||
        sim_json_find(x->input, "additionalModelResponseFieldPaths")) {
        sim_converse_extra_fields(&body, x, &reply);
        sim_text_puts(&body, ",");
    }
    sim_text_puts(&body, "\"metrics\":{\"latencyMs\":377},\"output\":{\"message\":{\"content\":[");
    add_content(&body, &reply);
    sim_text_printf(&body,
                    "],\"role\":\"assistant\"}},\"performanceConfig\":null,\"stopReason\":\"%s\",",
                    reply.stop_reason);
    sim_converse_trace(&body, x, &reply);
    sim_text_puts(&body, ",");
    sim_converse_usage(&body, &reply);
    sim_text_puts(&body,
                  reply.has_unknowns ? ",\"zeppelin\":{\"usage\":{\"inputTokens\":-1}}}" : "}");
    sim_answer_json(x, &body);
    sim_reply_free(&reply);
}
