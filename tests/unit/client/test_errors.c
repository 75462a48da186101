/* SPDX-License-Identifier: MIT */
/* What the service and those in between say when they say no: code, type, message, request id. */
#include "calls.h"

#include "client/service_error.h"

#include <stdlib.h>

static struct calls c;

/* One attempt, one answer. */
static void call_with(const char *answer, enum http_then then)
{
    const struct http_answer script[] = {{.text = answer, .then = then}};

    calls_init(&c, script, 1);
    c.config.max_attempts = 1;
    CHECK_INT(calls_open(&c), BEDROCK_OK);
    calls_call(&c);
}

static void check(int code, const char *type, const char *message)
{
    const struct bedrock_error *error = bedrock_last_error(c.client);

    CHECK_INT(error->code, code);
    CHECK_TEXT(error->type, type);
    CHECK_TEXT(error->message, message);
    calls_free(&c);
}

/* A whole answer with a JSON body of a known length. */
static const char *json_answer(const char *head, const char *body)
{
    static char answer[80000];

    snprintf(answer, sizeof answer,
             "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %u\r\n\r\n%s", head,
             (unsigned)strlen(body), body);
    return answer;
}

/* Codes, where they come from, and whether it helps to ask again. */
static const struct known {
    const char *status, *type; /* of HTTP; upper camel case */
    int code;
    enum bdk_retry_kind kind;
} known[] = {
    /* modeled */
    {"403 F", "AccessDeniedException", BEDROCK_E_ACCESS_DENIED, BDK_RETRY_NEVER},
    {"400 B", "ConflictException", BEDROCK_E_CONFLICT, BDK_RETRY_NEVER},
    {"500 I", "InternalServerException", BEDROCK_E_INTERNAL, BDK_RETRY_TRANSIENT},
    {"424 D", "ModelErrorException", BEDROCK_E_MODEL_ERROR, BDK_RETRY_NEVER},
    {"429 T", "ModelNotReadyException", BEDROCK_E_MODEL_NOT_READY, BDK_RETRY_TRANSIENT},
    {"424 D", "ModelStreamErrorException", BEDROCK_E_MODEL_STREAM, BDK_RETRY_NEVER},
    {"408 T", "ModelTimeoutException", BEDROCK_E_MODEL_TIMEOUT, BDK_RETRY_NEVER},
    {"404 N", "ResourceNotFoundException", BEDROCK_E_NOT_FOUND, BDK_RETRY_NEVER},
    {"400 B", "ServiceQuotaExceededException", BEDROCK_E_QUOTA, BDK_RETRY_NEVER},
    {"503 U", "ServiceUnavailableException", BEDROCK_E_UNAVAILABLE, BDK_RETRY_TRANSIENT},
    {"429 T", "ThrottlingException", BEDROCK_E_THROTTLED, BDK_RETRY_THROTTLED},
    {"400 B", "ValidationException", BEDROCK_E_VALIDATION, BDK_RETRY_NEVER},
    /* of every AWS service */
    {"403 F", "ExpiredTokenException", BEDROCK_E_EXPIRED_TOKEN, BDK_RETRY_NEVER},
    {"403 F", "UnrecognizedClientException", BEDROCK_E_BAD_KEY, BDK_RETRY_NEVER},
    {"403 F", "InvalidClientTokenId", BEDROCK_E_BAD_KEY, BDK_RETRY_NEVER},
    {"403 F", "MissingAuthenticationTokenException", BEDROCK_E_BAD_KEY, BDK_RETRY_NEVER},
    {"403 F", "InvalidSignatureException", BEDROCK_E_SIGNATURE, BDK_RETRY_NEVER},
    {"403 F", "SignatureDoesNotMatch", BEDROCK_E_SIGNATURE, BDK_RETRY_NEVER},
    {"403 F", "IncompleteSignature", BEDROCK_E_SIGNATURE, BDK_RETRY_NEVER},
    {"403 F", "RequestExpired", BEDROCK_E_SIGNATURE, BDK_RETRY_NEVER},
    {"403 F", "RequestInTheFuture", BEDROCK_E_SIGNATURE, BDK_RETRY_NEVER},
    {"403 F", "RequestTimeTooSkewed", BEDROCK_E_SIGNATURE, BDK_RETRY_NEVER},
    {"403 F", "AuthFailure", BEDROCK_E_SIGNATURE, BDK_RETRY_NEVER},
    {"400 B", "NotAuthorized", BEDROCK_E_ACCESS_DENIED, BDK_RETRY_NEVER},
    {"403 F", "OptInRequired", BEDROCK_E_ACCESS_DENIED, BDK_RETRY_NEVER},
    {"400 B", "ValidationError", BEDROCK_E_VALIDATION, BDK_RETRY_NEVER},
    {"500 I", "InternalFailure", BEDROCK_E_INTERNAL, BDK_RETRY_TRANSIENT},
    {"413 L", "RequestEntityTooLargeException", BEDROCK_E_TOO_LARGE, BDK_RETRY_NEVER},
    {"400 B", "RequestTimeout", BEDROCK_E_UNAVAILABLE, BDK_RETRY_TRANSIENT},
    {"400 B", "RequestTimeoutException", BEDROCK_E_UNAVAILABLE, BDK_RETRY_TRANSIENT},
    /* throttling */
    {"400 B", "Throttling", BEDROCK_E_THROTTLED, BDK_RETRY_THROTTLED},
    {"400 B", "ThrottledException", BEDROCK_E_THROTTLED, BDK_RETRY_THROTTLED},
    {"400 B", "RequestThrottledException", BEDROCK_E_THROTTLED, BDK_RETRY_THROTTLED},
    {"400 B", "RequestThrottled", BEDROCK_E_THROTTLED, BDK_RETRY_THROTTLED},
    {"400 B", "TooManyRequestsException", BEDROCK_E_THROTTLED, BDK_RETRY_THROTTLED},
    {"400 B", "ProvisionedThroughputExceededException", BEDROCK_E_THROTTLED, BDK_RETRY_THROTTLED},
    {"400 B", "TransactionInProgressException", BEDROCK_E_THROTTLED, BDK_RETRY_THROTTLED},
    {"400 B", "RequestLimitExceeded", BEDROCK_E_THROTTLED, BDK_RETRY_THROTTLED},
    {"400 B", "BandwidthLimitExceeded", BEDROCK_E_THROTTLED, BDK_RETRY_THROTTLED},
    {"400 B", "LimitExceededException", BEDROCK_E_THROTTLED, BDK_RETRY_THROTTLED},
    {"400 B", "SlowDown", BEDROCK_E_THROTTLED, BDK_RETRY_THROTTLED},
    {"503 U", "PriorRequestNotComplete", BEDROCK_E_THROTTLED, BDK_RETRY_THROTTLED},
    {"503 U", "EC2ThrottledException", BEDROCK_E_THROTTLED, BDK_RETRY_THROTTLED},
    /* unknown */
    {"404 N", "UnknownOperationException", BEDROCK_E_SERVICE, BDK_RETRY_NEVER},
    {"403 F", "SomethingNew", BEDROCK_E_SERVICE, BDK_RETRY_NEVER},
    {"413 L", "SomethingNew", BEDROCK_E_TOO_LARGE, BDK_RETRY_NEVER},
    {"418 P", "SomethingNew", BEDROCK_E_SERVICE, BDK_RETRY_NEVER},
    {"429 T", "SomethingNew", BEDROCK_E_THROTTLED, BDK_RETRY_THROTTLED},
    {"500 I", "SomethingNew", BEDROCK_E_INTERNAL, BDK_RETRY_TRANSIENT},
    {"502 G", "SomethingNew", BEDROCK_E_UNAVAILABLE, BDK_RETRY_TRANSIENT},
    {"504 G", "SomethingNew", BEDROCK_E_UNAVAILABLE, BDK_RETRY_TRANSIENT},
};
#define KNOWN (sizeof known / sizeof known[0])

