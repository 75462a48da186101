/* SPDX-License-Identifier: MIT */
/* StartAsyncInvoke, GetAsyncInvoke and a page of ListAsyncInvokes: what is sent, and what is told
 * of the answers, by events and as jobs. */
#include "unit/client/jobs.h"

/* ---------------------------------------------------------------- the calls */

static struct bedrock_start_async_invoke asked;
static const char *arn;
static struct bedrock_list_async_invokes query;

static int start(bedrock_client *client)
{
    return bedrock_start_async_invoke(client, &asked);
}

static int get(bedrock_client *client)
{
    return bedrock_get_async_invoke(client, arn);
}

static int list(bedrock_client *client)
{
    return bedrock_list_async_invokes(client, &query);
}

static const struct record_call starts = {start, tell_jobs};
static const struct record_call got = {get, tell_jobs};
static const struct record_call got_by_events = {get, tell_events};
static const struct record_call lists = {list, tell_jobs};
static const struct record_call lists_by_events = {list, tell_events};

#define STARTED "{\"invocationArn\":\"arn:1\"}"
#define OUTPUT  "\"outputDataConfig\":{\"s3OutputDataConfig\":{\"s3Uri\":\"s3://b/\"}}"

static void ask(void)
{
    memset(&asked, 0, sizeof asked);
    asked.model_id = "amazon.nova-reel-v1:0";
    asked.s3_uri = "s3://b/";
    asked.client_request_token = "mine";
}

/* --------------------------------------------------------- StartAsyncInvoke */

static void check_started(const char *body)
{
    check_record_request(&starts, STARTED,
                         &(struct record_request){"POST", "/async-invoke", "", body},
                         "/async-invoke");
}

static void start_requests(void)
{
    static const struct bedrock_pair tags[] = {{"a", "b"}, {"c", ""}};

    ask();
    check_started("{\"clientRequestToken\":\"mine\",\"modelId\":\"amazon.nova-reel-v1:0\","
                  "\"modelInput\":{}," OUTPUT "}");
    asked.model_input = (struct bedrock_body)BEDROCK_JSON_BODY(" {\"a\":[1,{\"b\":\"c\"}]} ");
    asked.s3_kms_key_id = "key";
    asked.s3_bucket_owner = "123456789012";
    asked.tags = tags;
    asked.tag_count = 2;
    check_started("{\"clientRequestToken\":\"mine\",\"modelId\":\"amazon.nova-reel-v1:0\","
                  "\"modelInput\":{\"a\":[1,{\"b\":\"c\"}]},"
                  "\"outputDataConfig\":{\"s3OutputDataConfig\":{\"s3Uri\":\"s3://b/\","
                  "\"kmsKeyId\":\"key\",\"bucketOwner\":\"123456789012\"}},"
                  "\"tags\":[{\"key\":\"a\",\"value\":\"b\"},{\"key\":\"c\",\"value\":\"\"}]}");
}

static void start_refusals(void)
{
    static const struct bedrock_pair no_name = {"", "b"}, no_value = {"a", NULL};
    static char long_id[258];

    ask();
    asked.model_id = NULL;
    check_record_refused(&starts, BEDROCK_E_ARGUMENT);
    memset(long_id, 'm', 257);
    asked.model_id = long_id;
    check_record_refused(&starts, BEDROCK_E_ARGUMENT);
    ask();
    asked.s3_uri = "";
    check_record_refused(&starts, BEDROCK_E_ARGUMENT);
    ask();
    asked.tag_count = 1;
    check_record_refused(&starts, BEDROCK_E_ARGUMENT);
    asked.tags = &no_name;
    check_record_refused(&starts, BEDROCK_E_ARGUMENT);
    asked.tags = &no_value;
    check_record_refused(&starts, BEDROCK_E_ARGUMENT);
    ask();
    asked.model_input = (struct bedrock_body)BEDROCK_JSON_BODY("{\"a\":}");
    check_record_refused(&starts, BEDROCK_E_JSON);
    CHECK_INT(bedrock_start_async_invoke(NULL, &asked), BEDROCK_E_BUFFER);
    CHECK_INT(bedrock_async_next(NULL, NULL), BEDROCK_E_BUFFER);
}

