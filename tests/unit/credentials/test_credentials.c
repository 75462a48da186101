/* SPDX-License-Identifier: MIT */
/* bedrock/credentials.h: what is let through, and what is left of it. */
#include "bedrock/credentials.h"

#include "bedrock/error.h"
#include "test.h"

#include <string.h>

#define NOW_S INT64_C(1736944496)

static struct bedrock_keys got;

static int get(const struct bedrock_credentials *credentials)
{
    memset(&got, 0x55, sizeof got);
    return bedrock_credentials_get(credentials, &got, NOW_S);
}

static int get_keys(const char *id, const char *secret, const char *session, const char *bearer)
{
    const struct bedrock_credentials credentials = {
        bedrock_credentials_get_static, NULL, {id, secret, session, bearer, 0}};

    return get(&credentials);
}

static void check_is_empty(void)
{
    CHECK(got.access_key_id == NULL);
    CHECK(got.secret_access_key == NULL);
    CHECK(got.session_token == NULL);
    CHECK(got.bearer_token == NULL);
    CHECK_INT(got.expires_s, 0);
}

static void gives_fixed_keys(void)
{
    CHECK_INT(get(BEDROCK_STATIC_CREDENTIALS("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+b", NULL)), 0);
    CHECK_TEXT(got.access_key_id, "AKIDEXAMPLE");
    CHECK_TEXT(got.secret_access_key, "wJalrXUtnFEMI/K7MDENG+b");
    CHECK(got.session_token == NULL);
    CHECK(got.bearer_token == NULL);
    CHECK_INT(get(BEDROCK_STATIC_CREDENTIALS("ASIA", "secret", "a/session+token==")), 0);
    CHECK_TEXT(got.session_token, "a/session+token==");
}

static void gives_the_same_keys_unchecked_by_the_provider_itself(void)
{
    const struct bedrock_credentials *credentials = BEDROCK_STATIC_CREDENTIALS("", "a b", NULL);

    CHECK_INT(credentials->get(credentials, &got, NOW_S), BEDROCK_OK);
    CHECK(memcmp(&got, &credentials->keys, sizeof got) == 0);
}

static void a_bearer_token_beats_keys(void)
{
    CHECK_INT(get(BEDROCK_API_KEY("bedrock-api-key-Zm9v")), BEDROCK_OK);
    CHECK_TEXT(got.bearer_token, "bedrock-api-key-Zm9v");
    CHECK_INT(get_keys("AKID", "secret", "session", "token"), BEDROCK_OK);
    CHECK_TEXT(got.bearer_token, "token");
    CHECK(got.access_key_id == NULL);
    CHECK(got.secret_access_key == NULL);
    CHECK(got.session_token == NULL);
    CHECK_INT(get_keys("half a pair\n", NULL, NULL, "token"), BEDROCK_OK); /* not looked at */
}

static void an_empty_string_is_none(void)
{
    CHECK_INT(get_keys("AKID", "secret", "", ""), BEDROCK_OK);
    CHECK(got.session_token == NULL);
    CHECK(got.bearer_token == NULL);
    CHECK_INT(get_keys("", "", "", ""), BEDROCK_E_NO_CREDENTIALS);
    check_is_empty();
}

static void says_when_there_are_none(void)
{
    const struct bedrock_credentials no_provider = {NULL, NULL, {"AKID", "secret", NULL, NULL, 0}};

    CHECK_INT(get_keys(NULL, NULL, NULL, NULL), BEDROCK_E_NO_CREDENTIALS);
    check_is_empty();
    CHECK_INT(get_keys(NULL, NULL, "session", NULL), BEDROCK_E_NO_CREDENTIALS);
    check_is_empty();
    CHECK_INT(get(NULL), BEDROCK_E_NO_CREDENTIALS);
    check_is_empty();
    CHECK_INT(get(&no_provider), BEDROCK_E_NO_CREDENTIALS);
    check_is_empty();
}

static void half_a_pair_is_an_error(void)
{
    CHECK_INT(get_keys("AKID", NULL, NULL, NULL), BEDROCK_E_CREDENTIALS);
    check_is_empty();
    CHECK_INT(get_keys("AKID", "", "session", NULL), BEDROCK_E_CREDENTIALS);
    CHECK_INT(get_keys(NULL, "secret", NULL, NULL), BEDROCK_E_CREDENTIALS);
    CHECK_INT(get_keys("", "secret", NULL, NULL), BEDROCK_E_CREDENTIALS);
    check_is_empty();
}

