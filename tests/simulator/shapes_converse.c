/* SPDX-License-Identifier: MIT */
/* Converse, ConverseStream and CountTokens: API version 2023-09-30. */
#include "shapes.h"

#define TOOL_NAME   "[a-zA-Z0-9_-]+"
#define TOOL_USE_ID "[a-zA-Z0-9_.:-]+"
#define METADATA    "[a-zA-Z0-9[:space:]:_@$#=/+,.-]*"
#define GUARDRAIL_ID                                                                               \
    "[a-z0-9]*|arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:[0-9]{12}:guardrail/[a-z0-9]+"
#define GUARDRAIL_VERSION "|[1-9][0-9]{0,7}|DRAFT"
#define BYTES_MAX         26214400

/* clang-format off */
static const struct sim_member any_text = TEXT("");
static const struct sim_member empty[] = { END };

static const struct sim_member s3_location[] = {
    STRING("!uri", 1, 1024, SIM_S3_URI),
    STRING("bucketOwner", 0, ANY_LENGTH, SIM_ACCOUNT_ID),
    END
};

static const struct sim_member media_source[] = {
    BLOB("bytes", 1, BYTES_MAX),
    STRUCT("s3Location", s3_location),
    END
};

static const struct sim_member error_block[] = { TEXT("message"), END };

static const struct sim_member image_block[] = {
    ENUM("!format", "|png|jpeg|gif|webp|"),
    UNION("!source", media_source),
    STRUCT("error", error_block),
    END
};

static const struct sim_member only_text[] = { TEXT("text"), END };
static const struct sim_member only_text_union = UNION("", only_text);
static const struct sim_member citations_config[] = { BOOL("!enabled"), END };

static const struct sim_member document_source[] = {
    BLOB("bytes", 1, BYTES_MAX),
    STRUCT("s3Location", s3_location),
    TEXT("text"),
    LIST("content", only_text_union, 0, ANY_LENGTH),
    END
};

static const struct sim_member document_block[] = {
    ENUM("format", "|pdf|csv|doc|docx|xls|xlsx|html|txt|md|"),
    STRING("!name", 1, 200, NULL),
    UNION("!source", document_source),
    TEXT("context"),
    STRUCT("citations", citations_config),
    END
};

static const struct sim_member video_block[] = {
    ENUM("!format", "|mkv|mov|mp4|webm|flv|mpeg|mpg|wmv|three_gp|"),
    UNION("!source", media_source),
    END
};

static const struct sim_member audio_block[] = {
    ENUM("!format", "|mp3|opus|wav|aac|flac|mp4|ogg|mkv|mka|x-aac|m4a|mpeg|mpga|pcm|webm|"),
    UNION("!source", media_source),
    STRUCT("error", error_block),
    END
};

static const struct sim_member tool_use_block[] = {
    STRING("!toolUseId", 1, 64, TOOL_USE_ID),
    STRING("!name", 1, 64, TOOL_NAME),
    OBJECT("!input"),
    ENUM("type", "|server_tool_use|"),
    END
};

static const struct sim_member search_result_content[] = { TEXT("!text"), END };
static const struct sim_member search_result_element = STRUCT("", search_result_content);

static const struct sim_member search_result_block[] = {
    TEXT("!source"),
    TEXT("!title"),
    LIST("!content", search_result_element, 0, ANY_LENGTH),
    STRUCT("citations", citations_config),
    END
};

static const struct sim_member tool_result_content[] = {
    ANY("json"),
    TEXT("text"),
    STRUCT("image", image_block),
    STRUCT("document", document_block),
    STRUCT("video", video_block),
    STRUCT("searchResult", search_result_block),
    END
};

static const struct sim_member tool_result_element = UNION("", tool_result_content);

static const struct sim_member tool_result_block[] = {
    STRING("!toolUseId", 1, 64, TOOL_USE_ID),
    LIST("!content", tool_result_element, 0, ANY_LENGTH),
    ENUM("status", "|success|error|"),
    TEXT("type"),
    END
};

static const struct sim_member qualifier = ENUM("", "|grounding_source|query|guard_content|");

static const struct sim_member guardrail_text_block[] = {
    TEXT("!text"),
    LIST("qualifiers", qualifier, 0, ANY_LENGTH),
    END
};

