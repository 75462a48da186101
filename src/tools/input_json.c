/* SPDX-License-Identifier: MIT */
/* The input that bedrock_tool_input() keeps. */
#include "client/converse.h"
#include "tools/loop.h"
#include "json/text.h"

#include <string.h>

static int append(char *dst, size_t cap, size_t *len, const char *text, size_t text_len)
{
    if (text_len > cap - 2 - *len) {
        return BEDROCK_E_BUFFER;
    }
    memcpy(dst + *len, text, text_len);
    *len += text_len;
    dst[*len] = '\0';
    return BEDROCK_OK;
}

/* The buffer's last byte says whether the first tool's block is closed: what comes then is another
 * one's. */
int bdk_tool_input_take(const struct bedrock_event *event, char *dst, size_t cap, size_t *len)
{
    int status = BEDROCK_OK;

    if (dst[cap - 1] != 0) {
        return BEDROCK_OK;
    }
    if (event->type == BEDROCK_EVENT_TOOL_INPUT && event->block != BEDROCK_BLOCK_SERVER_TOOL_USE) {
        status = append(dst, cap, len, event->text, event->text_len);
    } else if (event->type == BEDROCK_EVENT_BLOCK_STOP) {
        if (event->block == BEDROCK_BLOCK_TOOL_USE) {
            dst[cap - 1] = 1;
            status = append(dst, cap, len, "{}", *len == 0 ? 2 : 0);
        } else {
            *len = 0; /* a tool of the service's, as is known for certain now */
            dst[0] = '\0';
        }
    }
    return status;
}

static int is_object(const char *text)
{
    while (bdk_json_is_space(*text)) {
        text++;
    }
    return *text == '{';
}

int bdk_tool_input_check(const char *dst, size_t cap, size_t len)
{
    int status;

    if (dst[cap - 1] == 0) {
        return BEDROCK_E_JSON_SHAPE;
    }
    status = bdk_check_json(dst, len, 0);
    return status == BEDROCK_OK && !is_object(dst) ? BEDROCK_E_JSON_SHAPE : status;
}
