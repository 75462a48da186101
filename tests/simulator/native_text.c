/* SPDX-License-Identifier: MIT */
/* Models that complete a text: Claude 2, Llama, Titan Text, Mistral, Cohere, AI21. */
#include "native.h"

#include <string.h>

/* clang-format off */
static const struct sim_member any_string = TEXT("");

static const struct sim_member claude_text[] = {
    STRING("!prompt", 1, ANY_LENGTH, NULL),
    INT("!max_tokens_to_sample", 0, 4096),
    FLOAT("temperature", 0, 1),
    FLOAT("top_p", 0, 1),
    INT("top_k", 0, 500),
    LIST("stop_sequences", any_string, 0, ANY_LENGTH),
    TEXT("anthropic_version"),
    END
};

static const struct sim_member llama[] = {
    TEXT("!prompt"),
    INT("max_gen_len", 1, 2048),
    FLOAT("temperature", 0, 1),
    FLOAT("top_p", 0, 1),
    LIST("images", any_string, 0, ANY_LENGTH),
    END
};

static const struct sim_member titan_config[] = {
    FLOAT("temperature", 0, 1),
    FLOAT("topP", 0, 1),
    INT("maxTokenCount", 0, 8192),
    LIST("stopSequences", any_string, 0, ANY_LENGTH),
    END
};

static const struct sim_member titan_text[] = {
    STRING("!inputText", 1, ANY_LENGTH, NULL),
    STRUCT("textGenerationConfig", titan_config),
    END
};

static const struct sim_member mistral[] = {
    TEXT("!prompt"),
    INT("max_tokens", 1, 8192),
    FLOAT("temperature", 0, 1),
    FLOAT("top_p", 0, 1),
    INT("top_k", 0, 200),
    LIST("stop", any_string, 0, 10),
    END
};

static const struct sim_member cohere_command[] = {
    TEXT("!prompt"),
    FLOAT("temperature", 0, 5),
    FLOAT("p", 0, 1),
    FLOAT("k", 0, 500),
    INT("max_tokens", 1, 4096),
    LIST("stop_sequences", any_string, 0, 4),
    ENUM("return_likelihoods", "|GENERATION|ALL|NONE|"),
    BOOL("stream"),
    INT("num_generations", 1, 5),
    OBJECT("logit_bias"),
    ENUM("truncate", "|NONE|START|END|"),
    END
};

static const struct sim_member cohere_r[] = {
    TEXT("!message"),
    ANY("chat_history"),
    INT("max_tokens", 1, 4096),
    FLOAT("temperature", 0, 1),
    FLOAT("p", 0, 1),
    FLOAT("k", 0, 500),
    LIST("stop_sequences", any_string, 0, ANY_LENGTH),
    ANY("documents"),
    ANY("tools"),
    ANY("tool_results"),
    TEXT("preamble"),
    END
};

static const struct sim_member penalty[] = { FLOAT("!scale", 0, 500), END };

static const struct sim_member jurassic[] = {
    TEXT("!prompt"),
    INT("maxTokens", 0, 8191),
    FLOAT("temperature", 0, 1),
    FLOAT("topP", 0, 1),
    LIST("stopSequences", any_string, 0, ANY_LENGTH),
    STRUCT("countPenalty", penalty),
    STRUCT("presencePenalty", penalty),
    STRUCT("frequencyPenalty", penalty),
    END
};
/* clang-format on */

static void add_text(struct sim_text *out, const struct sim_reply *reply, const char *before)
{
    struct sim_text text = {NULL, 0, 0};

    sim_text_printf(&text, "%s%s", before, sim_text_string(&reply->blocks[0].content));
    sim_text_json(out, text.data, text.len);
    sim_text_free(&text);
}

static int was_cut(const struct sim_reply *reply)
{
    return strcmp(reply->stop_reason, "max_tokens") == 0;
}

/* `null`, or the word for why the text ended. */
static const char *ending(const struct sim_reply *reply, int is_last, const char *cut,
                          const char *whole)
{
    return !is_last ? "null" : was_cut(reply) ? cut : whole;
}

