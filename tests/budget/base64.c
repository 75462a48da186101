/* SPDX-License-Identifier: MIT */
/* What decoding base64 costs alone. */
#include "bedrock/base64.h"

int main(void)
{
    static char text[64];
    struct bedrock_base64 decoder;
    size_t len;

    bedrock_base64_init(&decoder);
    if (bedrock_base64_decode(&decoder, text, &len, text, sizeof text) != 0) {
        return 1;
    }
    return bedrock_base64_finish(&decoder);
}