/* In the header, with the decoration that the service gives it. */
static void every_code_in_the_header(void)
{
    size_t i;

    for (i = 0; i < KNOWN; i++) {
        char answer[512];

        snprintf(answer, sizeof answer,
                 "HTTP/1.1 %s\r\nx-AMZN-errortype: %s:http://internal.amazon.com/coral/x#y/\r\n"
                 "X-Amzn-Requestid: id-%u\r\nContent-Length: 15\r\n\r\n{\"message\":\"m\"}",
                 known[i].status, known[i].type, (unsigned)i);
        test_context("%s", known[i].type);
        call_with(answer, HTTP_THEN_KEEP);
        CHECK_INT(bedrock_last_error(c.client)->http_status, atoi(known[i].status));
        snprintf(answer, sizeof answer, "id-%u", (unsigned)i);
        CHECK_TEXT(bedrock_last_error(c.client)->request_id, answer);
        check(known[i].code, known[i].type, "m");
    }
    test_context(NULL);
}

static void every_code_in_the_body(void)
{
    static const char *const forms[] = {"{\"message\":\"m\",\"code\":\"%s\"}",
                                        "{\"Code\":\"%s\",\"Message\":\"m\"}",
                                        "{\"__type\":\"com.amazon.bedrock#%s\",\"message\":\"m\"}"};
    size_t i, form;

    for (i = 0; i < KNOWN; i++) {
        for (form = 0; form < sizeof forms / sizeof forms[0]; form++) {
            char body[256];

            snprintf(body, sizeof body, forms[form], known[i].type);
            test_context("%s", body);
            call_with(json_answer(known[i].status, body), HTTP_THEN_KEEP);
            check(known[i].code, known[i].type, "m");
        }
    }
    test_context(NULL);
}

