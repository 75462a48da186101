/* SPDX-License-Identifier: MIT */
/* A history and a client together: the answers of both operations become turns, and the next
 * request holds them. */
#include "unit/client/calls.h"

#include "bedrock/event_stream.h"
#include "bedrock/history.h"

#define QUESTION "{\"role\":\"user\",\"content\":[{\"text\":\"What time is it?\"}]}"
#define RESULT                                                                                     \
    "{\"role\":\"user\",\"content\":[{\"toolResult\":{\"toolUseId\":\"t1\",\"content\":"           \
    "[{\"json\":{\"h\":7}}],\"status\":\"success\"}}]}"
#define TOOLS                                                                                      \
    "\"toolConfig\":{\"tools\":[{\"toolSpec\":{\"name\":\"clock\",\"inputSchema\":{\"json\":"      \
    "{\"type\":\"object\"}}}}]}"
/* What the model said first: the same of both operations. */
#define CALL                                                                                       \
    "{\"role\":\"assistant\",\"content\":[{\"reasoningContent\":{\"reasoningText\":{\"text\":"     \
    "\"A \\\"clock\\\" knows \xf0\x9f\x98\x80\",\"signature\":\"c2ln+/==\"}}},"                    \
    "{\"reasoningContent\":{\"redactedContent\":\"AAECAw==\"}},{\"text\":\"Let me see.\"},"        \
    "{\"toolUse\":{\"input\":{\"zone\": \"UTC\"},\"toolUseId\":\"t1\",\"name\":\"clock\"}}]}"
#define SEVEN "{\"role\":\"assistant\",\"content\":[{\"text\":\"Seven.\"}]}"

struct talk {
    struct calls calls;
    struct bedrock_history history;
    char memory[2048];
    char id[80];
};

/* Runs a call to its end, as a program would. */
static int run(struct talk *talk)
{
    struct bedrock_event event;
    int status = calls_start(&talk->calls);

    while (status == BEDROCK_OK && (status = bedrock_next(talk->calls.client, &event)) > 0) {
        CHECK_INT(bedrock_history_event(&talk->history, &event), 0);
        if (event.type == BEDROCK_EVENT_BLOCK_STOP && event.block == BEDROCK_BLOCK_TOOL_USE) {
            strcpy(talk->id, event.tool_use_id);
        }
        status = 0;
    }
    bedrock_history_rollback(&talk->history);
    return status;
}

static int ask(struct talk *talk, const struct bedrock_message *message)
{
    CHECK_INT(bedrock_history_add(&talk->history, message), 0);
    return run(talk);
}

static void check_body(const struct talk *talk, size_t i, const char *want)
{
    CHECK_INT(talk->calls.peer.request_count, i + 1);
    CHECK_BYTES(http_peer_body(&talk->calls.peer, i), talk->calls.peer.requests[i].body_len, want,
                strlen(want));
}

/* Question, call of a tool, its result, answer. */
static void talk_through(struct talk *talk)
{
    bedrock_history_init(&talk->history, talk->memory, sizeof talk->memory);
    talk->calls.request = (struct bedrock_converse){
        .model_id = MODEL_A,
        .history = &talk->history,
        .tool_config = BEDROCK_TOOL_CONFIG(.tools = BEDROCK_TOOLS({.name = "clock"})),
    };
    CHECK_INT(ask(talk, &(struct bedrock_message)BEDROCK_USER("What time is it?")), 0);
    check_body(talk, 0, "{\"messages\":[" QUESTION "]," TOOLS "}");
    CHECK_TEXT(talk->id, "t1");
    CHECK_INT(
        ask(talk, &(struct bedrock_message)BEDROCK_USER_CONTENT(
                      BEDROCK_TOOL_RESULT(.tool_use_id = talk->id,
                                          .content = BEDROCK_CONTENT(BEDROCK_JSON("{\"h\":7}")),
                                          .status = "success"))),
        0);
    check_body(talk, 1, "{\"messages\":[" QUESTION "," CALL "," RESULT "]," TOOLS "}");
    CHECK_BYTES(talk->memory, talk->history.len, QUESTION "," CALL "," RESULT "," SEVEN,
                strlen(QUESTION "," CALL "," RESULT "," SEVEN));
}

static const char *answer_of(char *dst, size_t cap, const char *type, const char *body)
{
    snprintf(dst, cap, "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %u\r\n\r\n%s", type,
             (unsigned)strlen(body), body);
    return dst;
}

