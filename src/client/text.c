/* SPDX-License-Identifier: MIT */
/* bedrock_text(): the call for those who want the text and nothing else. See bedrock/client.h. */
#include "client/client.h"

#include "util/bytes.h"

#include <string.h>

int bedrock_text(bedrock_client *client, char *dst, size_t cap, size_t *len)
{
    struct bedrock_event event;
    int status;

    if (client == NULL) {
        return BEDROCK_E_BUFFER;
    }
    if (*len >= cap) {
        return bdk_client_give_up(client, BEDROCK_E_BUFFER);
    }
    dst[*len] = '\0';
    while ((status = bedrock_next(client, &event)) == BEDROCK_EVENT) {
        if (event.type == BEDROCK_EVENT_TEXT) {
            if (bdk_append(dst + *len, cap - *len, event.text, event.text_len)) {
                *len += strlen(dst + *len);
                return bdk_client_give_up(client, BEDROCK_E_BUFFER);
            }
            *len += event.text_len;
        }
    }
    return status;
}
