/* SPDX-License-Identifier: MIT */
/*
 * From JSON to events: what a Converse reply and the frames of a ConverseStream have in common. The
 * shapes are tables of names (converse_reply.c, reader_nodes.c); each name has a tag that says what
 * its value means. No value is held but ids, names and words; all else passes through as slices.
 */
#ifndef BDK_CLIENT_READER_H
#define BDK_CLIENT_READER_H

#include "bedrock/events.h"
#include "bedrock/json.h"

/* The service's own bound on ids and names, and a NUL. Stop reasons and other words get the same.
 */
#define BDK_NAME_CAP BEDROCK_ID_SIZE

struct bdk_reader;

/* The shape of a document. */
struct bdk_nodes {
    const struct bedrock_json_node *nodes;
    uint8_t count;
    /* Takes what has a tag from BDK_TAG_OWN on, keys excepted; returns as bdk_reader_next(), 0 to
     * go on. NULL if there is none. */
    int (*take)(struct bdk_reader *reader, struct bedrock_event *event);
};

/* reader_nodes.c: the events of ConverseStream. */
extern const struct bdk_nodes bdk_frame_nodes;

/* Small members first: they lie within reach of the processor's short instructions. */
struct bdk_reader {
    uint8_t tag;        /* what the value that token belongs to means */
    uint8_t token_kept; /* an event had to go first: token is to be looked at again */
    uint8_t raw;        /* enum raw_state of the value that is passed through as it stands */
    uint8_t unary;      /* the answer is one document; else one a frame */
    uint8_t open;       /* a block is */
    uint8_t block;      /* its kind */
    uint8_t start_kind; /* 1 + kind that ids and names have told; 0: none has come */
    uint8_t half_type;  /* type of the event whose text ends in half a surrogate pair; 0: none */
    uint8_t word_len;
    uint8_t role;
    uint8_t stop_reason;
    uint8_t stopped; /* a stop reason has come, or what else only a whole answer has */
    uint8_t phase; /* of the end of an answer; enum of record.h, if a model's own format is read */
    struct bedrock_json_event token;
    int32_t index;       /* of the open block, or of the last one */
    int32_t frame_index; /* what the frame says, or one of the two below 0 in reader.c */
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
/* Is the JSON that comes as it stands no more than null? Asked of each of its pieces. */
int bdk_reader_is_null(struct bdk_reader *reader);

/* The place of a word in a list: words, each with a NUL behind it, and an empty one at the end. How
 * many there are, if it is none of them. */
uint8_t bdk_find_word(const char *text, size_t len, const char *words);
/* The same; nocase: with letters of either case. */
uint8_t bdk_find(const char *text, size_t len, const char *words, int nocase);

enum bdk_tag {
    BDK_TAG_NONE,
    BDK_TAG_MESSAGE,
    BDK_TAG_BLOCK,         /* an element of the content of a unary reply */
    BDK_TAG_START,         /* what a stream says of a block before its content */
    BDK_TAG_CITATION_LIST, /* an array whose elements are citations */
    /* Values that pass through in pieces; the order is that of reader.c's table. First texts, in
     * which halves of surrogate pairs are joined. */
    BDK_TAG_TEXT,
    BDK_TAG_CITED_TEXT,
    BDK_TAG_REASONING,
    BDK_TAG_TOOL_INPUT_TEXT, /* JSON as the text of a string */
    /* Then what has only plain characters. */
    BDK_TAG_SIGNATURE,
    BDK_TAG_REDACTED,
    BDK_TAG_IMAGE_BYTES,
    /* Then JSON, which is told as it stands. */
    BDK_TAG_TOOL_INPUT,
    BDK_TAG_IMAGE_OTHER, /* a source that is no bytes, an error */
    BDK_TAG_CITATION,
    BDK_TAG_TOOL_RESULT,
    BDK_TAG_UNKNOWN,
    BDK_TAG_TRACE,
    BDK_TAG_RESPONSE_FIELDS,
    /* Words. */
    BDK_TAG_ROLE,
    BDK_TAG_STOP_REASON,
    BDK_TAG_SERVICE_TIER,
    BDK_TAG_PERFORMANCE, /* next to it as in struct bedrock_usage */
    BDK_TAG_TOOL_TYPE,
    BDK_TAG_TOOL_ID,
    BDK_TAG_RESULT_ID,
    BDK_TAG_TOOL_NAME,
    BDK_TAG_IMAGE_FORMAT,
    /* Numbers; the counts are in the order of struct bedrock_usage. */
    BDK_TAG_INDEX,
    BDK_TAG_INPUT_TOKENS,
    BDK_TAG_OUTPUT_TOKENS,
    BDK_TAG_TOTAL_TOKENS,
    BDK_TAG_CACHE_READ_TOKENS,
    BDK_TAG_CACHE_WRITE_TOKENS,
    BDK_TAG_LATENCY,
    /* What only some operations have (bdk_nodes.take), and first among it the one that stands for
     * JSON that is told as it stands. */
    BDK_TAG_OWN,
    BDK_TAG_OWN_JSON = BDK_TAG_OWN
};

/* What ends an answer has the same shape in both operations: ConverseResponse, and the events
 * messageStop and metadata. Every table begins with these entries. */
enum {
    BDK_NODE_ROOT,
    BDK_NODE_USAGE,
    BDK_NODE_METRICS,
    BDK_NODE_TIER,
    BDK_NODE_PERFORMANCE,
    BDK_NODE_OWN
};

#define BDK_NODES_OF_THE_END                                                                       \
    {0, BDK_TAG_NONE, ""}, {BDK_NODE_ROOT, BDK_TAG_NONE, "usage"},                                 \
        {BDK_NODE_ROOT, BDK_TAG_NONE, "metrics"}, {BDK_NODE_ROOT, BDK_TAG_NONE, "serviceTier"},    \
    {                                                                                              \
        BDK_NODE_ROOT, BDK_TAG_NONE, "performanceConfig"                                           \
    }
#define BDK_LEAVES_OF_THE_END                                                                      \
    {BDK_NODE_ROOT, BDK_TAG_STOP_REASON, "stopReason"}, {BDK_NODE_ROOT, BDK_TAG_TRACE, "trace"},   \
        {BDK_NODE_ROOT, BDK_TAG_RESPONSE_FIELDS, "additionalModelResponseFields"},                 \
        {BDK_NODE_USAGE, BDK_TAG_INPUT_TOKENS, "inputTokens"},                                     \
        {BDK_NODE_USAGE, BDK_TAG_OUTPUT_TOKENS, "outputTokens"},                                   \
        {BDK_NODE_USAGE, BDK_TAG_TOTAL_TOKENS, "totalTokens"},                                     \
        {BDK_NODE_USAGE, BDK_TAG_CACHE_READ_TOKENS, "cacheReadInputTokens"},                       \
        {BDK_NODE_USAGE, BDK_TAG_CACHE_WRITE_TOKENS, "cacheWriteInputTokens"},                     \
        {BDK_NODE_METRICS, BDK_TAG_LATENCY, "latencyMs"},                                          \
        {BDK_NODE_TIER, BDK_TAG_SERVICE_TIER, "type"},                                             \
    {                                                                                              \
        BDK_NODE_PERFORMANCE, BDK_TAG_PERFORMANCE, "latency"                                       \
    }

#endif
