/* SPDX-License-Identifier: MIT */
/*
 * From JSON to events: what a Converse reply and the frames of a ConverseStream have in common. The
 * shapes are one table of names (reader_nodes.c); each name has a tag that says what its value
 * means. No value is held but ids, names and words; all else passes through as slices.
 */
#ifndef BDK_CLIENT_READER_H
#define BDK_CLIENT_READER_H

#include "bedrock/events.h"
#include "bedrock/json.h"

struct bedrock_client;

/* The service's own bounds on ids and names, and a NUL. */
#define BDK_NAME_CAP 65

/* Entries of the table that documents begin at. */
enum bdk_root { BDK_ROOT_REPLY = 0, BDK_ROOT_MESSAGE = 1, BDK_ROOT_FRAME = 5 };

struct bdk_nodes {
    const struct bedrock_json_node *nodes;
    uint8_t count;
};

/* reader_nodes.c */
extern const struct bdk_nodes bdk_reply_nodes;
extern const struct bdk_nodes bdk_frame_nodes;

struct bdk_reader {
    const char *in; /* JSON text to read */
    const char *end;
    const struct bdk_nodes *nodes;
    struct bedrock_json_event token;
    uint8_t tag;        /* what the value that token belongs to means */
    uint8_t token_kept; /* an event had to go first: token is to be looked at again */

    uint8_t unary;    /* the answer is one document; else one a frame */
    uint8_t not_json; /* an error's body is text */
    uint8_t role;
    uint8_t open;       /* a block is */
    uint8_t block;      /* its kind */
    uint8_t start_kind; /* 1 + kind that the frame's contentBlockStart announced; 0: none */
    uint8_t stop_reason;
    uint8_t stopped; /* a stop reason has come */
    uint8_t phase;   /* of the end of a unary reply */
    uint8_t word_len;
    uint16_t high;       /* half of a surrogate pair, whose other half may be in the next piece */
    int32_t index;       /* of the open block, or of the last one */
    int32_t frame_index; /* that the frame, or the place in the array, says; -1: not said yet */
    struct bedrock_json json;
    struct bedrock_json_path path;
    char joined[4];
    char word[40]; /* numbers and other words that are looked at whole */
    char stop_text[40];
    char tool_use_id[BDK_NAME_CAP];
    char name[BDK_NAME_CAP];
};

void bdk_reader_init(struct bdk_reader *reader, const struct bdk_nodes *nodes);

/* A new document of the same answer begins. */
void bdk_reader_begin(struct bdk_reader *reader, enum bdk_root root);

/* Reads reader->in on. 1: an event; 0: the input is used up; negative: an error. */
int bdk_reader_next(struct bedrock_client *client, struct bedrock_event *event);

/* What follows gives an event and returns 2 if it has to be called again after it, 1 if it is done
 * with it, 0 if there is no event. */
int bdk_reader_open_block(struct bdk_reader *reader, enum bedrock_block kind,
                          struct bedrock_event *event);
int bdk_reader_close_block(struct bdk_reader *reader, struct bedrock_event *event);

/* A bare event of a type, with what is known of the open block. */
void bdk_reader_event(const struct bdk_reader *reader, enum bedrock_event_type type,
                      struct bedrock_event *event);
void bdk_reader_stop_event(const struct bdk_reader *reader, struct bedrock_event *event);

enum bdk_tag {
    BDK_TAG_NONE,
    BDK_TAG_MESSAGE,
    BDK_TAG_BLOCK, /* an element of the content of a unary reply */
    /* Values that pass through in pieces; the order is that of reader.c's table. */
    BDK_TAG_TEXT,
    BDK_TAG_CITED_TEXT,
    BDK_TAG_REASONING,
    BDK_TAG_SIGNATURE,
    BDK_TAG_REDACTED,
    BDK_TAG_TOOL_INPUT,      /* JSON */
    BDK_TAG_TOOL_INPUT_TEXT, /* JSON as the text of a string */
    BDK_TAG_IMAGE_BYTES,
    BDK_TAG_CITATION,
    BDK_TAG_TOOL_RESULT,
    BDK_TAG_UNKNOWN,
    BDK_TAG_TRACE,
    BDK_TAG_RESPONSE_FIELDS,
    /* Words. */
    BDK_TAG_ROLE,
    BDK_TAG_INDEX,
    BDK_TAG_TOOL_ID,
    BDK_TAG_TOOL_NAME,
    BDK_TAG_TOOL_TYPE,
    BDK_TAG_RESULT_ID,
    BDK_TAG_IMAGE_FORMAT,
    BDK_TAG_STOP_REASON,
    BDK_TAG_SERVICE_TIER,
    BDK_TAG_INPUT_TOKENS,
    BDK_TAG_OUTPUT_TOKENS,
    BDK_TAG_TOTAL_TOKENS,
    BDK_TAG_CACHE_READ_TOKENS,
    BDK_TAG_CACHE_WRITE_TOKENS,
    BDK_TAG_LATENCY,
    /* An array whose elements are citations. */
    BDK_TAG_CITATION_LIST
};

#endif