/* A reply gives its members in any order: a tool's input before its name, the usage before all. */
static void test_converse(void)
{
    static struct talk talk;
    static char first[2048], second[1024];
    const struct http_answer answers[] = {
        {.text = answer_of(
             first, sizeof first, "application/json",
             "{\"usage\":{\"inputTokens\":1},\"stopReason\":\"tool_use\",\"output\":{\"message\":{"
             "\"content\":[{\"reasoningContent\":{\"reasoningText\":{\"text\":"
             "\"A \\\"clock\\\" knows \\ud83d\\ude00\",\"signature\":\"c2ln+\\/==\"}}},"
             "{\"reasoningContent\":{\"redactedContent\":\"AAECAw==\"}},"
             "{\"text\":\"Let me see.\"},{\"toolUse\":{\"input\":{\"zone\": \"UTC\"},"
             "\"name\":\"clock\",\"toolUseId\":\"t1\"}}],\"role\":\"assistant\"}}}")},
        {.text =
             answer_of(second, sizeof second, "application/json",
                       "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":["
                       "{\"text\":\"\"},{\"text\":\"Seven.\"}]}},\"stopReason\":\"end_turn\"}")},
    };

    calls_make(&talk.calls, answers, 2);
    talk_through(&talk);
    calls_free(&talk.calls);
}

/* ------------------------------------------------------------------ streams */

struct stream {
    uint8_t bytes[8192];
    size_t len;
};

static void put_frame(struct stream *stream, const char *type, const char *payload)
{
    const struct bedrock_event_stream_header headers[] = {
        {":event-type", BEDROCK_EVENT_STREAM_STRING, type, (uint16_t)strlen(type)},
        {":content-type", BEDROCK_EVENT_STREAM_STRING, "application/json", 16},
        {":message-type", BEDROCK_EVENT_STREAM_STRING, "event", 5},
    };
    size_t len;

    CHECK_INT(bedrock_event_stream_encode(stream->bytes + stream->len,
                                          sizeof stream->bytes - stream->len, &len, headers, 3,
                                          payload, strlen(payload)),
              0);
    stream->len += len;
}

static void begin_stream(struct stream *stream)
{
    strcpy((char *)stream->bytes, "HTTP/1.1 200 OK\r\nConnection: close\r\n"
                                  "Content-Type: application/vnd.amazon.eventstream\r\n\r\n");
    stream->len = strlen((char *)stream->bytes);
    put_frame(stream, "messageStart", "{\"role\":\"assistant\"}");
}

static void put_delta(struct stream *stream, int block, const char *delta)
{
    char payload[256];

    snprintf(payload, sizeof payload, "{\"contentBlockIndex\":%d,\"delta\":{%s},\"p\":\"abc\"}",
             block, delta);
    put_frame(stream, "contentBlockDelta", payload);
}

static void end_block(struct stream *stream, int block)
{
    char payload[64];

    snprintf(payload, sizeof payload, "{\"contentBlockIndex\":%d}", block);
    put_frame(stream, "contentBlockStop", payload);
}

static void end_stream(struct stream *stream, const char *reason)
{
    char payload[64];

    snprintf(payload, sizeof payload, "{\"stopReason\":\"%s\"}", reason);
    put_frame(stream, "messageStop", payload);
    put_frame(stream, "metadata", "{\"usage\":{\"inputTokens\":1}}");
}

static void put_thoughts(struct stream *stream)
{
    put_delta(stream, 0, "\"reasoningContent\":{\"text\":\"A \\\"clock\\\" \"}");
    put_delta(stream, 0, "\"reasoningContent\":{\"text\":\"knows \\ud83d\"}");
    put_delta(stream, 0, "\"reasoningContent\":{\"text\":\"\\ude00\"}");
    put_delta(stream, 0, "\"reasoningContent\":{\"signature\":\"c2ln+/==\"}");
    end_block(stream, 0);
    put_delta(stream, 1, "\"reasoningContent\":{\"redactedContent\":\"AAECAw==\"}");
    end_block(stream, 1);
}

static void put_call(struct stream *stream)
{
    put_delta(stream, 4, "\"text\":\"Let me\"");
    put_frame(stream, "weatherReport", "{\"text\":\"rain\"}"); /* nobody knows it */
    put_delta(stream, 4, "\"text\":\" see.\"");
    end_block(stream, 4);
    put_frame(stream, "contentBlockStart",
              "{\"contentBlockIndex\":7,\"start\":{\"toolUse\":{\"toolUseId\":\"t1\","
              "\"name\":\"clock\"}}}");
    put_delta(stream, 7, "\"toolUse\":{\"input\":\"\"}");
    put_delta(stream, 7, "\"toolUse\":{\"input\":\"{\\\"zone\\\": \\\"U\"}");
    put_delta(stream, 7, "\"toolUse\":{\"input\":\"TC\\\"}\"}");
    end_block(stream, 7);
}

static void test_converse_stream(void)
{
    static struct talk talk;
    static struct stream first, second;
    size_t read_max;

    begin_stream(&first);
    put_thoughts(&first);
    put_call(&first);
    end_stream(&first, "tool_use");
    begin_stream(&second);
    put_delta(&second, 0, "\"text\":\"Seven.\"");
    end_block(&second, 0);
    end_stream(&second, "end_turn");
    for (read_max = 0; read_max < 40; read_max += read_max < 3 ? 1 : 9) {
        const struct http_answer answers[] = {
            {.bytes = first.bytes, .len = first.len, .then = HTTP_THEN_CLOSE},
            {.bytes = second.bytes, .len = second.len, .then = HTTP_THEN_CLOSE},
        };

        test_context("%u bytes a read", (unsigned)read_max);
        calls_make(&talk.calls, answers, 2);
        talk.calls.stream = 1;
        talk.calls.fake.read_max = read_max;
        talk_through(&talk);
        calls_free(&talk.calls);
    }
    test_context(NULL);
}

/* However much of a stream comes: the history holds all of the answer or nothing of it, and the
 * exchange can be tried again. */
static void test_cut_anywhere(void)
{
    static struct talk talk;
    static struct stream stream;
    size_t len, step;

    begin_stream(&stream);
    put_thoughts(&stream);
    put_call(&stream);
    end_stream(&stream, "tool_use");
    for (len = 0; len <= stream.len; len += step) {
        const struct http_answer answers[] = {
            {.bytes = stream.bytes, .len = len, .then = HTTP_THEN_CLOSE}};
        int status;

        step = len + 400 < stream.len ? 13 : 1; /* the end to the byte */
        test_context("cut at %u of %u", (unsigned)len, (unsigned)stream.len);
        calls_init(&talk.calls, answers, 1);
        talk.calls.config.max_attempts = 1;
        talk.calls.stream = 1;
        talk.calls.config.timeouts.first_byte_ms = 1000;
        CHECK_INT(calls_open(&talk.calls), 0);
        bedrock_history_init(&talk.history, talk.memory, sizeof talk.memory);
        talk.calls.request = (struct bedrock_converse){.model_id = "m", .history = &talk.history};
        status = ask(&talk, &(struct bedrock_message)BEDROCK_USER("What time is it?"));
        if (talk.history.len > 0) {
            CHECK_BYTES(talk.memory, talk.history.len, QUESTION "," CALL,
                        strlen(QUESTION "," CALL));
        }
        CHECK(len < stream.len || (status == 0 && talk.history.len > 0));
        CHECK(status != 0 || talk.history.len > 0);
        CHECK_INT(bedrock_history_add(&talk.history, &(struct bedrock_message)BEDROCK_USER("x")),
                  0);
        calls_free(&talk.calls);
    }
    test_context(NULL);
}

/* A refusal is told before anything is sent. */
static void test_nothing_is_sent(void)
{
    static struct talk talk;
    const struct bedrock_message blank[] = {BEDROCK_USER("\n")};

    calls_make(&talk.calls, NULL, 0);
    talk.calls.request = (struct bedrock_converse){.model_id = "m", .messages = {blank, 1}};
    CHECK_INT(run(&talk), BEDROCK_E_EMPTY_TEXT);
    talk.calls.request = (struct bedrock_converse){
        .model_id = "m", .additional_model_request_fields = BEDROCK_MODEL_FIELDS("{")};
    CHECK_INT(run(&talk), BEDROCK_E_JSON_INCOMPLETE);
    talk.calls.credentials.keys = (struct bedrock_keys){.bearer_token = "key"}; /* unsigned, too */
    CHECK_INT(run(&talk), BEDROCK_E_JSON_INCOMPLETE);
    CHECK_INT(talk.calls.fake.written_len, 0);
    CHECK_INT(talk.calls.fake.connects, 0);
    calls_free(&talk.calls);
}

int main(void)
{
    RUN(test_converse);
    RUN(test_converse_stream);
    RUN(test_cut_anywhere);
    RUN(test_nothing_is_sent);
    return test_finish();
}
