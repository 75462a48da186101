/* SPDX-License-Identifier: MIT */
/**
 * Converse and ConverseStream: one request shape for every model that talks.
 *
 * A request is a value. Fill in a `struct bedrock_converse`, as a literal where it is used; zeroed
 * members are absent from the JSON, and so is an empty string where a text is optional. Numbers
 * that AWS calls floats are decimal text ("0.7"), so no floating point is linked. All texts are
 * UTF-8.
 *
 *     bedrock_converse_stream(client, &(struct bedrock_converse){
 *         .model_id = "us.anthropic.claude-haiku-4-5-20251001-v1:0",
 *         .system = BEDROCK_CONTENT(BEDROCK_TEXT("You read meters.")),
 *         .messages = BEDROCK_MESSAGES(BEDROCK_USER_CONTENT(
 *             BEDROCK_IMAGE(.format = "jpeg", .source = BEDROCK_BYTES(photo, photo_len)),
 *             BEDROCK_TEXT("What does this one say?"))),
 *         .max_tokens = 100,
 *     });
 *
 * Lists are made by macros, from compound literals: they live as long as the block they are written
 * in, or for ever at file scope (where they must be constant; a `static` inside of a function can
 * have none). C++ has no such literals: there, fill in the structs by hand, as the macros
 * say how, and write `struct` before bedrock_converse, which is also a function.
 *
 * You link what you name. A content block points to its kind's own renderer, and so do the optional
 * parts of a request (BEDROCK_TOOL_CONFIG(), ...): a program that sends text has no code for images
 * or tools.
 *
 * What is refused, before anything is sent: what would break the request or spoil a history.
 *
 *     BEDROCK_E_ARGUMENT    a struct is half filled: a member that must be there is missing, two
 *                           exclude each other, a list is empty that must not be
 *     BEDROCK_E_EMPTY_TEXT  a text block is empty, or holds white space only
 *     BEDROCK_E_UTF8        a text is not UTF-8
 *     BEDROCK_E_JSON, ...   what should be JSON is not (JSON_INCOMPLETE, JSON_DEPTH, JSON_UTF8), or
 *                           a decimal is not written as JSON has it (".7", "abc")
 *
 * Other lengths, patterns and words are left to the service: BEDROCK_E_VALIDATION.
 *
 * Source: Amazon Bedrock API reference, "Converse", "ConverseStream".
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
    const char *text;  /* TEXT, JSON, RAW: NUL-terminated; or NULL, and value is the text */
    size_t text_len;   /* bytes at value, then */
    const void *value; /* all other kinds: the kind's own struct */
};

struct bedrock_content_list {
    const struct bedrock_content *items;
    size_t count;
};

/** NUL-terminated strings. */
struct bedrock_string_list {
    const char *const *items;
    size_t count;
};

/**
 * An image, a video or a sound. Its bytes are in memory (BEDROCK_BYTES()), or made on demand by a
 * source of any size (bedrock/output.h), or in S3: one of these.
 */
struct bedrock_media {
    /* image: png jpeg gif webp; video: mp4 mov mkv webm ...; audio: mp3 wav flac ogg ... */
    const char *format;
    struct bedrock_source source;
    const char *s3_uri;          /* "s3://bucket/key" */
    const char *s3_bucket_owner; /* account number, if it is not your own */
};

/** A document: bytes, as an image's, or in S3, or plain text, or plain text in chunks: one of
 * these. The message that holds it must hold a text, too. */
struct bedrock_document {
    const char *name;   /* the model sees it: letters, digits, single spaces, - ( ) [ ] */
    const char *format; /* pdf csv doc docx xls xlsx html txt md */
    struct bedrock_source source;
    const char *s3_uri;
    const char *s3_bucket_owner;
    const char *text;
    struct bedrock_string_list content; /* chunks, to be cited one by one; none is empty */
    const char *context;                /* what the model should know about it */
    uint8_t citations;                  /* 1: ask for citations */
};

/** What the model wants of a tool: its own words, to be sent back. */
struct bedrock_tool_use {
    const char *tool_use_id;
    const char *name;
    const char *input;   /* a JSON object; NULL or "": {} */
    uint8_t server_tool; /* 1: a tool that the service ran */
};

