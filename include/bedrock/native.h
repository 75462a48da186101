/* SPDX-License-Identifier: MIT */
/**
 * The native formats of the model families: bodies and readers for bedrock/invoke.h.
 *
 *     bedrock_invoke_model(client, &(struct bedrock_invoke_model){
 *         .model_id = "meta.llama3-1-8b-instruct-v1:0",
 *         .body = BEDROCK_LLAMA3(.prompt = "Why is the sky blue?", .max_tokens = 512),
 *     });
 *     bedrock_text(client, answer, sizeof answer, &len);
 *
 * A family is a table in ROM: what its body has where, and where its answers and the chunks of its
 * streams keep the text, the reason of the stop and the counts. You link the families you name.
 *
 * Every family's answer has the same events, those of bedrock/events.h, so the same loop reads all
 * of them: TEXT from those that talk, REASONING and TOOL_INPUT from those that have it, IMAGE from
 * those that draw, VECTOR from those that embed, then STOP (words that mean the same are one
 * bedrock_stop_reason; stop_reason_text has the family's own) and METADATA. Where a guardrail
 * intervened, that is the reason, whatever the model's own word is. In a stream of choices[] a call
 * of a tool begins with its id: arguments that come before it end the call with
 * BEDROCK_E_JSON_SHAPE.
 *
 * Source: Amazon Bedrock user guide, "Inference request parameters and response fields for
 * foundation models".
 */
#ifndef BEDROCK_NATIVE_H
#define BEDROCK_NATIVE_H

#include "bedrock/invoke.h"