static const struct sim_member only_bytes[] = { BLOB("bytes", 1, BYTES_MAX), END };

static const struct sim_member guardrail_image_block[] = {
    ENUM("!format", "|png|jpeg|"),
    UNION("!source", only_bytes),
    END
};

static const struct sim_member guard_content[] = {
    STRUCT("text", guardrail_text_block),
    STRUCT("image", guardrail_image_block),
    END
};

static const struct sim_member cache_point_block[] = {
    ENUM("!type", "|default|"),
    ENUM("ttl", "|5m|1h|"),
    END
};

static const struct sim_member reasoning_text_block[] = { TEXT("!text"), TEXT("signature"), END };

static const struct sim_member reasoning_content_block[] = {
    STRUCT("reasoningText", reasoning_text_block),
    BLOB("redactedContent", 0, BYTES_MAX),
    END
};

static const struct sim_member web_location[] = { TEXT("url"), TEXT("domain"), END };

static const struct sim_member document_location[] = {
    COUNT("documentIndex"),
    COUNT("start"),
    COUNT("end"),
    END
};

static const struct sim_member search_result_location[] = {
    COUNT("searchResultIndex"),
    COUNT("start"),
    COUNT("end"),
    END
};

static const struct sim_member citation_location[] = {
    STRUCT("web", web_location),
    STRUCT("documentChar", document_location),
    STRUCT("documentPage", document_location),
    STRUCT("documentChunk", document_location),
    STRUCT("searchResultLocation", search_result_location),
    END
};

static const struct sim_member citation[] = {
    TEXT("title"),
    TEXT("source"),
    LIST("sourceContent", only_text_union, 0, ANY_LENGTH),
    UNION("location", citation_location),
    END
};

static const struct sim_member citation_element = STRUCT("", citation);

static const struct sim_member citations_content_block[] = {
    LIST("content", only_text_union, 0, ANY_LENGTH),
    LIST("citations", citation_element, 0, ANY_LENGTH),
    END
};

static const struct sim_member tool_reference[] = {
    STRING("type", 1, 64, NULL),
    STRING("name", 1, 128, NULL),
    STRING("serverName", 1, 128, NULL),
    END
};

static const struct sim_member tool_change_block[] = { STRUCT("!tool", tool_reference), END };

static const struct sim_member content_block[] = {
    TEXT("text"),
    STRUCT("image", image_block),
    STRUCT("document", document_block),
    STRUCT("video", video_block),
    STRUCT("audio", audio_block),
    STRUCT("toolUse", tool_use_block),
    STRUCT("toolResult", tool_result_block),
    UNION("guardContent", guard_content),
    STRUCT("cachePoint", cache_point_block),
    UNION("reasoningContent", reasoning_content_block),
    STRUCT("citationsContent", citations_content_block),
    STRUCT("searchResult", search_result_block),
    STRUCT("toolAddition", tool_change_block),
    STRUCT("toolRemoval", tool_change_block),
    END
};

static const struct sim_member content_element = UNION("", content_block);

static const struct sim_member message[] = {
    ENUM("!role", "|user|assistant|system|"),
    LIST("!content", content_element, 0, ANY_LENGTH),
    END
};

static const struct sim_member message_element = STRUCT("", message);

static const struct sim_member system_content_block[] = {
    STRING("text", 1, ANY_LENGTH, NULL),
    UNION("guardContent", guard_content),
    STRUCT("cachePoint", cache_point_block),
    END
};

static const struct sim_member system_element = UNION("", system_content_block);
static const struct sim_member stop_sequence = STRING("", 1, ANY_LENGTH, NULL);

static const struct sim_member inference_configuration[] = {
    INT("maxTokens", 1, 2147483647),
    FLOAT("temperature", 0, 1),
    FLOAT("topP", 0, 1),
    LIST("stopSequences", stop_sequence, 0, 2500),
    END
};

static const struct sim_member tool_input_schema[] = { OBJECT("json"), END };

static const struct sim_member tool_specification[] = {
    STRING("!name", 1, 64, TOOL_NAME),
    STRING("description", 1, ANY_LENGTH, NULL),
    UNION("!inputSchema", tool_input_schema),
    BOOL("strict"),
    END
};

static const struct sim_member system_tool[] = { STRING("!name", 1, 64, TOOL_NAME), END };

