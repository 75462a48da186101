/* SPDX-License-Identifier: MIT */
/* What the files of the writer share. */
#ifndef BDK_JSON_WRITER_H
#define BDK_JSON_WRITER_H

#include "bedrock/json.h"

/* What may come next: sets of these. */
enum bdk_json_expect {
    BDK_JSON_EXPECT_VALUE = 1,         /* the document's value, or a member's */
    BDK_JSON_EXPECT_FIRST_ELEMENT = 2, /* the first element of an array, or its end */
    BDK_JSON_EXPECT_NEXT_ELEMENT = 4,  /* the same behind another one: a comma comes first */
    BDK_JSON_EXPECT_FIRST_KEY = 8,     /* the first key of an object, or its end */
    BDK_JSON_EXPECT_NEXT_KEY = 16,     /* the same behind another one: a comma comes first */
    BDK_JSON_EXPECT_TEXT = 32,         /* pieces of a string, or its end */
    BDK_JSON_EXPECT_END = 64,          /* nothing: the document is complete */

    BDK_JSON_ELEMENT_TO_KEY = 2 /* so many bits from an element to the key in the same place */
};
#define BDK_JSON_EXPECT_ELEMENT (BDK_JSON_EXPECT_FIRST_ELEMENT | BDK_JSON_EXPECT_NEXT_ELEMENT)
#define BDK_JSON_EXPECT_KEY     (BDK_JSON_EXPECT_FIRST_KEY | BDK_JSON_EXPECT_NEXT_KEY)

/* Begins a value: its comma, if it takes one, and its first characters. `opening` has the comma in
 * front. Returns 0, the output's status, or BEDROCK_E_STATE if no value may come. */
int bdk_json_begin_value(struct bedrock_json_writer *json, const char *opening);

/* Notes that a value is complete. Returns the output's status. */
int bdk_json_value_done(struct bedrock_json_writer *json);

/* writer_raw.c: is the text one JSON value, or many with commas between them, that may stand so
 * deep? White space around them does not matter. BEDROCK_OK, or what the tokenizer says. */
int bdk_json_check_values(const char *text, const char *end, uint8_t depth, int many);

/* writer_base64.c: the base64 of a source, without the quotes around it. */
int bdk_json_put_encoded(struct bedrock_output *out, const struct bedrock_source *source);

/* May an element of an array come next? */
static inline int bdk_json_in_array(const struct bedrock_json_writer *json)
{
    return json->expect & BDK_JSON_EXPECT_ELEMENT;
}

#endif