static void longest_model_id(void)
{
    static char long_id[257];
    static struct record_service service;

    ask();
    memset(long_id, 'm', 256);
    asked.model_id = long_id;
    record_service_open(&service, NULL, 0, 0);
    CHECK_INT(start(service.client), BEDROCK_OK);
    record_service_free(&service);
}

/* ---------------------------------------------------------- the request token */

#define TOKEN_KEY "{\"clientRequestToken\":\""

static void copy_token(char token[BEDROCK_UUID_SIZE], const struct record_service *service,
                       size_t request)
{
    const char *body = http_peer_body(&service->peer, request);

    CHECK_BYTES(body, sizeof TOKEN_KEY - 1, TOKEN_KEY, sizeof TOKEN_KEY - 1);
    memcpy(token, body + sizeof TOKEN_KEY - 1, BEDROCK_UUID_SIZE - 1);
    token[BEDROCK_UUID_SIZE - 1] = '\0';
    CHECK_INT(body[sizeof TOKEN_KEY - 1 + BEDROCK_UUID_SIZE - 1], '"');
}

/* RFC 9562: xxxxxxxx-xxxx-4xxx-[89ab]xxx-xxxxxxxxxxxx */
static int is_uuid(const char *token)
{
    size_t i;

    for (i = 0; i < BEDROCK_UUID_SIZE - 1; i++) {
        int is_dash = i == 8 || i == 13 || i == 18 || i == 23;

        if (is_dash ? token[i] != '-' : strchr("0123456789abcdef", token[i]) == NULL) {
            return 0;
        }
    }
    return token[14] == '4' && strchr("89ab", token[19]) != NULL;
}

#define BUSY                                                                                       \
    "HTTP/1.1 503 Busy\r\nx-amzn-ErrorType: ServiceUnavailableException\r\n"                       \
    "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
#define GOOD                                                                                       \
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 25\r\n\r\n" STARTED

static void token_is_made_once_a_call(void)
{
    static const struct http_answer script[] = {{.text = BUSY}, {.text = GOOD}, {.text = GOOD}};
    static struct record_service service;
    char first[BEDROCK_UUID_SIZE], again[BEDROCK_UUID_SIZE], other[BEDROCK_UUID_SIZE];
    struct bytes out = {0};

    ask();
    asked.client_request_token = NULL;
    record_service_open(&service, script, 3, 0);
    CHECK_INT(start(service.client), BEDROCK_OK);
    CHECK_INT(start(service.client), BEDROCK_E_STATE); /* and draws nothing */
    CHECK_INT(tell_jobs(service.client, &out), BEDROCK_OK);
    asked.client_request_token = "";
    CHECK_INT(start(service.client), BEDROCK_OK);
    CHECK_INT(tell_jobs(service.client, &out), BEDROCK_OK);
    REQUIRE(service.peer.request_count == 3);
    copy_token(first, &service, 0);
    copy_token(again, &service, 1);
    copy_token(other, &service, 2);
    CHECK(is_uuid(first) && is_uuid(other));
    CHECK_TEXT(again, first);
    CHECK(strcmp(first, other) != 0);
    bytes_free(&out);
    record_service_free(&service);
}

static void no_entropy(void)
{
    static const struct http_answer script[] = {{.text = GOOD}};
    static struct record_service service;
    struct bytes out = {0};

    ask();
    asked.client_request_token = NULL;
    record_service_open(&service, script, 1, 0);
    service.fake.entropy_fails = 1;
    CHECK_INT(start(service.client), BEDROCK_E_ENTROPY);
    CHECK_INT(bedrock_async_next(service.client, NULL), BEDROCK_E_ENTROPY);
    CHECK_INT(bedrock_last_error(service.client)->code, BEDROCK_E_ENTROPY);
    CHECK(bedrock_last_error(service.client)->port_code < 0);
    CHECK_INT(service.fake.connects, 0);
    asked.client_request_token = "mine";
    CHECK_INT(start(service.client), BEDROCK_OK);
    CHECK_INT(tell_jobs(service.client, &out), BEDROCK_OK);
    bytes_free(&out);
    record_service_free(&service);
}

/* ------------------------------------------------------------ GetAsyncInvoke */

