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
    {BEDROCK_E_EVENT_STREAM_CRC, BEDROCK_E_ANSWER_INCOMPLETE},
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
    CHECK_INT(names, 69);
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
    RUN(a_service_error_in_full);
    RUN(what_is_not_known_is_left_out);
    RUN(extreme_numbers);
    RUN(control_characters_become_spaces);
    RUN(the_cap_holds_every_report);
    RUN(every_smaller_buffer_holds_a_prefix);
    return test_finish();
}
