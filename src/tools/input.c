/* SPDX-License-Identifier: MIT */
/* bedrock_tool_input(): a structured answer, which is the input of a tool that was forced. See
 * bedrock/tools.h. */
#include "client/client.h"
#include "tools/loop.h"

int bedrock_tool_input(bedrock_client *client, char *dst, size_t cap, size_t *len)
{
    struct bedrock_event event;
    int status;

    if (client == NULL) {
        return BEDROCK_E_BUFFER;
    }
    if (cap < 2 || *len > cap - 2) {
        return bdk_client_give_up(client, BEDROCK_E_BUFFER);
    }
    if (*len == 0) {
        dst[cap - 1] = 0;
    }
    dst[*len] = '\0';
    while ((status = bedrock_next(client, &event)) == BEDROCK_EVENT) {
        status = bdk_tool_input_take(&event, dst, cap, len);
        if (status != BEDROCK_OK) {
            return bdk_client_give_up(client, status);
        }
    }
    if (status == BEDROCK_OK) {
        status = bdk_tool_input_check(dst, cap, *len);
        if (status != BEDROCK_OK) {
            bdk_client_refuse(client, status);
        }
    }
    return status;
}
