/* SPDX-License-Identifier: MIT */
/* What the simulator sends, whole and broken: HTTP, frames, faults. */
#define _POSIX_C_SOURCE 200809L

#include "client.h"
#include "test.h"

#include <stdint.h>

#define HELLO SAY("Hello")
#define HEAD  "Host: localhost:%d\r\nAuthorization: Bearer test-bedrock-key\r\n"

static struct simulator simulator;

/* The frames of the last answer, as a check of our own reads them. */
struct frames {
    int count;
    int is_broken;   /* a CRC or a length is wrong */
    int is_cut;      /* bytes are left at the end */
    char types[512]; /* event types, in order, each with a space behind */
    char text[8192]; /* all payloads */
};

static uint32_t crc_of(const unsigned char *data, size_t len)
{
    uint32_t crc = 0xffffffff;
    size_t i;
    int bit;

    for (i = 0; i < len; i++) {
        crc ^= data[i];
        for (bit = 0; bit < 8; bit++) {
            crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320 : 0);
        }
    }
    return ~crc;
}

static uint32_t number_at(const unsigned char *data)
{
    return (uint32_t)data[0] << 24 | (uint32_t)data[1] << 16 | (uint32_t)data[2] << 8 | data[3];
}

/* The first header names the event or exception. */
static void note_frame(struct frames *frames, const unsigned char *frame, size_t headers_len,
                       size_t total)
{
    const unsigned char *value = frame + 12 + 1 + frame[12] + 3;
    size_t len = value[-1];
    size_t payload = 12 + headers_len;

    frames->count++;
    if (strlen(frames->types) + len + 2 < sizeof frames->types) {
        strncat(frames->types, (const char *)value, len);
        strcat(frames->types, " ");
    }
    if (strlen(frames->text) + total - payload < sizeof frames->text) {
        strncat(frames->text, (const char *)frame + payload, total - 4 - payload);
    }
}

static void read_frames(struct frames *frames)
{
    const unsigned char *at = (const unsigned char *)answer_body;
    size_t left = answer_body_len;

    memset(frames, 0, sizeof *frames);
    while (left >= 16) {
        uint32_t total = number_at(at);
        uint32_t headers_len = number_at(at + 4);

        if (total < 16 || headers_len > total - 16 || crc_of(at, 8) != number_at(at + 8)) {
            frames->is_broken = 1;
            return;
        }
        if (total > left) {
            break;
        }
        if (crc_of(at, total - 4) != number_at(at + total - 4)) {
            frames->is_broken = 1;
            return;
        }
        note_frame(frames, at, headers_len, total);
        at += total;
        left -= total;
    }
    frames->is_cut = left > 0;
}

static void stream(struct frames *frames, const char *model, const char *body)
{
    char path[256];

    snprintf(path, sizeof path, "/model/%s/converse-stream", model);
    client_post(&simulator, path, body);
    read_frames(frames);
}

static int send_raw(const char *format)
{
    char request[2048];

    snprintf(request, sizeof request, format, simulator.port);
    return client_raw(&simulator, request);
}

static void http_is_strict(void)
{
    CHECK_INT(send_raw("GET /async-invoke HTTP/1.1\r\n" HEAD "\r\n"), 200);
    CHECK_INT(send_raw("GET /async-invoke HTTP/1.0\r\n" HEAD "\r\n"), 400);
    CHECK_INT(send_raw("GET  /async-invoke HTTP/1.1\r\n" HEAD "\r\n"), 400);
    CHECK_INT(send_raw("GET async-invoke HTTP/1.1\r\n" HEAD "\r\n"), 400);
    CHECK_INT(send_raw("GET /async-invoke HTTP/1.1\r\n" HEAD "Bad\r\n\r\n"), 400);
    CHECK_INT(send_raw("GET /async-invoke HTTP/1.1\r\n" HEAD "Bad : x\r\n\r\n"), 400);
    CHECK_INT(send_raw("GET /async-invoke HTTP/1.1\r\n" HEAD "Accept:\r\n\r\n"), 400);
    CHECK_INT(send_raw("GET /async-invoke HTTP/1.1\r\n" HEAD "A: b\nC: d\r\n\r\n"), 400);
    CHECK_INT(send_raw("GET /async-invoke HTTP/1.1\r\n" HEAD "A: b\r\n c\r\n\r\n"), 400);
    CHECK_INT(send_raw("GET /async-invoke HTTP/1.1\r\n" HEAD "A: b\r\nA: c\r\n\r\n"), 400);
    CHECK_INT(send_raw("GET /async-invoke HTTP/1.1\r\nHost: example.com\r\n" BEARER "\r\n"), 400);
    CHECK_INT(send_raw("GET /async-invoke HTTP/1.1\r\n" BEARER "\r\n"), 400);
    CHECK_INT(send_raw("GET /nowhere HTTP/1.1\r\n" HEAD "\r\n"), 404);
    CHECK(head_has("x-amzn-ErrorType: UnknownOperationException:"));
}

