/* SPDX-License-Identifier: MIT */
/* See bedrock/json.h. A file of its own: few need it. */
#include "json/text.h"
#include "json/writer.h"

int bedrock_json_skip_piece(struct bedrock_json_writer *json, size_t len)
{
    if (json->out->status != 0) {
        return 1;
    }
    if (json->expect != BDK_JSON_EXPECT_TEXT || !bdk_utf8_is_whole(json->utf8) ||
        len > bedrock_output_skippable(json->out)) {
        return 0;
    }
    bedrock_output_skip(json->out, (uint32_t)len);
    return 1;
}
