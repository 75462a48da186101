/* SPDX-License-Identifier: MIT */
#include "guardrail.h"

#include "answer.h"
#include "reply.h"
#include "rules.h"
#include "schema.h"

#include <string.h>

/* What the guardrail looks for: the word itself, and mail addresses of this one person. */
#define BAD_WORD "badword"
#define MAIL     "jane@example.com"

int sim_count_tokens_check(struct sim_exchange *x)
{
    const struct sim_json *converse = sim_json_find(x->input, "input/converse");

    if (strstr(x->model, "titan") != NULL) {
        return sim_invalid(&x->error, "The provided model doesn't support counting tokens.");
    }
    return converse != NULL ? sim_rules_check(converse, x->label[0].data, &x->error) : 0;
}

/* Counts all strings called text, and all of a native body. */
static long count_texts(const struct sim_json *node)
{
    long count = 0;

    for (; node != NULL; node = node->next) {
        if (node->type == SIM_JSON_STRING && node->key != NULL && strcmp(node->key, "text") == 0) {
            count += sim_reply_count(node->text, node->text_len);
        }
        count += count_texts(node->first);
    }
    return count;
}

void sim_count_tokens(struct sim_exchange *x)
{
    const struct sim_json *encoded = sim_json_find(x->input, "input/invokeModel/body");
    struct sim_text native = {NULL, 0, 0};
    struct sim_text body = {NULL, 0, 0};
    long count = count_texts(sim_json_find(x->input, "input/converse/messages")) +
                 count_texts(sim_json_find(x->input, "input/converse/system"));

    if (encoded != NULL) {
        sim_base64_decode(&native, encoded->text, encoded->text_len);
        count = sim_reply_count(sim_text_string(&native), native.len);
    }
    sim_text_printf(&body, "{\"inputTokens\":%ld}", count);
    sim_answer_json(x, &body);
    sim_text_free(&native);
}

int sim_apply_guardrail_check(struct sim_exchange *x)
{
    const char *version = x->label[1].data;

    if (strcmp(version, "DRAFT") != 0 &&
        (version[0] == '0' || strspn(version, "0123456789") != strlen(version))) {
        return sim_invalid(&x->error, "The guardrail version %s is neither a number nor DRAFT.",
                           version);
    }
    if (strcmp(x->label[0].data, "missing") == 0) {
        return sim_refuse(&x->error, 404, "ResourceNotFoundException",
                          "The guardrail identifier or version provided in the request does not "
                          "exist.");
    }
    return 0;
}

/* Everything that the request wants looked at, joined. */
static void collect(struct sim_text *out, const struct sim_json *content)
{
    const struct sim_json *block;

    sim_text_puts(out, "");
    for (block = content->first; block != NULL; block = block->next) {
        const char *text = sim_json_string(block, "text/text");

        sim_text_puts(out, text != NULL ? text : "");
    }
}

static void add_usage(struct sim_text *out)
{
    sim_text_puts(out, "\"usage\":{\"automatedReasoningPolicies\":0,"
                       "\"automatedReasoningPolicyUnits\":0,\"contentPolicyImageUnits\":0,"
                       "\"contentPolicyUnits\":1,\"contextualGroundingPolicyUnits\":0,"
                       "\"sensitiveInformationPolicyFreeUnits\":0,"
                       "\"sensitiveInformationPolicyUnits\":1,\"topicPolicyUnits\":1,"
                       "\"wordPolicyUnits\":1}");
}

static void add_assessment(struct sim_text *out, int has_word, int has_mail, size_t len)
{
    sim_text_puts(out, "{");
    if (has_word) {
        sim_text_puts(out,
                      "\"wordPolicy\":{\"customWords\":[{\"action\":\"BLOCKED\",\"detected\":true,"
                      "\"match\":\"" BAD_WORD "\"}],\"managedWordLists\":[]},");
    }
    if (has_mail) {
        sim_text_puts(out, "\"sensitiveInformationPolicy\":{\"piiEntities\":[{\"action\":"
                           "\"ANONYMIZED\",\"detected\":true,\"match\":\"" MAIL "\",\"type\":"
                           "\"EMAIL\"}],\"regexes\":[]},");
    }
    sim_text_printf(
        out,
        "\"invocationMetrics\":{\"guardrailCoverage\":{\"textCharacters\":{\"guarded\":%lu,"
        "\"total\":%lu}},\"guardrailProcessingLatency\":247,",
        (unsigned long)len, (unsigned long)len);
    add_usage(out);
    sim_text_puts(out, "}}");
}

/* The text with the address masked. */
static void add_masked(struct sim_text *out, const char *text)
{
    const char *at = strstr(text, MAIL);
    struct sim_text masked = {NULL, 0, 0};

    sim_text_add(&masked, text, (size_t)(at - text));
    sim_text_printf(&masked, "{EMAIL}%s", at + strlen(MAIL));
    sim_text_json(out, masked.data, masked.len);
    sim_text_free(&masked);
}

