/* SPDX-License-Identifier: MIT */
/* bedrock_text(): the call for those who want the text and nothing else. See bedrock/client.h. */
#include "client/client.h"

#include "util/bytes.h"

#include <string.h>

/* The call ends here, as far as the caller sees it: what is left of the answer has no place to go.
 */
static int give_up(struct bedrock_client *client)
{
    if (client->state >= BDK_PREPARE) {
        bedrock_client_close(client);
        bdk_fail(client, BEDROCK_E_BUFFER);
    }
    return BEDROCK_E_BUFFER;
}

int bedrock_text(bedrock_client *client, char *dst, size_t cap, size_t *len)
{
    struct bedrock_event event;
    int status;

    if (client == NULL) {
        return BEDROCK_E_BUFFER;
    }
    if (*len >= cap) {
        return give_up(client);
    }
    dst[*len] = '\0';
    while ((status = bedrock_next(client, &event)) == BEDROCK_EVENT) {
        if (event.type == BEDROCK_EVENT_TEXT) {
            if (bdk_append(dst + *len, cap - *len, event.text, event.text_len)) {
                *len += strlen(dst + *len);
                return give_up(client);
            }
            *len += event.text_len;
        }
    }
    return status;
}