static void get_requests(void)
{
    arn = "arn:aws:bedrock:us-east-1:123456789012:async-invoke/abc";
    check_record_request(
        &got, STARTED,
        &(struct record_request){"GET",
                                 "/async-invoke/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3A"
                                 "async-invoke%2Fabc",
                                 "", NULL},
        "/async-invoke/arn%253Aaws%253Abedrock%253Aus-east-1%253A123456789012%253A"
        "async-invoke%252Fabc");
    arn = NULL;
    check_record_refused(&got, BEDROCK_E_ARGUMENT);
    arn = "";
    check_record_refused(&got, BEDROCK_E_ARGUMENT);
    arn = "a b";
    check_record_refused(&got, BEDROCK_E_ARGUMENT);
}

#define TEN(x)     x x x x x x x x x x
#define FIFTY(x)   TEN(x) TEN(x) TEN(x) TEN(x) TEN(x)
#define HUNDRED(x) FIFTY(x) FIFTY(x)

static const struct {
    const char *name, *body, *jobs;
    int code;
    const char *events; /* NULL: not looked at */
} answers[] = {
    {"all of it",
     "{\"clientRequestToken\":\"t\",\"endTime\":\"2025-01-01T00:00:10Z\",\"failureMessage\":\"f\","
     "\"invocationArn\":\"arn:1\",\"lastModifiedTime\":\"2025-01-01T01:00:05.5+01:00\","
     "\"modelArn\":\"arn:m\"," OUTPUT ",\"status\":\"Failed\","
     "\"submitTime\":\"2025-01-01T00:00:00.123Z\"}",
     "3 1735689600 1735689605 1735689610 [arn:1] [arn:m] [t] [f] [s3://b/]\n", BEDROCK_OK,
     "begin 0 -\nfield clientRequestToken t\nfield endTime 2025-01-01T00:00:10Z\n"
     "field failureMessage f\nfield invocationArn arn:1\n"
     "field lastModifiedTime 2025-01-01T01:00:05.5+01:00\nfield modelArn arn:m\n"
     "field s3Uri s3://b/\nfield status Failed\nfield submitTime 2025-01-01T00:00:00.123Z\n"
     "end 0 record\n"},
    {"in progress",
     "{\"status\":\"InProgress\",\"endTime\":null,\"failureMessage\":null,\"invocationArn\":\"a\"}",
     "1 0 0 0 [a] [] [] [] []\n", BEDROCK_OK, NULL},
    {"completed", "{\"invocationArn\":\"a\",\"status\":\"Completed\",\"status2\":\"Failed\"}",
     "2 0 0 0 [a] [] [] [] []\n", BEDROCK_OK,
     "begin 0 -\nfield invocationArn a\nfield status Completed\nfield status2 \"Failed\"\nend 0 "
     "record\n"},
    {"a status that nobody knows", "{\"invocationArn\":\"a\",\"status\":\"Paused\"}",
     "0 0 0 0 [a] [] [] [] []\n", BEDROCK_OK, NULL},
    {"a status without end", "{\"status\":\"" TEN("Paused..") "\",\"invocationArn\":\"a\"}",
     "0 0 0 0 [a] [] [] [] []\n", BEDROCK_OK, NULL},
    {"times as numbers",
     "{\"submitTime\":1735689600,\"lastModifiedTime\":1735689605.5,\"endTime\":1.73568961e9,"
     "\"invocationArn\":\"a\"}",
     "0 1735689600 1735689605 1735689610 [a] [] [] [] []\n", BEDROCK_OK, NULL},
    {"an output of another kind",
     "{\"outputDataConfig\":{\"tapeConfig\":{\"s3Uri\":1},\"s3OutputDataConfig\":{\"kmsKeyId\":"
     "\"k\",\"bucketOwner\":\"o\",\"more\":true}},\"invocationArn\":\"a\"}",
     "0 0 0 0 [a] [] [] [] []\n", BEDROCK_OK,
     "begin 0 -\nfield tapeConfig {\"s3Uri\":1}\nfield kmsKeyId k\nfield bucketOwner o\n"
     "field more true\nfield invocationArn a\nend 0 record\n"},
    {"texts that are cut",
     "{\"clientRequestToken\":\"" FIFTY("t") "1234567890123\",\"failureMessage\":\"" FIFTY("f")
         HUNDRED("g") HUNDRED("h") "1234\\u00e9\",\"status\":\"Failed\",\"invocationArn\":\"a\"}",
     "3 0 0 0 [a] [] [" FIFTY("t") "1234567890123] [" FIFTY("f") HUNDRED("g")
         HUNDRED("h") "1234] []\n",
     BEDROCK_OK, NULL},
    {"nothing is put behind a cut",
     "{\"clientRequestToken\":\"" FIFTY("t") "123456789012\\u00e9z\",\"invocationArn\":\"a\"}",
     "0 0 0 0 [a] [] [" FIFTY("t") "123456789012] [] []\n", BEDROCK_OK, NULL},
    {"empty", "{}", "0 0 0 0 [] [] [] [] []\n", BEDROCK_E_ANSWER_INCOMPLETE,
     "begin 0 -\nend 0 record\n"},
    {"members that are no texts",
     "{\"invocationArn\":{\"a\":[1]},\"modelArn\":[\"x\"],\"status\":true,\"outputDataConfig\":7}",
     "0 0 0 0 [] [] [] [] []\n", BEDROCK_E_ANSWER_INCOMPLETE, NULL},
    {"no object", "[]", "", BEDROCK_E_ANSWER_INCOMPLETE, ""},
    {"null", "null", "", BEDROCK_E_ANSWER_INCOMPLETE, ""},
    {"a date that is none", "{\"submitTime\":\"2025-02-29T00:00:00Z\"}", "", BEDROCK_E_TIME, NULL},
    {"no date", "{\"submitTime\":\"soon\"}", "", BEDROCK_E_TIME, NULL},
    {"an empty date", "{\"submitTime\":\"\"}", "", BEDROCK_E_TIME, NULL},
    {"a date without end", "{\"submitTime\":\"2025-01-01T00:00:00." HUNDRED("0") "Z\"}", "",
     BEDROCK_E_TIME, NULL},
    {"an ARN too long", "{\"invocationArn\":\"" HUNDRED("a") FIFTY("a") TEN("a") "\"}", "",
     BEDROCK_E_FIELD_SIZE, NULL},
    {"no JSON", "{\"status\":\"Failed\"", "", BEDROCK_E_JSON_INCOMPLETE, NULL},
};