static const struct sim_member tool[] = {
    STRUCT("toolSpec", tool_specification),
    STRUCT("systemTool", system_tool),
    STRUCT("cachePoint", cache_point_block),
    END
};

static const struct sim_member tool_element = UNION("", tool);
static const struct sim_member specific_tool_choice[] = { STRING("!name", 1, 64, TOOL_NAME), END };

static const struct sim_member tool_choice[] = {
    STRUCT("auto", empty),
    STRUCT("any", empty),
    STRUCT("tool", specific_tool_choice),
    END
};

static const struct sim_member tool_configuration[] = {
    LIST("!tools", tool_element, 1, ANY_LENGTH),
    UNION("toolChoice", tool_choice),
    END
};

static const struct sim_member guardrail_configuration[] = {
    STRING("guardrailIdentifier", 0, 2048, GUARDRAIL_ID),
    STRING("guardrailVersion", 0, ANY_LENGTH, GUARDRAIL_VERSION),
    ENUM("trace", "|enabled|disabled|enabled_full|"),
    END
};

static const struct sim_member guardrail_stream_configuration[] = {
    STRING("guardrailIdentifier", 0, 2048, GUARDRAIL_ID),
    STRING("guardrailVersion", 0, ANY_LENGTH, GUARDRAIL_VERSION),
    ENUM("trace", "|enabled|disabled|enabled_full|"),
    ENUM("streamProcessingMode", "|sync|async|"),
    END
};

static const struct sim_member prompt_variable = UNION("", only_text);
static const struct sim_member field_path = STRING("", 1, 256, NULL);
static const struct sim_member metadata_key = STRING("", 1, 256, METADATA);
static const struct sim_member metadata_value = STRING("", 0, 256, METADATA);

static const struct sim_member performance_configuration[] = {
    ENUM("latency", "|standard|optimized|"),
    END
};

static const struct sim_member service_tier[] = {
    ENUM("!type", "|priority|default|flex|reserved|"),
    END
};

static const struct sim_member json_schema_definition[] = {
    TEXT("!schema"),
    TEXT("name"),
    TEXT("description"),
    END
};

static const struct sim_member output_format_structure[] = {
    STRUCT("jsonSchema", json_schema_definition),
    END
};

static const struct sim_member output_format[] = {
    ENUM("!type", "|json_schema|"),
    UNION("!structure", output_format_structure),
    END
};

static const struct sim_member output_config[] = {
    STRUCT("textFormat", output_format),
    STRING("effort", 0, 16, NULL),
    END
};

#define CONVERSE_MEMBERS(guardrail)                                                                \
    LIST("messages", message_element, 0, ANY_LENGTH),                                              \
    LIST("system", system_element, 0, ANY_LENGTH),                                                 \
    STRUCT("inferenceConfig", inference_configuration),                                            \
    STRUCT("toolConfig", tool_configuration),                                                      \
    STRUCT("guardrailConfig", guardrail),                                                          \
    ANY("additionalModelRequestFields"),                                                           \
    MAP("promptVariables", any_text, prompt_variable, 0, ANY_LENGTH),                              \
    LIST("additionalModelResponseFieldPaths", field_path, 0, 10),                                  \
    MAP("requestMetadata", metadata_key, metadata_value, 1, 16),                                   \
    STRUCT("performanceConfig", performance_configuration),                                        \
    STRUCT("serviceTier", service_tier),                                                           \
    STRUCT("outputConfig", output_config),                                                         \
    END

const struct sim_member sim_converse_request[] = { CONVERSE_MEMBERS(guardrail_configuration) };
const struct sim_member sim_converse_stream_request[] = {
    CONVERSE_MEMBERS(guardrail_stream_configuration)
};

static const struct sim_member invoke_model_tokens[] = { BLOB("!body", 0, 25000000), END };

static const struct sim_member converse_tokens[] = {
    LIST("messages", message_element, 0, ANY_LENGTH),
    LIST("system", system_element, 0, ANY_LENGTH),
    STRUCT("toolConfig", tool_configuration),
    ANY("additionalModelRequestFields"),
    END
};

static const struct sim_member count_tokens_input[] = {
    STRUCT("invokeModel", invoke_model_tokens),
    STRUCT("converse", converse_tokens),
    END
};

const struct sim_member sim_count_tokens_request[] = { UNION("!input", count_tokens_input), END };
/* clang-format on */