/** What the tool said. */
struct bedrock_tool_result {
    const char *tool_use_id;
    struct bedrock_content_list content; /* TEXT, JSON, IMAGE, DOCUMENT, VIDEO, SEARCH_RESULT */
    const char *status;                  /* NULL, "success" or "error" */
    const char *type;                    /* of a server tool's result; else NULL */
};

/** What the model thought, to be sent back as it came: text and signature, or redacted_content. */
struct bedrock_reasoning {
    const char *text;
    const char *signature;        /* NULL for models that sign nothing */
    const char *redacted_content; /* base64, as it came */
};

/** Content for a guardrail to look at: a text or an image. */
struct bedrock_guard_content {
    const char *text;
    struct bedrock_string_list qualifiers; /* of text: grounding_source, query, guard_content */
    const struct bedrock_media *image;     /* png or jpeg, and not in S3 */
};

/** Something that was found, for the model to answer from. All members but the last are needed. */
struct bedrock_search_result {
    const char *source;
    const char *title;
    struct bedrock_string_list content; /* none is empty */
    uint8_t citations;                  /* 1: ask for citations */
};

/** A cited answer, to be sent back. */
struct bedrock_citations {
    struct bedrock_string_list content;
    const char *citations; /* a JSON array, as it came; NULL: none */
};

