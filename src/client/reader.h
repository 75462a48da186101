/* SPDX-License-Identifier: MIT */
/*
 * From JSON to events: what a Converse reply and the frames of a ConverseStream have in common. The
 * shapes are trees of names (converse_reply.c, reader_nodes.c); each name has a letter that says
 * what its value means. No value is held but ids, names and words; all else passes through as
 * slices.
 */
#ifndef BDK_CLIENT_READER_H
#define BDK_CLIENT_READER_H

#include "bedrock/events.h"
#include "bedrock/json.h"
#include "util/bytes.h"

/* The service's own bound on ids and names, and a NUL. Stop reasons and other words get the same.
 */
#define BDK_NAME_CAP BEDROCK_ID_SIZE

struct bdk_reader;

/* The shape of a document. */
struct bdk_nodes {
    const char *nodes; /* the tree of its names */
    /* Takes what has a small letter, numbers and keys excepted; returns as bdk_reader_next(), 0 to
     * go on. NULL if there is none. */
    int (*take)(struct bdk_reader *reader, struct bedrock_event *event);
};

/* reader_nodes.c: the events of ConverseStream. */
extern const struct bdk_nodes bdk_frame_nodes;

/* bdk_reader.frame_index before the frame has said where its content belongs, and when some of it
 * had to be told already, of a block that was the likely one. */
enum { BDK_INDEX_NOT_SAID = -1, BDK_INDEX_GUESSED = -2 };

/* bdk_reader.stopped: what has come that only a whole answer has. The first is what
 * bedrock_last_stop_reason() asks for, and a stop event tells. */
enum { BDK_STOPPED_REASON = 1, BDK_STOPPED_PROOF = 2 };

/* Small members first: they lie within reach of the processor's short instructions. */
struct bdk_reader {
    char tag;           /* what the value that token belongs to means */
    uint8_t token_kept; /* an event had to go first: token is to be looked at again */
    uint8_t raw_begins; /* the next value comes as it stands */
    char raw_first;     /* character of the one that came last; of null, which is none, an n */
    uint8_t unary;      /* the answer is one document; else one a frame */
    uint8_t open;       /* a block is */
    uint8_t block;      /* its kind */
    uint8_t start_kind; /* 1 + kind that ids and names have told; 0: none has come */
    uint8_t half_type;  /* type of the event whose text ends in half a surrogate pair; 0: none */
    uint8_t word_len;
    uint8_t role;
    uint8_t stop_reason;
    uint8_t stopped; /* BDK_STOPPED_... */
    uint8_t phase; /* of the end of an answer; enum of record.h, if a model's own format is read */
    struct bedrock_json_event token;
    int32_t index;       /* of the open block, or of the last one */
    int32_t frame_index; /* what the frame says, or one of the two below 0 */
    const char *in;      /* JSON text to read */
    const char *end;
    const struct bdk_nodes *nodes;
    struct bedrock_usage *usage;
    struct bedrock_json json;
    struct bedrock_json_path path;
    char joined[4];          /* the code point that begins with that half */
    char word[BDK_NAME_CAP]; /* the last key; numbers and other words, which are looked at whole */
    char stop_text[BDK_NAME_CAP]; /* word is copied as a whole, into this and the two below */
    char tool_use_id[BDK_NAME_CAP];
    char name[BDK_NAME_CAP];
};

/* An answer begins: its first document. */
void bdk_reader_init(struct bdk_reader *reader, const struct bdk_nodes *nodes,
                     struct bedrock_usage *usage);

/* A new document of the same answer begins. */
void bdk_reader_begin(struct bdk_reader *reader);

/* Reads reader->in on. 1 or 2: an event; 0: the input is used up; negative: an error. */
int bdk_reader_next(struct bdk_reader *reader, struct bedrock_event *event);

/* Opens the block that the frame speaks of, or closes the open one. 2: an event, call again; 0:
 * done. */
int bdk_reader_open_block(struct bdk_reader *reader, uint8_t kind, struct bedrock_event *event);

/* Closes the open block. 2: an event, call again as long as it is open. */
int bdk_reader_close_block(struct bdk_reader *reader, struct bedrock_event *event);

/* An event with all that is known. Returns BEDROCK_EVENT. */
int bdk_reader_event(const struct bdk_reader *reader, uint8_t type, struct bedrock_event *event);

