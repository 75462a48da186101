/* SPDX-License-Identifier: MIT */
/* What the model says: one reply, to be told in any operation's format. */
#ifndef SIMULATOR_REPLY_H
#define SIMULATOR_REPLY_H

#include "exchange.h"

#define SIM_BLOCKS 8

enum sim_block_kind {
    SIM_BLOCK_TEXT,
    SIM_BLOCK_TOOL_USE,
    SIM_BLOCK_REASONING,
    SIM_BLOCK_REDACTED,
    SIM_BLOCK_CITATIONS,
    SIM_BLOCK_IMAGE,
    SIM_BLOCK_UNKNOWN
};

struct sim_block {
    enum sim_block_kind kind;
    struct sim_text content; /* text; the JSON of a tool's input; the bytes of a picture */
    struct sim_text name;    /* of a tool */
    struct sim_text id;      /* of a tool use; the signature of reasoning */
};

struct sim_reply {
    struct sim_block blocks[SIM_BLOCKS];
    size_t block_count;
    const char *stop_reason;   /* in the words of Converse */
    const char *stop_sequence; /* the one that ended the text, or NULL */
    long input_tokens;
    long output_tokens;
    int is_torn;       /* stream in awkward pieces: code point by code point, surrogates apart */
    int has_unknowns;  /* sprinkle what no client can know */
    int has_guardrail; /* with a guardrail's trace */
};

/* What a prompt is and how it may be answered, whatever the format it came in. */
struct sim_prompt {
    const char *text;             /* the last thing that the user said */
    const struct sim_json *stops; /* array of stop sequences, or NULL */
    long max_tokens;              /* 0: no limit */
};

/* A reply of one text block for the operations in a model's own format. */
void sim_reply_simple(struct sim_reply *reply, const struct sim_exchange *x,
                      const struct sim_prompt *prompt);
/* The reply to a Converse body; the model id decides its shape. */
void sim_reply_converse(struct sim_reply *reply, const struct sim_exchange *x);
/* Tokens in a text: words, roughly. */
long sim_reply_count(const char *text, size_t len);
/* The next piece of a streamed text from *at on, which moves; 0 at the end. Pieces end on code
 * points unless the reply is torn. */
size_t sim_reply_piece(const struct sim_reply *reply, const struct sim_text *text, size_t *at);
void sim_reply_free(struct sim_reply *reply);

#endif
