/* SPDX-License-Identifier: MIT */
/*
 * Whom the simulator lets in. The signatures are the ones that botocore and @smithy/signature-v4
 * give for these requests; the clock stands at 2025-01-15 12:34:56 UTC.
 */
#define _POSIX_C_SOURCE 200809L

#include "client.h"
#include "test.h"

#define DATE  "X-Amz-Date: 20250115T123456Z\r\n"
#define HELLO SAY("Hello")
#define HAIKU "/model/anthropic.claude-3-haiku-20240307-v1%3A0/converse"
#define TOKEN                                                                                      \
    "X-Amz-Security-Token: IQoJb3JpZ2luX2VjEXAMPLE//////////wEaCXVzLWVhc3QtMSJHMEUCIQ==\r\n"
#define AUTH(headers, signature)                                                                   \
    "Authorization: AWS4-HMAC-SHA256 "                                                             \
    "Credential=AKIDEXAMPLE/20250115/us-east-1/bedrock/aws4_request, SignedHeaders=" headers       \
    ", Signature=" signature "\r\n"
#define PLAIN     AUTH("content-type;host;x-amz-date", SIGNATURE)
#define SIGNATURE "77d9c45d8e0ed70b120bc8ce61f6584d648667e29a85bed6b147a202fd2a21e6"

static struct simulator simulator;

struct signed_request {
    const char *name;
    const char *method;
    const char *path;
    const char *headers;
    const char *body;
};

static const struct signed_request examples[] = {
    {"no token", "POST", HAIKU, DATE PLAIN, HELLO},
    {"session token", "POST", HAIKU,
     DATE TOKEN AUTH("content-type;host;x-amz-date;x-amz-security-token",
                     "484839fc11da6e107fe678c1ad6b16b02d16126dedf31713474690a0fbeedbe4"),
     HELLO},
    {"content hash", "POST", HAIKU,
     DATE "x-amz-content-sha256: "
          "7421da8d1a0949a481724fee62d5886aacde03836bf58248adb73e8b61ac0d54\r\n" AUTH(
              "content-type;host;x-amz-content-sha256;x-amz-date",
              "d4a2d580cf1aa1bc4454d5e3f518363af9c481d30298c2290fa7146b7e58d429"),
     HELLO},
    {"ARN", "POST",
     "/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Ainference-profile%2F"
     "us.anthropic.claude-3-haiku-20240307-v1%3A0/converse",
     DATE AUTH("content-type;host;x-amz-date",
               "9997178d207a27d4e3d2b08ff10d8944f8033490f2adbe83e84118de7e01ea7e"),
     HELLO},
    {"extra header", "POST", "/model/anthropic.claude-3-haiku-20240307-v1%3A0/converse-stream",
     DATE "X-Amzn-Bedrock-Trace: ENABLED\r\n" AUTH(
         "content-type;host;x-amz-date;x-amzn-bedrock-trace",
         "8036079fa28574808398664d1da368cd88b29c3c456f4a18f11b08ead7766a21"),
     HELLO},
};

static void good_signatures_come_in(void)
{
    size_t i;

    for (i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        const struct signed_request *e = &examples[i];

        client_call(&simulator, e->method, e->path, e->headers, e->body);
        test_context("%s: %s", e->name, answer_body);
        CHECK_INT(answer_status, 200);
        CHECK(head_has("Date: Wed, 15 Jan 2025 12:34:56 GMT\r\n"));
        CHECK(head_has("\r\nx-amzn-RequestId: "));
    }
    test_context(NULL);
}

/* Signed over a query, out of order on the wire, whose next token then is not one of ours; and of a
 * job that does not exist. */
