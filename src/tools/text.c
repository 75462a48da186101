/* SPDX-License-Identifier: MIT */
/* bedrock_tool_loop_text(): the loop for those who want its last word. See bedrock/tools.h. */
#include "bedrock/error.h"
#include "tools/loop.h"
#include "util/bytes.h"

static void begin(struct bedrock_tool_loop *loop, char *dst, size_t *len)
{
    dst[0] = '\0';
    *len = 0;
    loop->cut = 0;
}

static void add(struct bedrock_tool_loop *loop, char *dst, size_t cap, size_t *len)
{
    const struct bedrock_event *event = &loop->event;

    if (loop->cut) {
        return;
    }
    loop->cut = (uint8_t)bdk_append(dst + *len, cap - *len, event->text, event->text_len);
    *len += loop->cut ? strlen(dst + *len) : event->text_len;
}

int bedrock_tool_loop_text(struct bedrock_tool_loop *loop, char *dst, size_t cap, size_t *len)
{
    int status;

    if (*len >= cap) {
        return BEDROCK_E_BUFFER;
    }
    dst[*len] = '\0';
    while ((status = bedrock_tool_loop_next(loop, &loop->event)) == BEDROCK_EVENT) {
        if (loop->event.type == BEDROCK_EVENT_MESSAGE_START) {
            begin(loop, dst, len);
        } else if (loop->event.type == BEDROCK_EVENT_TEXT) {
            add(loop, dst, cap, len);
        }
    }
    return status == BEDROCK_OK && loop->cut ? BEDROCK_E_BUFFER : status;
}
