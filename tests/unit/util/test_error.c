/* SPDX-License-Identifier: MIT */
#include "test.h"

#include "bedrock/error.h"

#include <limits.h>
#include <string.h>

/* Every code there is, once more: a code that is added and has no name or sentence shows here. */
static const int decades[][2] = {
    {BEDROCK_EVENT, BEDROCK_OK},
    {BEDROCK_AGAIN, BEDROCK_E_BODY_CHANGED},
    {BEDROCK_E_RESOLVE, BEDROCK_E_TIMEOUT_TOTAL},
    {BEDROCK_E_TLS, BEDROCK_E_TLS_TRUNCATED},
    {BEDROCK_E_HTTP, BEDROCK_E_HTTP_NOT_BEDROCK},
    {BEDROCK_E_JSON, BEDROCK_E_TIME},
    {BEDROCK_E_EVENT_STREAM_CRC, BEDROCK_E_NO_ANSWER},
    {BEDROCK_E_NO_CREDENTIALS, BEDROCK_E_ANCHORS},
    {BEDROCK_E_SERVICE, BEDROCK_E_TOOL_ROUNDS},
};
#define DECADES (sizeof decades / sizeof decades[0])

static int is_code(int code)
{
    size_t i;

    for (i = 0; i < DECADES; i++) {
        if (code <= decades[i][0] && code >= decades[i][1]) {
            return 1;
        }
    }
    return 0;
}

static void every_code_has_a_name_and_a_sentence(void)
{
    int code, other, names = 0;

    for (code = 5; code > -100; code--) {
        const char *name = bedrock_status_name(code), *text = bedrock_status_text(code);

        test_context("code %d", code);
        if (!is_code(code)) {
            CHECK_TEXT(name, "unknown");
            CHECK(strstr(text, "This code") == text);
            continue;
        }
        names++;
        CHECK(strncmp(name, "BEDROCK_", 8) == 0);
        CHECK(strlen(text) > 10 && text[strlen(text) - 1] == '.');
        CHECK(text[0] >= 'A' && text[0] <= 'Z');
        CHECK(strchr(text, '\n') == NULL);
        for (other = code + 1; other <= 1; other++) {
            if (is_code(other)) {
                CHECK(strcmp(name, bedrock_status_name(other)) != 0);
                CHECK(strcmp(text, bedrock_status_text(other)) != 0);
            }
        }
    }
    CHECK_INT(names, 70);
}

static void names_are_those_of_the_header(void)
{
    CHECK_TEXT(bedrock_status_name(1), "BEDROCK_EVENT");
    CHECK_TEXT(bedrock_status_name(0), "BEDROCK_OK");
    CHECK_TEXT(bedrock_status_name(-2), "BEDROCK_AGAIN");
    CHECK_TEXT(bedrock_status_name(-14), "BEDROCK_E_CLOCK");
    CHECK_TEXT(bedrock_status_name(-85), "BEDROCK_E_BAD_KEY");
    CHECK_TEXT(bedrock_status_name(-1), "unknown");
    CHECK_TEXT(bedrock_status_name(2), "unknown");
    CHECK_TEXT(bedrock_status_name(INT_MIN), "unknown");
    CHECK_TEXT(bedrock_status_name(INT_MAX), "unknown");
}

static void sentences_say_what_to_do(void)
{
    CHECK(strstr(bedrock_status_text(BEDROCK_E_CLOCK), "SNTP") != NULL);
    CHECK(strstr(bedrock_status_text(BEDROCK_E_NO_CREDENTIALS), "AWS_ACCESS_KEY_ID") != NULL);
    CHECK(strstr(bedrock_status_text(BEDROCK_E_NO_CREDENTIALS), "AWS_BEARER_TOKEN_BEDROCK") !=
          NULL);
    CHECK(strstr(bedrock_status_text(BEDROCK_E_ACCESS_DENIED), "bedrock:InvokeModel") != NULL);
    CHECK(strstr(bedrock_status_text(BEDROCK_E_HTTP_NOT_BEDROCK), "captive portal") != NULL);
    CHECK(strstr(bedrock_status_text(BEDROCK_E_CERT_DATE), "clock") != NULL);
}

