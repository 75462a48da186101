/* SPDX-License-Identifier: MIT */
/* Models that take messages: Claude 3 and later, Nova, Jamba. */
#include "native.h"

#include <string.h>

/* clang-format off */
static const struct sim_member any_string = TEXT("");
static const struct sim_member any_value = ANY("");

static const struct sim_member claude_message[] = {
    ENUM("!role", "|user|assistant|"),
    ANY("!content"),
    END
};
static const struct sim_member claude_message_element = STRUCT("", claude_message);

static const struct sim_member claude_tool[] = {
    TEXT("type"),
    STRING("!name", 1, 64, "[a-zA-Z0-9_-]+"),
    TEXT("description"),
    OBJECT("input_schema"),
    OBJECT("cache_control"),
    END
};
static const struct sim_member claude_tool_element = STRUCT("", claude_tool);

static const struct sim_member claude_tool_choice[] = {
    ENUM("!type", "|auto|any|tool|none|"),
    TEXT("name"),
    BOOL("disable_parallel_tool_use"),
    END
};

static const struct sim_member claude_thinking[] = {
    ENUM("!type", "|enabled|disabled|adaptive|"),
    INT("budget_tokens", 1024, 1e9),
    END
};

static const struct sim_member claude_messages[] = {
    STRING("!anthropic_version", 1, 64, "bedrock-2023-05-31"),
    INT("!max_tokens", 1, 1e9),
    LIST("!messages", claude_message_element, 1, ANY_LENGTH),
    ANY("system"),
    FLOAT("temperature", 0, 1),
    FLOAT("top_p", 0, 1),
    INT("top_k", 0, 500),
    LIST("stop_sequences", any_string, 0, 8191),
    LIST("tools", claude_tool_element, 0, ANY_LENGTH),
    STRUCT("tool_choice", claude_tool_choice),
    STRUCT("thinking", claude_thinking),
    LIST("anthropic_beta", any_string, 0, ANY_LENGTH),
    OBJECT("metadata"),
    END
};

static const struct sim_member nova_message[] = {
    ENUM("!role", "|user|assistant|"),
    LIST("!content", any_value, 1, ANY_LENGTH),
    END
};
static const struct sim_member nova_message_element = STRUCT("", nova_message);

static const struct sim_member nova_inference[] = {
    INT("maxTokens", 1, 10000),
    INT("max_new_tokens", 1, 10000),
    FLOAT("temperature", 0, 1),
    FLOAT("topP", 0, 1),
    INT("topK", 0, 128),
    LIST("stopSequences", any_string, 0, ANY_LENGTH),
    END
};

static const struct sim_member nova[] = {
    STRING("schemaVersion", 1, 64, "messages-v1"),
    LIST("!messages", nova_message_element, 1, ANY_LENGTH),
    ANY("system"),
    STRUCT("inferenceConfig", nova_inference),
    OBJECT("toolConfig"),
    END
};
/* clang-format on */

static void add_stop_sequence(struct sim_text *out, const struct sim_reply *reply)
{
    if (reply->stop_sequence != NULL) {
        sim_text_json(out, reply->stop_sequence, strlen(reply->stop_sequence));
    } else {
        sim_text_puts(out, "null");
    }
}

static void claude_answer(struct sim_text *out, const struct sim_exchange *x,
                          const struct sim_reply *reply)
{
    const struct sim_text *text = &reply->blocks[0].content;

    sim_text_printf(out,
                    "{\"id\":\"msg_bdrk_01Simulator%04x\",\"type\":\"message\","
                    "\"role\":\"assistant\",\"model\":\"%s\",\"content\":[{\"type\":\"text\","
                    "\"text\":",
                    sim_exchange_pick(x, 0x10000), "claude-simulated");
    sim_text_json(out, sim_text_string(text), text->len);
    sim_text_printf(out, "}],\"stop_reason\":\"%s\",\"stop_sequence\":", reply->stop_reason);
    add_stop_sequence(out, reply);
    sim_text_printf(out,
                    ",\"usage\":{\"input_tokens\":%ld,\"cache_creation_input_tokens\":0,"
                    "\"cache_read_input_tokens\":0,\"output_tokens\":%ld}}",
                    reply->input_tokens, reply->output_tokens);
}

static int send_claude_start(struct sim_exchange *x, const struct sim_reply *reply)
{
    struct sim_text event = {NULL, 0, 0};
    int is_over;

    sim_text_printf(&event,
                    "\"type\":\"message_start\",\"message\":{\"id\":\"msg_bdrk_01Sim\","
                    "\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-simulated\","
                    "\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{"
                    "\"input_tokens\":%ld,\"output_tokens\":1}}",
                    reply->input_tokens);
    is_over = sim_native_chunk(x, event.data) ||
              sim_native_chunk(x, "\"type\":\"content_block_start\",\"index\":0,\"content_block\":{"
                                  "\"type\":\"text\",\"text\":\"\"}") ||
              sim_native_chunk(x, "\"type\":\"ping\"");
    sim_text_free(&event);
    return is_over;
}

static int send_claude_end(struct sim_exchange *x, const struct sim_reply *reply)
{
    struct sim_text event = {NULL, 0, 0};
    int is_over;

    sim_text_printf(&event,
                    "\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"%s\","
                    "\"stop_sequence\":",
                    reply->stop_reason);
    add_stop_sequence(&event, reply);
    sim_text_printf(&event, "},\"usage\":{\"output_tokens\":%ld}", reply->output_tokens);
    is_over = sim_native_chunk(x, "\"type\":\"content_block_stop\",\"index\":0") ||
              sim_native_chunk(x, event.data);
    sim_text_clear(&event);
    sim_text_puts(&event, "\"type\":\"message_stop\",");
    sim_native_metrics(&event, reply);
    is_over = is_over || sim_native_chunk(x, event.data);
    sim_text_free(&event);
    return is_over;
}

