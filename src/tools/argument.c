/* SPDX-License-Identifier: MIT */
/* bedrock_tool_argument(): one member of an input. See bedrock/tools.h. */
#include "bedrock/error.h"
#include "tools/loop.h"
#include "util/bytes.h"
#include "json/text.h"

struct reader {
    struct bedrock_json json;
    const char *in;
    const char *end;
    struct bedrock_json_event event;
};

static int next(struct reader *reader)
{
    return bedrock_json_next(&reader->json, &reader->in, reader->end, &reader->event);
}

/* What is left of a name behind a piece of a key; NULL if they differ. */
static const char *match(const char *name, const struct bedrock_json_event *piece)
{
    size_t left = name != NULL ? strlen(name) : 0;

    if (name == NULL || piece->len > left || memcmp(name, piece->text, piece->len) != 0) {
        return NULL;
    }
    return name + piece->len;
}

/* Reads up to the colon behind the key. 1, 0 if there is none in a complete object, or an error. */
static int find(struct reader *reader, const char *name)
{
    const char *rest = name;
    int status;

    while ((status = next(reader)) == BEDROCK_EVENT) {
        if (reader->event.type != BEDROCK_JSON_KEY || reader->json.depth != 1) {
            continue;
        }
        rest = match(rest, &reader->event);
        if (reader->event.last) {
            if (rest != NULL && *rest == '\0') {
                return 1;
            }
            rest = name;
        }
    }
    if (status == BEDROCK_OK) {
        status = bedrock_json_finish(&reader->json, &reader->event);
    }
    return status == BEDROCK_EVENT ? 0 : status; /* a number, and nothing else */
}

/* A string is wanted unescaped, all else as it stands. */
static int is_string(const struct reader *reader)
{
    const char *p = reader->in;

    while (p < reader->end && (*p == ':' || bdk_json_is_space(*p))) {
        p++;
    }
    return p < reader->end && *p == '"';
}

/* Copies a piece behind the others. */
static int copy(const struct bedrock_json_event *piece, char *dst, size_t cap, size_t *len)
{
    if (piece->len >= cap - *len) {
        return BEDROCK_E_FIELD_SIZE;
    }
    memcpy(dst + *len, piece->text, piece->len);
    *len += piece->len;
    return BEDROCK_EVENT;
}

static int read_value(struct reader *reader, char *dst, size_t cap, size_t *len)
{
    int text = is_string(reader), status;

    if (!text) {
        bedrock_json_raw(&reader->json);
    }
    do {
        status = next(reader);
        if (status != BEDROCK_EVENT) {
            return status < 0 ? status : BEDROCK_E_JSON_INCOMPLETE;
        }
        status = copy(&reader->event, dst, cap, len);
    } while (status == BEDROCK_EVENT && !reader->event.last);
    if (status == BEDROCK_EVENT && text && memchr(dst, '\0', *len) != NULL) {
        return BEDROCK_E_JSON_SHAPE; /* the rest of it would be lost in silence */
    }
    return status == BEDROCK_EVENT && !text && bdk_equal(dst, *len, "null") ? 0 : status;
}

int bedrock_tool_argument(const struct bedrock_tool_call *call, const char *name, char *dst,
                          size_t cap)
{
    struct reader reader;
    size_t len = 0;
    int status;

    if (cap == 0) {
        return BEDROCK_E_FIELD_SIZE;
    }
    bedrock_json_init(&reader.json);
    reader.in = call->input;
    reader.end = call->input + call->input_len;
    status = find(&reader, name);
    if (status == BEDROCK_EVENT) {
        status = read_value(&reader, dst, cap, &len);
    }
    dst[status == BEDROCK_EVENT ? len : 0] = '\0';
    return status;
}