static void get_replies(void)
{
    size_t i;

    arn = "arn:1";
    for (i = 0; i < sizeof answers / sizeof *answers && !test_failed(); i++) {
        check_record(&got, answers[i].body, answers[i].jobs, answers[i].code, answers[i].name);
        if (answers[i].events != NULL) {
            check_record(&got_by_events, answers[i].body, answers[i].events, answers[i].code,
                         answers[i].name);
        }
    }
}

static void start_replies(void)
{
    ask();
    check_record(&starts, STARTED, "0 0 0 0 [arn:1] [] [] [] []\n", BEDROCK_OK, "started");
    check_record(&starts, "{}", "0 0 0 0 [] [] [] [] []\n", BEDROCK_E_ANSWER_INCOMPLETE, "unnamed");
    check_record(&starts, "{\"invocationArn\":null}", "0 0 0 0 [] [] [] [] []\n",
                 BEDROCK_E_ANSWER_INCOMPLETE, "null");
    check_record(&starts, "{\"invocationArn\":\"\"}", "0 0 0 0 [] [] [] [] []\n",
                 BEDROCK_E_ANSWER_INCOMPLETE, "no name");
}

/* Half a surrogate pair is no code point, and becomes one that says so; what follows is in its
 * place. */
static void lone_surrogates(void)
{
    arn = "arn:1";
    check_record(&got,
                 "{\"failureMessage\":\"a\\ud83d\\ude00b\\ud83dc\\ude00\",\"status\":\"Failed\","
                 "\"invocationArn\":\"arn:1\"}",
                 "3 0 0 0 [arn:1] [] [] [a\xF0\x9F\x98\x80"
                 "b\xEF\xBF\xBD"
                 "c\xEF\xBF\xBD] []\n",
                 BEDROCK_OK, "inside");
    check_record(
        &got, "{\"failureMessage\":\"a\\ud83d\",\"status\":\"Failed\",\"invocationArn\":\"arn:1\"}",
        "3 0 0 0 [arn:1] [] [] [a\xEF\xBF\xBD] []\n", BEDROCK_OK, "at the end");
    check_record(
        &got_by_events,
        "{\"failureMessage\":\"a\\ud83d\",\"status\":\"Failed\",\"invocationArn\":\"arn:1\"}",
        "begin 0 -\nfield failureMessage a\xEF\xBF\xBD\nfield status Failed\n"
        "field invocationArn arn:1\nend 0 record\n",
        BEDROCK_OK, "at the end, by events");
}

