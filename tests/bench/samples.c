/* SPDX-License-Identifier: MIT */
#include "bench/samples.h"

#include "bedrock/base64.h"

static void put_number(struct bytes *bytes, const char *format, unsigned value)
{
    char text[64];

    snprintf(text, sizeof text, format, value);
    bytes_text(bytes, text);
}

/* Numerical Recipes' generator: the upper half of it looks random enough. */
static unsigned next_noise(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 16;
}

void sample_noise(struct bytes *bytes, size_t len)
{
    uint32_t state = 1;
    size_t i;

    for (i = 0; i < len; i++) {
        char c = (char)(next_noise(&state) & 0x7f);

        bytes_put(bytes, &c, 1);
    }
}

void sample_prose(struct bytes *bytes, size_t len)
{
    static const char prose[] = "Sunlight holds all colours. Air scatters its short waves, which "
                                "are blue, far more than the long ones, which are red: so blue "
                                "comes from everywhere, and the sun itself looks a little yellow. ";
    size_t n;

    for (; len > 0; len -= n) {
        n = len < sizeof prose - 1 ? len : sizeof prose - 1;
        bytes_put(bytes, prose, n);
    }
}

void sample_base64(struct bytes *bytes, size_t len)
{
    struct bytes noise = {0};
    char *text = some_memory(BEDROCK_BASE64_ENCODED_SIZE(len));

    sample_noise(&noise, len);
    bytes_put(bytes, text, bedrock_base64_encode(text, noise.data, len));
    free(text);
    bytes_free(&noise);
}

void sample_token(struct bytes *bytes)
{
    sample_base64(bytes, 750);
}

void sample_reply(struct bytes *json, unsigned paragraphs)
{
    unsigned i;

    bytes_text(json, "{\"metrics\":{\"latencyMs\":1812},\"output\":{\"message\":{\"content\":[{"
                     "\"text\":\"");
    for (i = 1; i <= paragraphs; i++) {
        put_number(json, "%u. **\\\"Rayleigh\\\"**: ", i);
        sample_prose(json, 230);
        bytes_text(json, "\\n\\n");
    }
    bytes_text(json, "\"}],\"role\":\"assistant\"}},\"stopReason\":\"end_turn\",\"usage\":{"
                     "\"cacheReadInputTokens\":0,\"cacheWriteInputTokens\":0,\"inputTokens\":24,"
                     "\"outputTokens\":421,\"totalTokens\":445}}");
}

void sample_picture(struct bytes *json)
{
    bytes_text(json, "{\"images\":[\"");
    sample_base64(json, SAMPLE_PICTURE_SIZE);
    bytes_text(json, "\"],\"seeds\":[12345],\"finish_reasons\":[null]}");
}

void sample_vector(struct bytes *json)
{
    uint32_t state = 2;
    unsigned i;

    bytes_text(json, "{\"embedding\":[");
    for (i = 0; i < 1536; i++) {
        bytes_text(json, i == 0 ? "" : ",");
        bytes_text(json, next_noise(&state) & 1 ? "-" : "");
        put_number(json, "0.0%u", 100000000 + next_noise(&state) * 10000);
    }
    bytes_text(json, "],\"inputTextTokenCount\":8}");
}

