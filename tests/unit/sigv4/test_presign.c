/* SPDX-License-Identifier: MIT */
#include "test.h"

#include "bedrock/error.h"
#include "bedrock/sigv4.h"
#include "unit/sigv4/output_text.h"

#include <string.h>

#define TOKEN "IQoJb3JpZ2luX2VjEXAMPLE//////////wEaCXVzLWVhc3QtMSJHMEUCIQ=="
#define SCOPE "AKIDEXAMPLE%2F20250115%2Fus-east-1%2Fbedrock%2Faws4_request"

static const struct bedrock_sigv4_scope scope = {
    "AKIDEXAMPLE",      "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "us-east-1", "bedrock",
    "20250115T123456Z",
};
static const struct bedrock_sigv4_header host = {"Host", "bedrock.amazonaws.com"};

static struct output_text text;

/* A short-term API key is this URL, in base64. */
static struct bedrock_sigv4_request api_key_request(void)
{
    struct bedrock_sigv4_request request = {0};

    request.method = "POST";
    request.path = "/";
    request.query = "Action=CallWithBearerToken";
    request.headers = &host;
    request.header_count = 1;
    bedrock_sha256_digest(request.payload_hash, "", 0);
    return request;
}

static int presign(const struct bedrock_sigv4_request *request, const char *token,
                   uint32_t expires_s)
{
    struct bedrock_output out;
    int status;

    output_text_init(&text, &out, 0);
    status = bedrock_sigv4_presign(&out, request, &scope, NULL, token, expires_s);
    CHECK_INT(out.status, status);
    return status;
}

static void api_key(void)
{
    struct bedrock_sigv4_request request = api_key_request();

    CHECK_INT(presign(&request, NULL, 43200), BEDROCK_OK);
    CHECK_TEXT(text.data,
               "Action=CallWithBearerToken&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" SCOPE
               "&X-Amz-Date=20250115T123456Z&X-Amz-SignedHeaders=host&X-Amz-Expires=43200"
               "&X-Amz-Signature="
               "839dc09893ae6608301613d93ad92f74272de134396a5655e3a66750000c343c");
}

static void api_key_of_temporary_keys(void)
{
    struct bedrock_sigv4_request request = api_key_request();

    CHECK_INT(presign(&request, TOKEN, 43200), BEDROCK_OK);
    CHECK(strstr(text.data, "&X-Amz-Security-Token=IQoJb3JpZ2luX2VjEXAMPLE%2F%2F%2F%2F%2F%2F%2F%2F"
                            "%2F%2FwEaCXVzLWVhc3QtMSJHMEUCIQ%3D%3D&") != NULL);
    CHECK_TEXT(strstr(text.data, "&X-Amz-Signature="),
               "&X-Amz-Signature="
               "dca28e4ebedc458ac12177aa6a4ca4c64d585ecb4ee5b01bdde1c3c1164f1069");
}

static void an_empty_token_is_none(void)
{
    struct bedrock_sigv4_request request = api_key_request();
    char without[1024];

    presign(&request, NULL, 60);
    strcpy(without, text.data);
    CHECK_INT(presign(&request, "", 60), BEDROCK_OK);
    CHECK_TEXT(text.data, without);
}

/* The service signs the query that it finds in the URL. Wherever the request's own parameters sort
 * among ours, the canonical query must be the sorted whole. */
static void parameters_are_merged_in_order(void)
{
    static const char *const queries[] = {
        NULL,
        "",
        "A=1",
        "zz=1&A=2&X-Amz-Content=3&X-Amz-Zeta=4",
        "X-Amz-D=1&X-Amz-Date2=2&X-Amz-S=3&X-Amz-SignedHeaders2=4&x-amz-date=5&X-Amz-A=6",
        "a=b c&%41=%42",
    };
    struct bedrock_sigv4_request request = api_key_request();
    size_t i;

    for (i = 0; i < sizeof queries / sizeof queries[0]; i++) {
        char url[2048], signature[BEDROCK_SIGV4_SIGNATURE_SIZE], *last;

        test_context("query %s", queries[i]);
        request.query = queries[i];
        CHECK_INT(presign(&request, TOKEN, 604800), BEDROCK_OK);
        strcpy(url, text.data);
        last = strstr(url, "&X-Amz-Signature=");
        REQUIRE(last != NULL);
        *last = '\0';
        request.query = url;
        CHECK_INT(bedrock_sigv4_sign(signature, &request, &scope, NULL), BEDROCK_OK);
        CHECK_TEXT(last + strlen("&X-Amz-Signature="), signature);
    }
}

static void what_is_refused(void)
{
    struct bedrock_sigv4_request request = api_key_request();

    CHECK_INT(presign(&request, NULL, 0), BEDROCK_E_ARGUMENT);
    CHECK_INT(presign(&request, NULL, 604801), BEDROCK_E_ARGUMENT);
    CHECK_INT(presign(&request, NULL, 1), BEDROCK_OK);
    request.method = NULL;
    CHECK_INT(presign(&request, NULL, 1), BEDROCK_E_ARGUMENT);
    CHECK_INT(text.len, 0);
}

int main(void)
{
    RUN(api_key);
    RUN(api_key_of_temporary_keys);
    RUN(an_empty_token_is_none);
    RUN(parameters_are_merged_in_order);
    RUN(what_is_refused);
    return test_finish();
}