/* The text in chunks that begin with before and end with after. */
static int send_pieces(struct sim_exchange *x, const struct sim_reply *reply, const char *before,
                       const char *after)
{
    const struct sim_text *text = &reply->blocks[0].content;
    struct sim_text event = {NULL, 0, 0};
    size_t at = 0, len;
    int is_over = 0;

    while (!is_over && (len = sim_reply_piece(reply, text, &at)) > 0) {
        sim_text_clear(&event);
        sim_text_puts(&event, before);
        sim_text_json(&event, text->data + at - len, len);
        sim_text_puts(&event, after);
        is_over = sim_native_chunk(x, event.data);
    }
    sim_text_free(&event);
    return is_over;
}

static void claude_stream(struct sim_exchange *x, const struct sim_reply *reply)
{
    if (send_claude_start(x, reply) == 0 &&
        send_pieces(
            x, reply,
            "\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\","
            "\"text\":",
            "}") == 0 &&
        sim_exchange_fault(x, SIM_FAULT_NO_STOP) == NULL) {
        send_claude_end(x, reply);
    }
}

static void add_nova_usage(struct sim_text *out, const struct sim_reply *reply)
{
    sim_text_printf(out,
                    "\"usage\":{\"inputTokens\":%ld,\"outputTokens\":%ld,\"totalTokens\":%ld,"
                    "\"cacheReadInputTokenCount\":0,\"cacheWriteInputTokenCount\":0}",
                    reply->input_tokens, reply->output_tokens,
                    reply->input_tokens + reply->output_tokens);
}

static void nova_answer(struct sim_text *out, const struct sim_exchange *x,
                        const struct sim_reply *reply)
{
    const struct sim_text *text = &reply->blocks[0].content;

    (void)x;
    sim_text_puts(out, "{\"output\":{\"message\":{\"content\":[{\"text\":");
    sim_text_json(out, sim_text_string(text), text->len);
    sim_text_printf(out, "}],\"role\":\"assistant\"}},\"stopReason\":\"%s\",", reply->stop_reason);
    add_nova_usage(out, reply);
    sim_text_puts(out, "}");
}

static void nova_stream(struct sim_exchange *x, const struct sim_reply *reply)
{
    struct sim_text event = {NULL, 0, 0};

    if (sim_native_chunk(x, "\"messageStart\":{\"role\":\"assistant\"}") ||
        send_pieces(x, reply,
                    "\"contentBlockDelta\":{\"delta\":{\"text\":", "},\"contentBlockIndex\":0}") ||
        sim_exchange_fault(x, SIM_FAULT_NO_STOP) != NULL ||
        sim_native_chunk(x, "\"contentBlockStop\":{\"contentBlockIndex\":0}")) {
        return;
    }
    sim_text_printf(&event, "\"messageStop\":{\"stopReason\":\"%s\"}", reply->stop_reason);
    sim_native_chunk(x, event.data);
    sim_text_clear(&event);
    sim_text_puts(&event, "\"metadata\":{");
    add_nova_usage(&event, reply);
    sim_text_puts(&event, ",\"metrics\":{},\"trace\":{}},");
    sim_native_metrics(&event, reply);
    sim_native_chunk(x, event.data);
    sim_text_free(&event);
}

static void chat_answer(struct sim_text *out, const struct sim_exchange *x,
                        const struct sim_reply *reply)
{
    const struct sim_text *text = &reply->blocks[0].content;

    (void)x;
    sim_text_puts(out, "{\"id\":\"chatcmpl-sim\",\"choices\":[{\"index\":0,\"message\":{"
                       "\"role\":\"assistant\",\"content\":");
    sim_text_json(out, sim_text_string(text), text->len);
    sim_text_printf(out,
                    ",\"tool_calls\":null},\"finish_reason\":\"%s\"}],\"usage\":{"
                    "\"prompt_tokens\":%ld,\"completion_tokens\":%ld,\"total_tokens\":%ld},"
                    "\"model\":\"simulated\"}",
                    strcmp(reply->stop_reason, "max_tokens") == 0 ? "length" : "stop",
                    reply->input_tokens, reply->output_tokens,
                    reply->input_tokens + reply->output_tokens);
}

static void chat_piece(struct sim_text *out, const struct sim_reply *reply, const char *piece,
                       size_t len, int is_last)
{
    (void)reply;
    sim_text_puts(out, "\"choices\":[{\"index\":0,\"delta\":{\"content\":");
    sim_text_json(out, piece, len);
    sim_text_printf(out, "},\"finish_reason\":%s}]", is_last ? "\"stop\"" : "null");
}

/* clang-format off */
const struct sim_family sim_message_families[] = {
    { "anthropic.", claude_messages, "messages", "stop_sequences", "max_tokens",
      NULL, claude_answer, NULL, claude_stream },
    { "amazon.nova-", nova, "messages", "inferenceConfig/stopSequences",
      "inferenceConfig/maxTokens",
      NULL, nova_answer, NULL, nova_stream },
    { "ai21.jamba", NULL, "messages", "stop", "max_tokens",
      NULL, chat_answer, chat_piece, NULL },
    { "openai.", NULL, "messages", "stop", "max_tokens",
      NULL, chat_answer, chat_piece, NULL },
    { "qwen.", NULL, "messages", "stop", "max_tokens",
      NULL, chat_answer, chat_piece, NULL },
    { NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL }
};
/* clang-format on */
