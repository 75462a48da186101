/* SPDX-License-Identifier: MIT */
/* Vectors in fixed point: each number against one that is worked out with every digit, and the
 * loop around them. */
#include "check_reply.h"

#include "native/fixed_point.h"

#define ONE 1073741824 /* 2^30 */

static void check_number(const char *text, int32_t want)
{
    int32_t got = 7;

    test_context("%s", text);
    CHECK_INT(bdk_fixed_point(&got, text, strlen(text)), BEDROCK_OK);
    CHECK_INT(got, want);
    test_context(NULL);
}

static void check_too_large(const char *text)
{
    int32_t got = 7;

    test_context("%s", text);
    CHECK_INT(bdk_fixed_point(&got, text, strlen(text)), BEDROCK_E_JSON_SHAPE);
    CHECK_INT(got, 7);
    test_context(NULL);
}

static void reads_numbers(void)
{
    check_number("0", 0);
    check_number("-0", 0);
    check_number("0.0", 0);
    check_number("1", ONE);
    check_number("-1", -ONE);
    check_number("1E0", ONE);
    check_number("10e-1", ONE);
    check_number("0.1e+1", ONE);
    check_number("0.5", ONE / 2);
    check_number("-0.25", -ONE / 4);
    check_number("0.1", 107374182);          /* 107374182.4 */
    check_number("0.7", 751619277);          /* 751619276.8 */
    check_number("-1.23e-5", -13207);        /* 13207.02.. */
    check_number("1.999999999", 2147483647); /* 2147483646.93 */
    check_number("-1.5", -ONE - ONE / 2);
    check_number("123456789e-9", 132560718); /* 132560718.08.. */
    check_number("0.0000000001e10", ONE);
    check_number("0e99999999999999999999", 0);
    check_number("1e-99999999999999999999", 0);
    check_number("1e-400", 0);
    check_number("0.02001953125", 21495808); /* exact: 41/2048 */
}

/* 2^-31 is half of the last place: 0.0000000004656612873077392578125. */
static void rounds_to_the_nearest(void)
{
    check_number("0.0000000004656612873077392578125", 1);
    check_number("-4.656612873077392578125e-10", -1);
    check_number("4.656612873077392578124999999999999999999e-10", 0);
    check_number("4.656612873077392578125000000000000000001e-10", 1);
    check_number("0.5000000004656612873077392578125", ONE / 2 + 1);
    check_number("0.50000000046566128730773925781249999999", ONE / 2);
    check_number("0.9999999999999999999999999999999999999999999999999999999999999", ONE);
}

static void refuses_two_and_more(void)
{
    check_too_large("2");
    check_too_large("-2");
    check_too_large("9e0");
    check_too_large("10");
    check_too_large("0.02e2");
    check_too_large("1.99999999999");
    check_too_large("1e99999999999999999999");
    check_too_large("-123456789.5");
}

/* The same by another way: up to nine digits, in 64 bits. */
static int32_t slowly(const char *digits, int32_t places)
{
    uint64_t number = 0, scale = 1;

    for (; *digits != '\0'; digits++) {
        number = number * 10 + (unsigned)(*digits - '0');
    }
    for (; places > 0; places--) {
        scale *= 10;
    }
    return (int32_t)((2 * (number << 30) + scale) / (2 * scale));
}

static void agrees_with_long_division(void)
{
    uint32_t noise = 1;
    char digits[24], text[40];
    int i, places;

    for (i = 0; i < 100000 && !test_failed(); i++) {
        noise = noise * 1103515245u + 12345u;
        places = 1 + (int)(noise >> 16) % 9;
        snprintf(digits, sizeof digits, "%09u", noise % 1000000000u);
        digits[places] = '\0';
        snprintf(text, sizeof text, "0.%s", digits);
        check_number(text, slowly(digits, places));
        snprintf(text, sizeof text, "0.00%se2", digits);
        check_number(text, slowly(digits, places));
        digits[0] = (char)('1' + noise % 9);
        snprintf(text, sizeof text, "%sE-%d", digits, places);
        check_number(text, slowly(digits, places));
    }
}

