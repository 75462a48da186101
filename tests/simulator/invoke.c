/* SPDX-License-Identifier: MIT */
/* InvokeModel: a body in the model's own format, and header fields around it. */
#include "invoke.h"

#include "answer.h"
#include "native.h"
#include "stream.h"

#include <stdlib.h>
#include <string.h>

static void answer_anything(struct sim_text *out, const struct sim_exchange *x,
                            const struct sim_reply *reply)
{
    sim_text_puts(out, "{\"request\":");
    sim_json_write(out, x->input);
    sim_text_printf(out, ",\"usage\":{\"inputTokens\":%ld}}", reply->input_tokens);
}

static void piece_of_anything(struct sim_text *out, const struct sim_reply *reply,
                              const char *piece, size_t len, int is_last)
{
    (void)reply;
    sim_text_puts(out, "\"text\":");
    sim_text_json(out, piece, len);
    sim_text_printf(out, ",\"done\":%s", is_last ? "true" : "false");
}

/* For a model that we have never heard of: gives the request back. */
static const struct sim_family any_family = {
    "", NULL, "prompt", "stop", "max_tokens", NULL, answer_anything, piece_of_anything, NULL};

static const struct sim_family *find_in(const struct sim_family *family, const char *model)
{
    for (; family->prefix != NULL; family++) {
        if (strncmp(model, family->prefix, strlen(family->prefix)) == 0) {
            return family;
        }
    }
    return NULL;
}

static const struct sim_family *find_family(const struct sim_exchange *x)
{
    const struct sim_family *family = NULL;

    /* claude-v2 takes Messages too, and our own models whatever they get. */
    if (sim_json_find(x->input, "anthropic_version") != NULL) {
        family = sim_message_families;
    }
    family = family != NULL ? family : find_in(sim_text_families, x->model);
    family = family != NULL ? family : find_in(sim_media_families, x->model);
    family = family != NULL ? family : find_in(sim_message_families, x->model);
    return family != NULL ? family : &any_family;
}

static int is_digits(const char *text)
{
    return *text != '\0' && text[strspn(text, "0123456789")] == '\0';
}

/* Header members with an enum. */
static int check_header_words(struct sim_exchange *x)
{
    static const struct {
        const char *name;
        const char *words;
    } headers[] = {{"x-amzn-bedrock-trace", "|ENABLED|DISABLED|ENABLED_FULL|"},
                   {"x-amzn-bedrock-performanceconfig-latency", "|standard|optimized|"},
                   {"x-amzn-bedrock-service-tier", "|priority|default|flex|reserved|"}};
    struct sim_text word = {NULL, 0, 0};
    size_t i;

    for (i = 0; i < sizeof headers / sizeof headers[0]; i++) {
        const char *value = sim_request_header(&x->request, headers[i].name);

        sim_text_clear(&word);
        sim_text_printf(&word, "|%s|", value != NULL ? value : "");
        if (value != NULL && strstr(headers[i].words, word.data) == NULL) {
            sim_invalid(&x->error,
                        "1 validation error detected: Value at '%s' failed to satisfy constraint: "
                        "Member must satisfy enum value set: %s",
                        headers[i].name, headers[i].words);
        }
    }
    sim_text_free(&word);
    return x->error.status != 0 ? -1 : 0;
}

static int check_guardrail_headers(struct sim_exchange *x)
{
    const char *id = sim_request_header(&x->request, "x-amzn-bedrock-guardrailidentifier");
    const char *version = sim_request_header(&x->request, "x-amzn-bedrock-guardrailversion");

    if ((id == NULL) != (version == NULL)) {
        return sim_invalid(&x->error, "guardrailIdentifier and guardrailVersion must be given "
                                      "together.");
    }
    if (version != NULL && strcmp(version, "DRAFT") != 0 && !is_digits(version)) {
        return sim_invalid(&x->error, "The guardrail version %s is neither a number nor DRAFT.",
                           version);
    }
    if (id == NULL && sim_json_find(x->input, "amazon-bedrock-guardrailConfig") != NULL) {
        return sim_invalid(&x->error,
                           "amazon-bedrock-guardrailConfig needs a guardrailIdentifier.");
    }
    return 0;
}

