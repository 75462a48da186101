/* SPDX-License-Identifier: MIT */
/**
 * Converse and ConverseStream: one request shape for every model that talks.
 *
 * A request is a value. Fill in a `struct bedrock_converse`, as a literal where it is used; zeroed
 * members are absent from the JSON. Numbers that AWS calls floats are decimal text ("0.7"), so no
 * floating point is linked. Lists are made by the macros below: compound literals, which live as
 * long as the block they are written in. C++ has no such literals: there, fill in the structs by
 * hand; the macros say how.
 *
 * You link what you name. A content block points to its kind's own renderer, and so do the optional
 * parts of a request (BEDROCK_TOOL_CONFIG(), ...): a program that sends text has no code for images
 * or tools.
 *
 * Source: Amazon Bedrock API reference, "Converse", "ConverseStream". Lengths and patterns that the
 * service checks are left to it; what would break the request or spoil a history is refused here,
 * before anything is sent.
 */
#ifndef BEDROCK_CONVERSE_H
#define BEDROCK_CONVERSE_H

#include "bedrock/client.h"
#include "bedrock/json.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ----------------------------------------------------------------- content */

struct bedrock_content;

/** A kind of content block: how it is written. A kind of your own needs only this. */
struct bedrock_content_kind {
    int (*render)(struct bedrock_json_writer *json, const struct bedrock_content *content);
};

/** One content block. Make it by a macro. */
struct bedrock_content {
    const struct bedrock_content_kind *kind;
    const char *text;  /* TEXT, JSON and RAW: the text itself */
    size_t text_len;   /* its length; 0: up to the NUL */
    const void *value; /* all other kinds: the kind's own struct */
};

struct bedrock_content_list {
    const struct bedrock_content *items;
    size_t count;
};

struct bedrock_string_list {
    const char *const *items; /* NUL-terminated strings */
    size_t count;
};

/** Bytes: in memory, or made on demand by a source of any size, or already in S3. One of the three.
 */
struct bedrock_media {
    const char *
        format; /* image: png jpeg gif webp; video: mp4 mov mkv webm ...; audio: mp3 wav flac ... */
    struct bedrock_source source;
    const char *s3_uri;          /* "s3://bucket/key" */
    const char *s3_bucket_owner; /* account number, if it is not your own */
};

struct bedrock_document {
    const char *name; /* 1..200: letters, digits, single spaces, - ( ) [ ]; the model sees it: keep
                         it neutral */
    const char *format;           /* pdf csv doc docx xls xlsx html txt md */
    struct bedrock_source source; /* bytes, or one of the next three */
    const char *s3_uri;
    const char *s3_bucket_owner;
    const char *text;                   /* plain text instead of bytes */
    struct bedrock_string_list content; /* plain text in chunks, for citations by chunk */
    const char *context;                /* what the model should know about it */
    uint8_t citations;                  /* 1: ask for citations */
};

struct bedrock_tool_use {
    const char *tool_use_id;
    const char *name;
    const char *input;   /* JSON object; NULL or "": {} */
    uint8_t server_tool; /* 1: a tool that the service ran */
};

struct bedrock_tool_result {
    const char *tool_use_id;
    struct bedrock_content_list content; /* TEXT, JSON, IMAGE, DOCUMENT, VIDEO, SEARCH_RESULT */
    const char *status;                  /* NULL, "success" or "error" */
    const char *type;                    /* of a server tool's result; else NULL */
};

/** What the model thought, to be sent back as it came: text and signature, or redacted_content. */
struct bedrock_reasoning {
    const char *text;
    const char *signature;
    const char *redacted_content; /* base64, as it came */
};

/** Content for a guardrail to look at. */
struct bedrock_guard_content {
    const char *text;
    struct bedrock_string_list qualifiers; /* grounding_source, query, guard_content */
    const struct bedrock_media *image;     /* instead of text: png or jpeg, bytes only */
};

struct bedrock_search_result {
    const char *source;
    const char *title;
    struct bedrock_string_list content;
    uint8_t citations; /* 1: ask for citations */
};

/** A cited answer, to be sent back. */
struct bedrock_citations {
    struct bedrock_string_list content;
    const char *citations; /* JSON array, as it came; NULL: none */
};

