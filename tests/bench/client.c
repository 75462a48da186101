/* SPDX-License-Identifier: MIT */
/* Rendering a request, and whole calls over a transport that is nothing but memory: no TLS, and
 * what comes is lent where it lies. */
#include "bedrock/native.h"
#include "bench/bench.h"
#include "bench/samples.h"
#include "client/converse.h"

/* --------------------------------------------------------------- rendering */

#define SCHEMA                                                                                     \
    "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\",\"description\":\"Where "  \
    "the weather is wanted.\"},\"days\":{\"type\":\"integer\"}},\"required\":[\"city\"]}"

/* Three turns, each with the same text, and a tool: 480 bytes of JSON besides the texts. */
static const struct bedrock_converse *make_request(const struct bytes *prose)
{
    static struct bedrock_content contents[3];
    static struct bedrock_message messages[3];
    static const struct bedrock_content system = BEDROCK_TEXT("You are a lighthouse keeper.");
    static const struct bedrock_tool tool = {
        .name = "weather", .description = "Tells the weather.", .input_schema = SCHEMA};
    static const struct bedrock_tool_config tools = {.section = &bedrock_section_tool_config,
                                                     .tools = {&tool, 1}};
    static const struct bedrock_converse request = {
        .model_id = "us.anthropic.claude-haiku-4-5-20251001-v1:0",
        .system = {&system, 1},
        .messages = {messages, 3},
        .max_tokens = 1000,
        .temperature = "0.25",
        .tool_config = &tools,
    };
    size_t i;

    for (i = 0; i < 3; i++) {
        contents[i] = (struct bedrock_content)BEDROCK_TEXT_N(prose->data, prose->len);
        messages[i].role = i % 2 == 0 ? "user" : "assistant";
        messages[i].content.items = &contents[i];
        messages[i].content.count = 1;
    }
    return &request;
}

static void measure_rendering(size_t prose_len, const char *id)
{
    struct bytes prose = {0};
    const struct bedrock_converse *request;
    struct bedrock_output out;
    struct bedrock_json_writer json;

    sample_prose(&prose, prose_len);
    request = make_request(&prose);
    bench_begin();
    bench_sink(&out);
    bedrock_json_writer_init(&json, &out);
    bdk_converse_render(&json, request);
    bench_end(id, out.count);
    bench_check(bedrock_json_writer_finish(&json) == 0, id);
    bytes_free(&prose);
}

void bench_render(void)
{
    measure_rendering(180, "render_1k");
    measure_rendering(2500, "render_8k");
}

/* --------------------------------------------------------------- transport */

/* The send buffer is the player's, 2 KB: about what BEDROCK_MEMORY leaves for one. An answer comes
 * a TCP segment at a time. */
enum { SEGMENT = 1460 };

static int lend_segment(struct bedrock_transport *self, const uint8_t **data, size_t *len,
                        uint32_t wait_ms)
{
    struct player *player = player_of(self);
    size_t left = player->len - player->at;

    (void)wait_ms;
    if (!player->asked) {
        return BEDROCK_AGAIN;
    }
    *data = (const uint8_t *)player->bytes + player->at;
    *len = left < SEGMENT ? left : SEGMENT;
    return left > 0;
}

static void take_back(struct bedrock_transport *self, size_t len)
{
    player_of(self)->at += len;
}

static const struct bedrock_transport_class memory_class = {
    player_init,  player_open,  player_reserve, player_commit,
    player_flush, lend_segment, take_back,      player_close,
};

/* ------------------------------------------------------------------- calls */

static bedrock_client *make_client(struct player *player, const struct bedrock_credentials *keys,
                                   const struct bytes *http)
{
    static union {
        unsigned char bytes[8192];
        void *align;
    } memory;
    bedrock_client *client;
    int status;

    memset(player, 0, sizeof *player);
    player->bytes = http->data;
    player->len = http->len;
    status = bedrock_client_init_with(&client, memory.bytes, sizeof memory.bytes,
                                      &(struct bedrock_config){
                                          .region = "us-east-1",
                                          .port = &player_port,
                                          .credentials = keys,
                                          .transport_ctx = player,
                                          .max_attempts = 1,
                                      },
                                      &memory_class);
    bench_check(status == BEDROCK_OK, "a client");
    return client;
}