static const struct bedrock_error nothing = {0, 0, 0, 0, 0, 0, "", "", ""};

/* ----------------------------------------------------------------- advice */

/* What the service was seen to say, and a word of the advice that it must bring. */
static const struct {
    int code;
    const char *type, *message, *advice;
} advices[] = {
    {BEDROCK_E_VALIDATION, "ValidationException", "The provided model identifier is invalid.",
     "No model has that id in this region"},
    {BEDROCK_E_NOT_FOUND, "ResourceNotFoundException",
     "Could not resolve the foundation model from the provided model identifier.",
     "No model has that id in this region"},
    {BEDROCK_E_VALIDATION, "ValidationException",
     "Invocation of model ID anthropic.claude-3-5-sonnet-20241022-v2:0 with on-demand throughput "
     "isn\xe2\x80\x99t supported. Retry your request with the ID or ARN of an inference profile "
     "that contains this model.",
     "inference profile"},
    {BEDROCK_E_ACCESS_DENIED, "AccessDeniedException",
     "You don't have access to the model with the specified model ID.", "Bedrock console"},
    {BEDROCK_E_ACCESS_DENIED, "AccessDeniedException",
     "User: arn:aws:iam::123456789012:user/x is not authorized to perform: "
     "bedrock:InvokeModelWithResponseStream on resource: arn:aws:bedrock:us-east-1::foundation-"
     "model/m because no identity-based policy allows it",
     "IAM does not allow"},
    {BEDROCK_E_ACCESS_DENIED, "AccessDeniedException",
     "Model access is denied due to IAM user or service role is not authorized to perform the "
     "required AWS Marketplace actions (aws-marketplace:ViewSubscriptions, "
     "aws-marketplace:Subscribe) to enable access to this model.",
     "has not subscribed"},
    {BEDROCK_E_NOT_FOUND, "ResourceNotFoundException",
     "This model version has reached the end of its life. Please refer to the AWS documentation "
     "for more details.",
     "retired"},
    {BEDROCK_E_NOT_FOUND, "ResourceNotFoundException",
     "Access denied. This Model is marked by provider as Legacy and you have not been actively "
     "using the model in the last 30 days. Please upgrade to an active model on Amazon Bedrock",
     "retired"},
    {BEDROCK_E_NOT_FOUND, "ResourceNotFoundException",
     "Model use case details have not been submitted for this account.", "fill in its form"},
    {BEDROCK_E_EXPIRED_TOKEN, "ExpiredTokenException",
     "The security token included in the request is expired", "new temporary credentials"},
    {BEDROCK_E_SIGNATURE, "InvalidSignatureException",
     "Signature expired: 20210309T162431Z is now earlier than 20210309T163358Z "
     "(20210309T163858Z - 5 min.)",
     "The clock is wrong"},
    {BEDROCK_E_SIGNATURE, "InvalidSignatureException",
     "Signature not yet current: 20170731T092200Z is still later than 20170731T092115Z "
     "(20170731T091615Z + 5 min.)",
     "The clock is wrong"},
    {BEDROCK_E_SIGNATURE, "RequestTimeTooSkewed", "", "The clock is wrong"},
    {BEDROCK_E_SIGNATURE, "InvalidSignatureException",
     "The request signature we calculated does not match the signature you provided. Check your "
     "AWS Secret Access Key and signing method.",
     "secret access key"},
    {BEDROCK_E_BAD_KEY, "UnrecognizedClientException",
     "The security token included in the request is invalid.", "check the access key id"},
    {BEDROCK_E_BAD_KEY, "MissingAuthenticationTokenException", "Missing Authentication Token",
     "without keys"},
    {BEDROCK_E_ACCESS_DENIED, "", "Authentication failed: Please make sure your API Key is valid.",
     "API key is not accepted"},
    {BEDROCK_E_ACCESS_DENIED, "AccessDeniedException", "Bearer Token has expired",
     "API key is not accepted"},
    {BEDROCK_E_SERVICE, "UnknownOperationException", "", "bedrock-runtime"},
    {BEDROCK_E_SERVICE, "unknownOperation", "", "bedrock-runtime"},
    {BEDROCK_E_VALIDATION, "ValidationException", "The model is unsupported for streaming.",
     "does not stream"},
    {BEDROCK_E_VALIDATION, "ValidationException",
     "This model doesn't support tool use in streaming mode.", "does not stream"},
    {BEDROCK_E_VALIDATION, "ValidationException",
     "The provided model doesn't support counting tokens.", "cannot be counted"},
    {BEDROCK_E_VALIDATION, "ValidationException",
     "The maximum tokens you requested exceeds the model limit of 4096. Try again with a maximum "
     "tokens value that is lower than 4096.",
     "max_tokens is more"},
    {BEDROCK_E_VALIDATION, "ValidationException",
     "The model returned the following errors: max_tokens: 8192 > 4096, which is the maximum "
     "allowed number of output tokens for m",
     "max_tokens is more"},
    {BEDROCK_E_VALIDATION, "validationException", "Input is too long for requested model.",
     "longer than this model can read"},
    {BEDROCK_E_VALIDATION, "ValidationException",
     "The model returned the following errors: prompt is too long: 200049 tokens > 200000 maximum",
     "longer than this model can read"},
    {BEDROCK_E_VALIDATION, "ValidationException",
     "The toolConfig field must be defined when using toolUse and toolResult content blocks.",
     "send tool_config"},
    {BEDROCK_E_VALIDATION, "ValidationException",
     "Expected toolResult blocks at messages.2.content for the following Ids: t1", "no result"},
    {BEDROCK_E_VALIDATION, "ValidationException",
     "A conversation must start with a user message. Try again.", "begin with the user"},
    {BEDROCK_E_VALIDATION, "ValidationException",
     "Malformed input request: #/maxTokens: extraneous key [x] is not permitted, please reformat "
     "your input and try again.",
     "name the member"},
    {BEDROCK_E_VALIDATION, "ValidationException", "Operation not allowed", "AWS Support"},
    {BEDROCK_E_VALIDATION, "ValidationException", "This model doesn't support system messages.",
     "leave it out"},
    {BEDROCK_E_THROTTLED, "ThrottlingException",
     "Too many tokens per day, please wait before trying again.", "tomorrow"},
    {BEDROCK_E_THROTTLED, "throttlingException",
     "Too many tokens, please wait before trying again.", "lower max_tokens"},
    {BEDROCK_E_TOO_LARGE, "RequestEntityTooLargeException", "", "send less"},
    /* Nothing special. */
    {BEDROCK_E_VALIDATION, "ValidationException", "Something new.", "its own words say why"},
    {BEDROCK_E_RESOLVE, "", "", "Bedrock is to be had in that region"},
    {BEDROCK_E_SERVICE, "", "", "its own words say why"},
    /* Words count where the service said them, and with the code that they belong to. */
    {BEDROCK_E_HTTP_NOT_BEDROCK, "", "api key", "captive portal"},
    {BEDROCK_E_MODEL_ERROR, "ModelErrorException", "Malformed input request", "The model failed"},
    {BEDROCK_E_SERVICE, "UnknownOperatio", "", "its own words say why"},
};
#define ADVICES (sizeof advices / sizeof advices[0])

