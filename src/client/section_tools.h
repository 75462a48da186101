/* SPDX-License-Identifier: MIT */
/* One tool as a request shows it, for those who keep their tools in a table of their own. */
#ifndef BDK_CLIENT_SECTION_TOOLS_H
#define BDK_CLIENT_SECTION_TOOLS_H

#include "bedrock/converse.h"

/* {"toolSpec":{...}}, {"systemTool":{...}} or {"cachePoint":{...}} */
void bdk_render_tool(struct bedrock_json_writer *json, const struct bedrock_tool *tool);

#endif
