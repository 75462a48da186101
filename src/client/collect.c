/* SPDX-License-Identifier: MIT */
#include "client/collect.h"

#include "util/bytes.h"
#include "util/civil_time.h"
#include "json/number.h"

/* No record: every text "", every number what it is without its field. */
static void clear(const struct bdk_shape *shape, char *record)
{
    size_t i;

    memset(record, 0, shape->size);
    for (i = 0; i < shape->count; i++) {
        if (shape->members[i].kind == BDK_MEMBER_INTEGER) {
            memset(record + shape->members[i].offset, 0xFF, shape->members[i].size); /* -1 */
        }
    }
}

static const struct bdk_member *find(const struct bdk_shape *shape, const char *name)
{
    size_t i;

    for (i = 0; i < shape->count && name != NULL; i++) {
        if (bdk_same(name, shape->members[i].name)) {
            return &shape->members[i];
        }
    }
    return NULL;
}

static int put_integer(char *at, const char *text)
{
    int32_t number = bdk_json_count(text);

    if (number < 0) {
        return BEDROCK_E_JSON_SHAPE;
    }
    memcpy(at, &number, sizeof number);
    return BEDROCK_OK;
}

static int put_time(char *at, const char *text)
{
    size_t len = strlen(text);
    int64_t unix_s;

    if (bdk_parse_date_time(&unix_s, NULL, text, len) != BEDROCK_OK &&
        bdk_parse_epoch_seconds(&unix_s, NULL, text, len) != BEDROCK_OK) {
        return BEDROCK_E_TIME;
    }
    memcpy(at, &unix_s, sizeof unix_s);
    return BEDROCK_OK;
}

/* Compilers for small machines give an enum a byte, others give it an int. */
static int put_word(char *at, size_t size, const char *text, const char *words)
{
    uint8_t place = bdk_find_word(text, strlen(text), words);
    uint8_t byte = place < bdk_find_word("", 0, words) ? (uint8_t)(place + 1) : 0;
    int number = byte;

    if (size == sizeof byte) {
        memcpy(at, &byte, sizeof byte);
    } else {
        memcpy(at, &number, sizeof number);
    }
    return BEDROCK_OK;
}

/* A piece of a text. A byte beside the record says how it stands with it, since what was cut must
 * get nothing more, and a field may come twice. */
static int take_text(const struct bdk_member *member, char *at, char *mark,
                     const struct bedrock_event *event)
{
    enum { NOT_BEGUN, BEGUN, IS_CUT };
    int status = BEDROCK_OK;

    if (*mark == NOT_BEGUN) {
        *at = '\0';
        *mark = BEGUN;
    }
    if (*mark == BEGUN && bdk_append(at, member->size, event->text, event->text_len)) {
        *mark = IS_CUT;
        status = member->kind == BDK_MEMBER_TEXT ? BEDROCK_E_FIELD_SIZE : BEDROCK_OK;
    }
    if (event->last) {
        *mark = NOT_BEGUN;
    }
    return status;
}

/* All others are short, and looked at when they are whole. Returns what a value means that is
 * longer than any that makes sense. */
static int take_value(const struct bdk_shape *shape, const struct bdk_member *member, char *at,
                      struct bdk_reader *reader, const struct bedrock_event *event)
{
    char *text = reader->stop_text;
    int status = BEDROCK_OK;

    if (bdk_append(text, sizeof reader->stop_text, event->text, event->text_len) &&
        member->kind != BDK_MEMBER_WORD) {
        return member->kind == BDK_MEMBER_TIME ? BEDROCK_E_TIME : BEDROCK_E_JSON_SHAPE;
    }
    if (!event->last) {
        return BEDROCK_OK;
    }
    switch (member->kind) {
    case BDK_MEMBER_INTEGER:
        status = put_integer(at, text);
        break;
    case BDK_MEMBER_TIME:
        status = put_time(at, text);
        break;
    default:
        status = put_word(at, member->size, text, shape->words);
        break;
    }
    text[0] = '\0';
    return status;
}

/* These answers have no stop reason: its memory holds what is not whole yet. */
static int take_field(struct bedrock_client *client, const struct bdk_shape *shape, char *record,
                      const struct bedrock_event *event)
{
    struct bdk_reader *reader = &client->reader;
    const struct bdk_member *member = find(shape, event->name);

    if (member == NULL) {
        return BEDROCK_OK;
    }
    record += member->offset;
    return member->kind <= BDK_MEMBER_CUT ? take_text(member, record, reader->stop_text, event)
                                          : take_value(shape, member, record, reader, event);
}

int bdk_collect(struct bedrock_client *client, const struct bdk_shape *shape, void *record,
                const struct bedrock_event *event)
{
    int status = BEDROCK_OK;

    if (event->type == BEDROCK_EVENT_BLOCK_START) {
        clear(shape, record);
    } else if (event->type == BEDROCK_EVENT_BLOCK_STOP) {
        return BEDROCK_EVENT;
    } else if (event->type == BEDROCK_EVENT_FIELD && client->reader.open) {
        status = take_field(client, shape, record, event);
    }
    return status == BEDROCK_OK ? BEDROCK_OK : bdk_client_give_up(client, status);
}