/* In a stream, where HTTP has said 200, codes begin with a small letter; and nowhere is the end of
 * one, Exception, what makes the difference. */
static void every_code_in_a_stream(void)
{
    size_t i, len;

    for (i = 0; i < KNOWN; i++) {
        int unknown = strcmp(known[i].type, "SomethingNew") == 0;
        int code = unknown ? BEDROCK_E_SERVICE : known[i].code;
        char type[64];

        test_context("%s", known[i].type);
        CHECK_INT(bdk_service_status(known[i].type, 200), code);
        snprintf(type, sizeof type, "%s", known[i].type);
        type[0] = (char)(type[0] - 'A' + 'a');
        CHECK_INT(bdk_service_status(type, 200), code);
        len = strlen(type);
        if (len > 9 && strcmp(type + len - 9, "Exception") == 0) {
            type[len - 9] = '\0';
        } else {
            strcat(type, "Exception");
        }
        CHECK_INT(bdk_service_status(type, 200), code);
        strcat(type, "s");
        CHECK_INT(bdk_service_status(type, 200), BEDROCK_E_SERVICE);
    }
    test_context(NULL);
}

static void every_code_has_its_class(void)
{
    size_t i;

    for (i = 0; i < KNOWN; i++) {
        test_context("%s", known[i].type);
        CHECK_INT(bdk_service_retry_kind(known[i].code, atoi(known[i].status)), known[i].kind);
    }
    test_context(NULL);
}

static void status_alone(void)
{
    static const struct {
        const char *status;
        int code;
    } cases[] = {
        {"400 B", BEDROCK_E_SERVICE},       {"401 U", BEDROCK_E_ACCESS_DENIED},
        {"403 F", BEDROCK_E_ACCESS_DENIED}, {"404 N", BEDROCK_E_NOT_FOUND},
        {"408 T", BEDROCK_E_SERVICE},       {"413 L", BEDROCK_E_TOO_LARGE},
        {"429 T", BEDROCK_E_THROTTLED},     {"500 I", BEDROCK_E_INTERNAL},
        {"502 G", BEDROCK_E_UNAVAILABLE},   {"503 U", BEDROCK_E_UNAVAILABLE},
        {"504 G", BEDROCK_E_UNAVAILABLE},   {"599 X", BEDROCK_E_SERVICE},
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        test_context("%s", cases[i].status);
        call_with(json_answer(cases[i].status, "{}"), HTTP_THEN_KEEP);
        check(cases[i].code, "", "");
    }
    test_context(NULL);
}

