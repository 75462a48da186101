/* SPDX-License-Identifier: MIT */
/* HTTP answers and the frames of a stream, whole and in pieces. */
#include "bedrock/event_stream.h"
#include "bedrock/http.h"
#include "bench/bench.h"
#include "bench/samples.h"
#include "util/crc32.h"

/* -------------------------------------------------------------------- http */

/* Reads an answer in pieces. Returns the bytes of its body; 0: it was not read to its end. */
static size_t read_answer(const char *http, size_t len, size_t piece)
{
    struct bedrock_http_response response;
    struct bedrock_http_event event = {0};
    const char *in = http, *end = http + len, *stop;
    char line[256];
    size_t body = 0;
    int status = 0;

    bedrock_http_response_init(&response, line, sizeof line, 0);
    while (in < end && status == 0) {
        stop = (size_t)(end - in) < piece ? end : in + piece;
        while ((status = bedrock_http_response_next(&response, &in, stop, &event)) > 0) {
            body += event.type == BEDROCK_HTTP_BODY ? event.len : 0;
        }
    }
    return event.type == BEDROCK_HTTP_END ? body : 0;
}

static void measure_answer(const struct bytes *http, size_t piece, size_t body_len, size_t units,
                           const char *id)
{
    size_t got;

    bench_begin();
    got = read_answer(http->data, http->len, piece);
    bench_end(id, units);
    bench_check(got == body_len, id);
}

/* Eight header lines, as a unary call is answered. */
static void make_answer(struct bytes *http, size_t body_len)
{
    struct bytes body = {0};

    sample_prose(&body, body_len);
    put_answer(http, "200 OK",
               "Date: Wed, 15 Jan 2025 12:34:56 GMT\r\n"
               "Content-Type: application/json\r\n"
               "Connection: keep-alive\r\n"
               "x-amzn-RequestId: 6b060059-a305-4305-9000-9fd5e7fb72b5\r\n"
               "X-Amzn-Bedrock-Invocation-Latency: 1812\r\n"
               "X-Amzn-Bedrock-Input-Token-Count: 24\r\n"
               "X-Amzn-Bedrock-Output-Token-Count: 421\r\n",
               body.data, body.len, FRAMED_LENGTH, 0);
    bytes_free(&body);
}

void bench_http(void)
{
    struct bytes http = {0}, stream = {0};

    make_answer(&http, 1024);
    measure_answer(&http, http.len, 1024, 1, "http_head");
    measure_answer(&http, 64, 1024, 1, "http_head_64");
    measure_answer(&http, 1, 1024, 1, "http_head_1");
    bytes_free(&http);

    sample_stream(&stream);
    sample_stream_answer(&http);
    measure_answer(&http, http.len, stream.len, SAMPLE_MESSAGES, "http_chunks");
    measure_answer(&http, 1460, stream.len, SAMPLE_MESSAGES, "http_chunks_1460");
    measure_answer(&http, 64, stream.len, SAMPLE_MESSAGES, "http_chunks_64");
    measure_answer(&http, 1, stream.len, SAMPLE_MESSAGES, "http_chunks_1");
    bytes_free(&http);
    bytes_free(&stream);
}

/* ------------------------------------------------------------ event stream */

/* Decodes messages in pieces. Returns how many there were; 0: the last one is not whole. */
static size_t decode(const char *stream, size_t len, size_t piece)
{
    struct bedrock_event_stream decoder;
    struct bedrock_event_stream_event event;
    const uint8_t *in = (const uint8_t *)stream, *end = in + len, *stop;
    uint8_t names[80];
    size_t messages = 0;
    int status = 0;

    bedrock_event_stream_init(&decoder, names, sizeof names);
    while (in < end && status == 0) {
        stop = (size_t)(end - in) < piece ? end : in + piece;
        while ((status = bedrock_event_stream_next(&decoder, &in, stop, &event)) > 0) {
            messages += event.type == BEDROCK_EVENT_STREAM_END;
        }
    }
    return bedrock_event_stream_finish(&decoder) == BEDROCK_OK ? messages : 0;
}

static void measure_decoding(const struct bytes *stream, size_t piece, size_t messages,
                             size_t units, const char *id)
{
    size_t got;

    bench_begin();
    got = decode(stream->data, stream->len, piece);
    bench_end(id, units);
    bench_check(got == messages, id);
}

/* What nobody can do without: one pass of the CRC over the same bytes. */
static void measure_crc(const struct bytes *stream, size_t units, const char *id)
{
    uint32_t crc;

    bench_begin();
    crc = bdk_crc32(0, stream->data, stream->len);
    bench_end(id, units);
    bench_check(crc != 0, id);
}

static void make_large_messages(struct bytes *stream)
{
    struct bytes payload = {0};
    unsigned i;

    sample_noise(&payload, 65536);
    for (i = 0; i < 16; i++) {
        put_message(stream, "event", ":event-type", "chunk", payload.data, payload.len);
    }
    bytes_free(&payload);
}

void bench_event_stream(void)
{
    struct bytes stream = {0}, large = {0};

    sample_stream(&stream);
    measure_decoding(&stream, stream.len, SAMPLE_MESSAGES, SAMPLE_MESSAGES, "stream_delta");
    measure_crc(&stream, SAMPLE_MESSAGES, "stream_delta_crc");
    measure_decoding(&stream, stream.len, SAMPLE_MESSAGES, stream.len, "stream_byte");
    measure_decoding(&stream, 64, SAMPLE_MESSAGES, stream.len, "stream_byte_64");
    measure_decoding(&stream, 1, SAMPLE_MESSAGES, stream.len, "stream_byte_1");
    bytes_free(&stream);

    make_large_messages(&large);
    measure_decoding(&large, large.len, 16, large.len, "stream_64k");
    measure_crc(&large, large.len, "stream_64k_crc");
    bytes_free(&large);
}
