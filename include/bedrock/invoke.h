/* SPDX-License-Identifier: MIT */
/**
 * InvokeModel and InvokeModelWithResponseStream: a model in its own words.
 *
 * Converse speaks one language for every model that talks; InvokeModel hands a body to the model as
 * it is and gives back what the model says as it is: pictures, vectors, and whatever Converse has
 * no word for. Bodies have any size in both directions: nothing is held.
 *
 *     bedrock_invoke_model(client, &(struct bedrock_invoke_model){
 *         .model_id = "amazon.titan-embed-text-v2:0",
 *         .body = BEDROCK_JSON_BODY("{\"inputText\":\"hello\"}"),
 *     });
 *
 * A body is one of these, made by a macro:
 *
 *     BEDROCK_JSON_BODY(text)       JSON text; checked before a byte of it is sent
 *     BEDROCK_SOURCE_BODY(...)      bytes in memory or from a source, sent as they are
 *     BEDROCK_CLAUDE(...), ...      a prompt in the form of the model's family (bedrock/native.h)
 *     a kind of your own            what a function of yours writes, anew each time
 *
 * What the answer's events are, its reader says. The families' bodies bring theirs along, and a
 * body of your own can name one (.reply): then the answer has the events of a Converse answer, TEXT
 * and the rest, IMAGE or VECTOR, and bedrock_text(), bedrock_read() or bedrock_vector() take it.
 * Without a reader it comes as bytes: as BODY, and from a stream as CHUNK, decoded from base64,
 * each chunk one JSON document of the model's.
 *
 * Token counts and latency, which the service tells in headers or at a stream's end, are in
 * bedrock_last_usage() and in the METADATA event that comes last.
 *
 * When an answer is complete: a unary one, when its JSON is (with a reader) and its last byte was
 * read; a stream, when its last frame and the end of its HTTP body were read and, with a reader,
 * the model has said why it stopped or the service what it cost. Else the call ends with an error;
 * with BEDROCK_E_NO_ANSWER if a unary one is whole and has nothing in it that its reader knows.
 *
 * Source: Amazon Bedrock API reference, "InvokeModel", "InvokeModelWithResponseStream".
 */
#ifndef BEDROCK_INVOKE_H
#define BEDROCK_INVOKE_H

#include "bedrock/client.h"
#include "bedrock/converse.h"
#include "bedrock/json.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------ bodies */

/** How the answer of a family of models is read (bedrock/native.h). */
struct bedrock_reply;

/**
 * A kind of body: how it is written, and how the answer to it is read.
 *
 * render writes one JSON value. It is called once to measure and sign the body and then once for
 * every window of TLS's send buffer, each time from its beginning, and must write the same bytes
 * again: what differs ends the call with BEDROCK_E_BODY_CHANGED. A failure of its own is a negative
 * code, which ends the call as its error.
 *
 * A body of a few kilobytes is one window, or two. One of megabytes has thousands: it should not
 * make what nobody wants, and stop when nothing is wanted any more. (BEDROCK_SOURCE_BODY() does so
 * by itself. A larger client block has larger windows.)
 *
 *     for (line = 0; line < LINES && json->out->status == 0; line++) {
 *         if (!bedrock_json_skip_piece(json, LINE_LEN)) {
 *             read_log(log, line, text);
 *             bedrock_json_put_piece(json, text, LINE_LEN);
 *         }
 *     }
 */
struct bedrock_body_kind {
    int (*render)(struct bedrock_json_writer *json, const void *value);
    const struct bedrock_reply *reply; /* NULL: the answer comes as bytes */
};

/** A body; zeroed it is the empty object, {}. Make it by a macro. */
struct bedrock_body {
    const struct bedrock_body_kind *kind;
    const void *value; /* what render is given */
};

extern const struct bedrock_body_kind bedrock_body_json, bedrock_body_source;

/* clang-format off */

