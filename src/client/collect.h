/* SPDX-License-Identifier: MIT */
/* The records of an answer in structs: FIELD events are put where a table says. */
#ifndef BDK_CLIENT_COLLECT_H
#define BDK_CLIENT_COLLECT_H

#include "client/client.h"

enum bdk_member_kind {
    BDK_MEMBER_TEXT,    /* a longer one is BEDROCK_E_FIELD_SIZE */
    BDK_MEMBER_CUT,     /* a text, of which a longer one is cut */
    BDK_MEMBER_INTEGER, /* int32_t, -1 if it did not come */
    BDK_MEMBER_TIME,    /* int64_t, Unix seconds: of RFC 3339, or a number */
    BDK_MEMBER_WORD     /* an enum: 1 + the place in bdk_shape.words; 0 if it is none of them */
};

/* Where the field of that name goes. */
struct bdk_member {
    const char *name;
    uint16_t offset;
    uint16_t size;
    uint8_t kind;
};

/* A struct of the caller's, and the answer's names for its members. */
struct bdk_shape {
    const struct bdk_member *members;
    uint8_t count;
    uint16_t size;
    const char *words; /* as of bdk_find_word() */
};

#define BDK_MEMBER(type, member, kind, name)                                                       \
    {                                                                                              \
        name, offsetof(type, member), sizeof(((type *)NULL)->member), kind                         \
    }

/*
 * Takes an event in. BEDROCK_EVENT: the record is whole; BEDROCK_OK: ask for the next one;
 * negative: a value is not what it should be, and the call is over. What was read of a record is in
 * it, and in the client: after BEDROCK_AGAIN the same one must come.
 */
int bdk_collect(struct bedrock_client *client, const struct bdk_shape *shape, void *record,
                const struct bedrock_event *event);

#endif