static int check_claude_text(struct sim_exchange *x)
{
    const char *prompt = sim_json_string(x->input, "prompt");
    const char *human = strstr(prompt, "Human:");
    const char *assistant = strstr(prompt, "\n\nAssistant:");

    if (human == NULL || assistant == NULL || assistant < human) {
        return sim_invalid(&x->error,
                           "Invalid prompt: prompt must start with \"\n\nHuman:\" turn, and "
                           "end with an \"\n\nAssistant:\" turn");
    }
    return 0;
}

static void claude_text_piece(struct sim_text *out, const struct sim_reply *reply,
                              const char *piece, size_t len, int is_last)
{
    sim_text_puts(out, "\"type\":\"completion\",\"completion\":");
    sim_text_json(out, piece, len);
    sim_text_printf(out, ",\"stop_reason\":%s,\"stop\":%s",
                    ending(reply, is_last, "\"max_tokens\"", "\"stop_sequence\""),
                    ending(reply, is_last, "null", "\"\\n\\nHuman:\""));
}

static void claude_text_answer(struct sim_text *out, const struct sim_exchange *x,
                               const struct sim_reply *reply)
{
    (void)x;
    sim_text_puts(out, "{\"type\":\"completion\",\"completion\":");
    add_text(out, reply, " ");
    sim_text_printf(out, ",\"stop_reason\":%s,\"stop\":%s}",
                    ending(reply, 1, "\"max_tokens\"", "\"stop_sequence\""),
                    ending(reply, 1, "null", "\"\\n\\nHuman:\""));
}

static void llama_piece(struct sim_text *out, const struct sim_reply *reply, const char *piece,
                        size_t len, int is_last)
{
    sim_text_puts(out, "\"generation\":");
    sim_text_json(out, piece, len);
    sim_text_printf(out,
                    ",\"prompt_token_count\":null,\"generation_token_count\":%ld,"
                    "\"stop_reason\":%s",
                    reply->output_tokens, ending(reply, is_last, "\"length\"", "\"stop\""));
}

static void llama_answer(struct sim_text *out, const struct sim_exchange *x,
                         const struct sim_reply *reply)
{
    (void)x;
    sim_text_puts(out, "{\"generation\":");
    add_text(out, reply, "");
    sim_text_printf(out,
                    ",\"prompt_token_count\":%ld,\"generation_token_count\":%ld,"
                    "\"stop_reason\":%s}",
                    reply->input_tokens, reply->output_tokens,
                    ending(reply, 1, "\"length\"", "\"stop\""));
}

static void titan_piece(struct sim_text *out, const struct sim_reply *reply, const char *piece,
                        size_t len, int is_last)
{
    sim_text_puts(out, "\"outputText\":");
    sim_text_json(out, piece, len);
    sim_text_printf(out,
                    ",\"index\":0,\"totalOutputTextTokenCount\":%s,\"completionReason\":%s,"
                    "\"inputTextTokenCount\":%ld",
                    is_last ? "12" : "null", ending(reply, is_last, "\"LENGTH\"", "\"FINISH\""),
                    reply->input_tokens);
}

/* With a guardrail the counts are written as fractions. */
static void titan_answer(struct sim_text *out, const struct sim_exchange *x,
                         const struct sim_reply *reply)
{
    const char *dot =
        sim_request_header(&x->request, "x-amzn-bedrock-guardrailidentifier") != NULL ? ".0" : "";

    sim_text_printf(out,
                    "{\"inputTextTokenCount\":%ld%s,\"results\":[{\"tokenCount\":%ld%s,"
                    "\"outputText\":",
                    reply->input_tokens, dot, reply->output_tokens, dot);
    add_text(out, reply, "\n");
    sim_text_printf(out, ",\"completionReason\":%s}]}",
                    ending(reply, 1, "\"LENGTH\"", "\"FINISH\""));
}

static void mistral_piece(struct sim_text *out, const struct sim_reply *reply, const char *piece,
                          size_t len, int is_last)
{
    sim_text_puts(out, "\"outputs\":[{\"text\":");
    sim_text_json(out, piece, len);
    sim_text_printf(out, ",\"stop_reason\":%s}]", ending(reply, is_last, "\"length\"", "\"stop\""));
}

static void mistral_answer(struct sim_text *out, const struct sim_exchange *x,
                           const struct sim_reply *reply)
{
    (void)x;
    sim_text_puts(out, "{\"outputs\":[{\"text\":");
    add_text(out, reply, " ");
    sim_text_printf(out, ",\"stop_reason\":%s}]}", ending(reply, 1, "\"length\"", "\"stop\""));
}