struct bedrock_cache_point {
    const char *ttl; /* NULL, "5m" or "1h" */
};

/** A tool that is made known, or taken away, in the middle of a conversation. */
struct bedrock_tool_reference {
    const char *type;
    const char *name;
    const char *server_name;
};

extern const struct bedrock_content_kind bedrock_content_text, bedrock_content_json,
    bedrock_content_raw, bedrock_content_image, bedrock_content_video, bedrock_content_audio,
    bedrock_content_document, bedrock_content_tool_use, bedrock_content_tool_result,
    bedrock_content_reasoning, bedrock_content_guard, bedrock_content_cache_point,
    bedrock_content_search_result, bedrock_content_citations, bedrock_content_tool_addition,
    bedrock_content_tool_removal;

/** A text. Not empty: BEDROCK_E_EMPTY_TEXT. */
#define BEDROCK_TEXT(string)                                                                       \
    {                                                                                              \
        .kind = &bedrock_content_text, .text = (string)                                            \
    }
#define BEDROCK_TEXT_N(bytes, len)                                                                 \
    {                                                                                              \
        .kind = &bedrock_content_text, .text = (bytes), .text_len = (len)                          \
    }
/** A JSON value, for the content of a tool result. */
#define BEDROCK_JSON(string)                                                                       \
    {                                                                                              \
        .kind = &bedrock_content_json, .text = (string)                                            \
    }
/** A whole content block as JSON, for what this version does not know: "{\"newKind\":{}}". */
#define BEDROCK_RAW(string)                                                                        \
    {                                                                                              \
        .kind = &bedrock_content_raw, .text = (string)                                             \
    }

/** The others take their struct's members: BEDROCK_IMAGE(.format = "jpeg", .source =
 * BEDROCK_BYTES(data, len)). */
#define BEDROCK_IMAGE(...)                                                                         \
    {                                                                                              \
        .kind = &bedrock_content_image, .value = &(const struct bedrock_media)                     \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }
#define BEDROCK_VIDEO(...)                                                                         \
    {                                                                                              \
        .kind = &bedrock_content_video, .value = &(const struct bedrock_media)                     \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }
#define BEDROCK_AUDIO(...)                                                                         \
    {                                                                                              \
        .kind = &bedrock_content_audio, .value = &(const struct bedrock_media)                     \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }
#define BEDROCK_DOCUMENT(...)                                                                      \
    {                                                                                              \
        .kind = &bedrock_content_document, .value = &(const struct bedrock_document)               \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }
#define BEDROCK_TOOL_USE(...)                                                                      \
    {                                                                                              \
        .kind = &bedrock_content_tool_use, .value = &(const struct bedrock_tool_use)               \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }
#define BEDROCK_TOOL_RESULT(...)                                                                   \
    {                                                                                              \
        .kind = &bedrock_content_tool_result, .value = &(const struct bedrock_tool_result)         \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }
#define BEDROCK_REASONING(...)                                                                     \
    {                                                                                              \
        .kind = &bedrock_content_reasoning, .value = &(const struct bedrock_reasoning)             \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }
#define BEDROCK_GUARD_CONTENT(...)                                                                 \
    {                                                                                              \
        .kind = &bedrock_content_guard, .value = &(const struct bedrock_guard_content)             \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }
#define BEDROCK_SEARCH_RESULT(...)                                                                 \
    {                                                                                              \
        .kind = &bedrock_content_search_result, .value = &(const struct bedrock_search_result)     \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }
#define BEDROCK_CITATIONS(...)                                                                     \
    {                                                                                              \
        .kind = &bedrock_content_citations, .value = &(const struct bedrock_citations)             \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }
#define BEDROCK_CACHE_POINT(...)                                                                   \
    {                                                                                              \
        .kind = &bedrock_content_cache_point, .value = &(const struct bedrock_cache_point)         \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }
#define BEDROCK_TOOL_ADDITION(...)                                                                 \
    {                                                                                              \
        .kind = &bedrock_content_tool_addition, .value = &(const struct bedrock_tool_reference)    \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }
#define BEDROCK_TOOL_REMOVAL(...)                                                                  \
    {                                                                                              \
        .kind = &bedrock_content_tool_removal, .value = &(const struct bedrock_tool_reference)     \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }

