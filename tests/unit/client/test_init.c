/* SPDX-License-Identifier: MIT */
/* Making a client: memory of every size, settings that cannot be; and what a call needs of its
 * port and its keys. */
#include "calls.h"

#include "bedrock/tls.h"

static struct calls c;

/* In memory that begins at an odd place, and ends where the sanitizer looks. */
static void every_size(size_t off, const struct bedrock_transport_class *transport, size_t most)
{
    static union {
        uint64_t align;
        uint8_t bytes[40000];
    } memory;
    size_t size, needed = 0;

    calls_init(&c, ANSWERS(TEXT(OK)));
    for (size = 0; size <= most; size++) {
        int status;

        memset(memory.bytes + off + size, 0x5a, 16);
        status =
            bedrock_client_init_with(&c.client, memory.bytes + off, size, &c.config, transport);
        CHECK_INT(memory.bytes[off + size], 0x5a);
        if (status == BEDROCK_OK) {
            break;
        }
        CHECK_INT(status, BEDROCK_E_BUFFER);
        CHECK_INT(bedrock_last_error(c.client)->code, BEDROCK_E_BUFFER);
        CHECK_INT(calls_call(&c), BEDROCK_E_BUFFER);
        if (c.client != NULL) {
            CHECK(needed == 0 || bedrock_last_error(c.client)->needed == needed);
            needed = bedrock_last_error(c.client)->needed;
        } else {
            CHECK_INT(bedrock_last_error(c.client)->needed, BEDROCK_MEMORY);
        }
        bedrock_client_close(c.client);
    }
    CHECK_INT(size, needed);
    if (transport == &bedrock_plain) {
        calls_good(&c);
    }
    calls_free(&c);
}

static void plain_in_memory_of_every_size(void)
{
    size_t off;

    for (off = 0; off < 9; off++) {
        test_context("at offset %d", (int)off);
        every_size(off, &bedrock_plain, 16384);
    }
    test_context(NULL);
}

static void tls_in_memory_of_every_size(void)
{
    every_size(1, &bedrock_tls, BEDROCK_MEMORY + 8192);
}

static void init_picks_the_transport(void)
{
    calls_init(&c, ANSWERS(TEXT(OK)));
    c.config.endpoint = BEDROCK_ENDPOINT("http://127.0.0.1:8080");
    CHECK_INT(bedrock_client_init(&c.client, &c.memory, c.size, &c.config), BEDROCK_OK);
    calls_good(&c);
    c.config.endpoint = BEDROCK_ENDPOINT("https://localhost");
    CHECK_INT(bedrock_client_init(&c.client, &c.memory, c.size, &c.config), BEDROCK_E_BUFFER);
    CHECK(bedrock_last_error(c.client)->needed > c.size);
    CHECK(bedrock_last_error(c.client)->needed <= BEDROCK_MEMORY);
    calls_free(&c);
}

/* The client is there all the same, and says what is wrong. */
static void refused(int code)
{
    char text[4];
    size_t len = 0;

    CHECK_INT(calls_open(&c), code);
    REQUIRE(c.client != NULL);
    CHECK_INT(bedrock_last_error(c.client)->code, code);
    CHECK_INT(calls_call(&c), code);
    CHECK_INT(bedrock_next(c.client, NULL), code);
    CHECK_INT(bedrock_text(c.client, text, 0, &len), BEDROCK_E_BUFFER);
    bedrock_cancel(c.client);
    calls_free(&c);
}

static void bad_regions(void)
{
    static const char *const regions[] = {
        NULL,
        "",
        "-",
        "-us",
        "us-",
        "12",
        "us_east_1",
        "us.east",
        "us east",
        "us-east-1\r\nX: y",
        "us/../x",
        "\xc3\xa9",
        "a123456789012345678901234567890123456789012345678901234567890123"};
    static const char *const good[] = {
        "a", "us-east-1", "0a", "A-B",
        "a12345678901234567890123456789012345678901234567890123456789012"};
    size_t i;

    for (i = 0; i < sizeof regions / sizeof regions[0]; i++) {
        test_context("%s", regions[i] != NULL ? regions[i] : "NULL");
        calls_init(&c, NULL, 0);
        c.config.region = regions[i];
        refused(BEDROCK_E_REGION);
    }
    for (i = 0; i < sizeof good / sizeof good[0]; i++) {
        test_context("%s", good[i]);
        calls_init(&c, NULL, 0);
        c.config.region = good[i];
        CHECK_INT(calls_open(&c), BEDROCK_OK);
        calls_free(&c);
    }
    test_context(NULL);
}

static void bad_settings(void)
{
    static const char *const agents[] = {"a\r\nX: y", "a\tb", "\x7f", "\xc3\xa9"};
    static const uint16_t sizes[] = {1, 511, 513, 8192, 65535};
    size_t i;

    for (i = 0; i < sizeof agents / sizeof agents[0]; i++) {
        calls_init(&c, NULL, 0);
        c.config.user_agent = agents[i];
        refused(BEDROCK_E_ARGUMENT);
    }
    for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        calls_init(&c, NULL, 0);
        c.config.record_size = sizes[i]; /* only TLS has records */
        CHECK_INT(bedrock_client_init_with(&c.client, &c.memory, c.size, &c.config, &bedrock_tls),
                  BEDROCK_E_ARGUMENT);
        CHECK_INT(calls_call(&c), BEDROCK_E_ARGUMENT);
        calls_free(&c);
    }
    calls_init(&c, NULL, 0);
    c.config.credentials = NULL;
    refused(BEDROCK_E_NO_CREDENTIALS);
    calls_init(&c, NULL, 0);
    c.config.port = NULL;
    refused(BEDROCK_E_ARGUMENT);
    calls_init(&c, NULL, 0);
    c.fake.port.utc = NULL;
    refused(BEDROCK_E_ARGUMENT);
    calls_init(&c, NULL, 0);
    c.config.endpoint = BEDROCK_ENDPOINT("ftp://localhost");
    refused(BEDROCK_E_ENDPOINT);
}