/** JSON text, NUL-terminated. White space around it is not sent. */
#define BEDROCK_JSON_BODY(text) {.kind = &bedrock_body_json, .value = (text)}

/** Bytes, as .data and .len or .read_at and .len (struct bedrock_source). Not looked at. */
#define BEDROCK_SOURCE_BODY(...) \
    {.kind = &bedrock_body_source, .value = &(const struct bedrock_source){__VA_ARGS__}}

/** What a function writes: a `struct bedrock_body_kind` of yours, and what it is to be given. */
#define BEDROCK_BODY(body_kind, pointer) {.kind = (body_kind), .value = (pointer)}

/* clang-format on */

/** The service takes bodies of so many bytes; a longer one ends the call with BEDROCK_E_TOO_LARGE
 * before anything is sent. */
#define BEDROCK_BODY_MAX 25000000u

/* ----------------------------------------------------------------- request */

/** A request. NULL and "" mean that the member is not sent. */
struct bedrock_invoke_model {
    const char *model_id; /* id or ARN; percent-encoding is done here */
    struct bedrock_body body;
    const struct bedrock_reply *reply; /* reads the answer, instead of what the body brings along */
    const char *content_type;          /* NULL: "application/json", the only one in use today */
    const char *accept; /* the answer's media type; NULL: "application/json"; "*": any */
    const char *trace;  /* "ENABLED", "DISABLED", "ENABLED_FULL" */
    const char *guardrail_identifier;             /* id or ARN; needs guardrail_version */
    const char *guardrail_version;                /* "1", ..., or "DRAFT" */
    const char *performance_config_latency;       /* "standard", "optimized" */
    const char *service_tier;                     /* "priority", "default", "flex", "reserved" */
    const struct bedrock_pairs *request_metadata; /* BEDROCK_REQUEST_METADATA(...) */
};

/**
 * Starts an InvokeModel call: the answer is one body.
 *
 * \param request  see "Ownership" in bedrock/client.h.
 * \return BEDROCK_OK: now call bedrock_next(), bedrock_text() or bedrock_read(). BEDROCK_E_ARGUMENT
 * for a model id that is missing, over 2048 bytes or no visible ASCII; for another member or
 * metadata that is not printable ASCII or has two spaces in a row (they travel in headers), or a
 * member that begins or ends with one; for a guardrail without its version, or the other way round;
 * BEDROCK_E_STATE if another call has not ended; or the client's init error. What is wrong with the
 * body shows in bedrock_next(): BEDROCK_E_JSON and its kin, BEDROCK_E_ARGUMENT,
 * BEDROCK_E_EMPTY_TEXT, BEDROCK_E_UTF8, BEDROCK_E_TOO_LARGE, or a source's own code.
 */
int bedrock_invoke_model(bedrock_client *client, const struct bedrock_invoke_model *request);

/** Starts an InvokeModelWithResponseStream call: the answer comes as it is written. As
 * bedrock_invoke_model() in all else. */
int bedrock_invoke_model_with_response_stream(bedrock_client *client,
                                              const struct bedrock_invoke_model *request);

/* ------------------------------------------------------------- CountTokens */

/**
 * Starts a CountTokens call: how many tokens a request would take, at no cost.
 *
 * The answer is one METADATA event; the count is bedrock_last_usage(client)->input_tokens. An
 * answer without a count is BEDROCK_E_JSON_SHAPE.
 *
 * \param request  the request as it would be sent by bedrock_converse(). The service looks at
 * messages, system, tool_config and additional_model_request_fields; only these are sent.
 * \return as bedrock_converse(). Models without the feature answer BEDROCK_E_VALIDATION.
 */
int bedrock_count_tokens_converse(bedrock_client *client, const struct bedrock_converse *request);

/** The same for a request of bedrock_invoke_model(): its model_id and its body. */
int bedrock_count_tokens_invoke_model(bedrock_client *client,
                                      const struct bedrock_invoke_model *request);

#ifdef __cplusplus
}
#endif

#endif