/* The member that belongs to the guardrail, not to the model, is not the model's business. */
static int check_body(struct sim_exchange *x)
{
    const struct sim_family *family = find_family(x);
    struct sim_json **link;

    for (link = &x->input->first; *link != NULL; link = &(*link)->next) {
        if ((*link)->key != NULL && strcmp((*link)->key, "amazon-bedrock-guardrailConfig") == 0) {
            struct sim_json *member = *link;

            *link = member->next;
            member->next = NULL;
            sim_json_free(member);
            x->input->count--;
            break;
        }
    }
    if (family->shape != NULL && sim_schema_check(family->shape, x->input, &x->error) != 0) {
        return -1;
    }
    return family->check != NULL ? family->check(x) : 0;
}

int sim_invoke_check(struct sim_exchange *x)
{
    const char *problem;

    x->input = sim_json_parse(sim_request_body(&x->request), x->request.body_len, &problem);
    if (x->input == NULL) {
        return sim_invalid(&x->error,
                           "Malformed input request, please reformat your input and try again.");
    }
    if (check_header_words(x) != 0 || check_guardrail_headers(x) != 0) {
        return -1;
    }
    return check_body(x);
}

int sim_invoke_stream_check(struct sim_exchange *x)
{
    const char *accept = sim_request_header(&x->request, "accept");
    const struct sim_family *family;

    if (accept != NULL && strcmp(accept, "*/*") != 0 && strstr(accept, "eventstream") == NULL) {
        return sim_invalid(&x->error,
                           "Simulator: this operation takes X-Amzn-Bedrock-Accept, not "
                           "Accept: %s",
                           accept);
    }
    if (sim_invoke_check(x) != 0) {
        return -1;
    }
    family = find_family(x);
    if (family->piece == NULL && family->stream == NULL) {
        return sim_invalid(&x->error, "The model is unsupported for streaming.");
    }
    return 0;
}

/* The text of a message: a string, or blocks some of which have a text. */
static void collect_content(struct sim_text *out, const struct sim_json *content)
{
    const struct sim_json *block;

    if (content->type == SIM_JSON_STRING) {
        sim_text_add(out, content->text, content->text_len);
        return;
    }
    for (block = content->first; block != NULL; block = block->next) {
        const char *text = sim_json_string(block, "text");

        sim_text_puts(out, text != NULL ? text : "");
    }
}

static void collect_prompt(struct sim_text *out, const struct sim_json *prompt)
{
    const struct sim_json *last;

    if (prompt == NULL || prompt->type != SIM_JSON_ARRAY) {
        sim_text_puts(out, prompt != NULL && prompt->text != NULL ? prompt->text : "");
        return;
    }
    for (last = prompt->first; last != NULL && last->next != NULL; last = last->next) {
    }
    if (sim_json_find(last, "content") != NULL) {
        collect_content(out, sim_json_find(last, "content"));
    }
}

/* Drops what prompt formats put around the words of the user. */
static void strip_format(struct sim_text *text)
{
    static const char *const before[] = {"Human:", "[INST]", "<|end_header_id|>", NULL};
    static const char *const after[] = {"Assistant:", "[/INST]", "<|eot_id|>", NULL};
    char *start = text->data;
    char *end;
    size_t i;

    for (i = 0; before[i] != NULL; i++) {
        char *at = strstr(start, before[i]);

        start = at != NULL ? at + strlen(before[i]) : start;
        end = strstr(start, after[i]);
        if (end != NULL) {
            *end = '\0';
        }
    }
    start += strspn(start, " \n");
    end = start + strlen(start);
    while (end > start && (end[-1] == ' ' || end[-1] == '\n')) {
        *--end = '\0';
    }
    memmove(text->data, start, strlen(start) + 1);
    text->len = strlen(text->data);
}

static void make_reply(struct sim_reply *reply, const struct sim_exchange *x)
{
    const struct sim_family *family = find_family(x);
    struct sim_text text = {NULL, 0, 0};
    struct sim_prompt prompt;

    sim_text_puts(&text, "");
    collect_prompt(&text, sim_json_find(x->input, family->prompt));
    strip_format(&text);
    prompt.text = text.data;
    prompt.stops = *family->stops != '\0' ? sim_json_find(x->input, family->stops) : NULL;
    prompt.max_tokens =
        *family->max_tokens != '\0' ? sim_json_integer(x->input, family->max_tokens, 0) : 0;
    sim_reply_simple(reply, x, &prompt);
    sim_text_free(&text);
}