/** A source that is bytes in memory. */
#define BEDROCK_BYTES(bytes, length)                                                               \
    {                                                                                              \
        .data = (bytes), .len = (length)                                                           \
    }

#define BEDROCK_LIST(type, ...)                                                                    \
    {                                                                                              \
        (type[]){__VA_ARGS__}, sizeof((type[]){__VA_ARGS__}) / sizeof(type)                        \
    }
#define BEDROCK_CONTENT(...) BEDROCK_LIST(const struct bedrock_content, __VA_ARGS__)
#define BEDROCK_STRINGS(...) BEDROCK_LIST(const char *const, __VA_ARGS__)

/* ---------------------------------------------------------------- messages */

struct bedrock_message {
    const char *role; /* "user", "assistant" or "system"; users and assistants take turns */
    struct bedrock_content_list content;
};

struct bedrock_message_list {
    const struct bedrock_message *items;
    size_t count;
};

#define BEDROCK_MESSAGES(...) BEDROCK_LIST(const struct bedrock_message, __VA_ARGS__)
#define BEDROCK_USER(string)                                                                       \
    {                                                                                              \
        .role = "user", .content = BEDROCK_CONTENT(BEDROCK_TEXT(string))                           \
    }
#define BEDROCK_ASSISTANT(string)                                                                  \
    {                                                                                              \
        .role = "assistant", .content = BEDROCK_CONTENT(BEDROCK_TEXT(string))                      \
    }
#define BEDROCK_USER_CONTENT(...)                                                                  \
    {                                                                                              \
        .role = "user", .content = BEDROCK_CONTENT(__VA_ARGS__)                                    \
    }
#define BEDROCK_ASSISTANT_CONTENT(...)                                                             \
    {                                                                                              \
        .role = "assistant", .content = BEDROCK_CONTENT(__VA_ARGS__)                               \
    }

/* --------------------------------------------------------- optional parts */

/** An optional part of a request: its name in the JSON, and how it is written. */
struct bedrock_section {
    const char *key;
    int (*render)(struct bedrock_json_writer *json, const void *part);
};

struct bedrock_tool {
    const char *name;         /* 1..64: letters, digits, _ and - */
    const char *description;  /* when the model should use it */
    const char *input_schema; /* JSON Schema of its input, a JSON object as text */
    uint8_t strict;           /* 1: the input is made to fit the schema */
    uint8_t system_tool;      /* 1: the service's own tool of that name */
    uint8_t cache_point;      /* 1: no tool, but a mark: everything before it may be cached */
};

struct bedrock_tool_list {
    const struct bedrock_tool *items;
    size_t count;
};

/** Which tools there are. Must be present in every request whose history holds tool blocks. */
struct bedrock_tool_config {
    const struct bedrock_section *section;
    struct bedrock_tool_list tools; /* at least one */
    const char *choice; /* NULL: the service's default; "auto", "any", or "tool" for choice_name */
    const char *choice_name;
};

struct bedrock_guardrail_config {
    const struct bedrock_section *section;
    const char *identifier;
    const char *version;                /* "1", ..., or "DRAFT" */
    const char *trace;                  /* "enabled", "disabled", "enabled_full" */
    const char *stream_processing_mode; /* ConverseStream only: "sync", "async" */
};

struct bedrock_output_config {
    const struct bedrock_section *section;
    const char *json_schema; /* a JSON Schema that the answer must fit, as text */
    const char *json_schema_name;
    const char *json_schema_description;
    const char *effort; /* "low", "medium", "high", "xhigh", "max" */
};

struct bedrock_pair {
    const char *name;
    const char *value;
};

/** Names and values: for a prompt's variables, and for marks that the service keeps in its logs. */
struct bedrock_pairs {
    const struct bedrock_section *section;
    const struct bedrock_pair *items;
    size_t count;
};

/** A part that is JSON already. */
struct bedrock_json_part {
    const struct bedrock_section *section;
    const char *json;
};

extern const struct bedrock_section bedrock_section_tool_config, bedrock_section_guardrail_config,
    bedrock_section_output_config, bedrock_section_prompt_variables, bedrock_section_model_fields,
    bedrock_section_request_metadata;