static void code_in_the_body(void)
{
    static const struct {
        const char *body, *type, *message;
        int code;
    } cases[] = {
        {"{\"__type\":\"com.amazon.coral.service#UnrecognizedClientException\",\"message\":\"m\"}",
         "UnrecognizedClientException", "m", BEDROCK_E_BAD_KEY},
        {"{\"message\":\"m\",\"code\":\"a.very.long.name.space.that.is.longer.than.any.buffer.of."
         "ours.may.be.at.all#ThrottlingException:http://x#y\"}",
         "ThrottlingException", "m", BEDROCK_E_THROTTLED},
        {"{\"Code\": \" ValidationException \", \"Message\": \"M\"}", "ValidationException", "M",
         BEDROCK_E_VALIDATION},
        {"{\"code\":null,\"__type\":\"ValidationException\",\"message\":null}",
         "ValidationException", "", BEDROCK_E_VALIDATION},
        {"\n{\n  \"message\" : \"a\\nb\\u00e9\" ,\n \"code\" :\n\"ValidationException\"\n}\n",
         "ValidationException", "a\nb\xc3\xa9", BEDROCK_E_VALIDATION},
        {"{\"originalMessage\":\"o\",\"message\":\"m\"}", "", "m", BEDROCK_E_SERVICE},
        {"{\"message\":\"m\",\"originalMessage\":\"o\"}", "", "m", BEDROCK_E_SERVICE},
        {"{\"originalMessage\":\"only\"}", "", "only", BEDROCK_E_SERVICE},
        {"{\"message\":\"one\",\"Message\":\"two\"}", "", "one", BEDROCK_E_SERVICE},
        {"{\"nested\":{\"message\":\"no\",\"code\":\"No\"},\"message\":\"yes\"}", "", "yes",
         BEDROCK_E_SERVICE},
        {"[\"x\"]", "", "", BEDROCK_E_SERVICE},
        {"", "", "", BEDROCK_E_SERVICE},
        {"{\"message\":\"cut of", "", "cut of", BEDROCK_E_SERVICE},
    };
    size_t i, drop;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (drop = 0; drop < 8; drop++) {
            const struct http_answer script[] = {{.text = json_answer("400 B", cases[i].body)}};

            test_context("%s in pieces of %d", cases[i].body, (int)drop);
            calls_init(&c, script, 1);
            c.fake.read_max = drop;
            c.config.max_attempts = 1;
            CHECK_INT(calls_open(&c), BEDROCK_OK);
            CHECK_INT(calls_call(&c), cases[i].code);
            check(cases[i].code, cases[i].type, cases[i].message);
        }
    }
    test_context(NULL);
}

static void long_message_is_cut_at_a_code_point(void)
{
    char body[1200] = "{\"message\":\"a", want[257] = "a";
    size_t i, drop;

    for (i = 0; i < 200; i++) {
        strcat(body, "\xc3\xa9");
    }
    strcat(body, "bcd\"}");
    for (i = 0; i < 127; i++) {
        strcat(want, "\xc3\xa9");
    }
    for (drop = 0; drop < 8; drop++) {
        const struct http_answer script[] = {{.text = json_answer("400 B", body)}};

        calls_init(&c, script, 1);
        c.fake.read_max = drop;
        CHECK_INT(calls_open(&c), BEDROCK_OK);
        CHECK_INT(calls_call(&c), BEDROCK_E_SERVICE);
        check(BEDROCK_E_SERVICE, "", want);
    }
}