static void put_dense(struct bytes *json, unsigned number)
{
    put_number(json, "    {\n      \"id\": 50587492409%u,\n", 58156810 + number);
    put_number(json, "      \"id_str\": \"50587492409%u\",\n", 58156810 + number);
    bytes_text(json, "      \"created_at\": \"Sun Aug 31 00:29:15 +0000 2014\",\n"
                     "      \"text\": \"@sora\\n\\n空が青いのは、空気が短い波をよく散らすから"
                     "です。夕方の光は長い道を通り、赤く見えます。\",\n"
                     "      \"source\": \"<a href=\\\"http://example.com/download/phone\\\" "
                     "rel=\\\"nofollow\\\">Example for Phones</a>\",\n"
                     "      \"truncated\": false,\n      \"in_reply_to\": null,\n"
                     "      \"user\": {\n        \"name\": \"空\",\n        \"location\": \"\",\n"
                     "        \"url\": \"http://example.com/sora\",\n"
                     "        \"description\": \"毎日の空。写真と、天気と、灯台のこと。\",\n"
                     "        \"profile_image_url\": \"http://images.example.com/profile_images"
                     "/497760886795153410/normal.jpeg\",\n"
                     "        \"entities\": {\n          \"description\": {\n"
                     "            \"urls\": []\n          }\n        },\n"
                     "        \"protected\": false,\n        \"followers_count\": 262,\n"
                     "        \"friends_count\": 252,\n        \"utc_offset\": null,\n"
                     "        \"verified\": false,\n        \"default_profile\": true\n"
                     "      },\n      \"geo\": null,\n      \"coordinates\": null,\n"
                     "      \"entities\": {\n        \"hashtags\": [],\n"
                     "        \"user_mentions\": [\n          {\n"
                     "            \"screen_name\": \"sora\",\n            \"indices\": [\n"
                     "              0,\n              5\n            ]\n          }\n        ]\n"
                     "      },\n      \"retweet_count\": 0,\n      \"lang\": \"ja\"\n    }");
}

void sample_dense(struct bytes *json)
{
    unsigned i;

    bytes_text(json, "{\n  \"statuses\": [\n");
    for (i = 0; i < 50; i++) {
        put_dense(json, i);
        bytes_text(json, i < 49 ? ",\n" : "\n");
    }
    bytes_text(json, "  ]\n}\n");
}

/* ------------------------------------------------------------------ stream */

/* The service fills its deltas up with a member "p", to hide how long the words are. */
static void put_delta(struct bytes *stream, unsigned number)
{
    static const char *const words[] = {"The", " sky", " is", " blue", " because", " air", ",\\n"};
    struct bytes payload = {0};

    bytes_text(&payload, "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"");
    bytes_text(&payload, words[number % 7]);
    bytes_text(&payload, "\"},\"p\":\"");
    bytes_put(&payload, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
              1 + number * 7 % 52);
    bytes_text(&payload, "\"}");
    put_event(stream, "contentBlockDelta", payload.data);
    bytes_free(&payload);
}

static void put_sample_message(struct bytes *stream, unsigned number)
{
    static const struct {
        const char *name, *payload;
    } ending[] = {
        {"contentBlockStop", "{\"contentBlockIndex\":0,\"p\":\"abcdefgh\"}"},
        {"messageStop", "{\"p\":\"abcdefgh\",\"stopReason\":\"end_turn\"}"},
        {"metadata", "{\"metrics\":{\"latencyMs\":1812},\"p\":\"abcd\",\"usage\":{\"inputTokens\":"
                     "24,\"outputTokens\":1000,\"totalTokens\":1024}}"},
    };

    if (number == 0) {
        put_event(stream, "messageStart", "{\"p\":\"abcdef\",\"role\":\"assistant\"}");
    } else if (number <= 1000) {
        put_delta(stream, number);
    } else {
        put_event(stream, ending[number - 1001].name, ending[number - 1001].payload);
    }
}

void sample_stream(struct bytes *stream)
{
    unsigned i;

    for (i = 0; i < SAMPLE_MESSAGES; i++) {
        put_sample_message(stream, i);
    }
}

void sample_stream_answer(struct bytes *http)
{
    unsigned i;

    bytes_text(http, "HTTP/1.1 200 OK\r\nDate: Wed, 15 Jan 2025 12:34:56 GMT\r\n"
                     "Content-Type: application/vnd.amazon.eventstream\r\n"
                     "Transfer-Encoding: chunked\r\nConnection: keep-alive\r\n"
                     "x-amzn-RequestId: 6b060059-a305-4305-9000-9fd5e7fb72b5\r\n\r\n");
    for (i = 0; i < SAMPLE_MESSAGES; i++) {
        struct bytes message = {0};

        put_sample_message(&message, i);
        put_length(http, message.len, "%zx\r\n");
        bytes_put(http, message.data, message.len);
        bytes_text(http, "\r\n");
        bytes_free(&message);
    }
    bytes_text(http, "0\r\n\r\n");
}
