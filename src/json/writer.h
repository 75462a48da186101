/* SPDX-License-Identifier: MIT */
/* What the files of the writer share. */
#ifndef BDK_JSON_WRITER_H
#define BDK_JSON_WRITER_H

#include "bedrock/json.h"

/* What may come next. */
enum bdk_json_expect {
    BDK_JSON_EXPECT_VALUE, /* a value without a comma: the document's, or a member's */
    BDK_JSON_EXPECT_FIRST, /* the first element or key of a container, or its end */
    BDK_JSON_EXPECT_NEXT,  /* the same behind another one: with a comma */
    BDK_JSON_EXPECT_TEXT,  /* pieces of a string, or its end */
    BDK_JSON_EXPECT_END    /* nothing: the document is complete */
};

/* Begins a value: its comma, if it takes one, and its first characters. `opening` has the comma in
 * front. Returns 0, the output's status, or BEDROCK_E_STATE if no value may come. */
int bdk_json_begin_value(struct bedrock_json_writer *json, const char *opening);

/* Notes that a value is complete. Returns the output's status. */
int bdk_json_value_done(struct bedrock_json_writer *json);

/* Are the innermost brackets square? */
int bdk_json_in_array(const struct bedrock_json_writer *json);

#endif