/* Every byte value, at the start, in the middle and at the end, of each of the four. */
static void only_visible_ascii_passes(void)
{
    int value;
    int where;

    for (value = 1; value < 256; value++) {
        for (where = 0; where < 3; where++) {
            char key[] = "abc";
            int want = value > 32 && value < 127 ? BEDROCK_OK : BEDROCK_E_CREDENTIALS;

            key[where] = (char)value;
            test_context("byte %d at %d", value, where);
            CHECK_INT(get_keys(key, "secret", "session", NULL), want);
            CHECK_INT(get_keys("AKID", key, "session", NULL), want);
            CHECK_INT(get_keys("AKID", "secret", key, NULL), want);
            CHECK_INT(get_keys(NULL, NULL, NULL, key), want);
        }
    }
    check_is_empty(); /* after the last, a failure */
}

static void paste_errors_are_caught(void)
{
    CHECK_INT(get_keys("AKID ", "secret", NULL, NULL), BEDROCK_E_CREDENTIALS);
    CHECK_INT(get_keys("AKID", "\tsecret", NULL, NULL), BEDROCK_E_CREDENTIALS);
    CHECK_INT(get_keys("AKID", "secret", "token\r\nX-Evil: 1", NULL), BEDROCK_E_CREDENTIALS);
    CHECK_INT(get_keys(NULL, NULL, NULL, "token\n"), BEDROCK_E_CREDENTIALS);
    CHECK_INT(get_keys(NULL, NULL, NULL, "Bearer token"), BEDROCK_E_CREDENTIALS);
    CHECK_INT(get_keys(NULL, NULL, NULL, " "), BEDROCK_E_CREDENTIALS);
}

static int get_expiring(int64_t expires_s, const char *bearer)
{
    const struct bedrock_credentials credentials = {
        bedrock_credentials_get_static, NULL, {"AKID", "secret", NULL, bearer, expires_s}};

    return get(&credentials);
}

static void expired_keys_are_told_from_bad_ones(void)
{
    CHECK_INT(get_expiring(0, NULL), BEDROCK_OK);
    CHECK_INT(get_expiring(NOW_S + 1, NULL), BEDROCK_OK);
    CHECK_INT(got.expires_s, NOW_S + 1);
    CHECK_INT(get_expiring(NOW_S, NULL), BEDROCK_E_CREDENTIALS_EXPIRED);
    check_is_empty();
    CHECK_INT(get_expiring(NOW_S - 1, NULL), BEDROCK_E_CREDENTIALS_EXPIRED);
    CHECK_INT(get_expiring(NOW_S - 1, "token"), BEDROCK_E_CREDENTIALS_EXPIRED);
    CHECK_INT(get_expiring(INT64_MAX, "token"), BEDROCK_OK);
    CHECK_INT(get_expiring(1, "to ken"), BEDROCK_E_CREDENTIALS);
}

static void without_a_clock_nothing_is_expired(void)
{
    const struct bedrock_credentials credentials = {
        bedrock_credentials_get_static, NULL, {NULL, NULL, NULL, "token", NOW_S}};

    CHECK_INT(bedrock_credentials_get(&credentials, &got, 0), BEDROCK_OK);
    CHECK_TEXT(got.bearer_token, "token");
}

/* ---- A provider of one's own ---- */

struct provider {
    int code;
    int64_t asked_at_s;
};

static int get_own(const struct bedrock_credentials *self, struct bedrock_keys *keys, int64_t now_s)
{
    struct provider *provider = self->ctx;

    CHECK(keys->access_key_id == NULL && keys->bearer_token == NULL && keys->expires_s == 0);
    keys->bearer_token = "token";
    provider->asked_at_s = now_s;
    return provider->code;
}

static void a_provider_is_heard(void)
{
    struct provider provider = {BEDROCK_OK, 0};
    const struct bedrock_credentials credentials = {get_own, &provider, {0}};
    const int codes[] = {BEDROCK_AGAIN, BEDROCK_E_NO_CREDENTIALS, BEDROCK_E_CREDENTIALS,
                         BEDROCK_E_TIMEOUT_CONNECT};
    size_t i;

    CHECK_INT(get(&credentials), BEDROCK_OK);
    CHECK_TEXT(got.bearer_token, "token");
    CHECK_INT(provider.asked_at_s, NOW_S);
    for (i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        provider.code = codes[i];
        CHECK_INT(get(&credentials), codes[i]);
        check_is_empty();
    }
    provider.code = 1;
    CHECK_INT(get(&credentials), BEDROCK_E_CREDENTIALS);
    check_is_empty();
    provider.code = -1;
    CHECK_INT(get(&credentials), BEDROCK_E_CREDENTIALS);
}

int main(void)
{
    RUN(gives_fixed_keys);
    RUN(gives_the_same_keys_unchecked_by_the_provider_itself);
    RUN(a_bearer_token_beats_keys);
    RUN(an_empty_string_is_none);
    RUN(says_when_there_are_none);
    RUN(half_a_pair_is_an_error);
    RUN(only_visible_ascii_passes);
    RUN(paste_errors_are_caught);
    RUN(expired_keys_are_told_from_bad_ones);
    RUN(without_a_clock_nothing_is_expired);
    RUN(a_provider_is_heard);
    return test_finish();
}