static void add_outputs(struct sim_text *out, const char *text, int has_word, int has_mail)
{
    sim_text_puts(out, "\"outputs\":[");
    if (has_word) {
        sim_text_puts(out, "{\"text\":\"Sorry, this content is blocked.\"}");
    } else if (has_mail) {
        sim_text_puts(out, "{\"text\":");
        add_masked(out, text);
        sim_text_puts(out, "}");
    }
    sim_text_puts(out, "],");
}

void sim_apply_guardrail(struct sim_exchange *x)
{
    struct sim_text body = {NULL, 0, 0};
    struct sim_text text = {NULL, 0, 0};
    int has_word, has_mail;

    collect(&text, sim_json_find(x->input, "content"));
    has_word = strstr(text.data, BAD_WORD) != NULL;
    has_mail = strstr(text.data, MAIL) != NULL;
    sim_text_printf(&body, "{\"action\":\"%s\",\"actionReason\":\"%s\",\"assessments\":[",
                    has_word || has_mail ? "GUARDRAIL_INTERVENED" : "NONE",
                    has_word   ? "Guardrail blocked."
                    : has_mail ? "Guardrail masked."
                               : "No action.");
    add_assessment(&body, has_word, has_mail, text.len);
    sim_text_printf(&body,
                    "],\"guardrailCoverage\":{\"textCharacters\":{\"guarded\":%lu,"
                    "\"total\":%lu}},",
                    (unsigned long)text.len, (unsigned long)text.len);
    add_outputs(&body, text.data, has_word, has_mail);
    add_usage(&body);
    sim_text_puts(&body, "}");
    sim_answer_json(x, &body);
    sim_text_free(&text);
}

static int mentions(const struct sim_json *node, const char *word)
{
    for (; node != NULL; node = node->next) {
        if ((node->type == SIM_JSON_STRING && strstr(node->text, word) != NULL) ||
            mentions(node->first, word)) {
            return 1;
        }
    }
    return 0;
}

/* One result for each category that was asked for. */
static void add_scores(struct sim_text *out, const struct sim_exchange *x, const char *name,
                       const char *path, const char *separator)
{
    const struct sim_json *list = sim_json_find(x->input, path);
    const struct sim_json *item;

    if (list == NULL) {
        return;
    }
    sim_text_printf(out, "%s\"%s\":{\"results\":[", separator, name);
    for (item = list->first; item != NULL; item = item->next) {
        sim_text_printf(out, "%s{\"category\":\"%s\",\"severityScore\":%s}",
                        item != list->first ? "," : "", sim_json_string(item, "category"),
                        mentions(sim_json_find(x->input, "messages")->first, BAD_WORD) ? "0.9375"
                                                                                       : "0.0");
    }
    sim_text_puts(out, "]}");
}

static void add_sensitive(struct sim_text *out, const struct sim_exchange *x, const char *separator)
{
    const struct sim_json *messages = sim_json_find(x->input, "messages");

    if (sim_json_find(x->input, "checks/sensitiveInformation") == NULL) {
        return;
    }
    sim_text_printf(out, "%s\"sensitiveInformation\":{\"results\":[", separator);
    if (mentions(messages->first, MAIL)) {
        const char *text = sim_json_string(messages, "0/content/0/text");
        const char *at = text != NULL ? strstr(text, MAIL) : NULL;
        unsigned long begin = at != NULL ? (unsigned long)(at - text) : 0;

        sim_text_printf(out,
                        "{\"beginOffset\":%lu,\"confidenceScore\":0.99,\"contentIndex\":0,"
                        "\"endOffset\":%lu,\"messageIndex\":0,\"type\":\"EMAIL\"}",
                        begin, begin + (unsigned long)strlen(MAIL));
    }
    sim_text_puts(out, "],\"truncated\":false}");
}

void sim_guardrail_checks(struct sim_exchange *x)
{
    static const char *const kinds[] = {"contentFilter", "promptAttack", "sensitiveInformation"};
    const struct sim_json *checks = sim_json_find(x->input, "checks");
    struct sim_text body = {NULL, 0, 0};
    const char *separator = "";
    size_t i;

    sim_text_puts(&body, "{\"results\":{");
    add_scores(&body, x, "contentFilter", "checks/contentFilter/categories", "");
    separator = sim_json_find(checks, "contentFilter") != NULL ? "," : "";
    add_scores(&body, x, "promptAttack", "checks/promptAttack/categories", separator);
    separator = *separator || sim_json_find(checks, "promptAttack") != NULL ? "," : "";
    add_sensitive(&body, x, separator);
    sim_text_puts(&body, "},\"usage\":{");
    separator = "";
    for (i = 0; i < 3; i++) {
        if (sim_json_find(checks, kinds[i]) != NULL) {
            sim_text_printf(&body, "%s\"%s\":{\"textUnits\":1}", separator, kinds[i]);
            separator = ",";
        }
    }
    sim_text_puts(&body, "}}");
    sim_answer_json(x, &body);
}
