/* SPDX-License-Identifier: MIT */
/* The two halves of the tokenizer: token.c reads structure, string.c what stands between quotes. */
#ifndef BDK_JSON_TOKEN_H
#define BDK_JSON_TOKEN_H

#include "bedrock/json.h"

/* What byte comes next. */
enum bdk_json_state {
    BDK_JSON_AT_VALUE,         /* the first one of a value */
    BDK_JSON_AT_FIRST_ELEMENT, /* the same, or the end of the array */
    BDK_JSON_AT_FIRST_KEY,     /* a quote, or the end of the object */
    BDK_JSON_AT_KEY,           /* a quote */
    BDK_JSON_AT_COLON,         /* the colon behind a key */
    BDK_JSON_AT_COMMA,         /* a comma, or the end of the container */
    BDK_JSON_AT_END,           /* white space */
    BDK_JSON_IN_NUMBER,        /* more of a number; cursor is its enum bdk_json_number */
    BDK_JSON_IN_LITERAL,       /* more of true, false or null; cursor says which letter */
    BDK_JSON_IN_TEXT,          /* any one of a string or key */
    BDK_JSON_IN_CODE_POINT,    /* the next one of a code point that the input may cut */
    BDK_JSON_IN_ESCAPE,        /* what follows a backslash */
    BDK_JSON_IN_UNIT,          /* a digit of a \u escape; cursor counts those that are missing */
    BDK_JSON_AT_LOW,           /* behind a high surrogate: the backslash of its low one */
    BDK_JSON_AT_LOW_U          /* its u */
};

/* What a handler of the tokenizer returns when it has taken something and has nothing to tell. */
enum { BDK_JSON_GO_ON = 2 };

int bdk_json_fail(struct bedrock_json *json, int error);

/* Fills in a piece that is not the last one. */
int bdk_json_emit(struct bedrock_json_event *event, uint8_t type, const char *text, size_t len);

/* Sets the state behind a complete value. */
void bdk_json_end_value(struct bedrock_json *json);

/* Handles the states of a string, IN_TEXT and below. *in < end. */
int bdk_json_string(struct bedrock_json *json, const char **in, const char *end,
                    struct bedrock_json_event *event);

#endif