static void bodies_have_their_length(void)
{
    static const char post[] = "POST /model/m/converse HTTP/1.1\r\n" HEAD;
    static const struct {
        const char *headers;
        const char *body;
        int status;
    } cases[] = {
        {"Content-Type: application/json\r\nContent-Length: 59\r\n", HELLO, 200},
        {"Content-Type: application/json\r\nContent-Length: 58\r\n", HELLO, 400},
        {"Content-Type: application/json\r\nContent-Length: +59\r\n", HELLO, 400},
        {"Content-Type: application/json\r\n", HELLO, 411},
        {"Content-Type: application/json\r\nContent-Length: 99999999\r\n", HELLO, 413},
        {"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n", 400},
        {"Content-Type: text/plain\r\nContent-Length: 59\r\n", HELLO, 415},
        {"Content-Length: 59\r\n", HELLO, 415},
    };
    char request[1024];
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        snprintf(request, sizeof request, "%s%s\r\n%s", post, cases[i].headers, cases[i].body);
        test_context("%s", cases[i].headers);
        CHECK_INT(send_raw(request), cases[i].status);
    }
    test_context(NULL);
}

static void connections_are_kept(void)
{
    int fd = client_connect(&simulator);
    int i;

    for (i = 0; i < 3; i++) {
        client_write(fd, "POST", "/model/m/converse", BEARER, HELLO);
        client_read(fd, 3000);
        CHECK_INT(answer_status, 200);
        CHECK(answer_is_complete && head_has("Connection: keep-alive\r\n"));
    }
    close(fd);
}

static void streams_are_framed(void)
{
    struct frames frames;

    stream(&frames, "m", SAY("Hi there"));
    CHECK(answer_is_complete && !frames.is_broken && !frames.is_cut);
    CHECK(head_has("Content-Type: application/vnd.amazon.eventstream\r\n"));
    CHECK(head_has("Transfer-Encoding: chunked\r\n"));
    CHECK_TEXT(frames.types, "messageStart contentBlockDelta contentBlockDelta contentBlockDelta "
                             "contentBlockDelta contentBlockStop messageStop metadata ");
    CHECK(strstr(frames.text, "{\"text\":\" there\"}") != NULL);
    CHECK(strstr(frames.text, "\"p\":\"abcdefg\"") != NULL);
    CHECK(strstr(frames.text, "\"serverToolUsage\":{}") != NULL);
}

static void models_have_shapes(void)
{
    static const char tools[] =
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"a\"}]}],"
        "\"toolConfig\":{\"tools\":[{\"toolSpec\":{\"name\":\"get_weather\","
        "\"inputSchema\":{\"json\":{\"type\":\"object\"}}}}]}}";
    struct frames frames;

    stream(&frames, "sim.echo", SAY("\\ud83d\\ude00"));
    CHECK(strstr(frames.text, "\"\\ud83d\"") && strstr(frames.text, "\"\\ude00\""));
    stream(&frames, "sim.tools", tools);
    CHECK(strncmp(frames.types, "messageStart contentBlockStart contentBlockDelta ", 49) == 0);
    CHECK(strstr(frames.text, "\"name\":\"get_weather\"") &&
          strstr(frames.text, "{\"input\":\"\"}"));
    CHECK(strstr(frames.text, "\"stopReason\":\"tool_use\"") != NULL);
    stream(&frames, "sim.reasoning", HELLO);
    CHECK(strstr(frames.text, "\"signature\":\"") && strstr(frames.text, "\"redactedContent\":\""));
    stream(&frames, "sim.citations", HELLO);
    CHECK(strstr(frames.text, "{\"citation\":{\"location\":") != NULL);
    stream(&frames, "sim.unknown", HELLO);
    CHECK(strstr(frames.types, "weatherReport ") && strstr(frames.text, "hologram"));
    stream(&frames, "sim.guardrail", HELLO);
    CHECK(strstr(frames.text, "guardrail_intervened") &&
          strstr(frames.text, "\"outputTokens\":7.0"));
    stream(&frames, "sim.empty", HELLO);
    CHECK_TEXT(frames.types, "messageStart messageStop metadata ");
    client_post(&simulator, "/model/sim.long%3A100000/converse", HELLO);
    CHECK(answer_is_complete && answer_body_len > 100000);
    client_post(&simulator, "/model/sim.image-out/converse", HELLO);
    CHECK(answer_has("{\"image\":{\"format\":\"png\",\"source\":{\"bytes\":\"iVBORw0KGgo"));
    client_post(&simulator, "/model/sim.tools/converse", tools);
    CHECK(answer_has(
        "{\"toolUse\":{\"input\":{\"city\":\"Paris\"},\"name\":\"get_weather\",\"toolUseId\""));
}

