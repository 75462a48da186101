/* SPDX-License-Identifier: MIT */
/*
 * The shapes of Converse's answers, as the API reference has them: two tables, so that a program
 * that only streams has no table of whole replies in its image.
 */
#include "client/reader.h"

#include "util/bytes.h"

/* What ends an answer has the same shape in both: ConverseResponse, and the events messageStop and
 * metadata. */
enum { REPLY = BDK_ROOT_REPLY, MESSAGE = BDK_ROOT_MESSAGE, USAGE, METRICS, TIER, FIRST_OWN };

#define END_OF_ANSWER                                                                              \
    {REPLY, BDK_TAG_STOP_REASON, "stopReason"}, {REPLY, BDK_TAG_TRACE, "trace"},                   \
        {REPLY, BDK_TAG_RESPONSE_FIELDS, "additionalModelResponseFields"},                         \
        {USAGE, BDK_TAG_INPUT_TOKENS, "inputTokens"},                                              \
        {USAGE, BDK_TAG_OUTPUT_TOKENS, "outputTokens"},                                            \
        {USAGE, BDK_TAG_TOTAL_TOKENS, "totalTokens"},                                              \
        {USAGE, BDK_TAG_CACHE_READ_TOKENS, "cacheReadInputTokens"},                                \
        {USAGE, BDK_TAG_CACHE_WRITE_TOKENS, "cacheWriteInputTokens"},                              \
        {METRICS, BDK_TAG_LATENCY, "latencyMs"}, {TIER, BDK_TAG_SERVICE_TIER, "type"},             \
    {                                                                                              \
        MESSAGE, BDK_TAG_ROLE, "role"                                                              \
    }

/* ConverseResponse. */
enum {
    OUTPUT = FIRST_OWN,
    CONTENT,
    BLOCK,
    TOOL_USE,
    REASONING,
    REASONING_TEXT,
    IMAGE,
    IMAGE_SOURCE,
    CITED,
    CITED_CONTENT,
    CITED_ELEMENT,
    CITED_LIST
};

static const struct bedrock_json_node reply_nodes[] = {
    [REPLY] = {0, BDK_TAG_NONE, ""},
    [MESSAGE] = {OUTPUT, BDK_TAG_MESSAGE, "message"},
    [USAGE] = {REPLY, BDK_TAG_NONE, "usage"},
    [METRICS] = {REPLY, BDK_TAG_NONE, "metrics"},
    [TIER] = {REPLY, BDK_TAG_NONE, "serviceTier"},
    [OUTPUT] = {REPLY, BDK_TAG_NONE, "output"},
    [CONTENT] = {MESSAGE, BDK_TAG_NONE, "content"},
    [BLOCK] = {CONTENT, BDK_TAG_BLOCK, "[]"},
    [TOOL_USE] = {BLOCK, BDK_TAG_NONE, "toolUse"},
    [REASONING] = {BLOCK, BDK_TAG_NONE, "reasoningContent"},
    [REASONING_TEXT] = {REASONING, BDK_TAG_NONE, "reasoningText"},
    [IMAGE] = {BLOCK, BDK_TAG_NONE, "image"},
    [IMAGE_SOURCE] = {IMAGE, BDK_TAG_NONE, "source"},
    [CITED] = {BLOCK, BDK_TAG_NONE, "citationsContent"},
    [CITED_CONTENT] = {CITED, BDK_TAG_NONE, "content"},
    [CITED_ELEMENT] = {CITED_CONTENT, BDK_TAG_NONE, "[]"},
    [CITED_LIST] = {CITED, BDK_TAG_CITATION_LIST, "citations"},
    END_OF_ANSWER,
    {BLOCK, BDK_TAG_TEXT, "text"},
    {BLOCK, BDK_TAG_UNKNOWN, "{}"},
    {TOOL_USE, BDK_TAG_TOOL_ID, "toolUseId"},
    {TOOL_USE, BDK_TAG_TOOL_NAME, "name"},
    {TOOL_USE, BDK_TAG_TOOL_TYPE, "type"},
    {TOOL_USE, BDK_TAG_TOOL_INPUT, "input"},
    {REASONING, BDK_TAG_REDACTED, "redactedContent"},
    {REASONING_TEXT, BDK_TAG_REASONING, "text"},
    {REASONING_TEXT, BDK_TAG_SIGNATURE, "signature"},
    {IMAGE, BDK_TAG_IMAGE_FORMAT, "format"},
    {IMAGE_SOURCE, BDK_TAG_IMAGE_BYTES, "bytes"},
    {CITED_ELEMENT, BDK_TAG_CITED_TEXT, "text"},
    {CITED_LIST, BDK_TAG_CITATION, "[]"},
};

