/* SPDX-License-Identifier: MIT */
/* What reading JSON, token by token, costs alone. */
#include "bedrock/json.h"

int main(void)
{
    static char text[64];
    const char *in = text;
    struct bedrock_json_event event;
    struct bedrock_json json;

    bedrock_json_init(&json);
    while (bedrock_json_next(&json, &in, text + sizeof text, &event) > 0) {
    }
    return bedrock_json_finish(&json, &event);
}