static void limits_end_the_text(void)
{
    client_post(&simulator, "/model/m/converse",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"one two three\"}]}],"
                "\"inferenceConfig\":{\"maxTokens\":3}}");
    CHECK(answer_has("{\"text\":\"You said: one\"}") &&
          answer_has("\"stopReason\":\"max_tokens\""));
    client_post(&simulator, "/model/m/converse",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"one two three\"}]}],"
                "\"additionalModelResponseFieldPaths\":[\"/stop_sequence\"],"
                "\"inferenceConfig\":{\"stopSequences\":[\"two\"]}}");
    CHECK(answer_has("{\"text\":\"You said: one \"}") && answer_has("\"stop_sequence\":\"two\""));
}

static void errors_have_the_services_form(void)
{
    client_post(&simulator,
                "/model/sim.fault.status%3A429%3AThrottlingException%3ASlow%20down/converse",
                HELLO);
    CHECK_INT(answer_status, 429);
    CHECK(head_has("x-amzn-ErrorType: ThrottlingException:http://internal.amazon.com/coral/"));
    CHECK_TEXT(answer_body, "{\"message\":\"Slow down\"}");
    client_post(&simulator, "/model/sim.fault.html%3A502/converse", HELLO);
    CHECK(answer_status == 502 && answer_has("<html>") && head_has("Content-Type: text/html"));
    client_post(&simulator, "/model/sim.fault.retry-after%3A7/converse", HELLO);
    CHECK(answer_status == 429 && head_has("\r\nRetry-After: 7\r\n"));
    client_post(&simulator, "/model/sim.fault.x-retry-after%3A1500/converse", HELLO);
    CHECK(answer_status == 429 && head_has("\r\nx-amz-retry-after: 1500\r\n"));
    client_post(&simulator, "/model/sim.fault.early-error/converse", HELLO);
    CHECK(answer_status == 413 && head_has("Connection: close"));
    client_post(&simulator, "/model/sim.fault.big-header/converse", HELLO);
    CHECK(answer_status == 200 && answer_is_complete && answer_raw_len > 20000);
    client_post(&simulator, "/model/sim.fault.nonsense/converse", HELLO);
    CHECK(answer_status == 400 && answer_has("no such fault"));
}

static void faults_run_out(void)
{
    static const char path[] = "/model/sim.fault.status%3A503*2/converse";

    CHECK_INT(client_post(&simulator, path, HELLO), 503);
    CHECK_INT(client_post(&simulator, path, HELLO), 503);
    CHECK_INT(client_post(&simulator, path, HELLO), 200);
    CHECK_INT(client_post(&simulator, path, HELLO), 200);
}

static void answers_break_off(void)
{
    client_post(&simulator, "/model/sim.fault.close-before/converse", HELLO);
    CHECK_INT((int)answer_raw_len, 0);
    client_post(&simulator, "/model/sim.fault.reset%3A20/converse", HELLO);
    CHECK(answer_was_reset && answer_raw_len == 20);
    client_post(&simulator, "/model/sim.fault.cut%3A10/converse", HELLO);
    CHECK(!answer_is_complete && !answer_was_reset && answer_body_len == 10);
    client_post(&simulator, "/model/sim.fault.truncate%3A10/converse", HELLO);
    CHECK(!answer_is_complete && answer_body_len == 10);
    client_post(&simulator, "/model/sim.fault.content-length-lie/converse", HELLO);
    CHECK(!answer_is_complete && answer_body_len > 300);
    client_post(&simulator, "/model/sim.fault.bytes%3A1/converse", HELLO);
    CHECK(answer_is_complete && answer_status == 200);
    client_post(&simulator, "/model/sim.fault.chunk%3A1;bytes%3A3/converse", HELLO);
    CHECK(answer_is_complete && head_has("Transfer-Encoding: chunked"));
}