static struct bedrock_error error_of(size_t i)
{
    struct bedrock_error error = nothing;

    error.code = advices[i].code;
    error.type = advices[i].type;
    error.message = advices[i].message;
    return error;
}

static void advice_for_what_the_service_says(void)
{
    size_t i;

    for (i = 0; i < ADVICES; i++) {
        struct bedrock_error error = error_of(i);
        const char *text = bedrock_error_advice(&error);

        test_context("%s: %s", advices[i].message, text);
        CHECK(strstr(text, advices[i].advice) != NULL);
        CHECK(text[strlen(text) - 1] == '.' && strchr(text, '\n') == NULL);
    }
}

/* A message that was cut, in front of what counts or behind it, is no trap. */
static void advice_for_a_part_of_a_message(void)
{
    struct bedrock_error error = nothing;
    char part[64] = "x The MODEL identifier is invalid";
    size_t len = strlen(part);

    error.code = BEDROCK_E_VALIDATION;
    error.message = part;
    CHECK(strstr(bedrock_error_advice(&error), "No model has that id") != NULL);
    while (len > 0) {
        part[--len] = '\0';
        CHECK(strstr(bedrock_error_advice(&error), "its own words say why") != NULL);
    }
}

static void advice_for_what_did_not_come_from_the_service(void)
{
    struct bedrock_error error = nothing;

    for (error.code = 5; error.code > BEDROCK_E_SERVICE; error.code--) {
        error.message = "api key; on-demand throughput; signature expired; per day";
        error.type = "UnknownOperationException";
        CHECK(bedrock_error_advice(&error) == bedrock_status_text(error.code));
    }
}