/* Runs a call to its end and counts its events; 0: it failed. */
static size_t run(bedrock_client *client)
{
    struct bedrock_event event;
    size_t events = 0;
    int status;

    while ((status = bedrock_next(client, &event)) > 0) {
        events++;
    }
    return status == 0 ? events : 0;
}

static void measure_call(bedrock_client *client, struct player *player,
                         const struct bedrock_converse *request, const char *id)
{
    size_t events;

    player->at = 0;
    player->asked = 0;
    bench_begin();
    bedrock_converse(client, request);
    events = run(client);
    bench_end(id, 1);
    bench_check(events > 0, id);
}

/* The first call of the day derives the signing key; the one after it finds it there. */
static void measure_unary(const struct bedrock_credentials *keys,
                          const struct bedrock_converse *request)
{
    struct bytes reply = {0}, http = {0};
    struct player player;
    bedrock_client *client;

    sample_reply(&reply, 3);
    put_answer(&http, "200 OK", "Content-Type: application/json\r\nx-amzn-RequestId: id\r\n",
               reply.data, reply.len, FRAMED_LENGTH, 0);
    client = make_client(&player, keys, &http);
    measure_call(client, &player, request, "call_cold");
    measure_call(client, &player, request, "call_warm");
    client = make_client(&player, BEDROCK_API_KEY("a-key"), &http);
    measure_call(client, &player, request, "call_api_key");
    bytes_free(&reply);
    bytes_free(&http);
}

/* From the first event on: what goes before it is the request. */
static void measure_stream(const struct bedrock_converse *request)
{
    struct bytes http = {0};
    struct player player;
    struct bedrock_event event;
    bedrock_client *client;
    size_t events;

    sample_stream_answer(&http);
    client = make_client(&player, BEDROCK_API_KEY("a-key"), &http);
    bedrock_converse_stream(client, request);
    bench_check(bedrock_next(client, &event) > 0, "call_stream");
    bench_begin();
    events = run(client);
    bench_end("call_stream", SAMPLE_MESSAGES - 1);
    bench_check(events >= SAMPLE_MESSAGES - 1, "call_stream");
    bytes_free(&http);
}

/* Likewise from the picture's first bytes on. The unit is a character of its base64. */
static void measure_picture(void)
{
    static uint8_t bytes[1024];
    const struct bedrock_invoke_model request = {
        .model_id = "amazon.titan-image-generator-v2:0",
        .body = BEDROCK_IMAGE_PROMPT(.text = "a lighthouse", .width = 512, .height = 512),
    };
    struct bytes reply = {0}, http = {0};
    struct player player;
    struct bedrock_read read = {0};
    bedrock_client *client;
    size_t len, all = 0;
    int status;

    sample_picture(&reply);
    put_answer(&http, "200 OK", "Content-Type: application/json\r\n", reply.data, reply.len,
               FRAMED_LENGTH, 0);
    client = make_client(&player, BEDROCK_API_KEY("a-key"), &http);
    bedrock_invoke_model(client, &request);
    bench_check(bedrock_read(client, &read, bytes, 1, &len) > 0, "call_picture");
    bench_begin();
    while ((status = bedrock_read(client, &read, bytes, sizeof bytes, &len)) > 0) {
        all += len;
    }
    bench_end("call_picture", reply.len);
    bench_check(status == 0 && all == SAMPLE_PICTURE_SIZE - 1, "call_picture");
    bytes_free(&reply);
    bytes_free(&http);
}

void bench_client(void)
{
    struct bytes prose = {0}, token = {0};
    struct bedrock_credentials keys = {.get = bedrock_credentials_get_static};

    sample_prose(&prose, 180);
    sample_token(&token);
    keys.keys.access_key_id = "AKIDEXAMPLE";
    keys.keys.secret_access_key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    keys.keys.session_token = token.data;
    measure_unary(&keys, make_request(&prose));
    measure_stream(make_request(&prose));
    measure_picture();
    bytes_free(&prose);
    bytes_free(&token);
}