static void somebody_in_between(void)
{
    call_with("HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 41\r\n\r\n"
              "<html>\r\n <b>502</b>\t\x1b[1mno \xc3\xa9 way</html>",
              HTTP_THEN_KEEP);
    check(BEDROCK_E_HTTP_NOT_BEDROCK, "", "<html> <b>502</b> [1mno way</html>");
    call_with("HTTP/1.1 302 Found\r\nLocation: http://portal/\r\nContent-Length: 0\r\n\r\n",
              HTTP_THEN_KEEP);
    check(BEDROCK_E_HTTP_NOT_BEDROCK, "", "");
    call_with("HTTP/1.1 204 No Content\r\n\r\n", HTTP_THEN_KEEP);
    check(BEDROCK_E_HTTP_NOT_BEDROCK, "", "");
    /* A hotel's page, with the best of all statuses. */
    call_with("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nPlease log in", HTTP_THEN_CLOSE);
    check(BEDROCK_E_HTTP_NOT_BEDROCK, "", "Please log in");
    call_with("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", HTTP_THEN_KEEP);
    check(BEDROCK_E_HTTP_NOT_BEDROCK, "", "");
    call_with("SSH-2.0-OpenSSH\r\n", HTTP_THEN_KEEP);
    check(BEDROCK_E_HTTP, "", "");
}

/* Whoever says so: the service's front, or a proxy. */
static void too_large(void)
{
    call_with("HTTP/1.1 413 Payload Too Large\r\nContent-Length: 0\r\n\r\n", HTTP_THEN_CLOSE);
    check(BEDROCK_E_TOO_LARGE, "", "");
    call_with("HTTP/1.1 413 L\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n"
              "<html>413 Req",
              HTTP_THEN_KEEP);
    check(BEDROCK_E_TOO_LARGE, "", "<html>413 Req");
}

static void content_types(void)
{
    call_with("HTTP/1.1 400 B\r\nContent-Type: Application/JSON; charset=utf-8\r\n"
              "Content-Length: 15\r\n\r\n{\"message\":\"m\"}",
              HTTP_THEN_KEEP);
    check(BEDROCK_E_SERVICE, "", "m");
    call_with("HTTP/1.1 400 B\r\nContent-Type: application/x-amz-json-1.1\r\n"
              "Content-Length: 15\r\n\r\n{\"message\":\"m\"}",
              HTTP_THEN_KEEP);
    check(BEDROCK_E_SERVICE, "", "m");
    call_with("HTTP/1.1 400 B\r\nContent-Type: application/jsonx\r\nContent-Length: 0\r\n\r\n",
              HTTP_THEN_KEEP);
    check(BEDROCK_E_HTTP_NOT_BEDROCK, "", "");
}

/* What breaks off has said enough. */
static void broken_off(void)
{
    static const char head[] = "HTTP/1.1 400 B\r\nx-amzn-errortype: ValidationException\r\n"
                               "Content-Length: 900\r\n\r\n{\"message\":\"half";

    call_with(head, HTTP_THEN_CLOSE);
    check(BEDROCK_E_VALIDATION, "ValidationException", "half");
    call_with(head, HTTP_THEN_BREAK);
    check(BEDROCK_E_VALIDATION, "ValidationException", "half");
}

/* A body without end is not read to its end. */
static void endless(void)
{
    static char page[200000];
    size_t len;

    len = (size_t)snprintf(page, sizeof page, "HTTP/1.1 503 U\r\nContent-Length: 9999999\r\n\r\n");
    memset(page + len, 'x', sizeof page - 1 - len);
    call_with(page, HTTP_THEN_KEEP);
    CHECK(c.fake.read_len >= 65536 && c.fake.read_len < 80000);
    CHECK(!fake_port_is_connected(&c.fake));
    CHECK_INT(strlen(bedrock_last_error(c.client)->message), 255);
    CHECK_INT(bedrock_last_error(c.client)->code, BEDROCK_E_HTTP_NOT_BEDROCK);
    calls_free(&c);
}

static void next_call_forgets(void)
{
    calls_make(&c, ANSWERS(TEXT(FAILED_AS("400 B", "ValidationException", "")), TEXT(OK)));
    CHECK_INT(calls_call(&c), BEDROCK_E_VALIDATION);
    CHECK(fake_port_is_connected(&c.fake));
    CHECK_INT(bedrock_next(c.client, NULL), BEDROCK_E_VALIDATION);
    calls_good(&c);
    CHECK_INT(c.fake.connects, 1);
    CHECK_INT(bedrock_last_error(c.client)->http_status, 200);
    CHECK_TEXT(bedrock_last_error(c.client)->type, "");
    calls_free(&c);
}