/* For bdk_nodes.take. An event of a piece of text, or with halves of surrogate pairs joined. */
int bdk_reader_text(struct bdk_reader *reader, uint8_t type, const char *text, size_t len,
                    struct bedrock_event *event);
int bdk_reader_joined_text(struct bdk_reader *reader, uint8_t type, struct bedrock_event *event);
/* Holds a key, or another word, until it is whole. Returns 1 if it is too long, and then is none.
 */
int bdk_reader_hold(struct bdk_reader *reader);

/* reader_value.c: takes a string, a number, or JSON as it stands; returns as bdk_reader_next(). */
int bdk_value_take(struct bdk_reader *reader, struct bedrock_event *event);

/*
 * The letters of the trees, as in "T3toolUseId": signs are for objects and arrays, capital letters
 * for values, in the order of their kinds; small letters for what only some operations have
 * (bdk_nodes.take) and, from BDK_TAG_INPUT_TOKENS on, for numbers.
 */
enum bdk_tag {
    BDK_TAG_NONE = ' ',
    BDK_TAG_MESSAGE = '@',
    BDK_TAG_BLOCK = '*',         /* an element of the content of a unary reply */
    BDK_TAG_START = '<',         /* what a stream says of a block before its content */
    BDK_TAG_CITATION_LIST = '+', /* an array whose elements are citations */
    /* Values that pass through in pieces; the order is that of reader_value.c's table. First texts,
     * in which halves of surrogate pairs are joined. */
    BDK_TAG_TEXT = 'A',
    BDK_TAG_CITED_TEXT = 'B',
    BDK_TAG_REASONING = 'C',
    BDK_TAG_TOOL_INPUT_TEXT = 'D', /* JSON as the text of a string */
    /* Then what has only plain characters. */
    BDK_TAG_SIGNATURE = 'E',
    BDK_TAG_REDACTED = 'F',
    BDK_TAG_IMAGE_BYTES = 'G',
    /* Then JSON, which is told as it stands. */
    BDK_TAG_TOOL_INPUT = 'H',
    BDK_TAG_IMAGE_OTHER = 'I', /* a source that is no bytes, an error */
    BDK_TAG_CITATION = 'J',
    BDK_TAG_TOOL_RESULT = 'K',
    BDK_TAG_UNKNOWN = 'L',
    BDK_TAG_TRACE = 'M',
    BDK_TAG_RESPONSE_FIELDS = 'N',
    /* Words. */
    BDK_TAG_ROLE = 'O',
    BDK_TAG_STOP_REASON = 'P',
    BDK_TAG_SERVICE_TIER = 'Q',
    BDK_TAG_PERFORMANCE = 'R',
    BDK_TAG_TOOL_TYPE = 'S',
    BDK_TAG_TOOL_ID = 'T',
    BDK_TAG_RESULT_ID = 'U',
    BDK_TAG_TOOL_NAME = 'V',
    BDK_TAG_IMAGE_FORMAT = 'W',
    /* Numbers; the counts are in the order of struct bedrock_usage. */
    BDK_TAG_INPUT_TOKENS = 'u',
    BDK_TAG_OUTPUT_TOKENS,
    BDK_TAG_TOTAL_TOKENS,
    BDK_TAG_CACHE_READ_TOKENS,
    BDK_TAG_CACHE_WRITE_TOKENS,
    BDK_TAG_LATENCY, /* z */
    BDK_TAG_INDEX = '~',
    /* What only some operations have: from the first of these letters on. */
    BDK_TAG_OWN = 'a',
    BDK_TAG_OWN_JSON = 'j' /* any value that is told as it stands */
};

/* What ends an answer has the same shape in both operations: ConverseResponse, and the events
 * messageStop and metadata. */
#define BDK_NODES_OF_THE_END                                                                       \
    "P1stopReason\0"                                                                               \
    "M1trace\0"                                                                                    \
    "N1additionalModelResponseFields\0"                                                            \
    " 1usage\0"                                                                                    \
    "u2inputTokens\0"                                                                              \
    "v2outputTokens\0"                                                                             \
    "w2totalTokens\0"                                                                              \
    "x2cacheReadInputTokens\0"                                                                     \
    "y2cacheWriteInputTokens\0"                                                                    \
    " 1metrics\0"                                                                                  \
    "z2latencyMs\0"                                                                                \
    " 1serviceTier\0"                                                                              \
    "Q2type\0"                                                                                     \
    " 1performanceConfig\0"                                                                        \
    "R2latency\0"

#endif
