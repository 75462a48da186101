/* SPDX-License-Identifier: MIT */
/* The head of an answer, and what a failed one says in its body. */
#include "client/client.h"

#include "bedrock/json.h"
#include "client/service_error.h"
#include "util/bytes.h"
#include "util/civil_time.h"

#include <string.h>

void bdk_answer_begin(struct bedrock_client *client)
{
    memset(&client->answer, 0, sizeof client->answer);
    bedrock_http_response_init(&client->http, client->line, sizeof client->line, 0);
    client->body = client->body_end = NULL;
}

void bdk_answer_error_type(struct bedrock_client *client, const char *text, size_t len)
{
    size_t begin = 0, i;

    for (i = 0; i < len && text[i] != ':'; i++) {
        if (text[i] == '#') {
            begin = i + 1;
        }
    }
    while (begin < i && text[begin] == ' ') {
        begin++;
    }
    while (i > begin && text[i - 1] == ' ') {
        i--;
    }
    client->error_type[0] = '\0';
    bdk_append(client->error_type, sizeof client->error_type, text + begin, i - begin);
}

/* Reads up to nine digits; -1 if it is anything else. */
static int32_t read_number(const char *text, size_t len)
{
    int32_t value = 0;
    size_t i;

    for (i = 0; i < len; i++) {
        if (text[i] < '0' || text[i] > '9' || i == 9) {
            return -1;
        }
        value = value * 10 + (text[i] - '0');
    }
    return len == 0 ? -1 : value;
}

static void take_request_id(struct bedrock_client *client, const char *text, size_t len)
{
    client->request_id[0] = '\0';
    bdk_append(client->request_id, sizeof client->request_id, text, len);
}

static void take_date(struct bedrock_client *client, const char *text, size_t len)
{
    if (bdk_parse_http_date(&client->answer.date_s, NULL, text, len) != BEDROCK_OK) {
        client->answer.date_s = 0;
    }
}

/* The media type is compared without its parameters. */
static void take_content_type(struct bedrock_client *client, const char *text, size_t len)
{
    size_t type_len = 0;

    while (type_len < len && text[type_len] != ';' && text[type_len] != ' ') {
        type_len++;
    }
    client->answer.good_type =
        (uint8_t)bdk_equal_nocase(text, type_len, client->operation->answer_type);
    client->answer.json_type =
        (uint8_t)(bdk_equal_nocase(text, type_len, "application/json") ||
                  bdk_equal_nocase(text, type_len, "application/x-amz-json-1.1"));
}

/* RFC 9110: seconds, or a date. The service's own header beats it. */
static void take_retry_after(struct bedrock_client *client, const char *text, size_t len)
{
    int32_t seconds = read_number(text, len);
    int64_t date_s;

    if (seconds < 0 && bdk_parse_http_date(&date_s, NULL, text, len) == BEDROCK_OK) {
        date_s -= client->answer.date_s != 0 ? client->answer.date_s : client->now_s;
        seconds = date_s > 0 && date_s < 86400 ? (int32_t)date_s : -1;
    }
    if (seconds >= 0 && !client->answer.retry_exact) {
        client->answer.retry_ms = seconds > 86400 ? 86400000u : (uint32_t)seconds * 1000u;
    }
}

static void take_retry_after_ms(struct bedrock_client *client, const char *text, size_t len)
{
    int32_t ms = read_number(text, len);

    if (ms >= 0) {
        client->answer.retry_ms = (uint32_t)ms;
        client->answer.retry_exact = 1;
    }
}

struct known_header {
    const char *name;
    void (*take)(struct bedrock_client *client, const char *text, size_t len);
};

static const struct known_header known_headers[] = {
    {"x-amzn-requestid", take_request_id},
    {"x-amzn-errortype", bdk_answer_error_type},
    {"date", take_date},
    {"content-type", take_content_type},
    {"retry-after", take_retry_after},
    {"x-amz-retry-after", take_retry_after_ms},
};

void bdk_answer_header(struct bedrock_client *client, const struct bedrock_http_event *header)
{
    size_t i;

    for (i = 0; i < BDK_COUNT(known_headers); i++) {
        if (bdk_equal_nocase(header->name, header->name_len, known_headers[i].name)) {
            known_headers[i].take(client, header->text, header->len);
            return;
        }
    }
}

