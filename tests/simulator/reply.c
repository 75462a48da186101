/* SPDX-License-Identifier: MIT */
#include "reply.h"

#include "conversation.h"
#include "png.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *prompt;
    const char *answer;
} canned[] = {
    {"Why is the sky blue?", "Sunlight holds every colour, and the molecules of the air scatter "
                             "its short blue waves far more "
                             "than its long red ones. So from every part of the sky some blue "
                             "reaches your eye, while the rest "
                             "of the light goes straight on."},
    {"Hello", "Hello! How can I help you today?"},
    {"Write a haiku about embedded systems.",
     "Sixty-four kilobytes,\na heartbeat from a crystal:\nthe whole world answers."},
    {"What is Amazon Bedrock?", "Amazon Bedrock is a managed service that offers foundation models "
                                "through one API. You send a "
                                "request and pay for the tokens; there are no servers to run."},
};

static struct sim_block *add_block(struct sim_reply *reply, enum sim_block_kind kind,
                                   const char *content)
{
    struct sim_block *block = &reply->blocks[reply->block_count++];

    block->kind = kind;
    sim_text_puts(&block->content, content);
    return block;
}

long sim_reply_count(const char *text, size_t len)
{
    long count = 0;
    size_t i;

    for (i = 0; i < len; i++) {
        count += text[i] != ' ' && (i == 0 || text[i - 1] == ' ');
    }
    return count;
}

/* Ends the text before the first stop sequence that occurs in it. */
static void apply_stops(struct sim_reply *reply, struct sim_text *text,
                        const struct sim_json *stops)
{
    const struct sim_json *stop;

    for (stop = stops != NULL ? stops->first : NULL; stop != NULL; stop = stop->next) {
        char *at = strstr(text->data, stop->text);

        if (at != NULL) {
            *at = '\0';
            text->len = (size_t)(at - text->data);
            reply->stop_reason = "stop_sequence";
            reply->stop_sequence = stop->text;
        }
    }
}

static void apply_max_tokens(struct sim_reply *reply, struct sim_text *text, long max)
{
    size_t i;
    long words = 0;

    for (i = 0; i < text->len && max > 0; i++) {
        words += text->data[i] == ' ';
        if (words >= max) {
            text->data[i] = '\0';
            text->len = i;
            reply->stop_reason = "max_tokens";
            reply->stop_sequence = NULL;
        }
    }
}

static void add_answer(struct sim_text *out, const char *prompt)
{
    size_t i;

    for (i = 0; i < sizeof canned / sizeof canned[0]; i++) {
        if (strcmp(canned[i].prompt, prompt) == 0) {
            sim_text_puts(out, canned[i].answer);
            return;
        }
    }
    sim_text_printf(out, "You said: %s", prompt);
}

static void add_long_text(struct sim_text *out, size_t len)
{
    static const char line[] = "The quick brown fox jumps over the lazy dog, again and again. ";
    size_t left = len;

    while (left > 0) {
        size_t n = left < sizeof line - 1 ? left : sizeof line - 1;

        sim_text_add(out, line, n);
        left -= n;
    }
}

/* `sim.long:N`, `sim.empty`, `sim.echo`, else an answer to the prompt. */
static void add_text_reply(struct sim_reply *reply, const char *model,
                           const struct sim_prompt *prompt)
{
    struct sim_text *text = &add_block(reply, SIM_BLOCK_TEXT, "")->content;

    if (strncmp(model, "sim.long:", 9) == 0) {
        add_long_text(text, strtoul(model + 9, NULL, 10));
    } else if (strcmp(model, "sim.echo") == 0) {
        sim_text_puts(text, prompt->text);
        reply->is_torn = 1;
    } else if (strcmp(model, "sim.empty") != 0) {
        add_answer(text, prompt->text);
    }
    apply_stops(reply, text, prompt->stops);
    apply_max_tokens(reply, text, prompt->max_tokens);
}

static void finish(struct sim_reply *reply, const struct sim_exchange *x)
{
    size_t i;

    for (i = 0; i < reply->block_count; i++) {
        const struct sim_text *content = &reply->blocks[i].content;

        reply->output_tokens += sim_reply_count(sim_text_string(content), content->len);
    }
    reply->input_tokens = (long)x->request.body_len / 4 + 1;
}

