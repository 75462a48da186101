/* SPDX-License-Identifier: MIT */
/* What the POSIX port reads from the environment. */
#define _POSIX_C_SOURCE 200809L

#include "bedrock/error.h"
#include "bedrock/posix.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

#define NOW_S INT64_C(1736944496) /* 2025-01-15T12:34:56Z */

static const char *const names[] = {"AWS_BEARER_TOKEN_BEDROCK",
                                    "AWS_ACCESS_KEY_ID",
                                    "AWS_ACCESS_KEY",
                                    "AWS_SECRET_ACCESS_KEY",
                                    "AWS_SECRET_KEY",
                                    "AWS_SESSION_TOKEN",
                                    "AWS_CREDENTIAL_EXPIRATION",
                                    "AWS_REGION",
                                    "AWS_DEFAULT_REGION",
                                    "AWS_ENDPOINT_URL_BEDROCK_RUNTIME",
                                    "AWS_ENDPOINT_URL",
                                    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"};

static struct bedrock_keys keys;

static void clear(void)
{
    size_t i;

    for (i = 0; i < sizeof names / sizeof names[0]; i++) {
        unsetenv(names[i]);
    }
}

static void set(const char *name, const char *value)
{
    CHECK_INT(setenv(name, value, 1), 0);
}

static int get(void)
{
    return bedrock_credentials_get(bedrock_posix_credentials(), &keys, NOW_S);
}

static void an_empty_environment_has_no_keys(void)
{
    clear();
    CHECK_INT(get(), BEDROCK_E_NO_CREDENTIALS);
    set("AWS_BEARER_TOKEN_BEDROCK", "");
    set("AWS_ACCESS_KEY_ID", "");
    set("AWS_SECRET_ACCESS_KEY", "");
    set("AWS_SESSION_TOKEN", "session");
    CHECK_INT(get(), BEDROCK_E_NO_CREDENTIALS);
}

static void keys_are_looked_up_anew(void)
{
    clear();
    set("AWS_ACCESS_KEY_ID", "AKID");
    set("AWS_SECRET_ACCESS_KEY", "secret");
    CHECK_INT(get(), BEDROCK_OK);
    CHECK_TEXT(keys.access_key_id, "AKID");
    CHECK_TEXT(keys.secret_access_key, "secret");
    CHECK(keys.session_token == NULL);
    CHECK(keys.bearer_token == NULL);
    CHECK_INT(keys.expires_s, 0);
    set("AWS_ACCESS_KEY_ID", "ASIA");
    set("AWS_SESSION_TOKEN", "session");
    CHECK_INT(get(), BEDROCK_OK);
    CHECK_TEXT(keys.access_key_id, "ASIA");
    CHECK_TEXT(keys.session_token, "session");
}

static void older_names_stand_in(void)
{
    clear();
    set("AWS_ACCESS_KEY", "OLD");
    set("AWS_SECRET_KEY", "old");
    set("AWS_ACCESS_KEY_ID", "");
    CHECK_INT(get(), BEDROCK_OK);
    CHECK_TEXT(keys.access_key_id, "OLD");
    CHECK_TEXT(keys.secret_access_key, "old");
    set("AWS_ACCESS_KEY_ID", "NEW");
    set("AWS_SECRET_ACCESS_KEY", "new");
    CHECK_INT(get(), BEDROCK_OK);
    CHECK_TEXT(keys.access_key_id, "NEW");
    CHECK_TEXT(keys.secret_access_key, "new");
}

static void half_a_pair_is_an_error(void)
{
    clear();
    set("AWS_ACCESS_KEY_ID", "AKID");
    CHECK_INT(get(), BEDROCK_E_CREDENTIALS);
    clear();
    set("AWS_SECRET_ACCESS_KEY", "secret");
    CHECK_INT(get(), BEDROCK_E_CREDENTIALS);
}

static void a_bearer_token_comes_first(void)
{
    clear();
    set("AWS_ACCESS_KEY_ID", "AKID");
    set("AWS_SECRET_ACCESS_KEY", "secret");
    set("AWS_CREDENTIAL_EXPIRATION", "1999-01-01T00:00:00Z");
    set("AWS_BEARER_TOKEN_BEDROCK", "token");
    CHECK_INT(get(), BEDROCK_OK); /* the expiration is that of the keys */
    CHECK_TEXT(keys.bearer_token, "token");
    CHECK(keys.access_key_id == NULL);
    set("AWS_BEARER_TOKEN_BEDROCK", "token\n");
    CHECK_INT(get(), BEDROCK_E_CREDENTIALS);
}

static int64_t expiration(const char *text)
{
    const struct bedrock_credentials *credentials = bedrock_posix_credentials();

    set("AWS_CREDENTIAL_EXPIRATION", text);
    CHECK_INT(credentials->get(credentials, &keys, NOW_S), BEDROCK_OK);
    return keys.expires_s;
}

static void reads_expirations(void)
{
    clear();
    set("AWS_ACCESS_KEY_ID", "AKID");
    set("AWS_SECRET_ACCESS_KEY", "secret");
    CHECK_INT(expiration("2025-01-15T12:34:56Z"), NOW_S);
    CHECK_INT(get(), BEDROCK_E_CREDENTIALS_EXPIRED);
    CHECK_INT(expiration("2025-01-15T12:34:57+00:00"), NOW_S + 1);
    CHECK_INT(get(), BEDROCK_OK);
    CHECK_INT(expiration("2025-01-15T12:34:56.789Z"), NOW_S);
    CHECK_INT(expiration("2025-01-15T14:04:56+01:30"), NOW_S);
    CHECK_INT(expiration("2025-01-14T22:34:56-14:00"), NOW_S);
    CHECK_INT(expiration("1970-01-02T00:00:00Z"), 86400);
    CHECK_INT(expiration("2000-02-29T00:00:00Z"), 951782400);
    CHECK_INT(expiration("2000-03-01T00:00:00Z"), 951868800);
    CHECK_INT(expiration("2023-12-31T23:59:59Z"), 1704067199);
    CHECK_INT(expiration("2024-01-01T00:00:00Z"), 1704067200);
    CHECK_INT(expiration("2038-01-19T03:14:08Z"), INT64_C(2147483648));
    CHECK_INT(expiration("2100-03-01T00:00:00Z"), INT64_C(4107542400));
}

/* Each is nearly a time, and ignored. */
static void ignores_what_is_no_time(void)
{
    static const char *const texts[] = {
        "never",
        "1736944496",
        "2025-01-15",
        "2025-01-15T12:34:56",
        "2025-01-15 12:34:56Z",
        "2025-1-15T12:34:56Z",
        "2025-00-15T12:34:56Z",
        "2025-13-15T12:34:56Z",
        "2025-01-00T12:34:56Z",
        "2025-01-32T12:34:56Z",
        "2025-01-15T24:34:56Z",
        "2025-01-15T12:60:56Z",
        "2025-01-15T12:34:61Z",
        "2025-01-15T12:34:56z",
        "2025-01-15T12:34:56Z ",
        "2025-01-15T12:34:56+0000",
        "2025-01-15T12:34:56+00:0",
        "2025-01-15T12:34:56+24:00",
        "2025-01-15T12:34:56+00:60",
        "2025-01-15T12:34:56+00:00Z",
    };
    size_t i;

    clear();
    set("AWS_ACCESS_KEY_ID", "AKID");
    set("AWS_SECRET_ACCESS_KEY", "secret");
    for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        test_context("%s", texts[i]);
        CHECK_INT(expiration(texts[i]), 0);
    }
}