int bdk_answer_head_end(struct bedrock_client *client)
{
    if (client->error.http_status != 200) {
        bdk_answer_error_begin(client);
        client->state = BDK_ERROR_BODY;
        return BEDROCK_OK;
    }
    if (!client->answer.good_type) {
        return BEDROCK_E_HTTP_NOT_BEDROCK;
    }
    client->operation->begin(client);
    client->state = BDK_ANSWER;
    return BEDROCK_OK;
}

/* ------------------------------------------------------------ error bodies */

enum error_tag { ERROR_NONE, ERROR_MESSAGE, ERROR_ORIGINAL, ERROR_CODE };

static const struct bedrock_json_node error_nodes[] = {
    {0, ERROR_NONE, ""},           {0, ERROR_MESSAGE, "message"},
    {0, ERROR_MESSAGE, "Message"}, {0, ERROR_ORIGINAL, "originalMessage"},
    {0, ERROR_CODE, "code"},       {0, ERROR_CODE, "Code"},
    {0, ERROR_CODE, "__type"},
};

void bdk_answer_error_begin(struct bedrock_client *client)
{
    struct bdk_reader *reader = &client->reader;

    bedrock_json_init(&reader->json);
    bedrock_json_path_init(&reader->path, error_nodes, BDK_COUNT(error_nodes), 0);
    reader->json.allow_lone_surrogates = 1;
    reader->word_len = 0;
    reader->not_json = 0;
    client->error_len = 0;
    client->message[0] = '\0';
}

static void add_message(struct bedrock_client *client, const char *text, size_t len)
{
    bdk_append(client->message, sizeof client->message, text, len);
}

static void take_error_token(struct bedrock_client *client, uint8_t node,
                             const struct bedrock_json_event *token)
{
    struct bdk_reader *reader = &client->reader;
    size_t room = sizeof reader->word - reader->word_len;

    if (token->type != BEDROCK_JSON_STRING || node == BEDROCK_JSON_NO_NODE) {
        return;
    }
    if (error_nodes[node].tag == ERROR_MESSAGE) {
        add_message(client, token->text, token->len);
    } else if (error_nodes[node].tag == ERROR_ORIGINAL) {
        if (client->error.message[0] == '\0') {
            add_message(client, token->text, token->len);
        }
    } else if (error_nodes[node].tag == ERROR_CODE && client->error.type[0] == '\0') {
        memcpy(reader->word + reader->word_len, token->text, token->len < room ? token->len : room);
        reader->word_len = (uint8_t)(reader->word_len + (token->len < room ? token->len : room));
        if (token->last) {
            bdk_answer_error_type(client, reader->word, reader->word_len);
            reader->word_len = 0;
        }
    }
}

/* Keeps the start of a body that is no JSON, with white space folded and without what a terminal
 * could choke on. */
static void add_plain_text(struct bedrock_client *client, const char *text, size_t len)
{
    char *message = client->message;
    size_t i, at = strlen(message);

    for (i = 0; i < len && at + 1 < sizeof client->message; i++) {
        if (text[i] > ' ' && text[i] <= '~') {
            message[at++] = text[i];
        } else if (at > 0 && message[at - 1] != ' ') {
            message[at++] = ' ';
        }
    }
    message[at] = '\0';
}

void bdk_answer_error_body(struct bedrock_client *client, const char *text, size_t len)
{
    struct bdk_reader *reader = &client->reader;
    const char *begin = text, *end = text + len;
    struct bedrock_json_event token;
    int status = 0;

    while (!reader->not_json &&
           (status = bedrock_json_next(&reader->json, &text, end, &token)) > 0) {
        take_error_token(client, bedrock_json_path_next(&reader->path, &token), &token);
    }
    if (status < 0) {
        reader->not_json = 1;
    }
    if (reader->not_json) {
        add_plain_text(client, client->error.message[0] == '\0' ? begin : text,
                       (size_t)(end - begin));
    }
}

int bdk_answer_error_end(struct bedrock_client *client)
{
    struct bedrock_error *error = &client->error;

    /* The service says what is wrong in JSON, or names it in a header. Anything else comes from
     * somebody in between. */
    if (!client->answer.json_type && error->type[0] == '\0') {
        return BEDROCK_E_HTTP_NOT_BEDROCK;
    }
    return bdk_service_status(error->type, error->http_status);
}