const struct bdk_nodes bdk_reply_nodes = {reply_nodes, BDK_COUNT(reply_nodes)};

/* The events of ConverseStream: each is a document of its own, and begins at its entry. */
enum {
    FRAME = BDK_ROOT_FRAME,
    START,
    START_TOOL,
    START_RESULT,
    START_IMAGE,
    DELTA,
    DELTA_TOOL,
    DELTA_REASONING,
    DELTA_IMAGE,
    DELTA_SOURCE
};

static const struct bedrock_json_node frame_nodes[] = {
    [REPLY] = {0, BDK_TAG_NONE, ""},
    [MESSAGE] = {REPLY, BDK_TAG_NONE, "message"},
    [USAGE] = {REPLY, BDK_TAG_NONE, "usage"},
    [METRICS] = {REPLY, BDK_TAG_NONE, "metrics"},
    [TIER] = {REPLY, BDK_TAG_NONE, "serviceTier"},
    [FRAME] = {REPLY, BDK_TAG_NONE, "contentBlock"},
    [START] = {FRAME, BDK_TAG_NONE, "start"},
    [START_TOOL] = {START, BDK_TAG_NONE, "toolUse"},
    [START_RESULT] = {START, BDK_TAG_NONE, "toolResult"},
    [START_IMAGE] = {START, BDK_TAG_NONE, "image"},
    [DELTA] = {FRAME, BDK_TAG_NONE, "delta"},
    [DELTA_TOOL] = {DELTA, BDK_TAG_NONE, "toolUse"},
    [DELTA_REASONING] = {DELTA, BDK_TAG_NONE, "reasoningContent"},
    [DELTA_IMAGE] = {DELTA, BDK_TAG_NONE, "image"},
    [DELTA_SOURCE] = {DELTA_IMAGE, BDK_TAG_NONE, "source"},
    END_OF_ANSWER,
    {FRAME, BDK_TAG_INDEX, "contentBlockIndex"},
    {START, BDK_TAG_UNKNOWN, "{}"},
    {START_TOOL, BDK_TAG_TOOL_ID, "toolUseId"},
    {START_TOOL, BDK_TAG_TOOL_NAME, "name"},
    {START_TOOL, BDK_TAG_TOOL_TYPE, "type"},
    {START_RESULT, BDK_TAG_RESULT_ID, "toolUseId"},
    {START_IMAGE, BDK_TAG_IMAGE_FORMAT, "format"},
    {DELTA, BDK_TAG_TEXT, "text"},
    {DELTA, BDK_TAG_CITATION, "citation"},
    {DELTA, BDK_TAG_TOOL_RESULT, "toolResult"},
    {DELTA, BDK_TAG_UNKNOWN, "{}"},
    {DELTA_TOOL, BDK_TAG_TOOL_INPUT_TEXT, "input"},
    {DELTA_REASONING, BDK_TAG_REASONING, "text"},
    {DELTA_REASONING, BDK_TAG_SIGNATURE, "signature"},
    {DELTA_REASONING, BDK_TAG_REDACTED, "redactedContent"},
    {DELTA_SOURCE, BDK_TAG_IMAGE_BYTES, "bytes"},
};

const struct bdk_nodes bdk_frame_nodes = {frame_nodes, BDK_COUNT(frame_nodes)};
