/* SPDX-License-Identifier: MIT */
/* The events of ConverseStream, as the API reference has them. Their documents share one root: no
 * two of them use one name for different things. */
#include "client/reader.h"

#include "util/bytes.h"

enum {
    START = BDK_NODE_OWN,
    START_TOOL,
    START_RESULT,
    START_IMAGE,
    DELTA,
    DELTA_TOOL,
    DELTA_REASONING,
    DELTA_IMAGE,
    DELTA_SOURCE
};

static const struct bedrock_json_node nodes[] = {
    BDK_NODES_OF_THE_END,
    [START] = {BDK_NODE_ROOT, BDK_TAG_START, "start"},
    [START_TOOL] = {START, BDK_TAG_NONE, "toolUse"},
    [START_RESULT] = {START, BDK_TAG_NONE, "toolResult"},
    [START_IMAGE] = {START, BDK_TAG_NONE, "image"},
    [DELTA] = {BDK_NODE_ROOT, BDK_TAG_NONE, "delta"},
    [DELTA_TOOL] = {DELTA, BDK_TAG_NONE, "toolUse"},
    [DELTA_REASONING] = {DELTA, BDK_TAG_NONE, "reasoningContent"},
    [DELTA_IMAGE] = {DELTA, BDK_TAG_NONE, "image"},
    [DELTA_SOURCE] = {DELTA_IMAGE, BDK_TAG_NONE, "source"},
    BDK_LEAVES_OF_THE_END,
    {BDK_NODE_ROOT, BDK_TAG_ROLE, "role"},
    {BDK_NODE_ROOT, BDK_TAG_INDEX, "contentBlockIndex"},
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
    {DELTA_IMAGE, BDK_TAG_IMAGE_OTHER, "{}"},
    {DELTA_SOURCE, BDK_TAG_IMAGE_BYTES, "bytes"},
    {DELTA_SOURCE, BDK_TAG_IMAGE_OTHER, "{}"},
};

const struct bdk_nodes bdk_frame_nodes = {nodes, BDK_COUNT(nodes), NULL};