static void queries_are_sorted(void)
{
    client_call(&simulator, "GET",
                "/async-invoke?submitTimeAfter=2025-01-01T00%3A00%3A00Z&statusEquals=Completed&"
                "nextToken=ab%2Fc%2B%3D%3D&maxResults=10",
                DATE AUTH("host;x-amz-date",
                          "bed078ed879593598956443d0a8595bc52a793195257a1fa9b021c05bfb4f4c1"),
                "");
    CHECK_INT(answer_status, 400);
    CHECK(answer_has("nextToken"));
    client_call(&simulator, "GET",
                "/async-invoke/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aasync-invoke%2F"
                "abc123def456",
                DATE AUTH("host;x-amz-date",
                          "de074065905fd6886877aacad55e891e763a98faa8a7e685e5db2da5754dcbe8"),
                "");
    CHECK_INT(answer_status, 400);
    CHECK(answer_has("There is no invocation"));
}

/* Every byte that the signature covers, changed once. */
static void changed_requests_stay_out(void)
{
    static const struct signed_request changed[] = {
        {"method", "PUT", HAIKU, DATE PLAIN, HELLO},
        {"path", "POST", "/model/anthropic.claude-3-haiku-20240307-v1%3A1/converse", DATE PLAIN,
         HELLO},
        {"query", "POST", HAIKU "?a=b", DATE PLAIN, HELLO},
        {"body", "POST", HAIKU, DATE PLAIN, SAY("Hellp")},
        {"date", "POST", HAIKU, "X-Amz-Date: 20250115T123457Z\r\n" PLAIN, HELLO},
        {"signature", "POST", HAIKU,
         DATE AUTH("content-type;host;x-amz-date",
                   "77d9c45d8e0ed70b120bc8ce61f6584d648667e29a85bed6b147a202fd2a21e7"),
         HELLO},
        {"token unsigned", "POST", HAIKU, DATE TOKEN PLAIN, HELLO},
        {"header unsigned", "POST", HAIKU, DATE "X-Amzn-Bedrock-Trace: ENABLED\r\n" PLAIN, HELLO},
        {"names out of order", "POST", HAIKU, DATE AUTH("host;content-type;x-amz-date", SIGNATURE),
         HELLO},
        {"host unsigned", "POST", HAIKU, DATE AUTH("content-type;x-amz-date", SIGNATURE), HELLO},
        {"absent header signed", "POST", HAIKU,
         DATE AUTH("accept;content-type;host;x-amz-date", SIGNATURE), HELLO},
        {"content hash", "POST", HAIKU,
         DATE "x-amz-content-sha256: "
              "7421da8d1a0949a481724fee62d5886aacde03836bf58248adb73e8b61ac0d55\r\n" AUTH(
                  "content-type;host;x-amz-content-sha256;x-amz-date",
                  "d4a2d580cf1aa1bc4454d5e3f518363af9c481d30298c2290fa7146b7e58d429"),
         HELLO},
    };
    size_t i;

    for (i = 0; i < sizeof changed / sizeof changed[0]; i++) {
        const struct signed_request *c = &changed[i];

        client_call(&simulator, c->method, c->path, c->headers, c->body);
        test_context("%s: %s", c->name, answer_body);
        CHECK_INT(answer_status, 403);
        CHECK(head_has(
            "\r\nx-amzn-ErrorType: InvalidSignatureException:http://internal.amazon.com/"));
    }
    test_context(NULL);
}

static void canonical_request_is_told(void)
{
    client_call(&simulator, "POST", HAIKU, DATE PLAIN, SAY("x"));
    CHECK(answer_has(
        "/model/anthropic.claude-3-haiku-20240307-v1%253A0/converse\\n\\ncontent-type:"
        "application/json\\nhost:bedrock-runtime.us-east-1.amazonaws.com\\nx-amz-date:"));
}