void sim_reply_simple(struct sim_reply *reply, const struct sim_exchange *x,
                      const struct sim_prompt *prompt)
{
    memset(reply, 0, sizeof *reply);
    reply->stop_reason = "end_turn";
    add_text_reply(reply, x->model, prompt);
    finish(reply, x);
}

static void add_tool_use(struct sim_reply *reply, const struct sim_exchange *x, const char *name,
                         const char *input)
{
    struct sim_block *block = add_block(reply, SIM_BLOCK_TOOL_USE, input);

    sim_text_puts(&block->name, name);
    sim_text_printf(&block->id, "tooluse_%04x%04xSimulator-%lu", sim_exchange_pick(x, 0x10000),
                    x->serial, (unsigned long)reply->block_count);
    reply->stop_reason = "tool_use";
}

static void call_tool(struct sim_reply *reply, const struct sim_exchange *x,
                      const struct sim_json *tool, const char *prompt)
{
    struct sim_text input = {NULL, 0, 0};

    if (strcmp(x->model, "sim.tool-empty") != 0) {
        sim_conversation_input(&input, tool, prompt);
    }
    add_tool_use(reply, x, sim_json_string(tool, "toolSpec/name"), sim_text_string(&input));
    sim_text_free(&input);
}

static const struct sim_json *nth_tool(const struct sim_exchange *x, int index)
{
    const struct sim_json *tools = sim_json_find(x->input, "toolConfig/tools");
    const struct sim_json *tool = tools != NULL ? tools->first : NULL;

    if (sim_json_find(x->input, "toolConfig/toolChoice/tool") != NULL) {
        return sim_conversation_tool(x->input, "", NULL);
    }
    while (tool != NULL && (sim_json_string(tool, "toolSpec/name") == NULL || index-- > 0)) {
        tool = tool->next;
    }
    return tool;
}

/* `sim.tools[:N]` calls the first N tools, with a word before them if there are several;
 * `sim.tool-empty` calls the first without input. */
static void reply_tools(struct sim_reply *reply, const struct sim_exchange *x,
                        const struct sim_prompt *prompt, int has_result)
{
    int count = strncmp(x->model, "sim.tools:", 10) == 0 ? atoi(x->model + 10) : 1;
    int i;

    if (has_result) {
        sim_text_printf(&add_block(reply, SIM_BLOCK_TEXT, "")->content, "The tool says: %s",
                        prompt->text);
        return;
    }
    if (count > 1) {
        add_block(reply, SIM_BLOCK_TEXT, "Let me look that up.");
    }
    for (i = 0; i < count && i < SIM_BLOCKS - 1; i++) {
        const struct sim_json *tool = nth_tool(x, i) != NULL ? nth_tool(x, i) : nth_tool(x, 0);

        if (tool != NULL) {
            call_tool(reply, x, tool, prompt->text);
        }
    }
    if (reply->block_count == 0) {
        add_text_reply(reply, x->model, prompt);
    }
}

static void reply_reasoning(struct sim_reply *reply, const struct sim_exchange *x,
                            const struct sim_prompt *prompt, int has_result)
{
    struct sim_block *block = add_block(reply, SIM_BLOCK_REASONING,
                                        "The user asks something. I think about it, step by step.");

    (void)has_result;
    sim_text_puts(&block->id, "EqQBCkgIARABGAIiQL8k+/simulated/signature==");
    add_block(reply, SIM_BLOCK_REDACTED, "these bytes were hidden");
    add_text_reply(reply, x->model, prompt);
}

static void reply_citations(struct sim_reply *reply, const struct sim_exchange *x,
                            const struct sim_prompt *prompt, int has_result)
{
    (void)x;
    (void)prompt;
    (void)has_result;
    add_block(reply, SIM_BLOCK_CITATIONS, "The grass is green, as the document says.");
}

static void reply_image(struct sim_reply *reply, const struct sim_exchange *x,
                        const struct sim_prompt *prompt, int has_result)
{
    (void)has_result;
    add_text_reply(reply, x->model, prompt);
    sim_png(&add_block(reply, SIM_BLOCK_IMAGE, "")->content, 16, 16, 7);
}