/* ---------------------------------------------------------------- reports */

static void check_report(const struct bedrock_error *error, const char *want)
{
    char text[BEDROCK_ERROR_TEXT_CAP];
    size_t len = bedrock_error_text(error, text, sizeof text);

    CHECK_TEXT(text, want);
    CHECK_INT(len, strlen(want));
}

static void a_service_error_in_full(void)
{
    struct bedrock_error error = nothing;

    error.code = BEDROCK_E_THROTTLED;
    error.http_status = 429;
    error.attempts = 3;
    error.type = "ThrottlingException";
    error.message = "Too many requests, please wait before trying again.";
    error.request_id = "6e2a5b1c-0000-4d8e-9d5b-1f2e3d4c5b6a";
    check_report(&error,
                 "Too many requests: wait and try again, or ask AWS for a higher quota.\n"
                 "ThrottlingException: Too many requests, please wait before trying again.\n"
                 "BEDROCK_E_THROTTLED (-72), HTTP 429, request id "
                 "6e2a5b1c-0000-4d8e-9d5b-1f2e3d4c5b6a, 3 attempts\n");
}

static void a_report_with_advice(void)
{
    struct bedrock_error error = nothing;

    error.code = BEDROCK_E_NOT_FOUND;
    error.http_status = 404;
    error.attempts = 1;
    error.type = "ResourceNotFoundException";
    error.message = "This model version has reached the end of its life.";
    check_report(&error,
                 "The model is retired: call its successor; the Bedrock console lists the ids.\n"
                 "ResourceNotFoundException: This model version has reached the end of its life.\n"
                 "BEDROCK_E_NOT_FOUND (-74), HTTP 404, 1 attempt\n");
}

static void what_is_not_known_is_left_out(void)
{
    struct bedrock_error error = nothing;

    check_report(&error, "Nothing went wrong.\nBEDROCK_OK (0)\n");

    error.code = BEDROCK_E_BUFFER;
    error.needed = 26112;
    check_report(&error, "The memory is too small: give a larger buffer; for a client, "
                         "bedrock_error.needed says how large.\n"
                         "BEDROCK_E_BUFFER (-4), needs 26112 bytes\n");

    error = nothing;
    error.code = BEDROCK_E_CANCELLED;
    error.tls_code = 54;
    error.port_code = -111;
    error.attempts = 1;
    error.message = "<html>";
    check_report(&error, "The call was cancelled: start another one when you like.\n"
                         "<html>\n"
                         "BEDROCK_E_CANCELLED (-6), TLS 54, port -111, 1 attempt\n");

    error = nothing;
    error.code = BEDROCK_E_SERVICE;
    error.type = "TeapotException";
    check_report(&error, "The service refused the request: its own words say why.\n"
                         "TeapotException\n"
                         "BEDROCK_E_SERVICE (-70)\n");
}

static void extreme_numbers(void)
{
    struct bedrock_error error = nothing;
    char text[BEDROCK_ERROR_TEXT_CAP];

    error.code = -2147483647 - 1;
    error.port_code = -2147483647 - 1;
    bedrock_error_text(&error, text, sizeof text);
    CHECK(strstr(text, "unknown (-2147483648), port -2147483648\n") != NULL);
}