static void cohere_piece(struct sim_text *out, const struct sim_reply *reply, const char *piece,
                         size_t len, int is_last)
{
    sim_text_printf(out, "\"is_finished\":%s,\"index\":0,", is_last ? "true" : "false");
    if (is_last) {
        sim_text_printf(out, "\"finish_reason\":%s,",
                        ending(reply, 1, "\"MAX_TOKENS\"", "\"COMPLETE\""));
    }
    sim_text_puts(out, "\"text\":");
    sim_text_json(out, piece, len);
}

static void cohere_command_answer(struct sim_text *out, const struct sim_exchange *x,
                                  const struct sim_reply *reply)
{
    const char *prompt = sim_json_string(x->input, "prompt");

    sim_text_printf(out,
                    "{\"id\":\"sim-1\",\"generations\":[{\"finish_reason\":%s,\"id\":\"sim-2\","
                    "\"text\":",
                    ending(reply, 1, "\"MAX_TOKENS\"", "\"COMPLETE\""));
    add_text(out, reply, " ");
    sim_text_puts(out, "}],\"prompt\":");
    sim_text_json(out, prompt, strlen(prompt));
    sim_text_puts(out, "}");
}

static void cohere_r_answer(struct sim_text *out, const struct sim_exchange *x,
                            const struct sim_reply *reply)
{
    const char *message = sim_json_string(x->input, "message");

    sim_text_puts(out, "{\"response_id\":\"sim-1\",\"text\":");
    add_text(out, reply, "");
    sim_text_puts(out, ",\"generation_id\":\"sim-2\",\"chat_history\":[{\"role\":\"USER\","
                       "\"message\":");
    sim_text_json(out, message, strlen(message));
    sim_text_puts(out, "},{\"role\":\"CHATBOT\",\"message\":");
    add_text(out, reply, "");
    sim_text_printf(out, "}],\"finish_reason\":%s}",
                    ending(reply, 1, "\"MAX_TOKENS\"", "\"COMPLETE\""));
}

static void jurassic_answer(struct sim_text *out, const struct sim_exchange *x,
                            const struct sim_reply *reply)
{
    const char *prompt = sim_json_string(x->input, "prompt");

    sim_text_puts(out, "{\"id\":1234,\"prompt\":{\"text\":");
    sim_text_json(out, prompt, strlen(prompt));
    sim_text_puts(out, ",\"tokens\":[]},\"completions\":[{\"data\":{\"text\":");
    add_text(out, reply, "\n");
    sim_text_printf(out, ",\"tokens\":[]},\"finishReason\":{\"reason\":%s}}]}",
                    ending(reply, 1, "\"length\"", "\"endoftext\""));
}

/* clang-format off */
const struct sim_family sim_text_families[] = {
    { "anthropic.claude-v2", claude_text, "prompt", "stop_sequences", "max_tokens_to_sample",
      check_claude_text, claude_text_answer, claude_text_piece, NULL },
    { "anthropic.claude-instant", claude_text, "prompt", "stop_sequences", "max_tokens_to_sample",
      check_claude_text, claude_text_answer, claude_text_piece, NULL },
    { "meta.llama", llama, "prompt", "", "max_gen_len",
      NULL, llama_answer, llama_piece, NULL },
    { "amazon.titan-t", titan_text, "inputText", "textGenerationConfig/stopSequences",
      "textGenerationConfig/maxTokenCount", NULL, titan_answer, titan_piece, NULL },
    { "mistral.", mistral, "prompt", "stop", "max_tokens",
      NULL, mistral_answer, mistral_piece, NULL },
    { "cohere.command-r", cohere_r, "message", "stop_sequences", "max_tokens",
      NULL, cohere_r_answer, cohere_piece, NULL },
    { "cohere.command", cohere_command, "prompt", "stop_sequences", "max_tokens",
      NULL, cohere_command_answer, cohere_piece, NULL },
    { "ai21.j2", jurassic, "prompt", "stopSequences", "maxTokens",
      NULL, jurassic_answer, NULL, NULL },
    { NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL }
};
/* clang-format on */