static void no_client_at_all(void)
{
    calls_init(&c, NULL, 0);
    CHECK_INT(bedrock_client_init_with(&c.client, NULL, 100000, &c.config, &bedrock_plain),
              BEDROCK_E_BUFFER);
    CHECK(c.client == NULL);
    CHECK_INT(calls_call(&c), BEDROCK_E_BUFFER);
    CHECK_INT(bedrock_next(NULL, NULL), BEDROCK_E_BUFFER);
    CHECK_INT(bedrock_last_usage(NULL)->total_tokens, 0);
    CHECK_TEXT(bedrock_last_error(NULL)->message, "");
    CHECK_INT(bedrock_clock_skew_s(NULL), 0);
    calls_free(&c);
}

/* ------------------------------------------------ what a call needs */

static void fails_before_anything_is_sent(int code)
{
    CHECK_INT(calls_call(&c), code);
    CHECK_INT(c.fake.calls[FAKE_ANY], 0);
    CHECK_INT(bedrock_last_error(c.client)->attempts, 0);
}

static void clock_that_is_not_set(void)
{
    calls_make(&c, ANSWERS(TEXT(OK)));
    c.fake.utc_s = 0;
    fails_before_anything_is_sent(BEDROCK_E_CLOCK);
    CHECK_INT(bedrock_last_error(c.client)->port_code, -1);
    c.fake.utc_s = 1736944496;
    calls_good(&c);
    calls_free(&c);
}

static void keys_that_are_none(void)
{
    static const struct {
        const char *id, *secret, *session, *bearer;
        int64_t expires_s;
        int code;
    } cases[] = {
        {NULL, NULL, NULL, NULL, 0, BEDROCK_E_NO_CREDENTIALS},
        {"", "", "", "", 0, BEDROCK_E_NO_CREDENTIALS},
        {"id", NULL, NULL, NULL, 0, BEDROCK_E_CREDENTIALS},
        {NULL, "secret", NULL, NULL, 0, BEDROCK_E_CREDENTIALS},
        {"id", "secret", NULL, NULL, 1736944496, BEDROCK_E_CREDENTIALS_EXPIRED},
        {"id", "secret\n", NULL, NULL, 0, BEDROCK_E_CREDENTIALS},
        {"id\r\nX: y", "secret", NULL, NULL, 0, BEDROCK_E_CREDENTIALS},
        {"id", "secret", "token ", NULL, 0, BEDROCK_E_CREDENTIALS},
        {NULL, NULL, NULL, "key\r\n", 0, BEDROCK_E_CREDENTIALS},
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct bedrock_keys *keys = &c.credentials.keys;

        test_context("case %d", (int)i);
        calls_make(&c, ANSWERS(TEXT(OK)));
        *keys = (struct bedrock_keys){cases[i].id, cases[i].secret, cases[i].session,
                                      cases[i].bearer, cases[i].expires_s};
        fails_before_anything_is_sent(cases[i].code);
        *keys = (struct bedrock_keys){"id", "secret", "", "", 1736944496 + 60};
        calls_good(&c);
        calls_free(&c);
    }
    test_context(NULL);
}

static int said;

static int strange_provider(const struct bedrock_credentials *self, struct bedrock_keys *keys,
                            int64_t now_s)
{
    int say = said;

    CHECK_INT(now_s, 1736944496);
    *keys = self->keys;
    said = BEDROCK_OK;
    return say;
}

static void providers(void)
{
    static const struct {
        int said, code;
    } cases[] = {{BEDROCK_OK, BEDROCK_OK},
                 {BEDROCK_AGAIN, BEDROCK_OK},
                 {1, BEDROCK_E_CREDENTIALS},
                 {-1, BEDROCK_E_CREDENTIALS},
                 {BEDROCK_E_NO_CREDENTIALS, BEDROCK_E_NO_CREDENTIALS},
                 {-4711, -4711}};
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        test_context("provider says %d", cases[i].said);
        calls_make(&c, ANSWERS(TEXT(OK), TEXT(OK)));
        c.credentials.get = strange_provider;
        said = cases[i].said;
        CHECK_INT(calls_call(&c), cases[i].code);
        calls_good(&c);
        calls_free(&c);
    }
    test_context(NULL);
}

static void requests_that_cannot_be_meant(void)
{
    static const char *const models[] = {NULL, "", "a b", "a\r\nb", "\xc3\xa9"};
    size_t i;

    calls_make(&c, ANSWERS(TEXT(OK)));
    for (i = 0; i < sizeof models / sizeof models[0]; i++) {
        c.request.model_id = models[i];
        CHECK_INT(calls_call(&c), BEDROCK_E_ARGUMENT);
        CHECK_INT(bedrock_last_error(c.client)->code, BEDROCK_E_ARGUMENT);
    }
    CHECK_INT(bedrock_converse(c.client, NULL), BEDROCK_E_ARGUMENT);
    CHECK_INT(c.fake.calls[FAKE_ANY], 0);
    c.request.model_id = "m";
    calls_good(&c);
    calls_free(&c);
}

int main(void)
{
    RUN(plain_in_memory_of_every_size);
    RUN(tls_in_memory_of_every_size);
    RUN(init_picks_the_transport);
    RUN(bad_regions);
    RUN(bad_settings);
    RUN(no_client_at_all);
    RUN(clock_that_is_not_set);
    RUN(keys_that_are_none);
    RUN(providers);
    RUN(requests_that_cannot_be_meant);
    return test_finish();
}
