/* SPDX-License-Identifier: MIT */
/* The tokenizer on four kinds of text, whole and in pieces; the writer. */
#include "bedrock/json.h"
#include "bench/bench.h"
#include "bench/samples.h"

/* ----------------------------------------------------------------- reading */

/* Reads a text in pieces, as its readers do. Returns how many tokens and pieces of tokens it gave;
 * 0: it is no JSON. */
static size_t read_text(const char *text, size_t len, size_t piece)
{
    struct bedrock_json json;
    struct bedrock_json_event event;
    const char *in = text, *end = text + len, *stop;
    size_t events = 0;
    int status = 0;

    bedrock_json_init(&json);
    while (in < end && status == 0) {
        stop = (size_t)(end - in) < piece ? end : in + piece;
        while ((status = bedrock_json_next(&json, &in, stop, &event)) > 0) {
            events++;
        }
    }
    return status == 0 && bedrock_json_finish(&json, &event) == BEDROCK_OK ? events : 0;
}

static void measure_reading(const struct bytes *json, size_t piece, const char *id)
{
    size_t events;

    bench_begin();
    events = read_text(json->data, json->len, piece);
    bench_end(id, json->len);
    bench_check(events > 0, id);
}

static void make_reply(struct bytes *json)
{
    sample_reply(json, 7);
}

void bench_json_read(void)
{
    static const struct {
        void (*make)(struct bytes *json);
        const char *whole, *in_64, *in_1;
    } samples[] = {
        {make_reply, "json_reply", "json_reply_64", "json_reply_1"},
        {sample_picture, "json_picture", "json_picture_64", "json_picture_1"},
        {sample_dense, "json_dense", "json_dense_64", "json_dense_1"},
        {sample_vector, "json_vector", "json_vector_64", "json_vector_1"},
    };
    size_t i;

    for (i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct bytes json = {0};

        samples[i].make(&json);
        measure_reading(&json, json.len, samples[i].whole);
        measure_reading(&json, 64, samples[i].in_64);
        measure_reading(&json, 1, samples[i].in_1);
        bytes_free(&json);
    }
}

/* ----------------------------------------------------------------- writing */

static void write_prose(struct bedrock_json_writer *json, const struct bytes *bytes)
{
    bedrock_json_put_string(json, bytes->data, bytes->len);
}

static void write_base64(struct bedrock_json_writer *json, const struct bytes *bytes)
{
    struct bedrock_source source = {.data = bytes->data, .len = (uint32_t)bytes->len};

    bedrock_json_put_base64(json, &source);
}

/* Names and short values, as in the head and the foot of every request. */
static void write_dense(struct bedrock_json_writer *json, const struct bytes *bytes)
{
    unsigned i;

    (void)bytes;
    bedrock_json_begin_array(json);
    for (i = 0; i < 100; i++) {
        bedrock_json_begin_object(json);
        bedrock_json_put_key(json, "role");
        bedrock_json_put_text(json, "user");
        bedrock_json_put_key(json, "maxTokens");
        bedrock_json_put_integer(json, 1000 + i);
        bedrock_json_put_key(json, "temperature");
        bedrock_json_put_number(json, "0.25");
        bedrock_json_put_key(json, "cached");
        bedrock_json_put_bool(json, 1);
        bedrock_json_end_object(json);
    }
    bedrock_json_end_array(json);
}

/* A value that is JSON already, as a history is and the schema of a tool: checked, then copied. */
static void write_raw(struct bedrock_json_writer *json, const struct bytes *bytes)
{
    bedrock_json_put_raw(json, bytes->data, bytes->len);
}

static void measure_writing(void (*write)(struct bedrock_json_writer *, const struct bytes *),
                            const struct bytes *bytes, const char *id)
{
    struct bedrock_output out;
    struct bedrock_json_writer json;

    bench_begin();
    bench_sink(&out);
    bedrock_json_writer_init(&json, &out);
    write(&json, bytes);
    bench_end(id, out.count);
    bench_check(bedrock_json_writer_finish(&json) == 0, id);
}

void bench_json_write(void)
{
    struct bytes prose = {0}, noise = {0}, reply = {0};

    sample_prose(&prose, 65536);
    sample_noise(&noise, 49152);
    make_reply(&reply);
    measure_writing(write_prose, &prose, "write_prose");
    measure_writing(write_dense, NULL, "write_dense");
    measure_writing(write_base64, &noise, "write_base64");
    measure_writing(write_raw, &reply, "write_raw");
    bytes_free(&prose);
    bytes_free(&noise);
    bytes_free(&reply);
}