static void control_characters_become_spaces(void)
{
    struct bedrock_error error = nothing;

    error.code = BEDROCK_E_CANCELLED;
    error.type = "\x1b[31m";
    error.message = "<html>\r\n\t<b>\x7f\xc3\xa9</b>\n";
    error.request_id = "a\nb\xc2\x9b\xc2\x80\xc2\xa0\xc2";
    check_report(&error, "The call was cancelled: start another one when you like.\n"
                         " [31m: <html>   <b> \xc3\xa9</b> \n"
                         "BEDROCK_E_CANCELLED (-6), request id a b  \xc2\xa0\xc2\n");
}

static void fill(char *text, size_t cap, char c)
{
    memset(text, c, cap - 1);
    text[cap - 1] = '\0';
}

static void the_cap_holds_every_report(void)
{
    struct bedrock_error error;
    char type[48], message[256], request_id[48]; /* as long as a client keeps them */
    int code;

    error.http_status = error.tls_code = error.port_code = INT_MIN;
    error.attempts = INT_MAX;
    error.needed = (size_t)-1;
    fill(type, sizeof type, 't');
    error.type = type;
    fill(message, sizeof message, 'm');
    error.message = message;
    fill(request_id, sizeof request_id, 'r');
    error.request_id = request_id;
    for (code = 5; code > -100; code--) {
        test_context("code %d", code);
        error.code = code;
        CHECK(bedrock_error_text(&error, NULL, 0) < BEDROCK_ERROR_TEXT_CAP);
    }
    for (code = 0; code < (int)ADVICES; code++) {
        struct bedrock_error said = error_of((size_t)code);
        size_t len = strlen(said.message);

        test_context("%s", said.message);
        error.code = said.code;
        error.type = said.type[0] != '\0' ? said.type : type;
        fill(message, sizeof message, 'm');
        memcpy(message, said.message, len < sizeof message ? len : sizeof message - 1);
        CHECK(bedrock_error_advice(&error) == bedrock_error_advice(&said));
        CHECK(bedrock_error_text(&error, NULL, 0) + sizeof type - strlen(error.type) <
              BEDROCK_ERROR_TEXT_CAP);
    }
}

static void every_smaller_buffer_holds_a_prefix(void)
{
    struct bedrock_error error = nothing;
    char whole[BEDROCK_ERROR_TEXT_CAP], part[BEDROCK_ERROR_TEXT_CAP];
    size_t len, cap;

    error.code = BEDROCK_E_VALIDATION;
    error.http_status = 400;
    error.type = "ValidationException";
    error.message = "\xe2\x82\xac \xf0\x9f\x98\x80 \xc3\xa9";
    len = bedrock_error_text(&error, whole, sizeof whole);
    for (cap = 1; cap <= len + 1; cap++) {
        test_context("cap %zu of %zu", cap, len);
        memset(part, '#', sizeof part);
        CHECK_INT(bedrock_error_text(&error, part, cap), len);
        CHECK(part[cap] == '#');
        CHECK(strlen(part) < cap && strlen(part) + 4 >= cap);
        CHECK(memcmp(part, whole, strlen(part)) == 0);
        CHECK(((unsigned char)whole[strlen(part)] & 0xc0) != 0x80);
    }
}

int main(void)
{
    RUN(every_code_has_a_name_and_a_sentence);
    RUN(names_are_those_of_the_header);
    RUN(sentences_say_what_to_do);
    RUN(advice_for_what_the_service_says);
    RUN(advice_for_a_part_of_a_message);
    RUN(advice_for_what_did_not_come_from_the_service);
    RUN(a_service_error_in_full);
    RUN(a_report_with_advice);
    RUN(what_is_not_known_is_left_out);
    RUN(extreme_numbers);
    RUN(control_characters_become_spaces);
    RUN(the_cap_holds_every_report);
    RUN(every_smaller_buffer_holds_a_prefix);
    return test_finish();
}