static void answers_stall(void)
{
    char begin[30];
    int fd = client_connect(&simulator);

    client_write(fd, "POST", "/model/sim.fault.stall%3A30/converse", BEARER, HELLO);
    CHECK_INT(recv(fd, begin, sizeof begin, MSG_WAITALL), sizeof begin);
    CHECK(memcmp(begin, "HTTP/1.1 200 OK\r\nDate: ", 23) == 0);
    client_read(fd, 300);
    CHECK(answer_raw_len == 0 && recv(fd, begin, 1, MSG_DONTWAIT) < 0);
    close(fd);
    fd = client_connect(&simulator);
    client_write(fd, "POST", "/model/sim.fault.stall-head/converse", BEARER, HELLO);
    client_read(fd, 300);
    CHECK(answer_raw_len == 0 && recv(fd, begin, 1, MSG_DONTWAIT) < 0);
    close(fd);
}

static void stale_connections_close(void)
{
    int fd = client_connect(&simulator);

    client_write(fd, "POST", "/model/sim.fault.stale/converse", BEARER, HELLO);
    client_read(fd, 3000);
    CHECK(answer_is_complete && answer_status == 200);
    client_write(fd, "POST", "/model/m/converse", BEARER, HELLO);
    client_read(fd, 3000);
    CHECK(answer_raw_len == 0 && !answer_is_complete);
    close(fd);
}

static void streams_break_off(void)
{
    struct frames frames;

    stream(&frames, "sim.fault.corrupt%3A40", HELLO);
    CHECK(frames.is_broken && answer_is_complete);
    stream(&frames, "sim.fault.cut%3A300", HELLO);
    CHECK(frames.is_cut && !answer_is_complete && answer_body_len == 300);
    stream(&frames, "sim.fault.exception%3AthrottlingException%3A2%3AWait", HELLO);
    CHECK_TEXT(frames.types,
               "messageStart contentBlockDelta contentBlockDelta throttlingException ");
    CHECK(strstr(frames.text, "{\"message\":\"Wait\"}") && answer_is_complete);
    stream(&frames, "sim.fault.exception%3AmodelStreamErrorException", HELLO);
    CHECK(strstr(frames.text, "\"originalStatusCode\":424") != NULL);
    stream(&frames, "sim.fault.error-frame", HELLO);
    CHECK_TEXT(frames.types, "messageStart contentBlockDelta error ");
    stream(&frames, "sim.fault.no-stop", HELLO);
    CHECK(strstr(frames.types, "messageStop") == NULL && answer_is_complete);
    stream(&frames, "sim.fault.no-metadata", HELLO);
    CHECK(strstr(frames.types, "messageStop ") && strstr(frames.types, "metadata") == NULL);
    stream(&frames, "sim.fault.content-length-lie", HELLO);
    CHECK(strstr(frames.types, "metadata ") && !answer_is_complete);
}

static void options_apply_to_all(void)
{
    char *options[] = {"--fault", "status:500*1", "--fault", "interim", NULL};
    struct simulator other;

    REQUIRE(simulator_start(&other, options) == 0);
    client_call(&other, "POST", "/model/m/converse", BEARER "Connection: close\r\n", HELLO);
    CHECK(strstr(answer_raw, "HTTP/1.1 500 ") != NULL);
    client_call(&other, "POST", "/model/m/converse", BEARER "Connection: close\r\n", HELLO);
    CHECK(strncmp(answer_raw, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 ", 38) == 0);
    CHECK(strstr(answer_raw, "HTTP/1.1 200 OK") != NULL);
    CHECK_INT(simulator_stop(&other), 0);
}

static void wrong_options_are_refused(void)
{
    char *options[] = {"--fault", "nonsense", NULL};
    struct simulator other;

    CHECK(simulator_start(&other, options) != 0);
    CHECK_INT(simulator_stop(&other), 2);
}

int main(void)
{
    if (simulator_start(&simulator, NULL) != 0) {
        fputs("cannot run the simulator\n", stderr);
        return 1;
    }
    RUN(http_is_strict);
    RUN(bodies_have_their_length);
    RUN(connections_are_kept);
    RUN(streams_are_framed);
    RUN(models_have_shapes);
    RUN(limits_end_the_text);
    RUN(errors_have_the_services_form);
    RUN(faults_run_out);
    RUN(answers_break_off);
    RUN(answers_stall);
    RUN(stale_connections_close);
    RUN(streams_break_off);
    RUN(options_apply_to_all);
    RUN(wrong_options_are_refused);
    simulator_stop(&simulator);
    return test_finish();
}