static void finds_the_region(void)
{
    clear();
    CHECK(bedrock_posix_region(NULL) == NULL);
    CHECK_TEXT(bedrock_posix_region("us-east-1"), "us-east-1");
    set("AWS_DEFAULT_REGION", "eu-central-1");
    CHECK_TEXT(bedrock_posix_region("us-east-1"), "eu-central-1");
    set("AWS_REGION", "eu-west-1");
    CHECK_TEXT(bedrock_posix_region("us-east-1"), "eu-west-1");
    set("AWS_REGION", "");
    CHECK_TEXT(bedrock_posix_region("us-east-1"), "eu-central-1");
    set("AWS_DEFAULT_REGION", "");
    CHECK_TEXT(bedrock_posix_region("us-east-1"), "us-east-1");
}

static void finds_the_endpoint(void)
{
    clear();
    CHECK(bedrock_posix_endpoint() == NULL);
    set("AWS_ENDPOINT_URL", "http://all");
    CHECK_TEXT(bedrock_posix_endpoint()->url, "http://all");
    set("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "http://one");
    CHECK_TEXT(bedrock_posix_endpoint()->url, "http://one");
    set("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "");
    CHECK_TEXT(bedrock_posix_endpoint()->url, "http://all");
    set("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "false");
    CHECK_TEXT(bedrock_posix_endpoint()->url, "http://all");
    set("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "True");
    CHECK(bedrock_posix_endpoint() == NULL);
}

int main(void)
{
    RUN(an_empty_environment_has_no_keys);
    RUN(keys_are_looked_up_anew);
    RUN(older_names_stand_in);
    RUN(half_a_pair_is_an_error);
    RUN(a_bearer_token_comes_first);
    RUN(reads_expirations);
    RUN(ignores_what_is_no_time);
    RUN(finds_the_region);
    RUN(finds_the_endpoint);
    return test_finish();
}