static void classes_of_errors(void)
{
    static const struct {
        int code, http_status;
        enum bdk_retry_kind kind;
    } cases[] = {
        {BEDROCK_E_THROTTLED, 429, BDK_RETRY_THROTTLED},
        {BEDROCK_E_THROTTLED, 200, BDK_RETRY_THROTTLED},
        {BEDROCK_E_MODEL_NOT_READY, 429, BDK_RETRY_TRANSIENT},
        {BEDROCK_E_UNAVAILABLE, 503, BDK_RETRY_TRANSIENT},
        {BEDROCK_E_INTERNAL, 500, BDK_RETRY_TRANSIENT},
        {BEDROCK_E_READ, 0, BDK_RETRY_TRANSIENT},
        {BEDROCK_E_RESOLVE, 0, BDK_RETRY_TRANSIENT},
        {BEDROCK_E_TIMEOUT_CONNECT, 0, BDK_RETRY_TRANSIENT},
        {BEDROCK_E_TLS_TRUNCATED, 200, BDK_RETRY_TRANSIENT},
        {BEDROCK_E_HTTP_NOT_BEDROCK, 502, BDK_RETRY_TRANSIENT},
        {BEDROCK_E_HTTP_NOT_BEDROCK, 429, BDK_RETRY_THROTTLED},
        {BEDROCK_E_HTTP_NOT_BEDROCK, 403, BDK_RETRY_NEVER},
        {BEDROCK_E_TIMEOUT_FIRST_BYTE, 0, BDK_RETRY_NEVER},
        {BEDROCK_E_TIMEOUT_IDLE, 200, BDK_RETRY_NEVER},
        {BEDROCK_E_TIMEOUT_TOTAL, 503, BDK_RETRY_TRANSIENT}, /* which there is no time for */
        {BEDROCK_E_MODEL_TIMEOUT, 408, BDK_RETRY_NEVER},
        {BEDROCK_E_MODEL_ERROR, 424, BDK_RETRY_NEVER},
        {BEDROCK_E_MODEL_STREAM, 424, BDK_RETRY_NEVER},
        {BEDROCK_E_QUOTA, 400, BDK_RETRY_NEVER},
        {BEDROCK_E_VALIDATION, 400, BDK_RETRY_NEVER},
        {BEDROCK_E_TOO_LARGE, 413, BDK_RETRY_NEVER},
        {BEDROCK_E_TOO_LARGE, 0, BDK_RETRY_NEVER},
        {BEDROCK_E_EXPIRED_TOKEN, 403, BDK_RETRY_NEVER},
        {BEDROCK_E_BAD_KEY, 403, BDK_RETRY_NEVER},
        {BEDROCK_E_SERVICE, 400, BDK_RETRY_NEVER},
        {BEDROCK_E_CERT_UNTRUSTED, 0, BDK_RETRY_NEVER},
        {BEDROCK_E_BODY_CHANGED, 0, BDK_RETRY_NEVER},
        {BEDROCK_E_JSON, 200, BDK_RETRY_NEVER},
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        test_context("%d with %d", cases[i].code, cases[i].http_status);
        CHECK_INT(bdk_service_retry_kind(cases[i].code, cases[i].http_status), cases[i].kind);
    }
    test_context(NULL);
    CHECK_INT(bdk_service_status("Exception", 400), BEDROCK_E_SERVICE);
    CHECK_INT(bdk_service_status("", 0), BEDROCK_E_SERVICE);
}

int main(void)
{
    RUN(every_code_in_the_header);
    RUN(every_code_in_the_body);
    RUN(every_code_in_a_stream);
    RUN(every_code_has_its_class);
    RUN(status_alone);
    RUN(code_in_the_body);
    RUN(long_message_is_cut_at_a_code_point);
    RUN(somebody_in_between);
    RUN(too_large);
    RUN(content_types);
    RUN(broken_off);
    RUN(endless);
    RUN(next_call_forgets);
    RUN(classes_of_errors);
    return test_finish();
}
