/* SPDX-License-Identifier: MIT */
/* The head of an answer, and what a failed one says in its body. */
#include "client/client.h"

#include "bedrock/json.h"
#include "client/service_error.h"
#include "util/bytes.h"
#include "util/civil_time.h"
#include "json/text.h"

#include <string.h>

void bdk_answer_begin(struct bedrock_client *client)
{
    bedrock_http_response_init(&client->http, client->scratch.line, sizeof client->scratch.line, 0);
    client->body = client->body_end = NULL;
    client->message_tag = 0;
    memset(&client->usage, 0, sizeof client->usage);
}

/* Goes on with AWS's code. Returns 1 where its decoration begins: there is no more of it. */
static int add_error_type(struct bedrock_client *client, const char *text, size_t len)
{
    char *type = client->error_type;
    size_t i, at = strlen(type);

    for (i = 0; i < len && text[i] != ':'; i++) {
        if (text[i] == '#') {
            at = 0;
        } else if (text[i] > ' ' && text[i] <= '~' && at + 1 < sizeof client->error_type) {
            type[at++] = text[i];
        }
    }
    type[at] = '\0';
    return i < len;
}

void bdk_answer_error_type(struct bedrock_client *client, const char *text, size_t len)
{
    client->error_type[0] = '\0';
    add_error_type(client, text, len);
}

int32_t bdk_answer_number(const char *text, size_t len)
{
    uint32_t value = 0;
    size_t i;

    for (i = 0; i < len; i++) {
        unsigned digit = (unsigned char)text[i] - (unsigned)'0';

        if (digit > 9) {
            return -1;
        }
        if (value < 100000000) {
            value = value * 10 + digit;
        }
    }
    return len > 0 ? (int32_t)value : -1;
}

size_t bdk_answer_type_len(const char *text, size_t len)
{
    size_t type_len = 0;

    while (type_len < len && text[type_len] != ';' && text[type_len] != ' ') {
        type_len++;
    }
    return type_len;
}

static void take_content_type(struct bedrock_client *client, const char *text, size_t len)
{
    size_t type_len = bdk_answer_type_len(text, len);

    client->attempt.good_type =
        (uint8_t)bdk_equal_nocase(text, type_len, client->operation->answer_type);
    client->attempt.json_type =
        bdk_find(text, type_len, "application/json\0application/x-amz-json-1.1\0", 1) < 2;
}

/* A pause that no call can make. */
#define PAUSE_MAX_S 86400

/* RFC 9110: seconds, or a date. The service's own header beats it. */
static void take_retry_after(struct bedrock_client *client, const char *text, size_t len)
{
    struct bdk_attempt *attempt = &client->attempt;
    int64_t pause_s = bdk_answer_number(text, len);

    if (pause_s < 0) {
        pause_s = bdk_read_imf_fixdate(text, len) -
                  (attempt->date_s > 0 ? attempt->date_s : client->now_s);
    }
    if (pause_s > 0 && !attempt->retry_exact) {
        attempt->retry_ms = 1000u * (uint32_t)(pause_s < PAUSE_MAX_S ? pause_s : PAUSE_MAX_S);
    }
}

static void take_retry_after_ms(struct bedrock_client *client, const char *text, size_t len)
{
    int32_t ms = bdk_answer_number(text, len);

    if (ms >= 0) {
        client->attempt.retry_ms = (uint32_t)ms;
        client->attempt.retry_exact = 1;
    }
}

static const char header_words[] = "x-amzn-requestid\0x-amzn-errortype\0date\0content-type\0"
                                   "retry-after\0x-amz-retry-after\0";

/* The same, in the same order. */
enum known_header { REQUEST_ID, ERROR_TYPE, DATE, CONTENT_TYPE, RETRY_AFTER, RETRY_AFTER_MS };

void bdk_answer_header(struct bedrock_client *client, const struct bedrock_http_event *header)
{
    const char *text = header->text;
    size_t len = header->len;

    switch (bdk_find(header->name, header->name_len, header_words, 1)) {
    case REQUEST_ID:
        client->request_id[0] = '\0';
        bdk_append(client->request_id, sizeof client->request_id, text, len);
        break;
    case ERROR_TYPE:
        bdk_answer_error_type(client, text, len);
        break;
    case DATE:
        client->attempt.date_s = bdk_read_imf_fixdate(text, len);
        break;
    case CONTENT_TYPE:
        take_content_type(client, text, len);
        break;
    case RETRY_AFTER:
        take_retry_after(client, text, len);
        break;
    case RETRY_AFTER_MS:
        take_retry_after_ms(client, text, len);
        break;
    default:
        break;
    }
    if (client->operation->take_header != NULL) {
        client->operation->take_header(client, header);
    }
}

