/* SPDX-License-Identifier: MIT */
/*
 * The parts of the tokenizer: structure.c reads what stands between strings, string.c what stands
 * between quotes, and token.c hands events out.
 *
 * One state, one handler. A handler looks at the first byte that was not taken yet (there is one),
 * takes it and perhaps more, and returns where it stopped. It sets the next state; it sets
 * event->text, and event->len, if it has something to tell; or it calls bdk_json_fail(). What kind
 * of token that is stands in json->type, and whether it is complete shows from the next state. A
 * handler that meets a bad byte behind good text hands the text out first, so that what comes
 * before an error does not depend on how the input was cut.
 */
#ifndef BDK_JSON_TOKEN_H
#define BDK_JSON_TOKEN_H

#include "bedrock/json.h"

/* What byte comes next. The order matters: see rules[], bdk_json_step(), bedrock_json_next() and
 * string.c. */
enum bdk_json_state {
    BDK_JSON_AT_VALUE,         /* the first one of a value */
    BDK_JSON_AT_FIRST_ELEMENT, /* the same, or the end of the array */
    BDK_JSON_AT_FIRST_KEY,     /* a quote, or the end of the object */
    BDK_JSON_AT_KEY,           /* a quote */
    BDK_JSON_AT_COLON,         /* the colon behind a key */
    BDK_JSON_AFTER_VALUE,      /* white space; what handlers set, whatever the value stands in */
    BDK_JSON_AFTER_ELEMENT,    /* a comma, or the end of the array */
    BDK_JSON_AFTER_MEMBER,     /* a comma, or the end of the object */
    BDK_JSON_IN_NUMBER,        /* more of a number; cursor is its enum bdk_json_number */
    BDK_JSON_IN_LITERAL,       /* a letter of true, false or null: the lowest byte of units */
    BDK_JSON_IN_CODE_POINT,    /* more of a code point that the input cuts; cursor counts it */
    BDK_JSON_IN_TEXT,          /* any one of a string or key */
    BDK_JSON_IN_ESCAPE,        /* what follows a backslash */
    BDK_JSON_AT_LOW,           /* the backslash of the low surrogate that a high one needs */
    BDK_JSON_AT_LOW_U,         /* its u */
    BDK_JSON_IN_UNIT,          /* the first digit of a \u escape, then two more */
    BDK_JSON_AT_LAST_DIGIT = BDK_JSON_IN_UNIT + 3
};

/* What json->raw is. */
enum bdk_json_raw {
    BDK_JSON_RAW_NONE,
    BDK_JSON_RAW_WANTED, /* the next value is to be raw */
    BDK_JSON_RAW_OPEN    /* it is being read; the number of levels around it is added */
};

/* Sets the error, which sticks. */
static inline void bdk_json_fail(struct bedrock_json *json, int error)
{
    json->error = (int8_t)error;
}

/* Hands a piece out. text is not NULL. A token without text sets event->text alone. */
static inline void bdk_json_tell(struct bedrock_json_event *event, const char *text, size_t len)
{
    event->text = text;
    event->len = len;
}

/* Calls the handler of the state. */
const char *bdk_json_step(struct bedrock_json *json, const char *p, const char *end,
                          struct bedrock_json_event *event);

/* The same for the states of a string: IN_CODE_POINT and those below it in the list. */
const char *bdk_json_string(struct bedrock_json *json, const char *p, const char *end,
                            struct bedrock_json_event *event);

#endif