static void refusals_name_their_reason(void)
{
    static const struct {
        const char *headers;
        const char *type;
        const char *message;
    } refusals[] = {
        {"", "MissingAuthenticationTokenException", "Missing Authentication Token"},
        {"Authorization: Bearer other\r\n", "AccessDeniedException", "API Key"},
        {"Authorization: Basic eDp5\r\n", "IncompleteSignatureException", "algorithm"},
        {"Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\r\n",
         "IncompleteSignatureException", "SignedHeaders"},
        {PLAIN, "IncompleteSignatureException", "X-Amz-Date"},
        {DATE "Authorization: AWS4-HMAC-SHA256 Credential=AKIDOTHER/20250115/us-east-1/bedrock/"
              "aws4_request, SignedHeaders=host, Signature=0\r\n",
         "UnrecognizedClientException", "The security token included in the request is invalid."},
        {DATE "Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20250115/us-east-1/"
              "bedrock-runtime/aws4_request, SignedHeaders=host, Signature=0\r\n",
         "InvalidSignatureException", "correct service: 'bedrock'"},
        {DATE "Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20250115/eu-west-1/"
              "bedrock/aws4_request, SignedHeaders=host, Signature=0\r\n",
         "InvalidSignatureException", "valid region"},
        {DATE "Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20250116/us-east-1/"
              "bedrock/aws4_request, SignedHeaders=host, Signature=0\r\n",
         "InvalidSignatureException", "Date in Credential scope does not match"},
        {"X-Amz-Date: 20250115T122955Z\r\n" PLAIN, "InvalidSignatureException",
         "Signature expired: 20250115T122955Z is now earlier than 20250115T122956Z "
         "(20250115T123456Z - "
         "5 min.)"},
        {"X-Amz-Date: 20250115T123957Z\r\n" PLAIN, "InvalidSignatureException",
         "Signature not yet current: 20250115T123957Z is still later than 20250115T123956Z"},
    };
    char type[128];
    size_t i;

    for (i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        client_call(&simulator, "POST", HAIKU, refusals[i].headers, HELLO);
        test_context("%s: %s", refusals[i].headers, answer_body);
        snprintf(type, sizeof type, "\r\nx-amzn-ErrorType: %s:http://", refusals[i].type);
        CHECK_INT(answer_status, 403);
        CHECK(head_has(type));
        CHECK(answer_has(refusals[i].message));
    }
    test_context(NULL);
}

static void clock_can_be_shifted(void)
{
    char *options[] = {"--time", "2025-01-15T12:34:56Z", "--fault", "clock:+900", NULL};
    struct simulator late;

    REQUIRE(simulator_start(&late, options) == 0);
    client_call(&late, "POST", HAIKU, DATE PLAIN, HELLO);
    CHECK_INT(answer_status, 403);
    CHECK(answer_has("Signature expired"));
    CHECK(head_has("Date: Wed, 15 Jan 2025 12:49:56 GMT\r\n"));
    CHECK_INT(simulator_stop(&late), 0);
}

static void base_path_is_signed(void)
{
    char *options[] = {"--time", "2025-01-15T12:34:56Z", "--base", "/base",
                       "--host", "localhost:8443",       NULL};
    struct simulator based;

    REQUIRE(simulator_start(&based, options) == 0);
    client_call(&based, "POST", "/base/model/m/converse",
                "Host: localhost:8443\r\n" DATE AUTH(
                    "content-type;host;x-amz-date",
                    "5ced78f93f8a6cfea150394788869780249452c72d5f8dc46daaa8b9fa7fb106"),
                "{}");
    CHECK_INT(answer_status, 400); /* signed well, but without messages */
    CHECK(answer_has("must start with a user message"));
    client_call(&based, "POST", "/model/m/converse", "Host: localhost:8443\r\n" BEARER, HELLO);
    CHECK_INT(answer_status, 404);
    client_call(&based, "POST", "/base/model/m/converse", BEARER, HELLO);
    CHECK_INT(answer_status, 400);
    CHECK(answer_has("Host header"));
    CHECK_INT(simulator_stop(&based), 0);
}

int main(void)
{
    char *options[] = {"--time", "2025-01-15T12:34:56Z", NULL};

    if (simulator_start(&simulator, options) != 0) {
        fputs("cannot run the simulator\n", stderr);
        return 1;
    }
    RUN(good_signatures_come_in);
    RUN(queries_are_sorted);
    RUN(changed_requests_stay_out);
    RUN(canonical_request_is_told);
    RUN(refusals_name_their_reason);
    RUN(clock_can_be_shifted);
    RUN(base_path_is_signed);
    simulator_stop(&simulator);
    return test_finish();
}
