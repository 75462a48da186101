/* SPDX-License-Identifier: MIT */
/* ConverseStream: the events in the order in which the service sends them. */
#include "answer.h"
#include "converse.h"
#include "stream.h"

#include <string.h>

/* A delta of one block; 1 when the stream breaks off before it. */
static int send_delta(struct sim_exchange *x, size_t index, const char *delta)
{
    struct sim_text members = {NULL, 0, 0};

    sim_stream_pace(x);
    if (sim_stream_breaks(x)) {
        return 1;
    }
    sim_text_printf(&members, "\"contentBlockIndex\":%lu,\"delta\":{%s}", (unsigned long)index,
                    delta);
    sim_stream_event(x, "contentBlockDelta", members.data);
    sim_text_free(&members);
    return 0;
}

/* The JSON string of the piece stands between before and after. */
static int send_string_delta(struct sim_exchange *x, size_t index, const char *before,
                             const char *after, const char *piece, size_t len)
{
    struct sim_text delta = {NULL, 0, 0};
    int is_over;

    sim_text_puts(&delta, before);
    sim_text_json(&delta, piece, len);
    sim_text_puts(&delta, after);
    is_over = send_delta(x, index, delta.data);
    sim_text_free(&delta);
    return is_over;
}

/* A character beyond the basic plane, its two surrogates in two frames. */
static int send_torn(struct sim_exchange *x, size_t index, const unsigned char *utf8)
{
    unsigned long code =
        (utf8[0] & 7ul) << 18 | (utf8[1] & 63ul) << 12 | (utf8[2] & 63ul) << 6 | (utf8[3] & 63ul);
    struct sim_text delta = {NULL, 0, 0};
    int is_over;

    code -= 0x10000;
    sim_text_printf(&delta, "\"text\":\"\\u%04lx\"", 0xd800 + (code >> 10));
    is_over = send_delta(x, index, delta.data);
    sim_text_clear(&delta);
    sim_text_printf(&delta, "\"text\":\"\\u%04lx\"", 0xdc00 + (code & 0x3ff));
    is_over = is_over || send_delta(x, index, delta.data);
    sim_text_free(&delta);
    return is_over;
}

static int send_text(struct sim_exchange *x, const struct sim_reply *reply,
                     const struct sim_block *block, size_t index)
{
    size_t at = 0, len;

    while ((len = sim_reply_piece(reply, &block->content, &at)) > 0) {
        const char *piece = block->content.data + at - len;
        int is_over = reply->is_torn && len == 4
                          ? send_torn(x, index, (const unsigned char *)piece)
                          : send_string_delta(x, index, "\"text\":", "", piece, len);

        if (is_over) {
            return 1;
        }
    }
    return 0;
}

static void send_tool_start(struct sim_exchange *x, const struct sim_block *block, size_t index)
{
    struct sim_text members = {NULL, 0, 0};

    sim_text_printf(&members,
                    "\"contentBlockIndex\":%lu,\"start\":{\"toolUse\":{\"name\":\"%s\","
                    "\"toolUseId\":\"%s\"}}",
                    (unsigned long)index, block->name.data, block->id.data);
    sim_stream_event(x, "contentBlockStart", members.data);
    sim_text_free(&members);
}

/* The input in fragments that respect nothing; the first one is empty. */
static int send_tool_use(struct sim_exchange *x, const struct sim_reply *reply,
                         const struct sim_block *block, size_t index)
{
    static const char before[] = "\"toolUse\":{\"input\":";
    size_t at = 0;

    (void)reply;
    send_tool_start(x, block, index);
    if (send_string_delta(x, index, before, "}", "", 0)) {
        return 1;
    }
    while (at < block->content.len) {
        size_t n = block->content.len - at < 5 ? block->content.len - at : 5;

        if (send_string_delta(x, index, before, "}", block->content.data + at, n)) {
            return 1;
        }
        at += n;
    }
    return 0;
}

static int send_reasoning(struct sim_exchange *x, const struct sim_reply *reply,
                          const struct sim_block *block, size_t index)
{
    size_t at = 0, len;

    while ((len = sim_reply_piece(reply, &block->content, &at)) > 0) {
        if (send_string_delta(x, index, "\"reasoningContent\":{\"text\":", "}",
                              block->content.data + at - len, len)) {
            return 1;
        }
    }
    return send_string_delta(x, index, "\"reasoningContent\":{\"signature\":", "}", block->id.data,
                             block->id.len);
}

static int send_redacted(struct sim_exchange *x, const struct sim_reply *reply,
                         const struct sim_block *block, size_t index)
{
    struct sim_text encoded = {NULL, 0, 0};
    int is_over;

    (void)reply;
    sim_text_base64(&encoded, block->content.data, block->content.len);
    is_over = send_string_delta(x, index, "\"reasoningContent\":{\"redactedContent\":", "}",
                                encoded.data, encoded.len);
    sim_text_free(&encoded);
    return is_over;
}