/* ------------------------------------------------------------------ the loop */

struct reading {
    const int32_t *numbers; /* expected, of all vectors, one after another */
    const size_t *lens;
    size_t vectors, cap;
    int end;
};

static void read_vectors(struct bedrock_client *client, const struct reading *want)
{
    int32_t vector[4];
    size_t i, at = 0, len, v;
    int status;

    for (v = 0; v <= want->vectors; v++) {
        len = 0;
        do {
            status = bedrock_vector(client, vector, want->cap, &len);
        } while (status == BEDROCK_AGAIN);
        CHECK_INT(status, v < want->vectors ? BEDROCK_EVENT : want->end);
        REQUIRE(status == BEDROCK_EVENT || v == want->vectors);
        if (v < want->vectors) {
            CHECK_INT(len, want->lens[v]);
            for (i = 0; i < len; i++) {
                CHECK_INT(vector[i], want->numbers[at++]);
            }
        }
    }
    CHECK_INT(bedrock_vector(client, vector, want->cap, &len), want->end);
}

/* Over a port that is never ready twice in a row. */
static void check_reading(const char *json, const struct reading *want)
{
    static unsigned char memory[8192];
    const struct bedrock_invoke_model request = {.model_id = "m", .reply = &bedrock_reply_embed};
    struct bytes http = {0};
    struct http_answer answer = {0};
    struct fake_port fake;
    struct http_peer peer;
    bedrock_client *client;

    json = quoted(json);
    put_answer(&http, "200 OK", JSON_TYPE, json, strlen(json), FRAMED_LENGTH, 0);
    answer.bytes = http.data;
    answer.len = http.len;
    fake_port_init_nonwaiting(&fake);
    fake.again_every = 2;
    fake.read_max = 1;
    http_peer_init(&peer, &fake, &answer, 1);
    bedrock_client_init_with(&client, memory, sizeof memory,
                             &(struct bedrock_config){
                                 .region = "us-east-1",
                                 .port = &fake.port,
                                 .credentials = BEDROCK_STATIC_CREDENTIALS("id", "secret", NULL),
                                 .endpoint = BEDROCK_ENDPOINT("http://localhost:8080"),
                                 .max_attempts = 1,
                             },
                             &bedrock_plain);
    bedrock_invoke_model(client, &request);
    test_context("%s", json);
    read_vectors(client, want);
    test_context(NULL);
    fake_port_free(&fake);
    bytes_free(&http);
}

static void gives_a_vector_a_call(void)
{
    static const int32_t numbers[] = {ONE / 2, -ONE, ONE / 4};
    static const size_t lens[] = {2, 0, 1};

    check_reading("{'embeddings':[[0.5,-1],[],[2.5E-1]]}",
                  &(const struct reading){numbers, lens, 3, 2, BEDROCK_OK});
    check_reading("{'embedding':[0.5,-1,0.25],'inputTextTokenCount':5}",
                  &(const struct reading){numbers, (const size_t[]){3}, 1, 4, BEDROCK_OK});
    check_reading("{'x':1}", &(const struct reading){NULL, NULL, 0, 4, BEDROCK_E_NO_ANSWER});
}

static void ends_what_cannot_be_kept(void)
{
    check_reading("{'embedding':[0.5,-1,0.25]}",
                  &(const struct reading){NULL, NULL, 0, 2, BEDROCK_E_BUFFER});
    check_reading("{'embedding':[0.5,2]}",
                  &(const struct reading){NULL, NULL, 0, 4, BEDROCK_E_JSON_SHAPE});
    check_reading("{'embedding':[0.5",
                  &(const struct reading){NULL, NULL, 0, 4, BEDROCK_E_JSON_INCOMPLETE});
    CHECK_INT(bedrock_vector(NULL, NULL, 0, NULL), BEDROCK_E_BUFFER);
}

int main(void)
{
    RUN(reads_numbers);
    RUN(rounds_to_the_nearest);
    RUN(refuses_two_and_more);
    RUN(agrees_with_long_division);
    RUN(gives_a_vector_a_call);
    RUN(ends_what_cannot_be_kept);
    return test_finish();
}
