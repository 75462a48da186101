/* SPDX-License-Identifier: MIT */
/*
 * The two halves of the tokenizer: token.c reads structure, string.c what stands between quotes.
 *
 * One state, one handler. A handler looks at the first byte that was not taken yet (there is one),
 * takes it and perhaps more, and returns where it stopped. It sets the next state; it fills the
 * event in if it has something to tell, which event->text != NULL says; or it calls
 * bdk_json_fail(). A handler that meets a bad byte behind good text hands the text out first, so
 * that what comes before an error does not depend on how the input was cut.
 */
#ifndef BDK_JSON_TOKEN_H
#define BDK_JSON_TOKEN_H

#include "bedrock/json.h"

/* What byte comes next. The order matters: see rules[], step() and ends_raw(). */
enum bdk_json_state {
    BDK_JSON_AT_VALUE,         /* the first one of a value */
    BDK_JSON_AT_FIRST_ELEMENT, /* the same, or the end of the array */
    BDK_JSON_AT_FIRST_KEY,     /* a quote, or the end of the object */
    BDK_JSON_AT_KEY,           /* a quote */
    BDK_JSON_AT_COLON,         /* the colon behind a key */
    BDK_JSON_AFTER_ELEMENT,    /* a comma, or the end of the array */
    BDK_JSON_AFTER_MEMBER,     /* a comma, or the end of the object */
    BDK_JSON_AT_END,           /* white space */
    BDK_JSON_IN_NUMBER,        /* more of a number; cursor is its enum bdk_json_number */
    BDK_JSON_IN_LITERAL,       /* more of true, false or null; cursor says which letter */
    BDK_JSON_IN_TEXT,          /* any one of a string or key */
    BDK_JSON_IN_CODE_POINT,    /* the next one of a code point that the input may cut */
    BDK_JSON_IN_ESCAPE,        /* what follows a backslash */
    BDK_JSON_IN_UNIT           /* a digit of a \u escape; cursor counts those that are missing */
};

/* Sets the error, which sticks. */
static inline void bdk_json_fail(struct bedrock_json *json, int error)
{
    json->error = (int8_t)error;
}

/* Fills in a piece that is not the last one. text is not NULL. */
void bdk_json_emit(struct bedrock_json_event *event, uint8_t type, const char *text, size_t len);

/* Fills in a token that has no text. */
void bdk_json_emit_token(struct bedrock_json *json, struct bedrock_json_event *event, uint8_t type);

/* Sets the state behind a complete value. */
void bdk_json_end_value(struct bedrock_json *json);

/* Handles the states of a string, IN_TEXT and below it in the list. */
const char *bdk_json_string(struct bedrock_json *json, const char *p, const char *end,
                            struct bedrock_json_event *event);

#endif
