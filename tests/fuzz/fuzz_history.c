/* SPDX-License-Identifier: MIT */
/*
 * A history under any sequence of events and calls. Its input is a program: the first byte is the
 * memory's size, then each byte an event or a call, some followed by a text. Whatever comes: never
 * a byte outside, always JSON that a request can hold, never a beginning that is no question, and
 * what is rolled back is gone.
 */
#include "bedrock/error.h"
#include "bedrock/history.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FENCE 8

static struct bedrock_history history;
static char memory[1024 + FENCE];
static const uint8_t *at, *end;

static void require(int ok)
{
    if (!ok) {
        abort();
    }
}

static int take(void *ctx, const void *data, size_t len)
{
    (void)ctx;
    (void)data;
    require(len > 0);
    return 0;
}

/* The request that the history would make. */
static int render(void)
{
    struct bedrock_json_writer json;
    struct bedrock_output out;

    bedrock_output_init(&out, take, NULL, 0);
    bedrock_json_writer_init(&json, &out);
    bedrock_json_begin_object(&json);
    bedrock_json_put_key(&json, "messages");
    bedrock_json_begin_array(&json);
    history.render(&json, &history);
    bedrock_json_end_array(&json);
    bedrock_json_end_object(&json);
    return bedrock_json_writer_finish(&json);
}

static void check(int begins_well)
{
    static const char question[] = "{\"role\":\"user\",\"content\":[";

    require(history.len <= history.cap && history.last_add <= history.len);
    require(memcmp(memory + history.cap, "########", FENCE) == 0);
    require(render() == BEDROCK_OK);
    if (begins_well && history.len > 0) {
        require(memcmp(memory, question, sizeof question - 1) == 0);
        require(memcmp(memory + sizeof question - 1, "{\"toolResult\"", 13) != 0);
    }
}

static uint8_t next_byte(void)
{
    return at < end ? *at++ : 0;
}

/* A text of up to 15 bytes, out of the input. */
static const char *next_text(size_t *len)
{
    const char *text = (const char *)at;

    *len = next_byte() & 15u;
    text = (const char *)at;
    *len = *len < (size_t)(end - at) ? *len : (size_t)(end - at);
    at += *len;
    return *len > 0 ? text : "";
}

static void add(uint8_t what)
{
    size_t len;
    const char *text = next_text(&len);
    struct bedrock_content content = {
        .kind = &bedrock_content_text, .value = text, .text_len = len};
    struct bedrock_tool_result result = {.tool_use_id = "t", .content = {&content, 1}};
    struct bedrock_content block = {.kind = &bedrock_content_tool_result, .value = &result};
    struct bedrock_message message = {"user", {what & 1 ? &block : &content, 1}};
    size_t before = history.len;
    int status = bedrock_history_add(&history, &message);

    require(status == BEDROCK_OK || history.len == before);
}

static void tell(uint8_t what)
{
    struct bedrock_event event;

    memset(&event, 0, sizeof event);
    event.type = (enum bedrock_event_type)(what % (BEDROCK_EVENT_METADATA + 1));
    what = next_byte();
    event.block = (enum bedrock_block)(what % (BEDROCK_BLOCK_UNKNOWN + 1));
    event.last = what >> 7;
    event.tool_use_id = what & 64 ? NULL : "id";
    event.name = what & 32 ? NULL : "name";
    event.text = next_text(&event.text_len);
    bedrock_history_event(&history, &event);
}

static void call(uint8_t what)
{
    size_t room;

    switch (what & 3) {
    case 0:
        add(what >> 2);
        break;
    case 1:
        bedrock_history_rollback(&history);
        require(history.len == history.last_add);
        break;
    case 2:
        room = (size_t)next_byte() * 5;
        if (bedrock_history_trim(&history, room) == BEDROCK_OK) {
            require(history.cap - history.len >= room + (history.len > 0));
        }
        break;
    default:
        break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int begins_well = 1;

    at = data;
    end = data + size;
    memset(memory, '#', sizeof memory);
    bedrock_history_init(&history, memory, (size_t)next_byte() * 4);
    while (at < end) {
        uint8_t what = next_byte();

        if (what & 128) {
            /* A result or an answer without a question is the caller's doing. */
            begins_well = begins_well && !((what & 3) == 0 && (what >> 2 & 1) && history.len == 0);
            call(what);
        } else {
            begins_well = begins_well && history.len > 0;
            tell(what);
        }
        check(begins_well);
        begins_well = begins_well || history.len == 0;
    }
    return 0;
}
