/* SPDX-License-Identifier: MIT */
/* What the files of the writer share. */
#ifndef BDK_JSON_WRITER_H
#define BDK_JSON_WRITER_H

#include "bedrock/json.h"

/* What may come next. Pairs: what is odd takes a comma. The order matters: see writer.c. */
enum bdk_json_expect {
    BDK_JSON_EXPECT_VALUE = 0,         /* the document's value, or a member's */
    BDK_JSON_EXPECT_FIRST_ELEMENT = 2, /* the first element of an array, or its end */
    BDK_JSON_EXPECT_NEXT_ELEMENT = 3,  /* the same behind another one */
    BDK_JSON_EXPECT_FIRST_KEY = 4,     /* the first key of an object, or its end */
    BDK_JSON_EXPECT_NEXT_KEY = 5,      /* the same behind another one */
    BDK_JSON_EXPECT_TEXT = 6,          /* pieces of a string, or its end */
    BDK_JSON_EXPECT_END = 8            /* nothing: the document is complete */
};
#define BDK_JSON_EXPECT_COMMA 1

/* Begins a value: its comma, if it takes one, and its first characters. `opening` has the comma in
 * front. Returns 0, the output's status, or BEDROCK_E_STATE if no value may come. */
int bdk_json_begin_value(struct bedrock_json_writer *json, const char *opening);

/* Notes that a value is complete. Returns the output's status. */
int bdk_json_value_done(struct bedrock_json_writer *json);

/* May an element of an array come next? */
int bdk_json_in_array(const struct bedrock_json_writer *json);

#endif