#ifdef __cplusplus
extern "C" {
#endif

/* --------------------------------------------------------- models that talk */

/**
 * A question to a model that talks. Zeroed members are absent from the body; what a family has no
 * word for is refused with BEDROCK_E_ARGUMENT rather than dropped (system of a model that knows
 * none, for example). So is a prompt that is missing; one of white space only is
 * BEDROCK_E_EMPTY_TEXT.
 */
struct bedrock_prompt {
    const char *prompt; /* what the user says; put into the family's form of a question */
    const char *system; /* what the model should be */
    int32_t max_tokens; /* 0: the model's default; the Claude families demand it, and get 1024 */
    const char *temperature; /* decimal text, "0.5" */
    const char *top_p;
    int32_t top_k; /* 0: the model's default */
    struct bedrock_string_list stop_sequences;
    /**
     * Claude (Messages), Nova and chat: the whole array of messages, JSON in the family's own form,
     * instead of prompt; of chat instead of system, too, which is one of them.
     */
    const char *messages;
    /* 1: prompt is in the family's form already, system included: sent as it stands. Not of the
     * families that have messages. */
    uint8_t raw_prompt;
};

extern const struct bedrock_body_kind bedrock_native_claude, /* Messages: Claude 3 and later */
    bedrock_native_claude_text,                     /* text completions: Claude 2, Instant */
    bedrock_native_llama2, bedrock_native_llama3,   /* Meta Llama 2; 3 and 4 */
    bedrock_native_titan_text,                      /* Amazon Titan Text */
    bedrock_native_nova,                            /* Amazon Nova Micro, Lite, Pro */
    bedrock_native_mistral,                         /* Mistral 7B, Mixtral */
    bedrock_native_cohere, bedrock_native_cohere_r, /* Command; Command R */
    bedrock_native_jurassic,                        /* AI21 Jurassic-2 */
    bedrock_native_chat; /* AI21 Jamba, Mistral Large, OpenAI gpt-oss and others: choices[] */

/* clang-format off */

#define BEDROCK_CLAUDE(...)      BEDROCK_PROMPT(claude, __VA_ARGS__)
#define BEDROCK_CLAUDE_TEXT(...) BEDROCK_PROMPT(claude_text, __VA_ARGS__)
#define BEDROCK_LLAMA2(...)      BEDROCK_PROMPT(llama2, __VA_ARGS__)
#define BEDROCK_LLAMA3(...)      BEDROCK_PROMPT(llama3, __VA_ARGS__)
#define BEDROCK_TITAN_TEXT(...)  BEDROCK_PROMPT(titan_text, __VA_ARGS__)
#define BEDROCK_NOVA(...)        BEDROCK_PROMPT(nova, __VA_ARGS__)
#define BEDROCK_MISTRAL(...)     BEDROCK_PROMPT(mistral, __VA_ARGS__)
#define BEDROCK_COHERE(...)      BEDROCK_PROMPT(cohere, __VA_ARGS__)
#define BEDROCK_COHERE_R(...)    BEDROCK_PROMPT(cohere_r, __VA_ARGS__)
#define BEDROCK_JURASSIC(...)    BEDROCK_PROMPT(jurassic, __VA_ARGS__)
#define BEDROCK_CHAT(...)        BEDROCK_PROMPT(chat, __VA_ARGS__)
#define BEDROCK_PROMPT(family, ...) \
    {.kind = &bedrock_native_##family, .value = &(const struct bedrock_prompt){__VA_ARGS__}}

/* clang-format on */

/* --------------------------------------------------------- models that draw */

/** Largest seed of the Titan and Nova image models. */
#define BEDROCK_IMAGE_SEED_MAX 2147483646

/**
 * A picture that is wanted of Titan Image Generator or Nova Canvas. Zeroed members are absent; a
 * task needs what its name says.
 */
struct bedrock_image_prompt {
    /* NULL: "TEXT_IMAGE"; "IMAGE_VARIATION", "INPAINTING", "OUTPAINTING",
     * "COLOR_GUIDED_GENERATION", "BACKGROUND_REMOVAL" */
    const char *task_type;
    const char *text;                  /* what it should show, up to 512 characters */
    const char *negative_text;         /* what it should not */
    struct bedrock_source image;       /* to start from: PNG or JPEG; TEXT_IMAGE: conditionImage,
                                          COLOR_GUIDED_GENERATION: referenceImage */
    struct bedrock_source mask_image;  /* black is inside */
    const char *mask_prompt;           /* or: what to find in the picture */
    const char *out_painting_mode;     /* "DEFAULT", "PRECISE" */
    const char *control_mode;          /* of conditionImage: "CANNY_EDGE", "SEGMENTATION" */
    const char *control_strength;      /* decimal text, "0".."1" */
    const char *similarity_strength;   /* of a variation: decimal text, "0.2".."1" */
    struct bedrock_string_list colors; /* "#RRGGBB", 1..10 */
    int32_t number_of_images;          /* 0: one */
    int32_t width, height;             /* 0: the model's default, 1024 by 1024 */
    const char *quality;               /* "standard", "premium" */
    const char *cfg_scale;             /* decimal text, "1.1".."10" */
    int32_t seed;                      /* 1..BEDROCK_IMAGE_SEED_MAX; 0: the model's default */
};

/** The answer has an IMAGE block a picture: read it with bedrock_read(). What the model says in
 * `error`, with HTTP status 200, ends the call with BEDROCK_E_MODEL_ERROR, whose message it is. */
extern const struct bedrock_body_kind bedrock_native_image;

/* clang-format off */
#define BEDROCK_IMAGE_PROMPT(...) \
    {.kind = &bedrock_native_image, .value = &(const struct bedrock_image_prompt){__VA_ARGS__}}
/* clang-format on */

/* -------------------------------------------------------- models that embed */

/** Something to be turned into a vector. Zeroed members are absent. */
struct bedrock_embed_prompt {
    const char *text;
    struct bedrock_string_list texts; /* Cohere: several at once, a vector each */
    struct bedrock_source image;      /* Titan Multimodal */
    int32_t dimensions;               /* 0: the model's default */
    const char *purpose; /* Cohere's input_type: "search_document" (if NULL), "search_query", ...;
                            Nova's embeddingPurpose: "GENERIC_INDEX" (if NULL), ... */
};

/** The answer has a VECTOR block a vector: read it with bedrock_vector(). */
extern const struct bedrock_body_kind bedrock_native_titan_embed, /* Titan Text Embeddings v1, v2 */
    bedrock_native_titan_multimodal, bedrock_native_cohere_embed, bedrock_native_nova_embed;

/* clang-format off */
#define BEDROCK_TITAN_EMBED(...)      BEDROCK_EMBED(titan_embed, __VA_ARGS__)
#define BEDROCK_TITAN_MULTIMODAL(...) BEDROCK_EMBED(titan_multimodal, __VA_ARGS__)
#define BEDROCK_COHERE_EMBED(...)     BEDROCK_EMBED(cohere_embed, __VA_ARGS__)
#define BEDROCK_NOVA_EMBED(...)       BEDROCK_EMBED(nova_embed, __VA_ARGS__)
#define BEDROCK_EMBED(family, ...) \
    {.kind = &bedrock_native_##family, .value = &(const struct bedrock_embed_prompt){__VA_ARGS__}}
/* clang-format on */

/**
 * Runs the call on and keeps one vector's numbers, in fixed point: each is multiplied by 2^30 and
 * rounded to the nearest, so that -1..1 becomes -1073741824..1073741824 (Q1.30). No floating point
 * is linked; a program that has it divides by 1073741824.0f. Behind the last vector that is wanted,
 * bedrock_next() to its 0 tells that the answer was complete.
 *
 * \param vector  receives the numbers.
 * \param cap     how many it holds.
 * \param len     in: 0, or where to go on after BEDROCK_AGAIN; out: how many there are. With
 * several vectors in an answer a call gives one: the next begins with *len = 0.
 * \return BEDROCK_EVENT (1) with a vector that is complete: call again for the next; 0 when the
 * answer is complete, and there is none; BEDROCK_E_BUFFER if there are more numbers than cap, and
 * BEDROCK_E_JSON_SHAPE for a number of 2 or more, both of which end the call; BEDROCK_AGAIN; else
 * as bedrock_next().
 */
int bedrock_vector(bedrock_client *client, int32_t *vector, size_t cap, size_t *len);

/* ----------------------------------------------------------------- readers */

/** Readers of answers, for bodies that are your own (bedrock_invoke_model.reply). */
extern const struct bedrock_reply bedrock_reply_claude, bedrock_reply_claude_text,
    bedrock_reply_llama, bedrock_reply_titan_text, bedrock_reply_nova, bedrock_reply_mistral,
    bedrock_reply_cohere, bedrock_reply_jurassic, bedrock_reply_chat, bedrock_reply_image,
    bedrock_reply_embed;

#ifdef __cplusplus
}
#endif

#endif