static int send_citations(struct sim_exchange *x, const struct sim_reply *reply,
                          const struct sim_block *block, size_t index)
{
    struct sim_text delta = {NULL, 0, 0};
    int is_over;

    sim_text_printf(&delta, "\"citation\":{%s}", sim_converse_citation);
    is_over = send_text(x, reply, block, index) || send_delta(x, index, delta.data);
    sim_text_free(&delta);
    return is_over;
}

static int send_image(struct sim_exchange *x, const struct sim_reply *reply,
                      const struct sim_block *block, size_t index)
{
    struct sim_text text = {NULL, 0, 0};
    int is_over;

    (void)reply;
    sim_text_printf(&text, "\"contentBlockIndex\":%lu,\"start\":{\"image\":{\"format\":\"png\"}}",
                    (unsigned long)index);
    sim_stream_event(x, "contentBlockStart", text.data);
    sim_text_clear(&text);
    sim_text_base64(&text, block->content.data, block->content.len);
    is_over =
        send_string_delta(x, index, "\"image\":{\"source\":{\"bytes\":", "}}", text.data, text.len);
    sim_text_free(&text);
    return is_over;
}

static int send_unknown(struct sim_exchange *x, const struct sim_reply *reply,
                        const struct sim_block *block, size_t index)
{
    (void)reply;
    (void)block;
    sim_stream_event(x, "weatherReport", "\"contentBlockIndex\":0,\"delta\":{\"text\":\"rain\"}");
    sim_stream_event(x, "contentBlockStart",
                     "\"contentBlockIndex\":0,\"start\":{\"hologram\":{\"depth\":3}}");
    return send_delta(x, index, "\"hologram\":{\"text\":\"not the answer\",\"beams\":[[],{}]}");
}

static int send_block(struct sim_exchange *x, const struct sim_reply *reply,
                      const struct sim_block *block, size_t index)
{
    static int (*const senders[])(struct sim_exchange *, const struct sim_reply *,
                                  const struct sim_block *, size_t) = {
        send_text,     /* SIM_BLOCK_TEXT */
        send_tool_use, /* SIM_BLOCK_TOOL_USE */
        send_reasoning, send_redacted, send_citations, send_image, send_unknown,
    };
    struct sim_text members = {NULL, 0, 0};

    if (block->kind == SIM_BLOCK_TEXT && block->content.len == 0) {
        return 0;
    }
    if (senders[block->kind](x, reply, block, index)) {
        return 1;
    }
    sim_text_printf(&members, "\"contentBlockIndex\":%lu", (unsigned long)index);
    sim_stream_event(x, "contentBlockStop", members.data);
    sim_text_free(&members);
    return 0;
}

static void send_stop(struct sim_exchange *x, const struct sim_reply *reply)
{
    struct sim_text members = {NULL, 0, 0};

    sim_converse_extra_fields(&members, x, reply);
    sim_text_printf(&members, ",\"stopReason\":\"%s\"", reply->stop_reason);
    sim_stream_event(x, "messageStop", members.data);
    sim_text_free(&members);
}

static void send_metadata(struct sim_exchange *x, const struct sim_reply *reply)
{
    struct sim_text members = {NULL, 0, 0};

    sim_text_puts(&members, "\"metrics\":{\"latencyMs\":551},");
    sim_converse_trace(&members, x, reply);
    sim_text_puts(&members, ",");
    sim_converse_usage(&members, reply);
    sim_stream_event(x, "metadata", members.data);
    sim_text_free(&members);
}

/* Indexes grow, but with gaps: a client must not use them as an array's. */
static size_t block_index(const struct sim_reply *reply, size_t i)
{
    return reply->is_torn || reply->has_unknowns ? i * 12 : i;
}

static int send_blocks(struct sim_exchange *x, const struct sim_reply *reply)
{
    size_t i;

    for (i = 0; i < reply->block_count; i++) {
        if (send_block(x, reply, &reply->blocks[i], block_index(reply, i))) {
            return 1;
        }
    }
    return 0;
}

void sim_converse_stream(struct sim_exchange *x)
{
    struct sim_reply reply;

    sim_reply_converse(&reply, x);
    sim_stream_begin(x, "");
    sim_stream_event(x, "messageStart", "\"role\":\"assistant\"");
    if (send_blocks(x, &reply) == 0) {
        if (sim_exchange_fault(x, SIM_FAULT_NO_STOP) == NULL) {
            send_stop(x, &reply);
        }
        if (sim_exchange_fault(x, SIM_FAULT_NO_STOP) == NULL &&
            sim_exchange_fault(x, SIM_FAULT_NO_METADATA) == NULL) {
            send_metadata(x, &reply);
        }
    }
    sim_stream_end(x);
    sim_reply_free(&reply);
}