/* ---------------------------------------------------------- ListAsyncInvokes */

static void check_query(const char *want)
{
    test_context("%s", want);
    check_record_request(&lists, "{}", &(struct record_request){"GET", "/async-invoke", want, NULL},
                         "/async-invoke");
    test_context(NULL);
}

static void list_requests(void)
{
    memset(&query, 0, sizeof query);
    check_query("");
    query.next_token = query.sort_by = "";
    query.max_results = 1000;
    check_query("maxResults=1000");
    query.submit_time_before = 1735689600;
    check_query("maxResults=1000&submitTimeBefore=2025-01-01T00%3A00%3A00Z");
    query.next_token = "a b/+=~\xC3\xA9";
    query.sort_by = "SubmissionTime";
    query.sort_order = "Ascending";
    query.status_equals = "InProgress";
    query.submit_time_after = 1;
    check_query("maxResults=1000&nextToken=a%20b%2F%2B%3D~%C3%A9&sortBy=SubmissionTime&"
                "sortOrder=Ascending&statusEquals=InProgress&"
                "submitTimeAfter=1970-01-01T00%3A00%3A01Z&"
                "submitTimeBefore=2025-01-01T00%3A00%3A00Z");
}

static void list_refusals(void)
{
    memset(&query, 0, sizeof query);
    query.max_results = -1;
    check_record_refused(&lists, BEDROCK_E_ARGUMENT);
    query.max_results = 1001;
    check_record_refused(&lists, BEDROCK_E_ARGUMENT);
    query.max_results = 0;
    query.submit_time_after = -1;
    check_record_refused(&lists, BEDROCK_E_ARGUMENT);
    query.submit_time_after = 0;
    query.submit_time_before = INT64_C(253402300800);
    check_record_refused(&lists, BEDROCK_E_ARGUMENT);
    CHECK_INT(bedrock_list_async_invokes(NULL, NULL), BEDROCK_E_BUFFER);
}

static void list_replies(void)
{
    memset(&query, 0, sizeof query);
    check_record(&lists_by_events,
                 "{\"nextToken\":\"n/\",\"asyncInvokeSummaries\":[{\"status\":\"Failed\","
                 "\"nextToken\":\"no\"},{}],\"count\":2}",
                 "field nextToken n/\nbegin 0 -\nfield status Failed\nfield nextToken \"no\"\n"
                 "end 0 record\nbegin 1 -\nend 1 record\nfield count 2\n",
                 BEDROCK_OK, "events");
    check_record(&lists,
                 "{\"asyncInvokeSummaries\":[{\"invocationArn\":\"1\"," OUTPUT "},"
                 "{\"status\":\"Failed\"},null,7],\"nextToken\":\"n\"}",
                 "0 0 0 0 [1] [] [] [] [s3://b/]\n3 0 0 0 [] [] [] [] []\n", BEDROCK_OK, "jobs");
    check_record(&lists, "{\"asyncInvokeSummaries\":null,\"nextToken\":null}", "", BEDROCK_OK,
                 "none");
    check_record(&lists, "{}", "", BEDROCK_OK, "nothing");
    check_record(&lists, "[]", "", BEDROCK_E_ANSWER_INCOMPLETE, "no object");
    check_record(&lists, "null", "", BEDROCK_E_ANSWER_INCOMPLETE, "null");
}

int main(void)
{
    RUN(start_requests);
    RUN(start_refusals);
    RUN(longest_model_id);
    RUN(token_is_made_once_a_call);
    RUN(no_entropy);
    RUN(get_requests);
    RUN(get_replies);
    RUN(start_replies);
    RUN(lone_surrogates);
    RUN(list_requests);
    RUN(list_refusals);
    RUN(list_replies);
    return test_finish();
}