static void reply_unknown(struct sim_reply *reply, const struct sim_exchange *x,
                          const struct sim_prompt *prompt, int has_result)
{
    (void)has_result;
    reply->has_unknowns = 1;
    add_block(reply, SIM_BLOCK_UNKNOWN, "");
    add_text_reply(reply, x->model, prompt);
    reply->stop_reason = "went_for_a_walk";
}

static void reply_guardrail(struct sim_reply *reply, const struct sim_exchange *x,
                            const struct sim_prompt *prompt, int has_result)
{
    (void)x;
    (void)prompt;
    (void)has_result;
    reply->has_guardrail = 1;
    add_block(reply, SIM_BLOCK_TEXT, "Sorry, the model cannot answer this question.");
    reply->stop_reason = "guardrail_intervened";
}

static void reply_text(struct sim_reply *reply, const struct sim_exchange *x,
                       const struct sim_prompt *prompt, int has_result)
{
    int forced = sim_json_find(x->input, "toolConfig/toolChoice/auto") == NULL &&
                 sim_json_find(x->input, "toolConfig/toolChoice") != NULL;
    const struct sim_json *tool = NULL;

    while ((forced || !has_result) && reply->block_count < SIM_BLOCKS &&
           (tool = sim_conversation_tool(x->input, prompt->text, tool)) != NULL) {
        call_tool(reply, x, tool, prompt->text);
    }
    if (reply->block_count == 0 && has_result) {
        sim_text_printf(&add_block(reply, SIM_BLOCK_TEXT, "")->content, "The tool says: %s",
                        prompt->text);
    } else if (reply->block_count == 0) {
        add_text_reply(reply, x->model, prompt);
    }
}

void sim_reply_converse(struct sim_reply *reply, const struct sim_exchange *x)
{
    static const struct {
        const char *prefix;
        void (*make)(struct sim_reply *, const struct sim_exchange *, const struct sim_prompt *,
                     int);
    } shapes[] = {
        {"sim.tool", reply_tools},
        {"sim.reasoning", reply_reasoning},
        {"sim.citations", reply_citations},
        {"sim.image-out", reply_image},
        {"sim.unknown", reply_unknown},
        {"sim.guardrail", reply_guardrail},
        {"", reply_text},
    };
    struct sim_prompt prompt;
    struct sim_text text = {NULL, 0, 0};
    int has_result;
    size_t i = 0;

    memset(reply, 0, sizeof *reply);
    reply->stop_reason = "end_turn";
    sim_conversation_prompt(&text, x->input, &has_result);
    prompt.text = sim_text_string(&text);
    prompt.stops = sim_json_find(x->input, "inferenceConfig/stopSequences");
    prompt.max_tokens = sim_json_integer(x->input, "inferenceConfig/maxTokens", 0);
    while (strncmp(x->model, shapes[i].prefix, strlen(shapes[i].prefix)) != 0) {
        i++;
    }
    shapes[i].make(reply, x, &prompt, has_result);
    finish(reply, x);
    sim_text_free(&text);
}

/* One word with the space in front of it. */
static size_t word_length(const char *text, size_t len)
{
    size_t n = 1;

    while (n < len && text[n] != ' ' && n < 200) {
        n++;
    }
    while (n < len && ((unsigned char)text[n] & 0xc0) == 0x80) {
        n++;
    }
    return n;
}

static size_t code_point_length(const char *text, size_t len)
{
    size_t n = 1;

    while (n < len && ((unsigned char)text[n] & 0xc0) == 0x80) {
        n++;
    }
    return n;
}

size_t sim_reply_piece(const struct sim_reply *reply, const struct sim_text *text, size_t *at)
{
    size_t left = text->len - *at;
    size_t n;

    if (left == 0) {
        return 0;
    }
    n = reply->is_torn ? code_point_length(text->data + *at, left)
                       : word_length(text->data + *at, left);
    *at += n;
    return n;
}

void sim_reply_free(struct sim_reply *reply)
{
    size_t i;

    for (i = 0; i < reply->block_count; i++) {
        sim_text_free(&reply->blocks[i].content);
        sim_text_free(&reply->blocks[i].name);
        sim_text_free(&reply->blocks[i].id);
    }
}
