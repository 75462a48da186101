/* SPDX-License-Identifier: MIT */
/* What reading an HTTP response costs alone. */
#include "bedrock/http.h"

int main(void)
{
    static char line[256], text[64];
    const char *in = text;
    struct bedrock_http_event event;
    struct bedrock_http_response response;

    bedrock_http_response_init(&response, line, sizeof line, 0);
    while (bedrock_http_response_next(&response, &in, text + sizeof text, &event) > 0) {
    }
    if (bedrock_http_response_finish(&response, &event) != 0) {
        return 1;
    }
    return bedrock_http_response_keep_alive(&response);
}
