/* SPDX-License-Identifier: MIT */
/**
 * What an answer is made of, as a program meets it: one vocabulary for Converse, ConverseStream,
 * the native formats of InvokeModel, and the rest.
 *
 * An answer is a message of blocks. Its events come in this order:
 *
 *     MESSAGE_START
 *       BLOCK_START  TEXT.. REASONING.. TOOL_INPUT.. IMAGE.. RAW..  BLOCK_STOP     for each block
 *     STOP                                                        why the model stopped
 *     METADATA                                                    what it cost
 *
 * TRACE and RESPONSE_FIELDS come where the service puts them, and so do events that this version
 * does not know, which are RAW; some models send METADATA before STOP. A value of any length comes
 * as many events, each a slice of it; one that is empty, or null, gives none, and a block of which
 * nothing is known gives none either.
 *
 * JSON promises no order of members, and what comes first is told first. So these are certain at
 * BLOCK_STOP only:
 *
 *   - of a unary reply, tool_use_id, name, and whether a tool is the service's own: the input may
 *     stand before them (in a stream they are known from BLOCK_START on);
 *   - block, if something unknown came first, which makes it UNKNOWN for the time being;
 *   - of a stream, block_index, if the service writes it behind the content; then content counts as
 *     that of the open block, or of a new one if none is open.
 *
 * In a unary reply STOP and METADATA are held back to its end, text is not, and the role of
 * MESSAGE_START is the assistant's, which is the only one that replies. In a stream a block with
 * citations is a TEXT block if text came first.
 *
 * Ids, names and stop reasons are held whole, up to the 64 bytes that the service allows itself; a
 * longer one ends the call with BEDROCK_E_FIELD_SIZE. Numbers may be written as 28.0 or 2.8e1;
 * below 0, with a fraction, or over 2^31 - 1 they end it with BEDROCK_E_JSON_SHAPE.
 */
#ifndef BEDROCK_EVENTS_H
#define BEDROCK_EVENTS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Holds any tool_use_id or name of an event, with its NUL. */
#define BEDROCK_ID_SIZE 65

/** What each type is about, and which members of the event it fills in. */
enum bedrock_event_type {
    BEDROCK_EVENT_MESSAGE_START, /* role */
    /* block, block_index; tool_use_id and name, if they are known; of an image, name is its format
     */
    BEDROCK_EVENT_BLOCK_START,
    BEDROCK_EVENT_TEXT,                /* text: whole code points, never half of one */
    BEDROCK_EVENT_REASONING,           /* text: what the model thinks, likewise */
    BEDROCK_EVENT_REASONING_SIGNATURE, /* text: goes back in the next turn, unchanged */
    BEDROCK_EVENT_REASONING_REDACTED,  /* text: base64, goes back in the next turn, unchanged */
    BEDROCK_EVENT_TOOL_INPUT,          /* text: a piece of JSON; none at all means {} */
    BEDROCK_EVENT_IMAGE, /* text: base64; bedrock_base64_decode() takes the pieces as they come */
    BEDROCK_EVENT_CITATION, /* text: a piece of one citation, JSON; last on its final piece */
    /* text: a piece of JSON that this version has no event for; name: what the service calls it, ""
     * if that has over 64 bytes; last. Of an unknown event, not checked to be JSON. */
    BEDROCK_EVENT_RAW,
    BEDROCK_EVENT_BLOCK_STOP,      /* block, block_index, tool_use_id, name */
    BEDROCK_EVENT_STOP,            /* stop_reason, stop_reason_text */
    BEDROCK_EVENT_TRACE,           /* text: JSON: guardrail assessments, prompt router; last */
    BEDROCK_EVENT_RESPONSE_FIELDS, /* text: JSON: additionalModelResponseFields; last */
    BEDROCK_EVENT_METADATA,        /* usage */
    /* Of operations other than Converse. */
    BEDROCK_EVENT_VECTOR, /* text: one number of an embedding, whole, as decimal text */
    BEDROCK_EVENT_FIELD,  /* name, and text: a piece of the value of that member; last */
    BEDROCK_EVENT_BODY,   /* text: bytes of a body that nobody reads otherwise */
    BEDROCK_EVENT_CHUNK /* text: bytes of a chunk of a stream, likewise; last on its final piece */
};

enum bedrock_role {
    BEDROCK_ROLE_ASSISTANT,
    BEDROCK_ROLE_USER,
    BEDROCK_ROLE_SYSTEM,
    BEDROCK_ROLE_UNKNOWN
};

/** Kinds of block in an answer. */
enum bedrock_block {
    BEDROCK_BLOCK_TEXT,
    BEDROCK_BLOCK_REASONING,
    BEDROCK_BLOCK_TOOL_USE,
    BEDROCK_BLOCK_SERVER_TOOL_USE, /* a tool that the service runs itself: nothing to do for you */
    BEDROCK_BLOCK_TOOL_RESULT,     /* of a server tool; its content comes as RAW */
    BEDROCK_BLOCK_IMAGE, /* an image that is not here but in S3, or that failed, comes as RAW */
    BEDROCK_BLOCK_CITATIONS,
    BEDROCK_BLOCK_VECTOR, /* an embedding */
    BEDROCK_BLOCK_RECORD, /* a result of an operation other than Converse: FIELDs */
    BEDROCK_BLOCK_UNKNOWN /* its content comes as RAW */
};

/** Why the model stopped. An unknown word is UNKNOWN, never END_TURN; stop_reason_text has it as it
 * came. */
enum bedrock_stop_reason {
    BEDROCK_STOP_END_TURN,
    BEDROCK_STOP_TOOL_USE,
    BEDROCK_STOP_MAX_TOKENS,
    BEDROCK_STOP_STOP_SEQUENCE,
    BEDROCK_STOP_GUARDRAIL_INTERVENED,
    BEDROCK_STOP_CONTENT_FILTERED,
    BEDROCK_STOP_MALFORMED_MODEL_OUTPUT,
    BEDROCK_STOP_MALFORMED_TOOL_USE,
    BEDROCK_STOP_MODEL_CONTEXT_WINDOW_EXCEEDED,
    BEDROCK_STOP_UNKNOWN
};

/** What an answer cost. Members that the service did not send are 0. */
struct bedrock_usage {
    int32_t input_tokens;
    int32_t output_tokens;
    int32_t total_tokens;
    int32_t cache_read_input_tokens;
    int32_t cache_write_input_tokens;
    int32_t latency_ms; /* the service's own measurement */
    /* As the service says them; a longer word is cut; "" if it was not said. */
    char service_tier[12]; /* "priority", "default", "flex", "reserved" */
    char performance[12];  /* "standard", "optimized" */
};

/**
 * One event. Which members are meant, its type says. All pointers are valid until the next call
 * with this client; text is not NUL-terminated, the other strings are.
 */
struct bedrock_event {
    enum bedrock_event_type type;
    enum bedrock_role role;
    enum bedrock_block block;
    int32_t block_index; /* the service's number: grows, may have gaps */
    const char *text;
    size_t text_len; /* 0 only where last is 1 */
    uint8_t last; /* 1 on the final piece of CITATION, RAW, TRACE, RESPONSE_FIELDS, FIELD, CHUNK */
    const char *tool_use_id; /* NULL where there is none, or not yet */
    const char *name;        /* of a tool, of an image's format, of RAW; NULL where there is none */
    enum bedrock_stop_reason stop_reason;
    const char *stop_reason_text; /* as the service spells it */
    const struct bedrock_usage *usage;
};

#ifdef __cplusplus
}
#endif

#endif
