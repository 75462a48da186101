/* SPDX-License-Identifier: MIT */
/* bedrock_json_put_source(): bytes where a value stands, whole and through every window. */
#include "rendering.h"

#include "test.h"

/* A source that notes what it was asked for. */
struct asked {
    uint32_t calls, bytes, most, beyond;
    uint32_t fail_at; /* the call that fails; 0: none */
    int failure;
};

static char byte_at(uint32_t off)
{
    return (char)('A' + off % 26);
}

static int read_at(void *ctx, uint32_t off, void *dst, size_t len)
{
    struct asked *asked = ctx;
    size_t i;

    asked->calls++;
    asked->bytes += (uint32_t)len;
    asked->most = len > asked->most ? (uint32_t)len : asked->most;
    asked->beyond = off + (uint32_t)len > asked->beyond ? off + (uint32_t)len : asked->beyond;
    if (asked->calls == asked->fail_at) {
        return asked->failure;
    }
    for (i = 0; i < len; i++) {
        ((char *)dst)[i] = byte_at(off + (uint32_t)i);
    }
    return 0;
}

/* ["",<source>,<source>] */
static int render(struct bedrock_json_writer *json, const struct bedrock_source *source)
{
    bedrock_json_begin_array(json);
    bedrock_json_put_text(json, "");
    bedrock_json_put_source(json, source);
    bedrock_json_put_source(json, source);
    bedrock_json_end_array(json);
    return bedrock_json_writer_finish(json);
}

static size_t expected(char *want, uint32_t len)
{
    size_t at = 4;
    uint32_t i, turn;

    memcpy(want, "[\"\",", 4);
    for (turn = 0; turn < 2; turn++) {
        for (i = 0; i < len; i++) {
            want[at++] = byte_at(i);
        }
        want[at++] = turn == 0 ? ',' : ']';
    }
    return at;
}

static void every_window(void)
{
    static const uint32_t lens[] = {0, 1, 63, 64, 65, 128, 200};
    static const size_t limits[] = {1, 5, 64, 1000};
    static struct rendering window;
    char want[1000], bytes[200];
    size_t i, j, len, from, take;
    int memory;

    for (i = 0; i < 200; i++) {
        bytes[i] = byte_at((uint32_t)i);
    }
    for (i = 0; i < 7; i++) {
        len = expected(want, lens[i]);
        for (memory = 0; memory < 2; memory++) {
            for (from = 0; from <= len; from++) {
                for (j = 0; j < 4; j++) {
                    struct asked asked = {0};
                    struct bedrock_source source = {read_at, &asked, lens[i], NULL};

                    source.data = memory ? bytes : NULL;
                    take = len - from < limits[j] ? len - from : limits[j];
                    test_context("%u bytes, from %zu, %zu", (unsigned)lens[i], from, limits[j]);
                    CHECK_INT(render(rendering_start(&window, (uint32_t)from, limits[j]), &source),
                              take < len - from ? RENDERING_FULL : 0);
                    CHECK_BYTES(window.text, window.len, want + from, take);
                    CHECK(asked.most <= 64 && asked.beyond <= lens[i]);
                    CHECK(asked.bytes <= take + 2 * 64);
                    CHECK(!memory || asked.calls == 0);
                }
            }
        }
    }
}

/* An output that only counts asks for nothing. */
static void counting_reads_nothing(void)
{
    struct asked asked = {0};
    const struct bedrock_source source = {read_at, &asked, 4000000000u, NULL};
    struct bedrock_json_writer json;
    struct bedrock_output out;

    bedrock_output_init(&out, NULL, NULL, 0);
    bedrock_json_writer_init(&json, &out);
    CHECK_INT(bedrock_json_put_source(&json, &source), 0);
    CHECK_INT(bedrock_json_writer_finish(&json), 0);
    CHECK_INT(out.count, 4000000000u);
    CHECK_INT(asked.calls, 0);
}

static void more_than_can_be_counted(void)
{
    struct asked asked = {0};
    const struct bedrock_source source = {read_at, &asked, 4000000000u, NULL};
    const struct bedrock_source in_memory = {NULL, NULL, 4000000000u, ""};
    struct bedrock_json_writer json;
    struct bedrock_output out;

    bedrock_output_init(&out, NULL, NULL, 0);
    bedrock_json_writer_init(&json, &out);
    bedrock_json_begin_array(&json);
    CHECK_INT(bedrock_json_put_source(&json, &source), 0);
    CHECK_INT(bedrock_json_put_source(&json, &in_memory), BEDROCK_E_ARGUMENT);
    bedrock_output_init(&out, NULL, NULL, 0);
    bedrock_json_writer_init(&json, &out);
    bedrock_json_begin_array(&json);
    CHECK_INT(bedrock_json_put_source(&json, &source), 0);
    CHECK_INT(bedrock_json_put_source(&json, &source), BEDROCK_E_ARGUMENT);
    CHECK(asked.calls <= 1);
}

static void a_source_that_fails(void)
{
    static const int failures[] = {-1000, -1, 1, BEDROCK_E_READ};
    static struct rendering whole;
    uint32_t at;
    size_t i;

    for (i = 0; i < 4; i++) {
        for (at = 1; at <= 4; at++) {
            struct asked asked = {0, 0, 0, 0, at, failures[i]};
            const struct bedrock_source source = {read_at, &asked, 200, NULL};

            CHECK_INT(render(rendering_whole(&whole), &source), failures[i]);
            CHECK_INT(asked.calls, at); /* and is left alone then */
            CHECK_INT(whole.len, 4 + (at - 1) * 64);
        }
    }
}

static void only_where_a_value_stands(void)
{
    static const struct bedrock_source source = {NULL, NULL, 1, "7"};
    static struct rendering whole;
    struct bedrock_json_writer *json = rendering_whole(&whole);

    bedrock_json_begin_object(json);
    CHECK_INT(bedrock_json_put_source(json, &source), BEDROCK_E_STATE);
    json = rendering_whole(&whole);
    CHECK_INT(bedrock_json_put_source(json, &source), 0);
    CHECK_INT(bedrock_json_put_source(json, &source), BEDROCK_E_STATE);
    CHECK_BYTES(whole.text, whole.len, "7", 1);
    json = rendering_whole(&whole);
    bedrock_json_begin_string(json);
    CHECK_INT(bedrock_json_put_source(json, &source), BEDROCK_E_STATE);
}

int main(void)
{
    RUN(every_window);
    RUN(counting_reads_nothing);
    RUN(more_than_can_be_counted);
    RUN(a_source_that_fails);
    RUN(only_where_a_value_stands);
    return test_finish();
}