static void add_echoed_headers(struct sim_text *out, const struct sim_exchange *x)
{
    static const char *const names[] = {"X-Amzn-Bedrock-PerformanceConfig-Latency",
                                        "X-Amzn-Bedrock-Service-Tier"};
    static const char *const keys[] = {"x-amzn-bedrock-performanceconfig-latency",
                                       "x-amzn-bedrock-service-tier"};
    size_t i;

    for (i = 0; i < 2; i++) {
        const char *value = sim_request_header(&x->request, keys[i]);

        if (value != NULL) {
            sim_text_printf(out, "%s: %s\r\n", names[i], value);
        }
    }
}

void sim_invoke(struct sim_exchange *x)
{
    struct sim_text body = {NULL, 0, 0};
    struct sim_text extra = {NULL, 0, 0};
    struct sim_reply reply;

    make_reply(&reply, x);
    find_family(x)->answer(&body, x, &reply);
    sim_text_printf(&extra,
                    "X-Amzn-Bedrock-Invocation-Latency: 377\r\n"
                    "X-Amzn-Bedrock-Input-Token-Count: %ld\r\n"
                    "X-Amzn-Bedrock-Output-Token-Count: %ld\r\n",
                    reply.input_tokens, reply.output_tokens);
    add_echoed_headers(&extra, x);
    if (sim_request_header(&x->request, "x-amzn-bedrock-guardrailidentifier") != NULL) {
        body.len--;
        sim_text_puts(&body, ",\"amazon-bedrock-guardrailAction\":\"NONE\"}");
    }
    sim_answer(x, 200, "application/json", extra.data, body.data, body.len);
    sim_text_free(&body);
    sim_text_free(&extra);
    sim_reply_free(&reply);
}

void sim_native_metrics(struct sim_text *out, const struct sim_reply *reply)
{
    sim_text_printf(out,
                    "\"amazon-bedrock-invocationMetrics\":{\"inputTokenCount\":%ld,"
                    "\"outputTokenCount\":%ld,\"invocationLatency\":851,\"firstByteLatency\":354}",
                    reply->input_tokens, reply->output_tokens);
}

int sim_native_chunk(struct sim_exchange *x, const char *members)
{
    struct sim_text json = {NULL, 0, 0};
    struct sim_text event = {NULL, 0, 0};

    sim_stream_pace(x);
    if (sim_stream_breaks(x)) {
        return 1;
    }
    sim_text_printf(&json, "{%s}", members);
    sim_text_puts(&event, "\"bytes\":\"");
    sim_text_base64(&event, json.data, json.len);
    sim_text_puts(&event, "\"");
    sim_stream_event(x, "chunk", event.data);
    sim_text_free(&json);
    sim_text_free(&event);
    return 0;
}

static void stream_pieces(struct sim_exchange *x, const struct sim_family *family,
                          const struct sim_reply *reply)
{
    const struct sim_text *content = &reply->blocks[0].content;
    struct sim_text members = {NULL, 0, 0};
    size_t at = 0, len;
    int is_over = 0;

    while (!is_over && (len = sim_reply_piece(reply, content, &at)) > 0) {
        sim_text_clear(&members);
        family->piece(&members, reply, content->data + at - len, len, 0);
        is_over = sim_native_chunk(x, members.data);
    }
    if (!is_over && sim_exchange_fault(x, SIM_FAULT_NO_STOP) == NULL) {
        sim_text_clear(&members);
        family->piece(&members, reply, "", 0, 1);
        sim_text_puts(&members, ",");
        sim_native_metrics(&members, reply);
        sim_native_chunk(x, members.data);
    }
    sim_text_free(&members);
}

void sim_invoke_stream(struct sim_exchange *x)
{
    const struct sim_family *family = find_family(x);
    struct sim_text extra = {NULL, 0, 0};
    struct sim_reply reply;

    make_reply(&reply, x);
    sim_text_puts(&extra, "X-Amzn-Bedrock-Content-Type: application/json\r\n");
    add_echoed_headers(&extra, x);
    sim_stream_begin(x, extra.data);
    if (family->stream != NULL) {
        family->stream(x, &reply);
    } else {
        stream_pieces(x, family, &reply);
    }
    sim_stream_end(x);
    sim_text_free(&extra);
    sim_reply_free(&reply);
}
