/* SPDX-License-Identifier: MIT */
/* The formats of the models themselves, as InvokeModel carries them. */
#ifndef SIMULATOR_NATIVE_H
#define SIMULATOR_NATIVE_H

#include "exchange.h"
#include "reply.h"
#include "schema.h"

struct sim_family {
    const char *prefix;                   /* of the model id */
    const struct sim_member *shape;       /* of the body; NULL: any JSON */
    const char *prompt;                   /* paths of the prompt, or of an array of messages ... */
    const char *stops;                    /* ... of the stop sequences, and ... */
    const char *max_tokens;               /* ... of the limit; "" where there is none */
    int (*check)(struct sim_exchange *x); /* beyond the shape; may be NULL */
    /* Appends the answer. */
    void (*answer)(struct sim_text *out, const struct sim_exchange *x,
                   const struct sim_reply *reply);
    /* Appends the members of one chunk of a stream, after the opening brace. NULL: no streams, or
     * stream below. */
    void (*piece)(struct sim_text *out, const struct sim_reply *reply, const char *piece,
                  size_t len, int is_last);
    /* Sends all chunks, for formats with events of their own. */
    void (*stream)(struct sim_exchange *x, const struct sim_reply *reply);
};

/* The families of text models, of Claude's Messages and of pictures and vectors; each ends with an
 * entry whose prefix is NULL. */
extern const struct sim_family sim_text_families[];
extern const struct sim_family sim_message_families[];
extern const struct sim_family sim_media_families[];

/* Sends one chunk: a JSON object of the given members. Paces; 1 when the stream breaks off here. */
int sim_native_chunk(struct sim_exchange *x, const char *members);
/* `"amazon-bedrock-invocationMetrics":{...}` */
void sim_native_metrics(struct sim_text *out, const struct sim_reply *reply);

#endif