void bdk_answer_head_end(struct bedrock_client *client)
{
    if (client->error.http_status != 200 || !client->attempt.good_type) {
        bdk_answer_error_begin(client);
        client->state = BDK_ERROR_BODY;
    } else {
        bdk_reader_init(&client->reader, client->operation->nodes, &client->usage);
        client->operation->begin(client);
        client->state = BDK_ANSWER;
    }
}

/* ------------------------------------------------------------ error bodies */

/*
 * What a member of an error says. The first letters are messages, the others codes; of each kind
 * the largest is kept, in whatever order they come, and the letter behind it means that it is
 * complete.
 */
enum error_tag {
    ERROR_NONE = BEDROCK_JSON_NO_TAG,
    ERROR_ORIGINAL = 'A',
    ERROR_OTHER_MESSAGE = 'C',
    ERROR_MESSAGE = 'E',
    ERROR_SHAPE = 'G',
    ERROR_OTHER_CODE = 'I',
    ERROR_CODE = 'K',
    ERROR_HEADER = 'M' /* knows best, and is no member */
};

/* Where there is no such operation the service answers {"Output":{"__type":...}}. */
static const char error_nodes[] = " 0\0"
                                  "E1message\0"
                                  "C1Message\0"
                                  "A1originalMessage\0"
                                  "K1code\0"
                                  "I1Code\0"
                                  "G1__type\0"
                                  " 1Output\0"
                                  "G2__type\0";

void bdk_answer_error_begin(struct bedrock_client *client)
{
    struct bdk_reader *reader = &client->reader;

    bedrock_json_init(&reader->json);
    bedrock_json_path_init(&reader->path, error_nodes);
    client->message_tag = ERROR_NONE;
    client->type_tag = client->error_type[0] != '\0' ? ERROR_HEADER : ERROR_NONE;
    client->body_kind = BDK_BODY_NOT_SEEN;
    client->text.message[0] = '\0';
}

static void take_error_token(struct bedrock_client *client, uint8_t tag,
                             const struct bedrock_json_event *token)
{
    int is_code = tag >= ERROR_SHAPE, ended;
    uint8_t *known = is_code ? &client->type_tag : &client->message_tag;
    char *field = is_code ? client->error_type : client->text.message;

    if (token->type != BEDROCK_JSON_STRING || tag < *known || tag < ERROR_ORIGINAL) {
        return;
    }
    if (tag > *known) {
        field[0] = '\0';
        *known = tag;
    }
    /* What was cut gets nothing more: it would have a hole. */
    ended = is_code ? add_error_type(client, token->text, token->len)
                    : bdk_append(field, sizeof client->text.message, token->text, token->len);
    if (ended || token->last) {
        *known = (uint8_t)(tag + 1);
    }
}

/* Keeps the start of a body that is no JSON, with white space folded and without what a terminal
 * could choke on. */
static void add_plain_text(struct bedrock_client *client, const char *text, const char *end)
{
    char *message = client->text.message;
    char *at = message + strlen(message), *last = message + sizeof client->text.message - 1;

    for (; text < end && at < last; text++) {
        if (*text > ' ' && *text <= '~') {
            *at++ = *text;
        } else if (at > message && at[-1] != ' ') {
            *at++ = ' ';
        }
    }
    *at = '\0';
}

/* The first byte that is no white space says what the body is. */
static enum bdk_body_kind body_kind(const char *text, const char *end)
{
    for (; text < end; text++) {
        if (!bdk_json_is_space(*text)) {
            return *text == '{' || *text == '[' ? BDK_BODY_JSON : BDK_BODY_TEXT;
        }
    }
    return BDK_BODY_NOT_SEEN;
}

void bdk_answer_error_body(struct bedrock_client *client, const char *text, size_t len)
{
    struct bdk_reader *reader = &client->reader;
    const char *end = text + len;
    struct bedrock_json_event token;

    if (client->body_kind == BDK_BODY_NOT_SEEN) {
        client->body_kind = (uint8_t)body_kind(text, end);
    }
    if (client->body_kind == BDK_BODY_TEXT) {
        add_plain_text(client, text, end);
    }
    while (client->body_kind == BDK_BODY_JSON &&
           bedrock_json_next(&reader->json, &text, end, &token) > 0) {
        take_error_token(client, (uint8_t)bedrock_json_path_next(&reader->path, &token), &token);
    }
}
