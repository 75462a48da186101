/* SPDX-License-Identifier: MIT */
/* What answers other than Converse's are made of: members told by name, blocks of them, vectors,
 * lists of pictures. */
#ifndef BDK_CLIENT_RECORD_H
#define BDK_CLIENT_RECORD_H

#include "client/client.h"

/* Letters of the trees whose bdk_nodes.take is bdk_record_take(). */
enum bdk_record_tag {
    BDK_TAG_FIELD_JSON = BDK_TAG_OWN_JSON, /* a FIELD: any value, as it stands */
    BDK_TAG_FIELD = 'f',                   /* a FIELD: a string, or a number */
    BDK_TAG_RECORD = 'r',                  /* an object that is a RECORD block */
    BDK_TAG_VECTOR_LIST = 'l',             /* an array that is a VECTOR block */
    BDK_TAG_VECTOR = 'd',                  /* a number in it: one dimension */
    BDK_TAG_PICTURE = 'p',                 /* a string that is an IMAGE block */
    BDK_TAG_FAILURE = 'e', /* a string: a model's excuse, of an answer that went right */
    BDK_TAG_PROOF = 'o'    /* an object without which an answer is none, or not whole */
};

/* bdk_reader.phase of an answer in a model's own format (reply.c). */
enum {
    BDK_REPLY_NOT_BEGUN,
    BDK_REPLY_BEGUN,
    BDK_REPLY_INTERVENED, /* the same, and a guardrail did */
    BDK_REPLY_STOPPED,    /* why it stopped was told */
    BDK_REPLY_ENDED
};

int bdk_record_take(struct bdk_reader *reader, struct bedrock_event *event);
/* The same for a value that is a FIELD, whatever its tag. */
int bdk_record_field(struct bdk_reader *reader, struct bedrock_event *event);

#endif