/** A mark: what stands before it may be cached by the service. */
struct bedrock_cache_point {
    const char *type; /* "default", which the macro says */
    const char *ttl;  /* NULL, "5m" or "1h" */
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

/* clang-format off */

/** A text, and one that has a length instead of a NUL. */
#define BEDROCK_TEXT(string)       {.kind = &bedrock_content_text, .text = (string)}
#define BEDROCK_TEXT_N(bytes, len) BEDROCK_BYTES_OF(text, bytes, len)

/** A JSON value of any kind, for the content of a tool's result. */
#define BEDROCK_JSON(string)       {.kind = &bedrock_content_json, .text = (string)}
#define BEDROCK_JSON_N(bytes, len) BEDROCK_BYTES_OF(json, bytes, len)

/** A whole content block as JSON, for what this version does not know: "{\"newKind\":{}}". */
#define BEDROCK_RAW(string)        {.kind = &bedrock_content_raw, .text = (string)}
#define BEDROCK_BYTES_OF(which, bytes, len) \
    {.kind = &bedrock_content_##which, .value = (bytes), .text_len = (len)}

/** The others take their struct's members, as in the example above; BEDROCK_CACHE_POINT() needs
 * none. */
#define BEDROCK_IMAGE(...)         BEDROCK_BLOCK(image, media, __VA_ARGS__)
#define BEDROCK_VIDEO(...)         BEDROCK_BLOCK(video, media, __VA_ARGS__)
#define BEDROCK_AUDIO(...)         BEDROCK_BLOCK(audio, media, __VA_ARGS__)
#define BEDROCK_DOCUMENT(...)      BEDROCK_BLOCK(document, document, __VA_ARGS__)
#define BEDROCK_TOOL_USE(...)      BEDROCK_BLOCK(tool_use, tool_use, __VA_ARGS__)
#define BEDROCK_TOOL_RESULT(...)   BEDROCK_BLOCK(tool_result, tool_result, __VA_ARGS__)
#define BEDROCK_REASONING(...)     BEDROCK_BLOCK(reasoning, reasoning, __VA_ARGS__)
#define BEDROCK_GUARD_CONTENT(...) BEDROCK_BLOCK(guard, guard_content, __VA_ARGS__)
#define BEDROCK_SEARCH_RESULT(...) BEDROCK_BLOCK(search_result, search_result, __VA_ARGS__)
#define BEDROCK_CITATIONS(...)     BEDROCK_BLOCK(citations, citations, __VA_ARGS__)
#define BEDROCK_CACHE_POINT(...) \
    BEDROCK_BLOCK(cache_point, cache_point, .type = "default", __VA_ARGS__)
#define BEDROCK_TOOL_ADDITION(...) BEDROCK_BLOCK(tool_addition, tool_reference, __VA_ARGS__)
#define BEDROCK_TOOL_REMOVAL(...)  BEDROCK_BLOCK(tool_removal, tool_reference, __VA_ARGS__)
#define BEDROCK_BLOCK(which, type, ...) \
    {.kind = &bedrock_content_##which, .value = &(const struct bedrock_##type){__VA_ARGS__}}

/** A source that is bytes in memory. */
#define BEDROCK_BYTES(bytes, length) {.data = (bytes), .len = (length)}

/** Lists: of content blocks, of strings. */
#define BEDROCK_CONTENT(...) BEDROCK_LIST(const struct bedrock_content, __VA_ARGS__)
#define BEDROCK_STRINGS(...) BEDROCK_LIST(const char *const, __VA_ARGS__)
#define BEDROCK_LIST(type, ...) \
    {(type[]){__VA_ARGS__}, sizeof((type[]){__VA_ARGS__}) / sizeof(type)}

/* clang-format on */

/* ---------------------------------------------------------------- messages */

/** One turn. Users and assistants take turns, and a user begins. */
struct bedrock_message {
    const char *role; /* "user", "assistant" or "system" */
    struct bedrock_content_list content;
};

struct bedrock_message_list {
    const struct bedrock_message *items;
    size_t count;
};

/* clang-format off */

#define BEDROCK_MESSAGES(...) BEDROCK_LIST(const struct bedrock_message, __VA_ARGS__)

/** A turn that is one text, and turns of content blocks. */
#define BEDROCK_USER(string)           BEDROCK_USER_CONTENT(BEDROCK_TEXT(string))
#define BEDROCK_ASSISTANT(string)      BEDROCK_ASSISTANT_CONTENT(BEDROCK_TEXT(string))
#define BEDROCK_USER_CONTENT(...)      BEDROCK_TURN("user", __VA_ARGS__)
#define BEDROCK_ASSISTANT_CONTENT(...) BEDROCK_TURN("assistant", __VA_ARGS__)
#define BEDROCK_TURN(who, ...)         {.role = (who), .content = BEDROCK_CONTENT(__VA_ARGS__)}

/* clang-format on */

/* --------------------------------------------------------- optional parts */

/** An optional part of a request: its name in the JSON, and how it is written. Every struct of a
 * part begins with a pointer to one, which its macro fills in. */
struct bedrock_section {
    const char *key;
    int (*render)(struct bedrock_json_writer *json, const void *part);
};

/** A tool that the model may call. */
struct bedrock_tool {
    const char *name;         /* 1..64: letters, digits, _ and - */
    const char *description;  /* when the model should use it */
    const char *input_schema; /* JSON Schema of its input, an object; NULL: takes any object */
    uint8_t strict;           /* 1: the input is made to fit the schema */
    uint8_t system_tool;      /* 1: the service's own tool of that name */
    uint8_t cache_point;      /* 1: no tool, but a mark: what stands before it may be cached */
    const char *cache_ttl;    /* of the mark: NULL, "5m" or "1h" */
};

struct bedrock_tool_list {
    const struct bedrock_tool *items;
    size_t count;
};

/** Which tools there are. Must be present in every request whose history holds tool blocks. */
struct bedrock_tool_config {
    const struct bedrock_section *section;
    struct bedrock_tool_list tools; /* at least one */
    const char *choice;             /* NULL: the service's default; "auto", "any" or "tool" */
    const char *choice_name;        /* with "tool": the one that must be called */
};

struct bedrock_guardrail_config {
    const struct bedrock_section *section;
    const char *identifier;             /* id or ARN */
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
    const char *value; /* may be "", not NULL */
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

/* clang-format off */

/** Parts of a request; each is a pointer.
 *
 *     .tool_config = BEDROCK_TOOL_CONFIG(.tools = BEDROCK_TOOLS(
 *         {.name = "get_time", .description = "Tells the time of day."},
 *         {.name = "set_lamp", .input_schema = "{\"type\":\"object\",...}"})),
 *     .output_config = BEDROCK_OUTPUT_CONFIG(.effort = "low"),
 *     .prompt_variables = BEDROCK_PROMPT_VARIABLES({"city", "Paris"}, {"style", "short"}),
 *     .additional_model_request_fields = BEDROCK_MODEL_FIELDS("{\"top_k\":200}"),
 */
#define BEDROCK_TOOL_CONFIG(...)      BEDROCK_PART(tool_config, __VA_ARGS__)
#define BEDROCK_GUARDRAIL_CONFIG(...) BEDROCK_PART(guardrail_config, __VA_ARGS__)
#define BEDROCK_OUTPUT_CONFIG(...)    BEDROCK_PART(output_config, __VA_ARGS__)
#define BEDROCK_PART(which, ...) \
    (&(const struct bedrock_##which){.section = &bedrock_section_##which, __VA_ARGS__})

#define BEDROCK_TOOLS(...) BEDROCK_LIST(const struct bedrock_tool, __VA_ARGS__)

#define BEDROCK_PROMPT_VARIABLES(...) BEDROCK_PAIRS(prompt_variables, __VA_ARGS__)
#define BEDROCK_REQUEST_METADATA(...) BEDROCK_PAIRS(request_metadata, __VA_ARGS__)
#define BEDROCK_PAIRS(which, ...) \
    (&(const struct bedrock_pairs){ \
        &bedrock_section_##which, (const struct bedrock_pair[]){__VA_ARGS__}, \
        sizeof((const struct bedrock_pair[]){__VA_ARGS__}) / sizeof(struct bedrock_pair)})

/** What only this model knows, a JSON object. */
#define BEDROCK_MODEL_FIELDS(object) \
    (&(const struct bedrock_json_part){&bedrock_section_model_fields, (object)})

/* clang-format on */

/* ----------------------------------------------------------------- request */

struct bedrock_history; /* bedrock/history.h */

struct bedrock_converse {
    /** Id or ARN of a model, an inference profile, a prompt; percent-encoding is done here. */
    const char *model_id;

    /** What is said: the turns of a history, if there is one, and behind them these. Both may be
     * absent with a prompt's ARN. */
    const struct bedrock_history *history;
    struct bedrock_message_list messages;

    /** What the model should be: TEXT, GUARD_CONTENT, CACHE_POINT. */
    struct bedrock_content_list system;

    /** 0: the model's own limit. Throughput quota is reserved by it: say what you need. */
    int32_t max_tokens;
    const char *temperature; /* "0".."1" */
    const char *top_p;       /* "0".."1" */
    struct bedrock_string_list stop_sequences;

    /** Made by their macros above. */
    const struct bedrock_tool_config *tool_config;
    const struct bedrock_guardrail_config *guardrail_config;
    const struct bedrock_output_config *output_config;
    const struct bedrock_pairs *prompt_variables;
    const struct bedrock_pairs *request_metadata;
    const struct bedrock_json_part *additional_model_request_fields;

    /** JSON Pointers: "/stop_sequence". What they find comes as RESPONSE_FIELDS. */
    struct bedrock_string_list additional_model_response_field_paths;
    const char *latency;      /* performanceConfig: "standard", "optimized" */
    const char *service_tier; /* "priority", "default", "flex", "reserved" */
};

/**
 * Starts a Converse call: the answer comes as one JSON document, when it is complete.
 *
 * \param request  see "Ownership" in bedrock/client.h.
 * \return BEDROCK_OK: now call bedrock_next(), or bedrock_text(). BEDROCK_E_ARGUMENT for a model id
 * that is missing, over 2048 bytes or no visible ASCII; BEDROCK_E_STATE if another call has not
 * ended; or the client's init error. What is wrong with the rest of the request shows in
 * bedrock_next(), as told above, or as a source's own code.
 */
int bedrock_converse(bedrock_client *client, const struct bedrock_converse *request);

/** Starts a ConverseStream call: the answer comes as it is written. As bedrock_converse() in all
 * else. */
int bedrock_converse_stream(bedrock_client *client, const struct bedrock_converse *request);

#ifdef __cplusplus
}
#endif

#endif