#define BEDROCK_TOOLS(...) BEDROCK_LIST(const struct bedrock_tool, __VA_ARGS__)
/** .tool_config = BEDROCK_TOOL_CONFIG(.tools = BEDROCK_TOOLS({.name = "get_time", .input_schema =
 * "..."})) */
#define BEDROCK_TOOL_CONFIG(...)                                                                   \
    (&(const struct bedrock_tool_config){.section = &bedrock_section_tool_config, __VA_ARGS__})
#define BEDROCK_GUARDRAIL_CONFIG(...)                                                              \
    (&(const struct bedrock_guardrail_config){.section = &bedrock_section_guardrail_config,        \
                                              __VA_ARGS__})
#define BEDROCK_OUTPUT_CONFIG(...)                                                                 \
    (&(const struct bedrock_output_config){.section = &bedrock_section_output_config, __VA_ARGS__})
/** .prompt_variables = BEDROCK_PROMPT_VARIABLES({"city", "Paris"}, {"style", "short"}) */
#define BEDROCK_PAIRS(which, ...)                                                                  \
    (&(const struct bedrock_pairs){&(which), (const struct bedrock_pair[]){__VA_ARGS__},           \
                                   sizeof((const struct bedrock_pair[]){__VA_ARGS__}) /            \
                                       sizeof(struct bedrock_pair)})
#define BEDROCK_PROMPT_VARIABLES(...) BEDROCK_PAIRS(bedrock_section_prompt_variables, __VA_ARGS__)
/** What only this model knows: BEDROCK_MODEL_FIELDS("{\"top_k\":200}") */
#define BEDROCK_MODEL_FIELDS(object)                                                               \
    (&(const struct bedrock_json_part){&bedrock_section_model_fields, (object)})
#define BEDROCK_REQUEST_METADATA(...) BEDROCK_PAIRS(bedrock_section_request_metadata, __VA_ARGS__)

/* ----------------------------------------------------------------- request */

struct bedrock_history; /* bedrock/history.h */

struct bedrock_converse {
    const char *model_id; /* id or ARN of a model, an inference profile, a prompt; percent-encoding
                             is done here */
    const struct bedrock_history *history; /* turns that go before messages; NULL: none */
    struct bedrock_message_list messages;  /* may be empty with a history, or with a prompt's ARN */
    struct bedrock_content_list
        system; /* what the model should be: TEXT, GUARD_CONTENT, CACHE_POINT */

    int32_t max_tokens; /* 0: the model's own limit. Throughput quota is reserved by it: say what
                           you need */
    const char *temperature; /* "0".."1" */
    const char *top_p;       /* "0".."1" */
    struct bedrock_string_list stop_sequences;

    const struct bedrock_tool_config *tool_config; /* these six are made by their macros above */
    const struct bedrock_guardrail_config *guardrail_config;
    const struct bedrock_output_config *output_config;
    const struct bedrock_pairs *prompt_variables;
    const struct bedrock_pairs *request_metadata;
    const struct bedrock_json_part *additional_model_request_fields;

    struct bedrock_string_list
        additional_model_response_field_paths; /* JSON Pointers: "/stop_sequence" */
    const char *latency;                       /* performanceConfig: "standard", "optimized" */
    const char *service_tier;                  /* "priority", "default", "flex", "reserved" */
};

/**
 * Starts a Converse call: the answer comes as one JSON document, when it is complete.
 *
 * \param request  see "Ownership" in bedrock/client.h.
 * \return BEDROCK_OK: now call bedrock_next(), or bedrock_text(). BEDROCK_E_ARGUMENT for a model id
 * that is missing, over 2048 bytes or no visible ASCII; BEDROCK_E_STATE if another call has not
 * ended; or the client's init error. What is wrong with the rest of the request shows in
 * bedrock_next(): BEDROCK_E_EMPTY_TEXT, BEDROCK_E_UTF8, BEDROCK_E_JSON, BEDROCK_E_ARGUMENT, or a
 * source's own code.
 */
int bedrock_converse(bedrock_client *client, const struct bedrock_converse *request);

/** Starts a ConverseStream call: the answer comes as it is written. As bedrock_converse() in all
 * else. */
int bedrock_converse_stream(bedrock_client *client, const struct bedrock_converse *request);

#ifdef __cplusplus
}
#endif

#endif
